"""Limits: crossing them, and the change from the baseline."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from monitor.alerts import change, crossed
from monitor.protocols.protocol import Limit
from monitor.vitals import BloodPressure, Reading, Sign

HIGH = Limit("bp-high", Sign.BP, above=180, above_diastolic=110)
LOW = Limit("spo2-low", Sign.SPO2, below=94)
LIMITS = (HIGH, LOW)


def bp(systolic: int, diastolic: int) -> Reading:
    return Reading(bp=BloodPressure(systolic, diastolic))


@pytest.mark.parametrize(
    ("reading", "told"),
    [
        (bp(180, 110), []),
        (bp(181, 90), [("bp-high", "181/90")]),
        (bp(150, 111), [("bp-high", "150/111")]),
        (bp(182, 111), [("bp-high", "182/111")]),
        (Reading(spo2=94), []),
        (Reading(spo2=93), [("spo2-low", "93")]),
        (Reading(spo2=0), [("spo2-low", "0")]),
        (Reading(heart_rate=250), []),
        (Reading(BloodPressure(190, 90), spo2=90), [("bp-high", "190/90"), ("spo2-low", "90")]),
    ],
)
def test_that_a_limit_is_crossed_beyond_it_and_not_at_it(
    reading: Reading, told: list[tuple[str, str]]
) -> None:
    assert [(limit.id, value) for limit, value in crossed(LIMITS, reading)] == told


def test_that_a_lower_bound_of_pressure_is_the_systolic_s() -> None:
    low = Limit("bp-low", Sign.BP, below=90)
    assert crossed((low,), bp(89, 50))
    assert not crossed((low,), bp(90, 50))


def test_that_a_limit_on_a_temperature_prints_it_as_measured() -> None:
    fever = Limit("fever", Sign.TEMPERATURE, above=38)
    assert crossed((fever,), Reading(temperature=Decimal("38.1"))) == ((fever, "38.1"),)


@given(st.integers(40, 300), st.integers(11, 200))
def test_that_pressure_crosses_by_either_part(systolic: int, diastolic: int) -> None:
    assert bool(crossed((HIGH,), bp(systolic, diastolic))) == (systolic > 180 or diastolic > 110)


def test_that_the_change_is_signed_and_of_both_parts_of_a_pressure() -> None:
    assert change(bp(168, 104), bp(124, 78), Sign.BP) == (44, 26)
    assert change(Reading(spo2=95), Reading(spo2=98), Sign.SPO2) == (-3,)
    warmer = change(
        Reading(temperature=Decimal("37.0")), Reading(temperature=Decimal("36.8")), Sign.TEMPERATURE
    )
    assert warmer == (Decimal("0.2"),)


def test_that_there_is_no_change_without_both_values() -> None:
    assert change(bp(168, 104), Reading(), Sign.BP) is None
    assert change(Reading(), bp(168, 104), Sign.BP) is None
