"""A small day, without a window: nothing is missed, no time is wrong, and either would be seen."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.benchmarks.day_plan import plan
from tests.benchmarks.day_without_window import QuietRoom


@pytest.fixture(scope="module")
def room() -> QuietRoom:
    """Two chairs that have lived through their day."""
    made = QuietRoom(chairs=2, hours=2, seed=1)
    made.live()
    return made


def test_that_no_reminder_is_missed_and_none_is_of_what_is_not_so(room: QuietRoom) -> None:
    tally = room.day.tally

    assert len(tally.expected) > 10
    assert {state for _, _, _, state in tally.expected} == {"due", "overdue"}
    assert not tally.missed
    assert not tally.invented


def test_that_no_due_time_differs_from_the_second_reading(room: QuietRoom) -> None:
    tally = room.day.tally

    assert tally.compared > 1_000
    assert not "\n".join(tally.wrong)
    assert tally.entered["typed"] > 10
    assert not tally.refused


def test_that_a_room_in_which_nobody_hears_has_missed_them() -> None:
    deaf = QuietRoom(chairs=1, hours=0.75, seed=3)
    deaf.is_deaf = True
    tally = deaf.live()

    assert tally.expected
    assert tally.missed == tally.expected


def test_that_a_reading_that_the_day_forgot_is_seen_as_wrong(room: QuietRoom) -> None:
    visit = next(v for v in room.day.visits if any(line.kind == "reading" for line in v.lines))
    told = visit.grid(room.day.now)
    visit.lines[:] = [line for line in visit.lines if line.kind != "reading"]

    assert visit.grid(room.day.now) != told


def test_that_a_planned_day_has_everything_in_it_and_is_the_same_each_time() -> None:
    day = plan(1, 24, 480)
    kinds = Counter(deed.what for deed in day)

    assert day == plan(1, 24, 480) != plan(2, 24, 480)
    assert set(kinds) == {
        *("open", "prepare", "line", "give", "pause", "resume", "end", "miss", "leave")
    }
    assert kinds["open"] > 60
    assert sum(deed.ago > 0 for deed in day) > 20
    assert [deed.minute for deed in day] == sorted(deed.minute for deed in day)
