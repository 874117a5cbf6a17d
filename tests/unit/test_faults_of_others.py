"""Faults seen in other systems that do this job, each shown not to be ours.

`docs/faults-of-others.md` says which test stands for which fault.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from decimal import Decimal

import pytest

from monitor.acts import Amend, Score, TypeLine
from monitor.clinic import Lists, NewPatient, RegisterPatient
from monitor.entries import Measured, PatientMended, Signed
from monitor.errors import Code, MonitorError
from monitor.identity import MendPatient
from monitor.people import Patient, Sex
from monitor.rehearsal.summary import Played, summarise
from monitor.reminders import reminders
from monitor.schedule import SlotState
from monitor.signing import CoSignSession
from monitor.vitals import BloodPressure
from reports.pdf.session_report import render
from tests.architecture.house import ROOT
from tests.fakes.clock import WARSAW
from tests.fakes.rooms import patients_doors
from tests.fakes.seats import Seat
from tests.fakes.signing_desk import Desk
from tests.fakes.views_rooms import FakePatientsRoom
from tests.fakes.visit import PASSWORDS, Visit
from tests.unit.monitor.later_visits import come_again
from tests.unit.presenters.test_reminding import Ward
from tests.unit.reports.reading_back import text
from ui.presenters.due import due_face
from ui.presenters.patients import PatientsPresenter

SET = "128/82 76 98 16"
LIST = ROOT / "docs" / "faults-of-others.md"
FILES = [
    ROOT / "tests" / "unit" / "test_faults_of_others.py",
    ROOT / "tests" / "unit" / "test_faults_in_proof.py",
    ROOT / "tests" / "integration" / "test_faults_of_others.py",
    ROOT / "tests" / "qt" / "test_faults_in_the_window.py",
]


@pytest.fixture
def visit() -> Visit:
    """An infusion that began at 10:00; it is 10:10, and slot 10 is due."""
    return Visit().started("10:00").at("10:10")


@pytest.fixture
def seat(visit: Visit) -> Seat:
    return Seat(visit)


@pytest.fixture
def over(visit: Visit) -> Visit:
    """The same visit, whose patient has left; nothing stands in the way of a signature."""
    for at in ("10:10", "10:20", "10:30"):
        visit.at(at).line("124/78 73 98 16 s5 d0")
    seat = Seat(visit.at("10:40"))
    seat.presenter.command("finish")
    seat.answer(pump_ml="50")
    for at in ("10:40", "10:55", "11:10", "11:25", "11:40"):
        visit.at(at).line("124/78 73 98 16 s5 d0")
    return visit.at("11:45").left()


def now(visit: Visit, hhmm: str) -> dt.datetime:
    """Let it be that local time, and return it."""
    return visit.at(hhmm).clock.now()


def dues(visit: Visit) -> dict[str, str]:
    return {slot.name: f"{slot.due}" for slot in visit.overview.slots if slot.name != "baseline"}


# --- time ---------------------------------------------------------------------------------


def test_that_a_late_reading_moves_no_due_time(visit: Visit) -> None:
    before = dues(visit)
    visit.at("10:15").line(SET)
    assert dues(visit) == before
    assert visit.slot("20").due == visit.instant("10:20")


@pytest.mark.parametrize("nothing", ["", "   ", "-", "- - - -"])
def test_that_an_empty_save_is_refused_and_restarts_nothing(visit: Visit, nothing: str) -> None:
    before = visit.overview
    with visit.refused(Code.EMPTY):
        visit.line(nothing)
    assert visit.overview.readings == before.readings
    assert (visit.slot("10").state, visit.slot("10").due) == (
        SlotState.DUE,
        visit.instant("10:10"),
    )


def test_that_a_reminder_comes_though_no_screen_of_its_session_was_ever_open() -> None:
    visit = Visit().started("10:00").at("10:05")
    ward = Ward(lambda: [visit.overview])
    said = [words for minute in range(5, 16) for words in ward.at(now(visit, f"10:{minute:02}"))]
    assert "Chair 2: Vitals 10 now" in said[0]
    assert "Chair 2: Vitals 10 overdue" in said[-1]


def test_that_grid_list_reminder_and_summary_have_one_due_time(visit: Visit) -> None:
    overview = visit.overview
    in_grid = {s.name: s.due for s in overview.slots if s.state in ("due", "later")}
    reminded = {r.name: r.due for r in reminders(overview, overview.seen_at) if r.name in in_grid}
    listed = {row.slot: row.when for row in due_face(overview, overview.seen_at).waiting}
    told = {s["name"]: s["due"] for s in summarise(Played([], 0, ""), overview)["slots"]}  # type: ignore[attr-defined] # a list of tables
    assert reminded == in_grid
    assert len(listed) >= 2
    for name, when in listed.items():
        due = in_grid[name]
        assert due is not None
        assert when == told[name] == f"{due.astimezone(WARSAW):%H:%M}"


# --- what is entered ------------------------------------------------------------------------


def test_that_a_rating_starts_unanswered_and_one_key_makes_no_score(seat: Seat) -> None:
    seat.presenter.command("rate-scale:cadss-6")
    assert seat.view.rating is not None
    assert {item.answer for item in seat.view.rating.items} == {""}
    seat.presenter.ratings.store()
    seat.presenter.ratings.answer(2)
    seat.presenter.ratings.store()
    assert seat.visit.overview.scores == ()


def test_that_a_second_visit_begins_with_nothing_of_the_first(over: Visit) -> None:
    over.signed().co_signed()
    seat = Seat(come_again(over))
    overview = seat.visit.overview
    assert (overview.readings, overview.scores, overview.events) == ((), (), ())
    assert (overview.weight, overview.order, overview.dose.calculated_mg) == (None, None, None)
    assert seat.view.line == ""


def test_that_enter_saves_a_full_set_and_asks_nothing(seat: Seat) -> None:
    seat.type(SET)
    assert (seat.view.why, seat.view.question) == (None, None)
    assert seat.visit.slot("10").state is SlotState.ON_TIME


def test_that_a_full_set_is_sixteen_keys_in_one_field(seat: Seat) -> None:
    for key in range(1, 16):
        seat.presenter.entry.typed(SET[:key])
        assert seat.visit.slot("10").reading is None  # no key before the last one stores
    assert seat.presenter.entry.text == SET
    seat.presenter.entry.submit()  # the sixteenth; none of them led to another field
    assert (seat.view.why, seat.view.question) == (None, None)
    reading = seat.visit.row("10:10").reading
    assert (reading.bp, reading.heart_rate) == (BloodPressure(128, 82), 76)
    assert (reading.spo2, reading.resp) == (98, 16)


def test_that_the_line_is_empty_again_after_a_reading(seat: Seat) -> None:
    seat.type(SET)
    assert seat.view.line == ""
    seat.visit.at("10:20")
    seat.presenter.on_tick(seat.visit.clock.now())
    assert seat.view.line == ""
    assert seat.presenter.entry.text == ""


def test_that_what_was_not_taken_is_kept_as_not_taken(visit: Visit) -> None:
    visit.line("128/82 - 98 16")
    assert visit.row("10:10").reading.heart_rate is None
    visit.do(Score(scale="cadss-6", answers=(0, None, 0, 0, 0, 0)))
    (score,) = visit.overview.scores
    assert (score.total, score.answered) == (None, 5)


@pytest.mark.parametrize("typed", ["251/140 76 98 16", "60/30 31 70 5", "128/82 0 0 0"])
def test_that_a_true_value_is_stored_however_unlikely_it_is(visit: Visit, typed: str) -> None:
    visit.line(typed, confirm=True)
    assert visit.slot("10").state is SlotState.ON_TIME


def test_that_a_number_may_be_written_with_a_comma(visit: Visit) -> None:
    seat = Seat(visit)
    seat.presenter.command("rate")
    seat.answer(rate="37,5", reason="half rate")
    assert visit.overview.segments[-1].rate_ml_h == Decimal("37.5")


def test_that_a_respiration_of_nought_is_a_value_and_an_alert(visit: Visit) -> None:
    with visit.refused(Code.IMPLAUSIBLE):
        visit.line("128/82 76 98 0")
    visit.line("128/82 76 98 0", confirm=True)
    assert visit.row("10:10").reading.resp == 0
    assert visit.slot("10").state is SlotState.ON_TIME
    assert [(a.limit.id, a.value) for a in visit.overview.alerts] == [("resp-low", "0")]


def test_that_a_partial_set_closes_no_slot_and_counts_in_no_score(visit: Visit) -> None:
    visit.line("128/82 76")
    assert visit.slot("10").state is SlotState.DUE
    visit.do(Score(scale="cadss-6", answers=(4, 4, None, None, None, None)))
    assert [score.total for score in visit.overview.scores] == [None]
    row = next(row for row in visit.overview.readings if row.measured == visit.instant("10:10"))
    assert row.slot == ""


def test_that_a_baseline_is_stored_before_the_start() -> None:
    visit = Visit().ordered().weighed().calculated().checked().at("09:55").line(SET)
    assert visit.overview.started_at is None
    assert visit.row("09:55").reading.resp == 16
    assert visit.slot("baseline").reading is not None


# --- what is kept ---------------------------------------------------------------------------


def test_that_an_amendment_keeps_the_old_value_beside_the_new(visit: Visit) -> None:
    (entry,) = visit.do(TypeLine(text=SET))
    visit.do(Amend(entry=entry.uid, text="138/82 76 98 16", reason="misread"))
    readings = [e.what.reading.bp for e in visit.store.entries if isinstance(e.what, Measured)]
    assert [bp.text for bp in readings if bp][-2:] == ["128/82", "138/82"]
    (amendment,) = visit.overview.amendments
    assert amendment.reason == "misread"


def test_that_a_locked_visit_takes_no_new_vitals(over: Visit) -> None:
    with over.refused(Code.WRONG_PHASE):
        over.at("11:50").line(SET)
    over.signed().co_signed()
    for line in (SET, f"{SET} @11:30"):
        with over.refused(Code.SIGNED):
            over.line(line)


def test_that_one_signature_alone_does_not_complete_a_record(over: Visit) -> None:
    assert over.signed().overview.status == "signed"
    with pytest.raises(MonitorError):
        CoSignSession(over.world)(
            over.session_id, "nk", PASSWORDS["nk"], "reviewed", seen=over.overview.digest
        )
    assert over.overview.status == "signed"
    assert over.co_signed().overview.status == "co-signed"
    assert {signature.by.user for signature in over.overview.signatures} == {"nk", "ds"}


def test_that_signing_is_one_question_and_one_entry() -> None:
    desk = Desk()
    before = desk.visit.overview.entries
    desk.sign(PASSWORDS["nk"], "recorded by")
    assert desk.visit.overview.status == "signed"
    assert desk.visit.overview.entries == before + 1


def test_that_a_signature_stands_over_the_content_that_was_signed(over: Visit) -> None:
    content = over.overview.digest
    over.signed()
    (signed,) = [e.what for e in over.store.entries if isinstance(e.what, Signed)]
    assert signed.digest == content
    assert len(content) == 64


def test_that_a_change_after_a_signature_voids_it_in_sight(over: Visit) -> None:
    over.signed()
    row = over.row("10:10")
    over.do(Amend(entry=row.uid, text="134/78 73 98 16 s5 d0", reason="misread"))
    overview = over.overview
    assert [signature.holds for signature in overview.signatures] == [False]
    assert overview.status == "closed"
    assert "void: the record was amended after it" in text(render(overview))


def test_that_what_is_changed_later_changes_no_record_of_the_past(over: Visit) -> None:
    over.signed().co_signed()
    before = over.overview
    patient = before.patient
    wanted = dataclasses.replace(as_typed(patient), family="Other")
    MendPatient(over.world)(over.nurse, patient.id, wanted, "married", patient)
    with over.refused(Code.SIGNED):
        over.line(SET)
    after = over.overview
    assert after.digest == before.digest
    assert after.signatures == before.signatures
    assert after.patient.name == "Nowak, Anna"
    assert [s.by.name for s in over.overview.signatures] == ["Nina Kowal", "Dana Silva"]


def as_typed(patient: Patient) -> NewPatient:
    return NewPatient(
        family=patient.family,
        given=patient.given,
        born=patient.born.isoformat(),
        sex=patient.sex,
        number=patient.number,
        allergies=patient.allergies,
    )


def test_that_a_number_of_another_patient_takes_nobodys_name_away(visit: Visit) -> None:
    wrong = NewPatient(family="Lis", given="Ewa", born="1990-06-30", sex=Sex.FEMALE, number="7")
    other = RegisterPatient(visit.world)(visit.nurse, wrong)
    slip = dataclasses.replace(wrong, number="100234")
    with visit.refused(Code.NAME_TAKEN):
        RegisterPatient(visit.world)(visit.nurse, slip)
    with visit.refused(Code.NAME_TAKEN):
        MendPatient(visit.world)(visit.nurse, other.id, slip, "typo", other)
    names = {patient.number: patient.name for patient in Lists(visit.world).patients()}
    assert names == {"100234": "Nowak, Anna", "7": "Lis, Ewa"}


def test_that_a_name_is_shown_old_beside_new_before_it_changes_and_ever_after() -> None:
    visit, view = Visit(), FakePatientsRoom()
    room = PatientsPresenter(view, patients_doors(visit))
    room.refresh()
    room.choose(visit.overview.patient.id)
    room.mend()
    room.typed("family", "Nowak-Lis")
    assert view.changes is not None
    assert [(row.was, row.now) for row in view.changes.rows] == [("Nowak, Anna", "Nowak-Lis, Anna")]
    assert [patient.name for patient in Lists(visit.world).patients()] == ["Nowak, Anna"]
    room.typed("reason", "name changed")
    room.submit()
    (kept,) = [e.what for e in visit.store.entries if isinstance(e.what, PatientMended)]
    assert (kept.was.name, kept.now.name) == ("Nowak, Anna", "Nowak-Lis, Anna")
    assert view.page is not None
    assert len(view.page.changes) == 1


# --- and the list of them ---------------------------------------------------------------------


def test_that_the_document_names_each_of_these_tests_and_no_other() -> None:
    listed = re.findall(r"`(test_\w+)`", LIST.read_text(encoding="utf-8"))
    written = [
        name
        for file in FILES
        for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert sorted(listed) == sorted(name for name in written if "the_document_names" not in name)
