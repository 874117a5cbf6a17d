"""On which side of a limit a value lies."""

from __future__ import annotations

import pytest

from monitor.alerts import Baseline, Taken, standing
from monitor.protocols.protocol import Limit
from monitor.sides import Side, side, side_of
from monitor.vitals import Reading, Sign
from tests.unit.monitor.test_alerts import FEVER, START, at

BOTH = Limit("bp", Sign.BP, above=160, above_diastolic=100, below=90)
SPO2 = Limit("spo2-low", Sign.SPO2, below=94)
MOVED = Limit("bp-moved", Sign.BP, rise=40, rise_diastolic=25, fall=30)
LOWER = Limit("bp-lower", Sign.BP, below_diastolic=50, fall_diastolic=25, rise_percent_diastolic=25)
SHARE = Limit("hr-share", Sign.HEART_RATE, rise_percent=30, fall_percent=30)


@pytest.mark.parametrize(
    ("limit", "value", "change", "expected"),
    [
        (SPO2, "92", (), Side.BELOW),
        (BOTH, "88/52", (), Side.BELOW),
        (BOTH, "162/80", (), Side.ABOVE),
        (BOTH, "150/101", (), Side.ABOVE),
        (MOVED, "98/60", (-30, -20), Side.BELOW),
        (MOVED, "170/90", (40, 10), Side.ABOVE),
        (MOVED, "140/105", (5, 25), Side.ABOVE),
        (LOWER, "150/49", (), Side.BELOW),
        (LOWER, "150/60", (12, -25), Side.BELOW),
        (LOWER, "110/100", (-28, 20), Side.ABOVE),
        (FEVER, "38.6", (), Side.ABOVE),
        (SHARE, "49", (-21,), Side.BELOW),
        (SHARE, "91", (21,), Side.ABOVE),
    ],
)
def test_that_the_side_is_told_by_what_the_value_crossed(
    limit: Limit, value: str, change: tuple[int, ...], expected: Side
) -> None:
    assert side(limit, value, change) is expected


def test_that_without_its_change_a_limit_with_bounds_on_one_side_still_tells() -> None:
    assert side(Limit("r", Sign.BP, rise=40), "150/90") is Side.ABOVE
    assert side(Limit("f", Sign.BP, fall=30), "90/60") is Side.BELOW
    assert side(MOVED, "150/90") is Side.BEYOND  # rather no direction than a wrong one


def test_that_each_side_has_a_mark_of_its_own() -> None:
    assert len({each.mark for each in Side}) == len(Side)
    assert (Side.ABOVE.mark, Side.BELOW.mark) == ("▲", "▼")


def test_that_a_crossing_tells_its_side() -> None:
    base = Baseline("base", Reading(heart_rate=70), at(START))
    course = [
        Taken("base", at(START - 5), base.reading),
        Taken("low", at(START + 5), Reading(heart_rate=40)),
    ]
    (found,) = standing((SHARE,), course, base)
    assert side_of(found) is Side.BELOW
