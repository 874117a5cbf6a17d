"""What lies around the sessions of an export: ledger, checkpoints, register, lists, words."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import BinaryIO, Self

from monitor.ledger import Checkpoint, Line
from monitor.people import Author
from monitor.register import Asked, RegisterView
from monitor.stock_keeping import ShowRegister
from monitor.whole_export import ExportPlan, is_given
from ui.whole_export.files import Listed, make_folder, new_file, put, sync_folder
from ui.whole_export.folder import NOT_EXPORTED
from ui.whole_export.missed import Missed, missed_words
from ui.whole_export.readme import README
from ui.whole_export.source import Source

MANIFEST_FORMAT = "chairside-export-manifest-v1"
TABLES, FORMATS = "tables", "formats"
_LOOK_EVERY = 500  # lines of the ledger; so soon a stop is seen


@dataclass(slots=True)
class _Table:
    file: BinaryIO
    digest: hashlib._Hash
    size: int = 0

    def add(self, content: bytes) -> None:
        """Write it at the end."""
        self.file.write(content)
        self.digest.update(content)
        self.size += len(content)

    def listed(self, path: str) -> Listed:
        """Return it as lists name it."""
        return Listed(path, self.size, self.digest.hexdigest())


class Tables:
    """The tables of all sessions, written as these come; a context that closes them."""

    def __init__(self, rest: Path) -> None:
        self._folder = rest / TABLES
        self._stack = ExitStack()
        self._tables: dict[str, _Table] = {}
        make_folder(self._folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def add(self, rows: Mapping[str, bytes]) -> None:
        """Put rows at the end of each table, or its head."""
        for name, content in rows.items():
            if name not in self._tables:
                file = self._stack.enter_context(new_file(self._folder / name))
                self._tables[name] = _Table(file, hashlib.sha256())
            self._tables[name].add(content)

    def end(self) -> tuple[Listed, ...]:
        """Make them last; return what they are."""
        self._stack.close()
        return tuple(made.listed(f"{TABLES}/{name}") for name, made in self._tables.items())


@dataclass(frozen=True, slots=True)
class Around:
    """Writes all of it into one folder.

    Attributes:
        rest: The folder, which nobody looks into yet.
        look: Called now and then; whatever it raises ends the writing.
        missed: The sessions that the export goes without.
    """

    source: Source
    plan: ExportPlan
    rest: Path
    look: Callable[[], None]
    missed: tuple[Missed, ...] = ()

    def write(self) -> Iterator[Listed]:
        """Write everything but manifest and list; give what was written."""
        yield put(self.rest / TABLES, "register.csv", self._register()).inside(TABLES)
        sync_folder(self.rest / TABLES)
        yield self._ledger()
        yield put(self.rest, "checkpoints.json", self._checkpoints())
        if self.plan.authority:
            yield put(self.rest, "authority.pem", self.plan.authority.encode("ascii"))
        yield put(self.rest, "chairside-verify.pyz", self.source.lone_verifier())
        yield from self._formats()
        readme = README + missed_words(self.missed)
        yield put(self.rest, "README.txt", readme.encode("utf-8"))

    def _register(self) -> bytes:
        """Return the register of these days, without the sessions that do not leave."""
        asked = Asked(first=self.plan.first, last=self.plan.last)
        view: RegisterView = ShowRegister(self.source.world)(asked)
        known = self.plan.ids | {""}
        rows = tuple(row for row in view.rows if row.visit.session_id in known)
        return self.source.papers.register_csv(replace(view, rows=rows))

    def _ledger(self) -> Listed:
        name, ids, patients = "ledger.jsonl", self.plan.ids, self.plan.patients
        with new_file(self.rest / name) as file:
            made = _Table(file, hashlib.sha256())
            for line in self.source.ledger.lines():
                made.add(_said(line, given=is_given(line, ids, patients)))
                if not line.seq % _LOOK_EVERY:
                    self.look()
        return made.listed(name)

    def _checkpoints(self) -> bytes:
        with self.source.world.looking() as tx:
            stations = sorted(tx.station_keys())
        found = map(_checkpoint, self.source.ledger.checkpoints())
        return _json({"stations": stations, "checkpoints": list(found)})

    def _formats(self) -> Iterator[Listed]:
        """Write what says how to read tables and records."""
        folder = self.rest / FORMATS
        make_folder(folder)
        for name, content in self.source.papers.formats().items():
            yield put(folder, name, content).inside(FORMATS)
        sync_folder(folder)


def manifest(
    plan: ExportPlan,
    author: Author,
    at: dt.datetime,
    named: Sequence[tuple[Listed, str]],
    missed: Sequence[Missed] = (),
) -> bytes:
    """Return the manifest.

    Args:
        plan: What left.
        author: Who handed it out.
        at: When that was finished.
        named: Each file, and the session that it is of; empty for none.
        missed: The sessions that could not be read.
    """
    files = [
        {"path": each.path, "bytes": each.size, "sha256": each.sha256}
        | ({"session": code} if code else {})
        for each, code in named
    ]
    return _json(
        {
            "format": MANIFEST_FORMAT,
            "program": f"chairside {metadata.version('chairside')}",
            "clinic": plan.clinic.name,
            "from": plan.first.isoformat(),
            "to": plan.last.isoformat(),
            "by": {"user": author.user, "role": author.role.value, "name": author.name},
            "at": at.astimezone(dt.UTC).isoformat(),
            "sessions": len(plan.sessions),
            NOT_EXPORTED: [{"session": each.code, "reason": each.reason} for each in missed],
            "bytes": sum(each.size for each, _ in named),
            "files": files,
        }
    )


def _said(line: Line, *, given: bool) -> bytes:
    """Return a line of the ledger as a line of JSON; a body that is not given has no name either.

    The body is a string: its very bytes are what was hashed.
    """
    said: dict[str, object] = {
        "seq": line.seq,
        "prev": line.prev_hash.hex(),
        "hash": line.hash.hex(),
    }
    if given:
        with contextlib.suppress(UnicodeDecodeError):  # a damaged line is given by its hash alone
            said["body"] = line.body.decode("utf-8")
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


def _checkpoint(made: Checkpoint) -> dict[str, object]:
    return {
        "seq": made.seq,
        "hash": made.hash,
        "at": made.at.astimezone(dt.UTC).isoformat(),
        "key": made.key,
        "signature": made.signature,
    }


def _json(said: object) -> bytes:
    return json.dumps(said, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
