"""Which acts a rehearsal knows, and which fields each may hold."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from monitor.entries import Basis, Given, Leaving, Severity, Validity, VolumeMode, WasteOf, Weighing
from monitor.people import Sex


class Kind(enum.Enum):
    """What a field holds."""

    TEXT = "a text"
    NUMBER = 'a number ("0.5")'
    FLAG = "true or false"
    ANSWERS = 'a list of answers (0, 1, … or "-")'
    ITEMS = "a table of items, each true or false"
    TEXTS = "a list of texts"
    DAY = 'a date ("1984-03-12")'
    LABEL = "the label of an earlier act"
    PERSON = "the id of one of the staff"


@dataclass(frozen=True, slots=True)
class Field:
    """What may stand in a field.

    Attributes:
        choices: The only words allowed, where they are few.
    """

    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()


def _one_of(choices: type[enum.StrEnum], *, required: bool = True) -> Field:
    return Field(Kind.TEXT, required, tuple(choice.value for choice in choices))


TEXT = Field(Kind.TEXT)
NUMBER = Field(Kind.NUMBER)
FLAG = Field(Kind.FLAG)
PERSON = Field(Kind.PERSON)
_PUMP = {"pump_ml": NUMBER}
_RATE_AND_PUMP = {"rate_ml_h": NUMBER, **_PUMP}

FIELDS: dict[str, dict[str, Field]] = {
    "order": {
        "per_kg_mg": NUMBER,
        "minutes": NUMBER,
        "dose_mg": NUMBER,
        "how": _one_of(Given),
        "prescriber": PERSON,
        "taken_by": PERSON,
        "read_back": FLAG,
        "validity": _one_of(Validity, required=False),
        "valid_until": Field(Kind.DAY),
        "japanese_ancestry": FLAG,
    },
    "course_order": {},
    "weigh": {
        "weight_kg": NUMBER,
        "weight_lb": NUMBER,
        "height_cm": NUMBER,
        "how": _one_of(Weighing),
        "by_whom": TEXT,
        "measured_at": TEXT,
        "confirm": FLAG,
    },
    "calculate": {
        "per_kg_mg": NUMBER,
        "minutes": NUMBER,
        "basis": _one_of(Basis, required=False),
        "basis_reason": TEXT,
        "strength_mg_per_ml": NUMBER,
        "product": TEXT,
        "volume_ml": NUMBER,
        "volume_mode": _one_of(VolumeMode, required=False),
        "rate_step_ml_h": NUMBER,
        "syringe_ml": NUMBER,
    },
    "verify": {
        "weight_kg": NUMBER,
        "strength_mg_per_ml": NUMBER,
        "volume_ml": NUMBER,
        "volume_mode": _one_of(VolumeMode, required=False),
        "drawn_ml": NUMBER,
        "rate_ml_h": NUMBER,
        "dose_mg": NUMBER,
        "pieces": NUMBER,
        "devices": NUMBER,
    },
    "override": {"what": Field(Kind.TEXT, required=True)},
    "prepare": {
        "lot": TEXT,
        "expiry": TEXT,
        "product": TEXT,
        "drawn_ml": NUMBER,
        "pieces": NUMBER,
        "vial_ml": NUMBER,
        "vials": NUMBER,
    },
    "start": _RATE_AND_PUMP,
    "pause": _RATE_AND_PUMP,
    "resume": _RATE_AND_PUMP,
    "rate": {"rate_ml_h": Field(Kind.NUMBER, required=True), **_PUMP},
    "stop": _RATE_AND_PUMP,
    "finish": _RATE_AND_PUMP,
    "give": {"dose_mg": NUMBER, "minutes": NUMBER, "site": TEXT},
    "device": {"lot": TEXT, "expiry": TEXT, "sprays": NUMBER},
    "waste": {
        "of": _one_of(WasteOf),
        "ml": NUMBER,
        "count": NUMBER,
        "lot": TEXT,
        "product": TEXT,
        "earlier": FLAG,
        "witness": Field(Kind.PERSON, required=True),
    },
    "keep": {"ml": NUMBER, "lot": TEXT, "product": TEXT},
    "line": {"text": Field(Kind.TEXT, required=True), "confirm": FLAG},
    "score": {
        "scale": Field(Kind.TEXT, required=True),
        "answers": Field(Kind.ANSWERS, required=True),
    },
    "event": {
        "text": TEXT,
        "severity": _one_of(Severity, required=False),
        "since": TEXT,
        "resolve": FLAG,
        "event": Field(Kind.LABEL),
        "over_at": TEXT,
    },
    "resolve": {"event": Field(Kind.LABEL, required=True), "over_at": TEXT},
    "serious": {
        "event": Field(Kind.LABEL, required=True),
        "criteria": Field(Kind.TEXTS),
        "description": TEXT,
        "treated": TEXT,
    },
    "acknowledge": {"alert": Field(Kind.TEXT, required=True), "action": TEXT, "told": TEXT},
    "missed": {"slot": Field(Kind.TEXT, required=True)},
    "explain": {"gap": Field(Kind.TEXT, required=True), "about": TEXT},
    "amend": {"entry": Field(Kind.LABEL, required=True), "text": TEXT, "confirm": FLAG},
    "identity": {
        "family": TEXT,
        "given": TEXT,
        "born": Field(Kind.DAY),
        "sex": _one_of(Sex, required=False),
        "number": TEXT,
        "allergies": Field(Kind.TEXTS),
    },
    "ready": {"items": Field(Kind.ITEMS, required=True), "escort": TEXT},
    "discharge": {"how": _one_of(Leaving), "escort": TEXT},
    "cancel": {},
    "sign": {"meaning": TEXT},
    "cosign": {"meaning": TEXT},
    "addendum": {"text": Field(Kind.TEXT, required=True)},
    "export": {},
    "crash": {},
    "clock_jump": {"seconds": Field(Kind.NUMBER, required=True)},
    "suspend": {"seconds": Field(Kind.NUMBER, required=True)},
    "clock_confirm": {"time": Field(Kind.TEXT, required=True, choices=("record", "computer"))},
}
"""The fields of each act, besides `COMMON` and a `reason`, which every act may give.

Whether a value makes sense is for the act to say, when it is played."""

COMMON = frozenset({"at", "by", "do", "expect", "label"})

BY_NOBODY = frozenset({"crash", "clock_jump", "suspend"})
"""What nobody does: it happens, right after the act before it unless `at` says otherwise."""


def fields_of(do: str, amended: str = "") -> dict[str, Field]:
    """Return the fields that an act may hold.

    Args:
        do: One of `FIELDS`.
        amended: For "amend": what the amended act did; its fields may change.
    """
    changes = {
        name: Field(rule.kind, choices=rule.choices)
        for name, rule in FIELDS.get(amended, {}).items()
    }
    return {"reason": TEXT, **changes, **FIELDS[do]}
