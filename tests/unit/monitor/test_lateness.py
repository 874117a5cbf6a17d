"""Measured against entered: how late, by whom, how often."""

from __future__ import annotations

import dataclasses
import datetime as dt

from monitor.lateness import Kind, Lag, lags_of, lateness, tally
from monitor.people import Author, Role
from tests.fakes.ketamine_overview import ketamine

DAY = dt.date(2026, 3, 2)
NURSE, OTHER = Author("nk", Role.NURSE, "Nina Kowal"), Author("mb", Role.NURSE, "Marek Baran")
MEASURED = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)


def lag(seconds: int, by: Author = NURSE) -> Lag:
    entered = MEASURED + dt.timedelta(seconds=seconds)
    times = (MEASURED, entered, MEASURED, entered)
    return Lag("s-1", "S-00000001", Kind.READING, "10", *times, by)


def test_that_each_entry_stands_in_the_class_of_its_whole_minutes() -> None:
    seconds = (0, 59, 60, 299, 300, 899, 900, 7200)
    found = tally([lag(each) for each in seconds])
    assert found.classes == (2, 2, 2, 2)
    assert found.entries == 8
    assert found.longest == 120


def test_that_the_middle_and_the_ninetieth_are_values_that_were_there() -> None:
    found = tally([lag(60 * minutes) for minutes in range(1, 11)])
    assert (found.median, found.ninetieth, found.longest) == (5, 9, 10)
    assert (tally([lag(120)]).median, tally([lag(120)]).ninetieth) == (2, 2)


def test_that_without_an_entry_nothing_is_said_of_how_late() -> None:
    found = tally([])
    assert (found.entries, found.classes) == (0, (0, 0, 0, 0))
    assert (found.median, found.ninetieth, found.longest) == (None, None, None)
    assert lateness([], DAY, DAY).people == ()


def test_that_a_reading_is_held_against_when_it_was_first_said_to_be_measured() -> None:
    (first, *others) = ketamine().readings
    moved = dataclasses.replace(
        first,
        measured=first.measured - dt.timedelta(minutes=30),
        was_at=(first.entered,),
        replaced=(first.reading,),
    )
    seen = dataclasses.replace(ketamine(), readings=(moved, *others), events=(), scores=())
    found = next(lag for lag in lags_of(seen) if lag.entered == first.entered)
    assert found.minutes == 0
    assert found.amended


def test_that_what_came_after_the_session_was_closed_is_told() -> None:
    seen = ketamine()
    assert seen.closed_at is not None
    (first, *others) = seen.readings
    late = dataclasses.replace(first, entered=seen.closed_at + dt.timedelta(minutes=3))
    found = lateness([dataclasses.replace(seen, readings=(late, *others))], DAY, DAY)
    assert found.all.after_end == 1
    assert found.lags[0].after_end
    assert found.lags[0].local_entered.hour == seen.local(late.entered).hour


def test_that_readings_events_and_ratings_are_all_counted() -> None:
    seen = ketamine()
    found = lateness([seen, seen], DAY, DAY)
    one = len(seen.readings) + len(seen.events) + len(seen.scores)
    assert (found.sessions, found.all.entries) == (2, 2 * one)
    assert {lag.kind for lag in found.lags} == set(Kind)
    assert sum(each.entries for each in found.people) == found.all.entries
    minutes = [lag.minutes for lag in found.lags]
    assert minutes == sorted(minutes, reverse=True)


def test_that_whoever_was_late_most_often_comes_first() -> None:
    (first, second, *others) = ketamine().readings
    late = dt.timedelta(minutes=20)
    rows = (
        dataclasses.replace(first, by=OTHER, entered=first.measured + late),
        dataclasses.replace(second, by=OTHER, entered=second.measured + late),
        *others,
    )
    seen = dataclasses.replace(ketamine(), readings=rows, events=(), scores=())
    people = lateness([seen], DAY, DAY).people
    assert people[0].by == OTHER
    assert people[0].classes == (0, 0, 1, 2)  # one more was late before
