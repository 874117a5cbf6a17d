"""The lines through all lanes: where we are, the events, and the pointer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen
from typing_extensions import override

from monitor.vitals import Sign
from ui import theme
from ui.charts.ground import Drawn, Lane
from ui.charts.places import Box
from ui.charts.standing import standing


class Through(Drawn):
    """The lines through one lane; they make way for every mark and figure in it."""

    def __init__(self, lane: Lane, *signs: Sign) -> None:
        super().__init__(lane, -1)
        self._signs = signs

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint the lines through this lane."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        state = self.state
        stand = tuple(standing(self, *self._signs))
        dotted = QPen(theme.colour(theme.c.text_2), 1, Qt.PenStyle.DotLine)
        for event in state.page.events:
            if event.kind == "event":
                self._line(painter, event.at, dotted, stand)
        if state.at_pointer:
            pen = QPen(theme.colour(theme.c.focus), 1)
            self._line(painter, state.at_pointer.at, pen, stand)
        if state.page.now:
            pen = QPen(theme.colour(theme.drug(state.page.drug)[0]), 2)
            self._line(painter, state.page.now, pen, stand)

    def _line(self, painter: QPainter, at: dt.datetime, pen: QPen, stand: Iterable[Box]) -> None:
        painter.setPen(pen)
        x, half = self.time(at).x(), pen.widthF()
        for top, foot in unbroken(self.area.top(), self.area.bottom(), x, half, stand):
            painter.drawLine(QPointF(x, top), QPointF(x, foot))


def unbroken(
    top: float, foot: float, x: float, half: float, stand: Iterable[Box]
) -> Iterator[tuple[float, float]]:
    """Tell which parts of an upright line meet nothing, from above.

    Args:
        top: Where the line begins.
        foot: Where it ends.
        x: Where it stands.
        half: Of its width.
        stand: What it makes way for.
    """
    busy = [(y0, y1) for x0, y0, x1, y1 in stand if x0 < x + half and x - half < x1]
    for high, low in sorted(busy):
        if high > top:
            yield top, min(high, foot)
        top = max(top, low)
    if top < foot:
        yield top, foot
