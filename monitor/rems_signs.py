"""What the timed readings and events of a session say of an effect that the REMS form asks for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.entries import EventKind
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
        note: Why it cannot be told, or what is still open.
    """

    there: bool | None
    source: str = ""
    onset: str = ""
    onset_source: str = ""
    resolved: str = ""
    resolved_source: str = ""
    note: str = ""


def told_by(seen: SessionOverview, row: ReadingView) -> str:
    """Return what a value of a reading comes from: "reading 10:45 by Nina Kowal"."""
    return f"reading {seen.local(row.measured):%H:%M} by {row.by.name}"


def effect_seen(seen: SessionOverview, rule: EffectRule) -> EffectSeen:
    """Return what a session says of an effect since the first device.

    Args:
        seen: The session; a device was given in it.
        rule: By which values and words the effect is told.
    """
    first = seen.devices[0].at
    rows = sorted((r for r in seen.readings if r.measured >= first), key=lambda r: r.measured)
    events = [e for e in seen.events if e.at >= first and _names(e, rule)]
    outside = [row for row in rows if _outside(row, rule)]
    if events or (outside and not rule.judged):
        return _there(seen, rule, rows, outside, events)
    if outside:
        said = ", ".join(f"{_said(row, rule)} at {_clock(seen, row.measured)}" for row in outside)
        return EffectSeen(None, note=f"{said}: a person says what it was")
    return _absent(seen, rule, rows)


def _there(
    seen: SessionOverview,
    rule: EffectRule,
    rows: Sequence[ReadingView],
    outside: Sequence[ReadingView],
    events: Sequence[EventView],
) -> EffectSeen:
    starts = [(e.at, _event(seen, e)) for e in events]
    starts += [(row.measured, f"{told_by(seen, row)}: {_said(row, rule)}") for row in outside]
    onset, source = min(starts, key=lambda start: start[0])
    over = _over(seen, rule, rows, outside, events)
    resolved, resolved_source = ("", "") if over is None else (_clock(seen, over[0]), over[1])
    note = "" if resolved else "nothing says that it was over"
    return EffectSeen(
        there=True,
        source=source,
        onset=_clock(seen, onset),
        onset_source=source,
        resolved=resolved,
        resolved_source=resolved_source,
        note=note,
    )


def _over(
    seen: SessionOverview,
    rule: EffectRule,
    rows: Sequence[ReadingView],
    outside: Sequence[ReadingView],
    events: Sequence[EventView],
) -> tuple[dt.datetime, str] | None:
    """Return when it was over and what says so: an event's end, else a reading after the last."""
    if any(event.resolved is None for event in events):
        return None
    ends = [(e.resolved, e) for e in events if e.resolved is not None]
    last = max((row.measured for row in outside), default=None)
    if ends:
        end, event = max(ends, key=lambda pair: pair[0])
        if last is None or end >= last:
            return end, f"{_event(seen, event)}, its end"
    after = (row for row in rows if last is not None and row.measured > last)
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


def _names(event: EventView, rule: EffectRule) -> bool:
    """Tell whether an event is the effect; one that says it was not there is none."""
    if event.kind != "event" or event.sort is not EventKind.EFFECT:
        return False
    text = event.text.casefold()
    return any(
        re.search(rf"(?<!\bno )(?<!\bnot )(?<!\bwithout )\b{re.escape(word.casefold())}\b", text)
        for word in rule.words
    )


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
