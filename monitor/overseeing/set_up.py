"""Order and weight as the overview shows them."""

from __future__ import annotations

from monitor.body_weight import shown_bmi
from monitor.dose_view import OrderView, WeightView
from monitor.entries import Ordered, Weighed
from monitor.past_doses import order_taker
from monitor.session import Kept
from monitor.units import BodyWeight


def order_view(kept: Kept[Ordered]) -> OrderView:
    """Return an order as it is shown, in the name of its prescriber whoever wrote it down."""
    what = kept.what
    return OrderView(
        by=what.prescriber or kept.entry.by,
        at=kept.at,
        how=what.how,
        per_kg_mg=what.per_kg_mg,
        minutes=what.minutes,
        dose_mg=what.dose_mg,
        taken_by=order_taker(kept),
        read_back=what.read_back,
        validity=what.validity,
        valid_until=what.valid_until,
        japanese_ancestry=what.japanese_ancestry,
        reason=kept.entry.reason,
        of_course=bool(what.course_order),
        used_by=kept.entry.by if what.course_order else None,
    )


def weight_view(kept: Kept[Weighed]) -> WeightView:
    """Return a weight as it is shown."""
    what = kept.what
    return WeightView(
        kg=what.kg,
        how=what.how,
        height_cm=what.height_cm,
        bmi=shown_bmi(BodyWeight(what.kg), what.height_cm) if what.height_cm else None,
        by=kept.entry.by,
        at=kept.at,
        by_whom=what.by_whom,
        confirmed=what.confirmed,
    )
