"""Which readings cross which limits: a pure function of a session's course.

A limit is a bound of the protocol. That it was crossed is told and answered by a person; the
program advises nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitor.protocols.limit_part import Part
from monitor.protocols.protocol import Limit
from monitor.vitals import BloodPressure, Reading, Sign

Change = tuple[int | Decimal, ...]
"""From the baseline, signed: two figures for blood pressure, else one."""

_PERCENT = 100
_NONE = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """One set of vital signs in its place in the course."""

    uid: str
    at: dt.datetime
    reading: Reading


@dataclass(frozen=True, slots=True)
class Baseline:
    """What changes are counted from, and since when: not before the dose began."""

    uid: str
    reading: Reading
    start: dt.datetime


@dataclass(frozen=True, slots=True)
class Crossing:
    """A reading crosses a limit.

    Attributes:
        reading: The reading's uid.
        value: What crossed it, as printed: "182/111".
        change: From the baseline; empty where there was nothing to compare it with.
        minutes: For how long every reading had crossed it; None unless the limit asks for it.
    """

    limit: Limit
    reading: str
    at: dt.datetime
    value: str
    change: Change = ()
    minutes: int | None = None


def standing(
    limits: Sequence[Limit], course: Sequence[Taken], baseline: Baseline | None
) -> tuple[Crossing, ...]:
    """Return what stands: for each reading and sign the first limit, in their order, it crosses.

    Args:
        limits: In the protocol's order, which is the order of precedence.
        course: All readings, in order of measuring, ties by entry.
        baseline: None before the start, or where there was none.
    """
    found = [_crossed_in(limit, course, baseline) for limit in limits]
    made: list[Crossing] = []
    for place, taken in enumerate(course):
        told: set[Sign] = set()
        for limit, places in zip(limits, found, strict=True):
            if place in places and limit.sign not in told:
                told.add(limit.sign)
                made.append(_crossing(limit, taken, baseline, places[place]))
    return tuple(made)


def crosses(limit: Limit, reading: Reading, baseline: Reading | None = None) -> bool:
    """Tell whether a reading by itself lies beyond a limit; for blood pressure, either part.

    A value equal to an absolute bound does not cross it; a change equal to a bound of change
    does. A sign that was not taken crosses nothing; 0 is a value.

    Example:
        >>> high = Limit("bp-high", Sign.BP, above=180, above_diastolic=110)
        >>> crosses(high, Reading(bp=BloodPressure(178, 111)))
        True

    Args:
        limit: How often, and for how long, is left aside.
        reading: What was taken.
        baseline: What it is compared with; None where there is nothing.
    """
    return any(excess(limit, reading, baseline))


def excess(limit: Limit, reading: Reading, baseline: Reading | None = None) -> Change:
    """Return how far a sign lies beyond each bound of a limit, in one order; 0 is within.

    Empty where the sign was not taken. Beyond a bound of change lies the whole change.

    Example:
        >>> excess(Limit("spo2-low", Sign.SPO2, below=94), Reading(spo2=92))
        (0, 2)
    """
    value = reading.value(limit.sign)
    if value is None:
        return ()
    held = list(zip(_figures(value), limit.parts, strict=False))
    beyond = tuple(far for figure, part in held for far in _beyond(part, figure))
    moved = change(reading, baseline, limit.sign) if baseline else None
    if moved is None:
        return beyond
    changes = zip(held, moved, strict=True)
    return beyond + tuple(f for (fig, part), by in changes for f in _too_far(part, by, fig - by))


def change(reading: Reading, baseline: Reading, sign: Sign) -> Change | None:
    """Return how far a sign is from the baseline; None where either was not taken.

    Example:
        >>> change(Reading(heart_rate=72), Reading(heart_rate=76), Sign.HEART_RATE)
        (-4,)
    """
    now, before = reading.value(sign), baseline.value(sign)
    if now is None or before is None:
        return None
    return tuple(a - b for a, b in zip(_figures(now), _figures(before), strict=True))


def is_of_change(limit: Limit) -> bool:
    """Tell whether a limit bounds a change from the baseline, so that it needs one."""
    return any(part.is_of_change for part in limit.parts)


def compared_with(taken: Taken, baseline: Baseline | None) -> Reading | None:
    """Return the baseline for a reading; None for itself, and for what came before the dose."""
    if baseline is None or taken.uid == baseline.uid or taken.at < baseline.start:
        return None
    return baseline.reading


def printed(reading: Reading, sign: Sign) -> str:
    """Return what was taken of a sign as it stands in an alert: "182/111", "93"."""
    value = reading.value(sign)
    return value.text if isinstance(value, BloodPressure) else str(value)


def _crossing(
    limit: Limit, taken: Taken, baseline: Baseline | None, minutes: int | None
) -> Crossing:
    before = compared_with(taken, baseline)
    moved = change(taken.reading, before, limit.sign) if before else None
    value = printed(taken.reading, limit.sign)
    return Crossing(limit, taken.uid, taken.at, value, moved or (), minutes)


def _crossed_in(
    limit: Limit, course: Sequence[Taken], baseline: Baseline | None
) -> dict[int, int | None]:
    """Return the places of the readings that cross a limit, each with the minutes it took."""
    held = [
        (place, taken.at, crosses(limit, taken.reading, compared_with(taken, baseline)))
        for place, taken in enumerate(course)
        if taken.reading.value(limit.sign) is not None
    ]
    if limit.sustained_minutes is not None:
        return _sustained(held, dt.timedelta(minutes=limit.sustained_minutes))
    beyond = [(place, at) for place, at, crossed in held if crossed]
    if limit.within_minutes is None:
        return {place: None for place, _ in beyond}
    within = dt.timedelta(minutes=limit.within_minutes)
    return {
        place: None
        for n, (place, at) in enumerate(beyond[limit.times - 1 :])
        if at - beyond[n][1] <= within
    }


def _sustained(
    held: Sequence[tuple[int, dt.datetime, bool]], least: dt.timedelta
) -> dict[int, int | None]:
    """Return the places up to which every reading has crossed for at least so long."""
    found: dict[int, int | None] = {}
    since: dt.datetime | None = None
    for place, at, crossed in held:
        since = (since or at) if crossed else None
        if since is not None and at - since >= least:
            found[place] = (at - since) // dt.timedelta(minutes=1)
    return found


def _figures(value: BloodPressure | int | Decimal) -> Change:
    return (value.systolic, value.diastolic) if isinstance(value, BloodPressure) else (value,)


def _beyond(part: Part, figure: int | Decimal) -> Change:
    high = _NONE if part.above is None else max(_NONE, figure - part.above)
    low = _NONE if part.below is None else max(_NONE, part.below - figure)
    return high, low


def _too_far(part: Part, moved: int | Decimal, before: int | Decimal) -> Change:
    """Return a change for each bound it reaches; of a baseline of 0, any rise is any percent."""
    up, down = moved, -moved
    reached = (
        (up, _reaches(up, part.rise)),
        (down, _reaches(down, part.fall)),
        (up, _reaches(up * _PERCENT, _share(part.rise_percent, before))),
        (down, _reaches(down * _PERCENT, _share(part.fall_percent, before))),
    )
    return tuple(far if there else _NONE for far, there in reached)


def _share(percent: int | None, before: int | Decimal) -> int | Decimal | None:
    return None if percent is None else percent * before


def _reaches(moved: int | Decimal, bound: int | Decimal | None) -> bool:
    return bound is not None and moved > 0 and moved >= bound
