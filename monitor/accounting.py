"""Accounting for what was taken from the cupboard, in exact milligrams.

Two balances are kept apart. The mixture: prepared = given + wasted + unaccounted. The vial:
opened = drawn + wasted + kept + open. Neither is ever rounded or adjusted to fit; what is more
than could have been measured is explained by a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from monitor.dosing import SYRINGES
from monitor.entries import (
    Calculated,
    Prepared,
    RemainderKept,
    SingleCalculated,
    Started,
    Wasted,
    WasteOf,
)
from monitor.register import lot_key
from monitor.session import Kept, Session
from monitor.units import half_up

VIAL_TOLERANCE_ML = Decimal("0.01")
"""To so much a vial balances (worked examples, "balance")."""

_PLACES_APART = 9
"""Decimal places of a mg: less apart are what two divisions leave of one and the same amount."""

_NONE = Decimal(0)


def settled(mg: Decimal) -> Decimal:
    """Return an amount without what a division leaves beyond any drug, at 12 places of a mg."""
    return half_up(mg, 12).normalize() + 0


def graduation(volume_ml: Decimal) -> Decimal:
    """Return what the smallest syringe that holds a volume is marked in, in mL.

    Example:
        >>> graduation(Decimal(15)), graduation(Decimal("0.7")), graduation(Decimal(80))
        (Decimal('1'), Decimal('0.01'), Decimal('1'))
    """
    return next(
        (mark for size, mark in SYRINGES.items() if volume_ml <= size), SYRINGES[max(SYRINGES)]
    )


def part_of(pieces: Decimal, part: Decimal) -> bool:
    """Tell whether so many pieces are a whole number of the parts that can be given."""
    return pieces % part == 0


def whole_pieces(pieces: Decimal) -> Decimal:
    """Return how many pieces are opened to take so many: a half tablet comes out of a whole."""
    return pieces.to_integral_value(rounding=ROUND_CEILING)


@dataclass(frozen=True, slots=True)
class Mixture:
    """The balance of what was made ready, in mg.

    Attributes:
        tolerance_mg: More precisely nobody can have measured; 0 for pieces.
    """

    prepared_mg: Decimal
    given_mg: Decimal
    wasted_mg: Decimal
    tolerance_mg: Decimal = _NONE

    @property
    def left_mg(self) -> Decimal:
        """Return what has not been given."""
        return self.prepared_mg - self.given_mg

    @property
    def unaccounted_mg(self) -> Decimal:
        """Return what nobody gave and nobody wasted; negative where more is said than was there.

        Example:
            >>> Mixture(Decimal(35), Decimal("24.5"), Decimal("10.5")).unaccounted_mg
            Decimal('0.0')
        """
        return self.left_mg - self.wasted_mg

    @property
    def balances(self) -> bool:
        """Tell whether no more is unaccounted for than could not have been measured."""
        return half_up(abs(self.unaccounted_mg) - self.tolerance_mg, _PLACES_APART) <= 0


def tolerance(volume_ml: Decimal, concentration: Decimal, rounding_ml: Decimal = _NONE) -> Decimal:
    """Return one graduation of what a volume is measured in, as mg of its drug.

    Args:
        volume_ml: What was wasted, else what is left.
        concentration: Of the mixture, in mg/mL.
        rounding_ml: What the rounding of the rate to the pump's step can leave behind, or take
            too much; it counts where it is more than a graduation.
    """
    return settled(max(graduation(volume_ml), rounding_ml) * concentration)


@dataclass(frozen=True, slots=True)
class Vial:
    """The balance of what was opened of one lot, in mg.

    Attributes:
        strength: mg/mL; None for pieces, which balance exactly.
    """

    product: str
    lot: str
    strength: Decimal | None
    opened_mg: Decimal
    drawn_mg: Decimal
    wasted_mg: Decimal
    kept_mg: Decimal

    @property
    def rest_mg(self) -> Decimal:
        """Return what nobody has said anything about, however little."""
        return self.opened_mg - self.drawn_mg - self.wasted_mg - self.kept_mg

    @property
    def open_mg(self) -> Decimal:
        """Return what nobody has said anything about; 0 where the vial balances."""
        slack = VIAL_TOLERANCE_ML * self.strength if self.strength else _NONE
        return self.rest_mg if abs(self.rest_mg) > slack else _NONE

    @property
    def open_ml(self) -> Decimal | None:
        """Return the same as a volume; None for pieces."""
        return self.open_mg / self.strength if self.strength else None


@dataclass(frozen=True, slots=True)
class Batch:
    """What was made ready of one calculation, and what of that was thrown away.

    Attributes:
        worked: The calculation.
        stands: Whether it is the dose as it stands; False once it was worked out anew.
    """

    worked: Kept[Calculated] | Kept[SingleCalculated]
    stands: bool
    preparations: tuple[Kept[Prepared], ...]
    wastes: tuple[Kept[Wasted], ...]

    @property
    def prepared_mg(self) -> Decimal:
        """Return what was made ready; before anybody said so, what was worked out."""
        if not self.preparations:
            return self.worked.what.prepared_mg
        return sum((kept.what.mg for kept in self.preparations), _NONE)

    @property
    def wasted_mg(self) -> Decimal:
        """Return what was thrown away of it."""
        return sum((kept.what.mg for kept in self.wastes), _NONE)

    @property
    def volume_ml(self) -> Decimal | None:
        """Return the final volume of a mixture; None where nothing was mixed."""
        what = self.worked.what
        return what.final_volume_ml if isinstance(what, Calculated) else None

    @property
    def concentration(self) -> Decimal | None:
        """Return the drug in each mL that is given; None for pieces."""
        what = self.worked.what
        if isinstance(what, SingleCalculated):
            return what.strength_mg_per_ml
        if self.prepared_mg == what.prepared_mg:
            return what.concentration_mg_per_ml
        return self.prepared_mg / what.final_volume_ml

    def mixture(self, given_mg: Decimal, rounding_ml: Decimal = _NONE) -> Mixture:
        """Return its balance once so much was given."""
        prepared, wasted, slack = self.prepared_mg, self.wasted_mg, _NONE
        if self.concentration:
            measured = sum((kept.what.ml or _NONE for kept in self.wastes), _NONE)
            left = (prepared - given_mg) / self.concentration
            slack = tolerance(measured or left, self.concentration, rounding_ml)
        return Mixture(prepared, given_mg, wasted, slack)


def batches(session: Session) -> tuple[Batch, ...]:
    """Return what was made ready of each calculation, oldest first.

    What was wasted belongs to the calculation that it names; where it names none, to what had
    been made ready last, and once the dose has begun, to that.
    """
    wastes = [kept for kept in session.all(Wasted) if kept.what.of is WasteOf.MIXTURE]
    worked: list[Kept[Calculated] | Kept[SingleCalculated]] = []
    worked += session.all(Calculated)
    worked += session.all(SingleCalculated)
    now = session.worked
    made: list[Batch] = []
    for place, kept in enumerate(worked):
        until = worked[place + 1].first.n if place + 1 < len(worked) else None
        ready = tuple(_between(session.all(Prepared), kept.first.n, until))
        made.append(Batch(kept, now is not None and now.uid == kept.uid, ready, ()))
    of = {waste.uid: _wasted_of(session, made, waste) for waste in wastes}
    return tuple(
        replace(batch, wastes=tuple(waste for waste in wastes if of[waste.uid] is batch))
        for batch in made
    )


def _between(
    kept: Iterable[Kept[Prepared]], after: int, until: int | None
) -> Iterator[Kept[Prepared]]:
    return (each for each in kept if after < each.first.n and (not until or each.first.n < until))


def _wasted_of(session: Session, made: Sequence[Batch], waste: Kept[Wasted]) -> Batch | None:
    named = next((batch for batch in made if batch.worked.uid == waste.what.calculation), None)
    return named or _batch_of(session, made, waste.first.n)


def _batch_of(session: Session, made: Sequence[Batch], n: int) -> Batch | None:
    """Return what lay ready when the entry with that number was written."""
    known = [batch for batch in made if batch.worked.first.n < n]
    ready = [b for b in known if any(kept.first.n < n for kept in b.preparations)]
    begun = any(kept.first.n < n for kept in session.all(Started))
    begun = begun or any(kept.first.n < n for kept in session.portions)
    return next(reversed(known if begun or not ready else ready), None)


def standing_batch(session: Session) -> Batch | None:
    """Return what was made ready of the dose as it stands."""
    return next((batch for batch in batches(session) if batch.stands), None)


def place_of(what: Prepared | Wasted | RemainderKept) -> tuple[str, str]:
    """Return of which product and lot something is, as it is compared."""
    return what.product, lot_key(what.lot)


def vials(session: Session) -> tuple[Vial, ...]:
    """Return the balance of each lot of which somebody said what was opened."""
    gone: list[Wasted | RemainderKept] = []
    gone += [k.what for k in session.all(Wasted) if k.what.of is WasteOf.VIAL]
    gone += [k.what for k in session.all(RemainderKept)]
    lots: dict[tuple[str, str], list[Prepared]] = {}
    for kept in session.all(Prepared):
        lots.setdefault(place_of(kept.what), []).append(kept.what)
    made = (
        balance(taken, [what for what in gone if place_of(what) == place])
        for place, taken in lots.items()
    )
    return tuple(vial for vial in made if vial is not None)


def vial_of(session: Session, product: str, lot: str) -> Vial | None:
    """Return the balance of one lot; None where nobody said what was opened of it."""
    place = product, lot_key(lot)
    return next((v for v in vials(session) if (v.product, lot_key(v.lot)) == place), None)


def balance(taken: Sequence[Prepared], gone: Iterable[Wasted | RemainderKept]) -> Vial | None:
    """Return the balance of one lot; None where nobody said what was opened of it.

    Args:
        taken: What was drawn from it.
        gone: What was thrown away or put back of it.
    """
    opened = [each.opened_mg for each in taken if each.opened_mg is not None]
    if not opened:
        return None
    gone = tuple(gone)
    return Vial(
        product=taken[0].product,
        lot=taken[0].lot,
        strength=taken[0].strength_mg_per_ml,
        opened_mg=sum(opened, _NONE),
        drawn_mg=sum((each.mg for each in taken), _NONE),
        wasted_mg=sum((each.mg for each in gone if isinstance(each, Wasted)), _NONE),
        kept_mg=sum((each.mg for each in gone if isinstance(each, RemainderKept)), _NONE),
    )
