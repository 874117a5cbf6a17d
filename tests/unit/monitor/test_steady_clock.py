"""The record's clock: evenly on, whatever is done to the computer's."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from monitor.entries import ClockDisturbed, ClockTrouble
from monitor.steady_clock import SteadyClock
from tests.fakes.computer import FakeComputer

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def computer() -> FakeComputer:
    return FakeComputer()


@pytest.fixture
def clock(computer: FakeComputer) -> SteadyClock:
    return SteadyClock(computer)


def test_that_a_jump_of_the_wall_clock_moves_no_time(
    computer: FakeComputer, clock: SteadyClock
) -> None:
    begun = clock.moment()
    computer.goes_on(minutes=5)
    computer.jumps(hours=-13)
    computer.goes_on(minutes=5)
    now = clock.moment()
    assert now.now - begun.now == 10 * MINUTE
    assert now.mono - begun.mono == 600 * 10**9


def test_that_a_jump_is_told_for_as_long_as_the_clocks_differ(
    computer: FakeComputer, clock: SteadyClock
) -> None:
    assert clock.disturbance() is None
    computer.jumps(hours=-13)
    jumped = ClockDisturbed(ClockTrouble.JUMPED, computer.real, computer.wall())
    assert clock.disturbance() == clock.disturbance() == jumped
    computer.jumps(hours=13)
    assert clock.disturbance() is None


@pytest.mark.parametrize("seconds", [5, -5, 0.4])
def test_that_what_the_network_mends_all_the_time_is_no_jump(
    computer: FakeComputer, clock: SteadyClock, seconds: float
) -> None:
    computer.jumps(seconds=seconds)
    assert clock.disturbance() is None
    computer.jumps(seconds=seconds / abs(seconds) * 5)
    assert clock.disturbance() is not None


def test_that_a_sleep_is_told_with_its_span_until_it_is_settled(
    computer: FakeComputer, clock: SteadyClock
) -> None:
    computer.goes_on(minutes=1)
    assert clock.disturbance() is None
    since = computer.real
    computer.sleeps(minutes=22)
    slept = ClockDisturbed(ClockTrouble.SLEPT, since + 22 * MINUTE, since)
    assert clock.disturbance() == slept
    computer.goes_on(minutes=1)
    assert clock.disturbance() == slept
    clock.settle(ClockTrouble.SLEPT)
    assert clock.disturbance() is None
    assert clock.now() == computer.real


def test_that_a_second_sleep_prolongs_the_one_that_was_not_written_yet(
    computer: FakeComputer, clock: SteadyClock
) -> None:
    since = computer.real
    computer.sleeps(minutes=2)
    clock.disturbance()
    computer.sleeps(minutes=3)
    told = clock.disturbance()
    assert told == ClockDisturbed(ClockTrouble.SLEPT, since + 5 * MINUTE, since)


def test_that_a_window_that_stood_still_did_not_sleep(
    computer: FakeComputer, clock: SteadyClock
) -> None:
    computer.goes_on(hours=2)
    assert clock.disturbance() is None


def test_that_a_new_time_zone_is_told_and_gone_by_once_it_is_settled(
    computer: FakeComputer, clock: SteadyClock
) -> None:
    held = clock.zone
    computer.moves_to("America/New_York")
    told = clock.disturbance()
    assert told is not None
    assert told.trouble is ClockTrouble.ZONE_CHANGED
    assert clock.moment().offset == 60
    clock.settle(ClockTrouble.ZONE_CHANGED)
    assert clock.moment().offset == -300
    assert f"{computer.real.astimezone(held):%H:%M %Z}" == "03:00 EST"
    assert clock.disturbance() is None


def test_that_summer_time_ends_by_the_record_s_instant() -> None:
    computer = FakeComputer(dt.datetime(2026, 10, 25, 0, 59, 59, tzinfo=dt.UTC))
    clock = SteadyClock(computer)
    assert clock.moment().offset == 120
    computer.goes_on(seconds=2)
    computer.jumps(hours=-3)
    assert clock.moment().offset == 60


def test_that_a_typed_time_finds_the_repeated_hour_in_the_station_s_zone() -> None:
    clock = SteadyClock(FakeComputer())
    twice = dt.datetime(2026, 10, 25, 2, 30, tzinfo=clock.zone)
    instants = [twice.replace(fold=fold).astimezone(dt.UTC) for fold in (0, 1)]
    assert instants[1] - instants[0] == 60 * MINUTE
    assert [at.astimezone(clock.zone).fold for at in instants] == [0, 1]


def test_that_it_goes_on_from_the_record_where_the_computer_ran_on(
    computer: FakeComputer, clock: SteadyClock
) -> None:
    last = clock.moment()
    computer.goes_on(minutes=3)
    computer.jumps(hours=1)  # while the program was closed
    again = SteadyClock(computer, last)
    assert again.now() == last.now + 3 * MINUTE
    told = again.disturbance()
    assert told is not None
    assert told.shown - told.kept == 60 * MINUTE


def test_that_after_a_restart_only_the_wall_clock_is_left(
    computer: FakeComputer, clock: SteadyClock
) -> None:
    last = clock.moment()
    computer.goes_on(minutes=3)
    computer.is_started_anew(minutes=7)
    assert SteadyClock(computer, last).now() == computer.wall()


def test_that_after_a_restart_time_runs_backwards_for_no_flat_battery(
    computer: FakeComputer, clock: SteadyClock
) -> None:
    last = clock.moment()
    computer.goes_on(minutes=3)
    computer.is_started_anew(days=-9000)
    again = SteadyClock(computer, last)
    assert again.now() == last.now
    computer.goes_on(minutes=1)
    assert again.now() == last.now + MINUTE
    assert again.disturbance() is not None


def test_that_a_moment_of_another_run_or_an_older_one_sets_nothing(
    computer: FakeComputer, clock: SteadyClock
) -> None:
    older = clock.moment()
    computer.goes_on(minutes=1)
    clock.go_on_from(clock.moment())
    for wrong in (
        replace(older, now=older.now + 60 * MINUTE),
        replace(clock.moment(), now=older.now, boot="another"),
    ):
        clock.go_on_from(wrong)
        clock.follow(wrong)
        assert clock.now() == computer.real


def test_that_it_follows_another_window_only_where_that_was_set(
    computer: FakeComputer, clock: SteadyClock
) -> None:
    computer.goes_on(minutes=1)
    there = clock.moment()
    clock.follow(replace(there, now=there.now + dt.timedelta(seconds=1)))
    assert clock.now() == computer.real
    clock.follow(replace(there, now=there.now + 60 * MINUTE))
    assert clock.now() == computer.real + 60 * MINUTE


@given(
    st.lists(
        st.tuples(st.sampled_from(["goes_on", "jumps", "sleeps"]), st.integers(-90_000, 90_000)),
        max_size=30,
    )
)
def test_that_recorded_instants_differ_as_the_boot_time_does(
    steps: list[tuple[str, int]],
) -> None:
    computer = FakeComputer()
    clock = SteadyClock(computer)
    moments = [clock.moment()]
    for what, seconds in steps:
        getattr(computer, what)(seconds=seconds if what == "jumps" else abs(seconds))
        told = clock.disturbance()
        if told is not None:
            clock.settle(told.trouble)
        moments.append(clock.moment())
    first = moments[0]
    for moment in moments:
        passed = moment.now - first.now
        assert passed // dt.timedelta(microseconds=1) * 1000 == moment.mono - first.mono
    assert moments == sorted(moments, key=lambda moment: moment.now)
