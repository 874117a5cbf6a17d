"""The dose figures as they stand: ordered, calculated, prepared, given, each apart."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from monitor import delivery
from monitor.entries import Calculated, Paused, RateChanged, Resumed, Started
from monitor.overview import ClocksView, DeviceView, DoseView, SegmentView
from monitor.schedule import whole_minutes
from monitor.session import Session
from monitor.units import FlowRate, Mass, Strength, Volume, half_up
from monitor.working import working_of, working_of_devices

_NO_RATE = FlowRate(Decimal(0))


def dose(session: Session, now: dt.datetime) -> DoseView:
    """Return the dose figures known so far; what is not recorded is None."""
    return _by_device(session) if session.by_device else _by_infusion(session, now)


def _by_device(session: Session) -> DoseView:
    rule, order = session.by_device, session.order
    if rule is None or order is None or order.what.dose_mg is None:
        return DoseView()
    ordered = order.what.dose_mg
    given = sum((kept.what.mg for kept in session.devices), Decimal(0))
    return DoseView(
        ordered_mg=ordered,
        given_mg=given if session.devices else None,
        left_mg=ordered - given if session.devices else None,
        working=working_of_devices(ordered, rule.device_mg, rule.wait_minutes),
    )


def _by_infusion(session: Session, now: dt.datetime) -> DoseView:
    order, weight, kept = session.order, session.weight, session.calculation
    ordered = order.what.dose_mg if order else None
    if order and order.what.per_kg_mg is not None and kept:
        ordered = order.what.per_kg_mg * kept.what.dosing_weight_kg
    weight_kg = weight.what.kg if weight else None
    if kept is None:
        return DoseView(ordered_mg=ordered, weight_kg=weight_kg)
    made = kept.what
    prepared = Mass(made.prepared_mg)
    begun = session.started_at is not None
    given = delivery.given(
        pump_segments(session), Strength(made.concentration_mg_per_ml), prepared, now
    )
    return DoseView(
        ordered_mg=ordered,
        weight_kg=weight_kg,
        basis=made.basis,
        basis_reason=made.basis_reason,
        calculated_mg=made.calculated_mg,
        drawn_ml=made.drawn_ml,
        syringe_ml=made.syringe_ml,
        prepared_mg=made.prepared_mg,
        deviation_percent=made.deviation_percent,
        strength_mg_per_ml=made.strength_mg_per_ml,
        final_volume_ml=made.final_volume_ml,
        volume_mode=made.volume_mode,
        concentration_mg_per_ml=made.concentration_mg_per_ml,
        rate_ml_h=made.rate_ml_h,
        minutes=made.minutes,
        runs_minutes=made.runs_minutes,
        given_mg=_settled(given.mg) if begun else None,
        left_mg=_settled(prepared.mg - given.mg) if begun else None,
        pump_ml=_pump_ml(session),
        working=working_of(made),
    )


def _settled(mg: Decimal) -> Decimal:
    """Return an amount to the microgram: what division leaves beyond it is no drug."""
    return half_up(mg, 6).normalize() + 0


def _pump_ml(session: Session) -> Decimal | None:
    """Return what the pump's own display said last."""
    said = [getattr(step.what, "pump_ml", None) for step in session.pump_steps]
    return next((value for value in reversed(said) if value is not None), None)


def pump_segments(session: Session) -> tuple[delivery.Segment, ...]:
    """Return the pump's segments; the last is open while the infusion goes on.

    A patient who has left is on no pump: a segment that nobody ended ends then.
    """
    steps = session.pump_steps
    if session.by_device or not steps:
        return ()
    ends = [step.at for step in steps[1:]] + [session.closed_at]
    made = []
    for step, end in zip(steps, ends, strict=True):
        if isinstance(step.what, Started | Resumed | RateChanged):
            made.append(delivery.Segment(step.at, end, FlowRate(step.what.rate_ml_h)))
        elif isinstance(step.what, Paused):
            made.append(delivery.Segment(step.at, end, _NO_RATE))
    return tuple(made)


def segments(session: Session, now: dt.datetime) -> tuple[SegmentView, ...]:
    """Return the stretches of the infusion with what each has given."""
    made = session.newest(Calculated)
    if made is None:
        return ()
    concentration = Strength(made.what.concentration_mg_per_ml)
    left = Mass(made.what.prepared_mg)
    shown = []
    steps = {step.at: step.first.reason for step in session.pump_steps}
    for segment in pump_segments(session):
        given = delivery.given([segment], concentration, left, now)
        left = left - given
        shown.append(
            SegmentView(
                segment.start,
                segment.end,
                segment.rate.ml_per_h,
                _settled(given.mg),
                steps.get(segment.start, ""),
            )
        )
    return tuple(shown)


def planned_end(session: Session, now: dt.datetime) -> dt.datetime | None:
    """Return when the infusion will have run at the present rate."""
    kept = session.calculation
    if kept is None:
        return None
    volume = Volume(kept.what.final_volume_ml)
    return delivery.planned_end(pump_segments(session), volume, now)


def overran(session: Session, now: dt.datetime) -> bool:
    """Tell whether the pump's running would exceed what was prepared."""
    kept = session.calculation
    if kept is None:
        return False
    volume, step = Volume(kept.what.final_volume_ml), FlowRate(kept.what.rate_step_ml_h)
    return delivery.overran(pump_segments(session), volume, step, now)


def devices(session: Session) -> tuple[DeviceView, ...]:
    """Return the devices given, in order of time."""
    rule = session.by_device
    if rule is None:
        return ()
    befores = [None, *(kept.at for kept in session.devices)]
    return tuple(
        DeviceView(
            number=number,
            at=kept.at,
            mg=kept.what.mg,
            lot=kept.what.lot,
            expiry=kept.what.expiry,
            sprays=kept.what.sprays,
            by=kept.entry.by,
            minutes_early=(
                delivery.minutes_early(before, kept.at, rule.wait_minutes) if before else 0
            ),
            reason=kept.first.reason,
        )
        for number, (before, kept) in enumerate(zip(befores, session.devices, strict=False), 1)
    )


def clocks(session: Session, now: dt.datetime) -> ClocksView:
    """Return the session's clocks, as they stood when the patient left, else now."""
    at = session.closed_at or now
    ended = session.dose_ended_at
    since_end = whole_minutes(at - ended) if ended else None
    if session.by_device:
        first = session.started_at
        since_first = whole_minutes(at - first) if first else None
        return ClocksView(minutes_since_first=since_first, minutes_since_last=since_end)
    ran = delivery.running_minutes(pump_segments(session), at)
    return ClocksView(
        infusion_minutes=_settled(ran) if session.started_at else None,
        minutes_since_end=since_end,
    )
