"""What still stands before the next step: set-up, the door, and the gaps before a signature."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.overview import ConditionView, GapView, SessionOverview
from ui.presenters.words import MINUTE, amount, clock, slot_name


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that is waited for; what is met has its evidence beside it.

    Attributes:
        state: "met", "open" or "blocks".
        key: What pressing its button does; empty for no button.
        action: The words on that button.
    """

    state: str
    words: str
    more: str = ""
    key: str = ""
    action: str = ""


def steps(overview: SessionOverview) -> tuple[Need, ...]:
    """Return what comes before the dose, each with what was written."""
    order, weight, local = overview.order, overview.weight, overview.local
    baseline = overview.readings[-1] if overview.readings else None
    worked_out = overview.dose.rate_ml_h is not None or overview.devices_ordered > 0
    made = [
        _step("Order", f"{order.by.name}, {clock(local, order.at)}" if order else ""),
        _step("Weight", f"{weight.kg} kg, {clock(local, weight.at)}" if weight else ""),
        _step("Dose worked out", _dose(overview) if worked_out and order else ""),
        _step("Baseline", f"taken {clock(local, baseline.measured)}" if baseline else ""),
    ]
    return tuple(
        need for need in made if not (overview.devices_ordered and need.words[:4] == "Dose")
    )


def _dose(overview: SessionOverview) -> str:
    dose = overview.dose
    return f"{amount(dose.prepared_mg, 2)} mg, {amount(dose.rate_ml_h)} mL/h"


def _step(words: str, evidence: str) -> Need:
    return Need("met" if evidence else "open", words, evidence or "not yet")


def door_needs(overview: SessionOverview, now: dt.datetime) -> tuple[Need, ...]:
    """Return what the door waits for: what is open first, what is met after it."""
    breathing = [each for each in overview.door if each.code in _BREATHING]
    together = bool(breathing) and all(each.met for each in breathing)
    made = [
        _condition(each, overview, now)
        for each in overview.door
        if not (each.code == "dose-ended" and each.met) and not (together and each in breathing)
    ]
    if together:
        said = [_value(each) for each in breathing if each.evidence]
        made.append(Need("met", "Breathing", ", ".join(reversed(said)) or "none taken"))
    return tuple(sorted(made, key=lambda need: need.state == "met"))


_BREATHING = frozenset({"spo2", "oxygen", "resp"})


def _condition(each: ConditionView, overview: SessionOverview, now: dt.datetime) -> Need:
    if each.code.startswith("time"):
        return _time(each, now)
    words = _CONDITION_WORDS.get(each.code, each.code).format(needed=each.needed)
    at = f" at {clock(overview.local, each.measured)}" if each.measured else ""
    value = _value(each)
    if each.code == "dose-ended":
        return Need("met" if each.met else "open", words, at.removeprefix(" at ") or "not yet")
    if each.met:
        shown = f"{value}{at}" if each.evidence is not None else "none given"
        return Need("met", words, shown)
    if each.evidence is None:
        return Need("open", words, "not taken yet")
    than = f"{each.needed} before" if each.code == "oxygen" else f"needs {each.needed}"
    return Need("open", words, f"{value}{at}, {than}")


def _value(each: ConditionView) -> str:
    """Return the value a condition rests on; oxygen comes in litres, a percentage or as air."""
    evidence = each.evidence or ""
    if each.code == "oxygen":
        return f"O₂ {evidence}" if evidence[:1].isdigit() else evidence
    return _EVIDENCE.get(each.code, "{0}").format(evidence)


def _time(each: ConditionView, now: dt.datetime) -> Need:
    since = "last device" if each.code.endswith("last-device") else "the end"
    words = f"{each.needed} min since {since}"
    met = each.met or (each.opens_at is not None and now >= each.opens_at)
    if each.measured is None:
        return Need("open", words, "the clock has not begun")
    gone = (now - each.measured) // MINUTE
    if met:
        return Need("met", words, f"{gone} min")
    left = int(each.needed) - gone
    return Need("open", words, f"{gone} min now, {left} min to go")


_CONDITION_WORDS = {
    "dose-ended": "Dose ended",
    "sedation": "Sedation at baseline",
    "dissociation": "Dissociation at baseline",
    "spo2": "SpO₂ at least {needed} %",
    "oxygen": "No new oxygen",
    "resp": "Resp at least {needed}",
}
_EVIDENCE = {
    "sedation": "{0}",
    "dissociation": "{0}",
    "spo2": "SpO₂ {0} %",
    "resp": "Resp {0}",
}


def gap_needs(overview: SessionOverview) -> tuple[Need, ...]:
    """Return what stands before a signature; what blocks comes first."""
    return tuple(
        sorted((_gap(gap) for gap in overview.gaps), key=lambda need: _GAP_ORDER[need.state])
    )


_GAP_ORDER = {"blocks": 0, "open": 1, "met": 2}


def _gap(gap: GapView) -> Need:
    words = gap_words(gap)
    if gap.explained:
        return Need("met", words, gap.explanation)
    key, action = f"explain:{gap.code}:{gap.about}", "Explain"
    if gap.code == "slot-overdue":
        key = f"miss:{gap.about}"
    elif gap.code == "alert-open":
        key = f"acknowledge:{gap.about}"
    elif gap.code == "event-open":
        key, action = f"resolve:{gap.about}", "Over"
    more = "blocks the signature" if gap.blocks else "may stay"
    return Need("blocks" if gap.blocks else "open", words, more, key, action)


def gap_words(gap: GapView) -> str:
    """Return a gap in words: "Vitals 30 overdue", "Alert A2 not seen"."""
    about = slot_name(gap.about) if gap.code.startswith("slot") else gap.about
    return _GAP_WORDS.get(gap.code, gap.code + " {0}").format(about).strip()


_GAP_WORDS = {
    "slot-overdue": "{0} overdue",
    "slot-late": "{0} late",
    "slot-early": "{0} early",
    "slot-missed": "{0} missed",
    "alert-open": "Alert {0} not acknowledged",
    "event-open": "Event {0} not resolved",
    "overrun": "The pump ran past what was prepared",
    "dose-open": "The dose was not ended before the patient left",
    "rating-incomplete": "{0} not complete",
}
