"""Which backups stay: property by property, with made-up years of them."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, strategies as st

from db.backups.retention import DAYS, MONTHS, WEEKS, to_keep

FIRST = dt.datetime(2026, 1, 5, 9, 30, tzinfo=dt.UTC)
MADE = st.lists(
    st.datetimes(
        min_value=dt.datetime(2023, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
        max_value=dt.datetime(2027, 12, 31),  # noqa: DTZ001
        timezones=st.just(dt.UTC),
    ),
    max_size=120,
)


def daily(count: int, first: dt.datetime = FIRST) -> list[dt.datetime]:
    return [first + dt.timedelta(days=day) for day in range(count)]


@given(MADE)
def test_that_the_newest_is_always_kept(made: list[dt.datetime]) -> None:
    kept = to_keep(made)
    assert kept <= set(made)
    assert not made or max(made) in kept


@given(MADE)
def test_that_all_of_the_last_week_are_kept(made: list[dt.datetime]) -> None:
    newest = max(made, default=FIRST).date()
    recent = {at for at in made if at.date() > newest - dt.timedelta(days=DAYS)}
    assert recent <= to_keep(made)


@given(MADE)
def test_that_each_of_the_last_weeks_and_months_keeps_its_newest(made: list[dt.datetime]) -> None:
    kept = to_keep(made)
    for period, count in ((lambda at: at.isocalendar()[:2], WEEKS), (_month, MONTHS)):
        for each in sorted({period(at) for at in made})[-count:]:
            assert max(at for at in made if period(at) == each) in kept


@given(MADE)
def test_that_keeping_twice_removes_nothing_more(made: list[dt.datetime]) -> None:
    assert to_keep(to_keep(made)) == to_keep(made)


@given(MADE, st.datetimes(timezones=st.just(dt.UTC), min_value=dt.datetime(2022, 1, 1)))  # noqa: DTZ001
def test_that_a_clock_set_wrong_costs_no_more_than_one_of_each(
    made: list[dt.datetime], odd: dt.datetime
) -> None:
    """One backup from a wrong year takes one place of a week and a month, and one day's."""
    before = to_keep(made)
    lost = before - to_keep([*made, odd])
    assert len({at.date() for at in lost}) <= 3


def test_that_pruning_each_day_leaves_as_much_as_pruning_at_the_end() -> None:
    kept: frozenset[dt.datetime] = frozenset()
    for at in daily(3 * 365):
        kept = to_keep(kept | {at})
    assert kept == to_keep(daily(3 * 365))
    assert DAYS + 24 <= len(kept) <= DAYS + WEEKS + MONTHS


def test_that_of_two_years_one_a_month_is_left() -> None:
    kept = sorted(to_keep(daily(730)))
    assert kept[-DAYS:] == daily(730)[-DAYS:]
    old = [at for at in kept if at < kept[-1] - dt.timedelta(weeks=WEEKS + 1)]
    assert len({_month(at) for at in old}) == len(old)


def test_that_several_of_one_day_are_all_kept_while_it_is_recent() -> None:
    noon = [FIRST + dt.timedelta(hours=hour) for hour in range(8)]
    assert to_keep(noon) == set(noon)
    later = daily(30, FIRST + dt.timedelta(days=1))
    assert len(to_keep([*noon, *later]) & set(noon)) <= 1


def _month(at: dt.datetime) -> tuple[int, int]:
    return at.year, at.month
