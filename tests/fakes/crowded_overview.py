"""Sessions that crowd the chart: everything at once, over midnight, over a change of the clocks."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

from monitor.chart_page import ChartPage, ClockSpan, DeviceMark, LimitLine, PortionMark, chart_page
from monitor.dose_view import SegmentView
from monitor.entries import EventKind, Severity
from monitor.overview import (
    AlertView,
    EventView,
    LocalTime,
    ReadingView,
    ScoreView,
    SessionOverview,
    SlotView,
)
from monitor.protocols.protocol import Anchor, Limit
from monitor.schedule import SlotState
from monitor.vitals import BloodPressure, Reading, Sign
from tests.fakes.ketamine_overview import ketamine
from tests.fakes.overview_parts import NINA, at, event, reading

MINUTE = dt.timedelta(minutes=1)
LIMITS = (
    Limit("bp-high", Sign.BP, above=180, above_diastolic=110),
    Limit("bp-repeated", Sign.BP, above=160, above_diastolic=100, times=2, within_minutes=15),
    Limit("bp-low", Sign.BP, below=90),
    Limit("hr-high", Sign.HEART_RATE, above=150),
    Limit("hr-sustained", Sign.HEART_RATE, above=120, sustained_minutes=5),
    Limit("hr-low", Sign.HEART_RATE, below=50),
    Limit("spo2-low", Sign.SPO2, below=94),
    Limit("resp-low", Sign.RESP, below=10),
    Limit("resp-high", Sign.RESP, above=30),
    Limit("sedation-deep", Sign.SEDATION, below=4),
    Limit("dissociation-high", Sign.DISSOCIATION, above=8),
)
"""Every kind of bound: those of one reading, those of several."""
_READINGS, _EVENTS, _EVERY = 60, 30, 4 * MINUTE
_SEVERITIES = (None, Severity.MILD, Severity.MODERATE, Severity.SEVERE)


def _row(n: int, start: dt.datetime) -> ReadingView:
    when = start + n * _EVERY
    swell = 34 - abs(n - 20) * 2 if abs(n - 20) < 17 else 0
    taken = Reading(
        BloodPressure(128 + swell + n * 7 % 9, 78 + swell // 2 + n * 5 % 6),
        heart_rate=70 + swell + n * 3 % 6,
        spo2=98 - n * 11 % 4,
        resp=14 + n % 4,
        sedation=3 if n == 22 else 4 if 17 < n < 26 else 5,
        dissociation=min(9, max(0, swell // 3)),
    )
    changes: dict[int, dict[str, object]] = {
        18: {"bp": BloodPressure(236, 118), "heart_rate": 212},
        19: {"bp": BloodPressure(228, 112), "heart_rate": 205},
        20: {"bp": BloodPressure(241, 121)},
        30: {"heart_rate": None},
        34: {"spo2": 81, "resp": 8},
        35: {"spo2": 79, "resp": 34},
        44: {"bp": BloodPressure(84, 36), "heart_rate": 38},
    }
    taken = dataclasses.replace(taken, **changes.get(n, {}))  # type: ignore[arg-type]
    old = {
        8: dataclasses.replace(taken, bp=BloodPressure(182, 108), heart_rate=165),
        26: dataclasses.replace(taken, spo2=88, resp=24, dissociation=9),
    }.get(n)
    return dataclasses.replace(
        reading("10:00", "120/80"),
        uid=f"reading-{n}",
        measured=when,
        entered=when + MINUTE,
        reading=taken,
        replaced=(old,) if old else (),
        not_taken=(Sign.HEART_RATE,) if n == 30 else (),
    )


def _alert(number: int, sign: Sign, row: ReadingView, state: str) -> AlertView:
    limit = next(limit for limit in LIMITS if limit.sign is sign)
    value = row.reading.value(sign)
    said = value.text if isinstance(value, BloodPressure) else str(value)
    return AlertView(
        f"A{number}", f"alert-{number}", limit, row.measured, said, row.uid, state,
        *((row.measured, NINA, "told", "Dr Silva") if state == "acknowledged" else ()),
    )  # fmt: skip


def _alerts(
    rows: tuple[ReadingView, ...],
) -> tuple[tuple[ReadingView, ...], tuple[AlertView, ...]]:
    raised = (
        (Sign.BP, 18), (Sign.HEART_RATE, 18), (Sign.BP, 19), (Sign.HEART_RATE, 19),
        (Sign.BP, 20), (Sign.SEDATION, 22), (Sign.SPO2, 34), (Sign.RESP, 34), (Sign.SPO2, 35),
        (Sign.RESP, 35), (Sign.BP, 44), (Sign.HEART_RATE, 44), (Sign.BP, 50),
    )  # fmt: skip
    states = {5: "open", 6: "open", 13: "withdrawn"}
    made = tuple(
        _alert(n, sign, rows[place], states.get(n, "acknowledged"))
        for n, (sign, place) in enumerate(raised, 1)
    )
    numbers = {
        place: tuple(a.number for a, (_, p) in zip(made, raised, strict=True) if p == place)
        for _, place in raised
    }
    told = (dataclasses.replace(r, alerts=numbers.get(n, ())) for n, r in enumerate(rows))
    return tuple(told), made


def _events(start: dt.datetime) -> tuple[EventView, ...]:
    words = ("nausea", "dizziness", "headache", "anxiety", "double vision")
    made: list[EventView] = []
    for n in range(1, _EVENTS + 1):
        severity = _SEVERITIES[n % 4]
        when = start + n * 7 * MINUTE
        said = f"{words[n % 5]} {severity or ''}".strip()
        lasting = n % 3 == 0
        made.append(
            dataclasses.replace(
                event(n, "10:00", said if n % 7 else "ondansetron 4 mg iv"),
                at=when,
                entered=when,
                sort=EventKind.EFFECT if n % 7 else EventKind.DRUG,
                severity=severity if n % 7 else None,
                resolved=when + 12 * MINUTE if n % 7 and not lasting else None,
            )
        )
    return tuple(made)


def _slots(start: dt.datetime, rows: tuple[ReadingView, ...]) -> tuple[SlotView, ...]:
    last = (SlotState.MISSED, SlotState.OVERDUE, SlotState.DUE, SlotState.LATER, SlotState.LATER)
    early = SlotState.EARLY, SlotState.LATE
    made: list[SlotView] = []
    for n in range(24):
        due = start + 10 * n * MINUTE
        state = last[n - 19] if n >= 19 else early[n % 2] if n % 6 == 0 else SlotState.ON_TIME
        closed = state in (SlotState.EARLY, SlotState.ON_TIME, SlotState.LATE)
        shift = {SlotState.LATE: 6, SlotState.EARLY: -3}.get(state, 0) * MINUTE
        row = rows[(10 * n) // 4] if closed else None
        made.append(
            SlotView(
                str(10 * n), Anchor.START, due, due - 3 * MINUTE, due + 3 * MINUTE, state,
                row.uid if row else None, due + shift if row else None, due if row else None,
                round(shift / MINUTE) if row else None,
            )
        )  # fmt: skip
    return tuple(made)


def _scores(start: dt.datetime) -> tuple[ScoreView, ...]:
    whole = ScoreView(
        "score-1", "cadss-6", "CADSS-6", 1, start + 40 * MINUTE, start + 41 * MINUTE, NINA,
        (2, 1, 2, 2, 1, 1), 9, 24, "",
    )  # fmt: skip
    part = dataclasses.replace(
        whole, uid="score-2", at=start + 90 * MINUTE, answers=(0, 0, None, 0, 0, None), total=None
    )
    return whole, part


def crowded(*, is_open: bool = True) -> SessionOverview:
    """Return four hours over midnight: sixty readings, thirty events, every state of everything."""
    start = at("22:00")
    rows, alerts = _alerts(tuple(_row(n, start) for n in range(_READINGS)))
    now = start + 224 * MINUTE
    rows = tuple(row for row in rows if row.measured <= now)
    stopped = start + 70 * MINUTE
    return dataclasses.replace(
        ketamine(),
        status="open" if is_open else "closed",
        seen_at=now,
        opened_at=start,
        closed_at=None if is_open else now,
        ended_at=None if is_open else now,
        started_at=start,
        planned_end=now + 9 * MINUTE,
        segments=(
            SegmentView(start, stopped, Decimal(75), Decimal(20)),
            SegmentView(stopped, stopped + 20 * MINUTE, Decimal(0), Decimal(0), "pressure"),
            SegmentView(stopped + 20 * MINUTE, None, Decimal("37.5"), Decimal(9)),
        ),
        readings=rows,
        reference=rows[0],
        slots=_slots(start, rows),
        events=_events(start),
        alerts=alerts,
        scores=_scores(start),
        limits=LIMITS,
    )


def clocks_go_back() -> SessionOverview:
    """Return the same in a night in which the clock shows two o'clock twice."""
    whole = crowded(is_open=False)
    turned = whole.opened_at + 130 * MINUTE
    return dataclasses.replace(
        whole, local=LocalTime(((whole.opened_at - 60 * MINUTE, 120), (turned, 60)))
    )


BANDS = {"devices": "devices", "clocks": "devices", "portions": "given"}
"""Kinds of marks that are drawn only where the drug is given so; all others with a pump."""


def marked() -> ChartPage:
    """Return a page that holds some marks of every kind that a page can hold."""
    page = chart_page(crowded())
    return dataclasses.replace(
        page,
        ticks=page.ticks[1:8:2],
        points=page.points[6:20:2],
        events=page.events[:3],
        slots=page.slots[:6],
        alerts=page.alerts[:2],
        limits=page.limits[:7],
        devices=(DeviceMark(1, page.first + 20 * MINUTE, Decimal(28)),),
        clocks=(ClockSpan(1, page.first + 20 * MINUTE, page.last, 99, page.last - 9 * MINUTE),),
        portions=(PortionMark(page.first + 30 * MINUTE, Decimal(35)),),
    )


def kinds() -> list[str]:
    """Return the fields of a page that hold marks."""
    fields = dataclasses.fields(ChartPage)
    return [field.name for field in fields if str(field.type).startswith("tuple[")]


def moved(page: ChartPage, kind: str) -> ChartPage:
    """Return a page on which the last mark of a kind stands elsewhere, all others as before."""
    *marks, last = getattr(page, kind)
    changes: dict[str, object] = {kind: (*marks, _elsewhere(last))}
    return dataclasses.replace(page, **changes)  # type: ignore[arg-type]


def _elsewhere(mark: object) -> object:
    """Return a mark a quarter of an hour later; a line across the chart lower down."""
    if isinstance(mark, dt.datetime):
        return mark + 15 * MINUTE
    if isinstance(mark, LimitLine):
        return dataclasses.replace(mark, value=mark.value - 3)
    assert dataclasses.is_dataclass(mark)
    assert not isinstance(mark, type)
    times = {
        field.name: found + 15 * MINUTE
        for field in dataclasses.fields(mark)
        if isinstance(found := getattr(mark, field.name), dt.datetime)
    }
    return dataclasses.replace(mark, **times)


def slot_states() -> list[ChartPage]:
    """Return a page for each state of a slot, alike in everything else."""
    page = marked()
    slot = marked().slots[4]
    shifts = {SlotState.EARLY: -3, SlotState.ON_TIME: 0, SlotState.LATE: 6}
    return [
        dataclasses.replace(
            page,
            slots=(
                dataclasses.replace(
                    slot,
                    state=state,
                    measured=slot.due + shifts[state] * MINUTE if state in shifts else None,
                ),
            ),
        )
        for state in SlotState
    ]


def alert_states() -> list[ChartPage]:
    """Return a page for each state of an alert, alike in everything else."""
    page, alert = marked(), marked().alerts[0]
    return [
        dataclasses.replace(page, alerts=(dataclasses.replace(alert, state=state),))
        for state in ("open", "acknowledged", "withdrawn")
    ]
