"""Delivery: what the pump has given, and how long ago the devices were used.

Given is computed, never measured: rate times running time over the pump's segments, times the
concentration of an even mixture, capped at what was prepared. No line volume is counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitor.units import FlowRate, Mass, Volume

_MICROSECONDS_PER_HOUR = Decimal(3_600_000_000)
_MICROSECOND = dt.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of time at one rate; a pause has rate 0, the last one may still go on."""

    start: dt.datetime
    end: dt.datetime | None
    rate: FlowRate

    def until(self, at: dt.datetime) -> dt.datetime:
        """Return where the segment ends when it is looked at *at*."""
        return max(self.start, min(self.end or at, at))


def infused(segments: Sequence[Segment], at: dt.datetime) -> Volume:
    """Return the volume that the pump's running comes to, without any cap."""
    return Volume(_ran(segments, at) / _MICROSECONDS_PER_HOUR)


def _ran(segments: Sequence[Segment], at: dt.datetime) -> Decimal:
    """Return rate times running time, exactly: mL/h times microseconds."""
    return sum(
        (s.rate.ml_per_h * ((s.until(at) - s.start) // _MICROSECOND) for s in segments), Decimal(0)
    )


def given(segments: Sequence[Segment], volume: Volume, prepared: Mass, at: dt.datetime) -> Mass:
    """Return the drug given by *at*: never more than was prepared.

    It is worked out by one division, at the end: two would miss what is exactly half a unit of
    the last printed place.

    Args:
        segments: What the pump did.
        volume: The final volume, in which *prepared* is evenly mixed.
        prepared: All of the drug.
        at: Up to when.
    """
    return min(
        prepared, Mass(prepared.mg * _ran(segments, at) / (volume.ml * _MICROSECONDS_PER_HOUR))
    )


def overran(
    segments: Sequence[Segment], volume: Volume, rate_step: FlowRate, at: dt.datetime
) -> bool:
    """Tell whether the pump's running would exceed what was prepared.

    What the rounding of a rate to the pump's step can make of it (half a step over the
    running time) is no overrun.
    """
    return infused(segments, at).ml > volume.ml + rounding(segments, rate_step, at).ml


def rounding(segments: Sequence[Segment], rate_step: FlowRate, at: dt.datetime) -> Volume:
    """Return what half a step of the pump comes to over the running time."""
    half_step = FlowRate(rate_step.ml_per_h / 2)
    running = [s for s in segments if s.rate.ml_per_h > 0]
    return infused([Segment(s.start, s.end, half_step) for s in running], at)


def planned_end(segments: Sequence[Segment], volume: Volume, at: dt.datetime) -> dt.datetime | None:
    """Return when all will have run (or had run) at the present rate; None while nothing runs."""
    last = segments[-1] if segments else None
    if last is None or last.end is not None or last.rate.ml_per_h == 0:
        return None
    left = volume
    for segment in segments:
        ran = infused([segment], at)
        if ran >= left and segment.rate.ml_per_h > 0:
            return segment.start + _takes(left, segment.rate)
        left = Volume(left.ml - ran.ml)
    return at + _takes(left, last.rate)


def _takes(volume: Volume, rate: FlowRate) -> dt.timedelta:
    micros = round(volume.ml / rate.ml_per_h * _MICROSECONDS_PER_HOUR)
    return dt.timedelta(microseconds=micros)


def running_minutes(segments: Sequence[Segment], at: dt.datetime) -> Decimal:
    """Return for how many minutes drug has run, pauses left out."""
    micros = sum((s.until(at) - s.start) // _MICROSECOND for s in segments if s.rate.ml_per_h > 0)
    return Decimal(micros) * 60 / _MICROSECONDS_PER_HOUR


def minutes_early(before: dt.datetime, device: dt.datetime, wait_minutes: int) -> int:
    """Return by how many whole minutes a rest between devices was cut short, rounded up.

    Example:
        >>> ten = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
        >>> minutes_early(ten, ten + dt.timedelta(minutes=3), 5)
        2
    """
    short = dt.timedelta(minutes=wait_minutes) - (device - before)
    return max(0, -(-short // dt.timedelta(minutes=1)))
