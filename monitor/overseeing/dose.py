"""The dose figures as they stand: ordered, calculated, prepared, given, wasted, unaccounted."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

from monitor import delivery
from monitor.accounting import Batch, settled, standing_batch
from monitor.dose_view import DeviceView, DoseView
from monitor.dosing import is_flagged
from monitor.entries import Calculated, Prepared, SingleCalculated, WasteOf
from monitor.overseeing import handling
from monitor.overseeing.pump import pump_ml, pump_segments
from monitor.overview import ClocksView
from monitor.protocols.protocol import Form, Product, Way
from monitor.schedule import whole_minutes
from monitor.second_check import checks, verified
from monitor.session import Session
from monitor.working import working_of, working_of_devices

_NONE = Decimal(0)


def dose(session: Session, now: dt.datetime) -> DoseView:
    """Return the dose figures known so far; what is not recorded is None."""
    check = verified(session)
    return dataclasses.replace(
        _by_device(session) if session.by_device else _worked_out(session, now),
        verified_by=check.first.by.user if check else None,
        checks=checks(session),
        wastes=handling.waste_views(session),
        vials=handling.vial_views(session),
    )


def _by_device(session: Session) -> DoseView:
    rule, order = session.by_device, session.order
    if rule is None or order is None or order.what.dose_mg is None:
        return DoseView()
    ordered = order.what.dose_mg
    given = sum((kept.what.mg for kept in session.devices), _NONE)
    wasted = [w.mg for w in handling.waste_views(session) if w.of is WasteOf.DEVICE]
    product = next((p for p in session.protocol.products if p.form is Form.DEVICE), None)
    return DoseView(
        ordered_mg=ordered,
        given_mg=given if session.devices else None,
        left_mg=ordered - given if session.devices else None,
        wasted_mg=sum(wasted, _NONE) if wasted else None,
        working=working_of_devices(ordered, rule.device_mg, rule.wait_minutes),
        product=product.id if product else "",
        product_name=product.name if product else "",
        piece_mg=rule.device_mg,
    )


def _worked_out(session: Session, now: dt.datetime) -> DoseView:
    order, weight, batch = session.order, session.weight, standing_batch(session)
    ordered = order.what.dose_mg if order else None
    weight_kg = weight.what.kg if weight else None
    if batch is None:
        taken = handling.preparation_views(session, session.all(Prepared))
        return DoseView(ordered_mg=ordered, weight_kg=weight_kg, earlier_preparations=taken)
    made = batch.worked
    if order and order.what.per_kg_mg is not None and made.what.dosing_weight_kg is not None:
        ordered = order.what.per_kg_mg * made.what.dosing_weight_kg
    figures = _figures(session, made.what)
    return _with_amounts(
        dataclasses.replace(
            figures,
            ordered_mg=ordered,
            weight_kg=weight_kg,
            working=working_of(made.what, session.way),
            by=made.entry.by,
            at=made.at,
            reason=made.first.reason,
        ),
        session,
        batch,
        now,
    )


def _figures(session: Session, made: Calculated | SingleCalculated) -> DoseView:
    """Return what a calculation says; a figure that its way of giving does not have is None."""
    rule = session.infusion or session.single
    product = _product(session, made)
    common = DoseView(
        basis=made.basis,
        basis_reason=made.basis_reason,
        calculated_mg=made.calculated_mg,
        drawn_ml=made.drawn_ml,
        syringe_ml=made.syringe_ml,
        prepared_mg=made.prepared_mg,
        deviation_percent=made.deviation_percent,
        strength_mg_per_ml=made.strength_mg_per_ml,
        per_kg_mg=made.per_kg_mg,
        dosing_weight_kg=made.dosing_weight_kg,
        product=product.id if product else "",
        product_name=product.name if product else "",
        flagged=rule is not None and is_flagged(made.deviation_percent, rule.deviation_percent),
    )
    if isinstance(made, SingleCalculated):
        return dataclasses.replace(common, pieces=made.pieces, piece_mg=made.piece_mg)
    at_the_pump = session.way is Way.PUMP
    return dataclasses.replace(
        common,
        final_volume_ml=made.final_volume_ml,
        volume_mode=made.volume_mode,
        concentration_mg_per_ml=made.concentration_mg_per_ml,
        minutes=made.minutes,
        rate_ml_h=made.rate_ml_h if at_the_pump else None,
        runs_minutes=made.runs_minutes if at_the_pump else None,
        pump_ml=pump_ml(session),
    )


def _product(session: Session, made: Calculated | SingleCalculated) -> Product | None:
    protocol = session.protocol
    if isinstance(made, SingleCalculated):
        return protocol.product(made.product)
    fits = (p for p in protocol.products if p.strength == made.strength_mg_per_ml)
    return next(fits, None)


def _with_amounts(view: DoseView, session: Session, batch: Batch, now: dt.datetime) -> DoseView:
    """Return the view with what became of the drug; nothing is said to be 0 that nobody saw."""
    balance, begun = handling.mixture(session, batch, now), session.started_at is not None
    handled = handling.is_handled(batch)
    known = handled and handling.is_over(session)
    earlier = [k for k in session.all(Prepared) if k not in batch.preparations]
    first = session.first_drug
    before = [k.what.mg for k in batch.wastes if first and k.first.n < first.first.n]
    return dataclasses.replace(
        view,
        prepared_mg=balance.prepared_mg,
        given_mg=balance.given_mg if begun else None,
        left_mg=settled(balance.left_mg - sum(before, _NONE)) if begun else None,
        wasted_mg=balance.wasted_mg if known or batch.wastes else None,
        unaccounted_mg=settled(balance.unaccounted_mg) if known else None,
        tolerance_mg=balance.tolerance_mg if handled else None,
        preparations=handling.preparation_views(session, batch.preparations),
        earlier_preparations=handling.preparation_views(session, earlier),
        portions=handling.portion_views(session),
    )


def devices(session: Session) -> tuple[DeviceView, ...]:
    """Return the devices given, in order of time."""
    rule = session.by_device
    return handling.device_views(session, rule) if rule else ()


def clocks(session: Session, now: dt.datetime) -> ClocksView:
    """Return the session's clocks, as they stood when the patient left, else now."""
    at = session.closed_at or now
    started, ended = session.started_at, session.dose_ended_at
    since_end = max(0, whole_minutes(at - ended)) if ended else None
    if session.way is Way.PUMP:
        ran = delivery.running_minutes(pump_segments(session), at)
        return ClocksView(
            infusion_minutes=settled(ran) if started else None, minutes_since_end=since_end
        )
    since_first = whole_minutes(at - started) if started else None
    if session.by_device:
        return ClocksView(minutes_since_first=since_first, minutes_since_last=since_end)
    return ClocksView(minutes_since_first=since_first, minutes_since_end=since_end)
