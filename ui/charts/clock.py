"""The lane of the clock: clock times, the date where it changes, and a mark for every slot."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from typing_extensions import override

from monitor.chart_page import SlotMark, Tick
from monitor.schedule import SlotState
from ui import theme
from ui.charts.ground import MIDDLE, Drawn, words
from ui.charts.places import Box, Places
from ui.presenters.words import clock

_DONE = frozenset({SlotState.EARLY, SlotState.ON_TIME, SlotState.LATE})
_URGENT = frozenset({SlotState.DUE, SlotState.OVERDUE})
_AIR = 8.0  # between two words
_FULL = 16.0  # slots this far apart have marks of full size
_LEAST = 0.4  # the smallest part of full size
_HOUR = 60


class TimeAxis(Drawn):
    """Clock time, and a mark for every slot."""

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint the times above and the due marks below."""
        painter.fillRect(self.area, theme.colour(theme.c.paper))
        self._times(painter)
        self._slots(painter)

    def _times(self, painter: QPainter) -> None:
        """Paint the present first, then where day or clock changed, then all that find room."""
        page, y, places = self.state.page, self.area.top() + 9, Places(self.area)
        if page.now:
            x = min(max(self.time(page.now).x(), self.area.left() + 23), self.area.right() - 23)
            tag = QRectF(x - 23, y - 10, 46, 20)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(theme.drug(page.drug)[0]))
            painter.drawRoundedRect(tag, 4, 4)
            said = clock(self.state.local, page.now)
            words(painter, tag.center(), said, theme.c.surface, weight=600, align=MIDDLE)
            places.take((tag.left() - _AIR, tag.top(), tag.right() + _AIR, tag.bottom()))
        for tick in sorted(page.clock(self.state.local), key=_is_plain):
            plain = _is_plain(tick)
            painter.setFont(theme.font(12, 400 if plain else 600))
            half = painter.fontMetrics().horizontalAdvance(_said(tick)) / 2
            x = self.time(tick.at).x()
            box: Box = (x - half - _AIR / 2, y - 8, x + half + _AIR / 2, y + 8)
            if places.first([box]):
                tone = theme.c.text_2 if plain else theme.c.text
                weight = 400 if plain else 600
                words(painter, QPointF(x, y), _said(tick), tone, weight=weight, align=MIDDLE)

    def _slots(self, painter: QPainter) -> None:
        spots = [(self._spot(slot), slot) for slot in self.state.page.slots]
        urgent_last = sorted(spots, key=lambda each: each[1].state in _URGENT)
        xs = sorted(spot.x() for spot, _ in spots)
        nearest = min((b - a for a, b in pairwise(xs) if b - a > 1), default=_FULL)
        part = min(1.0, max(_LEAST, nearest / _FULL))
        for spot, slot in urgent_last:
            if slot.state in (SlotState.LATE, SlotState.EARLY) and slot.measured:
                real = QPointF(self.time(slot.measured).x(), spot.y())
                painter.setPen(QPen(theme.colour(theme.c.text_2), 2))
                painter.drawLine(spot, real)
                painter.drawLine(real + QPointF(0, -4), real + QPointF(0, 4))
            _SlotDisc(painter, spot, 1.0 if slot.state in _URGENT else part).draw(slot.state)
        places = Places(self.area)
        for spot, slot in reversed(urgent_last):
            if slot.state in _URGENT:
                self._label(painter, places, spot, slot)
        for spot, slot in spots:
            if slot.state not in _URGENT:
                self._label(painter, places, spot, slot)

    def _spot(self, slot: SlotMark) -> QPointF:
        at = slot.measured if slot.name.isalpha() and slot.measured else slot.due
        return QPointF(self.time(at).x(), self.area.top() + 27)

    def _label(self, painter: QPainter, places: Places, spot: QPointF, slot: SlotMark) -> None:
        urgent = slot.state in _URGENT
        weight = 600 if urgent else 400
        tone = theme.c.text if slot.state in _DONE else theme.c.text_3
        painter.setFont(theme.font(12, weight))
        half = painter.fontMetrics().horizontalAdvance(slot.name) / 2
        left, right = self.area.left() + half + 3, self.area.right() - half - 3
        x, y = min(max(spot.x(), left), right), spot.y() + 15
        if places.first([(x - half - 3, y - 7, x + half + 3, y + 7)]):
            tone = theme.c.overdue if urgent else tone
            words(painter, QPointF(x, y), slot.name, tone, weight=weight, align=MIDDLE)


def _is_plain(tick: Tick) -> bool:
    return tick.date is None and not tick.shifted


def _said(tick: Tick) -> str:
    said = f"{tick.local:%H:%M}"
    if tick.date:
        said = f"{tick.date.isoformat()} {said}"
    if tick.shifted:
        much = abs(tick.shifted)
        by = f"{much // _HOUR} h" if much % _HOUR == 0 else f"{much} min"
        said += f" (clock {'on' if tick.shifted > 0 else 'back'} {by})"
    return said


class _SlotDisc:
    """The sign of a slot: the same on the axis, in the due list and in the sheet."""

    def __init__(self, painter: QPainter, spot: QPointF, part: float) -> None:
        self._painter, self._spot, self._part = painter, spot, part

    def draw(self, state: SlotState) -> None:
        """Paint the disc of one state."""
        painter, spot = self._painter, self._spot
        if state in _DONE:
            self._disc(7, theme.c.text, None)
            painter.setPen(QPen(theme.colour(theme.c.surface), 1.8))
            self._stroke((-3.2, 0.2), (-0.8, 2.8), (3.4, -2.6))
        elif state is SlotState.DUE:
            self._disc(8, theme.c.overdue_fill, theme.c.overdue)
            painter.setPen(QPen(theme.colour(theme.c.on_overdue), 1.8))
            self._stroke((0, -4.5), (0, 0), (3.2, 1.8))
        elif state is SlotState.OVERDUE:
            self._disc(9, theme.c.overdue_fill, None)
            words(painter, spot, "!", theme.c.on_overdue, weight=600, align=MIDDLE)
        else:
            self._disc(6.5, theme.c.paper, theme.c.control)
            if state is SlotState.MISSED:
                self._stroke((-3, -3), (3, 3))
                self._stroke((3, -3), (-3, 3))

    def _disc(self, radius: float, ground: str, edge: str | None) -> None:
        pen = Qt.PenStyle.NoPen if edge is None else QPen(theme.colour(edge), 1.6)
        self._painter.setPen(pen)
        self._painter.setBrush(theme.colour(ground))
        self._painter.drawEllipse(self._spot, radius * self._part, radius * self._part)

    def _stroke(self, *steps: tuple[float, float]) -> None:
        path = QPolygonF([self._spot + QPointF(*step) * self._part for step in steps])
        self._painter.drawPolyline(path)
