"""What was done to the computer's clock, in plain words: the same on the screen and on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from monitor.clock_view import ClockView

_DAY, _HOUR = 24 * 60, 60
_MINUTE_SECONDS = 60
_MINUS = "\N{MINUS SIGN}"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")  # never in the system's language
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def span(length: dt.timedelta) -> str:
    """Return a length of time: "40 s", "12 min", "13 h", "1 h 05", "3 days 2 h"."""
    seconds = round(abs(length).total_seconds())
    if seconds < _MINUTE_SECONDS:
        return f"{seconds} s"
    minutes = round(seconds / _MINUTE_SECONDS)
    days, hours, rest = minutes // _DAY, minutes % _DAY // _HOUR, minutes % _HOUR
    if days:
        named = f"{days} day{'s' if days > 1 else ''}"
        return f"{named} {hours} h" if hours else named
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def day(at: dt.datetime) -> str:
    """Return a local date: "Mon 2 March 2026"."""
    return f"{_DAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]} {at.year}"


def clock_on(at: dt.datetime, beside: dt.datetime) -> str:
    """Return a local time, with its date where that is another than the one beside it."""
    if at.date() == beside.date():
        return f"{at:%H:%M}"
    year = f" {at.year}" if at.year != beside.year else ""
    return f"{at:%H:%M} on {at.day} {_MONTHS[at.month - 1]}{year}"


def zone_name(minutes: int) -> str:
    """Return an offset from UTC: "UTC+1", "UTC+5:30", "UTC"."""
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), _HOUR)
    sign = "+" if minutes > 0 else _MINUS
    return f"UTC{sign}{hours}:{rest:02}" if rest else f"UTC{sign}{hours}"


def jump(kept: dt.datetime, shown: dt.datetime) -> str:
    """Say what a clock shows now: "jumped to 09:15, 13 h behind"."""
    way = "behind" if shown < kept else "ahead"
    return f"jumped to {clock_on(shown, kept)}, {span(shown - kept)} {way}"


def restart(last: dt.datetime, shown: dt.datetime) -> str:
    """Say what a clock shows after the cThe computer was started anew."""
    return f"The computer was started anew; its clock shows {clock_on(shown, last)}"


def agrees(kept: dt.datetime, shown: dt.datetime) -> bool:
    """Tell whether two clocks show the same minute, or nearly."""
    return abs(shown - kept) < dt.timedelta(seconds=_MINUTE_SECONDS)


def happened(event: ClockView) -> str:
    """Say what happened to the clock, as a row of the sheet says it."""
    return _HAPPENED[event.kind](event)


def _jumped(event: ClockView) -> str:
    kept, shown = event.kept, event.shown
    if agrees(kept, shown):
        return f"Computer's clock agrees with the record's again: {kept:%H:%M}"
    return f"Computer's clock {jump(kept, shown)}; the record's did not"


def _restarted(event: ClockView) -> str:
    return restart(event.kept, event.shown).replace("The computer", "Computer")


def _slept(event: ClockView) -> str:
    return f"Computer slept from {clock_on(event.shown, event.kept)} to {event.kept:%H:%M}"


def _zone_changed(event: ClockView) -> str:
    old, new = zone_name(event.offset_before), zone_of(event.kept)
    return f"Computer's time zone was changed from {old} to {new}"


def _confirmed(event: ClockView) -> str:
    kept, chosen = event.kept, event.shown
    if kept == chosen:
        return f"Record's time was confirmed: {kept:%H:%M} is right"
    return f"Record's clock was set from {kept:%H:%M} to {clock_on(chosen, kept)}"


_HAPPENED: dict[str, Callable[[ClockView], str]] = {
    "jumped": _jumped,
    "slept": _slept,
    "restarted": _restarted,
    "zone changed": _zone_changed,
    "confirmed": _confirmed,
}


def zone_of(local: dt.datetime) -> str:
    """Return the offset from UTC that a local time has: "UTC+1"."""
    return zone_name(_minutes(local))


def _minutes(at: dt.datetime) -> int:
    return round((at.utcoffset() or dt.timedelta()).total_seconds() / 60)
