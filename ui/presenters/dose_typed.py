"""Days and times as they are typed in the dose set-up."""

from __future__ import annotations

import datetime as dt
import re

from monitor.entry_time import typed_time
from monitor.errors import Code, InputError
from monitor.overview import SessionOverview

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}")


def typed_day(words: str, field: str) -> dt.date:
    """Return a day that was typed as 2026-03-30.

    Raises:
        InputError: `empty`, or `not-understood`.
    """
    typed = words.strip()
    if not typed:
        raise InputError(Code.EMPTY, field)
    try:
        if _DAY.fullmatch(typed):
            return dt.date.fromisoformat(typed)
    except ValueError:
        pass
    raise InputError(Code.NOT_UNDERSTOOD, field, typed=typed)


def typed_when(
    words: str, overview: SessionOverview, now: dt.datetime, zone: dt.tzinfo
) -> dt.datetime | None:
    """Return when something was so, in the session's own time; None where nothing was typed.

    Args:
        words: "09:30" within the last 12 hours, or with its day, "2026-03-01 09:30".
        overview: The session.
        now: The present instant, by the record's clock.
        zone: The clinic's time zone.

    Raises:
        InputError: `not-understood`, `out-of-range` or `future`.
    """
    typed = words.strip()
    if not typed:
        return None
    timeline = overview.local.timeline
    if _CLOCK.fullmatch(typed):
        return _today(typed, overview.own(now), timeline.zone(zone))
    day, _, time = typed.partition(" ")
    if not (_DAY.fullmatch(day) and _CLOCK.fullmatch(time.strip())):
        raise InputError(Code.NOT_UNDERSTOOD, "measured_at", typed=typed)
    hour, minute = (int(part) for part in time.split(":"))
    try:
        wall = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour, minute), zone)
    except ValueError as bad:
        raise InputError(Code.NOT_UNDERSTOOD, "measured_at", typed=typed) from bad
    instant = wall.astimezone(dt.UTC)
    if instant > now:
        raise InputError(Code.FUTURE, "measured_at", typed=typed)
    return instant - timeline.ahead_at(instant)


def _today(typed: str, now: dt.datetime, zone: dt.tzinfo) -> dt.datetime | None:
    """Return a time of day within the last 12 hours; a refusal names it as it was typed."""
    try:
        return typed_time(f"@{typed}", now, zone)
    except InputError as error:
        if error.code is Code.FUTURE:
            raise InputError(Code.FUTURE, "time", typed=typed) from error
        raise InputError(Code.NOT_UNDERSTOOD, "clock", typed=typed) from error
