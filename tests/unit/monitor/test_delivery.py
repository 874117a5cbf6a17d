"""What the pump has given, and the clocks of the devices."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from monitor.delivery import Segment, given, minutes_early, overran, planned_end, running_minutes
from monitor.units import FlowRate, Mass, Strength, Volume
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
    mixture = Strength(prepared.mg / Decimal(case["volume_ml"]))
    made = given(segments, mixture, prepared, minute(120))
    assert made == Mass(Decimal(case["expect"]["given_mg"]))
    assert prepared - made == Mass(Decimal(case["expect"]["remaining_mg"]))


def test_that_a_running_pump_is_counted_up_to_the_look() -> None:
    running = [segment("0", None, "75")]
    mixture, prepared = Strength(Decimal("0.7")), Mass(Decimal(35))
    assert given(running, mixture, prepared, minute(20)) == Mass(Decimal("17.5"))
    assert given(running, mixture, prepared, minute(-5)) == Mass(Decimal(0))


def test_that_the_end_moves_with_pause_and_rate() -> None:
    paused = [segment("0", "18", "75"), segment("18", None, "0")]
    assert planned_end(paused, FIFTY, minute(20)) is None
    halved = [segment("0", "18", "75"), segment("18", "23", "0"), segment("23", None, "37.5")]
    assert planned_end(halved, FIFTY, minute(30)) == minute(67)


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
