"""Where drug of a session can still be, and so be wasted or kept."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from monitor.dose_view import PreparationView
from monitor.entries import WasteOf
from monitor.overview import SessionOverview
from monitor.protocols.protocol import Way


@dataclass(frozen=True, slots=True)
class Place:
    """What was made ready, an opened vial, or the devices.

    Attributes:
        per_ml: Milligrams in a millilitre; None where that is not how it is measured.
    """

    of: WasteOf
    name: str
    lot: str = ""
    per_ml: Decimal | None = None

    @property
    def key(self) -> str:
        """Return its name among the answers."""
        return f"{self.of.value} {self.lot}".strip()


def places_of(overview: SessionOverview) -> tuple[Place, ...]:
    """Return where drug of this session can be: nothing is offered that never was.

    While a dose runs, what was made ready is at the patient and cannot be thrown away.
    """
    if overview.way is Way.DEVICES:
        return (Place(WasteOf.DEVICE, "A device that was not given"),)
    dose = overview.dose
    begun = overview.started_at is not None
    running = begun and overview.ended_at is None and overview.closed_at is None
    made = []
    taken = (*dose.earlier_preparations, *dose.preparations)
    if (begun or taken) and not running:
        per_ml = dose.concentration_mg_per_ml
        if per_ml is None and overview.way is Way.SINGLE:
            per_ml = dose.strength_mg_per_ml
        made.append(Place(WasteOf.MIXTURE, "Made ready and not given", per_ml=per_ml))
    lots = {each.lot: each for each in taken}
    made += [_opened(overview, each) for each in lots.values()]
    return tuple(made)


def _opened(overview: SessionOverview, taken: PreparationView) -> Place:
    what = "Opened piece" if taken.pieces is not None else "Vial"
    strength = (p.strength for p in overview.products if p.id == taken.product)
    per_ml = None if taken.pieces is not None else overview.dose.strength_mg_per_ml
    return Place(
        WasteOf.VIAL, f"{what}, lot {taken.lot}", taken.lot, next(strength, None) or per_ml
    )
