"""Planned observations: which there are, by the protocol's rules and what the dose has fixed."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from monitor.protocols.protocol import Anchor, SlotRule
from monitor.vitals import FULL_SET, Reading, Sign

MINUTE = dt.timedelta(minutes=1)

NEWEST = frozenset({Anchor.BASELINE, Anchor.CLOSING})
"""Closed by the newest full set in their window; an earlier one never fixes them."""


class SlotState(enum.StrEnum):
    """Where a planned observation stands."""

    LATER = "later"
    DUE = "due"
    OVERDUE = "overdue"
    EARLY = "early"
    ON_TIME = "on time"
    LATE = "late"
    MISSED = "missed"


CLOSED = frozenset({SlotState.EARLY, SlotState.ON_TIME, SlotState.LATE})
"""The states of a slot that a reading has closed."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A planned observation and where it stands.

    Attributes:
        due: None while its anchor does not exist (baseline: before the start).
        opens, closes: The window's bounds, both included, where it has them.
        reading: The uid of the reading that closed it.
        minutes: From the due time to the measurement, negative where it was before; None
            unless closed. Whole minutes, seconds dropped towards the due time.
        reason: Why it was missed, or why it was closed outside its window.
        was_missed: Why it was once given as missed, though a reading came after all.
        required: The signs that a reading must hold to close it.
        waits: A pause that goes on puts it off: until the pump runs it cannot fall due, and its
            times are those that it would have if it ran again at once.
    """

    name: str
    anchor: Anchor
    due: dt.datetime | None
    opens: dt.datetime | None
    closes: dt.datetime | None
    state: SlotState
    reading: str | None
    measured: dt.datetime | None
    entered: dt.datetime | None
    minutes: int | None
    reason: str = ""
    was_missed: str = ""
    required: frozenset[Sign] = FULL_SET
    waits: bool = False


@dataclass(frozen=True, slots=True)
class TakenReading:
    """A reading that stands, as the grid sees it.

    Attributes:
        reason: Given for missing signs, or for a slot named outside its window.
        slot_reason: Why it is for the slot that it closes now, where it was amended to be.
        named_slot: The slot that the user named, or empty.
        in_dose: Whether it was first entered once the first drug was in the record.
    """

    uid: str
    measured: dt.datetime
    entered: dt.datetime
    reading: Reading
    reason: str = ""
    named_slot: str = ""
    in_dose: bool = False
    slot_reason: str = ""

    def is_full(self, required: frozenset[Sign]) -> bool:
        """Tell whether it holds every required sign, or a reason for those that are missing."""
        if self.reading.is_empty():
            return False
        return not self.reading.lacks(required) or bool(self.reason)


@dataclass(frozen=True, slots=True)
class Missed:
    """A slot that was given as missed, and why."""

    slot: str
    reason: str


@dataclass(frozen=True, slots=True)
class Anchors:
    """What the dose has fixed so far; None is "not yet".

    Attributes:
        start: When the first drug was given.
        end: When the infusion ended.
        last_device: When the last device was given; it counts only once `dose_complete`.
        dose_complete: All ordered devices are given, or dosing was ended with a reason.
        closed: When the patient left, or the session was cancelled.
        left_home: The patient left for home (not transferred, not against advice).
        start_reason: The reason given at the start; where there was no baseline, it is why.
        start_entered: When the start was written, if not at once.
    """

    start: dt.datetime | None = None
    end: dt.datetime | None = None
    last_device: dt.datetime | None = None
    dose_complete: bool = False
    closed: dt.datetime | None = None
    left_home: bool = False
    start_reason: str = ""
    start_entered: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which the pump stood still; without an end it goes on."""

    begin: dt.datetime
    end: dt.datetime | None = None

    def lasts(self, look_at: dt.datetime) -> dt.timedelta:
        """Return how long it has lasted by then."""
        return max(min(self.end or look_at, look_at) - self.begin, dt.timedelta())


@dataclass(frozen=True, slots=True)
class Course:
    """What of a record the grid follows from.

    Attributes:
        pauses: Those that move slots, in order of time; none where the protocol has none moved.
        repeat_minutes: While a dose goes on past the last slot from the start, the series
            goes on at this distance; 0 where it does not.
        readings: Those not amended away, in order of entry.
    """

    rules: tuple[SlotRule, ...]
    repeat_minutes: int
    anchors: Anchors
    readings: tuple[TakenReading, ...] = ()
    missed: tuple[Missed, ...] = ()
    pauses: tuple[Pause, ...] = ()


def whole_minutes(span: dt.timedelta) -> int:
    """Return whole minutes, seconds dropped towards zero.

    Example:
        >>> whole_minutes(dt.timedelta(seconds=-90)), whole_minutes(dt.timedelta(seconds=90))
        (-1, 1)
    """
    return span // MINUTE if span >= dt.timedelta() else -(-span // MINUTE)


def in_its_minute(measured: dt.datetime, start: dt.datetime) -> bool:
    """Tell whether a time that is not after the start names the start's own minute.

    Typed once the dose has begun it cannot tell before from after.
    """
    return start.replace(second=0, microsecond=0) <= measured <= start


def is_past_its_minute(measured: dt.datetime, end: dt.datetime) -> bool:
    """Tell whether a time is after the end, and in a later minute.

    What was taken in the end's own minute cannot be told from what was taken before it.
    """
    return measured >= end.replace(second=0, microsecond=0) + MINUTE and measured > end


def planned(course: Course, look_at: dt.datetime) -> Iterator[Slot]:
    """Yield the slots that exist, as if none were closed, in the protocol's order."""
    last = _last_from_start(course)
    for rule in course.rules:
        slot = _slot(rule, course, look_at)
        if slot is not None and _exists(slot, course.anchors):
            yield slot
        if rule is last:
            coming = _series(rule, course, look_at)
            yield from (s for _, s in takewhile(lambda each: each[0] <= look_at, coming))


def series_opens(course: Course, look_at: dt.datetime) -> dt.datetime | None:
    """Return when the next slot by which the series goes on will be there.

    None where the series is over, and while a pause goes on that puts it off.
    """
    last = _last_from_start(course)
    if last is None or course.anchors.end is not None or course.anchors.closed is not None:
        return None
    coming = (each for each in _series(last, course, look_at) if each[0] > look_at)
    opens, slot = next(coming, (None, None))
    return None if slot is None or slot.waits else opens


def _last_from_start(course: Course) -> SlotRule | None:
    from_start = (rule for rule in course.rules if rule.anchor is Anchor.START)
    return max(from_start, key=lambda rule: rule.minutes, default=None)


def _series(
    last: SlotRule, course: Course, look_at: dt.datetime
) -> Iterator[tuple[dt.datetime, Slot]]:
    """Yield when each slot by which the series goes on opens, and it; without end if need be."""
    minutes = last.minutes
    while course.repeat_minutes > 0:
        minutes += course.repeat_minutes
        slot = _slot(replace(last, name=str(minutes), minutes=minutes), course, look_at)
        if slot is None or slot.opens is None or not _exists(slot, course.anchors):
            return
        yield slot.opens, slot


def _put_off(
    due: dt.datetime, rule: SlotRule, course: Course, look_at: dt.datetime
) -> tuple[dt.datetime, bool]:
    """Return a due time as late as pauses before its window make it, and whether one goes on."""
    waits = False
    for pause in course.pauses if rule.anchor is Anchor.START else ():
        if due - rule.before * MINUTE > pause.begin:
            due, waits = due + pause.lasts(look_at), pause.end is None
    return due, waits


def _slot(rule: SlotRule, course: Course, look_at: dt.datetime) -> Slot | None:
    """Return a rule's slot, not yet closed; None while its anchor does not exist."""
    anchors = course.anchors
    complete = anchors.last_device if anchors.dose_complete else None
    since = {
        Anchor.BASELINE: anchors.start,
        Anchor.START: anchors.start,
        Anchor.END: anchors.end,
        Anchor.LAST_DEVICE: complete,
        Anchor.CLOSING: complete,
    }[rule.anchor]
    if since is None and rule.anchor is not Anchor.BASELINE:
        return None
    due = opens = closes = None
    waits = False
    if since is not None:
        due, waits = _put_off(since + rule.minutes * MINUTE, rule, course, look_at)
        opens = due if rule.anchor is Anchor.CLOSING else due - rule.before * MINUTE
        closes = anchors.closed if rule.anchor is Anchor.CLOSING else due + rule.after * MINUTE
    return Slot(
        rule.name,
        rule.anchor,
        due,
        opens,
        closes,
        *(SlotState.LATER, None, None, None, None),
        required=rule.required,
        waits=waits,
    )


def _exists(slot: Slot, anchors: Anchors) -> bool:
    """Tell whether a slot's window opened before what it waits for was over."""
    if slot.opens is None or slot.anchor is Anchor.BASELINE:
        return True
    if slot.anchor is Anchor.START and anchors.end is not None and slot.opens >= anchors.end:
        return False
    return anchors.closed is None or slot.opens <= anchors.closed
