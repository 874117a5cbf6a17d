"""Every thing that was entered as it stands now, with what it said before it was amended."""

from __future__ import annotations

from monitor.entries import AlertRaised, Fact, Measured, Opened
from monitor.overview import ThingView
from monitor.session import Kept, Session

_SHOWN_APART = (Opened, Measured, AlertRaised)
"""The identity and the readings have rows of their own; an alert is raised by the program."""


def things(session: Session) -> tuple[ThingView, ...]:
    """Return all that was entered but readings, in the order in which it was first written."""
    standing = (kept for kept in session.standing if not isinstance(kept.what, _SHOWN_APART))
    return tuple(_view(kept) for kept in standing)


def _view(kept: Kept[Fact]) -> ThingView:
    return ThingView(
        uid=kept.uid,
        kind=kept.entry.kind,
        what=kept.what,
        at=kept.at,
        entered=kept.first.recorded_at,
        by=kept.entry.by,
        reason=kept.entry.reason,
        earlier=tuple(entry.what for entry in kept.earlier),
        reasons=tuple(entry.reason for entry in kept.earlier),
    )
