"""What is seen and said at the chair: the entry line, ratings, events, slots, alerts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from monitor import scales
from monitor.acts.act import Act, Scene
from monitor.alerts import crossed
from monitor.entries import (
    AlertAcknowledged,
    AlertRaised,
    Draft,
    EventKind,
    EventNoted,
    EventResolved,
    Measured,
    Rated,
    SlotMissed,
)
from monitor.entry_line import ParsedEvent, ParsedReading, parse_line
from monitor.errors import Code, InputError, NotFoundError, RefusedError
from monitor.overview import AlertView, SlotView
from monitor.schedule import SlotState
from monitor.vitals import Reading

LONGEST_TEXT = 10_000
"""Characters of a note: more is refused, not cut."""


def plain_text(text: str, field: str) -> str:
    """Return *text* without blanks around it.

    Raises:
        InputError: `empty`, `too-much` characters, or `not-understood` where it holds
            control characters or directional marks that would change how others read it.
    """
    text = text.strip()
    if not text:
        raise InputError(Code.EMPTY, field)
    if len(text) > LONGEST_TEXT:
        raise InputError(Code.TOO_MUCH, field, most=LONGEST_TEXT, unit="characters")
    if any(not char.isprintable() and char != "\n" for char in text):
        raise InputError(Code.NOT_UNDERSTOOD, field, token=ascii(text)[:40])
    return text


def parse(scene: Scene, text: str) -> ParsedReading | ParsedEvent:
    """Read an entry line as this session's protocol and clock understand it."""
    protocol = scene.session.protocol
    return parse_line(
        text, now=scene.now, zone=scene.zone, effects=protocol.effects, drugs=protocol.drugs
    )


def alerts_of(scene: Scene, reading: Reading, uid: str, at: dt.datetime) -> tuple[Draft, ...]:
    """Return the alerts that a reading raises by the protocol's limits."""
    return tuple(
        Draft(AlertRaised(limit.id, uid, value), at, scene.new_uid())
        for limit, value in crossed(scene.session.protocol.limits, reading)
    )


def slot_named(scene: Scene, name: str) -> SlotView:
    """Return the slot of that name.

    Raises:
        InputError: `not-understood` where there is none.
    """
    slot = next((slot for slot in scene.overview.slots if slot.name == name), None)
    if slot is None:
        raise InputError(
            Code.NOT_UNDERSTOOD,
            "slot",
            token=name,
            allowed=tuple(slot.name for slot in scene.overview.slots),
        )
    return slot


CLOSED_SLOT = frozenset({SlotState.EARLY, SlotState.ON_TIME, SlotState.LATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeLine(Act):
    """Store what was typed in the entry line: a reading, an event or a note.

    Attributes:
        text: Exactly as typed.
        confirm: The implausible value that was asked about is right.
    """

    text: str
    confirm: bool = False

    after_closing: ClassVar[bool] = True

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the reading with the alerts that it raises, or the event."""
        parsed = parse(scene, self.text)
        if isinstance(parsed, ParsedEvent):
            text = plain_text(parsed.text, "text")
            return (self.draft(scene, EventNoted(text, parsed.sort), parsed.at),)
        at = parsed.measured_at or self.when(scene)
        self._check_time(scene, at)
        if parsed.implausible and not self.confirm:
            raise InputError(
                Code.IMPLAUSIBLE, parsed.implausible[0].value, asked=parsed.implausible
            )
        if parsed.slot:
            self._check_slot(scene, parsed, at)
        measured = Measured(
            parsed.reading, parsed.slot, parsed.not_taken, parsed.implausible, self.text.strip()
        )
        draft = self.draft(scene, measured, at)
        return (draft, *alerts_of(scene, parsed.reading, draft.uid, at))

    def _check_time(self, scene: Scene, at: dt.datetime) -> None:
        closed = scene.session.closed_at
        if closed is not None and at > closed:
            raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)

    def _check_slot(self, scene: Scene, parsed: ParsedReading, at: dt.datetime) -> None:
        slot = slot_named(scene, parsed.slot)
        if slot.state in CLOSED_SLOT:
            raise RefusedError(Code.SLOT_CLOSED, slot=slot.name)
        started = scene.session.started_at
        if slot.name == scene.session.protocol.baseline.name and started and at > started:
            raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)
        outside = slot.opens and slot.closes and not slot.opens <= at <= slot.closes
        if outside or parsed.reading.lacks(slot.required):
            self.need_reason(f"slot {slot.name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Act):
    """Answer a rating scale; None is an item left open, and then there is no total."""

    scale: str
    answers: tuple[int | None, ...]

    after_closing: ClassVar[bool] = True

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the answers."""
        scale = scales.get(self.scale)
        scales.check_answers(scale, self.answers)
        return (self.draft(scene, Rated(scale.id, scale.version, self.answers)),)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEvent(Act):
    """Note what happened, what was given as an event, who was told, or a remark."""

    text: str
    sort: EventKind | None = None

    after_closing: ClassVar[bool] = True

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the event."""
        text = plain_text(self.text, "text")
        return (self.draft(scene, EventNoted(text, self.sort or self._sort(scene, text))),)

    def _sort(self, scene: Scene, text: str) -> EventKind:
        first = text.split(maxsplit=1)[0].casefold()
        if first == "told":
            return EventKind.TOLD
        drugs = {name.casefold() for name in scene.session.protocol.drugs}
        return EventKind.DRUG if first in drugs else EventKind.EFFECT


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveEvent(Act):
    """Say that an event is over."""

    event: str

    after_closing: ClassVar[bool] = True

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the resolution."""
        kept = scene.session.find(self.event)
        if kept is None or not isinstance(kept.what, EventNoted):
            raise NotFoundError("event")
        done = {resolved.what.event for resolved in scene.session.all(EventResolved)}
        if kept.uid in done:
            raise RefusedError(Code.NOTHING_OPEN, what="event")
        return (self.draft(scene, EventResolved(kept.uid)),)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissSlot(Act):
    """Say why an observation was not made."""

    slot: str

    after_closing: ClassVar[bool] = True

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the slot as missed."""
        slot = slot_named(scene, self.slot)
        if slot.state in CLOSED_SLOT or slot.state is SlotState.MISSED:
            raise RefusedError(Code.SLOT_CLOSED, slot=slot.name)
        if slot.state is SlotState.LATER:
            after = scene.overview.local(slot.opens) if slot.opens else None
            raise RefusedError(Code.TOO_EARLY, slot=slot.name, after=after)
        self.need_reason(f"slot {slot.name}")
        return (self.draft(scene, SlotMissed(slot.name)),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge(Act):
    """Say that an alert was seen, what was done, and who was told.

    Attributes:
        limit: The id of its limit; the newest open alert of it is meant.
        alert: The uid of the very alert, where it is known.
    """

    action: str
    limit: str = ""
    alert: str = ""
    told: str = ""

    after_closing: ClassVar[bool] = True

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the acknowledgement."""
        if not self.action.strip():
            raise InputError(Code.REASON_MISSING, "action", why="alert")
        alert = self._alert(scene)
        said = AlertAcknowledged(alert.uid, plain_text(self.action, "action"), self.told.strip())
        return (self.draft(scene, said),)

    def _alert(self, scene: Scene) -> AlertView:
        for alert in reversed(scene.overview.alerts):
            meant = alert.uid == self.alert if self.alert else alert.limit.id == self.limit
            if meant and alert.state == "open":
                return alert
        raise RefusedError(Code.NOTHING_OPEN, what="alert", name=self.limit)
