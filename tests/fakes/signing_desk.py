"""A closed session on the worklist, and somebody in front of it: real acts on a made-up store."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

from monitor.acts import Explain, Finish
from monitor.clinic import Lists
from monitor.desk import OpenSession, ShowSession
from monitor.entries import session_stream
from monitor.errors import MonitorError
from monitor.people import Author
from monitor.ports import SessionHeader
from monitor.printing import PrintReport
from monitor.signing import AddToSession, CoSignSession, DraftReport, ExportReport, SignSession
from monitor.verifying import VerifyReport
from tests.fakes.views_gate import at_once
from tests.fakes.views_signing import FakeToSign
from tests.fakes.visit import PASSWORDS, Visit
from ui.files import write_whole
from ui.presenters.gate import Run
from ui.presenters.to_sign import ToSignPresenter
from ui.presenters.to_sign_doors import Adding, Shown, Tell, ToSignDoors, Vouching
from ui.presenters.to_sign_export import ExportDoors
from ui.presenters.to_sign_faces import APPROVED, RECORDED, DoneFace, KeptFace, SignFace
from ui.presenters.to_sign_list import ListDoors
from ui.signing import ReportOnPaper

GOOD = "122/76 72 98 16 s5 d0"


def closed_visit(*, gap: bool = False) -> Visit:
    """Return a visit that is over; with *gap* the observation at +30 was not made."""
    visit = Visit().started("10:00")
    for at in ("10:10", "10:20", "10:30", "10:40"):
        visit.at(at).line("130/80 76 97 15 s5 d6")
    visit.do(Finish())
    for at in ("10:55", "11:10", "11:25", "11:40"):
        if not (gap and at == "11:10"):
            visit.at(at).line(GOOD)
    return visit.at("11:41").left().at("11:50")


class Desk:
    """A closed session on the worklist, and somebody in front of it.

    Attributes:
        trouble: Why whoever is here has no key to sign with.
        folder: Where reports go on this computer.
    """

    def __init__(self, *, gap: bool = False, run: Run = at_once) -> None:
        self.run = run
        self.visit = closed_visit(gap=gap)
        self.author = self.visit.nurse
        self.went_to: list[tuple[str, str, str]] = []
        self.settings_asked = 0
        self.trouble: MonitorError | None = None
        self.notice = ""
        self.folder: Path | None = None
        self.read: list[str] = []
        self.view = FakeToSign()
        self.presenter = ToSignPresenter(self.view, self.doors())
        self.presenter.refresh()

    def as_(self, author: Author) -> Desk:
        """Let somebody else sit down."""
        self.author = author
        self.presenter.refresh()
        return self

    def look(self) -> Desk:
        """Read the report that is on the screen to its end."""
        self.presenter.read_to_the_end(self.view.state)
        return self

    def sign(self, password: str, meaning: str) -> None:
        """Read the report, then sign."""
        self.look().presenter.sign(password, meaning)

    def sign_all(self) -> Desk:
        """Sign as the nurse and co-sign as the prescriber."""
        self.as_(self.visit.nurse).sign(PASSWORDS["nk"], RECORDED)
        self.as_(self.visit.prescriber).sign(PASSWORDS["ds"], APPROVED)
        return self

    def meanings(self) -> list[str]:
        """Return what the person in front of the desk can sign."""
        return [meaning for meaning, _ in self.face.meanings]

    @property
    def face(self) -> SignFace:
        """Return the card that is signed on."""
        assert self.view.face is not None
        return self.view.face

    @property
    def kept(self) -> KeptFace:
        """Return the card of the finished report."""
        assert self.view.kept is not None
        return self.view.kept

    @property
    def done(self) -> DoneFace:
        """Return what was signed last."""
        assert self.view.done is not None
        return self.view.done

    def other_session(self) -> str:
        """Open another session, in chair 1."""
        opened = self.visit.overview
        return OpenSession(self.visit.world)(
            self.visit.nurse,
            patient_id=opened.patient.id,
            protocol_id=opened.protocol_id,
            chair="1",
            confirm=True,
        )

    # --- doors --------------------------------------------------------------------------

    def doors(self) -> ToSignDoors:
        """Return what the room needs of the world."""
        world = self.visit.world
        return ToSignDoors(
            list=ListDoors(
                author=lambda: self.author,
                waiting=self._waiting,
                lengths=self._lengths,
                overview=ShowSession(world),
                now=self.visit.clock.now,
            ),
            exporting=ExportDoors(
                export=lambda s, v, to: ExportReport(world)(s, self.author, version=v, to=to),
                proof=lambda s, content: f"proof of {len(content)} bytes of {s}".encode(),
                verify=lambda content: VerifyReport(world)(content, self.author).standing.value,
                write=write_whole,
                folder=lambda: self.folder,
                remember=self._remember,
                now=self.visit.clock.now,
                run=self.run,
            ),
            report=self.draw,
            paper=lambda session, version: ReportOnPaper(
                PrintReport(world), self.author, session, version
            ),
            sign=self._sign,
            add=self._add,
            trouble=lambda: self.trouble,
            notice=lambda: self.notice,
            explain=self._explain,
            go_to=lambda *where: self.went_to.append(where),
            go_to_settings=self._go_to_settings,
            run=self.run,
        )

    def with_report(self, **others: object) -> ToSignPresenter:
        """Return another presenter before the same room, with other doors."""
        doors = dataclasses.replace(self.doors(), **others)  # type: ignore[arg-type] # its own
        return ToSignPresenter(self.view, doors)

    def draw(self, session_id: str, version: int) -> Shown:
        """Draw the report as it stands."""
        seen = ShowSession(self.visit.world)(session_id)
        pdf = DraftReport(self.visit.world)(session_id, version=version)
        return Shown(pdf, seen.digest, seen.entries)

    def _sign(self, wanted: Vouching, tell: Tell) -> None:
        tell("Signing …")
        act = CoSignSession if wanted.meaning == APPROVED else SignSession
        act(self.visit.world)(
            wanted.session_id,
            self.author.user,
            wanted.password,
            wanted.meaning,
            seen=wanted.seen,
        )

    def _add(self, wanted: Adding, tell: Tell) -> None:
        tell("Signing …")
        add = AddToSession(self.visit.world)
        add(wanted.session_id, self.author.user, wanted.password, wanted.text, seen=wanted.seen)

    def _explain(self, session_id: str, code: str, about: str, reason: str) -> None:
        assert session_id == self.visit.session_id
        self.visit.do(Explain(gap=code, about=about, reason=reason))

    def _remember(self, folder: Path | None) -> None:
        self.folder = folder

    def _go_to_settings(self) -> None:
        self.settings_asked += 1

    def _waiting(self) -> tuple[SessionHeader, ...]:
        lists = Lists(self.visit.world)
        return tuple(h for s in ("closed", "signed", "co-signed") for h in lists.sessions(s))

    def _lengths(self, sessions: Sequence[str]) -> Mapping[str, int]:
        self.read.extend(sessions)
        with self.visit.world.looking() as tx:
            return {name: tx.length(session_stream(name)) for name in sessions}
