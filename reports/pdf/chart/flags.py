"""Numbered alerts and events above the chart; the numbers are those of the tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.chart_page import ChartPage
from reports.pdf import look, marks
from reports.pdf.chart.ground import Ground, place
from reports.pdf.look import Types

FLAG = 12.0  # height of one row of marks
_APART = 9.2
_MOST_ROWS = 6

Row = list[tuple[float, str]]


@dataclass(frozen=True, slots=True)
class Lanes:
    """Marks in rows: those that would touch stand in a further row, as far as there is room.

    Attributes:
        left_out: How many marks found no room; the tables have them all.
    """

    alerts: tuple[Row, ...]
    events: tuple[Row, ...]
    left_out: int

    @classmethod
    def of(cls, page: ChartPage) -> Lanes:
        """Stack the marks of a chart."""
        alerts = [(alert.at, alert.number.lstrip("A")) for alert in page.alerts]
        events = [(event.at, str(event.number)) for event in page.events]
        upper, lost = _stack(page, alerts)
        lower, also = _stack(page, events)
        return cls(upper, lower, lost + also)

    @property
    def rows(self) -> int:
        """Return how many rows there are."""
        return len(self.alerts) + len(self.events)


def _stack(page: ChartPage, found: list[tuple[dt.datetime, str]]) -> tuple[tuple[Row, ...], int]:
    rows: list[Row] = []
    lost = 0
    for at, key in sorted(found, key=lambda f: f[0]):
        x = place(page, at)
        row = next((r for r in rows if x - r[-1][0] >= _APART), None)
        if row is None and len(rows) == _MOST_ROWS:
            lost += 1
            continue
        if row is None:
            row = []
            rows.append(row)
        row.append((x, key))
    return tuple(rows), lost


def leaders(g: Ground, lanes: Lanes, top: float, foot: float) -> None:
    """Draw a fine thread from each mark down to the readings it explains."""
    g.c.setLineWidth(0.35)
    g.c.setDash(1, 1.6)
    for n, row in enumerate((*lanes.alerts, *lanes.events)):
        g.c.setStrokeColor(look.ALERT if n < len(lanes.alerts) else look.LINE)
        for x, _ in row:
            g.c.line(x, foot, x, top - FLAG * n - 11)
    g.c.setDash()


def flags(g: Ground, lanes: Lanes, top: float) -> None:
    """Draw the marks: a triangle for an alert, a circle for an event."""
    y = top
    for n, row in enumerate(lanes.alerts):
        y -= FLAG
        if n == 0:
            g.name(y + 3.5, "Alerts")
        for x, key in row:
            marks.triangle(g.c, (x, y + 10.6), 9, look.ALERT, up=True, fill=False)
            g.put(x, y + 2.7, key, Types.ALERT_NUMBER, "middle")
    for n, row in enumerate(lanes.events):
        y -= FLAG
        if n == 0:
            g.name(y + 3.5, "Events")
        for x, key in row:
            g.c.setFillColor(look.PAPER)
            g.c.setStrokeColor(look.INK)
            g.c.setLineWidth(0.7)
            g.c.circle(x, y + 6, 4.3, stroke=1, fill=1)
            g.put(x, y + 3.9, key, Types.MARK_STRONG, "middle")
    if lanes.left_out:
        g.put(g.end + 3, y + 3.5, f"+{lanes.left_out} more", Types.TINY)
