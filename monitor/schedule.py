"""The due grid: when each observation falls due, and how each slot was closed.

The grid is a pure function of the record (`draw_grid`): rules of the protocol, anchors that
the dose has set, readings that stand, and what was given as missed. No due time ever moves
because a reading was late, and nothing here asks what time it is. All instants are UTC, so
that no change of the clocks can shift anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.protocols.protocol import Anchor
from monitor.slot_closing import choose, closings, due_or_first, fresh_until
from monitor.slots import (
    CLOSED,
    Anchors,
    Course,
    Missed,
    Slot,
    SlotState,
    TakenReading,
    planned,
    whole_minutes,
)

__all__ = [
    "CLOSED",
    "Anchors",
    "Course",
    "Grid",
    "Missed",
    "Slot",
    "SlotState",
    "TakenReading",
    "draw_grid",
    "fresh_until",
    "next_due",
    "slot_for",
    "whole_minutes",
]


@dataclass(frozen=True, slots=True)
class Grid:
    """The slots in the order of the protocol, and the readings that closed none.

    Attributes:
        extra: Uids, in order of measuring.
    """

    slots: tuple[Slot, ...]
    extra: tuple[str, ...]


def draw_grid(course: Course, look_at: dt.datetime) -> Grid:
    """Draw the grid of a record as it stands at *look_at*."""
    readings = sorted(
        (taken for taken in course.readings if taken.measured <= look_at),
        key=lambda taken: taken.measured,  # stable: ties stay in order of entry
    )
    there = tuple(planned(course, look_at))
    closed_by = closings(course, there, readings, look_at)
    settled = (
        _settled(slot, closed_by.get(slot.name), _missed(course, slot, closed_by), look_at)
        for slot in there
    )
    stay = (slot for slot in settled if not _fell_away(slot, course.anchors))
    slots = tuple(stay if course.anchors.closed is None else map(_in_the_end, stay))
    used = {slot.reading for slot in slots}
    return Grid(slots, tuple(taken.uid for taken in readings if taken.uid not in used))


def slot_for(slots: Sequence[Slot], taken: TakenReading) -> Slot | None:
    """Return the slot that a reading would close, as it would then stand; None if none.

    For the read-back, from the slots as they stand: what was measured before readings that
    are already there is settled only when the grid is drawn anew.
    """
    closed = {slot.name for slot in slots if slot.reading is not None}
    found = choose(slots, closed, taken)
    if found is None or (found.measured is not None and found.measured > taken.measured):
        return None
    missed = found.reason if found.state is SlotState.MISSED else found.was_missed
    return _settled(found, taken, missed, taken.measured)


def next_due(slots: Sequence[Slot]) -> Slot | None:
    """Return what to do next: the longest overdue, else what is due, else what comes."""
    order = (SlotState.OVERDUE, SlotState.DUE, SlotState.LATER)
    waiting = [slot for slot in slots if slot.state in order]
    return min(
        waiting, key=lambda slot: (order.index(slot.state), due_or_first(slot)), default=None
    )


def _fell_away(slot: Slot, anchors: Anchors) -> bool:
    """Tell whether a slot that nothing closed is no longer asked for.

    Without a drug there was nothing to compare a baseline with; closing vitals are asked of
    those who go home.
    """
    if anchors.closed is None or slot.reading is not None or slot.state is SlotState.MISSED:
        return False
    if slot.anchor is Anchor.BASELINE:
        return anchors.start is None
    return slot.anchor is Anchor.CLOSING and not anchors.left_home


def _missed(course: Course, slot: Slot, closed_by: dict[str, TakenReading]) -> str:
    """Return why a slot was given as missed, or empty."""
    said = next((given for given in reversed(course.missed) if given.slot == slot.name), None)
    if said is not None:
        return said.reason
    anchors, taken = course.anchors, closed_by.get(slot.name)
    started = anchors.start_entered or anchors.start
    if slot.anchor is not Anchor.BASELINE or started is None:
        return ""
    return anchors.start_reason if taken is None or taken.entered > started else ""


def _settled(slot: Slot, taken: TakenReading | None, missed: str, look_at: dt.datetime) -> Slot:
    """Return a slot as it stands, closed by a reading or open."""
    if taken is None:
        state = SlotState.MISSED if missed else _open_state(slot, look_at)
        return replace(slot, state=state, reason=missed)
    early = slot.opens is not None and taken.measured < slot.opens
    late = slot.closes is not None and taken.measured > slot.closes
    closed = SlotState.EARLY if early else SlotState.LATE if late else SlotState.ON_TIME
    return replace(
        slot,
        state=closed,
        reading=taken.uid,
        measured=taken.measured,
        entered=taken.entered,
        minutes=None if slot.due is None else whole_minutes(taken.measured - slot.due),
        reason=taken.slot_reason or taken.reason,
        was_missed=missed,
    )


def _in_the_end(slot: Slot) -> Slot:
    """Return a slot as it stays once the patient has left.

    Nobody is there to be measured for the rest of its window: what is open by then is overdue
    at once, so that a record says the same whenever it is read.
    """
    still_open = slot.state in {SlotState.LATER, SlotState.DUE}
    return replace(slot, state=SlotState.OVERDUE) if still_open else slot


def _open_state(slot: Slot, look_at: dt.datetime) -> SlotState:
    if slot.opens is not None and look_at < slot.opens:
        return SlotState.LATER
    over = slot.closes is not None and (look_at > slot.closes or slot.anchor is Anchor.CLOSING)
    return SlotState.OVERDUE if over else SlotState.DUE
