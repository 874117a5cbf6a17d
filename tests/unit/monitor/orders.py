"""Orders and calculations as tests make them, and the sentence that refuses one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from monitor.acts import Act, Calculate, TakeOrder
from monitor.entries import Given, VolumeMode
from monitor.errors import MonitorError
from monitor.people import Author
from tests.fakes.visit import Visit
from ui.wording import sentence


def order(**changes: object) -> TakeOrder:
    """Return 0.5 mg/kg over 40 min, written, with changes."""
    usual: dict[str, Any] = {
        "how": Given.WRITTEN,
        "per_kg_mg": Decimal("0.5"),
        "minutes": Decimal(40),
    }
    return TakeOrder(**(usual | changes))


def whole(mg: str, **changes: object) -> TakeOrder:
    """Return a whole dose, written, with changes."""
    usual: dict[str, Any] = {"per_kg_mg": None, "minutes": None, "dose_mg": Decimal(mg)}
    return order(**(usual | changes))


def refusal(visit: Visit, act: Act, by: Author | None = None) -> str:
    """Return the sentence that refuses an act; nothing is stored.

    An order is a prescriber's, anything else the nurse's, unless somebody is named.
    """
    before = len(visit.store.entries)
    ordering = isinstance(act, TakeOrder)
    with pytest.raises(MonitorError) as caught:
        visit.do(act, by or (visit.prescriber if ordering else visit.nurse))
    assert len(visit.store.entries) == before
    return sentence(caught.value)


def calculate(**changes: object) -> Calculate:
    """Return 50 mg/mL in 50 mL that the drug replaces, with changes."""
    usual: dict[str, Any] = {
        "strength_mg_per_ml": Decimal(50),
        "volume_ml": Decimal(50),
        "volume_mode": VolumeMode.REPLACES,
    }
    return Calculate(**(usual | changes))


def single(product: str = "", strength: str = "", **changes: object) -> Calculate:
    """Return a single dose of a product, or of the solution of that strength."""
    mg_per_ml = Decimal(strength) if strength else None
    return Calculate(product=product, strength_mg_per_ml=mg_per_ml, **changes)  # type: ignore[arg-type]


def by_weight(protocol: str, per_kg: str, kg: str = "70", reason: str = "") -> Visit:
    """Return a visit with so much for each kilogram ordered, and the patient weighed."""
    visit = Visit(protocol)
    minutes = Decimal(2) if protocol == "iv-push-ed" else None
    visit.do(
        TakeOrder(how=Given.WRITTEN, per_kg_mg=Decimal(per_kg), minutes=minutes, reason=reason),
        visit.prescriber,
    )
    return visit.weighed(kg)


def ordered_whole(protocol: str, mg: str) -> Visit:
    """Return a visit with a whole dose ordered, and nobody weighed."""
    visit = Visit(protocol)
    visit.do(TakeOrder(how=Given.WRITTEN, dose_mg=Decimal(mg)), visit.prescriber)
    return visit
