"""A treatment protocol: what a clinic has agreed to do, as versioned data.

No clinical number lives in code. Each stands in a TOML file beside this module with its
source, as a draft that a prescriber of the clinic must approve before it is used.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from decimal import Decimal

from monitor.vitals import FULL_SET, Sign


class Anchor(enum.StrEnum):
    """What a slot, or the door's clock, counts from."""

    BASELINE = "baseline"
    START = "start"
    END = "end"
    LAST_DEVICE = "last device"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class SlotRule:
    """A planned observation.

    Attributes:
        name: As staff call it: "10", "+15", "baseline", "closing".
        minutes: From the anchor to the due time.
        before, after: The window around the due time, in minutes, bounds included. For a
            baseline, `before` is how old it may be at the start; for closing vitals, how old
            at discharge.
        required: The signs that a reading must hold to close it.
    """

    name: str
    anchor: Anchor
    minutes: int = 0
    before: int = 0
    after: int = 0
    required: frozenset[Sign] = FULL_SET


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound whose crossing raises an alert. For blood pressure, both parts may be bounded.

    Attributes:
        id: As in the record: "bp-high".
        above: Values greater than this cross it; for blood pressure, the systolic.
        above_diastolic: For blood pressure only.
        below: Values less than this cross it.
    """

    id: str
    sign: Sign
    above: int | None = None
    above_diastolic: int | None = None
    below: int | None = None


@dataclass(frozen=True, slots=True)
class InfusionDose:
    """Weight-based dosing by infusion: mg/kg, minutes, mg, mg/mL, mL, mL/h, kg/m²."""

    per_kg_usual: Decimal
    per_kg_least: Decimal
    per_kg_most: Decimal
    minutes_usual: Decimal
    minutes_least: Decimal
    minutes_most: Decimal
    cap_mg: Decimal
    strengths: tuple[Decimal, ...]
    volumes_ml: tuple[Decimal, ...]
    rate_step_ml_h: Decimal
    deviation_percent: Decimal
    bmi_reason_above: Decimal
    bmi_least: Decimal
    bmi_most: Decimal
    weight_change_percent: Decimal


@dataclass(frozen=True, slots=True)
class DeviceDose:
    """Fixed dosing by nasal device: mg, minutes of rest between devices, mmHg."""

    device_mg: Decimal
    doses_mg: tuple[Decimal, ...]
    wait_minutes: int
    sprays: int
    hold_above_systolic: int
    hold_above_diastolic: int
    bmi_least: Decimal
    bmi_most: Decimal
    weight_change_percent: Decimal


@dataclass(frozen=True, slots=True)
class Door:
    """What must hold before a patient may go home.

    Attributes:
        minutes: At least so long after the anchor.
        spo2_least: Percent, without oxygen that was not there before the dose.
        resp_least: Breaths a minute.
    """

    anchor: Anchor
    minutes: int
    spo2_least: int
    resp_least: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a protocol as a prescriber approves it, with its source."""

    name: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Protocol:
    """A treatment protocol in one version.

    Attributes:
        hash: SHA-256 of `content`, in hex.
        content: The TOML text that all of this was read from.
        label: Which product label it was drawn up against, where there is one.
        repeat_minutes: While a dose runs past the last slot from the start, the series goes on
            at this distance; 0 where it does not.
        checklist: (id, words) of the readiness checklist.
        effects, drugs: Words that the entry line takes as an event.
        blocking: Codes of gaps that stand in the way of a signature until explained.
    """

    id: str
    version: int
    title: str
    drug: str
    route: str
    jurisdiction: str
    label: str
    dose: InfusionDose | DeviceDose
    slots: tuple[SlotRule, ...]
    repeat_minutes: int
    limits: tuple[Limit, ...]
    door: Door
    checklist: tuple[tuple[str, str], ...]
    effects: tuple[str, ...]
    drugs: tuple[str, ...]
    blocking: frozenset[str]
    same_person_may_cosign: bool
    figures: tuple[Figure, ...]
    hash: str
    content: str

    @property
    def baseline(self) -> SlotRule:
        """Return the rule of the baseline."""
        return next(rule for rule in self.slots if rule.anchor is Anchor.BASELINE)

    def limit(self, limit_id: str) -> Limit | None:
        """Return the limit of that id."""
        return next((limit for limit in self.limits if limit.id == limit_id), None)


@dataclass(frozen=True, slots=True)
class Approval:
    """That a prescriber approved a protocol's version, and when."""

    protocol: Protocol
    by: str
    at: dt.datetime
    rehearsal: bool = False
