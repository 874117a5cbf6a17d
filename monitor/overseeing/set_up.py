"""Order and weight as the overview shows them."""

from __future__ import annotations

from monitor.body_weight import bmi
from monitor.dose_view import OrderView, WeightView
from monitor.entries import Ordered, Weighed
from monitor.people import Author
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
        taken_by=_taken_by(kept),
        read_back=what.read_back,
        validity=what.validity,
        valid_until=what.valid_until,
        japanese_ancestry=what.japanese_ancestry,
        reason=kept.entry.reason,
        of_course=bool(what.course_order),
    )


def _taken_by(kept: Kept[Ordered]) -> Author | None:
    """Return who wrote an order down that the prescriber did not write."""
    what, author = kept.what, kept.entry.by
    if what.taken_by is not None:
        return what.taken_by
    return author if what.prescriber is not None and what.prescriber != author else None


def weight_view(kept: Kept[Weighed]) -> WeightView:
    """Return a weight as it is shown."""
    what = kept.what
    return WeightView(
        kg=what.kg,
        how=what.how,
        height_cm=what.height_cm,
        bmi=bmi(BodyWeight(what.kg), what.height_cm) if what.height_cm else None,
        by=kept.entry.by,
        at=kept.at,
        by_whom=what.by_whom,
        confirmed=what.confirmed,
    )
