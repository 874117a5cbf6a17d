"""What the record holds of the dose by now, as rows beside the paper."""

from __future__ import annotations

from dataclasses import replace

from monitor.dose_view import (
    CheckView,
    OrderView,
    OverrideView,
    PreparationView,
    WeightView,
)
from monitor.entries import Given
from monitor.overview import SessionOverview
from monitor.protocols.protocol import Way
from monitor.units import BodyWeight, plain
from ui.presenters.dose_order import order_words
from ui.presenters.dose_parts import RecordedRow, both_units
from ui.presenters.words import clock

COVERED = "covered"
_EARLIER = "Prepared for an earlier dose"
_OVERRIDES = {
    "check-missing": "Second check overridden",
    "too-much": "Dose above the cap",
    "too-early": "Device before its time",
    "baseline-missing": "Start without a baseline",
    "pre-dose-hold": "Dose at a high pressure",
    "door-closed": "Home through a closed door",
}


def recorded_rows(overview: SessionOverview, *, blind: bool) -> tuple[RecordedRow, ...]:
    """Return a row for each thing that is in the record.

    Args:
        overview: The session.
        blind: A second person enters the figures: those of the first are covered, the order
            is not, for it is what both work from.
    """
    rows = []
    if overview.order:
        rows.append(_order_row(overview, overview.order))
    if overview.weight:
        rows.append(_weight_row(overview, overview.weight))
    elif overview.way is Way.SINGLE and overview.order and overview.order.per_kg_mg is None:
        said = ("A dose in mg does not need it",)
        again = "Weigh all the same"
        rows.append(RecordedRow("Weight", "not taken", said, "weight", again, "text_2"))
    if (worked_out := _dose_row(overview)) is not None:
        rows.append(worked_out)
    if blind:
        return tuple(_covered(row) for row in rows)
    if overview.dose.check is not None:
        rows.append(_check_row(overview, overview.dose.check))
    rows += [_override_row(overview, each) for each in overview.overrides]
    dose = overview.dose
    rows += [_lot_row(overview, each, "Prepared") for each in dose.preparations]
    rows += [_lot_row(overview, each, _EARLIER) for each in dose.earlier_preparations]
    return tuple(rows)


def _covered(row: RecordedRow) -> RecordedRow:
    if row.name == "Order":
        return replace(row, key="", again="")
    return RecordedRow(row.name, COVERED, tone="text_2")


def _order_row(overview: SessionOverview, order: OrderView) -> RecordedRow:
    at = clock(overview.local, order.at)
    if order.of_course:
        again = f" by {order.used_by.name}" if order.used_by else ""
        said = [f"course's order of {order.by.name}, used again {at}{again}"]
    else:
        said = [f"{order.how.value} order, {order.by.name}, {at}"]
    if order.how is Given.VERBAL and order.taken_by is not None:
        back = " and read back" if order.read_back else ""
        said.append(f"taken{back} by {order.taken_by.name}")
    if order.valid_until is not None:
        said.append(f"for the course, until {order.valid_until.isoformat()}")
    if order.japanese_ancestry is not None:
        said.append(f"Japanese ancestry: {'yes' if order.japanese_ancestry else 'no'}")
    if order.reason:
        said.append(f"reason: {order.reason}")
    return RecordedRow("Order", order_words(order), tuple(said), "order", "Order anew")


def _weight_row(overview: SessionOverview, weight: WeightView) -> RecordedRow:
    whose = weight.by_whom or weight.by.name
    lines = [f"{weight.how.value}, {whose}, {_when(overview, weight)}"]
    body = []
    if weight.height_cm is not None:
        body.append(f"{plain(weight.height_cm)} cm")
    if weight.bmi is not None:
        body.append(f"BMI {plain(weight.bmi, 1)}")
    if body:
        lines.append(" · ".join(body))
    if weight.confirmed:
        lines.append("asked about and confirmed")
    value = both_units(BodyWeight(weight.kg))
    return RecordedRow("Weight", value, tuple(lines), "weight", "Weigh again")


def _when(overview: SessionOverview, weight: WeightView) -> str:
    at, today = overview.local(weight.at), overview.local(overview.seen_at).date()
    return f"{at:%H:%M}" if at.date() == today else f"{at:%Y-%m-%d %H:%M}"


def _dose_row(overview: SessionOverview) -> RecordedRow | None:
    value = dose_value(overview)
    if not value:
        return None
    dose = overview.dose
    said = []
    if dose.by is not None and dose.at is not None:
        said.append(f"worked out by {dose.by.name}, {clock(overview.local, dose.at)}")
    if dose.basis_reason:
        said.append(f"{dose.basis.value if dose.basis else ''} weight: {dose.basis_reason}")
    if dose.reason:
        said.append(f"above the cap: {dose.reason}")
    return RecordedRow("Dose", value, tuple(said), "dose", "Work it out again")


def dose_value(overview: SessionOverview) -> str:
    """Return the dose as worked out, in the words of its way of giving; empty before it is."""
    dose = overview.dose
    if dose.calculated_mg is None or overview.way is Way.DEVICES:
        return ""
    mg = f"{plain(dose.prepared_mg or dose.calculated_mg, 4)} mg"
    if dose.pieces is not None:
        return f"{mg}, {plain(dose.pieces)} × {plain(dose.piece_mg)} mg" if dose.piece_mg else mg
    if dose.final_volume_ml is None:
        return f"{mg} in {plain(dose.drawn_ml)} mL" if dose.drawn_ml else mg
    volume = f"{mg} in {plain(dose.final_volume_ml)} mL"
    if overview.way is Way.PUSH:
        return f"{volume} over {plain(dose.minutes)} min" if dose.minutes else volume
    return f"{volume} at {plain(dose.rate_ml_h)} mL/h" if dose.rate_ml_h else volume


def _check_row(overview: SessionOverview, check: CheckView) -> RecordedRow:
    at = clock(overview.local, check.at)
    differing = sum(not figure.same for figure in check.figures)
    value = "All figures the same" if check.same else f"{differing} of {len(check.figures)} differ"
    tone = "good" if check.same else "alert"
    by = (f"{check.by.name}, {at}",)
    return RecordedRow("Second check", value, by, "check", "Look at it", tone)


def _override_row(overview: SessionOverview, override: OverrideView) -> RecordedRow:
    name = _OVERRIDES.get(override.what, override.what)
    by = f"{override.by.name}, {clock(overview.local, override.at)}"
    name += f" ({override.bp})" if override.bp else ""
    return RecordedRow("Override", name, (by, f"reason: {override.reason}"), tone="alert")


def _lot_row(overview: SessionOverview, lot: PreparationView, name: str) -> RecordedRow:
    if lot.drawn_ml is not None:
        amount = f"{plain(lot.drawn_ml)} mL = {plain(lot.mg, 4)} mg"
    else:
        amount = f"{plain(lot.pieces)} = {plain(lot.mg, 4)} mg" if lot.pieces else ""
    said = [f"lot {lot.lot}, expires {lot.expiry}"]
    if lot.vials is not None and lot.vial_ml is not None:
        said.append(f"{lot.vials} × {plain(lot.vial_ml)} mL opened")
    said.append(f"{lot.by.name}, {clock(overview.local, lot.at)}")
    return RecordedRow(name, amount, tuple(said))
