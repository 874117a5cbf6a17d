"""What prescribers let go through, and whether the way home needed it."""

from __future__ import annotations

from dataclasses import replace

from monitor.dose_view import OverrideView
from monitor.entries import Discharged, Leaving
from monitor.errors import Code
from monitor.readiness import door
from monitor.second_check import overrides
from monitor.session import Session


def let_through(session: Session) -> tuple[OverrideView, ...]:
    """Return every override, oldest first; one of the door is used only by who left through it.

    Where everything was met by itself as the departure was written, nobody was let through.
    """
    open_by_itself = _was_open(session)
    return tuple(
        replace(each, used=False, lapsed=True)
        if each.what == Code.DOOR_CLOSED and each.used and open_by_itself
        else each
        for each in overrides(session)
    )


def _was_open(session: Session) -> bool:
    """Tell whether all was met by the record as it stood when the way home was written."""
    left = session.discharged
    for entry in (*left.earlier, left.entry) if left else ():
        what = entry.what
        if isinstance(what, Discharged) and what.how is Leaving.HOME:
            return all(each.met for each in door(session.as_of(entry.n), entry.at, what.escort))
    return False
