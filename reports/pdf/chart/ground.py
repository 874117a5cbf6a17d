"""What all lanes of the chart share: the canvas, the time axis, and where words already stand."""

from __future__ import annotations

import datetime as dt
import functools
import statistics
from collections.abc import Callable
from itertools import pairwise

from reportlab.pdfgen.canvas import Canvas

from monitor.chart_page import ChartPage
from reports.pdf import look
from reports.pdf.drawn import rule
from reports.pdf.look import Type, Types
from reports.pdf.pen import Pen

LEFT, RIGHT = 62.0, 36.0  # kept free for the lanes' names and for the values of limits
ROOM = 12.0  # what the figures of a reading want; where there is less, only changes have theirs
UNITS_AT = LEFT - 20
TALL = 5.4  # of a figure

Box = tuple[float, float, float, float]


class Ground:
    """Canvas and time axis of one chart.

    Attributes:
        local: Turns instants into the clinic's time.
    """

    def __init__(
        self, c: Canvas, pen: Pen, page: ChartPage, local: Callable[[dt.datetime], dt.datetime]
    ) -> None:
        self.c, self.pen, self.page, self.local = c, pen, page, local
        self.taken: list[Box] = []
        self.end = look.MEASURE - RIGHT

    @functools.cached_property
    def crowded(self) -> bool:
        """Tell whether most readings stand too close for the figures of each."""
        places = sorted(self.x(point.at) for point in self.page.points)
        apart = [after - before for before, after in pairwise(places)]
        return bool(apart) and statistics.median(apart) < ROOM

    def x(self, at: dt.datetime) -> float:
        """Return where an instant lies."""
        return place(self.page, at)

    def put(self, x: float, y: float, text: str, how: Type, align: str = "left") -> float:
        """Draw a line of text."""
        return self.pen.put(self.c, (x, y), text, how, align)

    def put_clear(self, x: float, y: float, text: str, how: Type) -> None:
        """Draw a figure over x; where the line of the present runs there, it stops for it."""
        half = self.pen.width(text, how) / 2 + 0.8
        if self.page.now and abs(self.x(self.page.now) - x) < half:
            self.put_over(x, y, text, how)
        else:
            self.put(x, y, text, how, "middle")

    def put_over(self, x: float, y: float, text: str, how: Type) -> None:
        """Draw a figure over x on ground of its own, whatever runs there."""
        half = self.pen.width(text, how) / 2 + 0.8
        self.blank((x - half, y - 0.8, x + half, y + TALL))
        self.put(x, y, text, how, "middle")

    def name(self, y: float, name: str, unit: str = "") -> None:
        """Name a lane, with its unit."""
        self.put(0, y, name, Types.LABEL_STRONG)
        if unit:
            self.put(UNITS_AT, y, unit, Types.TINY, "right")

    def divide(self, y: float) -> None:
        """Draw the rule between two lanes."""
        rule(self.c, 0, y, self.end, ink=look.LINE, width=0.4)

    def base(self, y: float) -> None:
        """Draw the line that a lane stands on."""
        rule(self.c, LEFT, y, self.end, ink=look.LINE, width=0.5)

    def is_free(self, box: Box) -> bool:
        """Tell whether no words stand where these would."""
        x0, y0, x1, y1 = box
        return not any(
            x0 < right and left < x1 and y0 < top and bottom < y1
            for left, bottom, right, top in self.taken
        )

    def blank(self, box: Box) -> None:
        """Clear the ground under words."""
        x0, y0, x1, y1 = box
        self.c.setFillColor(look.PAPER)
        self.c.rect(x0, y0, x1 - x0, y1 - y0, stroke=0, fill=1)


def place(page: ChartPage, at: dt.datetime) -> float:
    """Return where an instant lies between the chart's margins."""
    return LEFT + (look.MEASURE - LEFT - RIGHT) * page.share(at)
