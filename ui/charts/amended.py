"""What amendments took out: hollow, struck through, still there."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from typing_extensions import override

from monitor.chart_page import Point, Was
from monitor.vitals import BloodPressure, Sign
from ui import theme
from ui.charts.ground import Drawn, Lane, words
from ui.charts.standing import shifts_of

_SHIFT = 16.0  # an amended value stands this far to the right, where there is room
_HALF = 5.0
_SHAPES = {
    Sign.SPO2: ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    Sign.RESP: ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
}
"""Corners of the hollow symbols; a pulse is round."""


class Struck(Drawn):
    """The values of these signs that an amendment replaced."""

    def __init__(self, lane: Lane, *signs: Sign) -> None:
        super().__init__(lane, 6)
        self._signs = signs
        self._pulses: dict[str, float] = {}

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint each replaced value beside the one that counts."""
        self._pulses = shifts_of(self, *self._signs)
        for point in self.state.page.points:
            for sign in self._signs:
                for place, was in enumerate(point.out(sign), 1):
                    shift = place * self._aside if was.at == point.at else 0.0
                    found = was.reading.value(sign)
                    if isinstance(found, BloodPressure):
                        self._pressure(painter, was, found, shift)
                    elif isinstance(found, int):
                        self._dot(painter, point, was, sign, shift)

    @property
    def _aside(self) -> float:
        return min(_SHIFT, max(4.0, self.gap / 2))

    def _place(self, was: Was, level: int, shift: float) -> QPointF:
        held = min(max(level, self.lane.low), self.lane.high)
        return self.time(was.at, held) + QPointF(shift, 0)

    def _pressure(self, painter: QPainter, was: Was, old: BloodPressure, shift: float) -> None:
        tone = theme.colour(theme.series.amended)
        levels = (old.systolic, old.diastolic)
        ends = [self._place(was, level, shift) for level in levels]
        painter.setPen(QPen(tone, 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(ends[0], ends[1])
        for spot, side, level in zip(ends, (-1, 1), levels, strict=True):
            if not self.lane.low <= level <= self.lane.high:
                self._beyond(painter, spot, level)
                continue
            painter.setPen(QPen(tone, 1.2))
            painter.setBrush(theme.colour(theme.c.paper))
            corners = [spot, spot + QPointF(-6, side * 10), spot + QPointF(6, side * 10)]
            painter.drawPolygon(QPolygonF(corners))
            painter.drawLine(spot + QPointF(-10, side * 6), spot + QPointF(10, side * 6))

    def _dot(self, painter: QPainter, point: Point, was: Was, sign: Sign, shift: float) -> None:
        level, counts = was.reading.value(sign), point.level(sign)
        if not isinstance(level, int):
            return
        tone, spot = theme.colour(theme.series.amended), self._place(was, level, shift)
        if counts is not None:
            held = min(max(counts, self.lane.low), self.lane.high)
            painter.setPen(QPen(tone, 1.2, Qt.PenStyle.DashLine))
            aside = self._pulses.get(point.uid, 0.0) if sign is Sign.HEART_RATE else 0.0
            painter.drawLine(self.time(point.at, held) + QPointF(aside, 0), spot)
        if not self.lane.low <= level <= self.lane.high:
            self._beyond(painter, spot, level)
            return
        painter.setPen(QPen(tone, 1.2))
        painter.setBrush(theme.colour(theme.c.paper))
        if sign in _SHAPES:
            corners = [spot + QPointF(*corner) * (_HALF - 1) for corner in _SHAPES[sign]]
            painter.drawPolygon(QPolygonF(corners))
        else:
            painter.drawEllipse(spot, _HALF, _HALF)
        painter.drawLine(spot + QPointF(-9, 0), spot + QPointF(9, 0))

    def _beyond(self, painter: QPainter, spot: QPointF, level: int) -> None:
        """Write a replaced value that is off the scale at the edge, struck through."""
        side = 1 if level > self.lane.high else -1
        middle = spot + QPointF(0, side * 8)
        tone = theme.series.amended
        words(painter, middle, str(level), tone)
        wide = painter.fontMetrics().horizontalAdvance(str(level))
        painter.drawLine(middle, middle + QPointF(wide, 0))


class StruckBars(Drawn):
    """A replaced score from 0 to 10: a hollow bar, struck through."""

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint each replaced score at the right of the one that counts."""
        for point in self.state.page.points:
            for place, was in enumerate(point.out(Sign.DISSOCIATION), 1):
                score = was.reading.dissociation or 0
                aside = place * min(_SHIFT, max(4.0, self.gap / 2))
                shift = QPointF(aside if was.at == point.at else 0.0, 0)
                foot, top = self.time(was.at, 0) + shift, self.time(was.at, max(score, 1)) + shift
                area = QRectF(foot.x() - _HALF, top.y(), 2 * _HALF, foot.y() - top.y())
                painter.setPen(QPen(theme.colour(theme.series.amended), 1.2, Qt.PenStyle.DashLine))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(area)
                painter.setPen(QPen(theme.colour(theme.series.amended), 1.2))
                middle = area.center().y()
                painter.drawLine(
                    QPointF(area.left() - 3, middle), QPointF(area.right() + 3, middle)
                )
