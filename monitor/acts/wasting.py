"""What was not given: thrown away before a witness, or put back into the cupboard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from monitor.accounting import (
    VIAL_TOLERANCE_ML,
    Batch,
    batch_at_hand,
    graduation,
    part_of,
    settled,
    vials,
)
from monitor.acts.act import Act, Scene
from monitor.acts.labels import amount, at_most, lot_number
from monitor.entries import (
    Draft,
    Prepared,
    RemainderKept,
    SingleCalculated,
    Wasted,
    WasteOf,
)
from monitor.errors import Code, InputError, RefusedError
from monitor.people import CLINICIANS, Author
from monitor.protocols.protocol import Form
from monitor.session import Session

MOST_DEVICES = 10
"""More are taken for a slip of the hand (a typing guard of this project)."""

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waste(Act):
    """Throw drug away before another person, who proves who they are (`two_people`).

    Attributes:
        ml: As measured, of a mixture or a vial.
        count: Of pieces or devices.
        lot: Which vial or device, where several lots are open.
    """

    after_closing: ClassVar[bool] = True

    of: WasteOf
    witness: Author
    ml: Decimal | None = None
    count: Decimal | None = None
    lot: str = ""

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write what was thrown away, and who saw it."""
        if self.witness.user == scene.author.user:
            raise RefusedError(Code.SAME_PERSON)
        if self.witness.role not in CLINICIANS:
            raise RefusedError(Code.NOT_ALLOWED, role=self.witness.role.value)
        if self.of is WasteOf.MIXTURE:
            return (self.draft(scene, self._mixture(scene)),)
        if self.of is WasteOf.VIAL:
            return (self.draft(scene, self._vial(scene)),)
        return (self.draft(scene, self._device(scene)),)

    # --- the mixture ----------------------------------------------------------------------

    def _mixture(self, scene: Scene) -> Wasted:
        session = scene.session
        running = session.started_at is not None and session.dose_ended_at is None
        if running and session.closed_at is None:
            raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)
        batch = batch_at_hand(session)
        if batch is None or not (batch.preparations or session.started_at):
            raise RefusedError(Code.NOTHING_OPEN, what="mixture")
        given = (scene.overview.dose.given_mg or _NONE) if batch.stands else _NONE
        left = batch.prepared_mg - given - batch.wasted_mg
        if batch.concentration is None:
            return self._pieces_left(batch, left)
        if self.count is not None:
            raise InputError(Code.DIFFERS, "count", first="mL", second="pieces")
        ml = amount(self.ml, "ml")
        holds = max(left, _NONE) / batch.concentration
        if ml > holds + graduation(ml):
            raise InputError(Code.TOO_MUCH, "ml", typed=settled(ml), most=settled(holds), unit="mL")
        return Wasted(WasteOf.MIXTURE, settled(ml * batch.concentration), self.witness, ml)

    def _pieces_left(self, batch: Batch, left: Decimal) -> Wasted:
        worked = batch.worked.what
        assert isinstance(worked, SingleCalculated)  # noqa: S101 - only such have no volume
        count, each = self._count(worked.part or Decimal(1)), worked.piece_mg or _NONE
        at_most(count, left / each, "count", "pieces")
        return Wasted(WasteOf.MIXTURE, count * each, self.witness, count=count)

    def _count(self, part: Decimal) -> Decimal:
        if self.ml is not None:
            raise InputError(Code.DIFFERS, "ml", first="pieces", second="mL")
        count = amount(self.count, "count")
        if not part_of(count, part):
            raise InputError(Code.OUT_OF_RANGE, "count", step=part)
        return count

    # --- what was opened --------------------------------------------------------------------

    def _vial(self, scene: Scene) -> Wasted:
        taken = opened_of(scene.session, self.lot)
        if taken.strength_mg_per_ml is None:
            return self._piece(scene.session, taken)
        if self.count is not None:
            raise InputError(Code.DIFFERS, "count", first="mL", second="pieces")
        ml = amount(self.ml, "ml")
        check_still_in(scene.session, taken, ml)
        mg = ml * taken.strength_mg_per_ml
        return Wasted(WasteOf.VIAL, mg, self.witness, ml, product=taken.product, lot=taken.lot)

    def _piece(self, session: Session, taken: Prepared) -> Wasted:
        count = self._count(Decimal("0.25"))  # what is left of a piece is what it was broken to
        each = taken.mg / (taken.pieces or Decimal(1))
        vial = next(v for v in vials(session) if (v.product, v.lot) == (taken.product, taken.lot))
        at_most(count, vial.rest_mg / each, "count", "pieces")
        return Wasted(
            WasteOf.VIAL,
            count * each,
            self.witness,
            count=count,
            product=taken.product,
            lot=taken.lot,
        )

    # --- a device ---------------------------------------------------------------------------

    def _device(self, scene: Scene) -> Wasted:
        dose = scene.session.by_device
        if dose is None:
            raise RefusedError(Code.NOTHING_OPEN, what="device")
        count = self._count(Decimal(1))
        at_most(count, Decimal(MOST_DEVICES), "count", "devices")
        products = [p for p in scene.session.protocol.products if p.form is Form.DEVICE]
        lot = lot_number(self.lot) if products or self.lot.strip() else ""
        return Wasted(
            WasteOf.DEVICE,
            count * dose.device_mg,
            self.witness,
            count=count,
            product=products[0].id if products else "",
            lot=lot,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepRemainder(Act):
    """Put what stayed in an opened vial back into the cupboard.

    Attributes:
        ml: As measured.
        lot: Which vial, where several lots are open.
    """

    after_closing: ClassVar[bool] = True

    ml: Decimal
    lot: str = ""

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write what went back."""
        taken = opened_of(scene.session, self.lot)
        if taken.strength_mg_per_ml is None:
            raise RefusedError(Code.NOTHING_OPEN, what="vial")
        ml = amount(self.ml, "ml")
        check_still_in(scene.session, taken, ml)
        kept = RemainderKept(taken.product, taken.lot, ml * taken.strength_mg_per_ml, ml)
        return (self.draft(scene, kept),)


def opened_of(session: Session, lot: str) -> Prepared:
    """Return what was taken of a lot; the only one where none is named.

    Raises:
        InputError: `empty` where several lots are open and none is named.
        RefusedError: `nothing-open`.
    """
    by_lot: Mapping[str, Prepared] = {k.what.lot: k.what for k in session.all(Prepared)}
    lot = lot.strip()
    if not lot and len(by_lot) > 1:
        raise InputError(Code.EMPTY, "lot", allowed=tuple(by_lot))
    found = by_lot.get(lot) if lot else next(iter(by_lot.values()), None)
    if found is None:
        named = {"name": lot} if lot else {}
        raise RefusedError(Code.NOTHING_OPEN, what="vial", **named)
    return found


def check_still_in(session: Session, taken: Prepared, ml: Decimal) -> None:
    """Refuse more than is still in the opened vials, where somebody said what they held.

    Raises:
        InputError: `too-much`.
    """
    for vial in vials(session):
        if (vial.product, vial.lot) == (taken.product, taken.lot) and vial.strength:
            holds = max(vial.rest_mg, _NONE) / vial.strength
            if ml > holds + VIAL_TOLERANCE_ML:
                raise InputError(Code.TOO_MUCH, "ml", typed=ml, most=settled(holds), unit="mL")
