"""The due grid once more: slowly, in plain minutes, straight from the words of its rules.

Nothing here may come from the program: its only worth is that it was written without looking.
Where the words leave something open, it says here how they were read:

- A name goes before all else, and a reading that names a slot which is there is for that slot or
  for none; the first to name it has it. A name that is not there leaves the reading to its time.
- A reading of the very instant of the start lies before it.
- One of the start's own minute, entered once the dose had begun, is the baseline where no other is.
- From the minute in which `closing` can be measured, it is the newest slot that has opened.
- Closing vitals are asked of those who go home; who is transferred is not discharged.
- Who has left cannot be measured any more: what is open by then is overdue, whenever one looks.
- Where pauses move slots, a pause that goes on moves what waits for it for as long as one looks.
- Minutes early or late are whole minutes that have passed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Minute = float
"""Minutes since some midnight, in quarters of one, so that no sum is rounded."""

FULL = frozenset(("bp", "heart_rate", "spo2", "resp"))


@dataclass(frozen=True, slots=True)
class Rule:
    """A planned observation: anchor, minutes from it, window before and after, signs."""

    name: str
    anchor: str
    minutes: int = 0
    before: int = 0
    after: int = 0
    required: frozenset[str] = FULL


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody measured, and when.

    Attributes:
        id: Readings are numbered as they were entered.
        signs: What it holds, a reason for a missing sign counting as the sign.
        named: The slot that the user named.
        in_dose: Whether the first drug had been entered by then.
    """

    id: int
    at: Minute
    signs: frozenset[str] = FULL
    named: str = ""
    in_dose: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """All that a grid follows from.

    Attributes:
        repeat: The series goes on at this distance; 0 where it does not.
        readings: Those not amended away.
        last_device: Where the anchor of that name lies, once all devices are given.
        left: When the patient left; `home` tells whether for home.
        look: The moment for which the states are told.
        missed: Slots with a reason why they were missed.
        pauses: (begin, end or None) of those that move slots, in order of time.
    """

    rules: Sequence[Rule]
    repeat: int
    readings: Sequence[Reading]
    look: Minute
    start: Minute | None = None
    end: Minute | None = None
    last_device: Minute | None = None
    left: Minute | None = None
    home: bool = True
    missed: frozenset[str] = frozenset()
    pauses: Sequence[tuple[Minute, Minute | None]] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """How a slot stands.

    Attributes:
        due: None for a baseline before the start.
        off: Minutes from its due time to the reading; None while it is open.
        by: The reading that closed it.
    """

    due: Minute | None
    state: str
    off: int | None = None
    by: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """What the rules say of a course: each slot, and the readings that closed none."""

    slots: Mapping[str, Told]
    extra: Sequence[int]


@dataclass(slots=True)
class _Slot:
    """A slot with its times, and the reading that closed it."""

    rule: Rule
    due: Minute
    by: Reading | None = None

    @property
    def opens(self) -> Minute:
        return self.due - self.rule.before

    @property
    def closes(self) -> Minute:
        return self.due + self.rule.after

    def holds(self, at: Minute) -> bool:
        return self.opens <= at <= self.closes

    def takes(self, reading: Reading) -> bool:
        return self.by is None and reading.signs >= self.rule.required


class _Sorting:
    """Goes through a course's readings, and finds for each where it belongs."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.slots = list(_timed(course))
        self.readings = sorted(
            (one for one in course.readings if one.at <= course.look),
            key=lambda one: (one.at, one.id),
        )
        self.closing_opens = _closing_opens(course)
        self.used: set[int] = set()

    def grid(self) -> Grid:
        """Return what comes of it."""
        self._close_what_was_named()
        told = {**self._baseline(), **self._closing()}
        for reading in self.readings:
            if reading.id not in self.used and not self._is_meant_for_another(reading):
                self._close_by_time(reading)
        told.update({slot.rule.name: self._standing(slot) for slot in self.slots})
        return Grid(told, [one.id for one in self.readings if one.id not in self.used])

    def _close_what_was_named(self) -> None:
        for reading in self.readings:
            for slot in self.slots:
                if slot.rule.name == reading.named and slot.takes(reading):
                    self._close(slot, reading)

    def _close(self, slot: _Slot, reading: Reading) -> None:
        slot.by = reading
        self.used.add(reading.id)

    def _is_meant_for_another(self, reading: Reading) -> bool:
        """Tell whether a reading names a slot that is there, or comes before all but one."""
        course = self.course
        if course.start is None or reading.at <= course.start:
            return True
        there = {slot.rule.name for slot in self.slots}
        if self.closing_opens is not None:
            there.add("closing")
        return reading.named in there

    def _close_by_time(self, reading: Reading) -> None:
        within = [slot for slot in self.slots if slot.holds(reading.at) and slot.takes(reading)]
        if within:
            nearest = min(within, key=lambda slot: (abs(reading.at - slot.due), slot.due))
            self._close(nearest, reading)
            return
        if self.closing_opens is not None and reading.at >= self.closing_opens:
            return
        opened = [slot for slot in self.slots if slot.opens <= reading.at]
        newest = max(opened, key=lambda slot: (slot.opens, slot.due), default=None)
        if newest is not None and newest.takes(reading):
            self._close(newest, reading)

    def _standing(self, slot: _Slot) -> Told:
        if slot.by is None:
            return Told(slot.due, self._open(slot.rule.name, slot.opens, slot.closes))
        off = slot.by.at - slot.due
        state = "on time" if slot.holds(slot.by.at) else "early" if off < 0 else "late"
        return Told(slot.due, state, int(off), slot.by.id)

    def _open(self, name: str, opens: Minute, closes: Minute) -> str:
        if name in self.course.missed:
            return "missed"
        if self.course.left is not None:
            return "overdue"
        if self.course.look < opens:
            return "later"
        return "due" if self.course.look <= closes else "overdue"

    def _baseline(self) -> dict[str, Told]:
        """Return the baseline: the newest full set before the start, if it is young enough.

        While there is no start, it could be now. By name it may be older than its window.
        """
        rule = _rule(self.course, "baseline")
        if rule is None:
            return {}
        start = self.course.start
        before = self.course.look if start is None else start
        elsewhere = {slot.rule.name for slot in self.slots}
        able = [
            one
            for one in self.readings
            if one.at <= before
            and one.signs >= rule.required
            and one.named not in elsewhere
            and (one.at >= before - rule.before or (start is not None and one.named == rule.name))
        ]
        if not able:
            state = self._open(rule.name, before - rule.before, before)
            return {rule.name: Told(start, state)}
        sure = [one for one in able if start is None or not one.in_dose or one.at < start // 1]
        newest = (sure or able)[-1]
        self.used.add(newest.id)
        state = "on time" if newest.at >= before - rule.before else "early"
        return {rule.name: Told(start, state, _whole(newest.at, start), newest.id)}

    def _closing(self) -> dict[str, Told]:
        """Return the closing vitals: of who has not left yet, as if they left now."""
        rule, opens, course = _rule(self.course, "closing"), self.closing_opens, self.course
        if rule is None or opens is None:
            return {}
        leaves = course.look if course.left is None else course.left
        elsewhere = {slot.rule.name for slot in self.slots}
        able = [
            one
            for one in self.readings
            if opens <= one.at <= leaves
            and one.at >= leaves - rule.before
            and one.signs >= rule.required
            and one.named not in elsewhere
        ]
        if able:
            newest = able[-1]
            self.used.add(newest.id)
            return {rule.name: Told(opens, "on time", _whole(newest.at, opens), newest.id)}
        if rule.name in course.missed:
            return {rule.name: Told(opens, "missed")}
        if course.left is not None:
            return {rule.name: Told(opens, "overdue")} if course.home else {}
        return {rule.name: Told(opens, "later" if course.look < opens else "due")}


def grid(course: Course) -> Grid:
    """Tell how each slot of a course stands, and which readings are extra."""
    return _Sorting(course).grid()


def clocks(course: Course) -> tuple[int | None, int | None]:
    """Return minutes, rounded down, since the first device and since the last one.

    They stand still once the patient has left; the second exists once all devices are given.
    """
    at = course.look if course.left is None else course.left
    first, last = course.start, course.last_device
    return _minutes_since(first, at), _minutes_since(last, at)


def _minutes_since(begin: Minute | None, at: Minute) -> int | None:
    return None if begin is None else int(max(at - begin, 0))


def _whole(at: Minute, due: Minute | None) -> int | None:
    return None if due is None else int(at - due)


def _rule(course: Course, anchor: str) -> Rule | None:
    return next((rule for rule in course.rules if rule.anchor == anchor), None)


def _closing_opens(course: Course) -> Minute | None:
    """Return when `closing` opens; None where it does not, or only after the patient left."""
    rule = _rule(course, "closing")
    if rule is None or course.last_device is None:
        return None
    opens = course.last_device + rule.minutes
    return None if course.left is not None and opens > course.left else opens


def _timed(course: Course) -> Iterator[_Slot]:
    """Yield the slots that exist, those that fell away left out."""
    anchors = {"start": course.start, "end": course.end, "last device": course.last_device}
    every = (*course.rules, *_series(course))
    for rule in sorted(every, key=lambda rule: (rule.anchor != "start", rule.minutes)):
        anchor = anchors.get(rule.anchor)
        if anchor is None:
            continue
        slot = _Slot(rule, anchor + rule.minutes + _waited(rule, course))
        if rule.anchor == "start" and course.end is not None and slot.opens >= course.end:
            continue
        if course.left is None or slot.opens <= course.left:
            yield slot


def _series(course: Course) -> Iterator[Rule]:
    """Yield how the series goes on past the last listed slot, as far as has appeared."""
    listed = [rule for rule in course.rules if rule.anchor == "start"]
    if course.start is None or not course.repeat or not listed:
        return
    last = max(listed, key=lambda rule: rule.minutes)
    minutes = last.minutes
    while True:
        minutes += course.repeat
        rule = Rule(str(minutes), "start", minutes, last.before, last.after, last.required)
        if course.start + minutes - last.before + _waited(rule, course) > course.look:
            return
        yield rule


def _waited(rule: Rule, course: Course) -> Minute:
    """Return for how long pauses have put a slot off: each by which it had not opened yet."""
    waited: Minute = 0
    if rule.anchor == "start" and course.start is not None:
        opens = course.start + rule.minutes - rule.before
        for begin, end in course.pauses:
            over = course.look if end is None else min(end, course.look)
            if opens + waited > begin and over > begin:
                waited += over - begin
    return waited
