"""What is missing before a signature: each gap with its code, and whether it blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.entries import Explained
from monitor.overview import AlertView, EventView, GapView, ReadingView, ScoreView, SlotView
from monitor.schedule import SlotState
from monitor.session import Session


@dataclass(frozen=True, slots=True)
class Course:
    """The parts of a session's course in which gaps can be.

    Attributes:
        loose_ends: (code, about) of what the handling of the drug leaves open.
    """

    slots: tuple[SlotView, ...]
    alerts: tuple[AlertView, ...]
    events: tuple[EventView, ...]
    scores: tuple[ScoreView, ...]
    readings: tuple[ReadingView, ...]
    overran: bool
    dose_open: bool
    loose_ends: tuple[tuple[str, str], ...] = ()


def gaps(session: Session, course: Course) -> tuple[GapView, ...]:
    """Return every gap of a session, in the order in which a signer meets them.

    Which codes block a signature is protocol data. A gap that its own entry gives a reason
    for (a missed slot) counts as explained by that reason.
    """
    said = {
        (kept.what.gap, kept.what.about): kept.entry
        for kept in session.standing
        if isinstance(kept.what, Explained)
    }
    made = []
    for code, about, reason in _found(course):
        entry = said.get((code, about))
        made.append(
            GapView(
                code,
                about,
                blocks=code in session.protocol.blocking - NEVER_BLOCKING,
                explained=entry is not None or bool(reason),
                explanation=entry.reason if entry else reason,
                explained_by=entry.by if entry else None,
            )
        )
    return tuple(made)


NEVER_BLOCKING = frozenset({"override"})
"""A prescriber has given its reason already; it is listed so that nobody overlooks it."""

_OF_SLOT = {
    SlotState.OVERDUE: "slot-overdue",
    SlotState.MISSED: "slot-missed",
    SlotState.LATE: "slot-late",
}


def _found(course: Course) -> Iterator[tuple[str, str, str]]:
    """Yield (code, about, the reason that its own entry gives)."""
    for slot in course.slots:
        if slot.state in _OF_SLOT:
            reason = "" if slot.state is SlotState.OVERDUE else slot.reason
            yield _OF_SLOT[slot.state], slot.name, reason
    yield from (("alert-open", a.number, "") for a in course.alerts if a.state == "open")
    if course.overran:
        yield "overrun", "", ""
    if course.dose_open:
        yield "dose-open", "", ""
    yield from ((code, about, "") for code, about in course.loose_ends)
    yield from (("event-open", str(e.number), "") for e in course.events if e.is_open_effect)
    yield from (("rating-incomplete", s.scale, "") for s in course.scores if s.total is None)
