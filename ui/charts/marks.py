"""The marks of the record: pressure, joined series, and the bars of what is scored."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF
from typing_extensions import override

from monitor.chart_page import Point
from monitor.vitals import Sign
from ui import theme
from ui.charts.flag_places import box_around, flags_placed
from ui.charts.ground import MIDDLE, Drawn, Lane, words
from ui.charts.places import Box, Places
from ui.charts.standing import pulse_shifts, size_part

_BAR_WIDTH = 22.0  # of both bars of a reading
_STEP = {Sign.DISSOCIATION: 1.0, Sign.SEDATION: 1.0}  # height of one point of the score
_SIZES = (22, 22, 14)  # of systolic, diastolic and mean
_DIGIT = 11.0  # height of a number
_ROOMY = 22.0  # readings this far apart have all their numbers


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
    """A joined series: a line and its symbols, with the paper as halo.

    A pulse that would lie on a mark of the pressure stands aside of it, at its own height.
    """

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
        """Take the values of the page; what is off the scale is left to `OffScaleMarks`."""
        state, low, high = self._lane.chart, self._lane.low, self._lane.high
        xs: list[float] = []
        ys: list[int] = []
        joins: list[bool] = []
        size = round(self._size * size_part(state, self._lane.width()))
        aside = self._aside()
        for run in state.page.stretches(self._sign):
            for point in run:
                found = point.level(self._sign)
                if found is not None:
                    xs.append(state.x(point.at) + aside.get(point.uid, 0.0))
                    ys.append(found)
                    joins.append(True)
            joins[-1:] = [False]
        self._line.setData(xs, ys, connect=np.array(joins, dtype=np.int32))
        seen = [each for each in zip(xs, ys, strict=True) if low <= each[1] <= high]
        self._dots.setData([x for x, _ in seen], [y for _, y in seen], size=size)

    def _aside(self) -> dict[str, float]:
        """Return how far symbols stand aside, in minutes."""
        lane, wide = self._lane, self._lane.width()
        if self._sign is not Sign.HEART_RATE or not wide:
            return {}
        shifts = pulse_shifts(lane, QSizeF(wide, lane.height()))
        return {uid: shift / wide * lane.chart.span for uid, shift in shifts.items()}


class Pressure:
    """Systolic and diastolic joined by a stem, the mean as a dash; the tip is the value."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        ink, halo = theme.colour(theme.series.bp), pg.mkPen(theme.c.paper, width=1)
        lane.draw(Course(lane))
        self._stems = pg.PlotCurveItem(pen=pg.mkPen(ink, width=1.4), antialias=True)
        self._marks = [
            pg.ScatterPlotItem(symbol=shape, size=size, brush=brush, pen=halo, antialias=True)
            for shape, size, brush in zip(
                (_triangle(-1), _triangle(1), _dash()),
                _SIZES,
                (ink, ink, theme.colour(theme.series.map)),
                strict=True,
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
        part = size_part(state, self._lane.width())
        for item, size, kept in zip(self._marks, _SIZES, marks, strict=True):
            item.setData([x for x, _ in kept], [y for _, y in kept], size=round(size * part))


class Course(Drawn):
    """A band of 6 % ink from systolic to diastolic, broken where a reading is missing."""

    def __init__(self, lane: Lane) -> None:
        super().__init__(lane, -4)

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint one polygon for each unbroken stretch."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.series.bp, 0.06))
        for run in self.state.page.stretches(Sign.BP):
            high = [self._at(point, point.bp.systolic) for point in run if point.bp]
            low = [self._at(point, point.bp.diastolic) for point in reversed(run) if point.bp]
            painter.drawPolygon(QPolygonF([*high, *low]))

    def _at(self, point: Point, level: int) -> QPointF:
        return self.time(point.at, min(max(level, self.lane.low), self.lane.high))


class Bars(Drawn):
    """Dissociation 0 to 10 as filled bars, sedation 5 to 0 as hollow ones beside them."""

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint the bars; 0 is a hairline with its "0", not taken is nothing at all."""
        places, bars = Places(self.area), list[tuple[Sign, int, QRectF]]()
        places.take(*(box_around(spot) for _, spot in flags_placed(self, *_STEP)))
        for point, room in self._roomed():
            wide = min(_BAR_WIDTH, max(4.0, room - 2)) / 2
            for sign, left in ((Sign.DISSOCIATION, -wide), (Sign.SEDATION, 1.0)):
                score = point.level(sign)
                if score is not None:
                    bar = self._bar(painter, point, sign, QRectF(left, 0, wide - 1, 0))
                    places.take((bar.left(), bar.top(), bar.right(), bar.bottom()))
                    bars.append((sign, score, bar))
        self._numbers(painter, places, bars, all_of_them=self.gap >= _ROOMY)

    def _roomed(self) -> Iterator[tuple[Point, float]]:
        """Tell what is scored, each with the distance to the nearer of its neighbours."""
        scored = [
            point
            for point in self.state.page.points
            if any(point.level(sign) is not None for sign in _STEP)
        ]
        xs = [float("-inf"), *(self.time(point.at).x() for point in scored), float("inf")]
        for n, point in enumerate(scored, 1):
            yield point, min(xs[n] - xs[n - 1], xs[n + 1] - xs[n])

    def _bar(self, painter: QPainter, point: Point, sign: Sign, across: QRectF) -> QRectF:
        score = point.level(sign) or 0
        foot, top = self.time(point.at, 0), self.time(point.at, max(score * _STEP[sign], 0.25))
        left = foot.x() + across.left()
        area = QRectF(left, top.y(), across.width(), foot.y() - top.y())
        tone = theme.colour(theme.series.dissociation)
        if sign is Sign.DISSOCIATION or not score:
            painter.fillRect(area, tone)
        else:
            painter.setPen(QPen(tone, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 0.5, -0.5, -0.5))
        return area

    @staticmethod
    def _numbers(
        painter: QPainter,
        places: Places,
        bars: list[tuple[Sign, int, QRectF]],
        *,
        all_of_them: bool,
    ) -> None:
        """Write the scores where they meet nothing: those that changed, then all others."""
        painter.setFont(theme.font(12, 500))
        before: dict[Sign, int] = {}
        changed: list[bool] = []
        for sign, score, _ in bars:
            changed.append(before.get(sign) != score)
            before[sign] = score
        for first in (True, False) if all_of_them else (True,):
            for (sign, score, bar), new in zip(bars, changed, strict=True):
                half = painter.fontMetrics().horizontalAdvance(str(score)) / 2
                box = places.first(number_boxes(sign, bar, half)) if new is first else None
                if box is not None:
                    spot = QPointF((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
                    tone = theme.c.text if sign is Sign.DISSOCIATION else theme.c.text_3
                    words(painter, spot, str(score), tone, weight=500, align=MIDDLE)


def number_boxes(sign: Sign, bar: QRectF, half: float) -> tuple[Box, Box]:
    """Return where a score can stand: over its bar, or beside it where a flag is over it.

    Args:
        sign: Dissociation stands left of sedation, and so do its numbers.
        bar: Of the score.
        half: Of the number's width.
    """
    wide, middle = half + 1, bar.center().x()
    beside = bar.left() - wide - 1 if sign is Sign.DISSOCIATION else bar.right() + wide + 1
    over = (middle - wide, bar.top() - 1 - _DIGIT, middle + wide, bar.top() - 1)
    return over, (beside - wide, bar.top(), beside + wide, bar.top() + _DIGIT)
