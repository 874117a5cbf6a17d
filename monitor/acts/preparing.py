"""Taking drug out of what came from the cupboard."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from monitor.accounting import VIAL_TOLERANCE_ML, part_of, vial_of, whole_pieces
from monitor.acts.act import Act, Scene
from monitor.acts.labels import amount, at_most, expiry_date, lot_number
from monitor.entries import Calculated, Draft, Prepared, SingleCalculated
from monitor.errors import Code, InputError, RefusedError
from monitor.protocols.protocol import Form, Product, Protocol
from monitor.session import Session

MOST_VIALS = 20
"""More of one lot are taken for a slip of the hand (a typing guard of this project)."""

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepare(Act):
    """Draw up the dose that was worked out, or with a reason a part of it, from one lot.

    The rest, once a part is there, needs none. What was forgotten is entered until the session
    is closed, with the time when it was so.

    Attributes:
        lot, expiry: As printed on the vial; a date gone by is refused.
        product: Its id; where empty, the one that was worked out with.
        drawn_ml, pieces: One of them, as the product is measured.
        vial_ml, vials: What one vial holds, and how many were opened; None where not said.
    """

    lot: str
    expiry: str
    product: str = ""
    drawn_ml: Decimal | None = None
    pieces: Decimal | None = None
    vial_ml: Decimal | None = None
    vials: int | None = None

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write what was taken of this lot."""
        session = scene.session
        if session.by_device:
            raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)
        if session.order is None:
            raise RefusedError(Code.ORDER_MISSING)
        if session.worked is None:
            raise RefusedError(Code.DOSE_MISSING)
        worked = session.worked.what
        product = self._product(session.protocol, worked)
        pieces = isinstance(worked, SingleCalculated) and worked.pieces is not None
        made = (
            self._pieces(scene, product, worked) if pieces else self._drawn(scene, product, worked)
        )
        return (self.draft(scene, made),)

    def _product(self, protocol: Protocol, worked: Calculated | SingleCalculated) -> Product:
        meant = worked_product(protocol, worked)
        if self.product in ("", meant.id):
            return meant
        known = protocol.product(self.product)
        if known is None:
            allowed = tuple(product.id for product in protocol.products)
            raise InputError(Code.OUT_OF_RANGE, "product", allowed=allowed)
        raise InputError(Code.DIFFERS, "product", first=meant.name, second=known.name)

    def _drawn(
        self, scene: Scene, product: Product, worked: Calculated | SingleCalculated
    ) -> Prepared:
        lot, expiry = self._label(scene)
        if self.pieces is not None:
            raise InputError(Code.DIFFERS, "pieces", first="mL", second="pieces")
        drawn = amount(self.drawn_ml, "drawn_ml")
        strength = worked.strength_mg_per_ml or _NONE
        opened_ml = opened(product, self.vial_ml, self.vials)
        holds = opened_ml if opened_ml is not None else self._still_in(scene, product, lot)
        if holds is not None:
            at_most(drawn, holds, "drawn_ml", "mL")
        whole = worked.drawn_ml or _NONE
        before = sum((k.what.drawn_ml or _NONE for k in scene.session.preparations), _NONE)
        self._check_total(drawn + before, whole, "drawn_ml")
        return Prepared(
            product=product.id,
            lot=lot,
            expiry=expiry,
            mg=drawn * strength,
            opened_mg=None if opened_ml is None else opened_ml * strength,
            strength_mg_per_ml=strength,
            drawn_ml=drawn,
            vial_ml=self.vial_ml,
            vials=self.vials,
        )

    def _pieces(
        self, scene: Scene, product: Product, worked: Calculated | SingleCalculated
    ) -> Prepared:
        assert isinstance(worked, SingleCalculated)  # noqa: S101 - the caller has looked
        lot, expiry = self._label(scene)
        if self.drawn_ml is not None or self.vial_ml is not None or self.vials is not None:
            raise InputError(Code.DIFFERS, "drawn_ml", first="pieces", second="mL")
        pieces = amount(self.pieces, "pieces")
        if not part_of(pieces, worked.part or Decimal(1)):
            raise InputError(Code.OUT_OF_RANGE, "pieces", step=worked.part)
        before = sum((k.what.pieces or _NONE for k in scene.session.preparations), _NONE)
        self._check_total(pieces + before, worked.pieces or _NONE, "pieces")
        each = worked.piece_mg or _NONE
        return Prepared(
            product=product.id,
            lot=lot,
            expiry=expiry,
            mg=pieces * each,
            opened_mg=opened_pieces(scene.session, product.id, lot, pieces) * each,
            pieces=pieces,
        )

    def _label(self, scene: Scene) -> tuple[str, str]:
        lot = lot_number(self.lot)
        return lot, expiry_date(self.expiry, scene.overview.local(scene.now).date(), lot)

    def _still_in(self, scene: Scene, product: Product, lot: str) -> Decimal | None:
        """Return what is left in vials of this lot that were opened before, if any were."""
        vial = vial_of(scene.session, product.id, lot)
        if vial is None or not vial.strength:
            return None
        return vial.rest_mg / vial.strength + VIAL_TOLERANCE_ML

    def _check_total(self, total: Decimal, whole: Decimal, field: str) -> None:
        """Hold what would be taken in all against what was worked out."""
        unit = "mL" if field == "drawn_ml" else "pieces"
        if total > whole:
            raise InputError(Code.DIFFERS, field, first=whole, second=total, unit=unit)
        if total < whole and not self.reason.strip():
            rest = whole - total
            raise InputError(Code.DIFFERS, field, first=whole, second=total, rest=rest, unit=unit)


def worked_product(protocol: Protocol, worked: Calculated | SingleCalculated) -> Product:
    """Return what a dose was worked out with."""
    if isinstance(worked, SingleCalculated):
        known = protocol.product(worked.product)
        fits = [known] if known else []
    else:
        fits = [p for p in protocol.products if p.strength == worked.strength_mg_per_ml]
    if fits:
        return fits[0]
    return Product("", protocol.drug, Form.SOLUTION, worked.strength_mg_per_ml)


def opened_pieces(session: Session, product: str, lot: str, pieces: Decimal) -> Decimal:
    """Return how many whole pieces are opened to take so many, once what lies broken is used.

    The half that is left of a tablet is taken before another one is opened.
    """
    taken = [k.what for k in session.all(Prepared) if k.what.pieces]
    vial = vial_of(session, product, lot)
    if vial is None or not taken:
        return whole_pieces(pieces)
    each = next((t.mg / t.pieces for t in taken if t.pieces and t.product == product), None)
    rest = vial.rest_mg / each if each else _NONE
    return whole_pieces(max(pieces - rest, _NONE))


def opened(product: Product, vial_ml: Decimal | None, vials: int | None) -> Decimal | None:
    """Return what the opened vials hold in all; None where nobody says what was opened.

    Raises:
        InputError: `empty` where one of the two is missing, `out-of-range` for a size that the
            product does not come in, or for a number of vials that cannot be.
    """
    if vial_ml is None and vials is None:
        return None
    size = amount(vial_ml, "vial_ml")
    if product.vials_ml and size not in product.vials_ml:
        raise InputError(Code.OUT_OF_RANGE, "vial_ml", allowed=product.vials_ml, unit="mL")
    if vials is None:
        raise InputError(Code.EMPTY, "vials")
    if not 1 <= vials <= MOST_VIALS:
        raise InputError(Code.OUT_OF_RANGE, "vials", least=1, most=MOST_VIALS)
    return size * vials
