"""The worklist, without a window: real acts on a made-up store."""

from __future__ import annotations

import dataclasses

from monitor.acts import Cancel, NoteEvent
from monitor.errors import Code, IntegrityError, RefusedError, StorageError
from monitor.overview import SessionOverview
from tests.fakes.signing_desk import Desk
from tests.fakes.views_audit import Later
from tests.fakes.visit import PASSWORDS, Visit
from ui.presenters.to_sign_doors import Shown
from ui.presenters.to_sign_faces import APPROVED, RECORDED, sign_face
from ui.presenters.to_sign_report import DRAWING, NOT_DRAWN, UNREAD


def test_that_the_report_itself_is_on_the_screen_before_anyone_signs() -> None:
    desk = Desk()
    assert desk.view.note == "1 closed session, 1 with nothing in the way, 1 for you"
    assert desk.view.report is not None
    assert desk.view.report.startswith(b"%PDF-")
    assert desk.meanings() == [RECORDED]


def test_that_nobody_signs_a_report_that_was_not_read_to_its_end() -> None:
    desk = Desk()
    assert desk.view.lock == UNREAD
    desk.presenter.sign(PASSWORDS["nk"], RECORDED)
    assert desk.view.problem == UNREAD
    assert not desk.visit.overview.signatures
    desk.presenter.read_to_the_end("another report")
    assert desk.view.lock == UNREAD
    desk.look()
    assert desk.view.lock == ""
    desk.presenter.sign(PASSWORDS["nk"], RECORDED)
    assert [s.by.user for s in desk.visit.overview.signatures] == ["nk"]


def test_that_a_report_that_changed_is_read_again() -> None:
    desk = Desk().look()
    desk.visit.do(NoteEvent(text="a late note"))
    desk.presenter.refresh()
    assert desk.view.lock == UNREAD
    desk.presenter.refresh()
    assert len(desk.view.drawn) == 2


def test_that_what_is_signed_is_what_was_on_the_screen() -> None:
    desk = Desk().look()
    desk.visit.do(NoteEvent(text="written by another station"))  # and nobody told this one
    desk.presenter.sign(PASSWORDS["nk"], RECORDED)
    assert "Somebody wrote in this session meanwhile" in desk.view.problem
    assert not desk.visit.overview.signatures
    assert desk.view.lock == UNREAD
    assert desk.view.drawn[-1].endswith(desk.visit.overview.digest.encode())
    desk.sign(PASSWORDS["nk"], RECORDED)
    assert [s.by.user for s in desk.visit.overview.signatures] == ["nk"]


def test_that_a_report_into_which_somebody_wrote_while_it_was_drawn_is_drawn_again() -> None:
    desk = Desk()
    drawn: list[int] = []

    def report(session_id: str, version: int) -> Shown:
        if not drawn:
            desk.visit.do(NoteEvent(text="in that very moment"))
        drawn.append(version)
        return desk.draw(session_id, version)

    desk.with_report(report=report).refresh()
    assert len(drawn) == 2
    assert desk.view.drawn[-1].endswith(desk.visit.overview.digest.encode())


def test_that_a_report_of_which_nobody_knows_the_state_is_not_signed_and_drawn_again() -> None:
    desk = Desk()
    known = [False]

    def report(session_id: str, version: int) -> Shown:
        shown = desk.draw(session_id, version)
        return shown if known[0] else dataclasses.replace(shown, digest="")

    presenter = desk.with_report(report=report)
    presenter.refresh()
    presenter.read_to_the_end(desk.view.state)
    presenter.sign(PASSWORDS["nk"], RECORDED)
    assert desk.view.problem == NOT_DRAWN
    known[0] = True
    presenter.refresh()
    presenter.read_to_the_end(desk.view.state)
    presenter.sign(PASSWORDS["nk"], RECORDED)
    assert [s.by.user for s in desk.visit.overview.signatures] == ["nk"]


def test_that_nurse_and_prescriber_sign_one_after_the_other() -> None:
    desk = Desk()
    assert desk.as_(desk.visit.prescriber).meanings() == [RECORDED]  # who ordered may record
    desk.as_(desk.visit.nurse).sign(PASSWORDS["nk"], RECORDED)
    assert [row.signed_by for row in desk.view.waiting] == ["NK"]
    assert desk.meanings() == []
    assert APPROVED in desk.as_(desk.visit.prescriber).meanings()
    assert desk.face.chosen == APPROVED
    desk.sign(PASSWORDS["ds"], APPROVED)
    assert desk.visit.overview.status == "co-signed"
    assert [row.done for row in desk.view.waiting] == [True]
    assert desk.view.face is None
    assert desk.done.words.startswith("Co-signed: Nowak, Anna")
    assert "cannot be undone" in desk.done.words


def test_that_a_refused_signature_is_one_sentence_and_says_what_is_missing() -> None:
    for password, meaning in (("", RECORDED), ("wrong password", RECORDED), ("x", "")):
        desk = Desk()
        desk.sign(password, meaning)
        assert desk.view.problem.endswith(".")
        assert desk.view.busy == ""
        assert not desk.visit.overview.signatures


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


def test_that_an_empty_worklist_says_so() -> None:
    assert Desk().sign_all().view.note == "Nothing waits for a signature"


def test_that_the_keys_walk_the_list_and_open_the_session() -> None:
    desk = Desk()
    desk.presenter.step(1)
    assert desk.presenter.chosen == desk.visit.session_id
    desk.presenter.go_to()
    assert desk.went_to == [(desk.visit.session_id, "", "Nowak, Anna")]


def test_that_the_list_can_be_narrowed_to_what_one_can_sign_oneself() -> None:
    desk = Desk()
    desk.sign(PASSWORDS["nk"], RECORDED)
    desk.presenter.turn_list()
    assert (desk.view.mine, desk.view.waiting) == (True, ())
    desk.as_(desk.visit.prescriber)
    assert [row.mine for row in desk.view.waiting] == [True]
    desk.presenter.turn_list()
    assert not desk.view.mine


def test_that_a_session_is_read_anew_only_when_something_was_written_in_it() -> None:
    desk = Desk()
    looks: list[str] = []
    show = desk.doors().list.overview

    def overview(session_id: str) -> SessionOverview:
        looks.append(session_id)
        return show(session_id)

    presenter = desk.with_report(list=_replaced(desk, overview=overview))
    presenter.refresh()
    before = len(looks)
    presenter.list.look()
    presenter.list.look()
    assert len(looks) == before
    desk.visit.do(NoteEvent(text="a late note"))
    presenter.list.look()
    assert len(looks) == before + 1


def test_that_a_session_that_cannot_be_read_does_not_take_the_others_away() -> None:
    desk = Desk()

    def overview(session_id: str) -> SessionOverview:
        raise IntegrityError(Code.UNREADABLE, name=session_id)

    presenter = desk.with_report(list=_replaced(desk, overview=overview))
    presenter.refresh()
    assert desk.view.waiting == ()
    assert "1 cannot be read: see the shield" in desk.view.note


def _replaced(desk: Desk, **others: object) -> object:
    return dataclasses.replace(desk.doors().list, **others)  # type: ignore[arg-type] # its own


def test_that_a_signature_under_way_is_neither_doubled_nor_walked_away_from() -> None:
    later = Later()
    desk = Desk(run=later)
    later.do_next()  # the report
    desk.sign(PASSWORDS["nk"], RECORDED)
    desk.sign(PASSWORDS["nk"], RECORDED)
    desk.presenter.choose("another session")
    desk.presenter.turn_list()
    desk.presenter.export()
    assert later.waiting == 1
    assert desk.presenter.chosen == desk.visit.session_id
    assert desk.view.busy == "Checking the password …"
    later.do_next()
    assert desk.view.busy == ""
    assert desk.view.stages == ["Checking the password …", "Signing …"]
    assert [s.by.user for s in desk.visit.overview.signatures] == ["nk"]


def test_that_only_the_report_of_the_session_that_is_looked_at_is_shown() -> None:
    later = Later()
    desk = Desk(run=later)
    assert (desk.view.report, desk.view.report_said) == (None, DRAWING)
    assert desk.view.lock == NOT_DRAWN
    desk.visit.do(NoteEvent(text="a late note"))
    desk.presenter.refresh()
    later.do_next()
    assert desk.view.report is None  # it was drawn before the note
    later.do_next()
    assert desk.view.report is not None


def test_that_a_report_that_cannot_be_drawn_is_said_and_tried_again() -> None:
    desk = Desk()
    tries: list[str] = []

    def report(session_id: str, version: int) -> Shown:
        tries.append(session_id)
        if len(tries) == 1:
            raise StorageError(Code.BUSY)
        return desk.draw(session_id, version)

    presenter = desk.with_report(report=report)
    presenter.refresh()
    assert desk.view.report is None
    assert desk.view.report_said.endswith(".")
    presenter.refresh()
    assert desk.view.report is not None


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
    desk.as_(desk.visit.prescriber)
    assert desk.face.meanings == ((RECORDED, "Recorded by (another co-signs)"),)
    desk.sign(PASSWORDS["ds"], RECORDED)
    assert (desk.meanings(), desk.view.waiting[0].mine) == ([], False)
    assert desk.face.blocked == (
        "You signed as one who recorded; another prescriber co-signs, or a nurse signs."
    )
    seen = dataclasses.replace(desk.visit.overview, one_may_sign=True)
    assert [each for each, _ in sign_face(seen, desk.visit.prescriber).meanings] == [APPROVED]


def test_that_a_voided_signature_is_told_and_leaves_nothing_to_a_prescriber() -> None:
    desk = Desk()
    desk.sign(PASSWORDS["nk"], RECORDED)
    desk.as_(desk.visit.prescriber).look()
    assert desk.view.note.endswith("1 for you")
    desk.visit.do(NoteEvent(text="a late note"))  # and nobody told this window
    desk.presenter.sign(PASSWORDS["ds"], APPROVED)
    assert desk.meanings() == []
    assert desk.face.blocked == (
        "The signature of Nina Kowal is void: somebody wrote after that."
        " The nurse's signature comes first."
    )
    assert desk.view.problem.endswith("It no longer waits for you.")
    desk.as_(desk.visit.nurse).sign(PASSWORDS["nk"], RECORDED)
    assert desk.as_(desk.visit.prescriber).meanings() == [RECORDED, APPROVED]


def test_that_a_session_without_a_drug_waits_for_its_signatures_too() -> None:
    visit = Visit()
    visit.do(Cancel(reason="fasting was broken"))
    overview = visit.overview
    assert overview.status == "cancelled"
    meanings = sign_face(overview, visit.nurse).meanings
    assert [each for each, _ in meanings] == [RECORDED]


def test_that_who_has_no_key_is_told_what_to_do_before_typing_anything() -> None:
    desk = Desk()
    desk.trouble = RefusedError(Code.NO_CERTIFICATE, person="Nina Kowal")
    desk.presenter.refresh()
    assert desk.face.blocked.startswith("Nina Kowal has no certificate")
    assert not desk.face.remedy
    desk.presenter.go_to_settings()
    assert desk.settings_asked == 1


def test_that_a_certificate_that_ends_before_long_is_said_on_the_card() -> None:
    desk = Desk()
    desk.notice = "Your certificate ends on 2026-04-01; have an administrator issue a new one."
    desk.presenter.refresh()
    assert desk.face.notice == desk.notice


def test_that_after_signing_the_next_session_of_ones_own_is_looked_at() -> None:
    desk = Desk()
    other = desk.other_session()
    desk.presenter.list.choose(desk.visit.session_id)
    desk.sign(PASSWORDS["nk"], RECORDED)
    assert desk.presenter.chosen == desk.visit.session_id  # the other one is still open
    assert desk.done.session_id == desk.visit.session_id
    assert other not in [row.session_id for row in desk.view.waiting]


def test_that_nothing_is_told_to_a_room_that_is_gone() -> None:
    later = Later()
    desk = Desk(run=later)
    later.do_next()  # the report
    desk.sign(PASSWORDS["nk"], RECORDED)
    desk.presenter.close()
    later.do_next()
    assert desk.visit.overview.status == "signed"
    assert desk.view.done is None
