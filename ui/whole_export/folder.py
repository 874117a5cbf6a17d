"""The folder that an export goes into: whether it will do, and what is whole in it already."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from ui.whole_export.alone import LOCK, TakenError, alone
from ui.whole_export.files import (
    PART,
    SUMS,
    Listed,
    listed_in,
    make_folder,
    put,
    swap_in,
    sync_folder,
)

FORMAT = "chairside-export-v1"
PLAN = "export.json"
"""What is exported; the first file, by which an export that was cut short is known again."""

SESSIONS = "sessions"
REST = f".rest{PART}"
AROUND = (
    *("tables", "formats", "ledger.jsonl", "checkpoints.json", "authority.pem"),
    *("chairside-verify.pyz", "README.txt", "manifest.json", SUMS),
)
"""What lies around the sessions, in the order in which it is shown."""

MANIFEST, NOT_EXPORTED = "manifest.json", "not_exported"
"""The list of files, and in it that of the sessions that could not be read."""

STATE = "session.json"
"""In each session's folder: which one it is, and how long its record was."""


class FolderError(Exception):
    """A folder that will not do; its text is the sentence that says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Known:
    """By what an export is known again.

    Attributes:
        record: The record's identity.
        clinic: The clinic's.
        first, last: The days.
    """

    record: str
    clinic: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class ExportFolder:
    """One export on the disk."""

    path: Path

    def look(self, known: Known, record: Path) -> bool:
        """Tell whether the export in it is finished; nothing is changed.

        Args:
            known: What is to be exported.
            record: The record's own folder, into which nothing else goes.

        Raises:
            FolderError: If it will not do.
        """
        try:
            here, kept = self.path.resolve(), record.resolve()
            if here == kept or kept in here.parents:
                raise FolderError(
                    f"{self.path} lies in the record's own folder; name a folder elsewhere."
                )
            if not here.parent.is_dir():
                raise FolderError(
                    f"{here.parent} is not there; make it, or see whether the disk is mounted."
                )
            if not self.path.exists():
                return False
            if not self.path.is_dir():
                raise FolderError(f"{self.path} is a file; name a folder.")
            return self._look_inside(known)
        except OSError as error:
            raise FolderError(trouble(error, self.path)) from error

    @contextlib.contextmanager
    def begun(self, known: Known) -> Iterator[bool]:
        """Hold the folder, say in it what it will hold, and sweep what was left half-done.

        Gives False where another process has finished the same export meanwhile.

        Raises:
            FolderError: If another process exports into it just now.
        """
        make_folder(self.path)
        try:
            with alone(self.path):
                finished = _is_finished(self.path)
                if not finished:
                    self._write_plan(known)
                    self._sweep()
                yield not finished
        except TakenError as error:
            raise FolderError(
                f"Another export is being written into {self.path}; wait for it, or name another."
            ) from error

    def _write_plan(self, known: Known) -> None:
        if (self.path / PLAN).exists():
            return
        _remove(self.path / f"{PLAN}{PART}")
        said = {"format": FORMAT, **asdict(known)}
        content = json.dumps(said, indent=2, default=str).encode() + b"\n"
        put(self.path, f"{PLAN}{PART}", content)
        swap_in(self.path / f"{PLAN}{PART}", self.path / PLAN)

    def _sweep(self) -> None:
        """Take away what is written anew; what is none of ours is left alone."""
        make_folder(self.sessions)
        for left in self.sessions.glob(f".*{PART}"):
            shutil.rmtree(left)
        for name in (REST, *AROUND):
            _remove(self.path / name)
        make_folder(self.rest)

    @property
    def sessions(self) -> Path:
        """Return the folder of the sessions' folders."""
        return self.path / SESSIONS

    @property
    def rest(self) -> Path:
        """Return where all that is not a session's is made."""
        return self.path / REST

    def show_rest(self) -> None:
        """Give everything around the sessions its name, the list of all files last."""
        for name in AROUND:
            if (self.rest / name).exists():
                swap_in(self.rest / name, self.path / name)
        self.rest.rmdir()

    def plan(self) -> Listed:
        """Return the file that says what is exported."""
        content = (self.path / PLAN).read_bytes()
        return Listed(PLAN, len(content), hashlib.sha256(content).hexdigest())

    def hidden(self, name: str) -> Path:
        """Return where a session's folder is made before it has its name."""
        return self.sessions / f".{name}{PART}"

    def begin_session(self, name: str) -> Path:
        """Make a session's hidden folder, empty."""
        made = self.hidden(name)
        _remove(made)
        make_folder(made)
        return made

    def show(self, name: str) -> None:
        """Give a session's folder its name; one that was there before is gone."""
        hidden, shown = self.hidden(name), self.sessions / name
        sync_folder(hidden)
        if shown.exists():
            shutil.rmtree(shown)
        swap_in(hidden, shown)

    def whole(self, name: str, state: Mapping[str, object]) -> tuple[Listed, ...] | None:
        """Return the files of a session's folder if it is whole and as new as the record.

        Args:
            name: The folder's.
            state: What its own file has to say at least.
        """
        folder = self.sessions / name
        found = listed_in(folder)
        if found is None:
            return None
        try:
            said = json.loads((folder / STATE).read_bytes())
            fits = all(said[key] == value for key, value in state.items())
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return found if fits else None

    def drop(self, names: Iterable[str]) -> None:
        """Take away what was begun of sessions, and around them, and is not whole."""
        for path in (self.rest, *map(self.hidden, names)):
            shutil.rmtree(path, ignore_errors=True)

    def _look_inside(self, known: Known) -> bool:
        names = {each.name for each in self.path.iterdir()}
        if not names - {f"{PLAN}{PART}", LOCK}:
            return False
        if PLAN not in names:
            raise FolderError(
                f"{self.path} holds something else, so nothing was written; name an empty folder."
            )
        try:
            said = json.loads((self.path / PLAN).read_bytes())
            fits = {key: said[key] for key in ("format", *asdict(known))}
        except (ValueError, KeyError, TypeError):
            fits = {}
        if fits != {"format": FORMAT, **{k: str(v) for k, v in asdict(known).items()}}:
            raise FolderError(
                f"{self.path} holds an export of other days or of another record, so nothing was "
                "written; name an empty folder."
            )
        return _is_finished(self.path)


def begun_in(path: Path) -> Known | None:
    """Return what a folder holds an unfinished export of; None where it holds none."""
    try:
        if _is_finished(path):
            return None
        said = json.loads((path / PLAN).read_bytes())
        days = (dt.date.fromisoformat(said[key]) for key in ("first", "last"))
        return Known(str(said["record"]), str(said["clinic"]), *days)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def trouble(error: OSError, path: Path) -> str:
    """Say why an export could not be written, and that it can go on."""
    goes_on = "what is whole stays, and the same export goes on from there"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk of {path} is full; make room, then start again: {goes_on}."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"Nothing can be written in {path}; let this computer write there, or name another."
    if error.errno in (errno.ENOTDIR, errno.ENOENT, errno.EEXIST):
        return f"{path} cannot be made there; name another folder."
    why = (error.strerror or "the system does not say why").lower()
    return f"{path} cannot be written ({why}); check its disk, then start again: {goes_on}."


def _is_finished(path: Path) -> bool:
    """Tell whether all of an export is there; one without some sessions can be made again."""
    if not (path / SUMS).exists():
        return False
    try:
        said = json.loads((path / MANIFEST).read_bytes())
        return not said.get(NOT_EXPORTED)
    except (OSError, ValueError, AttributeError):
        return True  # nothing says that a session is missing


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
