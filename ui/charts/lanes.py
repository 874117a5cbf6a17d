"""The drug's lane, what was given by hand and by device, and the gutter left of every lane."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen
from typing_extensions import override

from monitor.chart_page import ClockSpan, Run, RunKind
from monitor.units import plain
from ui import theme
from ui.charts.ground import MIDDLE, RIGHT, Drawn, Lane, words
from ui.charts.places import Places
from ui.presenters.words import clock

_BAND, _INSIDE = 19.0, 16.0  # its height at the highest rate; the least that holds words
_TALL = 14.0  # of a line of words
_AIR = 12.0  # beside words in the band
_DOOR_ROOM = 80.0
_EDGE = 2.0  # from the ring of the focus to the words
_LINE = 18.0  # of the gutter's words
_OUTLINED = (RunKind.PLANNED, RunKind.RAN_OUT)


class Band(Drawn):
    """The infusion over time: filled while it runs, hatched in a pause, dashed where planned."""

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint each stretch; the height is the rate."""
        above: list[tuple[Run, QRectF, str]] = []
        for run in self.state.page.runs:
            band, said = self._stretch(painter, run), self._said(run)
            painter.setFont(theme.font(12, 500))
            room = band.width() - painter.fontMetrics().horizontalAdvance(said)
            if run.kind is not RunKind.PAUSE and band.height() > _INSIDE:
                if room > _AIR:
                    planned = run.kind in _OUTLINED
                    tone = theme.drug(self.state.page.drug)[0] if planned else theme.c.surface
                    spot = QPointF(band.left() + 8, band.center().y())
                    words(painter, spot, said, tone, weight=500)
            elif run.kind is RunKind.PAUSE or room > 0:
                above.append((run, band, said))
        self._above(painter, sorted(above, key=lambda each: each[0].kind is not RunKind.PAUSE))

    def _stretch(self, painter: QPainter, run: Run) -> QRectF:
        """Paint one stretch and return where it stands."""
        accent, tint = (theme.colour(tone) for tone in theme.drug(self.state.page.drug))
        left, right = self.time(run.start).x(), self.time(run.end).x()
        foot = self.area.bottom() - 3
        planned, paused = run.kind in _OUTLINED, run.kind is RunKind.PAUSE
        tall = _BAND if paused else max(6.0, _BAND * run.share)
        band = QRectF(left, foot - tall, right - left, tall)
        painter.setPen(QPen(accent, 1, Qt.PenStyle.DashLine if planned else Qt.PenStyle.SolidLine))
        hatched = QBrush(accent, Qt.BrushStyle.BDiagPattern)
        painter.setBrush(hatched if paused else QBrush(tint if planned else accent))
        painter.drawRoundedRect(band, 3, 3)
        return band

    def _above(self, painter: QPainter, told: Sequence[tuple[Run, QRectF, str]]) -> None:
        """Write over the band how long it stood still, then rates that it is too low for."""
        places = Places(self.area)
        for run, band, said in told:
            wide = painter.fontMetrics().horizontalAdvance(said)
            left = band.left() + 4
            if run.kind is RunKind.PAUSE:
                left = band.center().x() - wide / 2
                left = min(max(left, self.area.left() + 1), self.area.right() - wide - 1)
            foot = band.top() - 1
            box = places.first([(left, foot - _TALL, left + wide, foot)])
            if box:
                self.write(painter, QPointF(left, foot - _TALL / 2), said, weight=500)

    def _said(self, run: Run) -> str:
        if run.kind is RunKind.PLANNED:
            return f"to {clock(self.state.local, run.end)}"
        if run.kind is RunKind.RAN_OUT:
            return f"ran out {clock(self.state.local, run.start)}"
        if run.kind is RunKind.PAUSE:
            return f"{max(1, round((run.end - run.start).total_seconds() / 60))} min"
        return f"{plain(Decimal(run.rate_ml_h), 1)} mL/h"


class Portions(Drawn):
    """What was given by hand: a stroke where its giving began, and how much it was."""

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint each portion; where it is crowded, the stroke alone."""
        accent = theme.colour(theme.drug(self.state.page.drug)[0])
        painter.setFont(theme.font(12, 500))
        spots = [self.time(portion.at) for portion in self.state.page.portions]
        ends = [*(spot.x() for spot in spots[1:]), self.area.right()]
        for portion, spot, end in zip(self.state.page.portions, spots, ends, strict=False):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent)
            painter.drawRoundedRect(QRectF(spot.x() - 3, spot.y() - 9, 6, 18), 3, 3)
            said = f"{plain(portion.mg, 2)} mg"
            wide = painter.fontMetrics().horizontalAdvance(said)
            if spot.x() + wide + 12 <= end:
                self.write(painter, spot + QPointF(8, 0), said, weight=500)


class Devices(Drawn):
    """Nasal devices as numbered discs, and the clock that holds the door."""

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint the discs over the door's line."""
        page = self.state.page
        for span in page.clocks[-1:]:
            self._door(painter, span)
        accent = theme.colour(theme.drug(page.drug)[0])
        for device in page.devices:
            spot = self.time(device.at)
            painter.setPen(QPen(theme.colour(theme.c.paper), 1.5))
            painter.setBrush(accent)
            painter.drawEllipse(spot, 10, 10)
            words(painter, spot, str(device.number), theme.c.surface, weight=600, align=MIDDLE)

    def _door(self, painter: QPainter, span: ClockSpan) -> None:
        accent, _ = theme.drug(self.state.page.drug)
        start = self.time(span.start)
        painter.setPen(QPen(theme.colour(accent, 0.55), 2))
        painter.drawLine(start, self.time(min(span.end, self.state.page.last)))
        if span.reached is None:
            return
        end = self.time(span.reached)
        if span.reached > span.end:
            painter.setPen(QPen(theme.colour(accent, 0.55), 1, Qt.PenStyle.DashLine))
            painter.drawLine(self.time(span.end), end)
        painter.setPen(QPen(theme.colour(theme.c.text), 2))
        painter.drawLine(end + QPointF(0, -7), end + QPointF(0, 7))
        said = f"door {clock(self.state.local, span.reached)}"
        if end.x() <= self.area.right() - _DOOR_ROOM:
            self.write(painter, end + QPointF(7, 0), said, weight=500)
            return
        now = self.time(self.state.page.now).x() if self.state.page.now else end.x()
        edge = now if end.x() - _DOOR_ROOM < now <= end.x() else end.x()
        spot = QPointF(edge - 7, end.y() - 9)
        words(painter, spot, said, theme.c.text, weight=500, align=RIGHT)


class Gutter(pg.GraphicsWidget):  # type: ignore[misc] # pyqtgraph is untyped
    """Left of a lane: its name in its colour, its symbol, its fixed scale."""

    def __init__(
        self,
        lane: Lane,
        titles: Sequence[tuple[str, str, int]],
        step: int = 0,
        *,
        middle: bool = False,
    ) -> None:
        super().__init__()
        self._lane, self._titles, self._step, self._middle = lane, titles, step, middle
        self.setFixedWidth(theme.SIZE["gutter"])

    def set_titles(self, titles: Sequence[tuple[str, str, int]]) -> None:
        """Change the words: each with its colour and weight."""
        self._titles = titles
        self.update()

    def paint(self, painter: QPainter, *_: object) -> None:
        """Paint names and scale."""
        area = self.rect()
        y = area.center().y() - 9 * len(self._titles) if self._middle else area.top() + 1
        for said, tone, weight in self._titles:
            if y + _LINE > area.bottom() + 1:
                break
            words(painter, QPointF(_EDGE, y + 9), said, tone, weight=weight)
            y += _LINE
        for level in self._levels(area.height()):
            share = (self._lane.high - level) / (self._lane.high - self._lane.low)
            at = area.top() + share * area.height()
            at = min(max(at, area.top() + 7), area.bottom() - 6)
            words(painter, QPointF(area.width() - 5, at), str(level), theme.c.text_3, align=RIGHT)

    def _levels(self, height: float) -> Iterator[int]:
        """Tell which levels are written: every step, or every other where there is no room."""
        lane, step = self._lane, self._step
        if not step:
            return
        while step < lane.high - lane.low and height / (lane.high - lane.low) * step < 18:  # noqa: PLR2004 - a line of words
            step *= 2
        yield from range(int(lane.low), int(lane.high) + 1, step)
