"""Lines, ratings, events, alerts, slots, amendments."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor.acts import (
    Acknowledge,
    Amend,
    MissSlot,
    NoteEvent,
    ResolveEvent,
    Score,
    TypeLine,
)
from monitor.entries import EventKind
from monitor.errors import Code
from monitor.schedule import SlotState
from monitor.vitals import BloodPressure
from tests.fakes.visit import Visit


@pytest.fixture
def visit() -> Visit:
    return Visit().started("10:00")


def test_that_a_reading_taken_late_keeps_its_own_time_and_marks_its_slot(visit: Visit) -> None:
    visit.at("10:15").line("131/82 76 97 15")
    slot = visit.slot("10")
    assert (slot.state, slot.minutes) == (SlotState.LATE, 5)
    assert slot.measured == visit.instant("10:15")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Code.EMPTY),
        ("-", Code.EMPTY),
        ("12/82", Code.OUT_OF_RANGE),
        ("128/820", Code.OUT_OF_RANGE),
        ("128/82 9o", Code.NOT_UNDERSTOOD),
        ("128/82 o2", Code.NOT_UNDERSTOOD),
        ("251/140 76 98 16", Code.IMPLAUSIBLE),
    ],
)
def test_that_a_slip_is_refused_and_leaves_no_trace(visit: Visit, text: str, code: Code) -> None:
    with visit.refused(code):
        visit.at("10:10").line(text)


def test_that_an_implausible_value_can_be_true(visit: Visit) -> None:
    visit.at("10:10").line("251/140 76 98 16", confirm=True)
    assert visit.row("10:10").reading.bp == BloodPressure(251, 140)


def test_that_a_slot_is_named_outside_its_window_with_a_reason_alone(visit: Visit) -> None:
    with visit.refused(Code.REASON_MISSING):
        visit.at("10:25").line("131/82 76 97 15 slot 10")
    visit.line("131/82 76 97 15 slot 10", reason="called to chair 3")
    assert (visit.slot("10").state, visit.slot("10").minutes) == (SlotState.LATE, 15)


def test_that_a_slot_that_does_not_exist_is_not_understood(visit: Visit) -> None:
    with visit.refused(Code.NOT_UNDERSTOOD):
        visit.at("10:10").line("131/82 76 97 15 slot 12")


def test_that_the_baseline_is_not_made_up_afterwards(visit: Visit) -> None:
    with visit.refused(Code.SLOT_CLOSED):
        visit.at("10:10").line("131/82 76 97 15 slot baseline")


def test_that_a_set_without_a_required_sign_closes_its_slot_with_a_reason_alone(
    visit: Visit,
) -> None:
    visit.at("10:10").line("128/82 - 98 16")
    assert visit.slot("10").state is SlotState.DUE
    visit.at("10:11").line("128/82 - 98 16", reason="sensor fell off")
    assert visit.slot("10").state is SlotState.ON_TIME


def test_that_a_crossed_limit_raises_an_alert_in_the_same_transaction(visit: Visit) -> None:
    visit.at("10:20")
    kinds = [entry.kind for entry in visit.do(TypeLine(text="184/108 92 97 15"))]
    assert kinds == ["reading", "alert raised"]


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("160/100 92 94 15", []),
        ("180/110 92 94 15", ["bp-rise"]),
        ("181/90 92 97 15", ["bp-high"]),
        ("150/111 92 97 15", ["bp-high"]),
        ("150/90 92 93 15", ["spo2-low"]),
        ("184/112 92 91 15", ["bp-high", "spo2-low"]),
    ],
)
def test_that_the_first_limit_of_a_sign_that_is_crossed_raises_its_alert(
    visit: Visit, text: str, limits: list[str]
) -> None:
    visit.at("10:20").line(text)
    assert [alert.limit.id for alert in visit.overview.alerts] == limits


def test_that_an_alert_is_acknowledged_with_what_was_done(visit: Visit) -> None:
    visit.at("10:20").line("184/108 92 97 15")
    with visit.refused(Code.REASON_MISSING):
        visit.do(Acknowledge(limit="bp-high", action=" "))
    visit.do(Acknowledge(limit="bp-high", action="paused, repeat in 3 min", told="Dr Silva"))
    (alert,) = visit.overview.alerts
    assert (alert.state, alert.told) == ("acknowledged", "Dr Silva")
    with visit.refused(Code.NOTHING_OPEN):
        visit.do(Acknowledge(limit="bp-high", action="again"))


def test_that_an_amended_value_stays_visible_beside_the_new_one(visit: Visit) -> None:
    visit.at("10:10")
    (entry, _) = visit.do(TypeLine(text="185/95 78 98 16 s5 d3"))
    with visit.refused(Code.REASON_MISSING):
        visit.at("10:12").do(Amend(entry=entry.uid, text="156/95 78 98 16 s5 d3"))
    visit.do(Amend(entry=entry.uid, text="156/95 78 98 16 s5 d3", reason="misread"))
    row = visit.row("10:10")
    assert row.reading.bp == BloodPressure(156, 95)
    assert [old.bp for old in row.replaced] == [BloodPressure(185, 95)]
    (change,) = visit.overview.amendments
    assert (change.old, change.new, change.reason) == ("185/95", "156/95", "misread")


def test_that_an_alert_of_an_amended_reading_is_withdrawn_and_stays_visible(visit: Visit) -> None:
    visit.at("10:10")
    (entry, _) = visit.do(TypeLine(text="185/95 78 98 16"))
    visit.at("10:12").do(Amend(entry=entry.uid, text="156/95 78 98 16", reason="misread"))
    assert [alert.state for alert in visit.overview.alerts] == ["withdrawn"]
    assert visit.gaps() == []


def test_that_an_incomplete_rating_has_no_total(visit: Visit) -> None:
    visit.at("10:40").do(Score(scale="cadss-6", answers=(2, 1, None, 2, 0, 1)))
    visit.do(Score(scale="cadss-6", answers=(2, 1, 3, 2, 0, 1)))
    assert [score.total for score in visit.overview.scores] == [None, 9]


@pytest.mark.parametrize("answers", [(1, 2), (1, 2, 3, 4, 5, 0)])
def test_that_answers_that_do_not_fit_the_scale_are_refused(
    visit: Visit, answers: tuple[int, ...]
) -> None:
    with visit.refused(Code.OUT_OF_RANGE):
        visit.do(Score(scale="cadss-6", answers=answers))


def test_that_an_event_is_told_apart_and_ends_once(visit: Visit) -> None:
    visit.at("10:12").line("nausea mild").line("told Dr Lee").line("ondansetron 4 mg iv")
    sorts = [e.sort for e in visit.overview.events if e.kind == "event"]
    assert sorts == [EventKind.EFFECT, EventKind.TOLD, EventKind.DRUG]
    nausea = next(e for e in visit.overview.events if e.text == "nausea mild")
    visit.at("10:30").do(ResolveEvent(event=nausea.uid))
    with visit.refused(Code.NOTHING_OPEN):
        visit.do(ResolveEvent(event=nausea.uid))


@pytest.mark.parametrize("text", ["", "  ", "a\x00b", "dose \u202e48"])
def test_that_a_note_that_cannot_be_read_as_written_is_refused(visit: Visit, text: str) -> None:
    code = Code.EMPTY if not text.strip() else Code.NOT_UNDERSTOOD
    with visit.refused(code):
        visit.do(NoteEvent(text=text))


def test_that_a_missed_slot_wants_a_reason_and_its_time(visit: Visit) -> None:
    with visit.refused(Code.TOO_EARLY):
        visit.at("10:05").do(MissSlot(slot="20", reason="?"))
    with visit.refused(Code.REASON_MISSING):
        visit.at("10:24").do(MissSlot(slot="20"))
    visit.do(MissSlot(slot="20", reason="patient in bathroom"))
    assert visit.slot("20").state is SlotState.MISSED
    with visit.refused(Code.SLOT_CLOSED):
        visit.do(MissSlot(slot="20", reason="again"))


def test_that_a_reading_entered_later_replaces_missed_and_both_are_kept(visit: Visit) -> None:
    visit.at("10:24").do(MissSlot(slot="20", reason="patient in bathroom"))
    visit.at("10:26").line("131/82 76 97 15 @10:21")
    slot = visit.slot("20")
    assert (slot.state, slot.was_missed) == (SlotState.ON_TIME, "patient in bathroom")
    assert (slot.measured, slot.entered) == (visit.instant("10:21"), visit.instant("10:26"))


def test_that_oxygen_and_temperature_are_exact(visit: Visit) -> None:
    visit.at("10:10").line("128/82 76 98 16 t36.8 2l")
    reading = visit.row("10:10").reading
    assert (reading.temperature, reading.oxygen) == (Decimal("36.8"), Decimal(2))
