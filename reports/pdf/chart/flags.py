"""Numbered alerts and events above the chart; the numbers are those of the tables."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.chart_page import ChartPage
from monitor.sides import Side
from reports.pdf import look, marks
from reports.pdf.chart.ground import Ground, place
from reports.pdf.look import Types

FLAG = 12.0  # height of one row of marks
_APART = 9.2
_MOST_ROWS = 6
_ROWS_FOR_BARS = 3  # so many rows are made for the bars' sake; then they run behind numbers
_THICK = {"mild": 0.8, "moderate": 1.4, "severe": 2.0}


@dataclass(frozen=True, slots=True)
class Flag:
    """A numbered mark: an alert with its state, or an event with how long it lasted.

    Attributes:
        up: Whether the triangle of an alert points up: its value lies above the limit.
    """

    x: float
    key: str
    state: str = ""
    end: float | None = None
    is_open: bool = False
    severity: str = ""
    up: bool = True


Row = list[Flag]


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
        alerts = [
            Flag(place(page, a.at), a.number.lstrip("A"), a.state, up=a.side is not Side.BELOW)
            for a in page.alerts
        ]
        events = [
            Flag(
                place(page, e.at),
                str(e.number),
                end=place(page, e.until) if e.until else None,
                is_open=e.is_open,
                severity=e.severity,
            )
            for e in page.events
        ]
        upper, lost = _stack(alerts)
        lower, also = _stack(events)
        return cls(upper, lower, lost + also)

    @property
    def rows(self) -> int:
        """Return how many rows there are."""
        return len(self.alerts) + len(self.events)


def _stack(found: list[Flag]) -> tuple[tuple[Row, ...], int]:
    rows: list[Row] = []
    lost = 0
    for flag in sorted(found, key=lambda flag: flag.x):
        row = _row_for(rows, flag)
        if row is None and len(rows) == _MOST_ROWS:
            lost += 1
            continue
        if row is None:
            row = []
            rows.append(row)
        row.append(flag)
    return tuple(rows), lost


def _row_for(rows: list[Row], flag: Flag) -> Row | None:
    """Return where a mark finds room: beside the bars of others, as long as a few rows do."""
    apart = [row for row in rows if flag.x - row[-1].x >= _APART]
    clear = [row for row in apart if all((each.end or 0) < flag.x for each in row)]
    if clear:
        return clear[0]
    return apart[0] if apart and len(rows) >= _ROWS_FOR_BARS else None


def leaders(g: Ground, lanes: Lanes, top: float, foot: float) -> None:
    """Draw a fine thread from each mark down to the readings it explains."""
    g.c.setLineWidth(0.35)
    g.c.setDash(1, 1.6)
    for n, row in enumerate((*lanes.alerts, *lanes.events)):
        g.c.setStrokeColor(look.ALERT if n < len(lanes.alerts) else look.LINE)
        for flag in row:
            g.c.line(flag.x, foot, flag.x, top - FLAG * n - 11)
    g.c.setDash()


def flags(g: Ground, lanes: Lanes, top: float) -> None:
    """Draw the marks: a triangle for an alert, pointing to its side; a circle for an event."""
    y = top
    for n, row in enumerate(lanes.alerts):
        y -= FLAG
        if n == 0:
            g.name(y + 3.5, "Alerts")
        for flag in row:
            _alert(g, flag, y)
    for n, row in enumerate(lanes.events):
        y -= FLAG
        if n == 0:
            g.name(y + 3.5, "Events")
        _events(g, row, y)
    if lanes.left_out:
        g.put(g.end + 3, y + 3.5, f"+{lanes.left_out} more", Types.TINY)


def _events(g: Ground, row: Row, y: float) -> None:
    for flag in row:
        _lasting(g, flag, y + 6)
    for flag in row:
        g.c.setFillColor(look.PAPER)
        g.c.setStrokeColor(look.INK)
        g.c.setLineWidth(0.7)
        g.c.circle(flag.x, y + 6, 4.3, stroke=1, fill=1)
        g.put(flag.x, y + 3.9, flag.key, Types.MARK_STRONG, "middle")
    _severities(g, row, y)


def _alert(g: Ground, flag: Flag, y: float) -> None:
    """Draw an alert: open is filled, acknowledged hollow, withdrawn struck through."""
    is_open = flag.state == "open"
    tip, foot = (y + 10.6, y + 2.7) if flag.up else (y + 1.6, y + 5.1)
    marks.triangle(g.c, (flag.x, tip), 9, look.ALERT, up=flag.up, fill=is_open)
    how = Types.ALERT_NUMBER.inked(look.PAPER) if is_open else Types.ALERT_NUMBER
    g.put(flag.x, foot, flag.key, how, "middle")
    if flag.state == "withdrawn":
        g.c.line(flag.x - 5, y + 1, flag.x + 5, y + 11)


def _lasting(g: Ground, flag: Flag, y: float) -> None:
    """Draw how long an event lasted: a thin bar, dashed and without an end where it is open."""
    if flag.end is None:
        return
    g.c.setStrokeColor(look.INK)
    g.c.setLineWidth(_THICK.get(flag.severity, 0.8))
    if flag.is_open:
        g.c.setDash(3, 2)
    g.c.line(flag.x, y, flag.end, y)
    g.c.setDash()
    if not flag.is_open:
        g.c.setLineWidth(0.8)
        g.c.line(flag.end, y - 2.5, flag.end, y + 2.5)


def _severities(g: Ground, row: Row, y: float) -> None:
    """Write how bad it was behind the number, where the next one leaves room."""
    ends = [*(flag.x - 6 for flag in row[1:]), g.end]
    for flag, end in zip(row, ends, strict=True):
        wide = g.pen.width(flag.severity, Types.TINY)
        if flag.severity and flag.x + 8 + wide <= end:
            g.blank((flag.x + 6, y + 3, flag.x + 8 + wide, y + 9.5))
            g.put(flag.x + 7, y + 4.2, flag.severity, Types.TINY)
