"""The due grid: the worked examples, and the sentences that they do not reach."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from monitor.protocols.protocol import Anchor
from monitor.reminders import standing
from monitor.schedule import (
    CLOSED,
    Anchors,
    Course,
    Missed,
    SlotState,
    draw_grid,
    whole_minutes,
)
from monitor.slots import Pause, series_opens
from monitor.vitals import Reading
from tests.unit.monitor.grids import (
    INFUSION,
    PARTIAL,
    at,
    devices,
    infusion,
    state,
    taken,
    told,
)

VECTORS = Path(__file__).parents[2] / "data" / "vectors" / "due_grid.toml"
CASES = tomllib.loads(VECTORS.read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_that_every_worked_example_holds(case: dict[str, Any]) -> None:
    full = [taken(clock) for clock in case["readings"]]
    partial = [taken(clock, reading=PARTIAL) for clock in case.get("partial", ())]
    grid = infusion(case["look_at"], *full, *partial, end=case.get("end", ""))
    expected = [(name, state, *(minutes or [None])) for name, state, *minutes in case["expect"]]
    assert told(grid) == expected
    assert list(grid.extra) == case["expect_extra"]


# --- windows ------------------------------------------------------------------


def test_that_both_bounds_of_a_window_belong_to_it() -> None:
    assert state(infusion("10:30", taken("10:07")), "10") == ("on time", -3)
    assert state(infusion("10:30", taken("10:13")), "10") == ("on time", 3)
    assert state(infusion("10:30", taken("10:13:01")), "10") == ("late", 3)


def test_that_an_open_slot_is_later_then_due_then_overdue() -> None:
    looks = ("10:06:59", "10:07", "10:13", "10:13:01")
    assert [state(infusion(look), "10")[0] for look in looks] == ["later", "due", "due", "overdue"]


def test_that_seconds_are_dropped_towards_the_due_time() -> None:
    assert state(infusion("10:30", taken("10:11:59")), "10") == ("on time", 1)
    assert state(infusion("10:30", taken("10:08:01")), "10") == ("on time", -1)
    assert whole_minutes(dt.timedelta(seconds=-59)) == 0


def test_that_between_two_windows_the_nearer_due_time_counts_and_the_earlier_on_a_tie() -> None:
    wide = tuple(replace(r, before=6, after=6) if r.anchor is Anchor.START else r for r in INFUSION)

    def closed_by(clock: str) -> list[str]:
        course = Course(wide, 10, Anchors(start=at("10:00")), (taken(clock),))
        slots = draw_grid(course, at("10:30")).slots
        return [slot.name for slot in slots if slot.state in CLOSED]

    assert closed_by("10:14") == ["10"]
    assert closed_by("10:15") == ["10"]
    assert closed_by("10:16") == ["20"]


def test_that_a_reading_before_the_first_window_is_extra() -> None:
    grid = infusion("10:12", taken("10:05"))
    assert state(grid, "10")[0] == "due"
    assert grid.extra == ("10:05",)


def test_that_a_reading_measured_after_the_look_does_not_exist_yet() -> None:
    grid = infusion("10:12", taken("10:19"))
    assert grid.extra == ()
    assert state(grid, "20")[0] == "later"


# --- full sets ----------------------------------------------------------------


def test_that_a_reason_stands_in_for_a_missing_sign() -> None:
    grid = infusion("10:12", taken("10:10", reading=PARTIAL, reason="probe fell off"))
    assert state(grid, "10") == ("on time", 0)
    assert next(s.reason for s in grid.slots if s.name == "10") == "probe fell off"


def test_that_nothing_measured_closes_nothing_whatever_the_reason() -> None:
    grid = infusion("10:12", taken("10:10", reading=Reading(), reason="asleep"))
    assert grid.extra == ("10:10",)


# --- named slots --------------------------------------------------------------


def test_that_a_named_slot_is_closed_as_named_late_or_early() -> None:
    late = infusion("10:28", taken("10:20"), taken("10:26", slot="10", reason="cuff leaked"))
    assert state(late, "10") == ("late", 16)
    assert next(s.reason for s in late.slots if s.name == "10") == "cuff leaked"
    early = infusion("10:28", taken("10:16", slot="20", reason="procedure at 10:20"))
    assert state(early, "20") == ("early", -4)
    assert state(early, "10")[0] == "overdue"


def test_that_a_name_counts_before_what_would_fit_by_time() -> None:
    grid = infusion(
        "10:40", taken("10:19", entered="10:35"), taken("10:22", slot="20", entered="10:22")
    )
    assert state(grid, "20") == ("on time", 2)
    assert grid.extra == ("10:19",)


def test_that_a_partial_set_does_not_close_the_slot_it_names() -> None:
    grid = infusion("10:12", taken("10:10", slot="10", reading=PARTIAL))
    assert state(grid, "10")[0] == "due"
    assert grid.extra == ("10:10",)


def test_that_a_slot_is_closed_once_though_it_is_named_twice() -> None:
    grid = infusion("10:30", taken("10:10", slot="10"), taken("10:12", slot="10"))
    assert state(grid, "10") == ("on time", 0)
    assert grid.extra == ("10:12",)


def test_that_a_name_that_fell_away_leaves_the_reading_to_its_time() -> None:
    grid = infusion("10:43", taken("10:42", slot="40"), end="10:27")
    assert state(grid, "+15") == ("on time", 0)


# --- missed -------------------------------------------------------------------


def test_that_a_reason_makes_an_open_slot_missed() -> None:
    grid = infusion("10:25", missed=(Missed("10", "in the bathroom"),))
    slot = next(s for s in grid.slots if s.name == "10")
    assert (slot.state, slot.reason, slot.was_missed) == (SlotState.MISSED, "in the bathroom", "")
    twice = infusion("10:25", missed=(Missed("10", "asleep"), Missed("10", "refused")))
    assert next(s.reason for s in twice.slots if s.name == "10") == "refused"


def test_that_a_reading_entered_later_replaces_missed_and_both_are_kept() -> None:
    grid = infusion(
        "10:25", taken("10:11", entered="10:24"), missed=(Missed("10", "in the bathroom"),)
    )
    slot = next(s for s in grid.slots if s.name == "10")
    assert (slot.state, slot.minutes) == (SlotState.ON_TIME, 1)
    assert slot.was_missed == "in the bathroom"
    assert slot.entered == at("10:24")


# --- baseline -----------------------------------------------------------------


def test_that_before_the_start_there_is_only_the_baseline_and_it_is_due() -> None:
    grid = infusion("09:50", start="")
    assert told(grid, baseline=True) == [("baseline", "due", None)]
    assert grid.slots[0].due is None


def test_that_before_the_start_a_full_set_counts_while_it_is_fresh() -> None:
    assert state(infusion("09:50", taken("09:40"), start=""), "baseline") == ("on time", None)
    assert state(infusion("10:10", taken("09:40"), start=""), "baseline")[0] == "on time"
    stale = infusion("10:10:01", taken("09:40"), start="")
    assert state(stale, "baseline")[0] == "due"
    assert stale.extra == ("09:40",)


def test_that_the_baseline_is_the_newest_full_set_of_the_half_hour_before() -> None:
    grid = infusion("10:01", taken("09:35"), taken("09:50"), taken("09:55", reading=PARTIAL))
    assert state(grid, "baseline") == ("on time", -10)
    assert grid.extra == ("09:35", "09:55")


def test_that_a_set_older_than_half_an_hour_is_no_baseline() -> None:
    assert state(infusion("10:05", taken("09:30")), "baseline") == ("on time", -30)
    assert state(infusion("10:05", taken("09:29")), "baseline")[0] == "overdue"


def test_that_a_reading_after_the_start_never_closes_the_baseline() -> None:
    grid = infusion("10:12", taken("10:01"), taken("10:10", slot="baseline"))
    assert state(grid, "baseline")[0] == "overdue"
    assert state(grid, "10") == ("on time", 0)


def test_that_a_start_without_baseline_is_missed_for_the_reason_given() -> None:
    grid = infusion("10:05", start_reason="cuff broken")
    assert grid.slots[0].state is SlotState.MISSED
    assert grid.slots[0].reason == "cuff broken"
    later = infusion("10:09", taken("09:55", entered="10:08"), start_reason="cuff broken")
    assert later.slots[0].state is SlotState.ON_TIME
    assert later.slots[0].was_missed == "cuff broken"
    before = infusion("10:09", taken("09:55", entered="10:00"), start_reason="talked over")
    assert before.slots[0].was_missed == ""


def test_that_a_reason_for_something_else_leaves_a_good_baseline_alone() -> None:
    grid = infusion("10:05", taken("09:55"), start_reason="pressure discussed")
    assert (grid.slots[0].state, grid.slots[0].was_missed) == (SlotState.ON_TIME, "")


def test_that_an_older_set_can_be_named_the_baseline() -> None:
    grid = infusion("10:05", taken("09:20", slot="baseline", reason="agitated since"))
    assert state(grid, "baseline") == ("early", -40)
    assert state(infusion("10:05", taken("10:00", slot="baseline")), "baseline") == ("on time", 0)


def test_that_a_session_cancelled_without_a_drug_asks_for_no_baseline() -> None:
    assert infusion("10:05", start="", closed="09:50").slots == ()
    kept = infusion("11:30", taken("09:40"), start="", closed="09:50")
    assert told(kept, baseline=True) == [("baseline", "on time", None)]


# --- the series ---------------------------------------------------------------


def test_that_the_series_goes_on_while_no_end_is_known() -> None:
    names = [slot.name for slot in infusion("11:07").slots]
    assert names == ["baseline", "10", "20", "30", "40", "50", "60", "70"]
    assert [s.name for s in infusion("11:06:59").slots][-1] == "60"


def test_that_a_series_without_distance_does_not_go_on() -> None:
    course = Course(INFUSION, 0, Anchors(start=at("10:00")))
    assert [slot.name for slot in draw_grid(course, at("12:00")).slots][-1] == "40"


def test_that_a_slot_whose_window_opens_at_the_very_end_falls_away() -> None:
    assert "30" not in [name for name, *_ in told(infusion("10:28", end="10:27"))]
    assert "30" in [name for name, *_ in told(infusion("10:28", end="10:27:01"))]


# --- the end ------------------------------------------------------------------


def test_that_slots_whose_window_opens_after_the_discharge_fall_away() -> None:
    grid = infusion("12:00", end="10:40", closed="11:20")
    assert [name for name, *_ in told(grid)] == ["10", "20", "30", "40", "+15", "+30", "+45"]
    at_the_bound = infusion("12:00", end="10:40", closed="11:35")
    assert state(at_the_bound, "+60")[0] == "overdue"


@pytest.mark.parametrize("look", ["10:10", "10:13", "10:14", "12:00"])
def test_that_what_is_open_when_the_patient_leaves_is_overdue_from_then_on(look: str) -> None:
    assert state(infusion(look, closed="10:10"), "10") == ("overdue", None)


def test_that_a_set_of_before_the_leaving_still_closes_its_slot_when_it_is_entered_later() -> None:
    grid = infusion("10:30", taken("10:09", entered="10:20"), closed="10:10")
    assert state(grid, "10") == ("on time", -1)


# --- pauses that move slots ---------------------------------------------------


def paused(look_at: str, *pauses: tuple[str, str], end: str = "") -> list[tuple[str, str]]:
    """Name and due time of the slots of an infusion that pauses, where the protocol moves them."""
    still = tuple(Pause(at(begin), at(over) if over else None) for begin, over in pauses)
    anchors = Anchors(start=at("10:00"), end=at(end) if end else None)
    slots = draw_grid(Course(INFUSION, 10, anchors, pauses=still), at(look_at)).slots
    return [(s.name, f"{s.due:%H:%M}") for s in slots if s.due and s.anchor is Anchor.START]


def test_that_a_pause_moves_what_has_not_opened_and_nothing_else() -> None:
    assert paused("10:25", ("10:07", "10:17")) == [
        *(("10", "10:10"), ("20", "10:30"), ("30", "10:40"), ("40", "10:50"))
    ]
    assert paused("10:25", ("10:06:59", "10:17"))[0] == ("10", "10:20")


def test_that_pauses_add_up_and_move_the_series_that_goes_on() -> None:
    two = (("10:12", "10:17"), ("10:30", "10:40"))
    assert paused("10:50", *two)[:4] == [
        *(("10", "10:10"), ("20", "10:25"), ("30", "10:45"), ("40", "10:55"))
    ]
    assert paused("11:02", *two)[4:] == [("50", "11:05")]


def test_that_nothing_falls_due_while_a_pause_goes_on() -> None:
    grid = Course(INFUSION, 10, Anchors(start=at("10:00")), pauses=(Pause(at("10:12")),))
    for look in ("10:13", "10:30", "11:30"):
        slots = draw_grid(grid, at(look)).slots
        states = {s.name: s.state.value for s in slots}
        later = {s.name for s in slots if standing(s, at("23:00")) is SlotState.LATER}
        assert later == {"20", "30", "40"}
        assert states["10"] == "overdue" or look == "10:13"
        assert {states[name] for name in ("20", "30", "40")} == {"later"}
        assert "50" not in states


def test_that_it_is_known_when_the_series_goes_on_pauses_or_not() -> None:
    def goes_on(look: str, *pauses: Pause, end: str = "") -> str:
        anchors = Anchors(start=at("10:00"), end=at(end) if end else None)
        found = series_opens(Course(INFUSION, 10, anchors, pauses=pauses), at(look))
        return f"{found:%H:%M}" if found else ""

    assert [goes_on(look) for look in ("10:05", "10:46", "10:47", "10:57")] == [
        *("10:47", "10:47", "10:57", "11:07")
    ]
    over, going = Pause(at("10:40"), at("10:52")), Pause(at("10:40"))
    assert goes_on("10:55", over) == "10:59"
    assert goes_on("10:55", going) == goes_on("10:55", end="10:50") == ""


def test_that_an_infusion_stopped_in_its_pause_leaves_nothing_of_what_waited() -> None:
    assert paused("11:00", ("10:12", "10:30"), end="10:30") == [("10", "10:10")]


def test_that_a_transfer_in_the_middle_of_the_dose_ends_the_series() -> None:
    assert [name for name, *_ in told(infusion("11:30", closed="10:18"))] == ["10", "20"]


# --- esketamine ---------------------------------------------------------------


def test_that_slots_from_the_last_device_wait_until_all_are_given() -> None:
    assert told(devices("10:15", complete=False)) == []
    assert [name for name, *_ in told(devices("10:15"))] == ["40", "60", "90", "closing"]


def test_that_closing_is_later_then_due_and_not_overdue_before_anyone_left() -> None:
    looks = ("12:09", "12:10", "13:30")
    assert [state(devices(look), "closing")[0] for look in looks] == ["later", "due", "due"]


def test_that_closing_stands_only_while_the_newest_set_is_fresh() -> None:
    first = taken("12:12")
    assert state(devices("12:27", first), "closing") == ("on time", 2)
    assert state(devices("12:28", first), "closing")[0] == "due"
    grid = devices("12:40", first, taken("12:35"))
    assert state(grid, "closing") == ("on time", 25)
    assert grid.extra == ("12:12",)


def test_that_closing_wants_two_hours_since_the_last_device() -> None:
    grid = devices("12:20", taken("12:09"), closed="12:15")
    assert state(grid, "closing")[0] == "overdue"


def test_that_closing_wants_a_set_not_older_than_a_quarter_of_an_hour_at_the_discharge() -> None:
    assert state(devices("12:40", taken("12:15"), closed="12:30"), "closing")[0] == "on time"
    assert state(devices("12:31", taken("12:15"), closed="12:31"), "closing")[0] == "overdue"
    after = devices("12:50", taken("12:40"), closed="12:31")
    assert (state(after, "closing")[0], after.extra) == ("overdue", ("12:40",))


def test_that_closing_falls_away_with_whoever_left_before_it_opened_or_not_for_home() -> None:
    assert "closing" not in [n for n, *_ in told(devices("13:00", closed="11:00"))]
    assert "closing" not in [n for n, *_ in told(devices("13:00", closed="12:20", left_home=False))]


def test_that_closing_can_be_missed_for_a_reason() -> None:
    grid = devices("12:40", closed="12:30", missed=(Missed("closing", "refused"),))
    assert state(grid, "closing")[0] == "missed"


def test_that_a_set_after_two_hours_does_not_close_an_older_slot_unless_named() -> None:
    plain = devices("12:20", taken("12:15"))
    assert state(plain, "90")[0] == "overdue"
    named = devices("12:20", taken("12:15", slot="90", reason="was asleep"))
    assert state(named, "90") == ("late", 35)
    assert state(named, "closing")[0] == "due"


def test_that_an_early_set_named_closing_counts_once_the_patient_has_left() -> None:
    early = taken("12:05", slot="closing", reason="leaves against advice")
    assert state(devices("12:12", early), "closing")[0] == "due"
    assert state(devices("12:12", early, closed="12:11"), "closing") == ("early", -5)
