"""The session's own time, from what the record's clock showed and people said of it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from monitor.clock import Moment
from monitor.entries import ClockConfirmed, ClockDisturbed, ClockTrouble, Entry, EventNoted, Fact
from monitor.entry_time import typed_time
from monitor.errors import Code, InputError
from monitor.people import Author, Role
from monitor.session_time import NEVER_SET, SetClock, own_time
from tests.fakes.clock import WARSAW

NURSE = Author("nk", Role.NURSE, "Nina Kowal")
TEN = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)  # 10:00 in Warsaw
MINUTE = dt.timedelta(minutes=1)


def entry(
    shown: dt.datetime, what: Fact | None = None, measured: dt.datetime | None = None
) -> Entry:
    moment = Moment(shown, 60, "boot", 0)
    fact = what or EventNoted("something")
    return Entry("uid", "session/s", 1, measured or shown, moment, NURSE, "test", fact)


def confirmed(kept: dt.datetime, chosen: dt.datetime) -> Entry:
    return entry(chosen, ClockConfirmed(kept, chosen))


def restarted(kept: dt.datetime) -> Entry:
    return entry(kept, ClockDisturbed(ClockTrouble.RESTARTED, kept, kept))


def minutes(entries: tuple[Entry, ...]) -> list[float]:
    return [(each.recorded_at - TEN) / MINUTE for each in entries]


def test_that_a_clock_that_was_never_set_shows_the_session_s_own_time() -> None:
    kept = (entry(TEN), entry(TEN + MINUTE), confirmed(TEN + 2 * MINUTE, TEN + 2 * MINUTE))
    assert own_time(kept) == (kept, NEVER_SET)


def test_that_a_set_clock_lengthens_nothing() -> None:
    written = (
        entry(TEN),
        confirmed(TEN + 15 * MINUTE, TEN + 75 * MINUTE),
        entry(TEN + 80 * MINUTE, measured=TEN + 78 * MINUTE),
        confirmed(TEN + 90 * MINUTE, TEN),
        entry(TEN + 5 * MINUTE),
    )
    entries, timeline = own_time(written)
    assert minutes(entries) == [0, 15, 20, 30, 35]
    assert entries[2].at == TEN + 18 * MINUTE
    assert timeline.own(TEN + 6 * MINUTE) == TEN + 36 * MINUTE
    assert [timeline.shown(each.recorded_at) for each in entries] == [
        each.recorded_at for each in written
    ]


def test_that_what_came_before_the_first_entry_is_on_the_first_clock() -> None:
    _, timeline = own_time((entry(TEN), confirmed(TEN + MINUTE, TEN + 61 * MINUTE)))
    assert timeline.shown(TEN - 10 * MINUTE) == TEN - 10 * MINUTE


def test_that_an_answer_after_a_restart_is_the_first_clock_s_time() -> None:
    wrong = TEN + 600 * MINUTE
    entries, timeline = own_time(
        (
            entry(TEN),
            restarted(wrong),
            entry(wrong + MINUTE),
            confirmed(wrong + 3 * MINUTE, TEN + 13 * MINUTE),
            entry(TEN + 14 * MINUTE),
        )
    )
    assert minutes(entries) == [0, 10, 11, 13, 14]
    assert timeline.shown(TEN + 11 * MINUTE) == wrong + MINUTE
    assert timeline.ahead == dt.timedelta()


def test_that_an_answer_after_a_restart_cannot_take_time_back() -> None:
    entries, _ = own_time(
        (
            entry(TEN),
            restarted(TEN + 5 * MINUTE),
            confirmed(TEN + 6 * MINUTE, TEN - 600 * MINUTE),
            entry(TEN - 598 * MINUTE),
        )
    )
    assert minutes(entries) == [0, 5, 6, 8]


@given(
    st.lists(
        st.tuples(st.booleans(), st.integers(0, 600), st.integers(-100_000, 100_000)), max_size=12
    )
)
def test_that_every_instant_is_shown_as_it_was_written(steps: list[tuple[bool, int, int]]) -> None:
    shown, passed = TEN, 0
    written, expected = [entry(TEN)], [0.0]
    for is_set, gone, by in steps:
        shown, passed = shown + gone * MINUTE, passed + gone
        if is_set:
            written.append(confirmed(shown, shown + by * MINUTE))
            shown += by * MINUTE
        else:
            written.append(entry(shown))
        expected.append(passed)
    entries, timeline = own_time(tuple(written))
    assert minutes(entries) == expected
    assert timeline.own(shown) == TEN + passed * MINUTE


def typed(word: str, now: dt.datetime, kept: dt.datetime, chosen: dt.datetime) -> str:
    entries = (entry(TEN), confirmed(kept, chosen))
    _, timeline = own_time(entries)
    found = typed_time(word, timeline.own(now), timeline.zone(WARSAW))
    assert found is not None
    return f"{found.astimezone(WARSAW):%d %H:%M}"


@pytest.mark.parametrize(
    ("word", "means"),
    [
        ("@22:20", "02 10:20"),  # as the clock shows it now, the day before
        ("@10:12", "02 10:12"),  # as it showed it then
        ("@22:10", "02 10:10"),  # never shown within twelve hours: read on the clock as it goes now
        ("@23:50", "01 23:50"),  # as it showed it in the night before
        ("-20m", "02 10:05"),
    ],
)
def test_that_a_typed_time_is_the_last_at_which_the_clock_showed_it(word: str, means: str) -> None:
    kept = TEN + 15 * MINUTE
    chosen = kept - 720 * MINUTE
    assert typed(word, chosen + 10 * MINUTE, kept, chosen) == means


def test_that_a_time_no_clock_showed_is_read_on_the_clock_as_it_goes_now() -> None:
    kept = TEN + 15 * MINUTE
    chosen = kept + 60 * MINUTE
    assert typed("@11:05", chosen + 5 * MINUTE, kept, chosen) == "02 10:05"
    with pytest.raises(InputError) as caught:
        typed("@11:45", chosen + 5 * MINUTE, kept, chosen)
    assert caught.value.code is Code.FUTURE


@pytest.mark.parametrize(("word", "means"), [("@09:20", "02 10:20"), ("@09:10", "02 09:10")])
def test_that_an_hour_that_came_twice_is_told_apart_by_when_the_clock_was_set(
    word: str, means: str
) -> None:
    kept = TEN + 15 * MINUTE
    chosen = kept - 60 * MINUTE
    assert typed(word, chosen + 10 * MINUTE, kept, chosen) == means


def test_that_only_a_clock_that_was_set_needs_a_zone_of_its_own() -> None:
    assert NEVER_SET.zone(WARSAW) is WARSAW
    _, timeline = own_time((entry(TEN), confirmed(TEN, TEN + MINUTE)))
    zone = timeline.zone(WARSAW)
    assert isinstance(zone, SetClock)
    assert f"{TEN.astimezone(zone):%H:%M %Z}" == "10:00 CET"
