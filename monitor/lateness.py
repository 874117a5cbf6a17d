"""How long after it was so each thing was entered: measured against entered.

A reading that is typed from memory an hour later looks like any other in the sheet. This shows
how often that was, and by whom; it judges nobody: a nurse who helps a patient types afterwards.

Looked at are readings, events (the steps of the dose among them) and ratings, each as it was
first entered; an amendment is counted, but its own time is no lateness of the value.
"""

from __future__ import annotations

import datetime as dt
import enum
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from monitor.overview import SessionOverview
from monitor.people import Author

BOUNDS = (1, 5, 15)
"""Minutes that part the classes: at once, soon, late, very late (project choice)."""


class Kind(enum.StrEnum):
    """What was entered."""

    READING = "reading"
    EVENT = "event"
    RATING = "rating"


@dataclass(frozen=True, slots=True)
class Lag:
    """One value with its two times, in the session's own time.

    Attributes:
        what: A slot's name for a reading that closed one, an event's words, a scale's title.
        local_measured, local_entered: The same two instants as the clinic's clock showed them.
        amended: Whether it was put right later.
        after_end: Whether it was entered after the session had been closed.
    """

    session_id: str
    session_code: str
    kind: Kind
    what: str
    measured: dt.datetime
    entered: dt.datetime
    local_measured: dt.datetime
    local_entered: dt.datetime
    by: Author
    amended: bool = False
    after_end: bool = False

    @property
    def minutes(self) -> int:
        """Return how many whole minutes lie between; 0 for what was entered at once."""
        return max(0, math.floor((self.entered - self.measured) / dt.timedelta(minutes=1)))


@dataclass(frozen=True, slots=True)
class Tally:
    """How late entries were made: by one person, or by all.

    Attributes:
        by: Whose; None for everybody's.
        classes: How many were entered in less than each of `BOUNDS` minutes, and how many later:
            each entry stands in one class.
        median, ninetieth, longest: In whole minutes, by the nearest rank; None where there is
            no entry.
    """

    by: Author | None
    entries: int
    classes: tuple[int, ...]
    median: int | None
    ninetieth: int | None
    longest: int | None
    amended: int
    after_end: int


@dataclass(frozen=True, slots=True)
class Lateness:
    """Measured against entered, over a range of days.

    Attributes:
        first, last: The days, by the clinic's calendar, both included.
        people: One tally a person; whoever was late most often first, then by name.
        lags: Every entry, the latest first.
    """

    first: dt.date
    last: dt.date
    sessions: int
    all: Tally
    people: tuple[Tally, ...]
    lags: tuple[Lag, ...]


def lateness(overviews: Iterable[SessionOverview], first: dt.date, last: dt.date) -> Lateness:
    """Return how late entries were made in some sessions.

    Args:
        overviews: The sessions of those days; the caller chose them.
        first: The first day, by the clinic's calendar.
        last: The last.
    """
    seen = tuple(overviews)
    lags = sorted(
        chain.from_iterable(map(lags_of, seen)),
        key=lambda lag: (-lag.minutes, lag.measured, lag.session_id, lag.what),
    )
    people = {lag.by.user: lag.by for lag in reversed(lags)}
    tallies = [
        tally([lag for lag in lags if lag.by.user == user], by) for user, by in people.items()
    ]
    return Lateness(
        first,
        last,
        len(seen),
        tally(lags),
        tuple(sorted(tallies, key=_most_late)),
        tuple(lags),
    )


def lags_of(overview: SessionOverview) -> Iterable[Lag]:
    """Give every value of a session with its two times."""
    amended = {view.uid for view in overview.things if view.earlier}
    found: list[tuple[Kind, str, dt.datetime, dt.datetime, Author, bool]] = []
    for reading in overview.readings:
        times = reading.was_at[:1] or (reading.measured,)
        was = bool(reading.replaced)
        found.append((Kind.READING, reading.slot, times[0], reading.entered, reading.by, was))
    for event in overview.events:
        was = event.uid in amended
        said = event.text or event.kind
        found.append((Kind.EVENT, said, event.at, event.entered, event.by, was))
    for score in overview.scores:
        was = score.uid in amended
        found.append((Kind.RATING, score.title, score.at, score.entered, score.by, was))
    closed, local = overview.closed_at, overview.local
    for kind, what, measured, entered, by, was in found:
        yield Lag(
            overview.session_id,
            overview.code,
            kind,
            what,
            measured,
            entered,
            local(measured),
            local(entered),
            by,
            amended=was,
            after_end=closed is not None and entered > closed,
        )


def tally(lags: Sequence[Lag], by: Author | None = None) -> Tally:
    """Return how late some entries were made."""
    minutes = sorted(lag.minutes for lag in lags)
    classes = [0] * (len(BOUNDS) + 1)
    for each in minutes:
        classes[sum(each >= bound for bound in BOUNDS)] += 1
    return Tally(
        by,
        len(minutes),
        tuple(classes),
        _rank(minutes, 50),
        _rank(minutes, 90),
        minutes[-1] if minutes else None,
        sum(lag.amended for lag in lags),
        sum(lag.after_end for lag in lags),
    )


def _rank(values: Sequence[int], percent: int) -> int | None:
    """Return the smallest value that so many percent do not exceed, of values in order."""
    if not values:
        return None
    return values[max(0, math.ceil(len(values) * percent / 100) - 1)]


def _most_late(found: Tally) -> tuple[int, int, str, str]:
    assert found.by is not None  # noqa: S101 - a person's tally
    late = sum(found.classes[2:])
    return -late, -found.entries, found.by.name, found.by.user
