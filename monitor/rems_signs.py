"""What the timed readings and events of a session say of an effect that the REMS form asks for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.entries import EventKind
from monitor.entry_event import affirms, denies
from monitor.overview import EventView, ReadingView, SessionOverview
from monitor.protocols.protocol import Anchor
from monitor.rems_form import EffectRule
from monitor.vitals import Sign

_WORDS = {
    "sedation": "MOAA/S {}",
    "dissociation": "dissociation {} of 10",
    "spo2": "SpO₂ {} %",
    "resp": "Resp {}",
}


@dataclass(frozen=True, slots=True)
class EffectSeen:
    """What the record says of an effect.

    Attributes:
        there: Whether it was there; None where the record cannot tell.
        source: What says so.
        onset, resolved: As the clock showed it, "10:31"; empty where nothing says it.
        onset_note, resolved_note: Why a person says it.
        note: Why it cannot be told, or what else speaks of it.
        open_note: That nothing says that it was over.
    """

    there: bool | None
    source: str = ""
    onset: str = ""
    onset_source: str = ""
    onset_note: str = ""
    resolved: str = ""
    resolved_source: str = ""
    resolved_note: str = ""
    note: str = ""
    open_note: str = ""


@dataclass(frozen=True, slots=True)
class _Doubt:
    """What makes a person say, rather than the record.

    Attributes:
        maybe: Whether the effect may have been there at that time.
    """

    at: dt.datetime
    words: str
    maybe: bool = True


@dataclass(frozen=True, slots=True)
class _Evidence:
    """All that speaks for one effect in a session.

    Attributes:
        rows: The readings since the first device, by time.
        outside: Those of them with a value that is the effect; none where a person judges values.
        events: Those that say it began since the first device.
        before: Those that say it began before, and that were not over by then.
        doubts: What else speaks of it, by time.
    """

    rows: Sequence[ReadingView]
    outside: Sequence[ReadingView]
    events: Sequence[EventView]
    before: Sequence[EventView]
    doubts: Sequence[_Doubt]


def told_by(seen: SessionOverview, row: ReadingView) -> str:
    """Return what a value of a reading comes from: "reading 10:45 by Nina Kowal"."""
    return f"reading {seen.local(row.measured):%H:%M} by {row.by.name}"


def effect_seen(seen: SessionOverview, rule: EffectRule) -> EffectSeen:
    """Return what a session says of an effect since the first device.

    Args:
        seen: The session; a device was given in it.
        rule: By which values and words the effect is told.
    """
    found = _evidence(seen, rule)
    if found.events or found.outside:
        return _there(seen, rule, found)
    if found.doubts:
        said = "; ".join(doubt.words for doubt in found.doubts)
        return EffectSeen(None, note=f"{said}: a person says what it was")
    return _absent(seen, rule, found.rows)


def _evidence(seen: SessionOverview, rule: EffectRule) -> _Evidence:
    first = seen.devices[0].at
    every = sorted(seen.readings, key=lambda row: row.measured)
    rows = [row for row in every if row.measured >= first]
    spoken = [event for event in seen.events if _speaks_of(event, rule) and _lasts(event, first)]
    sure = [event for event in spoken if _is_effect(event, rule)]
    before = [event for event in sure if event.at < first]
    others = [event for event in spoken if event not in sure]
    doubts = [*_from_before(seen, rule, every), *(_doubt(seen, each) for each in others)]
    doubts += [_Doubt(e.at, f"{_event(seen, e)}, before the dose") for e in before]
    outside = [row for row in rows if _outside(row, rule)]
    if rule.judged:
        doubts += [_Doubt(row.measured, _valued(seen, rule, row)) for row in outside]
    return _Evidence(
        rows=rows,
        outside=() if rule.judged else outside,
        events=[event for event in sure if event.at >= first],
        before=before,
        doubts=sorted(doubts, key=lambda doubt: doubt.at),
    )


def _from_before(
    seen: SessionOverview, rule: EffectRule, rows: Sequence[ReadingView]
) -> list[_Doubt]:
    """Return the last value before the first device, if it speaks for the effect."""
    first = seen.devices[0].at
    rated = [row for row in rows if row.measured < first and _is_rated(row, rule)]
    return [
        _Doubt(row.measured, f"{_valued(seen, rule, row)}, before the dose")
        for row in rated[-1:]
        if _outside(row, rule)
    ]


def _valued(seen: SessionOverview, rule: EffectRule, row: ReadingView) -> str:
    return f"{_said(row, rule)} at {_clock(seen, row.measured)}"


def _doubt(seen: SessionOverview, event: EventView) -> _Doubt:
    return _Doubt(event.at, f"{_event(seen, event)} speaks of it", not denies(event.text))


def _there(seen: SessionOverview, rule: EffectRule, found: _Evidence) -> EffectSeen:
    starts = [(e.at, _event(seen, e)) for e in found.events]
    starts += [(r.measured, f"{told_by(seen, r)}: {_said(r, rule)}") for r in found.outside]
    onset, source = min(starts, key=lambda start: start[0])
    over = _over(seen, rule, found)
    maybe = [doubt for doubt in found.doubts if doubt.maybe]
    earlier = "; ".join(doubt.words for doubt in maybe if doubt.at < onset)
    later = "; ".join(doubt.words for doubt in maybe if over and doubt.at > over[0])
    began = ("", "") if earlier else (_clock(seen, onset), source)
    ended = ("", "") if over is None or later else (_clock(seen, over[0]), over[1])
    return EffectSeen(
        there=True,
        source=source,
        onset=began[0],
        onset_source=began[1],
        onset_note=f"{earlier}: a person says when it began" if earlier else "",
        resolved=ended[0],
        resolved_source=ended[1],
        resolved_note=f"{later}: a person says when it was over" if later else "",
        note="; ".join(doubt.words for doubt in found.doubts),
        open_note="" if over else "nothing says that it was over",
    )


def _over(
    seen: SessionOverview, rule: EffectRule, found: _Evidence
) -> tuple[dt.datetime, str] | None:
    """Return when it was over and what says so: an event's end, else a reading after the last."""
    events = [*found.before, *found.events]
    if any(event.resolved is None for event in events):
        return None
    ends = [(e.resolved, e) for e in events if e.resolved is not None]
    last = max((row.measured for row in found.outside), default=None)
    if ends:
        end, event = max(ends, key=lambda pair: pair[0])
        if last is None or end >= last:
            return end, f"{_event(seen, event)}, its end"
    after = (row for row in found.rows if last is not None and row.measured > last)
    clear = next((row for row in after if _is_whole(row, rule)), None)
    return None if clear is None else (clear.measured, f"{told_by(seen, clear)}, first without")


def _absent(seen: SessionOverview, rule: EffectRule, rows: Sequence[ReadingView]) -> EffectSeen:
    """Say that it was not there, if every slot after the dose was rated and none was outside."""
    by_uid = {row.uid: row for row in rows}
    asked = [slot for slot in seen.slots if slot.anchor is not Anchor.BASELINE]
    closed = [(slot, by_uid.get(slot.reading or "")) for slot in asked]
    rated = [row for _, row in closed if row is not None and _is_whole(row, rule)]
    bare = [slot.name for slot, row in closed if row is None or not _is_whole(row, rule)]
    if bare or not rated:
        where = f" at {', '.join(bare)}" if bare else ""
        return EffectSeen(None, note=f"not rated{where}: a person says")
    times = sorted(row.measured for row in rated)
    first, last = _clock(seen, times[0]), _clock(seen, times[-1])
    return EffectSeen(there=False, source=f"rated at each slot, {first} to {last}")


def _is_effect(event: EventView, rule: EffectRule) -> bool:
    """Tell whether an event is the effect: its word alone, or how bad it was."""
    affirmed = any(affirms(event.text, word) for word in rule.words)
    return event.sort is EventKind.EFFECT and affirmed


def _speaks_of(event: EventView, rule: EffectRule) -> bool:
    """Tell whether an event or a note has a word of the effect, whatever it says of it."""
    described = event.serious.description if event.serious else ""
    said = f"{event.text} {described}".casefold()
    named = (re.search(rf"\b{re.escape(word.casefold())}\b", said) for word in rule.words)
    return event.kind == "event" and any(named)


def _lasts(event: EventView, first: dt.datetime) -> bool:
    """Tell whether it was since the first device, or is a side effect not over by then."""
    still = event.resolved is None or event.resolved > first
    return event.at >= first or (event.sort is EventKind.EFFECT and still)


def _outside(row: ReadingView, rule: EffectRule) -> bool:
    return bool(_values_outside(row, rule))


def _values_outside(row: ReadingView, rule: EffectRule) -> list[tuple[str, int]]:
    found = []
    for sign, least, most in rule.bounds:
        value = row.reading.value(Sign(sign))
        if not isinstance(value, int):
            continue
        if (least is not None and value < least) or (most is not None and value > most):
            found.append((sign, value))
    return found


def _is_rated(row: ReadingView, rule: EffectRule) -> bool:
    return any(row.reading.value(Sign(sign)) is not None for sign, _, _ in rule.bounds)


def _is_whole(row: ReadingView, rule: EffectRule) -> bool:
    """Tell whether every sign of the rule was taken, and none is outside."""
    taken = all(row.reading.value(Sign(sign)) is not None for sign, _, _ in rule.bounds)
    return taken and not _outside(row, rule)


def _said(row: ReadingView, rule: EffectRule) -> str:
    return ", ".join(_WORDS[sign].format(value) for sign, value in _values_outside(row, rule))


def _event(seen: SessionOverview, event: EventView) -> str:
    return f"event {_clock(seen, event.at)} by {event.by.name}"


def _clock(seen: SessionOverview, at: dt.datetime) -> str:
    return f"{seen.local(at):%H:%M}"
