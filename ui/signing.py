"""What the room of the worklist is given of an opened record."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from monitor.acts import Explain
from monitor.certifying import RENEWED_BEFORE
from monitor.clinic import Lists
from monitor.desk import Perform, ShowSession, World
from monitor.entries import session_stream
from monitor.errors import Code, MonitorError, RefusedError
from monitor.overview import SessionOverview
from monitor.people import Author
from monitor.ports import PersonalKey, Press, SessionHeader
from monitor.printing import Printable, PrintReport
from monitor.sealed_file import FileFacts
from monitor.signing import (
    AddToSession,
    CoSignSession,
    DraftReport,
    ExportReport,
    SignSession,
    certified,
)
from monitor.verifying import VerifyReport
from ui.files import write_whole
from ui.looks import Looks
from ui.preferences import PreferencesFile
from ui.presenters.to_sign_doors import Adding, Shown, Tell, ToSignDoors, Vouching
from ui.presenters.to_sign_export import ExportDoors
from ui.presenters.to_sign_faces import APPROVED
from ui.presenters.to_sign_list import ListDoors
from ui.record import Record
from ui.tasks import Tasks
from ui.wording.verdicts import verdict_sentence

WAITING = ("closed", "cancelled", "signed")
KEPT_IN_SIGHT = dt.timedelta(hours=24)
"""How long after its closing a co-signed session stays at the end of the worklist."""

MAKING, SEALING = "Making the report …", "Signing …"
_TRIES = 3  # to draw a report in which nobody writes meanwhile


class Stages(QObject):
    """Carries what a signature has got to from the worker to the window's thread."""

    _reached = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tell: Tell = lambda _: None
        self._reached.connect(self._deliver)

    def towards(self, tell: Tell) -> Tell:
        """Return what may be called on any thread in place of *tell*."""
        self._tell = tell
        return self._reached.emit

    @Slot(str)
    def _deliver(self, said: str) -> None:
        self._tell(said)


class TellingKey:
    """A personal key that says when it signs; implements `monitor.ports.PersonalKey`."""

    def __init__(self, key: PersonalKey, tell: Tell) -> None:
        self._key, self._tell = key, tell
        self.certificate, self.fingerprint = key.certificate, key.fingerprint
        self.authority = key.authority

    def sign(self, message: bytes) -> bytes:
        """Return the signature."""
        self._tell(SEALING)
        return self._key.sign(message)


class TellingPress:
    """A press that says what a file has got to; implements `monitor.ports.Press`."""

    def __init__(self, press: Press, tell: Tell) -> None:
        self._press, self._tell = press, tell
        self.warm, self.draw, self.archive = press.warm, press.draw, press.archive

    def seal(self, overview: SessionOverview, record: bytes, key: PersonalKey) -> bytes:
        """Return the sealed file."""
        self._tell(MAKING)
        return self._press.seal(overview, record, TellingKey(key, self._tell))

    def read(self, content: bytes) -> FileFacts:
        """Return what can be seen in a file."""
        return self._press.read(content)


class ReportOnPaper:
    """A report on its way to a printer; implements `ui.presenters.printing.Paper`."""

    def __init__(
        self, printing: PrintReport, author: Author, session_id: str, version: int
    ) -> None:
        self._printing, self._author = printing, author
        self._session_id, self._version = session_id, version
        self._drawn: Printable | None = None

    def draw(self) -> bytes:
        """Return the kept file, or a draft; slow."""
        self._drawn = self._printing.draw(self._session_id, version=self._version)
        return self._drawn.content

    def note(self, _content: bytes, printer: str) -> None:
        """Put on record that it was printed."""
        assert self._drawn is not None  # noqa: S101 - it was drawn to be printed
        self._printing.note(self._author, self._drawn, printer)


class SigningDesk:
    """Answers the doors of the worklist on the record of one window.

    Args:
        record: The opened record.
        author: Returns who is logged in.
        tasks: Where slow work is done.
        preferences: What this computer was told, where reports go among it.
        parent: Whose end is this one's.
    """

    def __init__(
        self,
        record: Record,
        author: Callable[[], Author],
        tasks: Tasks,
        preferences: PreferencesFile,
        parent: QObject,
    ) -> None:
        self._record, self._world, self._author = record, record.world, author
        self._tasks, self._preferences = tasks, preferences
        self._looks = Looks(record.world, author, tasks)
        self._stages = Stages(parent)
        self._is_warm = False

    @property
    def waiting(self) -> int:
        """Return how many sessions wait for a signature."""
        lists = Lists(self._world)
        return sum(len(lists.sessions(status)) for status in WAITING)

    def warm(self) -> None:
        """Get ready what the first signature would wait for, beside everything else, once."""
        if not self._is_warm:
            self._is_warm = True
            self._tasks.beside("the press").run(self._world.press.warm, lambda done: done.result())

    def doors(
        self, go_to: Callable[[str, str, str], None], go_to_settings: Callable[[], None]
    ) -> ToSignDoors:
        """Return the doors of the room."""
        world = self._world
        return ToSignDoors(
            list=ListDoors(
                author=self._author,
                waiting=self._waiting,
                lengths=self._lengths,
                overview=ShowSession(world),
                now=world.clock.now,
            ),
            exporting=ExportDoors(
                export=self._export,
                proof=self._record.proof,
                verify=self._verified,
                write=write_whole,
                folder=self._folder,
                remember=self._remember,
                now=world.clock.now,
                run=self._tasks.run,
            ),
            report=self._shown,
            paper=self._on_paper,
            sign=self._sign,
            add=self._add,
            trouble=lambda: self._trouble(world.clock.now()),
            notice=self._notice,
            explain=self._explain,
            go_to=go_to,
            go_to_settings=go_to_settings,
            run=self._tasks.run,
        )

    # --- the list ---------------------------------------------------------------------------

    def _waiting(self) -> tuple[SessionHeader, ...]:
        lists = Lists(self._world)
        waiting = [header for status in WAITING for header in lists.sessions(status)]
        since = self._world.clock.now() - KEPT_IN_SIGHT
        done = [h for h in lists.closed_since(since) if h.status == "co-signed"]
        return (*sorted(waiting, key=_closed_at), *sorted(done, key=_closed_at))

    def _lengths(self, sessions: Sequence[str]) -> Mapping[str, int]:
        with self._world.looking() as tx:
            return {name: tx.length(session_stream(name)) for name in sessions}

    def _shown(self, session_id: str, version: int) -> Shown:
        """Draw a report of which is certain what it shows: nobody wrote in it meanwhile."""
        show, draw = ShowSession(self._world), DraftReport(self._world)
        before, pdf = show(session_id), b""
        self._looks.report(session_id, version)
        for _ in range(_TRIES):
            pdf, after = draw(session_id, version=version), show(session_id)
            if before.entries == after.entries:
                return Shown(pdf, before.digest, before.entries)
            before = after
        return Shown(pdf, "", before.entries)  # nobody signs what nobody knows

    def _on_paper(self, session_id: str, version: int) -> ReportOnPaper:
        return ReportOnPaper(PrintReport(self._world), self._author(), session_id, version)

    # --- signing ----------------------------------------------------------------------------

    def _sign(self, wanted: Vouching, tell: Tell) -> None:
        world = self._telling(tell)
        act = CoSignSession(world) if wanted.meaning == APPROVED else SignSession(world)
        act(
            wanted.session_id,
            self._author().user,
            wanted.password,
            wanted.meaning,
            seen=wanted.seen,
        )

    def _add(self, wanted: Adding, tell: Tell) -> None:
        add, user = AddToSession(self._telling(tell)), self._author().user
        add(wanted.session_id, user, wanted.password, wanted.text, seen=wanted.seen)

    def _telling(self, tell: Tell) -> World:
        """Return the world with a press that says how far it has got."""
        press = TellingPress(self._world.press, self._stages.towards(tell))
        return dataclasses.replace(self._world, press=press)

    def _trouble(self, at: dt.datetime) -> MonitorError | None:
        """Return why this person could sign nothing at that instant."""
        try:
            certified(self._world, self._author(), at)
        except RefusedError as error:
            return error
        return None

    def _notice(self) -> str:
        """Return that this person's certificate ends before long; empty where it does not."""
        error = self._trouble(self._world.clock.now() + RENEWED_BEFORE)
        if error is None or error.code is not Code.CERTIFICATE_ENDED:
            return ""
        ends = error.facts["ended"]
        return f"Your certificate ends on {ends}; have an administrator issue a new one by then."

    def _explain(self, session_id: str, code: str, about: str, reason: str) -> None:
        act = Explain(gap=code, about=about, reason=reason)
        Perform(self._world)(session_id, self._author(), act)

    # --- the file ---------------------------------------------------------------------------

    def _export(self, session_id: str, version: int, to: str) -> bytes:
        return ExportReport(self._world)(session_id, self._author(), version=version, to=to)

    def _verified(self, content: bytes) -> str:
        """Return the first sentence of what a file turned out to be: it was signed just here."""
        said = verdict_sentence(VerifyReport(self._world)(content, self._author()))
        return f"{said.split('. ')[0].removesuffix('.')}."

    def _folder(self) -> Path | None:
        kept = self._preferences.now.report_folder
        return Path(kept) if kept else None

    def _remember(self, folder: Path | None) -> None:
        self._preferences.change(report_folder=str(folder) if folder else "")


def _closed_at(header: SessionHeader) -> dt.datetime:
    return header.closed_at or header.opened_at
