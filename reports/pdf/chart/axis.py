"""Time: the grid, the due marks, clock time over minutes from the start."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from monitor.chart_page import ChartPage, SlotMark, Tick
from monitor.schedule import SlotState
from reports.pdf import look, marks
from reports.pdf.chart.ground import LEFT, UNITS_AT, Ground
from reports.pdf.drawn import rule
from reports.pdf.look import Types
from reports.wording import MINUS

SLOTS, AXIS, DATES = 14.0, 22.0, 8.0
_MANY = 30  # due marks are set smaller beyond


def grid(g: Ground, foot: float, top: float) -> None:
    """Draw the hair lines of the labelled instants, and where the session stands."""
    for at in g.page.ticks:
        g.c.setStrokeColor(look.HAIR)
        g.c.setLineWidth(0.5)
        g.c.line(g.x(at), foot, g.x(at), top)
    if g.page.now:
        x = g.x(g.page.now)
        g.c.setStrokeColor(look.drug(g.page.drug))
        g.c.setLineWidth(1)
        g.c.line(x, foot, x, top)


def now(g: Ground, y: float) -> None:
    """Write where the line of the present stands."""
    if g.page.now:
        g.put(g.x(g.page.now) + 2, y + 2, "now", Types.TINY_STRONG.inked(look.drug(g.page.drug)))


def slots(g: Ground, y: float) -> None:
    """Draw due marks at their due time; a stroke leads to when a late one was really closed."""
    rule(g.c, 0, y + SLOTS, g.end, ink=look.LINE, width=0.5)
    g.base(y)
    g.name(y + 4.5, "Slots")
    g.put(UNITS_AT, y + 4.5, "due", Types.TINY, "right")
    for slot in g.page.slots:
        _slot(g, slot, y + 7)


def _slot(g: Ground, slot: SlotMark, y: float) -> None:
    x = g.x(slot.due)
    if slot.measured and slot.state in (SlotState.LATE, SlotState.EARLY):
        ink = look.LATE if slot.state is SlotState.LATE else look.INK
        rule(g.c, x, y, g.x(slot.measured), ink=ink, width=1)
    marks.disc(g.c, x, y, 2.9 if len(g.page.slots) <= _MANY else 2, state=slot.state)


def time_axis(g: Ground, y: float) -> None:
    """Write clock time, minutes from the start, and the date where it changes."""
    g.put(0, y - 9, "Time", Types.LABEL_STRONG)
    if g.page.zero:
        g.put(0, y - 18, "minutes from start", Types.TINY)
    for tick in g.page.clock(g.local):
        x = g.x(tick.at)
        g.c.setStrokeColor(look.LINE)
        g.c.line(x, y, x, y - 2.5)
        g.put(x, y - 9.5, f"{tick.local:%H:%M}", Types.TINY_STRONG, "middle")
        if g.page.zero:
            g.put(x, y - 18, _minutes(g, tick.at), Types.TINY, "middle")
        if said := _turned(tick):
            g.put(x, y - 26, said, Types.TINY_STRONG, "middle")
    rule(g.c, LEFT, y, g.end, ink=look.LINE, width=0.5)


def _minutes(g: Ground, at: dt.datetime) -> str:
    gone = round(g.page.minute(at))
    return str(gone) if gone >= 0 else f"{MINUS}{-gone}"


def _turned(tick: Tick) -> str:
    """Say where the day changed, and where the clock was put on or back."""
    said = [tick.date.isoformat()] if tick.date else []
    if tick.shifted:
        said.append(f"clock {'on' if tick.shifted > 0 else 'back'} {abs(tick.shifted)} min")
    return ", ".join(said)


def has_turned(page: ChartPage, local: Callable[[dt.datetime], dt.datetime]) -> bool:
    """Tell whether there is anything to say under the minutes."""
    return any(_turned(tick) for tick in page.clock(local))
