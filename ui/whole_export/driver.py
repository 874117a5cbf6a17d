"""Drives an export of everything: reads session by session, lets helpers write, notes each.

One thread reads and writes the record; helpers make the files. A session's folder is made under
a hidden name, noted in the record, and then renamed: whatever ends the process, what can be seen
is whole, and what left stands in the record.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Self

from monitor.desk import ShowSession
from monitor.entries import ExportEnded
from monitor.errors import (
    Code,
    IntegrityError,
    MonitorError,
    NotFoundError,
    RefusedError,
    StorageError,
)
from monitor.people import Author
from monitor.ports import SessionHeader
from monitor.sealed_file import session_code
from monitor.whole_export import (
    BeginExport,
    EndExport,
    ExportPlan,
    GiveOut,
    Piece,
    PlanExport,
    ReadPiece,
    StateOf,
)
from ui.files import PROOF
from ui.whole_export.around import Around, Tables, manifest
from ui.whole_export.each import folder_names, session_state
from ui.whole_export.files import SUMS, Listed, put, sums
from ui.whole_export.folder import SESSIONS, STATE, ExportFolder, FolderError, Known, trouble
from ui.whole_export.making import DRAFT, Made, Maker, Wanted, helpers
from ui.whole_export.missed import Missed
from ui.whole_export.source import Source
from ui.wording import sentence

PROCESSES = 2
"""How many helpers work unless somebody says otherwise."""

FEW = 12
"""So many sessions are done before helpers have even started."""

TRIES = 3
"""So often a session is read anew that somebody writes in meanwhile."""

HELPER_GONE = (
    "A process that helped was ended from outside; start again: what is whole stays, and the same "
    "export goes on from there."
)
UNREADABLE = (IntegrityError, NotFoundError, StorageError)
"""What ends the reading of one session, and not the export."""

FINISHED, CANCELLED, FAILED, ALREADY = "finished", "cancelled", "failed", "already"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be exported.

    Attributes:
        first, last: The days, by the clinic's calendar, both included.
        to: The folder.
        processes: How many processes make files; 1 does all of it in this one.
    """

    author: Author
    first: dt.date
    last: dt.date
    to: Path
    processes: int = PROCESSES


@dataclass(frozen=True, slots=True)
class Step:
    """How far it has come.

    Attributes:
        done, of: Sessions.
        seconds: Since the first of them was begun.
        kept: How many of them were whole from before.
    """

    done: int
    of: int
    seconds: float = 0.0
    kept: int = 0

    @property
    def rate(self) -> float:
        """Return how many sessions are written in a second; 0 while nobody can tell."""
        written = self.done - self.kept
        return written / self.seconds if written > 0 and self.seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """Return how many seconds the sessions will take yet, None while nobody can tell."""
        return (self.of - self.done) / self.rate if self.rate else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended.

    Attributes:
        how: "finished", "cancelled", or "already" where it was finished before.
        sessions: How many are whole in the folder.
        kept: How many of these were so from before.
        missed: Those that could not be read.
    """

    how: str
    sessions: int
    of: int
    kept: int = 0
    files: int = 0
    size: int = 0
    missed: tuple[Missed, ...] = ()


class _StoppedError(Exception):
    """Somebody stopped it."""


@dataclass(slots=True)
class WholeExport:
    """One export.

    Attributes:
        tell: Told how far it has come, on the thread that it runs on.
        stopped: Tells whether it shall end before its time.
    """

    source: Source
    order: Order
    tell: Callable[[Step], None]
    stopped: Callable[[], bool]

    def run(self) -> Outcome:
        """Export; slow.

        Raises:
            FolderError: If the folder will not do, or does not any more.
            MonitorError: If the range will not do, or the record refuses.
        """
        world, order = self.source.world, self.order
        plan = PlanExport(world)(order.author, order.first, order.last)
        folder, ledger = ExportFolder(order.to), self.source.ledger
        known = Known(ledger.id, plan.clinic.id, plan.first, plan.last)
        finished = Outcome(ALREADY, len(plan.sessions), len(plan.sessions))
        if folder.look(known, ledger.folder):
            return finished
        begun = BeginExport(world)(order.author, plan, str(order.to.absolute()))
        with (
            self._in_words(),
            _Run(self, plan, folder, begun) as run,
            folder.begun(known) as goes_on,
        ):
            return run.go() if goes_on else finished  # by another process, just now

    @contextlib.contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise FolderError(trouble(error, self.order.to)) from error
        except BrokenProcessPool as error:
            raise FolderError(HELPER_GONE) from error


@dataclass(slots=True)
class _Asked:
    """A session that a helper has in hand.

    Attributes:
        name: Its folder's.
        piece: What was read of it; None where its files are kept.
        kept: Its files, where these were whole from before.
    """

    header: SessionHeader
    name: str
    piece: Piece | None
    kept: tuple[Listed, ...] | None
    made: Future[Made]


@dataclass(slots=True)
class _Run:
    """What an export has come to; leaving the context puts on record how it ended."""

    export: WholeExport
    plan: ExportPlan
    folder: ExportFolder
    begun: str
    files: list[tuple[Listed, str]] = field(default_factory=list)
    done: int = 0
    kept: int = 0
    missed: dict[str, Missed] = field(default_factory=dict)
    ended: bool = False
    since: float = field(default_factory=time.monotonic)
    names: dict[str, str] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self.names = folder_names(self.plan)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self.ended:
            return
        if kind is None:
            self._note(CANCELLED)
        else:
            with contextlib.suppress(MonitorError):  # what went wrong is said all the same
                self._note(FAILED)

    def go(self) -> Outcome:
        """Write the sessions, and then all around them."""
        source = self.export.source
        maker = Maker(source.world.press, source.papers.apart())
        pool = helpers(self._processes)
        try:
            with Tables(self.folder.rest) as tables:
                self._tell()
                self._sessions(pool, maker, tables)
                found = [(each, "") for each in tables.end()]
            self.files += found
            self._finish()
        except _StoppedError:
            return self._outcome(CANCELLED)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            self.folder.drop(self.names.values())
        return self._outcome(FINISHED)

    # --- the sessions -----------------------------------------------------------------------

    def _sessions(self, pool: Executor, maker: Maker, tables: Tables) -> None:
        """Keep the helpers busy, and take what they made in the order of the sessions."""
        tables.add(maker.papers.tables(()))
        ahead = 1 if self._processes == 1 else 2 * self._processes
        waiting = deque[_Asked]()
        for header in self.plan.sessions:
            self._look()
            with self._going_on(header):
                waiting.append(self._ask(pool, maker, header))
            if len(waiting) >= ahead:
                self._take(waiting.popleft(), pool, maker, tables)
        while waiting:
            self._look()
            self._take(waiting.popleft(), pool, maker, tables)

    @contextlib.contextmanager
    def _going_on(self, header: SessionHeader) -> Iterator[None]:
        """Go on without a session that cannot be read; what is whole of it from before stays."""
        try:
            yield
        except UNREADABLE as error:
            session_id = header.session_id
            code, name = session_code(session_id), self.names[session_id]
            whole = self.folder.whole(name, {"session": session_id}) or ()
            self.files += [(each.inside(f"{SESSIONS}/{name}"), code) for each in whole]
            self.missed[session_id] = Missed(code, sentence(error))
            self._tell()

    def _ask(self, pool: Executor, maker: Maker, header: SessionHeader) -> _Asked:
        """Read a session and have its files made, unless they are whole and new enough."""
        session_id, name = header.session_id, self.names[header.session_id]
        world = self.export.source.world
        entries, answers = StateOf(world)(session_id)
        kept = self.folder.whole(
            name, {"session": session_id, "entries": entries, "rems_entries": answers}
        )
        if kept is not None:
            seen = ShowSession(world)(session_id)
            return _Asked(header, name, None, kept, pool.submit(maker, Wanted(seen)))
        piece = ReadPiece(world)(session_id)
        wanted = Wanted(
            piece.overview,
            piece.record,
            folder=self.folder.begin_session(name),
            files={f"report-v{each.version}.pdf": each.content for each in piece.reports},
            report=piece.reports[-1] if piece.reports else None,
            draft=piece.wants_draft,
            worksheet=piece.worksheet,
        )
        return _Asked(header, name, piece, None, pool.submit(maker, wanted))

    def _take(self, asked: _Asked, pool: Executor, maker: Maker, tables: Tables) -> None:
        """Give out what was made of a session, or go on without it."""
        made: Made | None = None
        with self._going_on(asked.header):
            made = asked.made.result()
        tries = 0
        while made is not None:
            try:
                self._give(asked, made, tables)
            except RefusedError as error:
                tries += 1
                if error.code is not Code.CHANGED_MEANWHILE or tries == TRIES:
                    raise
                made = None  # somebody wrote in it: it is read anew
                with self._going_on(asked.header):
                    asked = self._ask(pool, maker, asked.header)
                    made = asked.made.result()
            else:
                return

    def _give(self, asked: _Asked, made: Made, tables: Tables) -> None:
        """Show a session's files, unless they are shown already, and count it."""
        files = asked.kept if asked.kept is not None else self._show(asked, made)
        tables.add(made.rows)
        code = session_code(asked.header.session_id)
        self.files += [(each.inside(f"{SESSIONS}/{asked.name}"), code) for each in files]
        self.done += 1
        self.kept += asked.kept is not None
        self._tell()

    def _show(self, asked: _Asked, made: Made) -> tuple[Listed, ...]:
        """Finish a session's hidden folder, note it, and give it its name."""
        source, order, piece = self.export.source, self.export.order, asked.piece
        assert piece is not None  # noqa: S101 - nothing is kept of what is shown
        session_id = piece.overview.session_id
        hidden = self.folder.hidden(asked.name)
        reports = {f"report-v{each.version}.pdf": each.content for each in piece.reports}
        if made.draft:
            reports[DRAFT] = made.draft
        files = list(made.files)
        for name, content in reports.items():
            files.append(put(hidden, f"{name}{PROOF}", source.proof(session_id, content)))
        files.append(put(hidden, STATE, session_state(piece, list(reports))))
        listed = sums(files)
        files.append(put(hidden, SUMS, listed))
        to = str(order.to.absolute())
        give = GiveOut(source.world)
        give(order.author, piece, sha256(listed).hexdigest(), to, draft=made.draft)
        self.folder.show(asked.name)
        return tuple(files)

    # --- the end ----------------------------------------------------------------------------

    def _finish(self) -> None:
        """Write all around the sessions, put the end on record, and show it."""
        source, rest = self.export.source, self.folder.rest
        self.files.append((self.folder.plan(), ""))
        missed = tuple(self.missed.values())
        given = [each for each in self.plan.sessions if each.session_id not in self.missed]
        plan = replace(self.plan, sessions=tuple(given))
        around = Around(source, plan, rest, self._look, missed)
        self.files += [(each, "") for each in around.write()]
        at = source.world.clock.now()
        said = manifest(plan, self.export.order.author, at, self.files, missed)
        self.files.append((put(rest, "manifest.json", said), ""))
        listed = sums(each for each, _ in self.files)
        put(rest, SUMS, listed)
        self._look()
        self._note(FINISHED, sha256(listed).hexdigest())
        self.folder.show_rest()

    def _note(self, how: str, digest: str = "") -> None:
        self.ended = True
        missed = tuple(map(str, self.missed.values()))
        ended = ExportEnded(self.begun, how, self.done, len(self.files), digest, missed)
        EndExport(self.export.source.world)(self.export.order.author, ended)

    @property
    def _processes(self) -> int:
        return 1 if len(self.plan.sessions) <= FEW else self.export.order.processes

    def _look(self) -> None:
        if self.export.stopped():
            raise _StoppedError

    def _tell(self) -> None:
        seconds = time.monotonic() - self.since
        self.export.tell(
            Step(self.done + len(self.missed), len(self.plan.sessions), seconds, self.kept)
        )

    def _outcome(self, how: str) -> Outcome:
        size = sum(each.size for each, _ in self.files)
        of, missed = len(self.plan.sessions), tuple(self.missed.values())
        return Outcome(how, self.done, of, self.kept, len(self.files), size, missed)
