"""What stands beside a reading's marks: arrows off the scale, and the flags of alerts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from typing_extensions import override

from monitor.chart_page import AlertMark, OffScale, Point
from monitor.vitals import Sign
from ui import theme
from ui.charts.flag_places import FULL, box_around, flags_placed
from ui.charts.ground import LEFT, MIDDLE, Drawn, Lane, halo, words
from ui.charts.places import Box, Places

_ARROW = 13.0  # pixels, from tip to foot
_TALL = 13.0  # of a number
_ASIDE = (6.0, 18.0, 32.0, 46.0)  # from the arrow to its number
_ROWS = 4  # so many numbers may stand above one another
_SMALL = 5.0  # size of a flag that is crowded


class OffScaleMarks(Drawn):
    """An arrow at the edge with the number, where a value lies beyond the axis."""

    def __init__(self, lane: Lane, *signs: tuple[Sign, str]) -> None:
        super().__init__(lane, 8)
        self._tones = dict(signs)

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint all arrows, then each number at the first place where it meets none other."""
        places = Places(self.area.adjusted(0, -2, 0, 2))
        places.take(*self._marks())
        found = [
            (point, off)
            for point in self.state.page.points
            for off in point.off_scale
            if off.sign in self._tones
        ]
        for point, off in found:
            tip = self._tip(point, off)
            places.take((tip.x() - 5, tip.y() - _ARROW, tip.x() + 5, tip.y() + _ARROW))
            self._arrow(painter, tip, off)
        painter.setFont(theme.font(12, 600))
        for point, off in found:
            self._number(painter, places, self._tip(point, off), off)

    def _tip(self, point: Point, off: OffScale) -> QPointF:
        side = 1 if off.above else -1
        edge = self.lane.high if off.above else self.lane.low
        return self.time(point.at, edge) + QPointF(0, side * 2)

    def _arrow(self, painter: QPainter, tip: QPointF, off: OffScale) -> None:
        side, ink = (1 if off.above else -1), theme.colour(self._tones[off.sign])
        painter.setPen(QPen(ink, 1.8))
        painter.drawLine(tip, tip + QPointF(0, side * _ARROW))
        painter.setBrush(ink)
        painter.setPen(Qt.PenStyle.NoPen)
        head = [tip, tip + QPointF(-5, side * 7), tip + QPointF(5, side * 7)]
        painter.drawPolygon(QPolygonF(head))

    def _number(self, painter: QPainter, places: Places, tip: QPointF, off: OffScale) -> None:
        """Write a number near its arrow; it may lie on a line, and then has the paper as halo."""
        wide = painter.fontMetrics().horizontalAdvance(str(off.value)) + 2.0
        box = places.first(self._around(tip, wide, 1 if off.above else -1))
        if box is None:  # rather on something else than left out
            box = next(self._around(tip, wide, 1 if off.above else -1))
        spot = QPointF(box[0] + 1, (box[1] + box[3]) / 2)
        halo(painter, spot, str(off.value), weight=600)
        words(painter, spot, str(off.value), self._tones[off.sign], weight=600, align=LEFT)

    def _marks(self) -> Iterator[Box]:
        """Tell where flags, pressure marks and the present stand, which no number may meet."""
        if self.state.page.now:
            x = self.time(self.state.page.now).x()
            yield x - 2, self.area.top() - 2, x + 2, self.area.bottom() + 2
        yield from (box_around(spot) for _, spot in flags_placed(self, *self._tones))
        for point in self.state.page.points:
            if Sign.BP in self._tones and point.bp:
                tip = self.time(point.at, point.bp.systolic)
                yield tip.x() - 6, tip.y() - 11, tip.x() + 6, tip.y()

    @staticmethod
    def _around(tip: QPointF, wide: float, side: int) -> Iterator[Box]:
        for aside in _ASIDE:
            for row in range(_ROWS):
                y = tip.y() - side + side * _TALL * row
                top, foot = sorted((y, y + side * _TALL))
                for left in (tip.x() + aside, tip.x() - aside - wide):
                    yield left, top, left + wide, foot


class AlertFlags(Drawn):
    """A flag at every reading that raised an alert, in the lane of its sign.

    Open is filled with "!"; acknowledged is hollow with a tick; withdrawn is struck through.
    """

    def __init__(self, lane: Lane, *signs: Sign) -> None:
        super().__init__(lane, 9)
        self._signs = signs

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint the flags; crowded ones are small and without their sign."""
        placed = flags_placed(self, *self._signs)
        spots = [spot for _, spot in placed]
        for n, (alert, spot) in enumerate(placed):
            self._flag(painter, alert, spot, crowded=_crowded(spots, n))

    def _flag(self, painter: QPainter, alert: AlertMark, spot: QPointF, *, crowded: bool) -> None:
        size = _SMALL if crowded else FULL
        area = QRectF(spot.x() - size / 2, spot.y() - size / 2, size, size)
        is_open = alert.state == "open"
        edge = theme.c.text_3 if alert.state == "withdrawn" else theme.c.alert
        painter.setPen(QPen(theme.colour(edge), 1.4))
        painter.setBrush(theme.colour(edge if is_open else theme.c.paper))
        painter.drawRoundedRect(area, 2, 2)
        if alert.state == "withdrawn":
            painter.drawLine(area.bottomLeft(), area.topRight())
        elif not crowded and is_open:
            words(painter, spot, "!", theme.c.surface, weight=600, align=MIDDLE)
        elif not crowded:
            steps = ((-3.2, 0.2), (-0.8, 2.6), (3.2, -2.6))
            painter.drawPolyline(QPolygonF([spot + QPointF(*step) for step in steps]))


def _crowded(spots: Sequence[QPointF], n: int) -> bool:
    """Tell whether another flag would touch this one, were both of full size."""
    around = (*spots[:n], *spots[n + 1 :])
    return any(
        0 < abs(spot.x() - spots[n].x()) < FULL + 1 and abs(spot.y() - spots[n].y()) < FULL
        for spot in around
    )
