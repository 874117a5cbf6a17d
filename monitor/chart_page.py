"""What the session chart shows, as data: screen and paper draw the same page.

Every time here is an instant in UTC and every axis is fixed, so that two sessions can be laid
side by side (`monitor.chart_axes`). Nothing is fitted to the data; what lies beyond an axis is
named in `off_scale`.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from monitor.chart_axes import BLOOD_PRESSURE, HEART_RATE, RESP, SPO2
from monitor.dose_view import SegmentView
from monitor.overview import AlertView, EventView, ReadingView, SessionOverview
from monitor.protocols.protocol import Way
from monitor.schedule import SlotState
from monitor.vitals import BloodPressure, Sign

MINUTE = dt.timedelta(minutes=1)
_BEFORE, _AFTER = 5 * MINUTE, 3 * MINUTE  # kept free, so that no mark lies on the frame
_WHOLE = 5 * MINUTE  # both ends of the axis are whole five minutes
_LEAST = 60 * MINUTE  # a session that has only just been opened still has a page to fill
_STEPS = (10, 20, 30, 60, 120, 240, 480, 1440)
_MOST_TICKS = 16


@dataclass(frozen=True, slots=True)
class OffScale:
    """A value that its axis does not reach; it stands in words at the edge."""

    sign: Sign
    value: int
    above: bool


@dataclass(frozen=True, slots=True)
class Point:
    """One reading, at the instant it was measured. None is "not taken".

    Attributes:
        mean: Mean arterial pressure, calculated.
        replaced: Blood pressures that an amendment took out, oldest first; only those that
            differ from the one that counts.
        off_scale: What of it lies beyond its axis.
        alerts: Numbers of the alerts it raised.
    """

    uid: str
    at: dt.datetime
    bp: BloodPressure | None
    mean: int | None
    heart_rate: int | None
    spo2: int | None
    resp: int | None
    sedation: int | None
    dissociation: int | None
    replaced: tuple[BloodPressure, ...] = ()
    off_scale: tuple[OffScale, ...] = ()
    alerts: tuple[str, ...] = ()

    @property
    def systolic(self) -> int | None:
        """Return the systolic pressure."""
        return self.bp.systolic if self.bp else None

    @property
    def diastolic(self) -> int | None:
        """Return the diastolic pressure."""
        return self.bp.diastolic if self.bp else None


class RunKind(enum.StrEnum):
    """What a stretch of the infusion is."""

    RUN = "run"
    PAUSE = "pause"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the infusion band.

    Attributes:
        rate_ml_h: 0 in a pause.
        share: The rate as a part of the highest one, 0 to 1: the band's height.
        given_mg: What this stretch gave; 0 for a planned one.
    """

    kind: RunKind
    start: dt.datetime
    end: dt.datetime
    rate_ml_h: Decimal
    share: float
    given_mg: Decimal


@dataclass(frozen=True, slots=True)
class DeviceMark:
    """A nasal device, at the instant it was used."""

    number: int
    at: dt.datetime
    mg: Decimal


@dataclass(frozen=True, slots=True)
class PortionMark:
    """A dose, or a part of it, given by hand: at the instant when its giving began."""

    at: dt.datetime
    mg: Decimal


@dataclass(frozen=True, slots=True)
class ClockSpan:
    """A clock that runs from a device to the end of the stay.

    Attributes:
        since: The number of the device it counts from.
        minutes: Whole minutes so far, rounded down.
        reached: When the door's time is (or was) up; None for a clock the door does not
            wait for, and where that instant is not known.
    """

    since: int
    start: dt.datetime
    end: dt.datetime
    minutes: int
    reached: dt.datetime | None


@dataclass(frozen=True, slots=True)
class SlotMark:
    """A due mark on the time axis: it stands at the due time, readings are never moved.

    Attributes:
        measured: When it was closed, to draw the stroke of a late one.
    """

    name: str
    due: dt.datetime
    state: SlotState
    measured: dt.datetime | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class EventMark:
    """A numbered event, as in the table of events."""

    number: int
    at: dt.datetime
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class AlertMark:
    """A numbered alert, as in the table of alerts."""

    number: str
    at: dt.datetime
    state: str


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A bound across its axis; crossing it raises an alert.

    Attributes:
        part: "systolic", "diastolic", or empty where the sign has one value.
    """

    sign: Sign
    value: int
    part: str = ""


@dataclass(frozen=True, slots=True)
class ChartPage:
    """Everything the chart shows.

    Attributes:
        band: "infusion", "devices" or "given" (by hand): what the drug's lane holds.
        zero: Minute 0: the start of the dose; None before it.
        first, last: The ends of the time axis.
        now: Where the session stands; None once it is over.
        ticks: Labelled instants, counted from minute 0 where there is one.
        tick_minutes: The distance between them.
    """

    drug: str
    route: str
    band: str
    zero: dt.datetime | None
    first: dt.datetime
    last: dt.datetime
    now: dt.datetime | None
    ticks: tuple[dt.datetime, ...]
    tick_minutes: int
    points: tuple[Point, ...]
    runs: tuple[Run, ...]
    devices: tuple[DeviceMark, ...]
    clocks: tuple[ClockSpan, ...]
    slots: tuple[SlotMark, ...]
    events: tuple[EventMark, ...]
    alerts: tuple[AlertMark, ...]
    baseline: BloodPressure | None
    baseline_at: dt.datetime | None
    limits: tuple[LimitLine, ...]
    portions: tuple[PortionMark, ...] = ()

    def minute(self, at: dt.datetime) -> float:
        """Return an instant as minutes from minute 0 (else from the left edge)."""
        return (at - (self.zero or self.first)) / MINUTE

    def share(self, at: dt.datetime) -> float:
        """Return how far along the time axis an instant lies, 0 to 1."""
        return (at - self.first) / (self.last - self.first)


def chart_page(overview: SessionOverview) -> ChartPage:
    """Derive the chart from the read-model."""
    end = _end(overview)
    points = tuple(_point(view) for view in overview.readings)
    runs = tuple(_runs(overview, end))
    devices = tuple(DeviceMark(d.number, d.at, d.mg) for d in overview.devices)
    clocks = _clocks(overview, devices, end)
    slots = tuple(
        SlotMark(s.name, s.due, s.state, s.measured, s.minutes) for s in overview.slots if s.due
    )
    zero = overview.started_at or (devices[0].at if devices else None)
    first, last = _bounds(overview, runs, end)
    step, ticks = _ticks(first, last, zero)
    base = overview.reference
    return ChartPage(
        drug=overview.drug,
        route=overview.route,
        band=_band(overview),
        zero=zero,
        first=first,
        last=last,
        now=None if _over(overview) else overview.seen_at,
        ticks=ticks,
        tick_minutes=step,
        points=points,
        runs=runs,
        devices=devices,
        clocks=clocks,
        slots=slots,
        events=tuple(_event(event) for event in overview.events),
        alerts=tuple(_alert(alert) for alert in overview.alerts),
        baseline=base.reading.bp if base else None,
        baseline_at=base.measured if base else None,
        limits=tuple(_limits(overview)),
        portions=tuple(PortionMark(p.at, p.mg) for p in overview.dose.portions),
    )


def _band(overview: SessionOverview) -> str:
    if overview.way is Way.DEVICES or overview.devices_ordered:
        return "devices"
    return "infusion" if overview.way is Way.PUMP else "given"


def _over(overview: SessionOverview) -> bool:
    return overview.status != "open"


def _end(overview: SessionOverview) -> dt.datetime:
    """Return where open stretches and clocks stop: at the end of the stay, else now."""
    return overview.closed_at or overview.seen_at


def _event(event: EventView) -> EventMark:
    return EventMark(event.number, event.at, event.text, event.kind)


def _alert(alert: AlertView) -> AlertMark:
    return AlertMark(alert.number, alert.at, alert.state)


def _point(view: ReadingView) -> Point:
    reading = view.reading
    was = [old.bp for old in view.replaced if old.bp is not None and old.bp != reading.bp]
    return Point(
        uid=view.uid,
        at=view.measured,
        bp=reading.bp,
        mean=reading.bp.mean if reading.bp else None,
        heart_rate=reading.heart_rate,
        spo2=reading.spo2,
        resp=reading.resp,
        sedation=reading.sedation,
        dissociation=reading.dissociation,
        replaced=tuple(dict.fromkeys(was)),
        off_scale=tuple(_off_scale(view)),
        alerts=view.alerts,
    )


def _off_scale(view: ReadingView) -> Iterator[OffScale]:
    bp = view.reading.bp
    for value in (bp.systolic, bp.diastolic) if bp else ():
        if BLOOD_PRESSURE.beyond(value):
            yield OffScale(Sign.BP, value, value > BLOOD_PRESSURE.high)
    for axis in (HEART_RATE, SPO2, RESP):
        found = view.reading.value(axis.sign)
        if isinstance(found, int) and axis.beyond(found):
            yield OffScale(axis.sign, found, found > axis.high)


def _runs(overview: SessionOverview, end: dt.datetime) -> Iterator[Run]:
    most = max((s.rate_ml_h for s in overview.segments), default=Decimal(0))
    for segment in overview.segments:
        until = segment.end or overview.ended_at or end
        if until > segment.start:
            yield _run(segment, until, most)
    planned = overview.planned_end
    running = overview.segments[-1] if overview.segments else None
    if running and running.end is None and running.rate_ml_h and planned and planned > end:
        share = float(running.rate_ml_h / most)
        yield Run(RunKind.PLANNED, end, planned, running.rate_ml_h, share, Decimal(0))


def _run(segment: SegmentView, until: dt.datetime, most: Decimal) -> Run:
    kind = RunKind.RUN if segment.rate_ml_h else RunKind.PAUSE
    share = float(segment.rate_ml_h / most) if most else 0.0
    return Run(kind, segment.start, until, segment.rate_ml_h, share, segment.given_mg)


def _clocks(
    overview: SessionOverview, devices: tuple[DeviceMark, ...], end: dt.datetime
) -> tuple[ClockSpan, ...]:
    if not devices:
        return ()
    chosen = (devices[0], devices[-1]) if len(devices) > 1 else (devices[0],)
    opens = next((c.opens_at for c in overview.door if c.opens_at), None)
    return tuple(
        ClockSpan(
            device.number,
            device.at,
            max(end, device.at),
            max(0, int((end - device.at) / MINUTE)),
            opens if device is devices[-1] else None,
        )
        for device in chosen
    )


def _bounds(
    overview: SessionOverview, runs: tuple[Run, ...], end: dt.datetime
) -> tuple[dt.datetime, dt.datetime]:
    """Return the ends of the time axis: whole five minutes, with a margin around everything."""
    found = [end] if overview.readings else [end, overview.opened_at]
    found += [r.measured for r in overview.readings]
    found += [slot.due for slot in overview.slots if slot.due]
    found += [at for run in runs for at in (run.start, run.end)]
    found += [device.at for device in overview.devices]
    found += [portion.at for portion in overview.dose.portions]
    found += [event.at for event in overview.events]
    found += [alert.at for alert in overview.alerts]
    first = _floor(min(found) - _BEFORE)
    last = _floor(max(found) + _AFTER + _WHOLE - dt.timedelta(microseconds=1))
    return first, max(last, first + _LEAST)


def _floor(at: dt.datetime) -> dt.datetime:
    """Return the last whole five minutes up to *at*."""
    return at.replace(minute=at.minute - at.minute % 5, second=0, microsecond=0)


def _ticks(
    first: dt.datetime, last: dt.datetime, zero: dt.datetime | None
) -> tuple[int, tuple[dt.datetime, ...]]:
    """Return the distance of the labelled instants, and the instants: at most so many."""
    step = next((s for s in _STEPS if (last - first) / MINUTE <= s * _MOST_TICKS), _STEPS[-1])
    stride = step * MINUTE
    origin = zero or first
    at = origin - (origin - first) // stride * stride
    made: list[dt.datetime] = []
    while at <= last and len(made) <= _MOST_TICKS:
        made.append(at)
        at += stride
    return step, tuple(made)


def _limits(overview: SessionOverview) -> Iterator[LimitLine]:
    for limit in overview.limits:
        part = "systolic" if limit.sign is Sign.BP else ""
        for value in (limit.above, limit.below):
            if value is not None:
                yield LimitLine(limit.sign, value, part)
        if limit.above_diastolic is not None:
            yield LimitLine(limit.sign, limit.above_diastolic, "diastolic")
