"""What cannot be, and what is asked about."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor.errors import Code, InputError
from monitor.plausible import POSSIBLE, Bounds, check_possible, check_pressure, implausible
from monitor.vitals import BloodPressure, Reading, Sign


@pytest.mark.parametrize("sign", list(POSSIBLE))
def test_that_both_bounds_are_possible_and_the_next_values_are_not(sign: Sign) -> None:
    bounds = POSSIBLE[sign]
    assert bounds.least is not None
    assert bounds.most is not None
    check_possible(sign, bounds.least, "typed")
    check_possible(sign, bounds.most, "typed")
    for beyond in (bounds.least - 1, bounds.most + 1):
        with pytest.raises(InputError) as caught:
            check_possible(sign, beyond, "typed")
        assert caught.value.code is Code.OUT_OF_RANGE
        assert caught.value.facts["most"] == bounds.most


def test_that_every_sign_but_the_pressure_has_bounds() -> None:
    assert set(POSSIBLE) | {Sign.BP} == set(Sign)


@pytest.mark.parametrize("pair", [(39, 20), (301, 90), (120, 10), (120, 120), (80, 120)])
def test_that_an_impossible_pressure_is_refused(pair: tuple[int, int]) -> None:
    with pytest.raises(InputError) as caught:
        check_pressure(BloodPressure(*pair))
    assert caught.value.code is Code.OUT_OF_RANGE
    assert caught.value.facts["typed"] == f"{pair[0]}/{pair[1]}"


@pytest.mark.parametrize("pair", [(40, 11), (300, 299)])
def test_that_a_pressure_at_the_bounds_is_taken(pair: tuple[int, int]) -> None:
    check_pressure(BloodPressure(*pair))


@pytest.mark.parametrize(
    ("fine", "asked", "sign"),
    [
        (Reading(bp=BloodPressure(250, 90)), Reading(bp=BloodPressure(251, 90)), Sign.BP),
        (Reading(heart_rate=30), Reading(heart_rate=29), Sign.HEART_RATE),
        (Reading(heart_rate=200), Reading(heart_rate=201), Sign.HEART_RATE),
        (Reading(spo2=70), Reading(spo2=69), Sign.SPO2),
        (Reading(resp=4), Reading(resp=3), Sign.RESP),
        (Reading(resp=60), Reading(resp=61), Sign.RESP),
    ],
)
def test_that_only_beyond_the_bounds_is_asked(fine: Reading, asked: Reading, sign: Sign) -> None:
    assert implausible(fine) == ()
    assert implausible(asked) == (sign,)


def test_that_what_was_not_taken_and_what_has_no_bounds_is_not_asked_about() -> None:
    assert implausible(Reading(temperature=Decimal("25.0"), sedation=0, oxygen=Decimal(60))) == ()


def test_that_open_bounds_hold_everything() -> None:
    assert Bounds().hold(-1)
