"""In which order chairs are looked at: an open alert, overdue, due now, then by what is next."""

from __future__ import annotations

import datetime as dt

from monitor.overview import SessionOverview
from monitor.reminders import Awaited, Reminder, reminders
from monitor.schedule import SlotState

_FAR = dt.timedelta.max
_ALERT, _OVERDUE, _DUE, _NEXT, _NOTHING, _FREE = range(6)

Place = tuple[int, dt.timedelta]
"""What chairs are sorted by; equal ones stay in the clinic's own order."""

UNREAD: Place = (_ALERT, dt.timedelta.min)
"""Somebody sits there and nobody can see how they are: before any alert."""

FREE: Place = (_FREE, _FAR)


def place(overview: SessionOverview, now: dt.datetime) -> Place:
    """Return where a chair stands in the order of what presses most.

    Args:
        overview: The session in the chair.
        now: The present instant, as the record's clock has it.
    """
    own = overview.own(now)
    found = reminders(overview, own)
    things = [each for each in found if each.what is not Awaited.ALERT]
    if len(found) > len(things):
        return _ALERT, _soonest([each for each in found if each.what is Awaited.ALERT], own)
    for rank, state in ((_OVERDUE, SlotState.OVERDUE), (_DUE, SlotState.DUE)):
        if any(each.state is state for each in things):
            return rank, _soonest([each for each in things if each.state is state], own)
    return (_NEXT, _soonest(things, own)) if things else (_NOTHING, _FAR)


def _soonest(things: list[Reminder], own: dt.datetime) -> dt.timedelta:
    return min((each.due - own for each in things if each.due is not None), default=_FAR)
