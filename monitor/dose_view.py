"""The dose chain as frozen read-model: the part of the overview that the dose set-up draws from.

Nothing here is worded or rounded for show, except the lines of working and the figures of a
second check, which are the same text everywhere.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from monitor.entries import Basis, Given, Validity, VolumeMode, WasteOf, Weighing
from monitor.people import Author
from monitor.working import WorkingLine


@dataclass(frozen=True, slots=True)
class OrderView:
    """What the prescriber ordered.

    Attributes:
        by: The prescriber.
        taken_by: Who took a verbal order; None otherwise.
        reason: Why, where the order is outside the protocol's usual bounds.
        of_course: Whether it is a course's order from an earlier visit, used again.
        used_by: Who used it again; None otherwise.
    """

    by: Author
    at: dt.datetime
    how: Given
    per_kg_mg: Decimal | None
    minutes: Decimal | None
    dose_mg: Decimal | None
    taken_by: Author | None = None
    read_back: bool = False
    validity: Validity = Validity.SESSION
    valid_until: dt.date | None = None
    japanese_ancestry: bool | None = None
    reason: str = ""
    of_course: bool = False
    used_by: Author | None = None


@dataclass(frozen=True, slots=True)
class WeightView:
    """Today's weight."""

    kg: Decimal
    how: Weighing
    height_cm: Decimal | None
    bmi: Decimal | None
    by: Author
    at: dt.datetime
    by_whom: str = ""
    confirmed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedFigure:
    """One figure of the second check; None where one of the two has none.

    Attributes:
        name: "weight_kg", "strength_mg_per_ml", "volume_ml", "volume_mode", "drawn_ml",
            "rate_ml_h", "dose_mg", "pieces" or "devices".
        first, second: What each person has, as printed: "70 kg", "replaces".
    """

    name: str
    first: str | None
    second: str | None
    same: bool


@dataclass(frozen=True, slots=True)
class CheckView:
    """A second person's blind entry beside the first person's.

    Attributes:
        first_by: Who worked it out.
        stands: Whether it is of the dose as it stands; False once that was worked out anew.
        in_time: Whether it was entered before the first drug.
        after_comparing: Whether an earlier check of the same dose had differed: the figures of
            both had been compared by then, so that this one was not entered blind.
    """

    by: Author
    at: dt.datetime
    first_by: Author
    figures: tuple[CheckedFigure, ...]
    stands: bool
    in_time: bool = True
    after_comparing: bool = False

    @property
    def same(self) -> bool:
        """Tell whether all figures are the same."""
        return all(figure.same for figure in self.figures)


@dataclass(frozen=True, slots=True)
class PreparationView:
    """What was taken of one lot."""

    uid: str
    by: Author
    at: dt.datetime
    product: str
    name: str
    lot: str
    expiry: str
    mg: Decimal
    drawn_ml: Decimal | None
    vial_ml: Decimal | None
    vials: int | None
    pieces: Decimal | None
    opened_mg: Decimal | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PortionView:
    """What was given by hand at one time."""

    uid: str
    by: Author
    at: dt.datetime
    mg: Decimal
    minutes: Decimal | None
    site: str
    reason: str


@dataclass(frozen=True, slots=True)
class WasteView:
    """What was thrown away, or (without a witness) put back into the cupboard."""

    uid: str
    by: Author
    at: dt.datetime
    of: WasteOf
    mg: Decimal
    ml: Decimal | None
    count: Decimal | None
    lot: str
    witness: Author | None
    reason: str = ""

    @property
    def kept(self) -> bool:
        """Tell whether it was kept, not thrown away."""
        return self.witness is None


@dataclass(frozen=True, slots=True)
class VialView:
    """The balance of one lot's opened vials: opened = drawn + wasted + kept + open.

    Attributes:
        open_mg, open_ml: What nobody has said anything about; 0 where it balances to 0.01 mL.
    """

    name: str
    lot: str
    opened_mg: Decimal
    drawn_mg: Decimal
    wasted_mg: Decimal
    kept_mg: Decimal
    open_mg: Decimal
    open_ml: Decimal | None


@dataclass(frozen=True, slots=True)
class OverrideView:
    """A prescriber let something go through.

    Attributes:
        what: The code that had refused it.
        used: Whether the act that it was for has followed.
        lapsed: Whether it ended before: it was for another dose, or a check differed since.
        worked_out: Whether the prescriber had also worked the dose out.
        bp: The pressure before the dose that was decided about; empty of anything else.
    """

    by: Author
    at: dt.datetime
    what: str
    reason: str
    used: bool
    lapsed: bool = False
    worked_out: bool = False
    bp: str = ""

    @property
    def in_force(self) -> bool:
        """Tell whether the act that it is for may still follow."""
        return not (self.used or self.lapsed)


@dataclass(frozen=True, slots=True)
class DoseView:
    """The dose figures, each apart; None is "not recorded" (or does not apply).

    Amounts in mg, volumes in mL, rates in mL/h, times in minutes.

    Attributes:
        verified_by: The user who entered the same figures as a second person.
        tolerance_mg: One graduation of what the waste was measured in (or would be), in mg: more
            than that unaccounted is to be explained.
        flagged: Whether what is prepared differs from what was calculated beyond the protocol.
        by, at: Who worked it out, when; `reason` is why above the protocol's cap.
        preparations: Of the dose as it stands.
        earlier_preparations: Of a dose that was worked out anew afterwards.
    """

    ordered_mg: Decimal | None = None
    weight_kg: Decimal | None = None
    basis: Basis | None = None
    basis_reason: str = ""
    calculated_mg: Decimal | None = None
    drawn_ml: Decimal | None = None
    syringe_ml: Decimal | None = None
    prepared_mg: Decimal | None = None
    deviation_percent: Decimal | None = None
    strength_mg_per_ml: Decimal | None = None
    final_volume_ml: Decimal | None = None
    volume_mode: VolumeMode | None = None
    concentration_mg_per_ml: Decimal | None = None
    rate_ml_h: Decimal | None = None
    minutes: Decimal | None = None
    runs_minutes: Decimal | None = None
    given_mg: Decimal | None = None
    left_mg: Decimal | None = None
    wasted_mg: Decimal | None = None
    unaccounted_mg: Decimal | None = None
    verified_by: str | None = None
    pump_ml: Decimal | None = None
    working: tuple[WorkingLine, ...] = ()
    per_kg_mg: Decimal | None = None
    dosing_weight_kg: Decimal | None = None
    product: str = ""
    product_name: str = ""
    pieces: Decimal | None = None
    piece_mg: Decimal | None = None
    tolerance_mg: Decimal | None = None
    flagged: bool = False
    by: Author | None = None
    at: dt.datetime | None = None
    reason: str = ""
    checks: tuple[CheckView, ...] = ()
    preparations: tuple[PreparationView, ...] = ()
    portions: tuple[PortionView, ...] = ()
    wastes: tuple[WasteView, ...] = ()
    vials: tuple[VialView, ...] = ()
    earlier_preparations: tuple[PreparationView, ...] = ()

    @property
    def check(self) -> CheckView | None:
        """Return the newest check of the dose as it stands; one before the first drug first."""
        standing = [check for check in self.checks if check.stands]
        in_time = [check for check in standing if check.in_time]
        return next(reversed(in_time or standing), None)


@dataclass(frozen=True, slots=True)
class ReplacedView:
    """An order, a weight or a calculation that was made anew: it no longer counts, but stays.

    Attributes:
        what: "order", "weight" or "dose".
        words: What it said, as printed: "0.5 mg/kg over 40 min".
        by, at: Whose it was, and when.
        replaced_at, replaced_by: When and by whom the one after it was written. Of a dose that
            nobody has worked out again, that is what undid it.
        reason: As typed with it.
        anew: Whether another of its kind has taken its place.
    """

    what: str
    words: str
    by: Author
    at: dt.datetime
    replaced_at: dt.datetime
    replaced_by: Author
    reason: str = ""
    anew: bool = True


@dataclass(frozen=True, slots=True)
class SegmentView:
    """A stretch of the infusion; a rate of 0 is a pause; `end` is None while it lasts."""

    start: dt.datetime
    end: dt.datetime | None
    rate_ml_h: Decimal
    given_mg: Decimal
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DeviceView:
    """One nasal device.

    Attributes:
        minutes_early: By how much the rest before it was cut short; 0 where it was not.
    """

    number: int
    at: dt.datetime
    mg: Decimal
    lot: str
    expiry: str
    sprays: int
    by: Author
    minutes_early: int
    reason: str
