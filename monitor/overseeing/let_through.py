"""What prescribers let go through, and whether the way home needed it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from monitor.departure import WayOut
from monitor.dose_view import OverrideView
from monitor.entries import Discharged, Entry, Leaving, Overridden
from monitor.errors import Code
from monitor.readiness import door
from monitor.second_check import overrides
from monitor.session import Session

_DOOR = Code.DOOR_CLOSED


def let_through(session: Session) -> tuple[OverrideView, ...]:
    """Return every override, oldest first; one of the door is used only by who left through it.

    Where everything was met by itself as the departure was written, nobody was let through.
    """
    open_by_itself = _was_open(session)
    return tuple(
        replace(each, used=False, lapsed=True)
        if each.what == _DOOR and each.used and open_by_itself
        else each
        for each in overrides(session)
    )


def way_out(entries: Iterable[Entry], session: Callable[[], Session]) -> WayOut | None:
    """Return how a patient left, None while nobody has.

    Args:
        entries: The session's discharges and overrides, oldest first; others change nothing.
        session: Reads all of it: asked only of somebody who went home past an override.
    """
    said = [entry.what for entry in entries if isinstance(entry.what, Discharged | Overridden)]
    how = next((fact.how for fact in reversed(said) if isinstance(fact, Discharged)), None)
    if how is None:
        return None
    overridden = any(isinstance(fact, Overridden) and fact.what == _DOOR for fact in said)
    by_override = how is Leaving.HOME and overridden and _is_let_through(session())
    return WayOut(how, let_through=by_override)


def _is_let_through(session: Session) -> bool:
    return any(each.what == _DOOR and each.used for each in let_through(session))


def _was_open(session: Session) -> bool:
    """Tell whether all was met by the record as it stood when the way home was written."""
    left = session.discharged
    for entry in (*left.earlier, left.entry) if left else ():
        what = entry.what
        if isinstance(what, Discharged) and what.how is Leaving.HOME:
            return all(each.met for each in door(session.as_of(entry.n), entry.at, what.escort))
    return False
