"""What still stands before the next step: set-up, the door, and the gaps before a signature."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from monitor.dose_view import CheckView, OverrideView, PreparationView
from monitor.newest_set import newest_set
from monitor.overview import ConditionView, GapView, SessionOverview
from monitor.protocols.protocol import Anchor, Form, SecondPerson, Way
from monitor.slots import is_past_its_minute
from monitor.units import plain
from monitor.vitals import BloodPressure, Sign
from ui.presenters.event_questions import event_words
from ui.presenters.words import (
    MINUTE,
    SIGN_NAMES,
    amount,
    clock,
    figure_name,
    number,
    slot_name,
)
from ui.wording.fields import UNMET


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that is waited for; what is met has its evidence beside it.

    Attributes:
        state: "met", "open", "blocks" or "warned": done, and conspicuous for ever.
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
    made = [_step("Order", f"{order.by.name}, {clock(local, order.at)}" if order else "")]
    if _by_weight(overview):
        made.append(_step("Weight", f"{weight.kg} kg, {clock(local, weight.at)}" if weight else ""))
    if overview.way is not Way.DEVICES:
        made.append(_step("Dose", _dose(overview)))
    if overview.second_person is not SecondPerson.NONE:
        made.append(_check(overview))
    if overview.way is not Way.DEVICES and _names_vials(overview):
        made.append(_step("Prepared", _prepared(overview.dose.preparations)))
    made.append(_baseline(overview))
    if overview.hold is not None:
        made.insert(0, _hold(overview, *overview.hold))  # it is never below the fold
    return tuple(made)


def _names_vials(overview: SessionOverview) -> bool:
    """Tell whether the protocol says what is opened; the first version's texts do not."""
    return any(each.vials_ml or each.form is not Form.SOLUTION for each in overview.products)


def _by_weight(overview: SessionOverview) -> bool:
    """Tell whether the dose goes by weight, as far as that is known yet."""
    if overview.way in (Way.PUMP, Way.PUSH) or overview.weight:
        return True
    return overview.order is not None and overview.order.per_kg_mg is not None


def _dose(overview: SessionOverview) -> str:
    dose = overview.dose
    if dose.calculated_mg is None or overview.order is None:
        return ""
    mg = f"{amount(dose.prepared_mg or dose.calculated_mg, 2)} mg"
    if overview.way is Way.PUMP:
        return f"{mg}, {amount(dose.rate_ml_h)} mL/h" if dose.rate_ml_h is not None else ""
    if dose.drawn_ml is not None:
        return f"{mg}, {amount(dose.drawn_ml, 2)} mL"
    return f"{mg}, {pieces(dose.pieces)}" if dose.pieces is not None else mg


def pieces(count: Decimal) -> str:
    """Return how many pieces: "1 piece", "1.5 pieces"."""
    return f"{plain(count)} {'piece' if count == 1 else 'pieces'}"


def _check(overview: SessionOverview) -> Need:
    check, local = overview.dose.check, overview.local
    lifted = standing_override(overview, "check-missing")
    if check is not None and check.same:
        return Need("met", "Second check", f"{check.by.name}, {clock(local, check.at)}")
    if lifted is not None:
        return Need("warned", "Second check overridden", _who(lifted, overview))
    if check is not None:
        return Need("blocks", "Second check differs", _differing(check))
    return _step("Second check", "")


def _differing(check: CheckView) -> str:
    return ", ".join(figure_name(each.name) for each in check.figures if not each.same)


def _baseline(overview: SessionOverview) -> Need:
    """Return whether there is a full set that is not too old, or why a prescriber goes without."""
    slot = next((each for each in overview.slots if each.anchor is Anchor.BASELINE), None)
    if slot is not None and slot.measured is not None:
        return _step("Baseline", f"taken {clock(overview.local, slot.measured)}")
    lifted = standing_override(overview, "baseline-missing")
    if lifted is not None:
        return Need("warned", "Baseline overridden", _who(lifted, overview))
    if overview.reference is not None:
        at = clock(overview.local, overview.reference.measured)
        return Need("open", "Baseline", f"the set of {at} is too old; take a new one")
    return Need("open", "Baseline", "no full set yet" if overview.readings else "not yet")


def _hold(overview: SessionOverview, bp: BloodPressure, bounds: tuple[int, int]) -> Need:
    """Return that a pressure waits for a prescriber's decision, or what that was."""
    lifted = standing_override(overview, "pre-dose-hold")
    if lifted is not None:
        return Need("warned", f"BP {bp.text}: decided", _who(lifted, overview))
    more = f"above {bounds[0]}/{bounds[1]}"
    return Need("blocks", f"BP {bp.text}: a prescriber decides", more, "hold", "Decide…")


def standing_override(overview: SessionOverview, code: str) -> OverrideView | None:
    """Return the newest override of a rule that has not lapsed, used or not; None for none."""
    found = [each for each in overview.overrides if each.what == code and not each.lapsed]
    return found[-1] if found else None


def _who(override: OverrideView, overview: SessionOverview) -> str:
    return f"{override.by.name}, {clock(overview.local, override.at)}: {override.reason}"


def _prepared(preparations: tuple[PreparationView, ...]) -> str:
    if not preparations:
        return ""
    mg = plain(sum((each.mg for each in preparations), Decimal(0)), 2)
    lots = ", ".join(dict.fromkeys(each.lot for each in preparations))
    return f"{mg} mg, lot {lots}"


def _step(words: str, evidence: str) -> Need:
    return Need("met" if evidence else "open", words, evidence or "not yet")


def door_needs(overview: SessionOverview, now: dt.datetime) -> tuple[Need, ...]:
    """Return what the door waits for: what is open first, what is met after it.

    Before all stands that a prescriber lets the patient go home all the same.
    """
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
    made.sort(key=lambda need: need.state == "met")
    lifted = standing_override(overview, "door-closed")
    if lifted is None:
        return tuple(made)
    words = "Home, by a prescriber’s override"
    if not all(each.met or each.lifted for each in overview.door):
        words = "An override, but not of this"
    return (Need("warned", words, _who(lifted, overview)), *made)


def set_words(overview: SessionOverview, now: dt.datetime) -> str:
    """Return how old the set is that the door rests on: "10:40, 95 min ago"; empty for none."""
    found = newest_set(overview, now)
    return f"{clock(overview.local, found.at)}, {found.minutes} min ago" if found else ""


_BREATHING = frozenset({"spo2", "oxygen", "resp"})


def _condition(each: ConditionView, overview: SessionOverview, now: dt.datetime) -> Need:
    if each.code.startswith("time"):
        return _time(each, overview, now)
    words = _condition_words(each)
    at = f" at {clock(overview.local, each.measured)}" if each.measured else ""
    value = _value(each)
    if each.code == "dose-ended":
        return Need("met" if each.met else "open", words, at.removeprefix(" at ") or "not yet")
    if each.met:
        shown = f"{value}{at}" if each.evidence is not None else "none given"
        return Need("met", words, shown)
    if each.evidence is None and _sign(each) is not None:
        return Need("open", words, not_in_the_set(overview, _sign(each), now))
    return Need("open", words, _lacking(each, f"{value}{at}"))


def _sign(each: ConditionView) -> Sign | None:
    """Return the sign that a condition is about; None for any other."""
    if each.limit is not None:
        return each.limit.sign
    return Sign(each.code) if each.code in _OF_A_SIGN else None


_OF_A_SIGN = frozenset({"sedation", "dissociation", "spo2", "resp"})


def not_in_the_set(overview: SessionOverview, sign: Sign | None, now: dt.datetime) -> str:
    """Return that the set the door rests on lacks a sign, and what was last taken of it."""
    ended = next((each.measured for each in overview.door if each.code == "dose-ended"), None)
    if ended is None or sign is None:
        return "not taken yet"
    local, full = overview.local, newest_set(overview, now)
    since = (r for r in overview.readings if is_past_its_minute(r.measured, ended))
    taken = [(r.measured, r.reading.value(sign)) for r in since]
    last = next(((at, v) for at, v in reversed(taken) if v is not None), None)
    said = f"last {number(last[1])} at {clock(local, last[0])}" if last else ""
    if full is None:
        return f"{said}; no full set since" if said else f"none since {clock(local, ended)}"
    lacks = f"not in the set of {clock(local, full.at)}"
    return f"{lacks}; {said}" if said else lacks


def _condition_words(each: ConditionView) -> str:
    if each.limit is not None:
        return f"{SIGN_NAMES[each.limit.sign]} {each.needed}"
    return _CONDITION_WORDS.get(each.code, each.code).format(needed=each.needed)


def _lacking(each: ConditionView, said: str) -> str:
    """Return why a condition is not met, and what it takes."""
    if each.evidence is None:
        return _NO_EVIDENCE.get(each.code, "not taken yet")
    if each.code == "checklist":
        return f"{said}; open: {', '.join(each.missing)}"
    if each.limit is not None:
        return f"{said}; no baseline to compare it with" if each.missing else said
    than = f"{each.needed} before" if each.code == "oxygen" else f"needs {each.needed}"
    return f"{said}, {than}"


_NO_EVIDENCE = {"checklist": "not gone through yet", "escort": "nobody is named yet"}


def _value(each: ConditionView) -> str:
    """Return the value a condition rests on; oxygen comes in litres, a percentage or as air."""
    evidence = each.evidence or ""
    if each.code == "oxygen":
        return f"O₂ {evidence}" if evidence[:1].isdigit() else evidence
    return _EVIDENCE.get(each.code, "{0}").format(evidence)


def _time(each: ConditionView, overview: SessionOverview, now: dt.datetime) -> Need:
    end = "the end" if overview.way is Way.PUMP else "the dose"
    since = "last device" if each.code.endswith("last-device") else end
    words = f"{each.needed} min since {since}"
    met = each.met or (each.opens_at is not None and now >= each.opens_at)
    if each.measured is None or each.opens_at is None:
        return Need("open", words, "the clock has not begun")
    gone = max(0, (now - each.measured) // MINUTE)
    if met:
        return Need("met", words, f"{gone} min")
    opens = clock(overview.local, each.opens_at)
    return Need("open", words, f"{gone} min now; opens {opens}, in {int(each.needed) - gone} min")


_CONDITION_WORDS = {
    "dose-ended": "Dose ended",
    "sedation": "Sedation at baseline",
    "dissociation": "Dissociation at baseline",
    "spo2": "SpO₂ at least {needed} %",
    "oxygen": "No new oxygen",
    "resp": "Resp at least {needed}",
    "checklist": "Checklist ticked",
    "escort": "Somebody goes along",
}
_EVIDENCE = {
    "sedation": "{0}",
    "dissociation": "{0}",
    "spo2": "SpO₂ {0} %",
    "resp": "Resp {0}",
}


def gap_needs(overview: SessionOverview) -> tuple[Need, ...]:
    """Return what stands before a signature; what blocks comes first."""
    made = (_gap(gap, overview) for gap in overview.gaps)
    return tuple(sorted(made, key=lambda need: _GAP_ORDER[need.state]))


_GAP_ORDER = {"blocks": 0, "warned": 1, "open": 2, "met": 3}
_PLACES = {
    "slot-overdue": ("miss:{0}", "Explain"),
    "alert-open": ("acknowledge:{0}", "Explain"),
    "event-open": ("over:{0}", "Over…"),
    "unaccounted": ("account", "Account"),
    "vial-open": ("account", "Account"),
    "devices-left": ("account", "Account"),
}
"""Where a gap is mended, and what stands on its button; any other is explained where it stands."""


def _gap(gap: GapView, overview: SessionOverview) -> Need:
    words = gap_words(gap)
    if gap.code == "override":
        said = (override_words(gap, overview), gap.explanation)
        return Need("warned", words, "; ".join(filter(None, said)))
    if gap.explained:
        return Need("met", words, gap.explanation)
    key, action = _PLACES.get(gap.code, (f"explain:{gap.code}:{{0}}", "Explain"))
    key = key.format(gap.about)
    stays = "blocks the signature" if gap.blocks else "may stay"
    more = "; ".join(filter(None, (open_event_words(gap, overview), stays)))
    return Need("blocks" if gap.blocks else "open", words, more, key, action)


def override_words(gap: GapView, overview: SessionOverview) -> str:
    """Return who let go through what a gap is about, when and why; empty for any other gap."""
    lifted = [o for o in overview.overrides if gap.code == "override" and o.what == gap.about]
    said = (
        f"{o.by.name}, {clock(overview.local, o.at)}: {o.reason}{' (not used)' * o.lapsed}"
        for o in lifted
    )
    return "; ".join(said)


def open_event_words(gap: GapView, overview: SessionOverview) -> str:
    """Return which event a gap is about, how bad and since when; empty for any other gap."""
    found = [e for e in overview.events if gap.code == "event-open" and gap.about == str(e.number)]
    said = (f"{event_words(e)}, since {clock(overview.local, e.at)}" for e in found)
    return "".join(said)


def gap_words(gap: GapView) -> str:
    """Return a gap in words: "Vitals 30 overdue", "Alert A2 not seen"."""
    about = slot_name(gap.about) if gap.code.startswith("slot") else gap.about
    if gap.code == "override":
        about = _RULES.get(gap.about, gap.about)
    if gap.code == "home-unmet":
        about = _unmet(gap.about)
    if gap.code == "implausible":
        about = _of_what(gap.about)
    known = _GAP_WORDS.get(f"{gap.code} {gap.about}", _GAP_WORDS.get(gap.code))
    return (known or gap.code + " {0}").format(about).strip()


def _of_what(confirmed: str) -> str:
    """Return which value it is, of a reading's uid and the sign: "HR"; else today's weight."""
    _, _, sign = confirmed.partition("/")
    return SIGN_NAMES[Sign(sign)] if sign else "Weight"


def _unmet(condition: str) -> str:
    """Return why the door was shut: "sedation was below the baseline or not taken"."""
    code, _, sign = condition.partition(" ")
    name = SIGN_NAMES[Sign(sign)] if sign else ""
    return UNMET.get(condition, UNMET.get(code, code)).replace("{about}", name)


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
    "unaccounted": "Drug is unaccounted for",
    "unaccounted earlier": "Drug of the earlier dose is unaccounted for",
    "vial-open": "The rest of the vial, lot {0}, is open",
    "implausible": "{0}: beyond what is plausible, and confirmed",
    "order-missing": "The drug was begun before anybody ordered it",
    "order-verbal": "The order was only spoken",
    "check-missing": "Given without a second check",
    "not-prepared": "The preparation was not recorded",
    "override": "{0} was overridden",
    "deviation": "The dose prepared is not the dose calculated",
    "device-incomplete": "Device {0} gave fewer sprays than it holds",
    "devices-left": "Nothing is said of {0} of the devices ordered",
    "left-unexplained": "Nobody said why the patient left",
    "home-unmet": "Home, though {0}",
}
_RULES = {
    "check-missing": "The second check",
    "too-much": "The protocol's highest dose",
    "too-early": "The rest between devices",
    "baseline-missing": "The baseline",
    "pre-dose-hold": "The pressure before the dose",
    "door-closed": "The door",
}
"""What a prescriber can override, by the code that refused."""
