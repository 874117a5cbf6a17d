"""What the pump has given, and the clocks of the devices."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from monitor import delivery
from monitor.acts import TakeOrder
from monitor.delivery import Segment, minutes_early, overran, planned_end, running_minutes
from monitor.entries import Given
from monitor.errors import Code
from monitor.units import FlowRate, Mass, Volume
from tests.fakes.visit import DEVICE, Visit
from tests.vectors import cases

TEN = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
STEP = FlowRate(Decimal("0.1"))
FIFTY = Volume(Decimal(50))


def minute(number: str | float) -> dt.datetime:
    return TEN + dt.timedelta(minutes=float(number))


def segment(start: str, end: str | None, rate: str) -> Segment:
    return Segment(minute(start), minute(end) if end else None, FlowRate(Decimal(rate)))


@pytest.mark.parametrize("case", cases("delivery"), ids=lambda c: c["name"])
def test_that_the_worked_examples_hold(case: dict[str, Any]) -> None:
    segments = [segment(s["from"], s["to"], s["rate_ml_h"]) for s in case["segments"]]
    prepared = Mass(Decimal(case["prepared_mg"]))
    mixture = Volume(Decimal(case["volume_ml"]))
    made = delivery.given(segments, mixture, prepared, minute(120))
    assert made == Mass(Decimal(case["expect"]["given_mg"]))
    assert prepared - made == Mass(Decimal(case["expect"]["remaining_mg"]))


def test_that_a_running_pump_is_counted_up_to_the_look() -> None:
    running = [segment("0", None, "75")]
    mixture, prepared = FIFTY, Mass(Decimal(35))
    assert delivery.given(running, mixture, prepared, minute(20)) == Mass(Decimal("17.5"))
    assert delivery.given(running, mixture, prepared, minute(-5)) == Mass(Decimal(0))


def test_that_the_end_moves_with_pause_and_rate() -> None:
    paused = [segment("0", "18", "75"), segment("18", None, "0")]
    assert planned_end(paused, FIFTY, minute(20)) is None
    halved = [segment("0", "18", "75"), segment("18", "23", "0"), segment("23", None, "37.5")]
    assert planned_end(halved, FIFTY, minute(30)) == minute(67)


@pytest.mark.parametrize("look", range(41))
def test_that_the_end_is_the_same_minute_whenever_it_is_looked_at(look: int) -> None:
    assert planned_end([segment("0", None, "75")], FIFTY, minute(look)) == minute(40)


def test_that_only_more_than_prepared_is_an_overrun() -> None:
    assert not overran([segment("0", "40", "75")], FIFTY, STEP, minute(60))
    assert overran([segment("0", "41", "75")], FIFTY, STEP, minute(60))


def test_that_the_rounding_of_a_rate_is_no_overrun() -> None:
    volume = Volume(Decimal("50.32"))
    assert not overran([segment("0", "45", "67.1")], volume, STEP, minute(60))


def test_that_pauses_are_not_running() -> None:
    segments = [segment("0", "18", "75"), segment("18", "23", "0"), segment("23", "43", "37.5")]
    assert running_minutes(segments, minute(60)) == 38


@pytest.mark.parametrize(("rest", "early"), [(5, 0), (6, 0), (3, 2), (4.5, 1), (0, 5)])
def test_that_a_rest_cut_short_is_counted_in_whole_minutes(rest: float, early: int) -> None:
    assert minutes_early(TEN, minute(rest), 5) == early


courses = st.lists(
    st.tuples(st.integers(1, 40), st.sampled_from(["0", "37.5", "75", "150"])), min_size=1
)
PREPARED = Mass(Decimal(35))


def course(stretches: list[tuple[int, str]]) -> list[Segment]:
    """Segments that follow one another; the last still runs."""
    made, at = [], 0
    for length, rate in stretches:
        made.append(segment(str(at), str(at + length), rate))
        at += length
    return [*made[:-1], Segment(made[-1].start, None, made[-1].rate)]


@given(courses, st.integers(0, 300), st.integers(0, 300))
def test_that_given_only_grows_and_never_passes_prepared(
    stretches: list[tuple[int, str]], one: int, other: int
) -> None:
    segments, (before, after) = course(stretches), sorted((one, other))
    early = delivery.given(segments, FIFTY, PREPARED, minute(before))
    late = delivery.given(segments, FIFTY, PREPARED, minute(after))
    assert Mass(Decimal(0)) <= early <= late <= PREPARED


@given(courses, st.integers(0, 300))
def test_that_at_the_planned_end_all_is_given_and_nothing_overran(
    stretches: list[tuple[int, str]], look: int
) -> None:
    segments = course(stretches)
    at = max(segments[-1].start, minute(look))
    end = planned_end(segments, FIFTY, at)
    if end is None:  # nothing runs
        return
    left = PREPARED - delivery.given(segments, FIFTY, PREPARED, end)
    assert left.mg < Decimal("1e-6")
    assert not overran(segments, FIFTY, STEP, end)


def test_that_a_pump_that_has_run_dry_ended_when_it_did() -> None:
    assert planned_end([segment("0", None, "75")], FIFTY, minute(55)) == minute(40)


def test_that_nothing_is_planned_to_end_before_anything_runs() -> None:
    assert planned_end([], FIFTY, TEN) is None
    assert planned_end([segment("0", "40", "75")], FIFTY, minute(50)) is None


@pytest.mark.parametrize("case", cases("esketamine"), ids=lambda c: c["name"])
def test_that_the_device_clocks_of_the_worked_examples_hold(case: dict[str, Any]) -> None:
    visit, expect, times = Visit("esketamine"), case["expect"], case["devices"]
    ordered = TakeOrder(how=Given.WRITTEN, dose_mg=Decimal(28 * len(times)))
    visit.do(ordered, visit.prescriber)
    visit.at("09:55").line("126/78 72 98 16 s5 d0")
    for number, hhmm in enumerate(times):
        visit.at(hhmm)
        if number and "wait_violation" in expect:
            with visit.refused(Code.TOO_EARLY):
                visit.do(DEVICE)
            visit.do(replace(DEVICE, reason="the patient had begun"))
        else:
            visit.do(DEVICE)
    seen = visit.at(case["door_at"]).overview
    assert seen.clocks.minutes_since_first == expect["minutes_since_first"]
    assert seen.clocks.minutes_since_last == expect["minutes_since_last"]
    early = sum(device.minutes_early for device in seen.devices)
    assert f"{early} min early" == expect.get("wait_violation", "0 min early")
    time = next(c for c in seen.door if c.code == "time-since-last-device")
    assert time.met is expect["time_is_up"]
