"""How each field of the REMS worksheet is filled from its session's record, rule by rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from monitor.overview import EventView, ReadingView, SessionOverview, SlotView
from monitor.people import Author
from monitor.protocols.protocol import Anchor
from monitor.rems_form import EFFECTS, PERSON, RULES, RemsForm
from monitor.rems_signs import EffectSeen, effect_seen, told_by
from monitor.units import plain

YES, NO = "yes", "no"
LISTED_MG = (Decimal(56), Decimal(84))
"""The doses that the form names; any other one is "other"."""

LATER = "asked once the answer above is known"


@dataclass(frozen=True, slots=True)
class Answered:
    """What a person said of a field that the record cannot fill."""

    value: str
    by: Author
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found.

    Attributes:
        asks: Whether a person is asked where there is no value.
        applies: Whether the field is asked at all.
    """

    value: str = ""
    source: str = ""
    note: str = ""
    asks: bool = True
    applies: bool = True


ASKED = Found()
_NOT_ASKED = Found(note="does not apply", applies=False)
_LATER = Found(note=LATER, applies=False)


def _only_if(said: str) -> Found:
    """Return how a field stands that is asked only where the answer above is yes."""
    return {YES: ASKED, NO: _NOT_ASKED}.get(said, _LATER)


@dataclass(frozen=True)
class Told:
    """All that the rules look at."""

    seen: SessionOverview
    form: RemsForm
    answers: Mapping[str, Answered]
    earlier: dt.date | None

    @cached_property
    def first(self) -> dt.datetime:
        """Return when the first device was given."""
        return self.seen.devices[0].at

    @cached_property
    def minutes(self) -> int | None:
        """Return whole minutes from the first device to the end, None while there is no end."""
        closed = self.seen.closed_at
        return None if closed is None else (closed - self.first) // dt.timedelta(minutes=1)

    @cached_property
    def effects(self) -> Mapping[str, EffectSeen]:
        """Return what the record says of each effect."""
        return {name: effect_seen(self.seen, self.form.effects[name]) for name in EFFECTS}

    def clock(self, at: dt.datetime) -> str:
        """Return what the clinic's clock showed."""
        return f"{self.seen.local(at):%H:%M}"

    def answer(self, fill: str) -> str:
        """Return what a person said in the field that a rule could not fill."""
        named = [field.id for field in self.form.fields if field.fill == fill]
        return next((self.answers[n].value for n in named if n in self.answers), "")


# --- who and where ----------------------------------------------------------------------------


def _patient(value: Callable[[SessionOverview], str]) -> Callable[[Told], Found]:
    return lambda told: Found(value(told.seen), "patient's record")


def _first_treatment(told: Told) -> Found:
    if told.earlier is not None:
        return Found(NO, f"treatment of {told.earlier.isoformat()} in this record")
    return Found(note="none before it in this record; it may have been elsewhere")


def _enrolled(told: Told) -> Found:
    return _only_if(_first_treatment(told).value or told.answer("first-treatment"))


def _monitor(value: Callable[[Author], str]) -> Callable[[Told], Found]:
    def rule(told: Told) -> Found:
        signed = [each for each in told.seen.signatures if not each.co_signature]
        if not signed:
            return Found(note="nobody has signed yet")
        first = signed[0]
        at = told.seen.local(first.at)
        return Found(value(first.by), f"signed {at:%Y-%m-%d %H:%M}")

    return rule


def _clinic(value: Callable[[SessionOverview], str]) -> Callable[[Told], Found]:
    return lambda told: Found(" ".join(value(told.seen).split()), "clinic's settings")


# --- dose and time ----------------------------------------------------------------------------


def _devices(told: Told) -> str:
    times = ", ".join(told.clock(device.at) for device in told.seen.devices)
    return f"device {times}" if len(told.seen.devices) == 1 else f"devices {times}"


def _treated_on(told: Told) -> Found:
    day = told.seen.local(told.first)
    return Found(f"{day:%m/%d/%Y}", f"device 1 {day:%H:%M}", asks=False)


def _dose(told: Told) -> Found:
    given = sum((device.mg for device in told.seen.devices), Decimal(0))
    words = f"{plain(given)} mg"
    return Found(words if given in LISTED_MG else f"other: {words}", _devices(told), asks=False)


def _lots(told: Told) -> Found:
    lots = dict.fromkeys(device.lot for device in told.seen.devices if device.lot)
    return Found(", ".join(lots), _devices(told), asks=False)


def _minutes(told: Told) -> Found:
    if told.minutes is None or told.seen.closed_at is None:
        return Found(note="the session is open", asks=False)
    source = f"device 1 {told.clock(told.first)} to the end {told.clock(told.seen.closed_at)}"
    least = told.form.minutes_least
    note = "" if told.minutes >= least else f"under {least} minutes"
    return Found(str(told.minutes), source, note, asks=False)


def _ready(told: Told) -> Found:
    if told.minutes is None:
        return _LATER
    return _NOT_ASKED if told.minutes >= told.form.minutes_least else ASKED


# --- blood pressure ---------------------------------------------------------------------------


def _bp(choose: Callable[[Told], SlotView | None]) -> Callable[[Told], Found]:
    def rule(told: Told) -> Found:
        slot = choose(told)
        row = _closing(told, slot)
        if slot is None or row is None or row.reading.bp is None:
            return Found(asks=False)
        return Found(row.reading.bp.text, told_by(told.seen, row), _window(told, slot, row))

    return rule


def _closing(told: Told, slot: SlotView | None) -> ReadingView | None:
    if slot is None or slot.reading is None:
        return None
    return next((row for row in told.seen.readings if row.uid == slot.reading), None)


def _window(told: Told, slot: SlotView, row: ReadingView) -> str:
    """Say when it was really taken, where that is outside the slot's window."""
    early = slot.opens is not None and row.measured < slot.opens
    late = slot.closes is not None and row.measured > slot.closes
    if not (early or late) or slot.due is None:
        return ""
    minutes = abs(row.measured - slot.due) // dt.timedelta(minutes=1)
    which = "before" if row.measured < slot.due else "after"
    return f"outside its window: {minutes} min {which} {told.clock(slot.due)}"


def _before(told: Told) -> SlotView | None:
    return next((s for s in told.seen.slots if s.anchor is Anchor.BASELINE), None)


def _completion(told: Told) -> SlotView | None:
    return next((s for s in told.seen.slots if s.anchor is Anchor.CLOSING), None)


def _forty(told: Told) -> SlotView | None:
    """Return the slot so long after a device, by its due time, else by its name."""
    after = dt.timedelta(minutes=told.form.bp_minutes)
    wanted = {device.at + after for device in told.seen.devices}
    there = [s for s in told.seen.slots if s.anchor not in (Anchor.BASELINE, Anchor.CLOSING)]
    named = (s for s in there if s.name == str(told.form.bp_minutes))
    return next((s for s in there if s.due in wanted), next(named, None))


# --- effects ----------------------------------------------------------------------------------


def _effect(name: str) -> Callable[[Told], Found]:
    def rule(told: Told) -> Found:
        effect = told.effects[name]
        if effect.there is None:
            return Found(note=effect.note)
        open_still = "" if told.answer(f"{name}-resolved") else effect.open_note
        note = "; ".join(filter(None, (effect.note, open_still)))
        return Found(YES if effect.there else NO, effect.source, note)

    return rule


def _of_effect(name: str, part: Callable[[EffectSeen], Found]) -> Callable[[Told], Found]:
    def rule(told: Told) -> Found:
        effect = told.effects[name]
        said = told.answer(name) if effect.there is None else (NO, YES)[effect.there]
        return part(effect) if said == YES else _only_if(said)

    return rule


def _onset(effect: EffectSeen) -> Found:
    return Found(effect.onset, effect.onset_source, effect.onset_note)


def _resolved(effect: EffectSeen) -> Found:
    return Found(effect.resolved, effect.resolved_source, effect.resolved_note)


def _spo2(told: Told) -> Found:
    taken = [row for row in told.seen.readings if row.measured >= told.first]
    lows = [(row.reading.spo2, row) for row in taken if row.reading.spo2 is not None]
    if not lows:
        return Found(asks=False)
    value, row = min(lows, key=lambda low: low[0])
    return Found(str(value), told_by(told.seen, row), asks=False)


# --- serious adverse events -------------------------------------------------------------------


def _serious_events(told: Told) -> list[EventView]:
    return [e for e in told.seen.events if e.serious is not None and e.serious.criteria]


def _event_source(told: Told, events: list[EventView]) -> str:
    return "; ".join(f"event {told.clock(e.at)} by {e.by.name}" for e in events)


def _serious(told: Told) -> Found:
    events = _serious_events(told)
    if not events:
        return Found(note="none recorded; a person says so")
    return Found(YES, _event_source(told, events))


def _of_serious(part: Callable[[EventView], str]) -> Callable[[Told], Found]:
    def rule(told: Told) -> Found:
        events = _serious_events(told)
        if events:
            said = [words for words in dict.fromkeys(map(part, events)) if words]
            return Found("; ".join(said), _event_source(told, events) if said else "")
        return _only_if(told.answer("serious"))

    return rule


def _criteria(event: EventView) -> str:
    return ", ".join(event.serious.criteria) if event.serious else ""


def _description(event: EventView) -> str:
    return (event.serious.description or event.text) if event.serious else ""


def _treated(event: EventView) -> str:
    return event.serious.treated if event.serious else ""


def _effect_rules() -> dict[str, Callable[[Told], Found]]:
    made: dict[str, Callable[[Told], Found]] = {}
    for name in EFFECTS:
        made[name] = _effect(name)
        made[f"{name}-onset"] = _of_effect(name, _onset)
        made[f"{name}-resolved"] = _of_effect(name, _resolved)
        made[f"{name}-treated"] = _of_effect(name, lambda _: ASKED)
    return made


FILLS: Mapping[str, Callable[[Told], Found]] = {
    "patient-given": _patient(lambda seen: seen.patient.given),
    "patient-family": _patient(lambda seen: seen.patient.family),
    "patient-born": _patient(lambda seen: f"{seen.patient.born:%m/%d/%Y}"),
    "patient-sex": _patient(lambda seen: seen.patient.sex.value),
    "first-treatment": _first_treatment,
    "first-enrolled": _enrolled,
    "monitor-name": _monitor(lambda by: by.name),
    "monitor-credential": _monitor(lambda by: by.credential),
    "setting-name": _clinic(lambda seen: seen.clinic.name),
    "setting-address": _clinic(lambda seen: seen.clinic.address),
    "treatment-date": _treated_on,
    "dose": _dose,
    "lots": _lots,
    "minutes": _minutes,
    "ready-minutes": _ready,
    "bp-before": _bp(_before),
    "bp-40": _bp(_forty),
    "bp-completion": _bp(_completion),
    **_effect_rules(),
    "spo2-least": _spo2,
    "serious": _serious,
    "serious-criteria": _of_serious(_criteria),
    "serious-description": _of_serious(_description),
    "serious-treated": _of_serious(_treated),
}
assert set(FILLS) | {PERSON} == set(RULES)  # noqa: S101 - each rule that a form may name is here
