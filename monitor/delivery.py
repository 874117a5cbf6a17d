"""Delivery: what the pump has given, and how long ago the devices were used.

Given is computed, never measured: rate times running time over the pump's segments, times the
concentration of an even mixture, capped at what was prepared. No line volume is counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitor.units import FlowRate, Mass, Strength, Volume

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
    total = Decimal(0)
    for segment in segments:
        micros = (segment.until(at) - segment.start) // _MICROSECOND
        total += segment.rate.ml_per_h * micros / _MICROSECONDS_PER_HOUR
    return Volume(total)


def given(
    segments: Sequence[Segment], concentration: Strength, prepared: Mass, at: dt.datetime
) -> Mass:
    """Return the drug given by *at*: never more than was prepared."""
    return min(prepared, concentration * infused(segments, at))


def overran(
    segments: Sequence[Segment], volume: Volume, rate_step: FlowRate, at: dt.datetime
) -> bool:
    """Tell whether the pump's running would exceed what was prepared.

    What the rounding of a rate to the pump's step can make of it (half a step over the
    running time) is no overrun.
    """
    running = [s for s in segments if s.rate.ml_per_h > 0]
    half_step = FlowRate(rate_step.ml_per_h / 2)
    slack = infused([Segment(s.start, s.end, half_step) for s in running], at)
    return infused(segments, at).ml > volume.ml + slack.ml


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
