"""What happened beside the readings: events, alerts, ratings, amendments."""

from __future__ import annotations

import datetime as dt

from reportlab.platypus import Flowable

from monitor.dose_view import ReplacedView
from monitor.overview import AlertView, AmendmentView, EventView, ScoreView
from monitor.sides import side_of
from reports.limit_wording import crossed, moved
from reports.pdf.parts import Column, section, table
from reports.pdf.setting import Setting
from reports.wording import DASH, alert_state, happened

_EVENTS = (
    Column("No.", 24),
    Column("Time", 36, strong=True),
    Column("Entered", 36),
    Column("Kind", 32),
    Column("What happened", 318),
    Column("Resolved", 56),
    Column("By", 26),
)


_WHAT = 4  # the column that gives room to the severity, where any event has one
_SEVERITY = Column("Severity", 46)


def events(s: Setting) -> list[Flowable]:
    """Return the events and steps of the dose."""
    rows = [_event(s, event) for event in s.overview.events]
    columns: tuple[Column, ...] = _EVENTS
    if any(event.severity for event in s.overview.events):
        columns = (*_EVENTS[:_WHAT], Column("What happened", 272), _SEVERITY, *_EVENTS[_WHAT + 1 :])
        rows = [
            (*row[: _WHAT + 1], event.severity or "", *row[_WHAT + 1 :])
            for row, event in zip(rows, s.overview.events, strict=True)
        ]
    body = table(s.pen, columns, rows) if rows else None
    return section(s.pen, "Events and drugs", "numbers as in the chart", body)


def _event(s: Setting, event: EventView) -> tuple[str, ...]:
    effect = event.kind == "event" and event.sort.value == "effect"
    unresolved = "open" if effect else ""
    return (
        str(event.number),
        s.times.clock(event.at),
        s.times.clock(event.entered),
        event.sort.value if event.kind == "event" else "step",
        happened(event) + _escort(s, event) + (" (SERIOUS)" if event.serious else ""),
        s.times.clock(event.resolved) if event.resolved else unresolved,
        s.initials(event.by),
    )


def _escort(s: Setting, event: EventView) -> str:
    escort = s.overview.escort
    named = event.kind == "discharged" and escort and escort not in event.text
    return f", with {escort}" if named else ""


_ALERTS = (
    Column("No.", 30),
    Column("Raised", 36, strong=True),
    Column("Value", 50, strong=True),
    Column("Limit crossed", 112),
    Column("Acknowledged", 72),
    Column("Action", 120),
    Column("Told", 82),
    Column("By", 26),
)


def alerts(s: Setting) -> list[Flowable]:
    """Return the alerts with what was done about each."""
    rows = [_alert(s, alert) for alert in s.overview.alerts]
    body = table(s.pen, _ALERTS, rows) if rows else None
    remark = "limits as approved in the protocol; under the value its change from baseline"
    return section(s.pen, "Alerts and acknowledgements", remark, body, none="None raised")


def _alert(s: Setting, alert: AlertView) -> tuple[object, ...]:
    return (
        s.pen.say("{side} {n}", "cell", side=side_of(alert).mark, n=alert.number),
        s.times.clock(alert.at),
        alert_value(alert),
        crossed(alert.limit, alert.value, alert.change),
        alert_state(alert, s.times),
        alert.action or DASH,
        alert.told or DASH,
        s.initials(alert.acknowledged_by),
    )


def alert_value(alert: AlertView) -> str:
    """Return what was measured, then how far from the baseline, then for how long."""
    lasted = "" if alert.minutes is None else f"for {alert.minutes} min"
    return "\n".join(filter(None, (alert.value, moved(alert.change), lasted)))


_RATINGS = (
    Column("Scale and version", 116),
    Column("Rated", 36, strong=True),
    Column("Entered", 36),
    Column("Answers", 108),
    Column("Score", 104, strong=True),
    Column("Meaning", 102),
    Column("By", 26),
)


def ratings(s: Setting) -> list[Flowable]:
    """Return the ratings; one that is incomplete has no total."""
    rows = [_rating(s, score) for score in s.overview.scores]
    body = table(s.pen, _RATINGS, rows) if rows else None
    return section(s.pen, "Ratings", "an incomplete scale has no total", body)


def _rating(s: Setting, score: ScoreView) -> tuple[str, ...]:
    total = f"{score.total} of {score.most}"
    if score.total is None:
        total = f"incomplete ({score.answered} of {len(score.answers)} answered)"
    return (
        f"{score.title}, v{score.version}",
        s.times.clock(score.at),
        s.times.clock(score.entered),
        " ".join(DASH if answer is None else str(answer) for answer in score.answers),
        total,
        score.band or "no validated bands",
        s.initials(score.by),
    )


_SHORT = 160  # characters of a change that stands on a few lines

_AMENDMENTS = (
    Column("No.", 26),
    Column("Entry", 92),
    Column("Change", 206),
    Column("Reason", 132),
    Column("Amended", 46),
    Column("By", 26),
)


def amendments(s: Setting) -> list[Flowable]:
    """Return the amendments, then what was entered anew: old value, why, when, by whom."""
    rows = [_amendment(s, amendment) for amendment in s.overview.amendments]
    rows += [_replaced(s, each) for each in s.overview.replaced]
    body = table(s.pen, _AMENDMENTS, rows) if rows else None
    return section(s.pen, "Amendments", "old value → new value; both stay in the record", body)


def _amendment(s: Setting, amendment: AmendmentView) -> tuple[object, ...]:
    old, new = amendment.old, amendment.new
    change: object = f"{old}\n→ {new}"
    if len(old) + len(new) < _SHORT:
        change = s.pen.say("<strike>{old}</strike> → <b>{new}</b>", "cell", old=old, new=new)
    return (
        amendment.number,
        amendment.about + _at(s, amendment.of),
        change,
        amendment.reason,
        s.times.clock(amendment.at),
        s.initials(amendment.by),
    )


def _replaced(s: Setting, old: ReplacedView) -> tuple[object, ...]:
    """Return what no longer counts; what does stands with order and dose on page 1."""
    then = "entered anew" if old.anew else "no longer holds"
    return (
        DASH,
        f"{old.what} {s.times.clock(old.at)}, {s.initials(old.by)}",
        s.pen.say("<strike>{old}</strike> → <b>{then}</b>", "cell", old=old.words, then=then),
        old.reason,
        s.times.clock(old.replaced_at),
        s.initials(old.replaced_by),
    )


def _at(s: Setting, instant: dt.datetime | None) -> str:
    return f" {s.times.clock(instant)}" if instant else ""
