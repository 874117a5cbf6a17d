"""When something was so, as it is typed: "@10:20" or "-3m"."""

from __future__ import annotations

import datetime as dt
import re

from monitor.errors import Code, InputError
from monitor.session_time import NEVER_SET, SetClock

BACK = dt.timedelta(hours=12)
"""So far back a typed time may lie; beyond it, a slip is likelier than a late entry."""

_CLOCK = re.compile(r"@([0-9]{1,2}):([0-9]{2})")
_AGO = re.compile(r"-([0-9]{1,3})m")


def typed_time(word: str, now: dt.datetime, zone: dt.tzinfo) -> dt.datetime | None:
    """Return the instant that a word means, in UTC; None where it is no time at all.

    A clock time means the nearest past instant, never the future; in a repeated hour the
    later of the two that have passed.

    Args:
        word: One word, in lower case.
        now: The present instant, in the session's own time.
        zone: The clinic's time zone; a `SetClock` where the clock was set meanwhile.

    Raises:
        InputError: `out-of-range` for a time of day that does not exist or minutes too many;
            `future` where no such time lies within the last 12 hours.

    Example:
        >>> typed_time("@23:50", dt.datetime(2026, 3, 2, 0, 10, tzinfo=dt.UTC), dt.UTC)
        datetime.datetime(2026, 3, 1, 23, 50, tzinfo=datetime.timezone.utc)
    """
    if ago := _AGO.fullmatch(word):
        minutes = int(ago[1])
        if minutes > BACK // dt.timedelta(minutes=1):
            raise InputError(
                Code.OUT_OF_RANGE, "minutes_ago", typed=word, token=word, least=0, most=720
            )
        return now - dt.timedelta(minutes=minutes)
    clock = _CLOCK.fullmatch(word)
    if clock is None:
        return None
    hour, minute = int(clock[1]), int(clock[2])
    if hour > 23 or minute > 59:  # noqa: PLR2004 - a day's last hour, an hour's last minute
        raise InputError(Code.OUT_OF_RANGE, "time", typed=word, token=word)
    return _latest(dt.time(hour, minute), now, zone, word)


def _latest(time: dt.time, now: dt.datetime, zone: dt.tzinfo, word: str) -> dt.datetime:
    """Return the latest instant at which the clock showed that time.

    Where the clock was set and never showed it, it is read on the clock as it goes now.
    """
    timeline = zone.timeline if isinstance(zone, SetClock) else NEVER_SET
    past = [
        instant
        for stretch in timeline.stretches
        for instant in _past(time, now, zone, stretch.ahead)
        if timeline.ahead_at(instant) == stretch.ahead
    ] or _past(time, now, zone, timeline.ahead)
    if not past:
        raise InputError(Code.FUTURE, "time", typed=word, token=word)
    return max(past)


def _past(
    time: dt.time, now: dt.datetime, zone: dt.tzinfo, ahead: dt.timedelta
) -> list[dt.datetime]:
    """Return when a clock that is so far ahead showed that time, no longer ago than `BACK`."""
    today = (now + ahead).astimezone(zone).date()
    walls = [
        dt.datetime.combine(day, time, zone).replace(fold=fold)
        for day in (today, today - dt.timedelta(days=1))
        for fold in (0, 1)
    ]
    instants = [wall.astimezone(dt.UTC) - ahead for wall in walls if _exists(wall, zone)]
    return [instant for instant in instants if now - BACK <= instant <= now]


def _exists(wall: dt.datetime, zone: dt.tzinfo) -> bool:
    """Tell whether clocks ever showed that time; an hour is left out each spring."""
    back = wall.astimezone(dt.UTC).astimezone(zone)
    return back.replace(tzinfo=None) == wall.replace(tzinfo=None)
