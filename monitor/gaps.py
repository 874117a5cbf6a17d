"""What is missing before a signature: each gap with its code, and whether it blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from monitor.departure import left_reason
from monitor.entries import Explained, Given, Leaving, Ordered, SlotMissed
from monitor.errors import Code
from monitor.overview import (
    AlertView,
    ConditionView,
    EventView,
    GapView,
    ReadingView,
    ScoreView,
    SlotView,
)
from monitor.people import Author
from monitor.readiness import about
from monitor.schedule import SlotState
from monitor.second_check import overrides
from monitor.session import Session


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """A gap as it is found.

    Attributes:
        about: Which one, where there are several of that code.
        reason: What its own entry says of it.
        amount: How large it is. An explanation of another amount is none of this one.
        by: Whose reason that is.
    """

    code: str
    about: str = ""
    reason: str = ""
    amount: Decimal | None = None
    by: Author | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """The parts of a session's course in which gaps can be.

    Attributes:
        overran: By how many mL the pump's running exceeds what was prepared; None where not.
        loose_ends: What the handling of the drug leaves open.
        door: What the door waits for, judged at the time of leaving.
    """

    slots: tuple[SlotView, ...]
    alerts: tuple[AlertView, ...]
    events: tuple[EventView, ...]
    scores: tuple[ScoreView, ...]
    readings: tuple[ReadingView, ...]
    overran: Decimal | None
    dose_open: bool
    loose_ends: tuple[LooseEnd, ...] = ()
    door: tuple[ConditionView, ...] = ()


def gaps(session: Session, course: Course) -> tuple[GapView, ...]:
    """Return every gap of a session, in the order in which a signer meets them.

    Which codes block a signature is protocol data. A gap that its own entry gives a reason
    for (a missed slot) counts as explained by that reason.
    """
    said = {(kept.what.gap, kept.what.about): kept for kept in session.all(Explained)}
    before = (*_ordered(session), *_weighed(session))
    made = []
    for found in (*before, *_slots(session, course), *_found(course), *_left(session, course.door)):
        kept = said.get((found.code, found.about))
        entry = kept.entry if kept and kept.what.amount in (None, found.amount) else None
        made.append(
            GapView(
                found.code,
                found.about,
                blocks=found.code in session.protocol.blocking - NEVER_BLOCKING,
                explained=entry is not None or bool(found.reason),
                explanation=entry.reason if entry else found.reason,
                explained_by=entry.by if entry else found.by,
                amount=found.amount,
            )
        )
    return tuple(made)


NEVER_BLOCKING = frozenset({"override", "device-incomplete", "devices-left"})
"""What has its reason already, or may stay; it is listed so that nobody overlooks it."""

VERBAL = "order-verbal"

_UNLIKELY = frozenset({"change", "bmi"})
"""What was asked about a weight because of its figure, and confirmed."""

_OF_SLOT = {
    SlotState.OVERDUE: "slot-overdue",
    SlotState.MISSED: "slot-missed",
    SlotState.LATE: "slot-late",
}


def _ordered(session: Session) -> Iterator[LooseEnd]:
    """Yield what is missing of the order once the drug was begun.

    That it was begun before anybody ordered it; and that the order was only spoken, which is
    asked about where the protocol says so.
    """
    started, order = session.started_at, session.order
    if started is None:
        return
    if order is None or min(kept.at for kept in session.all(Ordered)) > started:
        yield LooseEnd("order-missing")
    elif VERBAL in session.protocol.blocking and order.what.how is Given.VERBAL:
        yield LooseEnd(VERBAL)


def _weighed(session: Session) -> Iterator[LooseEnd]:
    """Yield a weight that was confirmed although it can hardly be."""
    if session.weight is not None and not _UNLIKELY.isdisjoint(session.weight.what.confirmed):
        yield LooseEnd("implausible", "weight")


def _slots(session: Session, course: Course) -> Iterator[LooseEnd]:
    for slot in course.slots:
        if slot.state in _OF_SLOT:
            reason = "" if slot.state is SlotState.OVERDUE else slot.reason
            by = _whose_reason(session, slot) if reason else None
            yield LooseEnd(_OF_SLOT[slot.state], slot.name, reason, by=by)


def _whose_reason(session: Session, slot: SlotView) -> Author | None:
    """Return who said why a slot is as it is: with its reading, or of what nobody measured.

    Of a missing baseline it is who let the dose begin without one.
    """
    read = [kept.first.by for kept in session.readings if kept.uid == slot.reading]
    missed = [kept.entry.by for kept in session.all(SlotMissed) if kept.what.slot == slot.name]
    lifted = [o.by for o in overrides(session) if o.what == Code.BASELINE_MISSING and o.used]
    begun = [session.first_drug.first.by] if session.first_drug else []
    return next((found[-1] for found in (read, missed, lifted, begun) if found), None)


def _found(course: Course) -> Iterator[LooseEnd]:
    for row in course.readings:
        yield from (LooseEnd("implausible", f"{row.uid}/{sign}") for sign in row.confirmed)
    yield from (LooseEnd("alert-open", a.number) for a in course.alerts if a.state == "open")
    if course.overran is not None:
        yield LooseEnd("overrun", amount=course.overran)
    if course.dose_open:
        yield LooseEnd("dose-open")
    yield from course.loose_ends
    yield from (LooseEnd("event-open", str(e.number)) for e in course.events if e.is_open_effect)
    yield from (LooseEnd("rating-incomplete", s.scale) for s in course.scores if s.total is None)


def _left(session: Session, door: tuple[ConditionView, ...]) -> Iterator[LooseEnd]:
    """Yield what stays open of a departure.

    That a patient left otherwise than home and nobody said why; or home, though by the record as
    it now stands something was not met that no prescriber let pass.
    """
    left = session.discharged
    if left is None:
        return
    if left.what.how is not Leaving.HOME:
        if not left_reason(session):
            yield LooseEnd("left-unexplained")
        return
    unmet = (about(each) for each in door if not each.met and not each.lifted)
    yield from (LooseEnd("home-unmet", name) for name in dict.fromkeys(unmet))
