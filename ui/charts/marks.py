"""The marks of the record: pressure, joined series, amended values, dissociation, off the scale."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF
from typing_extensions import override

from monitor.chart_page import Point
from monitor.vitals import BloodPressure, Sign
from ui import theme
from ui.charts.ground import LEFT, MIDDLE, Drawn, Lane, runs_of, value, words

_STRUCK_SHIFT = 16.0  # an amended value stands this far to the right of what replaced it
_BAR_WIDTH = 14.0
_UNDER = 15  # pixels: a pulse that looks out from under a pressure mark
_NEAR = 8  # on the common scale of pressure and pulse
_CROWDED = 13.0  # bars closer together than this go without their number


def _triangle(sign: int) -> QPainterPath:
    path = QPainterPath(QPointF(0, 0))
    path.lineTo(-0.28, sign * 0.5)  # pyqtgraph cuts a symbol at half its size
    path.lineTo(0.28, sign * 0.5)
    path.closeSubpath()
    return path


def _dash() -> QPainterPath:
    path = QPainterPath()
    path.addRect(-0.5, -0.1, 1, 0.2)
    return path


class Joined:
    """A joined series: a line and its symbols, with the paper as halo."""

    def __init__(self, lane: Lane, sign: Sign, tone: str, symbol: str, size: int) -> None:
        self._lane, self._sign, self._size = lane, sign, size
        pen = pg.mkPen(theme.colour(tone, 0.9), width=1.6)
        self._line = pg.PlotCurveItem(pen=pen, antialias=True)
        self._dots = pg.ScatterPlotItem(
            symbol=symbol,
            size=size,
            brush=theme.colour(tone),
            pen=pg.mkPen(theme.c.paper, width=1.5),
            antialias=True,
        )
        lane.addItem(self._line)
        lane.addItem(self._dots)

    def follow(self) -> None:
        """Take the values of the page; what is off the scale is left to `OffScale`."""
        state, low, high = self._lane.chart, self._lane.low, self._lane.high
        xs: list[float] = []
        ys: list[int] = []
        joins: list[bool] = []
        sizes: list[int] = []
        for run in runs_of(state.page, self._sign):
            for point in run:
                found = value(point, self._sign)
                if found is not None:
                    xs.append(state.x(point.at))
                    ys.append(found)
                    joins.append(True)
                    sizes.append(_UNDER if self._is_under(point, found) else self._size)
            joins[-1:] = [False]
        self._line.setData(xs, ys, connect=np.array(joins, dtype=np.int32))
        seen = [each for each in zip(xs, ys, sizes, strict=True) if low <= each[1] <= high]
        self._dots.setData(
            [x for x, _, _ in seen], [y for _, y, _ in seen], size=[size for *_, size in seen]
        )

    def _is_under(self, point: Point, found: int) -> bool:
        """Tell whether a pressure mark lies over this one: then it is larger, and still seen."""
        if self._sign is not Sign.HEART_RATE or point.bp is None:
            return False
        return any(abs(found - level) <= _NEAR for level in (point.bp.systolic, point.bp.diastolic))


class Pressure:
    """Systolic and diastolic joined by a stem, the mean as a dash; the tip is the value."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        ink, halo = theme.colour(theme.series.bp), pg.mkPen(theme.c.paper, width=1)
        lane.draw(Course(lane))
        self._stems = pg.PlotCurveItem(pen=pg.mkPen(ink, width=1.4), antialias=True)
        self._marks = [
            pg.ScatterPlotItem(symbol=shape, size=size, brush=brush, pen=halo, antialias=True)
            for shape, size, brush in (
                (_triangle(-1), 22, ink),
                (_triangle(1), 22, ink),
                (_dash(), 14, theme.colour(theme.series.map)),
            )
        ]
        for item in (self._stems, *self._marks):
            item.setZValue(5)  # a pulse point never hides a pressure mark
            lane.addItem(item)

    def follow(self) -> None:
        """Take the values of the page."""
        state, low, high = self._lane.chart, self._lane.low, self._lane.high
        xs: list[float] = []
        ys: list[float] = []
        marks: tuple[list[tuple[float, int]], ...] = ([], [], [])
        for point in state.page.points:
            if point.bp is None or point.mean is None:
                continue
            x = state.x(point.at)
            xs += [x, x]
            ys += [min(point.bp.systolic, high), max(point.bp.diastolic, low)]
            for kept, level in zip(
                marks, (point.bp.systolic, point.bp.diastolic, point.mean), strict=True
            ):
                if low <= level <= high:
                    kept.append((x, level))
        self._stems.setData(xs, ys, connect="pairs")
        for item, kept in zip(self._marks, marks, strict=True):
            item.setData([x for x, _ in kept], [y for _, y in kept])


class Course(Drawn):
    """A band of 6 % ink from systolic to diastolic, broken where a reading is missing."""

    def __init__(self, lane: Lane) -> None:
        super().__init__(lane, -4)

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint one polygon for each unbroken stretch."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.series.bp, 0.06))
        for run in runs_of(self.state.page, Sign.BP):
            high = [self._at(point, point.bp.systolic) for point in run if point.bp]
            low = [self._at(point, point.bp.diastolic) for point in reversed(run) if point.bp]
            painter.drawPolygon(QPolygonF([*high, *low]))

    def _at(self, point: Point, level: int) -> QPointF:
        return self.time(point.at, min(max(level, self.lane.low), self.lane.high))


class Struck(Drawn):
    """A pressure that was amended: hollow, struck through, still there."""

    def __init__(self, lane: Lane) -> None:
        super().__init__(lane, 6)

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint each replaced pressure beside the one that counts."""
        for point in self.state.page.points:
            for place, old in enumerate(point.replaced, 1):
                self._mark(painter, point, old, place * _STRUCK_SHIFT)

    def _mark(self, painter: QPainter, point: Point, old: BloodPressure, shift: float) -> None:
        tone = theme.colour(theme.series.amended)
        low, high = self.lane.low, self.lane.high
        ends = [
            self.time(point.at, min(max(level, low), high)) + QPointF(shift, 0)
            for level in (old.systolic, old.diastolic)
        ]
        painter.setPen(QPen(tone, 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(ends[0], ends[1])
        painter.setPen(QPen(tone, 1.2))
        painter.setBrush(theme.colour(theme.c.paper))
        for spot, side in zip(ends, (-1, 1), strict=True):
            corners = [spot, spot + QPointF(-6, side * 10), spot + QPointF(6, side * 10)]
            painter.drawPolygon(QPolygonF(corners))
            painter.drawLine(spot + QPointF(-10, side * 6), spot + QPointF(10, side * 6))


class Bars(Drawn):
    """Dissociation 0 to 10: a bar and its number; not taken is nothing at all."""

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint the bars; 0 is a hairline with its "0"."""
        scored = [p for p in self.state.page.points if p.dissociation is not None]
        places = [self.time(point.at).x() for point in scored]
        nearest = min((b - a for a, b in pairwise(places)), default=_BAR_WIDTH)
        wide = min(_BAR_WIDTH, max(4.0, nearest - 2))
        written = float("-inf")
        for point in scored:
            score = point.dissociation or 0
            foot, top = self.time(point.at, 0), self.time(point.at, max(score, 0.25))
            area = QRectF(foot.x() - wide / 2, top.y(), wide, foot.y() - top.y())
            painter.fillRect(area, theme.colour(theme.series.dissociation))
            if foot.x() - written >= _CROWDED:
                number = QPointF(foot.x(), top.y() - 8)
                words(painter, number, str(score), theme.c.text, weight=500, align=MIDDLE)
                written = foot.x()


class OffScale(Drawn):
    """An arrow at the edge with the number, where a value lies beyond the axis."""

    def __init__(self, lane: Lane, *signs: tuple[Sign, str]) -> None:
        super().__init__(lane, 8)
        self._signs = signs

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint arrow and number of each value off the scale."""
        for point in self.state.page.points:
            for level, tone in self._values(point):
                if not self.lane.low <= level <= self.lane.high:
                    self._arrow(painter, point, level, tone)

    def _values(self, point: Point) -> Iterator[tuple[int, str]]:
        for sign, tone in self._signs:
            if sign is Sign.BP:
                levels = (point.systolic, point.diastolic)
            else:
                levels = (value(point, sign), None)
            yield from ((level, tone) for level in levels if level is not None)

    def _arrow(self, painter: QPainter, point: Point, level: int, tone: str) -> None:
        above = level > self.lane.high
        side = 1 if above else -1
        tip = self.time(point.at, self.lane.high if above else self.lane.low)
        tip += QPointF(0, side * 2)
        ink = theme.colour(tone)
        painter.setPen(QPen(ink, 1.8))
        painter.drawLine(tip, tip + QPointF(0, side * 13))
        painter.setBrush(ink)
        painter.setPen(Qt.PenStyle.NoPen)
        head = [tip, tip + QPointF(-5, side * 7), tip + QPointF(5, side * 7)]
        painter.drawPolygon(QPolygonF(head))
        words(painter, tip + QPointF(8, side * 8), str(level), tone, weight=600, align=LEFT)
