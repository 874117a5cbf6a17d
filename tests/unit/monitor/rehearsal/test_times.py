"""A rehearsal's times follow one another, also through midnight and the end of summer."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from monitor.rehearsal.times import after

WARSAW = ZoneInfo("Europe/Warsaw")
DAY = dt.date(2026, 3, 2)
AUTUMN = dt.date(2026, 10, 25)  # 03:00 becomes 02:00
SPRING = dt.date(2026, 3, 29)  # 02:00 becomes 03:00


def told(*times: str, day: dt.date = DAY) -> list[str]:
    instant: dt.datetime | None = None
    shown = []
    for text in times:
        instant = after(instant, text, day, WARSAW)
        shown.append(f"{instant:%d %H:%M:%S}")
    return shown


def test_that_a_time_is_the_clinics() -> None:
    assert told("09:48", "10:00:30") == ["02 08:48:00", "02 09:00:30"]


def test_that_an_earlier_time_is_the_next_days() -> None:
    assert told("23:50", "00:10", "00:10") == ["02 22:50:00", "02 23:10:00", "02 23:10:00"]


def test_that_an_offset_names_one_of_two_like_hours() -> None:
    assert told("02:10 +02:00", "02:05+01:00", day=AUTUMN) == ["25 00:10:00", "25 01:05:00"]


def test_that_without_an_offset_the_next_of_two_is_meant() -> None:
    assert told("02:10", "02:40", "02:05", day=AUTUMN) == [
        "25 00:10:00",
        "25 00:40:00",
        "25 01:05:00",
    ]


@pytest.mark.parametrize("text", ["02:30", "02:30+01:00", "10:00+05:00"])
def test_that_a_time_which_the_clock_does_not_show_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="does not show"):
        after(None, text, SPRING, WARSAW)


@pytest.mark.parametrize("text", ["9:48", "0948", "09:48:3", "24:00", "", "09:48 CET", "٠٩:٤٨"])
def test_that_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="time"):
        after(None, text, DAY, WARSAW)


@given(st.lists(st.times(), min_size=2, max_size=8))
def test_that_time_never_runs_back(times: list[dt.time]) -> None:
    shown = told(*(f"{time:%H:%M:%S}" for time in times))
    assert len(shown) == len(times)
    instant: dt.datetime | None = None
    for time in times:
        earlier, instant = instant, after(instant, f"{time:%H:%M:%S}", DAY, WARSAW)
        assert earlier is None or earlier <= instant <= earlier + dt.timedelta(days=1)
        assert instant.astimezone(WARSAW).time().replace(microsecond=0) == time.replace(
            microsecond=0
        )
