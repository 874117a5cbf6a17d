"""The worklist, without a window: real acts on a made-up store."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from monitor.acts import Explain, Finish, NoteEvent
from monitor.clinic import Lists
from monitor.desk import (
    CoSignSession,
    DraftReport,
    ExportReport,
    OpenSession,
    ShowSession,
    SignSession,
)
from monitor.errors import Code, StorageError
from monitor.people import Author
from monitor.ports import SessionHeader
from monitor.verifying import VerifyReport
from tests.fakes.views_audit import Later
from tests.fakes.views_gate import at_once
from tests.fakes.views_signing import FakeToSign
from tests.fakes.visit import PASSWORDS, Visit
from ui.files import write_whole
from ui.presenters.gate import Run
from ui.presenters.to_sign import DRAWING, ToSignDoors, ToSignPresenter
from ui.presenters.to_sign_faces import APPROVED, RECORDED, GapRow, gaps_note

GOOD = "122/76 72 98 16 s5 d0"


class Desk:
    """A closed session on the worklist, and somebody in front of it."""

    def __init__(self, *, gap: bool = False, run: Run = at_once) -> None:
        self.run = run
        self.visit = Visit().started("10:00")
        for at in ("10:10", "10:20", "10:30", "10:40"):
            self.visit.at(at).line("130/80 76 97 15 s5 d6")
        self.visit.do(Finish())
        for at in ("10:55", "11:10", "11:25", "11:40"):
            if not (gap and at == "11:10"):
                self.visit.at(at).line(GOOD)
        self.visit.at("11:41").left().at("11:50")
        self.author = self.visit.nurse
        self.went_to: list[tuple[str, str]] = []
        self.view = FakeToSign()
        self.presenter = ToSignPresenter(self.view, self.doors())
        self.presenter.refresh()

    def as_(self, author: Author) -> Desk:
        """Let somebody else sit down."""
        self.author = author
        self.presenter.refresh()
        return self

    def sign(self, password: str, meaning: str) -> None:
        self.presenter.sign(password, meaning)

    def doors(self) -> ToSignDoors:
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
            proof=lambda s, content: f"proof of {len(content)} bytes of {s}".encode(),
            verify=lambda content: VerifyReport(world)(content, self.author),
            write=write_whole,
            go_to=lambda *where: self.went_to.append(where),
            now=self.visit.clock.now,
            run=self.run,
        )

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
    overdue = [row.state for row in desk.view.gaps if row.code == "slot-overdue"]
    assert overdue == ["explained"]
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
    content = (tmp_path / name).read_bytes()
    assert content.startswith(b"%PDF-")
    proof = (tmp_path / f"{name}.proof.json").read_text(encoding="utf-8")
    assert proof == f"proof of {len(content)} bytes of {desk.visit.session_id}"


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
    assert desk.went_to == [(desk.visit.session_id, "")]


def test_that_a_signature_under_way_is_neither_doubled_nor_walked_away_from() -> None:
    later = Later()
    desk = Desk(run=later)
    later.do_next()  # the report
    desk.sign(PASSWORDS["nk"], RECORDED)
    desk.sign(PASSWORDS["nk"], RECORDED)
    desk.presenter.choose("another session")
    assert later.waiting == 1
    assert desk.presenter.chosen == desk.visit.session_id
    assert desk.view.busy == "Signing …"
    later.do_next()
    assert desk.view.busy == ""
    assert [s.by.user for s in desk.visit.overview.signatures] == ["nk"]


def test_that_only_the_report_of_the_session_that_is_looked_at_is_shown() -> None:
    later = Later()
    desk = Desk(run=later)
    assert (desk.view.report, desk.view.report_said) == (None, DRAWING)
    desk.visit.do(NoteEvent(text="a late note"))
    desk.presenter.refresh()
    later.do_next()
    assert desk.view.report is None  # it was drawn before the note
    later.do_next()
    assert desk.view.report is not None


def test_that_a_report_that_cannot_be_drawn_is_said_and_tried_again() -> None:
    desk = Desk()
    tries: list[str] = []

    def report(session_id: str) -> bytes:
        tries.append(session_id)
        if len(tries) == 1:
            raise StorageError(Code.BUSY)
        return b"%PDF-"

    doors = dataclasses.replace(desk.doors(), report=report)
    presenter = ToSignPresenter(desk.view, doors)
    presenter.refresh()
    assert desk.view.report is None
    assert desk.view.report_said.endswith(".")
    presenter.refresh()
    assert desk.view.report == b"%PDF-"


def test_that_looking_again_leaves_what_is_being_typed() -> None:
    desk = Desk()
    desk.sign("wrong password", RECORDED)
    shown = desk.view.faces
    desk.presenter.refresh()
    assert desk.view.faces == shown
    assert desk.view.problem.endswith(".")


def test_that_another_session_is_not_given_the_answer_of_this_one() -> None:
    desk = Desk(gap=True)
    desk.presenter.explain("slot-overdue", "+30")
    desk.presenter.choose(desk.visit.session_id)
    assert desk.presenter.question.is_open
    desk.presenter.choose(desk.other_session())
    assert not desk.presenter.question.is_open


def test_that_a_gap_that_is_gone_is_not_asked_about() -> None:
    desk = Desk()
    desk.presenter.explain("slot-overdue", "+30")
    assert not desk.presenter.question.is_open


def test_that_the_protocol_decides_whether_one_person_may_sign_twice() -> None:
    desk = Desk()
    desk.as_(desk.visit.prescriber).sign(PASSWORDS["ds"], RECORDED)
    assert face_meanings(desk) == [APPROVED]
    desk.sign(PASSWORDS["ds"], APPROVED)
    assert "second person" in desk.view.problem
    assert desk.visit.overview.status == "signed"


def test_that_a_failure_of_the_record_is_not_blamed_on_the_folder(tmp_path: Path) -> None:
    desk = Desk()

    def busy(_: str) -> bytes:
        raise StorageError(Code.BUSY)

    presenter = ToSignPresenter(desk.view, dataclasses.replace(desk.doors(), export=busy))
    presenter.refresh()
    presenter.export_to(tmp_path / "report.pdf")
    assert "folder" not in desk.view.problem
    assert desk.view.problem.endswith(".")


@pytest.mark.parametrize(
    ("states", "note"),
    [
        ((), "nothing blocks"),
        (("explained",), "nothing blocks"),
        (("blocks", "may stay", "blocks"), "2 block, 1 may stay"),
        (("blocks",), "1 blocks"),
        (("may stay",), "1 may stay"),
    ],
)
def test_that_the_gaps_are_counted_in_words(states: tuple[str, ...], note: str) -> None:
    assert (
        gaps_note(tuple(GapRow("slot-late", "20", "Late", state, "") for state in states)) == note
    )
