"""Where drug of a session can still be, and so be wasted or kept."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from monitor.dose_view import PreparationView
from monitor.entries import WasteOf
from monitor.overview import SessionOverview
from monitor.protocols.protocol import Way
from monitor.register import lot_key


@dataclass(frozen=True, slots=True)
class Place:
    """What was made ready, an opened vial, or the devices.

    Attributes:
        per_ml: Milligrams in a millilitre; None where that is not how it is measured, or not
            known here.
        product: Its id, of a vial whose lot is of several products.
        earlier: Of what was made ready: whether by a calculation before the one that stands;
            None where only one can be meant.
    """

    of: WasteOf
    name: str
    lot: str = ""
    per_ml: Decimal | None = None
    product: str = ""
    earlier: bool | None = None

    @property
    def key(self) -> str:
        """Return its name among the answers."""
        said = (self.of.value, "earlier" * bool(self.earlier), self.product, self.lot)
        return " ".join(filter(None, said))


def places_of(overview: SessionOverview) -> tuple[Place, ...]:
    """Return where drug of this session can be: nothing is offered that never was.

    While a dose runs, what was made ready is at the patient and cannot be thrown away.
    """
    if overview.way is Way.DEVICES:
        return (Place(WasteOf.DEVICE, "A device that was not given"),)
    dose = overview.dose
    taken = (*dose.earlier_preparations, *dose.preparations)
    lots = {(each.product, lot_key(each.lot)): each for each in reversed(taken)}
    keys = [lot for _, lot in lots]
    opened = (_opened(overview, lots[place], keys.count(place[1])) for place in reversed(lots))
    return (*_made_ready(overview), *opened)


def _made_ready(overview: SessionOverview) -> tuple[Place, ...]:
    dose = overview.dose
    begun = overview.started_at is not None
    running = begun and overview.ended_at is None and overview.closed_at is None
    left = any((g.code, g.about) == ("unaccounted", "earlier") for g in overview.gaps)
    made = []
    if dose.earlier_preparations and left:
        made.append(
            Place(WasteOf.MIXTURE, "Made ready before, by figures since replaced", earlier=True)
        )
    if (begun or dose.preparations) and not running:
        per_ml = dose.concentration_mg_per_ml
        if per_ml is None and overview.way is Way.SINGLE:
            per_ml = dose.strength_mg_per_ml
        earlier = False if made else None
        name = "Made ready and not given"
        made.append(Place(WasteOf.MIXTURE, name, per_ml=per_ml, earlier=earlier))
    return tuple(made)


def _opened(overview: SessionOverview, taken: PreparationView, products: int) -> Place:
    what = "Opened piece" if taken.pieces is not None else "Vial"
    strength = (p.strength for p in overview.products if p.id == taken.product)
    per_ml = None if taken.pieces is not None else overview.dose.strength_mg_per_ml
    return Place(
        WasteOf.VIAL,
        f"{what}, {taken.name}, lot {taken.lot}" if products > 1 else f"{what}, lot {taken.lot}",
        taken.lot,
        next(strength, None) or per_ml,
        taken.product if products > 1 else "",
    )
