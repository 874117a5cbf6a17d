"""The labelled fields say the same as the entry line."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from monitor.entry_line import ParsedReading, parse_line
from ui.presenters.fields import ALL, line_of

NOW = dt.datetime(2026, 3, 2, 9, 20, tzinfo=dt.UTC)


@given(
    systolic=st.integers(100, 250),
    diastolic=st.integers(40, 90),
    heart=st.none() | st.integers(0, 300),
    spo2=st.none() | st.integers(0, 100),
    dissociation=st.none() | st.integers(0, 10),
    oxygen=st.none() | st.integers(1, 15),
)
def test_that_what_stands_in_the_fields_is_what_is_understood(
    systolic: int,
    diastolic: int,
    heart: int | None,
    spo2: int | None,
    dissociation: int | None,
    oxygen: int | None,
) -> None:
    values = {
        "bp": f"{systolic}/{diastolic}",
        "hr": heart,
        "spo2": spo2,
        "dissociation": dissociation,
        "oxygen": oxygen,
    }
    line = line_of({key: "" if value is None else str(value) for key, value in values.items()})
    parsed = parse_line(line, now=NOW, zone=dt.UTC)
    assert isinstance(parsed, ParsedReading)
    reading = parsed.reading
    assert reading.bp is not None
    assert reading.bp.text == values["bp"]
    found = (reading.heart_rate, reading.spo2, reading.dissociation, reading.oxygen)
    assert found == (heart, spo2, dissociation, oxygen)


def test_that_empty_fields_are_an_empty_line() -> None:
    assert line_of({}) == ""


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"bp": "128/82"}, "128/82 - - -"),
        ({"resp": "16"}, "- - - 16"),
        ({"sedation": "5", "dissociation": "3"}, "s5 d3"),
        ({"bp": " 128 / 82 ", "sedation": "s5"}, "128_/_82 - - - s5"),
        ({"bp": "128/82 76"}, "128/82_76 - - -"),
        ({"oxygen": "RA", "temperature": "36,8"}, "t36,8 RA"),
        ({"oxygen": "2L"}, "2L"),
        ({"at": "10:20"}, "@10:20"),
        ({"at": "@10:20"}, "@10:20"),
        ({"at": "-3m"}, "-3m"),
        ({"slot": "+15"}, "slot +15"),
        ({"slot": "slot 40"}, "slot slot_40"),
        ({"how": "left  sitting cuff large"}, "left sitting cuff large"),
        ({"fio2": "21", "etco2": "35"}, "fio21 co35"),
    ],
)
def test_that_each_field_becomes_its_own_word(values: dict[str, str], line: str) -> None:
    assert line_of(values) == line


def test_that_the_fields_stand_in_the_order_of_the_line() -> None:
    assert [each.key for each in ALL[:4]] == ["bp", "hr", "spo2", "resp"]
