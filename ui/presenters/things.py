"""What was entered besides the readings, in words, and what of it can be amended."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterator
from decimal import Decimal

from monitor.acts.amending import AMENDABLE
from monitor.entries import Discharged, EventNoted, EventResolved, Fact, Rated, SlotMissed
from monitor.overview import ThingView
from monitor.units import plain
from ui.presenters.words import slot_name
from ui.wording.fields import FIELDS

NAMES = {
    "event": "event",
    "event resolved": "event over",
    "event serious": "serious",
    "rated": "score",
    "started": "started",
    "paused": "paused",
    "resumed": "resumed",
    "rate changed": "rate",
    "stopped": "stopped",
    "finished": "ended",
    "prepared": "prepared",
    "dose given": "given",
    "wasted": "wasted",
    "remainder kept": "kept",
    "device given": "device",
    "alert acknowledged": "alert",
    "slot missed": "missed",
    "discharged": "left",
}
"""What the sheet calls a thing, by its kind in the record; others it does not show."""

_FIRST = ("mg", "ml", "count", "how", "text", "description")
"""Fields that stand for themselves, before those that can be amended."""

_MEASURES = {
    "mg": "{} mg",
    "ml": "{} mL",
    "rate_ml_h": "{} mL/h",
    "pump_ml": "pump display {} mL",
    "vial_ml": "vials of {} mL",
    "vials": "{} opened",
    "minutes": "over {} min",
    "sprays": "{} sprays",
}
"""How an amount is written, where the name of its field would be clumsy."""

_CHOSEN_ELSEWHERE = frozenset({"event", "criteria"})
"""Which event it is about, and what makes it serious, are no words to type."""


def shown(things: tuple[ThingView, ...]) -> Iterator[ThingView]:
    """Yield what the sheet shows of all that was entered."""
    return (thing for thing in things if thing.kind in NAMES)


def can_amend(thing: ThingView) -> bool:
    """Tell whether it can be amended at all; what cannot is entered anew or explained."""
    return type(thing.what) in AMENDABLE


def fields_of(what: Fact) -> tuple[str, ...]:
    """Return the fields of it that can be typed anew, in its own order."""
    named = AMENDABLE.get(type(what), frozenset()) - _CHOSEN_ELSEWHERE
    return tuple(f.name for f in dataclasses.fields(what) if f.name in named)


def field_name(name: str) -> str:
    """Return what a field is called over its line."""
    words = FIELDS.get(name, name.replace("_", " "))
    return words[:1].upper() + words[1:]


def says(what: Fact, reason: str = "") -> str:
    """Return what an entry says: "60 mL/h, pump display 12.5 mL"."""
    if isinstance(what, SlotMissed):
        return f"{slot_name(what.slot)}: {reason}"
    if isinstance(what, Rated):
        return _word(what.answers)
    if isinstance(what, EventNoted):
        return what.text
    if isinstance(what, EventResolved):
        return "over"
    own = [name for name in _FIRST if hasattr(what, name)]
    others = [name for name in fields_of(what) if name not in own]
    said = [_own(name, getattr(what, name)) for name in own]
    said += [_named(name, getattr(what, name)) for name in others]
    if isinstance(what, Discharged) and reason:
        said.append(reason)
    return ", ".join(filter(None, said)) or reason


def _own(name: str, value: object) -> str:
    return _MEASURES.get(name, "{}").format(_word(value)) if value not in (None, "") else ""


def _named(name: str, value: object) -> str:
    if value in (None, "", ()):
        return ""
    if name in _MEASURES:
        return _MEASURES[name].format(_word(value))
    return f"{FIELDS.get(name, name)} {_word(value)}"


def _word(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join("-" if item is None else _word(item) for item in value)
    if isinstance(value, enum.Enum):
        return str(value.value)
    return plain(value) if isinstance(value, Decimal) else str(value)
