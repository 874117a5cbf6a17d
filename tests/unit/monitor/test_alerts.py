"""Limits: which reading crosses which, by itself and in the course, and the change."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, strategies as st

from monitor.alerts import Baseline, Taken, change, crosses, standing
from monitor.protocols.protocol import Limit
from monitor.vitals import BloodPressure, Reading, Sign
from tests.second_opinion import alerts as second

HIGH = Limit("bp-high", Sign.BP, above=180, above_diastolic=110)
RISE = Limit("bp-rise", Sign.BP, rise=40, rise_diastolic=25)
AGAIN = Limit("bp-repeated", Sign.BP, above=160, above_diastolic=100, times=2, within_minutes=15)
LOW = Limit("spo2-low", Sign.SPO2, below=94)
FAST = Limit("hr-high", Sign.HEART_RATE, above=150)
LASTING = Limit("hr-sustained", Sign.HEART_RATE, above=120, sustained_minutes=5)
FEVER = Limit("fever", Sign.TEMPERATURE, above=Decimal("38.5"))
LIMITS = (HIGH, RISE, AGAIN, FAST, LASTING, LOW)
MORNING = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
START = 60


def at(minute: int) -> dt.datetime:
    return MORNING + dt.timedelta(minutes=minute)


def bp(systolic: int, diastolic: int) -> Reading:
    return Reading(bp=BloodPressure(systolic, diastolic))


def hr(rate: int) -> Reading:
    return Reading(heart_rate=rate)


def raised(
    *readings: tuple[int, Reading], base: Reading | None = None, limits: tuple[Limit, ...] = LIMITS
) -> list[tuple[int, str]]:
    """Return (minute, limit) of what stands; the baseline was taken just before the start."""
    course = [Taken(f"r{minute}", at(minute), reading) for minute, reading in readings]
    baseline = None
    if base is not None:
        course.insert(0, Taken("base", at(START - 5), base))
        course.sort(key=lambda taken: taken.at)
        baseline = Baseline("base", base, at(START))
    found = standing(limits, course, baseline)
    return [((each.at - MORNING) // dt.timedelta(minutes=1), each.limit.id) for each in found]


@pytest.mark.parametrize(
    ("limit", "reading", "crossed"),
    [
        (HIGH, bp(180, 110), False),
        (HIGH, bp(181, 90), True),
        (HIGH, bp(150, 111), True),
        (LOW, Reading(spo2=94), False),
        (LOW, Reading(spo2=93), True),
        (LOW, Reading(spo2=0), True),
        (LOW, Reading(), False),
        (HIGH, Reading(spo2=80), False),
        (Limit("bp-low", Sign.BP, below=90), bp(90, 40), False),
        (Limit("bp-low", Sign.BP, below=90), bp(89, 60), True),
        (Limit("bp-low", Sign.BP, below_diastolic=50), bp(90, 50), False),
        (Limit("bp-low", Sign.BP, below_diastolic=50), bp(120, 49), True),
        (FEVER, Reading(temperature=Decimal("38.5")), False),
        (FEVER, Reading(temperature=Decimal("38.6")), True),
        (Limit("calm", Sign.DISSOCIATION, above=0), Reading(dissociation=0), False),
        (Limit("calm", Sign.DISSOCIATION, below=1), Reading(dissociation=0), True),
    ],
)
def test_that_an_absolute_bound_is_crossed_beyond_it_and_not_at_it(
    limit: Limit, reading: Reading, *, crossed: bool
) -> None:
    assert crosses(limit, reading) is crossed


@pytest.mark.parametrize(
    ("limit", "reading", "base", "crossed"),
    [
        (RISE, bp(178, 92), bp(138, 86), True),
        (RISE, bp(177, 92), bp(138, 86), False),
        (RISE, bp(140, 111), bp(138, 86), True),
        (RISE, bp(140, 110), bp(138, 86), False),
        (Limit("fall", Sign.BP, fall=30), bp(108, 86), bp(138, 86), True),
        (Limit("fall", Sign.BP, fall=30), bp(138, 50), bp(138, 86), False),
        (Limit("fall", Sign.BP, fall_diastolic=20), bp(138, 66), bp(138, 86), True),
        (Limit("fall", Sign.BP, fall_diastolic=20), bp(100, 67), bp(138, 86), False),
        (Limit("up", Sign.BP, rise_percent_diastolic=25), bp(138, 100), bp(138, 80), True),
        (Limit("up", Sign.BP, rise_percent_diastolic=25), bp(200, 99), bp(138, 80), False),
        (Limit("down", Sign.BP, fall_percent_diastolic=25), bp(138, 60), bp(138, 80), True),
        (Limit("down", Sign.BP, fall_percent_diastolic=25), bp(60, 61), bp(138, 80), False),
        (Limit("up", Sign.HEART_RATE, rise_percent=30), hr(104), hr(80), True),
        (Limit("up", Sign.HEART_RATE, rise_percent=30), hr(103), hr(80), False),
        (Limit("down", Sign.HEART_RATE, fall_percent=25), hr(60), hr(80), True),
        (Limit("down", Sign.HEART_RATE, fall_percent=25), hr(61), hr(80), False),
        (
            Limit("pain", Sign.PAIN, rise_percent=50),
            Reading(pain=0),
            Reading(pain=0),
            False,
        ),
        (Limit("pain", Sign.PAIN, rise_percent=50), Reading(pain=1), Reading(pain=0), True),
        (RISE, bp(200, 120), Reading(), False),
    ],
)
def test_that_a_bound_of_change_is_crossed_at_it(
    limit: Limit, reading: Reading, base: Reading, *, crossed: bool
) -> None:
    assert crosses(limit, reading, base) is crossed


def test_that_one_reading_and_sign_raise_one_alert_the_first_of_the_protocol() -> None:
    assert raised((70, bp(190, 120)), base=bp(120, 80)) == [(70, "bp-high")]
    assert raised((70, bp(170, 90)), base=bp(120, 80)) == [(70, "bp-rise")]
    both = Reading(BloodPressure(190, 90), spo2=90)
    assert raised((70, both)) == [(70, "bp-high"), (70, "spo2-low")]


def test_that_nothing_is_compared_before_the_start_nor_the_baseline_with_itself() -> None:
    assert raised((30, bp(165, 90)), base=bp(120, 80)) == []
    assert raised((START, bp(165, 90)), base=bp(120, 80)) == [(START, "bp-rise")]
    assert raised((70, bp(165, 90))) == [], "without a baseline there is no change"
    assert raised(base=bp(190, 120)) == [(START - 5, "bp-high")], "it crosses what is absolute"


@pytest.mark.parametrize(
    ("second_at", "found"), [(80, [(80, "bp-repeated")]), (85, [(85, "bp-repeated")]), (86, [])]
)
def test_that_a_value_repeated_within_the_minutes_raises_at_its_second_time(
    second_at: int, found: list[tuple[int, str]]
) -> None:
    assert raised((70, bp(165, 90)), (75, bp(150, 90)), (second_at, bp(165, 90))) == found


def test_that_a_rate_raises_once_every_reading_has_been_over_it_for_so_long() -> None:
    fast = [(70, hr(124)), (74, hr(125))]
    assert raised(*fast) == []
    assert raised(*fast, (75, hr(121))) == [(75, "hr-sustained")]
    assert raised(*fast, (75, hr(120)), (79, hr(130))) == [], "one at the bound breaks it"
    assert raised(*fast, (75, bp(120, 80)), (76, hr(122))) == [(76, "hr-sustained")]
    assert raised(*fast, (75, hr(151))) == [(75, "hr-high")]


def test_that_a_crossing_says_what_how_far_and_for_how_long() -> None:
    base = Reading(BloodPressure(138, 86), heart_rate=76)
    course = [
        Taken("base", at(START - 5), base),
        Taken("r1", at(70), Reading(BloodPressure(178, 100), heart_rate=124)),
        Taken("r2", at(80), hr(126)),
    ]
    pressure, rate = standing(LIMITS, course, Baseline("base", base, at(START)))
    assert (pressure.value, pressure.change, pressure.minutes) == ("178/100", (40, 14), None)
    assert (rate.reading, rate.value, rate.change, rate.minutes) == ("r2", "126", (50,), 10)


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


# --- against the second opinion -------------------------------------------------------------

_SIGNS = (Sign.BP, Sign.HEART_RATE, Sign.DISSOCIATION, Sign.TEMPERATURE)
_SPAN = {Sign.BP: (100, 130), Sign.HEART_RATE: (60, 90), Sign.DISSOCIATION: (0, 4)}
_OF_BP = (
    *("above_diastolic", "below_diastolic", "rise_diastolic", "fall_diastolic"),
    *("rise_percent_diastolic", "fall_percent_diastolic"),
)


def _tenths(low: int, high: int) -> st.SearchStrategy[Decimal]:
    return st.integers(low, high).map(lambda tenths: Decimal(tenths) / 10)


@st.composite
def limits(draw: st.DrawFn) -> Limit:
    sign = draw(st.sampled_from(_SIGNS))
    if sign is Sign.TEMPERATURE:
        level, moved = _tenths(360, 390), _tenths(1, 20)
    else:
        level, moved = st.integers(*_SPAN[sign]).map(Decimal), st.integers(1, 12).map(Decimal)
    share = st.integers(1, 30)
    wanted = {
        **dict.fromkeys(("above", "below"), level),
        **dict.fromkeys(("rise", "fall"), moved),
        **dict.fromkeys(("rise_percent", "fall_percent"), share),
    }
    if sign is Sign.BP:
        wanted |= dict.fromkeys(_OF_BP[:2], st.integers(60, 90))
        wanted |= dict.fromkeys(_OF_BP[2:4], st.integers(1, 12))
        wanted |= dict.fromkeys(_OF_BP[4:], share)
    names = draw(st.sets(st.sampled_from(sorted(wanted)), min_size=1, max_size=2))
    bounds: dict[str, Any] = {name: draw(wanted[name]) for name in sorted(names)}
    how = draw(st.sampled_from(("once", "repeated", "sustained")))
    if how == "repeated":
        within, times = draw(st.integers(0, 20)), draw(st.integers(2, 3))
        return Limit("", sign, **bounds, times=times, within_minutes=within)
    sustained = draw(st.integers(0, 20)) if how == "sustained" else None
    return Limit("", sign, **bounds, sustained_minutes=sustained)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    def maybe(make: st.SearchStrategy[int]) -> int | None:
        return draw(make | st.none())

    systolic = maybe(st.integers(100, 130))
    pressure = BloodPressure(systolic, draw(st.integers(60, 90))) if systolic else None
    return Reading(
        bp=pressure,
        heart_rate=maybe(st.integers(60, 90)),
        dissociation=maybe(st.integers(0, 4)),
        temperature=draw(_tenths(360, 390) | st.none()),
    )


@given(
    st.lists(limits(), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 60), readings()), max_size=8),
    st.integers(0, 7) | st.none(),
    st.integers(0, 60),
)
def test_that_a_second_slower_formulation_raises_the_same(
    made: list[Limit], rows: list[tuple[int, Reading]], base: int | None, start: int
) -> None:
    rules = [dataclasses.replace(limit, id=f"l{n}") for n, limit in enumerate(made)]
    rows.sort(key=lambda row: row[0])
    if base is not None and base >= len(rows):
        base = None
    course = [Taken(f"{n}", at(minute), reading) for n, (minute, reading) in enumerate(rows)]
    baseline = None if base is None else Baseline(f"{base}", rows[base][1], at(start))
    found = {(int(c.reading), c.limit.id) for c in standing(rules, course, baseline)}
    expected = second.raised(
        [_as_rule(limit) for limit in rules],
        second.Course(
            [second.Row(minute, _figures(reading)) for minute, reading in rows], base, start
        ),
    )
    assert found == set(expected)
    assert len(standing(rules, course, baseline)) == len(expected)


def _as_rule(limit: Limit) -> second.Rule:
    names = ("above", "below", "rise", "fall", "rise_percent", "fall_percent", *_OF_BP)
    said = {name: getattr(limit, name) for name in names}
    bounds = {name: Fraction(value) for name, value in said.items() if value is not None}
    return second.Rule(
        limit.id,
        limit.sign.value,
        bounds,
        limit.times,
        limit.within_minutes,
        limit.sustained_minutes,
    )


def _figures(reading: Reading) -> dict[str, second.Figures]:
    found: dict[str, second.Figures] = {}
    if reading.bp is not None:
        found["bp"] = (Fraction(reading.bp.systolic), Fraction(reading.bp.diastolic))
    if reading.heart_rate is not None:
        found["heart_rate"] = (Fraction(reading.heart_rate),)
    if reading.dissociation is not None:
        found["dissociation"] = (Fraction(reading.dissociation),)
    if reading.temperature is not None:
        found["temperature"] = (Fraction(reading.temperature),)
    return found
