"""Visits whose dose is given by hand: worked out, checked and made ready, not yet given."""

from __future__ import annotations

from decimal import Decimal

from monitor.acts import Calculate, TakeOrder
from monitor.entries import Given, VolumeMode
from tests.fakes.visit import Visit

BASELINE = "122/76 72 98 16 s5 d0"


def injection(*, checked: bool = True) -> Visit:
    """Return 35 mg into a muscle: 0.7 mL of 50 mg/mL, one vial of 10 mL opened."""
    visit = Visit("im-ketamine").at("09:48")
    visit.do(TakeOrder(how=Given.WRITTEN, per_kg_mg=Decimal("0.5")), visit.prescriber)
    visit.weighed().do(Calculate(product="ketamine-50"))
    return _ready(visit, checked=checked, vial_ml="10")


def push(*, checked: bool = True) -> Visit:
    """Return 14 mg over 2 min by hand: 1.4 mL of 10 mg/mL, made up to 10 mL."""
    visit = Visit("iv-push-ed").at("09:48")
    order = TakeOrder(how=Given.WRITTEN, per_kg_mg=Decimal("0.2"), minutes=Decimal(2))
    visit.do(order, visit.prescriber)
    visit.weighed().do(
        Calculate(product="ketamine-10", volume_ml=Decimal(10), volume_mode=VolumeMode.REPLACES)
    )
    return _ready(visit, checked=checked, vial_ml="20")


def tablets() -> Visit:
    """Return 100 mg by mouth: two tablets of 50 mg."""
    visit = Visit("oral-ketamine").at("09:48")
    visit.do(TakeOrder(how=Given.WRITTEN, dose_mg=Decimal(100)), visit.prescriber)
    visit.do(Calculate(product="ketamine-tablet-50"))
    return _ready(visit, checked=True, vial_ml="")


def infusion(*, checked: bool = True) -> Visit:
    """Return 35 mg over 40 min, drawn up and ready to run."""
    visit = Visit().at("09:48").ordered().weighed().calculated()
    return _ready(visit, checked=checked, vial_ml="10")


def _ready(visit: Visit, *, checked: bool, vial_ml: str) -> Visit:
    visit.at("09:52")
    if checked:
        visit.checked()
    visit.at("09:53").prepared(vial_ml, 1 if vial_ml else None)
    return visit.at("09:55").line(BASELINE).at("10:00")
