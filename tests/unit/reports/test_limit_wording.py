"""Limits on paper: only what was crossed is named, with how far and how often."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.alerts import Change
from monitor.protocols.protocol import Limit
from monitor.vitals import Sign
from reports.limit_wording import crossed, moved
from reports.pdf.sections.evidence import alert_value
from tests.fakes.overview_parts import LIMITS
from tests.fakes.overviews import ketamine

RISE = Limit("bp-rise", Sign.BP, rise=40, rise_diastolic=25)
LOWER = Limit("bp-lower", Sign.BP, below_diastolic=65, fall_diastolic=25, rise_percent_diastolic=25)
SHARE = Limit("hr", Sign.HEART_RATE, rise_percent=30, fall_percent=25)


def test_that_only_what_was_crossed_is_named() -> None:
    assert crossed(LIMITS[0], "184/108") == "systolic above 180"
    assert crossed(LIMITS[0], "182/111") == "systolic above 180 and diastolic above 110"
    assert crossed(LIMITS[1], "91") == "SpO₂ below 94"
    assert crossed(LIMITS[0]) == "systolic above 180 or diastolic above 110"
    assert crossed(Limit("odd", Sign.PAIN)) == "odd"
    assert crossed(Limit("odd", Sign.DISSOCIATION, above=0), "3") == "dissociation above 0"


@pytest.mark.parametrize(
    ("limit", "value", "change", "words"),
    [
        (RISE, "178/100", (40, 14), "systolic up 40 or more from baseline"),
        (RISE, "150/111", (12, 25), "diastolic up 25 or more from baseline"),
        (SHARE, "104", (24,), "HR up 30 % or more from baseline"),
        (
            LOWER,
            "150/60",
            (12, -25),
            "diastolic below 65 and diastolic down 25 or more from baseline",
        ),
        (LOWER, "120/100", (-18, 20), "diastolic up 25 % or more from baseline"),
        (Limit("p", Sign.PAIN, rise_percent=50), "1", (1,), "pain up 50 % or more from baseline"),
        (SHARE, "60", (-20,), "HR down 25 % or more from baseline"),
        (
            Limit("bp", Sign.BP, fall=30),
            "108/60",
            (-30, -20),
            "systolic down 30 or more from baseline",
        ),
        (
            RISE,
            "178/100",
            (),
            "systolic up 40 or more or diastolic up 25 or more from baseline",
        ),
    ],
)
def test_that_a_change_is_named_by_the_bound_that_it_reached(
    limit: Limit, value: str, change: Change, words: str
) -> None:
    assert crossed(limit, value, change) == words


def test_that_how_often_and_how_long_is_said() -> None:
    again = Limit("bp", Sign.BP, above=160, times=2, within_minutes=15)
    lasting = Limit("hr", Sign.HEART_RATE, above=120, sustained_minutes=5)
    assert crossed(again, "165/90") == "systolic above 160, 2 times in 15 min"
    assert crossed(lasting, "124") == "HR above 120, for 5 min"


def test_that_a_change_has_signs_and_none_is_nothing() -> None:
    assert moved((40, -14)) == "+40/\N{MINUS SIGN}14"
    assert moved(()) == moved((0, 0)) == ""


def test_that_an_alert_s_value_stands_over_its_change_and_its_minutes() -> None:
    alert = replace(ketamine().alerts[0], change=(46, 22), minutes=10)
    assert alert_value(alert) == "184/108\n+46/+22\nfor 10 min"
    assert alert_value(replace(alert, change=(), minutes=None)) == "184/108"
