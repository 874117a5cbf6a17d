"""The pump as the record tells it: its segments, its end, its own display."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from monitor import delivery
from monitor.accounting import settled, standing_batch
from monitor.dose_view import SegmentView
from monitor.entries import Paused, RateChanged, Resumed, Started
from monitor.protocols.protocol import Way
from monitor.session import Session
from monitor.units import FlowRate, Mass, Volume

_NO_RATE = FlowRate(Decimal(0))


def pump_segments(session: Session) -> tuple[delivery.Segment, ...]:
    """Return the pump's segments; the last is open while the infusion goes on.

    A patient who has left is on no pump: a segment that nobody ended ends then.
    """
    steps = session.pump_steps
    if session.way is not Way.PUMP or not steps:
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
    batch = standing_batch(session)
    if batch is None or batch.volume_ml is None:
        return ()
    volume, prepared = Volume(batch.volume_ml), Mass(batch.prepared_mg)
    left = prepared
    shown = []
    steps = {step.at: step.first.reason for step in session.pump_steps}
    for segment in pump_segments(session):
        given = min(left, delivery.given([segment], volume, prepared, now))
        left = left - given
        shown.append(
            SegmentView(
                segment.start,
                segment.end,
                segment.rate.ml_per_h,
                settled(given.mg),
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


def overran(session: Session, now: dt.datetime) -> Decimal | None:
    """Return by how many mL the pump's running would exceed what was prepared; None if not."""
    kept = session.calculation
    if kept is None:
        return None
    volume, step = Volume(kept.what.final_volume_ml), FlowRate(kept.what.rate_step_ml_h)
    segments = pump_segments(session)
    if not delivery.overran(segments, volume, step, now):
        return None
    return settled(delivery.infused(segments, now).ml - volume.ml)


def rounding_ml(session: Session, now: dt.datetime) -> Decimal:
    """Return what the rounding of the rate to the pump's step can come to."""
    kept = session.calculation
    if kept is None:
        return Decimal(0)
    return delivery.rounding(pump_segments(session), FlowRate(kept.what.rate_step_ml_h), now).ml


def pump_ml(session: Session) -> Decimal | None:
    """Return what the pump's own display said last."""
    said = [getattr(step.what, "pump_ml", None) for step in session.pump_steps]
    return next((value for value in reversed(said) if value is not None), None)
