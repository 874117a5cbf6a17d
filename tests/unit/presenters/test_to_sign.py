"""The worklist, without a window: real acts on a made-up store."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.acts import Explain, Finish
from monitor.clinic import Lists
from monitor.desk import CoSignSession, DraftReport, ExportReport, ShowSession, SignSession
from monitor.people import Author
from monitor.ports import SessionHeader
from monitor.verifying import VerifyReport
from tests.fakes.views_gate import at_once
from tests.fakes.views_signing import FakeToSign
from tests.fakes.visit import PASSWORDS, Visit
from ui.files import write_whole
from ui.presenters.to_sign import APPROVED, RECORDED, ToSignDoors, ToSignPresenter

GOOD = "122/76 72 98 16 s5 d0"


class Desk:
    """A closed session on the worklist, and somebody in front of it."""

    def __init__(self, *, gap: bool = False) -> None:
        self.visit = Visit().started("10:00")
        for at in ("10:10", "10:20", "10:30", "10:40"):
            self.visit.at(at).line("130/80 76 97 15 s5 d6")
        self.visit.do(Finish())
        for at in ("10:55", "11:10", "11:25", "11:40"):
            if not (gap and at == "11:10"):
                self.visit.at(at).line(GOOD)
        self.visit.at("11:41").left().at("11:50")
        self.author = self.visit.nurse
        self.went_to: list[str] = []
        self.view = FakeToSign()
        self.presenter = ToSignPresenter(self.view, self._doors())
        self.presenter.refresh()

    def as_(self, author: Author) -> Desk:
        """Let somebody else sit down."""
        self.author = author
        self.presenter.refresh()
        return self

    def sign(self, password: str, meaning: str) -> None:
        self.presenter.sign(password, meaning)

    def _doors(self) -> ToSignDoors:
        world = self.visit.world

        def explain(session_id: str, code: str, about: str, reason: str) -> None:
            assert session_id == self.visit.session_id
            self.visit.do(Explain(gap=code, about=about, reason=reason))

        return ToSignDoors(
            author=lambda: self.author,
            waiting=self._waiting,
            overview=ShowSession(world),
            report=DraftReport(world),
            sign=lambda s, p, m: SignSession(world)(s, self.author.user, p, m),
            co_sign=lambda s, p, m: CoSignSession(world)(s, self.author.user, p, m),
            explain=explain,
            export=lambda s: ExportReport(world)(s, self.author),
            verify=lambda content: VerifyReport(world)(content, self.author),
            write=write_whole,
            go_to=self.went_to.append,
            now=self.visit.clock.now,
            run=at_once,
        )

    def _waiting(self) -> tuple[SessionHeader, ...]:
        lists = Lists(self.visit.world)
        return tuple(h for s in ("closed", "signed", "co-signed") for h in lists.sessions(s))


def face_meanings(desk: Desk) -> list[str]:
    """Return what the person in front of the desk can sign."""
    assert desk.view.face is not None
    return [meaning for meaning, _ in desk.view.face.meanings]


def test_that_the_report_itself_is_on_the_screen_before_anyone_signs() -> None:
    desk = Desk()
    assert desk.view.note == "1 closed session, 1 without gaps"
    assert desk.view.report is not None
    assert desk.view.report.startswith(b"%PDF-")
    assert face_meanings(desk) == [RECORDED]


def test_that_nurse_and_prescriber_sign_one_after_the_other() -> None:
    desk = Desk()
    assert face_meanings(desk.as_(desk.visit.prescriber)) == [RECORDED]  # who ordered may record
    desk.as_(desk.visit.nurse).sign(PASSWORDS["nk"], RECORDED)
    assert [row.signed_by for row in desk.view.waiting] == ["NK"]
    assert face_meanings(desk) == []
    assert APPROVED in face_meanings(desk.as_(desk.visit.prescriber))
    desk.sign(PASSWORDS["ds"], APPROVED)
    assert desk.visit.overview.status == "co-signed"
    assert [row.done for row in desk.view.waiting] == [True]
    assert desk.view.face is not None
    assert desk.view.face.done


@pytest.mark.parametrize(
    ("password", "meaning"), [("", RECORDED), ("wrong password", RECORDED), ("x", "")]
)
def test_that_a_refused_signature_is_one_sentence(password: str, meaning: str) -> None:
    desk = Desk()
    desk.sign(password, meaning)
    assert desk.view.problem.endswith(".")
    assert desk.view.busy == ""
    assert desk.visit.overview.signatures == ()


def test_that_a_gap_blocks_until_it_is_explained() -> None:
    desk = Desk(gap=True)
    blocking = [row for row in desk.view.gaps if row.state == "blocks"]
    assert [(row.code, row.about) for row in blocking] == [("slot-overdue", "+30")]
    desk.sign(PASSWORDS["nk"], RECORDED)
    assert "+30" in desk.view.problem
    desk.presenter.explain("slot-overdue", "+30")
    desk.presenter.question.submit({"reason": "  "})
    assert desk.view.question_problem.endswith(".")
    desk.presenter.question.submit({"reason": "asleep, not woken"})
    desk.presenter.refresh()
    assert [row.state for row in desk.view.gaps] == ["explained"]
    desk.sign(PASSWORDS["nk"], RECORDED)
    assert desk.visit.overview.status == "signed"


def test_that_the_exported_file_is_verified_and_names_no_patient(tmp_path: Path) -> None:
    desk = Desk()
    desk.sign(PASSWORDS["nk"], RECORDED)
    desk.as_(desk.visit.prescriber).sign(PASSWORDS["ds"], APPROVED)
    desk.presenter.export()
    name = desk.view.asked_name
    assert name == f"session-{desk.visit.overview.code}-20260302T1050Z.pdf"
    desk.presenter.export_to(tmp_path / name)
    assert desk.view.face is not None
    assert desk.view.face.done.startswith("Written and verified. Genuine and unchanged")
    assert (tmp_path / name).read_bytes().startswith(b"%PDF-")


def test_that_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    desk = Desk()
    desk.presenter.export_to(tmp_path / "missing" / "report.pdf")
    assert desk.view.problem == "The file could not be written there; choose another folder."


def test_that_an_empty_worklist_says_so() -> None:
    desk = Desk()
    desk.sign(PASSWORDS["nk"], RECORDED)
    desk.as_(desk.visit.prescriber).sign(PASSWORDS["ds"], APPROVED)
    assert desk.view.note == "Nothing waits for a signature"


def test_that_the_keys_walk_the_list_and_open_the_session() -> None:
    desk = Desk()
    desk.presenter.step(1)
    assert desk.presenter.chosen == desk.visit.session_id
    desk.presenter.go_to()
    assert desk.went_to == [desk.visit.session_id]
