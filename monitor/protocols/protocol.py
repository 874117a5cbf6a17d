"""A treatment protocol: what a clinic has agreed to do, as versioned data.

No clinical number lives in code. Each stands in a TOML file beside this module with its
source, as a draft that a prescriber of the clinic must approve before it is used.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from decimal import Decimal

from monitor.protocols.limit_part import Part
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
    """A bound whose crossing raises an alert, or keeps the door shut.

    For blood pressure, either part of it is enough. A value crosses a limit when it lies beyond
    any of its bounds; one that is equal to an absolute bound does not, a change that is equal
    to a bound of change does ("a rise of 40 or more"). What ends in `_diastolic` is for blood
    pressure only; the others are then of the systolic. Only bounds of a sign that is measured
    with decimals have any.

    Attributes:
        id: As in the record: "bp-high".
        above, below: Values greater, or less, than this cross it.
        rise, fall: At least so far above or below this patient's baseline.
        rise_percent, fall_percent: At least so many percent of the baseline above or below it.
        times: Crossed in so many readings that lie within `within_minutes` of one another.
        within_minutes: None where `times` is 1.
        sustained_minutes: Crossed in every reading of at least so many minutes; None where one
            reading is enough.
    """

    id: str
    sign: Sign
    above: int | Decimal | None = None
    above_diastolic: int | None = None
    below: int | Decimal | None = None
    rise: int | Decimal | None = None
    rise_diastolic: int | None = None
    fall: int | Decimal | None = None
    rise_percent: int | None = None
    fall_percent: int | None = None
    times: int = 1
    within_minutes: int | None = None
    sustained_minutes: int | None = None
    below_diastolic: int | None = None
    fall_diastolic: int | None = None
    rise_percent_diastolic: int | None = None
    fall_percent_diastolic: int | None = None

    @property
    def parts(self) -> tuple[Part, Part]:
        """Return the bounds of a sign's only figure, or the systolic, and of the diastolic."""
        return Part(
            self.above, self.below, self.rise, self.fall, self.rise_percent, self.fall_percent
        ), Part(
            self.above_diastolic,
            self.below_diastolic,
            self.rise_diastolic,
            self.fall_diastolic,
            self.rise_percent_diastolic,
            self.fall_percent_diastolic,
        )


@dataclass(frozen=True, slots=True)
class Hold:
    """A blood pressure before the first drug above which a prescriber decides, in mmHg.

    Attributes:
        older_years: From this age on the other pair holds; None where all ages are alike.
    """

    systolic: int
    diastolic: int
    older_years: int | None = None
    older_systolic: int | None = None
    older_diastolic: int | None = None

    def at_age(self, years: int) -> tuple[int, int]:
        """Return (systolic, diastolic) for a patient of that age."""
        older = self.older_years is not None and years >= self.older_years
        if older and self.older_systolic is not None and self.older_diastolic is not None:
            return self.older_systolic, self.older_diastolic
        return self.systolic, self.diastolic


class Way(enum.StrEnum):
    """How a protocol's dose is given, which decides what is set up, asked and counted."""

    PUMP = "pump"  # an infusion
    PUSH = "push"  # into a vein by hand, over a minute or two
    SINGLE = "single"  # in one go: injected, swallowed, sprayed, inserted
    DEVICES = "devices"  # fixed nasal devices


class Form(enum.StrEnum):
    """What a product is, which decides how it is measured."""

    SOLUTION = "solution"
    PIECE = "piece"  # tablet, lozenge, suppository
    DEVICE = "device"


class SecondPerson(enum.StrEnum):
    """Whether another person checks the figures before the dose."""

    REQUIRED = "required"  # nothing is given without it, unless a prescriber overrides
    ASKED = "asked"  # offered; a dose without it is a gap
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Product:
    """What the drug comes in.

    Attributes:
        id: As in the record: "ketamine-50".
        name: In words: "ketamine 50 mg/mL".
        strength: mg/mL of a solution; None for the others.
        vials_ml: What its vials hold; empty where that is not said.
        dilute_parts: The final volume must be at least so many times what is drawn up; None
            where it may be given as it is.
        piece_mg: What one piece or device holds; None for a solution.
        part: The smallest part of a piece that can be given.
    """

    id: str
    name: str
    form: Form
    strength: Decimal | None = None
    vials_ml: tuple[Decimal, ...] = ()
    dilute_parts: Decimal | None = None
    piece_mg: Decimal | None = None
    part: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class InfusionDose:
    """Weight-based dosing into a vein: mg/kg, minutes, mg, mg/mL, mL, mL/h, kg/m².

    Attributes:
        cap_mg: A whole dose above it wants a prescriber's reason.
        by_hand: Whether it is pushed by hand and no pump runs.
        weight_hours: A weight measured longer ago is asked about; None where the protocol does
            not say.
        outside_with_reason: Whether an order outside the bounds is taken with a prescriber's
            reason; else it is refused.
    """

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
    weight_hours: Decimal | None = None
    outside_with_reason: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class SingleDose:
    """A dose given by hand in one go: mg/kg or mg, mL or pieces.

    An order is by weight where the protocol bounds it so, in mg where it bounds that; where
    both are bounded, the prescriber chooses.

    Attributes:
        per_kg_usual, per_kg_least, per_kg_most: mg/kg; None where no order is by weight.
        mg_least, mg_most: Of an order in mg; None where none is in mg.
        cap_mg: A whole dose above it wants a prescriber's reason; None where there is none.
        sites: Where it can be given, to pick from; empty where that is not asked.
        weight_hours, outside_with_reason: As of an infusion.
    """

    per_kg_usual: Decimal | None
    per_kg_least: Decimal | None
    per_kg_most: Decimal | None
    mg_least: Decimal | None
    mg_most: Decimal | None
    cap_mg: Decimal | None
    deviation_percent: Decimal
    bmi_reason_above: Decimal
    bmi_least: Decimal
    bmi_most: Decimal
    weight_change_percent: Decimal
    weight_hours: Decimal | None = None
    outside_with_reason: bool = False
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviceDose:
    """Fixed dosing by nasal device: mg, minutes of rest between devices.

    Attributes:
        doses_mg: What may be ordered.
        reason_doses_mg: What may be ordered with a prescriber's reason.
        low_start_mg: The first dose of whoever starts low; None where nobody does.
        low_start_years: From this age on one starts low.
        low_start_ancestry: Whether one of Japanese ancestry starts low; then the order says.
        step_mg: A dose differs by no more from the one before, without a reason.
    """

    device_mg: Decimal
    doses_mg: tuple[Decimal, ...]
    wait_minutes: int
    sprays: int
    bmi_least: Decimal
    bmi_most: Decimal
    weight_change_percent: Decimal
    weight_hours: Decimal | None = None
    reason_doses_mg: tuple[Decimal, ...] = ()
    low_start_mg: Decimal | None = None
    low_start_years: int | None = None
    low_start_ancestry: bool = False
    step_mg: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """What must hold before a patient may go home.

    Attributes:
        minutes: At least so long after the anchor.
        spo2_least: Percent, without oxygen that was not there before the dose.
        resp_least: Breaths a minute.
        limits: What the newest full set after the dose must not cross.
        checklist: Whether every line of the readiness checklist must be ticked.
        escort: Whether somebody who goes along must be named.
    """

    anchor: Anchor
    minutes: int
    spo2_least: int
    resp_least: int
    limits: tuple[Limit, ...] = ()
    checklist: bool = False
    escort: bool = False


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
        pause_shifts: Whether a pause of the pump moves, by as long as it lasts, the slots from
            the start whose window has not opened when it begins.
        checklist: (id, words) of the readiness checklist.
        effects, drugs: Words that the entry line takes as an event.
        blocking: Codes of gaps that stand in the way of a signature until explained.
        products: What the drug comes in; the newest drafts name them, with ids.
        youngest_years: Nobody younger is treated by it; None where it does not say.
        second_person: Whether another person checks the figures.
        overridable: Codes of refusals that a prescriber's reason can lift.
        hold: The pressure before the dose that a prescriber decides about; None for none.
    """

    id: str
    version: int
    title: str
    drug: str
    route: str
    jurisdiction: str
    label: str
    dose: InfusionDose | DeviceDose | SingleDose
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
    products: tuple[Product, ...] = ()
    youngest_years: int | None = None
    second_person: SecondPerson = SecondPerson.NONE
    overridable: frozenset[str] = frozenset()
    hold: Hold | None = None
    pause_shifts: bool = False

    @property
    def way(self) -> Way:
        """Return how its dose is given."""
        if isinstance(self.dose, DeviceDose):
            return Way.DEVICES
        if isinstance(self.dose, SingleDose):
            return Way.SINGLE
        return Way.PUSH if self.dose.by_hand else Way.PUMP

    def product(self, product_id: str) -> Product | None:
        """Return the product of that id."""
        return next((product for product in self.products if product.id == product_id), None)

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
