"""The whole chart, from numbered events at the top to the time axis at the bottom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from typing_extensions import override

from monitor.chart_page import ChartPage
from reports.pdf import look
from reports.pdf.chart import drug, strips
from reports.pdf.chart.axis import AXIS, DATES, SLOTS, grid, has_turned, now, slots, time_axis
from reports.pdf.chart.flags import FLAG, Lanes, flags, leaders
from reports.pdf.chart.ground import Ground
from reports.pdf.chart.pressure import pressure
from reports.pdf.drawn import Drawn
from reports.pdf.pen import Pen

_AIR = 4.0


class SessionChart(Drawn):
    """One session, every series over the same time axis.

    Only the blood pressure panel is elastic: its height is what the page can spare.
    """

    def __init__(
        self,
        pen: Pen,
        page: ChartPage,
        local: Callable[[dt.datetime], dt.datetime],
        panel: float = look.PRESSURE_LEAST,
    ) -> None:
        self.pen, self.page, self.local, self.panel = pen, page, local, panel
        self.lanes = Lanes.of(page)
        self.flags = FLAG * self.lanes.rows
        self.drug = drug.height(len(page.clocks), page.band)
        self.axis = AXIS + (DATES if has_turned(page, local) else 0)
        values = strips.STRIP * len(strips.STRIPS) + strips.BARS + strips.NUMBERS
        values += strips.NUMBERS if page.scores else 0
        fixed = self.flags + self.drug + _AIR + values + SLOTS + self.axis
        super().__init__(look.MEASURE, fixed + panel)

    @override
    def draw(self) -> None:
        """Draw it."""
        g = Ground(self.canv, self.pen, self.page, self.local)
        y = self.height - self.flags
        grid(g, self.axis, y)
        leaders(g, self.lanes, self.height, y - self.drug - self.panel)
        flags(g, self.lanes, self.height)
        y -= self.drug
        drug.drug(g, y)
        y -= self.panel
        pressure(g, y, self.panel)
        now(g, y)
        y -= _AIR
        for axis in strips.STRIPS:
            y -= strips.STRIP
            strips.strip(g, y, axis)
        y -= strips.BARS
        strips.dissociation(g, y)
        y -= strips.NUMBERS
        strips.sedation(g, y)
        if self.page.scores:
            y -= strips.NUMBERS
            strips.ratings(g, y)
        y -= SLOTS
        slots(g, y)
        time_axis(g, y)
