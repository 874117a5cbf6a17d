"""What the session chart shows, as data: screen and paper draw the same page.

Every time here is an instant in UTC and every axis is fixed, so that two sessions can be laid
side by side (`monitor.chart_axes`). Nothing is fitted to the data; what lies beyond an axis is
named in `off_scale`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from monitor.chart_axes import BLOOD_PRESSURE, HEART_RATE, RESP, SPO2
from monitor.chart_marks import (
    AlertMark,
    ClockSpan,
    DeviceMark,
    EventMark,
    LimitLine,
    OffScale,
    Point,
    PortionMark,
    Run,
    RunKind,
    ScoreMark,
    SlotMark,
    Tick,
    Was,
)
from monitor.dose_view import SegmentView
from monitor.overview import AlertView, EventView, ReadingView, ScoreView, SessionOverview
from monitor.protocols.limit_part import Part
from monitor.protocols.protocol import Limit, Way
from monitor.schedule import SlotState
from monitor.sides import side_of
from monitor.vitals import FULL_SET, WITH_DECIMALS, BloodPressure, Sign

__all__ = [
    "MINUTE",
    "AlertMark",
    "ChartPage",
    "ClockSpan",
    "DeviceMark",
    "EventMark",
    "LimitLine",
    "OffScale",
    "Point",
    "PortionMark",
    "Run",
    "RunKind",
    "ScoreMark",
    "SlotMark",
    "Tick",
    "Was",
    "chart_page",
]

MINUTE = dt.timedelta(minutes=1)
_BEFORE, _AFTER = 5 * MINUTE, 3 * MINUTE  # kept free, so that no mark lies on the frame
_WHOLE = 5 * MINUTE  # both ends of the axis are whole five minutes
_LEAST = 60 * MINUTE  # a session that has only just been opened still has a page to fill
_STEPS = (10, 20, 30, 60, 120, 240, 480, 1440)
_MOST_TICKS = 16
_BEYOND = 60 * MINUTE  # what happened later after the stay stands at the edge, with its time
_NOT_MADE = (SlotState.MISSED, SlotState.OVERDUE)


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
    scores: tuple[ScoreMark, ...] = ()

    def minute(self, at: dt.datetime) -> float:
        """Return an instant as minutes from minute 0 (else from the left edge)."""
        return (at - (self.zero or self.first)) / MINUTE

    def share(self, at: dt.datetime) -> float:
        """Return how far along the time axis an instant lies, 0 to 1."""
        return (at - self.first) / (self.last - self.first)

    def stretches(self, sign: Sign) -> Iterator[tuple[Point, ...]]:
        """Group the readings of a sign into stretches that may be joined.

        Never across a missing one: neither across a reading of vital signs that lacks this
        one, nor across a slot that nothing closed, whether it was said to be missed or not.
        """
        missed = [slot.due for slot in self.slots if slot.state in _NOT_MADE]
        stretch: list[Point] = []
        for point in self.points:
            has = point.level(sign) is not None
            gone = not has and not FULL_SET.isdisjoint(point.reading.taken())
            late = stretch and any(stretch[-1].at < due < point.at for due in missed)
            if stretch and (gone or late):
                yield tuple(stretch)
                stretch = []
            if has:
                stretch.append(point)
        if stretch:
            yield tuple(stretch)

    def clock(self, local: Callable[[dt.datetime], dt.datetime]) -> Iterator[Tick]:
        """Tell what the clinic's clock showed at each tick, and where day or offset changed."""
        before: Tick | None = None
        for at in self.ticks:
            shown = local(at)
            face = shown.replace(tzinfo=None)
            date, shifted = None, 0
            if before:
                turned = (face - before.local.replace(tzinfo=None)) - (at - before.at)
                date = face.date() if face.date() != before.local.date() else None
                shifted = round(turned / MINUTE)
            before = Tick(at, shown, date, shifted)
            yield before


def chart_page(overview: SessionOverview) -> ChartPage:
    """Derive the chart from the read-model."""
    end = _end(overview)
    points = tuple(_point(view) for view in overview.readings)
    runs = tuple(_runs(overview, end))
    devices = tuple(DeviceMark(d.number, d.at, d.mg) for d in overview.devices)
    clocks = _clocks(overview, devices, end)
    slots = tuple(
        SlotMark(s.name, s.due, s.state, s.measured, s.minutes)
        for s in overview.slots
        if s.due and not s.waits
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
        events=tuple(_at_the_edge(_event(e, end), overview, last) for e in overview.events),
        alerts=tuple(_alert(alert) for alert in overview.alerts),
        baseline=base.reading.bp if base else None,
        baseline_at=base.measured if base else None,
        limits=tuple(_limits(overview)),
        portions=tuple(PortionMark(p.at, p.mg) for p in overview.dose.portions),
        scores=tuple(_score(score) for score in overview.scores),
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


def _event(event: EventView, end: dt.datetime) -> EventMark:
    lasting = event.is_open_effect or event.resolved is not None
    return EventMark(
        event.number,
        event.at,
        event.text,
        event.kind,
        until=(event.resolved or max(end, event.at)) if lasting else None,
        is_open=event.is_open_effect,
        severity=str(event.severity or ""),
        sort=event.sort.value,
    )


def _is_beyond(at: dt.datetime, overview: SessionOverview) -> bool:
    """Tell whether something happened so long after the stay that the axis ends before it."""
    return overview.closed_at is not None and at > overview.closed_at + _BEYOND


def _at_the_edge(mark: EventMark, overview: SessionOverview, last: dt.datetime) -> EventMark:
    """Return an event that the axis does not reach at its end, with its time in words."""
    until = min(mark.until, last - _AFTER) if mark.until else None
    if not _is_beyond(mark.at, overview):
        return replace(mark, until=until)
    when = f"{overview.local(mark.at):%d %b %H:%M}"
    return replace(mark, at=last - _AFTER, until=until, text=f"{mark.text}, {when}")


def _alert(alert: AlertView) -> AlertMark:
    """Return an alert where its own value stood, whatever an amendment has put there since."""
    first = alert.value.partition("/")[0]
    level = int(first) if first.isdecimal() else None
    sign, side = alert.limit.sign, side_of(alert)
    return AlertMark(alert.number, alert.at, alert.state, sign, level, side)


def _score(score: ScoreView) -> ScoreMark:
    items = len(score.answers)
    return ScoreMark(score.at, score.title, score.total, score.most, score.answered, items)


def _point(view: ReadingView) -> Point:
    whens = view.was_at or (view.measured,) * len(view.replaced)
    return Point(
        uid=view.uid,
        at=view.measured,
        reading=view.reading,
        entered=view.entered,
        by=view.by.name,
        was=tuple(Was(old, at) for old, at in zip(view.replaced, whens, strict=False)),
        off_scale=tuple(_off_scale(view)),
        alerts=view.alerts,
        slot=view.slot,
        not_taken=view.not_taken,
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
    planned = overview.planned_end if overview.ended_at is None else None
    for segment in overview.segments:
        until = segment.end or overview.ended_at or min(end, planned or end)
        if until > segment.start:
            yield _run(segment, until, most)
    running = overview.segments[-1] if overview.segments else None
    if running and running.end is None and running.rate_ml_h and planned and planned != end:
        kind = RunKind.PLANNED if planned > end else RunKind.RAN_OUT
        start, until = sorted((end, planned))
        share = float(running.rate_ml_h / most)
        yield Run(kind, start, until, running.rate_ml_h, share, Decimal(0))


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
    found += [slot.due for slot in overview.slots if slot.due and not slot.waits]
    found += [at for run in runs for at in (run.start, run.end)]
    found += [device.at for device in overview.devices]
    found += [portion.at for portion in overview.dose.portions]
    happened = [at for event in overview.events for at in (event.at, event.resolved) if at]
    found += [at for at in happened if not _is_beyond(at, overview)]
    found += [alert.at for alert in overview.alerts]
    found += [score.at for score in overview.scores]
    found += [at for r in overview.readings for at in r.was_at]
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
    """Return the outermost bounds of each sign that one reading by itself can cross.

    What asks for several readings, or counts from the baseline, is no level to draw; and what
    is measured with decimals has no lane.
    """
    alone = [
        one
        for one in overview.limits
        if one.times == 1 and one.sustained_minutes is None and one.sign not in WITH_DECIMALS
    ]
    for sign in dict.fromkeys(limit.sign for limit in alone):
        own = [limit for limit in alone if limit.sign is sign]
        for name, part in zip(_PARTS if sign is Sign.BP else ("",), _parts(own), strict=False):
            yield from _outermost(sign, name, (each.above for each in part), above=True)
            yield from _outermost(sign, name, (each.below for each in part), above=False)


_PARTS = ("systolic", "diastolic")


def _parts(limits: Iterable[Limit]) -> Iterator[tuple[Part, ...]]:
    """Return the bounds of each figure of a sign: of its only one, then of the diastolic."""
    return zip(*(limit.parts for limit in limits), strict=True)


def _outermost(
    sign: Sign, part: str, values: Iterable[int | Decimal | None], *, above: bool
) -> Iterator[LimitLine]:
    found = [value for value in values if value is not None]
    if found:
        yield LimitLine(sign, int(max(found) if above else min(found)), part, above)
