"""The times of a rehearsal: as people read them off the wall, one after another."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

_TIME = re.compile(
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    r"\s*(?:(?P<sign>[+-])(?P<oh>[0-9]{2}):(?P<om>[0-9]{2}))?"
)


def after(previous: dt.datetime | None, text: str, day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """Return the next instant, in UTC, at which the clinic's clock shows *text*.

    Args:
        previous: The instant before, None for the first: a time of day that lies before it
            is the next day's.
        text: "hh:mm" or "hh:mm:ss", with "+01:00" where an hour comes twice.
        day: The day of the first act.
        zone: The clinic's.

    Raises:
        ValueError: If it is no time, or one that the clock does not show on that day.
    """
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise ValueError(f'"at" must be a time such as "09:48" or "09:48:30", not "{text}"')
    try:
        wall = dt.time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    except ValueError:
        raise ValueError(f'there is no time "{text}"') from None
    if previous is not None:
        day = previous.astimezone(zone).date()
    shown = _instants(dt.datetime.combine(day, wall), zone, _offset(match))
    if previous is not None and shown and shown[-1] < previous:
        day += dt.timedelta(days=1)
        shown = _instants(dt.datetime.combine(day, wall), zone, _offset(match))
    if not shown:
        raise ValueError(f'the clinic\'s clock does not show "{text}" on {day}')
    return next(instant for instant in shown if previous is None or instant >= previous)


def _offset(match: re.Match[str]) -> dt.timedelta | None:
    if match["sign"] is None:
        return None
    size = dt.timedelta(hours=int(match["oh"]), minutes=int(match["om"]))
    return -size if match["sign"] == "-" else size


def _instants(wall: dt.datetime, zone: ZoneInfo, offset: dt.timedelta | None) -> list[dt.datetime]:
    """Return when the clock shows a wall time: never, once, or twice as summer time ends."""
    found = []
    for fold in (0, 1):
        local = wall.replace(tzinfo=zone, fold=fold)
        instant = local.astimezone(dt.UTC)
        shown = instant.astimezone(zone).replace(tzinfo=None) == wall
        if shown and offset in (None, local.utcoffset()) and instant not in found:
            found.append(instant)
    return found
