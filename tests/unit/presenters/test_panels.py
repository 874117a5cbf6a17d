"""What the panels say, from overviews made by hand."""

from __future__ import annotations

import dataclasses

import pytest

from monitor.overview import AmendmentView
from monitor.phases import Phase
from monitor.reminders import reminders
from tests.fakes import open_sessions, overviews
from tests.fakes.overview_parts import at
from ui.presenters.delivery import now_face
from ui.presenters.door import door_needs, gap_needs
from ui.presenters.due import due_face
from ui.presenters.next_due import next_due
from ui.presenters.rings import ring
from ui.presenters.sheet import FIRST_FIGURE, HEADS, sheet_rows


def test_that_overdue_comes_first_and_only_it_can_be_missed() -> None:
    overview = open_sessions.infusing("10:24:40", overdue=True)
    face = due_face(overview, overview.seen_at)
    assert [(row.slot, row.state) for row in face.waiting] == [
        ("20", "overdue"),
        ("30", "later"),
        ("40", "later"),
    ]
    assert face.waiting[0].left == "overdue 4 min"
    assert [row.can_miss for row in face.waiting] == [True, False, False]
    assert face.note == "1 overdue"


def test_that_a_slot_falls_overdue_between_two_looks() -> None:
    overview = open_sessions.infusing("10:22:20")
    assert due_face(overview, overview.seen_at).waiting[0].state == "due"
    assert due_face(overview, at("10:23:01")).waiting[0].state == "overdue"


def test_that_what_a_pause_puts_off_waits_for_the_pump_and_is_not_said_to_be_near() -> None:
    overview = open_sessions.infusing("10:24:40")
    off = [dataclasses.replace(slot, waits=slot.state == "later") for slot in overview.slots]
    overview = dataclasses.replace(overview, slots=tuple(off))
    later = at("10:29")
    rows = due_face(overview, later).waiting
    assert [(r.slot, r.state, r.when, r.left) for r in rows if r.state == "later"] == [
        ("30", "later", "", "waits for the pump"),
        ("40", "later", "", "waits for the pump"),
    ]
    waited = [each for each in reminders(overview, later) if each.name in {"30", "40"}]
    assert {(each.state.value, each.due, each.until) for each in waited} == {("later", None, None)}
    overview = dataclasses.replace(overview, slots=tuple(slot for slot in off if slot.waits))
    due = next_due(overview, later)
    assert due is not None
    assert (due.words, due.left) == ("Vitals 30 waits for the pump", "")


def test_that_the_next_device_stands_in_the_due_list() -> None:
    overview = open_sessions.devices()
    first = due_face(overview, overview.seen_at).waiting[0]
    assert (first.name, first.when, first.left) == ("Device 3 of 3", "10:10", "in 1:48")
    assert due_face(overview, at("10:10")).waiting[0].left == "now"
    assert due_face(overview, at("10:29")).waiting[0].left == "due 19 min"


def test_that_the_figures_are_given_left_pump_and_end() -> None:
    overview = open_sessions.infusing()
    face = now_face(overview, overview.seen_at)
    said = {figure.name: f"{figure.value} {figure.unit}".strip() for figure in face.figures}
    assert said == {"Given": "16.9 mg", "Left": "18.1 mg", "Pump": "75 mL/h", "Ends": "10:43"}
    assert face.peak == ("148/92", "▲ +24/+14", "at 10:12")
    assert face.note == "minute 22"


def test_that_a_pause_counts_up_and_the_share_stands_still() -> None:
    running = open_sessions.infusing()
    last = dataclasses.replace(running.segments[1], end=None)
    paused = dataclasses.replace(
        running, phase=Phase.PAUSED, segments=(running.segments[0], last), planned_end=None
    )
    first, later = ring(paused, at("10:13")), ring(paused, at("10:14"))
    assert (first.middle, later.middle, later.below) == ("1:00", "2:00", "paused")
    assert first.share == later.share


def test_that_both_clocks_and_the_door_are_shown_for_a_nasal_dose() -> None:
    overview = open_sessions.observation()
    face = now_face(overview, overview.seen_at)
    assert face.clocks is not None
    assert (face.clocks.first, face.clocks.last, face.clocks.opens_at) == (122, 112, "12:10")
    assert face.needs_title == "Not ready to leave"
    assert "not before 12:10" in face.needs_note


def test_that_the_door_says_what_is_missing_first_and_the_evidence_of_the_rest() -> None:
    overview = open_sessions.observation()
    needs = door_needs(overview, overview.seen_at)
    assert [need.state for need in needs] == ["open", "open", "met", "met"]
    assert needs[0].more == "112 min now; opens 12:10, in 8 min"
    assert needs[1].more == "1 at 11:38, needs 0"
    assert needs[-1].more == "Resp 16, SpO₂ 98 %"


def test_that_a_shut_door_never_hides_which_breathing_sign_it_is() -> None:
    overview = open_sessions.observation()
    low = tuple(
        dataclasses.replace(c, met=False, evidence="91") if c.code == "spo2" else c
        for c in overview.door
    )
    needs = door_needs(dataclasses.replace(overview, door=low), overview.seen_at)
    assert any(need.words == "SpO₂ at least 94 %" and need.state == "open" for need in needs)


@pytest.mark.parametrize(
    ("evidence", "needed", "said"),
    [
        ("FiO₂ 40 %", "FiO₂ 21 %", "FiO₂ 40 % at 11:38, FiO₂ 21 % before"),
        ("2 L/min", "0 L/min", "O₂ 2 L/min at 11:38, 0 L/min before"),
    ],
)
def test_that_a_door_shut_by_oxygen_says_how_much_it_is(
    evidence: str, needed: str, said: str
) -> None:
    overview = open_sessions.observation()
    more = tuple(
        dataclasses.replace(c, met=False, evidence=evidence, needed=needed)
        if c.code == "oxygen"
        else c
        for c in overview.door
    )
    needs = door_needs(dataclasses.replace(overview, door=more), overview.seen_at)
    (oxygen,) = [need for need in needs if need.words == "No new oxygen"]
    assert (oxygen.state, oxygen.more) == ("open", said)


def test_that_the_door_opens_with_time_between_two_looks() -> None:
    overview = open_sessions.observation()
    time = door_needs(overview, at("12:10"))
    assert any(need.state == "met" and need.words.startswith("120 min") for need in time)


def test_that_blocking_gaps_come_first_with_what_mends_them() -> None:
    needs = gap_needs(overviews.draft())
    assert [need.state for need in needs] == ["blocks", "blocks", "met"]
    assert [need.key for need in needs] == ["miss:+30", "acknowledge:A2", ""]


def test_that_the_sheet_has_a_row_for_each_reading_and_each_missed_slot() -> None:
    rows = sheet_rows(overviews.ketamine())
    assert len(rows) == len(overviews.ketamine().readings) + 1
    missed = next(row for row in rows if not row.uid)
    assert missed.cells[1].words == "+30 missed"
    assert "bathroom" in missed.said


def test_that_an_amended_pressure_stands_struck_through_in_its_row() -> None:
    row = next(r for r in sheet_rows(overviews.ketamine()) if r.cells[0].words == "10:10")
    assert row.cells[2].words == "156/95"
    assert any(cell.struck == "165/95" for cell in row.cells)
    assert "was 165/95" in row.said


def test_that_a_name_put_right_is_a_row_of_words_with_the_old_one_struck() -> None:
    overview = overviews.ketamine()
    mended = AmendmentView(
        number="R9",
        about="identity",
        old="Nowak, Anna",
        new="Nowak-Lis, Anna",
        reason="name changed",
        at=at("10:12"),
        by=overview.staff[0],
    )
    rows = sheet_rows(dataclasses.replace(overview, amendments=(mended,)))
    row = next(row for row in rows if row.cells[1].words == "identity")
    assert rows[rows.index(row) - 1].cells[0].words <= row.cells[0].words == "10:12"
    assert row.cells[FIRST_FIGURE].wide
    assert row.cells[FIRST_FIGURE].words == "→ Nowak-Lis, Anna (name changed)"
    assert "Note → Nowak-Lis, Anna (name changed), was Nowak, Anna" in row.said
    assert len(row.cells) == len(HEADS)


def test_that_measured_and_entered_both_stand_in_the_row_with_who() -> None:
    row = next(r for r in sheet_rows(overviews.ketamine()) if r.cells[0].words == "11:07")
    assert row.cells[1].words == "+15 late 7"
    assert row.cells[-1].words == "11:16 MB"


def test_that_every_phase_has_a_face() -> None:
    overview = overviews.ketamine()
    for phase in Phase:
        face = now_face(dataclasses.replace(overview, phase=phase), overview.seen_at)
        assert face.title
