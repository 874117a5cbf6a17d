"""What was not given: thrown away before a witness, or put back into the cupboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from monitor.accounting import (
    VIAL_TOLERANCE_ML,
    Batch,
    Vial,
    batches,
    graduation,
    part_of,
    place_of,
    settled,
    standing_batch,
    vial_of,
)
from monitor.acts.act import Act, Scene
from monitor.acts.labels import amount, at_most, lot_number
from monitor.entries import (
    Draft,
    Finished,
    Prepared,
    RemainderKept,
    SingleCalculated,
    Stopped,
    Wasted,
    WasteOf,
)
from monitor.errors import Code, InputError, RefusedError
from monitor.people import CLINICIANS, Author
from monitor.protocols.protocol import Form
from monitor.register import lot_key
from monitor.session import Session
from monitor.units import half_up

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waste(Act):
    """Throw drug away before another person, who proves who they are (`two_people`).

    Attributes:
        ml: As measured, of a mixture or a vial.
        count: Of pieces or devices.
        lot: Which vial or device, where several lots are open.
        product: Its id, where the lot is not enough.
        earlier: Of a mixture: whether it was made ready by a calculation from before the one
            that stands; None where only one of the two can be meant.
    """

    after_closing: ClassVar[bool] = True

    of: WasteOf
    witness: Author
    ml: Decimal | None = None
    count: Decimal | None = None
    lot: str = ""
    product: str = ""
    earlier: bool | None = None

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
        batch = self._batch(scene)
        left = _left(scene, batch)
        if batch.concentration is None:
            return self._pieces_left(batch, left)
        if self.count is not None:
            raise InputError(Code.DIFFERS, "count", first="mL", second="pieces")
        ml = amount(self.ml, "ml")
        holds = left / batch.concentration  # less than nothing where a graduation more was said
        holds = max(holds, _left_by_pump(scene, batch, holds))
        if ml > holds + graduation(ml):
            raise _too_much(ml, holds)
        mg = settled(ml * batch.concentration)
        return Wasted(WasteOf.MIXTURE, mg, self.witness, ml, calculation=batch.worked.uid)

    def _batch(self, scene: Scene) -> Batch:
        """Return which of the doses that were made ready is thrown away."""
        session = scene.session
        before = [b for b in batches(session) if not b.stands and b.preparations]
        open_ = next((b for b in before if _is_open(b)), None)
        if self.earlier or (self.earlier is None and open_ and not _can_waste(scene)):
            found = open_ or next(reversed(before), None)
        elif self.earlier is None and open_:
            raise InputError(Code.EMPTY, "earlier")
        else:
            found = self._as_it_stands(scene, before)
        if found is None:
            raise RefusedError(Code.NOTHING_OPEN, what="mixture")
        return found

    def _as_it_stands(self, scene: Scene, before: Sequence[Batch]) -> Batch | None:
        session = scene.session
        if _is_running(session):
            raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)
        batch = standing_batch(session)
        if batch is not None and (batch.preparations or session.started_at):
            return batch
        return None if self.earlier is False else next(reversed(before), None)

    def _pieces_left(self, batch: Batch, left: Decimal) -> Wasted:
        worked = batch.worked.what
        assert isinstance(worked, SingleCalculated)  # noqa: S101 - only such have no volume
        count, each = self._count(worked.part or Decimal(1)), worked.piece_mg or _NONE
        at_most(count, max(left, _NONE) / each, "count", "pieces")
        uid = batch.worked.uid
        return Wasted(WasteOf.MIXTURE, count * each, self.witness, count=count, calculation=uid)

    def _count(self, part: Decimal) -> Decimal:
        if self.ml is not None:
            raise InputError(Code.DIFFERS, "ml", first="pieces", second="mL")
        count = amount(self.count, "count")
        if not part_of(count, part):
            raise InputError(Code.OUT_OF_RANGE, "count", step=part)
        return count

    # --- what was opened --------------------------------------------------------------------

    def _vial(self, scene: Scene) -> Wasted:
        taken = opened_of(scene.session, self.lot, self.product)
        vial = opened_vial(scene.session, taken)
        if taken.strength_mg_per_ml is None:
            return self._piece(vial, taken)
        if self.count is not None:
            raise InputError(Code.DIFFERS, "count", first="mL", second="pieces")
        ml = amount(self.ml, "ml")
        check_still_in(vial, ml)
        mg = ml * taken.strength_mg_per_ml
        return Wasted(WasteOf.VIAL, mg, self.witness, ml, product=taken.product, lot=taken.lot)

    def _piece(self, vial: Vial, taken: Prepared) -> Wasted:
        count = self._count(Decimal("0.25"))  # what is left of a piece is what it was broken to
        each = taken.mg / (taken.pieces or Decimal(1))
        most = max(vial.rest_mg, _NONE) / each
        at_most(count, most, "count", "pieces")
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
        if scene.session.order is None:
            raise RefusedError(Code.ORDER_MISSING)
        count = self._count(Decimal(1))
        gone = (k.what for k in scene.session.all(Wasted) if k.what.of is WasteOf.DEVICE)
        before = sum((each.count or _NONE for each in gone), _NONE)
        most = max(scene.session.devices_ordered - before, _NONE)
        at_most(count, most, "count", "devices")
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
        product: Its id, where the lot is not enough.
    """

    after_closing: ClassVar[bool] = True

    ml: Decimal
    lot: str = ""
    product: str = ""

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write what went back."""
        taken = opened_of(scene.session, self.lot, self.product)
        if taken.strength_mg_per_ml is None:
            raise RefusedError(Code.NOTHING_OPEN, what="piece")
        ml = amount(self.ml, "ml")
        check_still_in(opened_vial(scene.session, taken), ml)
        kept = RemainderKept(taken.product, taken.lot, ml * taken.strength_mg_per_ml, ml)
        return (self.draft(scene, kept),)


def opened_of(session: Session, lot: str, product: str = "") -> Prepared:
    """Return what was taken of a lot; the only one where none is named.

    Raises:
        InputError: `empty` for the lot (or the product, where the lot is of several) where more
            than one can be meant.
        RefusedError: `nothing-open`.
    """
    lot, product = lot.strip(), product.strip()
    by_place: dict[tuple[str, str], Prepared] = {}
    for kept in session.all(Prepared):
        by_place.setdefault(place_of(kept.what), kept.what)
    meant = {
        place: taken
        for place, taken in by_place.items()
        if product in ("", taken.product) and (not lot or place[1] == lot_key(lot))
    }
    if len({key for _, key in meant}) > 1:
        raise InputError(Code.EMPTY, "lot", allowed=tuple(each.lot for each in meant.values()))
    if len(meant) > 1:
        allowed = tuple(each.product for each in meant.values())
        raise InputError(Code.EMPTY, "product", lot=lot, allowed=allowed)
    for taken in meant.values():
        return taken
    raise RefusedError(Code.NOTHING_OPEN, what="vial", **({"name": lot} if lot else {}))


def opened_vial(session: Session, taken: Prepared) -> Vial:
    """Return the balance of a lot: nothing is left of what nobody said to have opened.

    Raises:
        RefusedError: `nothing-open`.
    """
    vial = vial_of(session, taken.product, taken.lot)
    if vial is None:
        raise RefusedError(Code.NOTHING_OPEN, what="opened", lot=taken.lot)
    return vial


def check_still_in(vial: Vial, ml: Decimal) -> None:
    """Refuse more than is still in the opened vials.

    Raises:
        InputError: `too-much`.
    """
    if vial.strength is None:
        return
    holds = vial.rest_mg / vial.strength
    if ml > holds + VIAL_TOLERANCE_ML:
        raise _too_much(ml, holds)


def _too_much(ml: Decimal, holds: Decimal) -> InputError:
    most = half_up(max(holds, _NONE), 2)
    return InputError(Code.TOO_MUCH, "ml", typed=settled(ml), most=most, unit="mL")


def _left(scene: Scene, batch: Batch) -> Decimal:
    """Return what nobody gave and nobody wasted of it, in mg."""
    given = (scene.overview.dose.given_mg or _NONE) if batch.stands else _NONE
    return batch.prepared_mg - given - batch.wasted_mg


def _left_by_pump(scene: Scene, batch: Batch, computed: Decimal) -> Decimal:
    """Return the mL left by the pump's own display at the end, where it was read.

    It may be the right figure, and what is computed the wrong one.
    """
    ending, volume = scene.session.ending, batch.volume_ml
    last = ending.what if ending else None
    shown = last.pump_ml if isinstance(last, Stopped | Finished) else None
    if not batch.stands or shown is None or volume is None:
        return computed
    wasted = sum((kept.what.ml or _NONE for kept in batch.wastes), _NONE)
    return volume - shown - wasted


def _is_open(batch: Batch) -> bool:
    """Tell whether of an earlier dose more is left than could not be measured."""
    balance = batch.mixture(_NONE)
    return balance.unaccounted_mg > 0 and not balance.balances


def _is_running(session: Session) -> bool:
    """Tell whether the dose is at the patient, where nobody can throw it away."""
    begun = session.started_at is not None and session.dose_ended_at is None
    return begun and session.closed_at is None


def _can_waste(scene: Scene) -> bool:
    """Tell whether there is something to throw away of the dose as it stands."""
    batch = standing_batch(scene.session)
    if batch is None or _is_running(scene.session):
        return False
    return bool(batch.preparations or scene.session.started_at) and _left(scene, batch) > 0
