"""What was done to the station's clock while a session was open."""

from __future__ import annotations

import datetime as dt

from monitor.clock_view import ClockView
from monitor.entries import ClockConfirmed, ClockDisturbed, Entry
from monitor.session import Session

CONFIRMED = "confirmed"


def clock_events(session: Session) -> tuple[ClockView, ...]:
    """Return it in the order in which it was written, told as the station's clock showed it."""
    made: list[ClockView] = []
    before = session.entries[0].moment.offset
    for entry in session.entries:
        if isinstance(entry.what, ClockDisturbed | ClockConfirmed):
            made.append(_told(entry, entry.what, before))
        before = entry.moment.offset
    return tuple(made)


def _told(entry: Entry, what: ClockDisturbed | ClockConfirmed, offset_before: int) -> ClockView:
    local = dt.timezone(dt.timedelta(minutes=entry.moment.offset))
    if isinstance(what, ClockConfirmed):
        kind, shown, by = CONFIRMED, what.chosen, entry.by
    else:
        kind, shown, by = what.trouble.value, what.shown, None
    return ClockView(
        uid=entry.uid,
        at=entry.at,
        kind=kind,
        kept=what.kept.astimezone(local),
        shown=shown.astimezone(local),
        offset_before=offset_before,
        by=by,
    )
