"""What others ask of the due grid, and what holds of it whatever the record."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, strategies as st

from monitor.schedule import (
    Missed,
    SlotState,
    TakenReading,
    next_due,
    slot_for,
)
from tests.unit.monitor.grids import (
    FULL,
    PARTIAL,
    at,
    devices,
    infusion,
    taken,
)

# --- what others ask of the grid ----------------------------------------------


def test_that_the_longest_overdue_slot_comes_next_then_the_due_then_the_coming() -> None:
    assert (slot := next_due(infusion("10:25").slots))
    assert slot.name == "baseline"
    fed = (taken("09:55"), taken("10:10"))
    names = [next_due(infusion(look, *fed).slots) for look in ("10:12", "10:20", "10:24")]
    assert [slot.name for slot in names if slot] == ["20", "20", "20"]
    assert next_due(()) is None


def test_that_the_read_back_names_the_slot_a_reading_would_close() -> None:
    slots = infusion("10:15", taken("09:55")).slots
    found = slot_for(slots, taken("10:15"))
    assert found is not None
    assert (found.name, found.state, found.minutes) == ("10", SlotState.LATE, 5)
    assert slot_for(slots, taken("10:15", reading=PARTIAL)) is None
    assert (named := slot_for(slots, taken("10:15", slot="20")))
    assert (named.name, named.state) == ("20", SlotState.EARLY)


def test_that_the_read_back_says_so_when_a_reading_would_be_extra() -> None:
    slots = infusion("10:12", taken("09:55"), taken("10:09")).slots
    assert slot_for(slots, taken("10:12")) is None
    assert slot_for(slots, taken("10:12", slot="10")) is None


def test_that_the_read_back_knows_baseline_and_closing() -> None:
    before = infusion("09:50", start="").slots
    assert (slot := slot_for(before, taken("09:50")))
    assert slot.name == "baseline"
    first = devices("12:13", taken("12:12")).slots
    assert (newer := slot_for(first, taken("12:13")))
    assert newer.name == "closing"
    assert slot_for(first, taken("12:12")) is not None
    assert slot_for(first, taken("12:11")) is None


def test_that_the_read_back_keeps_why_a_slot_was_missed() -> None:
    slots = infusion("10:15", missed=(Missed("10", "in the bathroom"),)).slots
    assert (slot := slot_for(slots, taken("10:15")))
    assert slot.was_missed == "in the bathroom"


CLOCKS = st.integers(9 * 60 + 20, 11 * 60 + 45).map(lambda m: f"{m // 60}:{m % 60:02}")
READINGS = st.lists(
    st.tuples(CLOCKS, st.sampled_from(["", "", "", "10", "30", "+15"])), max_size=12
).map(
    lambda rows: tuple(
        TakenReading(str(n), at(clock), at(clock), FULL, "asked", slot)
        for n, (clock, slot) in enumerate(rows)
    )
)


@given(READINGS, CLOCKS)
def test_that_every_reading_closes_one_slot_or_is_extra(
    readings: tuple[TakenReading, ...], look: str
) -> None:
    grid = infusion(look, *readings, end="10:42")
    used = [slot.reading for slot in grid.slots if slot.reading is not None]
    seen = [taken.uid for taken in readings if taken.measured <= at(look)]
    assert sorted([*used, *grid.extra]) == sorted(seen)
    assert len({slot.name for slot in grid.slots}) == len(grid.slots)


@given(READINGS)
def test_that_no_reading_moves_a_due_time(readings: tuple[TakenReading, ...]) -> None:
    def dues(*given: TakenReading) -> list[tuple[str, dt.datetime | None]]:
        return [(slot.name, slot.due) for slot in infusion("11:50", *given, end="10:42").slots]

    assert dues(*readings) == dues()


@given(READINGS)
def test_that_the_read_back_agrees_with_the_grid(readings: tuple[TakenReading, ...]) -> None:
    before = infusion("11:50", *readings, end="10:42")
    last = taken("11:50")
    after = infusion("11:50", *readings, last, end="10:42")
    foretold = slot_for(before.slots, last)
    closed = next((slot for slot in after.slots if slot.reading == last.uid), None)
    assert foretold == closed
