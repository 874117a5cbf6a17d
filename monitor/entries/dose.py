"""The dose chain in a session's record: ordered, weighed, worked out, checked, given, wasted."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from decimal import Decimal

from monitor.people import Author


class Given(enum.StrEnum):
    """How an order reached the record."""

    WRITTEN = "written"
    VERBAL = "verbal"


class Weighing(enum.StrEnum):
    """Where a weight comes from."""

    MEASURED = "measured"
    STATED = "stated"


class Basis(enum.StrEnum):
    """Which body weight a dose is worked out from."""

    ACTUAL = "actual"
    IDEAL = "ideal"
    ADJUSTED = "adjusted"


class VolumeMode(enum.StrEnum):
    """Whether the drug's volume takes the place of diluent or comes on top."""

    REPLACES = "replaces"
    ADDED = "added"


class Validity(enum.StrEnum):
    """For how long an order holds."""

    SESSION = "session"
    COURSE = "course"


class WasteOf(enum.StrEnum):
    """What was thrown away."""

    MIXTURE = "mixture"  # what was made ready and not given: syringe, bag, portions
    VIAL = "vial"  # what stayed in an opened vial
    DEVICE = "device"  # a nasal device that was opened or spoilt, and not given


@dataclass(frozen=True, slots=True)
class Ordered:
    """A prescriber ordered a dose: mg/kg over minutes, or mg; the entry's reason is the order's.

    Attributes:
        prescriber: Who orders, where somebody else wrote it down: a verbal order, or a course's
            order used again; None where the entry's own author orders.
        taken_by: Who took a verbal order.
        read_back: Whether whoever took it read it back.
        validity: For this session, or for the course until `valid_until`, that day included.
        japanese_ancestry: As told, where the protocol's start depends on it; None is not asked.
        course_order: The uid of the course's order that was used again, in an earlier session.
    """

    how: Given
    per_kg_mg: Decimal | None = None
    minutes: Decimal | None = None
    dose_mg: Decimal | None = None
    prescriber: Author | None = None
    taken_by: Author | None = None
    read_back: bool = False
    validity: Validity = Validity.SESSION
    valid_until: dt.date | None = None
    japanese_ancestry: bool | None = None
    course_order: str = ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The patient's weight, and height where it was taken.

    Attributes:
    The entry's `at` is when the weight was so.

    Attributes:
        typed_lb: What was typed, where it was pounds.
        confirmed: What was asked about and confirmed: "change", "bmi", "old".
        by_whom: Who measured or stated it, where that is not the entry's author: "patient",
            "ward 3".
    """

    kg: Decimal
    how: Weighing
    height_cm: Decimal | None = None
    typed_lb: Decimal | None = None
    confirmed: tuple[str, ...] = ()
    by_whom: str = ""


@dataclass(frozen=True, slots=True)
class Calculated:
    """The dose was worked out: all inputs, all outputs, in mg, mL, mL/h and minutes."""

    weight_kg: Decimal
    basis: Basis
    basis_reason: str
    dosing_weight_kg: Decimal
    per_kg_mg: Decimal | None
    minutes: Decimal
    strength_mg_per_ml: Decimal
    volume_ml: Decimal
    volume_mode: VolumeMode
    rate_step_ml_h: Decimal
    syringe_ml: Decimal
    calculated_mg: Decimal
    draw_ml: Decimal
    drawn_ml: Decimal
    prepared_mg: Decimal
    deviation_percent: Decimal
    final_volume_ml: Decimal
    concentration_mg_per_ml: Decimal
    rate_ml_h: Decimal
    runs_minutes: Decimal


@dataclass(frozen=True, slots=True)
class SingleCalculated:
    """A dose that is given by hand in one go was worked out: inputs and outputs, mg and mL.

    A solution is measured in mL, anything else in pieces (tablets, lozenges, suppositories);
    what belongs to the other way is None.

    Attributes:
        weight_kg: The actual weight, None where the order is in mg and nobody was weighed.
        dosing_weight_kg: On the basis that was chosen.
        piece_mg: What one piece holds.
        part: The smallest part of a piece that is given: 1, or "0.5" where it may be halved.
        pieces: So many, rounded half-up to the part.
    """

    product: str
    calculated_mg: Decimal
    prepared_mg: Decimal
    deviation_percent: Decimal
    weight_kg: Decimal | None = None
    basis: Basis | None = None
    basis_reason: str = ""
    dosing_weight_kg: Decimal | None = None
    per_kg_mg: Decimal | None = None
    strength_mg_per_ml: Decimal | None = None
    syringe_ml: Decimal | None = None
    draw_ml: Decimal | None = None
    drawn_ml: Decimal | None = None
    piece_mg: Decimal | None = None
    part: Decimal | None = None
    pieces: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A second person entered the figures without seeing the first ones.

    A figure that the protocol's way of giving does not have is None.

    Attributes:
        of: The uid of the calculation (for devices: the order) that was checked.
        differs: The names of the figures that are not the same; empty where all are.
    """

    of: str
    differs: tuple[str, ...] = ()
    weight_kg: Decimal | None = None
    strength_mg_per_ml: Decimal | None = None
    volume_ml: Decimal | None = None
    volume_mode: VolumeMode | None = None
    drawn_ml: Decimal | None = None
    rate_ml_h: Decimal | None = None
    dose_mg: Decimal | None = None
    pieces: Decimal | None = None
    devices: int | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """Drug was taken out of what came from the cupboard.

    Attributes:
        product: Its id in the protocol.
        lot, expiry: As printed on it; expiry "2027-08" or "2027-08-31".
        mg: What was taken, by its strength and volume (or by pieces).
        opened_mg: What the opened vials (or pieces) held in all; None where nobody said.
        strength_mg_per_ml: Of the product; None for pieces.
        drawn_ml: What was drawn up of this lot.
        vial_ml, vials: How much one vial holds, how many were opened.
        pieces: How many were taken of this lot.
    """

    product: str
    lot: str
    expiry: str
    mg: Decimal
    opened_mg: Decimal | None = None
    strength_mg_per_ml: Decimal | None = None
    drawn_ml: Decimal | None = None
    vial_ml: Decimal | None = None
    vials: int | None = None
    pieces: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DoseGiven:
    """A dose, or a part of it, was given by hand: pushed, injected, swallowed, sprayed.

    The entry's `at` is when its giving began.

    Attributes:
        mg: How much.
        minutes: How long the giving took, for a push into a vein.
        site: Where, in the protocol's words: "left deltoid".
    """

    mg: Decimal
    minutes: Decimal | None = None
    site: str = ""


@dataclass(frozen=True, slots=True)
class Wasted:
    """Drug was thrown away before a witness.

    Attributes:
        mg: What it comes to: measured volume times strength (of the mixture, or the product).
        ml: As measured; None for pieces and devices.
        count: Pieces or devices.
        product, lot: Of a vial or a device.
        witness: The other person who saw it, and proved who they are.
        calculation: Of a mixture: the uid of the calculation that it was made ready by; empty
            in records from before it was said.
    """

    of: WasteOf
    mg: Decimal
    witness: Author
    ml: Decimal | None = None
    count: Decimal | None = None
    product: str = ""
    lot: str = ""
    calculation: str = ""


@dataclass(frozen=True, slots=True)
class RemainderKept:
    """What stayed in an opened vial went back into the cupboard.

    Attributes:
        mg: What it comes to.
        ml: As measured.
    """

    product: str
    lot: str
    mg: Decimal
    ml: Decimal


@dataclass(frozen=True, slots=True)
class Overridden:
    """A prescriber lets the next act go through although this refused it; the reason says why.

    Attributes:
        what: The code that refused: "check-missing".
    """

    what: str


@dataclass(frozen=True, slots=True)
class Started:
    """The infusion was started."""

    rate_ml_h: Decimal
    pump_ml: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Paused:
    """The infusion was paused."""

    pump_ml: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Resumed:
    """The infusion runs again."""

    rate_ml_h: Decimal
    pump_ml: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RateChanged:
    """The running infusion's rate was changed."""

    rate_ml_h: Decimal
    pump_ml: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """The infusion was stopped before its end."""

    pump_ml: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """The infusion ran to its end, or dosing by device was ended short of the order."""

    pump_ml: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DeviceGiven:
    """One nasal device was used up.

    Attributes:
        number: 1 for the first.
        mg: What one device holds.
        product: Its id in the protocol; empty in records from before products had one.
    """

    number: int
    mg: Decimal
    lot: str = ""
    expiry: str = ""
    sprays: int = 2
    product: str = ""


DoseFact = (
    Ordered
    | Weighed
    | Calculated
    | SingleCalculated
    | Checked
    | Prepared
    | DoseGiven
    | Wasted
    | RemainderKept
    | Overridden
    | Started
    | Paused
    | Resumed
    | RateChanged
    | Stopped
    | Finished
    | DeviceGiven
)
