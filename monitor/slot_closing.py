"""Which reading closes which slot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from monitor.protocols.protocol import Anchor
from monitor.slots import MINUTE, NEWEST, Anchors, Course, Slot, TakenReading, in_its_minute

_EARLIEST = dt.datetime.min.replace(tzinfo=dt.UTC)


def due_or_first(slot: Slot) -> dt.datetime:
    """Return when a slot is due; one without a due time comes before all others."""
    return slot.due or _EARLIEST


def closings(
    course: Course,
    slots: Sequence[Slot],
    readings: Sequence[TakenReading],
    look_at: dt.datetime,
) -> dict[str, TakenReading]:
    """Return the reading that closes each slot, by the slot's name.

    What a person named goes first: it is closed as named, whatever else would fit.
    """
    place = {taken.uid: n for n, taken in enumerate(readings)}
    found: dict[str, TakenReading] = {}
    for taken in sorted(readings, key=lambda taken: _named(slots, taken) is None):
        slot = choose(slots, found, taken)
        there = None if slot is None else found.get(slot.name)
        if slot is None:
            continue
        if there is None or _rank(slot, there, place) < _rank(slot, taken, place):
            found[slot.name] = taken
    for slot in slots:
        newest = found.get(slot.name) if slot.anchor in NEWEST else None
        if newest is not None and not _is_fresh(slot, newest, course, look_at):
            del found[slot.name]
    return found


def _rank(slot: Slot, taken: TakenReading, place: Mapping[str, int]) -> tuple[bool, int]:
    """Return what the newest goes by: whatever may be after the start gives way."""
    return not _may_be_after(slot, taken), place[taken.uid]


def _may_be_after(slot: Slot, taken: TakenReading) -> bool:
    """Tell whether a set was typed with the start's own minute once the dose had begun."""
    if slot.anchor is not Anchor.BASELINE or slot.due is None or not taken.in_dose:
        return False
    return in_its_minute(taken.measured, slot.due)


def choose(slots: Sequence[Slot], closed: Collection[str], taken: TakenReading) -> Slot | None:
    """Return the slot that a reading can close; baseline and closing can be closed anew."""
    named = _named(slots, taken)
    if named is not None:
        can = named.anchor in NEWEST or named.name not in closed
        return named if can and taken.is_full(named.required) else None
    return (
        _newest(slots, taken, Anchor.BASELINE)
        or _on_time(slots, closed, taken)
        or _newest(slots, taken, Anchor.CLOSING)
        or _just_passed(slots, closed, taken)
    )


def _named(slots: Sequence[Slot], taken: TakenReading) -> Slot | None:
    """Return the slot that a reading names, if it can be meant: after the start no baseline is."""
    slot = next((slot for slot in slots if slot.name == taken.named_slot), None)
    if slot is None or slot.anchor is not Anchor.BASELINE or slot.due is None:
        return slot
    return None if taken.measured > slot.due else slot


def _holds(slot: Slot, taken: TakenReading) -> bool:
    """Tell whether a slot's window holds a full reading; a bound that is None is open."""
    early = slot.opens is not None and taken.measured < slot.opens
    late = slot.closes is not None and taken.measured > slot.closes
    return not (early or late) and taken.is_full(slot.required)


def _newest(slots: Sequence[Slot], taken: TakenReading, anchor: Anchor) -> Slot | None:
    return next((s for s in slots if s.anchor is anchor and _holds(s, taken)), None)


def _on_time(slots: Sequence[Slot], closed: Collection[str], taken: TakenReading) -> Slot | None:
    """Return the open slot whose window holds the reading: the nearest due, else the earlier."""
    inside = [
        slot
        for slot in slots
        if slot.anchor not in NEWEST and slot.name not in closed and _holds(slot, taken)
    ]
    return min(
        inside, key=lambda s: (abs(taken.measured - due_or_first(s)), due_or_first(s)), default=None
    )


def _just_passed(
    slots: Sequence[Slot], closed: Collection[str], taken: TakenReading
) -> Slot | None:
    """Return the newest slot whose window has opened by then, if it is still open."""
    opened = [
        (slot.opens, due_or_first(slot), slot)
        for slot in slots
        if slot.opens and slot.opens <= taken.measured
    ]
    if not opened:
        return None
    newest = max(opened, key=lambda found: found[:2])[2]
    can = newest.anchor not in NEWEST and newest.name not in closed
    return newest if can and taken.is_full(newest.required) else None


def fresh_until(slot: Slot, course: Course) -> dt.datetime | None:
    """Return until when a set is recent enough to close its slot; None where that is settled."""
    open_still = slot.anchor in NEWEST and _fixed_at(slot, course.anchors) is None
    if slot.measured is None or not open_still:
        return None
    return slot.measured + _age(slot, course)


def _age(slot: Slot, course: Course) -> dt.timedelta:
    """Return how old a baseline or closing set may be when it is settled."""
    return next(rule.before for rule in course.rules if rule.name == slot.name) * MINUTE


def _fixed_at(slot: Slot, anchors: Anchors) -> dt.datetime | None:
    """Return when it is settled which set is the newest; None while a newer one may come."""
    if slot.anchor is Anchor.BASELINE:
        return anchors.start or anchors.closed
    return anchors.closed


def _is_fresh(slot: Slot, taken: TakenReading, course: Course, look_at: dt.datetime) -> bool:
    """Tell whether a baseline or closing set is recent enough, or was named to be it."""
    fixed = _fixed_at(slot, course.anchors)
    if slot.opens is not None and taken.measured < slot.opens:
        return fixed is not None  # only by name: closed early
    return (fixed or look_at) - taken.measured <= _age(slot, course)
