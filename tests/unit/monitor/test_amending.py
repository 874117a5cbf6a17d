"""What is amended is held against the same rules, and keeps the reason it was done for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from monitor.acts import (
    Acknowledge,
    Amend,
    ChangeRate,
    MissSlot,
    NoteEvent,
    Pause,
    Start,
    Stop,
)
from monitor.entries import Leaving
from monitor.errors import Code
from monitor.schedule import SlotState
from monitor.vitals import BloodPressure
from tests.fakes.visit import DEVICE, Visit


@pytest.fixture
def visit() -> Visit:
    return Visit()


def test_that_a_rate_of_nothing_is_refused_in_an_amendment_too(visit: Visit) -> None:
    (step,) = visit.started().at("10:10").do(ChangeRate(rate_ml_h=Decimal(60)))
    with visit.refused(Code.OUT_OF_RANGE):
        visit.do(Amend(entry=step.uid, changes={"rate_ml_h": Decimal(0)}, reason="slip"))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sprays": 5}, Code.OUT_OF_RANGE),
        ({"expiry": "rubbish"}, Code.NOT_UNDERSTOOD),
        ({"expiry": "2020-01"}, Code.EXPIRED),
    ],
)
def test_that_a_device_is_amended_only_to_what_could_be_given(
    changes: dict[str, object], code: Code
) -> None:
    nasal = Visit("esketamine").ordered().at("09:55").line("122/76 72 98 16 s5 d0")
    (device,) = nasal.at("10:00").do(replace(DEVICE, lot="A"))
    with nasal.refused(code):
        nasal.do(Amend(entry=device.uid, changes=changes, reason="misread"))
    nasal.do(Amend(entry=device.uid, changes={"expiry": "2027-09", "sprays": 1}, reason="misread"))
    assert nasal.overview.devices[0].expiry == "2027-09"


def test_that_an_acknowledgement_cannot_be_amended_to_nothing(visit: Visit) -> None:
    visit.started().at("10:05").line("185/95 78 98 16 s5 d3")
    (said,) = visit.do(Acknowledge(limit="bp-high", action="repeat in 3 min"))
    with visit.refused(Code.EMPTY):
        visit.do(Amend(entry=said.uid, changes={"action": " "}, reason="slip"))


def test_that_an_amendment_that_changes_nothing_is_refused(visit: Visit) -> None:
    (event,) = visit.started().at("10:05").do(NoteEvent(text="nausea"))
    with visit.refused(Code.EMPTY):
        visit.do(Amend(entry=event.uid, reason="why"))


def test_that_an_amended_step_keeps_the_reason_it_was_taken_for(visit: Visit) -> None:
    visit.ordered().weighed().calculated().checked().at("10:00")
    (start,) = visit.do(Start(reason="cuff broken"))
    (pause,) = visit.at("10:10").do(Pause(reason="BP 186/104"))
    (stop,) = visit.at("10:12").do(Stop(reason="BP still high"))
    for entry in (start, pause, stop):
        visit.do(Amend(entry=entry.uid, changes={"pump_ml": Decimal(12)}, reason="misread"))
    seen = visit.overview
    assert (seen.start_reason, seen.ended_reason) == ("cuff broken", "BP still high")
    assert [segment.reason for segment in seen.segments] == ["cuff broken", "BP 186/104"]
    assert [event.reason for event in seen.events] == ["cuff broken", "BP 186/104", "BP still high"]
    assert visit.slot("baseline").reason == "cuff broken"
    assert {change.reason for change in seen.amendments} == {"misread"}


def test_that_an_amended_device_keeps_the_reason_why_it_was_early() -> None:
    nasal = Visit("esketamine").started("10:00")
    (device,) = nasal.at("10:03").do(replace(DEVICE, reason="sneezed"))
    nasal.do(Amend(entry=device.uid, changes={"lot": "B"}, reason="misread"))
    assert nasal.overview.devices[1].reason == "sneezed"


def test_that_an_amended_reading_keeps_the_reason_for_what_it_lacks(visit: Visit) -> None:
    visit.started().at("10:10").line("130/80 - 98 16", reason="no trace")
    row = visit.row("10:10")
    visit.do(Amend(entry=row.uid, text="131/80 - 98 16", reason="misread"))
    assert "no trace" in visit.row("10:10").note


def test_that_an_amended_line_names_the_slot_it_is_for_or_none(visit: Visit) -> None:
    visit.started().at("10:25").line("130/80 76 97 15 slot 10", reason="busy")
    uid = visit.row("10:25").uid
    assert (visit.slot("10").reading, visit.slot("10").reason) == (uid, "busy")

    visit.do(Amend(entry=uid, text="130/80 76 97 15 slot 20", reason="the wrong slot"))
    assert (visit.slot("20").reading, visit.slot("20").reason) == (uid, "the wrong slot")

    visit.do(Amend(entry=uid, text="131/80 76 97 15", reason="meant for none"))
    assert visit.slot("10").reading is None
    assert (visit.slot("20").reading, visit.slot("20").minutes) == (uid, 5)
    assert visit.slot("20").reason == "meant for none"

    visit.do(Amend(entry=uid, text="130/80 76 97 15 @10:12", reason="the time misread"))
    assert (visit.slot("10").state, visit.slot("20").reading) == (SlotState.ON_TIME, None)


def test_that_a_new_reason_for_a_missed_slot_is_shown_beside_the_old_one(visit: Visit) -> None:
    (missed,) = visit.started().at("10:15").do(MissSlot(slot="10", reason="in the bathroom"))
    visit.do(Amend(entry=missed.uid, reason="vomiting"))
    (change,) = visit.overview.amendments
    assert (change.old, change.new) == ("in the bathroom", "vomiting")
    assert visit.slot("10").reason == "vomiting"


def test_that_no_reading_is_moved_to_after_the_patient_left(visit: Visit) -> None:
    visit.started().at("10:10").line("130/80 76 97 15").at("10:45")
    visit.left(Leaving.TRANSFERRED, "chest pain")
    uid = visit.row("10:10").uid
    moved = {"at": visit.instant("10:50")}
    visit.at("11:00")
    with visit.refused(Code.WRONG_PHASE):
        visit.do(Amend(entry=uid, text="130/80 76 97 15 @10:50", reason="slip"))
    with visit.refused(Code.WRONG_PHASE):
        visit.do(Amend(entry=uid, text="130/80 76 97 15", changes=moved, reason="slip"))
    visit.do(Amend(entry=uid, text="132/80 76 97 15 @10:45", reason="slip"))
    assert visit.row("10:45").reading.bp == BloodPressure(132, 80)


@pytest.mark.parametrize("field", ["told", "action", "reason"])
def test_that_an_acknowledgement_is_refused_that_others_would_read_otherwise(
    visit: Visit, field: str
) -> None:
    visit.started().at("10:05").line("185/95 78 98 16 s5 d3")
    said = Acknowledge(limit="bp-high", action="recheck")
    for text in ("Dr \u202eeeL", "Dr\x00", "\x1b[2J"):
        with visit.refused(Code.NOT_UNDERSTOOD):
            visit.do(replace(said, **{field: text}))  # type: ignore[arg-type] # its own field


def test_that_a_reason_given_with_a_baseline_is_not_why_it_was_missed(visit: Visit) -> None:
    visit.ordered().weighed().calculated().checked().at("10:05")
    visit.line("122/76 72 98 16 s5 d0 @09:55")
    visit.at("10:10").do(Start(at=visit.instant("10:00"), reason="pump rounds"))
    slot = visit.slot("baseline")
    assert (slot.state, slot.was_missed) == (SlotState.ON_TIME, "")
    visit.do(Amend(entry=visit.row("09:55").uid, text="122/76", reason="others misread"))
    slot = visit.slot("baseline")
    assert (slot.state, slot.reason) == (SlotState.OVERDUE, "")


def test_that_a_reason_given_without_a_baseline_stays_beside_the_one_that_came(
    visit: Visit,
) -> None:
    visit.ordered().weighed().calculated().checked().at("10:10")
    visit.do(Start(at=visit.instant("10:00"), reason="cuff broken"))
    visit.at("10:12").line("122/76 72 98 16 s5 d0 @09:55")
    slot = visit.slot("baseline")
    assert (slot.state, slot.was_missed) == (SlotState.ON_TIME, "cuff broken")


def test_that_a_moved_time_is_told_in_the_time_on_the_wall(visit: Visit) -> None:
    visit.started().at("10:10").line("130/80 76 97 15")
    row = visit.row("10:10")
    visit.at("10:12").do(Amend(entry=row.uid, text="130/80 76 97 15 @10:08", reason="slip"))
    (change,) = visit.overview.amendments
    assert (change.old[-6:], change.new[-6:]) == ("@10:10", "@10:08")


def test_that_an_amended_field_is_told_in_words(visit: Visit) -> None:
    (step,) = visit.started().at("10:10").do(ChangeRate(rate_ml_h=Decimal("60.0")))
    visit.do(Amend(entry=step.uid, changes={"rate_ml_h": Decimal("37.5")}, reason="misread"))
    visit.do(Amend(entry=step.uid, changes={"pump_ml": Decimal("12.50")}, reason="read late"))
    changes = [(each.old, each.new) for each in visit.overview.amendments]
    assert changes == [
        ("rate 60 mL/h", "rate 37.5 mL/h"),
        ("not recorded", "pump's own figure 12.5 mL"),
    ]


def test_that_words_of_an_amended_entry_read_as_words(visit: Visit) -> None:
    visit.started().at("10:05").line("185/95 78 98 16 s5 d3")
    (said,) = visit.do(Acknowledge(limit="bp-high", action="recheck"))
    visit.do(Amend(entry=said.uid, changes={"action": "sit up", "told": "Dr Stone"}, reason="more"))
    (event,) = visit.at("10:06").do(NoteEvent(text="nausea mild"))
    visit.do(Amend(entry=event.uid, text="nausea moderate", reason="worse"))
    assert [(each.old, each.new) for each in visit.overview.amendments] == [
        ("action: recheck, not recorded", "action: sit up, told: Dr Stone"),
        ("nausea mild", "nausea moderate"),
    ]


def test_that_a_reading_moved_in_time_alone_is_not_called_not_taken(visit: Visit) -> None:
    visit.started().at("10:10").line("130/80 76 97 15")
    row = visit.row("10:10")
    visit.at("10:12").do(Amend(entry=row.uid, text="130/80 76 97 15 @10:08", reason="slip"))
    row = visit.row("10:08")
    visit.do(Amend(entry=row.uid, text="130/80 76 97 15", reason="slip again"))
    assert [(each.old, each.new) for each in visit.overview.amendments] == [
        ("@10:10", "@10:08"),
        ("unchanged", "unchanged"),
    ]
