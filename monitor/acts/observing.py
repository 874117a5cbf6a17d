"""What is seen and said at the chair: the entry line, ratings, slots, alerts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from monitor import scales
from monitor.acts.act import Act, Scene
from monitor.acts.events import type_event
from monitor.acts.free_text import plain_or_none, plain_text
from monitor.entries import (
    AlertAcknowledged,
    Draft,
    Measured,
    Rated,
    SlotMissed,
)
from monitor.entry_line import ParsedEvent, ParsedReading, parse_line
from monitor.errors import Code, InputError, RefusedError
from monitor.overview import AlertView
from monitor.schedule import CLOSED, SlotState
from monitor.slot_naming import find_slot, named_slot, wants_reason
from monitor.slots import in_its_minute


def parse(scene: Scene, text: str) -> ParsedReading | ParsedEvent:
    """Read an entry line as this session's protocol and clock understand it."""
    protocol = scene.session.protocol
    return parse_line(
        text, now=scene.now, zone=scene.zone, effects=protocol.effects, drugs=protocol.drugs
    )


def before_leaving(scene: Scene, at: dt.datetime) -> None:
    """Refuse a reading of a patient who had left by then.

    Raises:
        RefusedError: `wrong-phase`.
    """
    closed = scene.session.closed_at
    if closed is not None and at > closed:
        raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeLine(Act):
    """Store what was typed in the entry line: a reading, an event or a note.

    Attributes:
        text: Exactly as typed.
        confirm: What was asked about (a value that is implausible, a baseline typed after the
            start) is right.
    """

    text: str
    confirm: bool = False

    after_closing: ClassVar[bool] = True

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the reading or the event; what it crosses is raised once it is written."""
        parsed = parse(scene, self.text)
        if isinstance(parsed, ParsedEvent):
            return (type_event(self, scene, parsed),)
        at = parsed.measured_at or self.when(scene)
        before_leaving(scene, at)
        slot = named_slot(scene.overview.slots, parsed.slot, at) if parsed.slot else None
        if parsed.implausible and not self.confirm:
            raise InputError(
                Code.IMPLAUSIBLE, parsed.implausible[0].value, asked=parsed.implausible
            )
        if slot is not None and wants_reason(slot, parsed.reading, at):
            self.need_reason(f"slot {slot.name}")
        elif slot is None and not self.confirm:
            self._check_baseline(scene, parsed, at)
        measured = Measured(
            parsed.reading, parsed.slot, parsed.not_taken, parsed.implausible, self.text.strip()
        )
        return (self.draft(scene, measured, at),)

    def _check_baseline(self, scene: Scene, parsed: ParsedReading, at: dt.datetime) -> None:
        """Ask whether a set with the start's own minute was taken before the drug.

        Raises:
            InputError: `implausible`, where it would be the baseline.
        """
        start, required = scene.session.started_at, scene.session.protocol.baseline.required
        full = not parsed.reading.lacks(required) or bool(self.reason.strip())
        if start is None or not full or not in_its_minute(at, start):
            return
        if scene.session.baseline(start) is None:
            raise InputError(Code.IMPLAUSIBLE, "baseline", start=scene.overview.local(start))


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
class MissSlot(Act):
    """Say why an observation was not made."""

    slot: str

    after_closing: ClassVar[bool] = True

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the slot as missed."""
        slot = find_slot(scene.overview.slots, self.slot)
        if slot.state in CLOSED or slot.state is SlotState.MISSED:
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
        action, told = plain_text(self.action, "action"), plain_or_none(self.told, "told")
        said = AlertAcknowledged(alert.uid, action, told)
        return (self.draft(scene, said),)

    def _alert(self, scene: Scene) -> AlertView:
        for alert in reversed(scene.overview.alerts):
            meant = alert.uid == self.alert if self.alert else alert.limit.id == self.limit
            if meant and alert.state == "open":
                return alert
        raise RefusedError(Code.NOTHING_OPEN, what="alert", name=self.limit)
