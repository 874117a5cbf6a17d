"""The lanes that tell of time: events, the drug, the clock with its due marks, and the gutter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QPolygonF
from typing_extensions import override

from monitor.chart_page import ClockSpan, EventMark, Run, RunKind, SlotMark
from monitor.schedule import SlotState
from monitor.units import plain
from ui import theme
from ui.charts.ground import LEFT, MIDDLE, RIGHT, Drawn, Lane, words
from ui.presenters.words import clock

_FLAG_MOST = 150.0
_DONE = frozenset({SlotState.EARLY, SlotState.ON_TIME, SlotState.LATE})
_TICK_ROOM = 52.0  # a clock time and the air around it
_LABEL_ROOM = 30.0
_DOOR_ROOM = 80.0


class Flags(Drawn):
    """Events as flags with their words, alerts as outlined tags, in one row."""

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint what happened; where it is crowded, a number, or the pole alone."""
        painter.setFont(theme.font(12, 600))
        marks = sorted(self._marks(), key=lambda mark: mark[0])
        starts = [self.time(at).x() for at, *_ in marks]
        taken: list[tuple[float, float]] = []
        for x, (*_, alert) in zip(starts, marks, strict=True):
            self._flag(painter, x, "", alert=alert)
        for alert in (True, False):
            for n, (_, long, short, is_alert) in enumerate(marks):
                if is_alert is alert:
                    end = starts[n + 1] if n + 1 < len(starts) else self.area.right()
                    said = self._fitting(painter, long, short, end - starts[n])
                    wide = painter.fontMetrics().horizontalAdvance(said) + 12 if said else 3
                    if any(starts[n] < b and starts[n] + wide > a for a, b in taken):
                        said = ""
                    if said:
                        self._flag(painter, starts[n], said, alert=alert)
                    taken.append((starts[n], starts[n] + wide if said else starts[n]))

    def _fitting(self, painter: QPainter, long: str, short: str, room: float) -> str:
        metrics = painter.fontMetrics()
        said = metrics.elidedText(long, Qt.TextElideMode.ElideRight, int(_FLAG_MOST))
        for each in (said, short):
            if metrics.horizontalAdvance(each) + 14 <= room:
                return each
        return short if long == short else ""

    def _marks(self) -> Iterator[tuple[dt.datetime, str, str, bool]]:
        page = self.state.page
        for event in page.events:
            if event.kind == "event":
                yield event.at, _capital(event), str(event.number), False
        for alert in page.alerts:
            if alert.state != "withdrawn":
                yield alert.at, alert.number, alert.number, True

    def _flag(self, painter: QPainter, x: float, said: str, *, alert: bool) -> None:
        area, metrics = self.area, painter.fontMetrics()
        flag = QRectF(x, area.top() + 2, metrics.horizontalAdvance(said) + 12 if said else 3, 19)
        ground, edge = (theme.c.alert_tint, theme.c.alert) if alert else (theme.c.text,) * 2
        painter.setPen(QPen(theme.colour(edge), 1))
        painter.setBrush(theme.colour(ground))
        if said:
            painter.drawRoundedRect(flag, 3, 3)
        painter.fillRect(QRectF(x, flag.top(), 2, area.bottom() - flag.top()), theme.colour(edge))
        painter.setPen(theme.colour(theme.c.alert if alert else theme.c.surface))
        painter.drawText(flag, MIDDLE, said)


def _capital(event: EventMark) -> str:
    return event.text[:1].upper() + event.text[1:]


class PointerWords(Drawn):
    """What the reading under the pointer holds, at the right, never over the data."""

    def __init__(self, lane: Lane) -> None:
        super().__init__(lane, 30)

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint the values of the reading that the pointer's line has snapped to."""
        point = self.state.at_pointer
        if point is None:
            return
        said = pointer_words(self.lane)
        painter.setFont(theme.font(12, 500))
        wide = painter.fontMetrics().horizontalAdvance(said)
        ground = QRectF(self.area.right() - wide - 14, self.area.top() + 1, wide + 14, 22)
        painter.fillRect(ground, theme.colour(theme.c.paper))
        spot = QPointF(self.area.right() - 8, self.area.center().y())
        words(painter, spot, said, theme.c.focus, weight=500, align=RIGHT)


def pointer_words(lane: Lane) -> str:
    """Return the values under the pointer, "10:10   BP 138/86   HR 63"; empty without any."""
    point = lane.chart.at_pointer
    if point is None:
        return ""
    parts = [clock(lane.chart.local, point.at)]
    if point.bp:
        parts += [f"BP {point.bp.text}", f"MAP {point.mean}"]
    named = (
        ("HR", point.heart_rate, ""),
        ("SpO₂", point.spo2, " %"),
        ("Resp", point.resp, ""),
        ("Sed.", point.sedation, ""),
        ("Diss.", point.dissociation, ""),
    )
    parts += [f"{name} {found}{unit}" for name, found, unit in named if found is not None]
    parts += [f"was {old.text}" for old in point.replaced]
    return "   ".join(parts)


class Band(Drawn):
    """The infusion over time: filled while it runs, hatched in a pause, dashed where planned."""

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint each stretch; the height is the rate."""
        for run in self.state.page.runs:
            self._run(painter, run)

    def _run(self, painter: QPainter, run: Run) -> None:
        accent, tint = (theme.colour(tone) for tone in theme.drug(self.state.page.drug))
        left, right = self.time(run.start).x(), self.time(run.end).x()
        foot = self.area.bottom() - 3
        tall = 19.0 if run.kind is RunKind.PAUSE else max(6.0, 19.0 * run.share)
        band = QRectF(left, foot - tall, right - left, tall)
        planned, paused = run.kind is RunKind.PLANNED, run.kind is RunKind.PAUSE
        painter.setPen(QPen(accent, 1, Qt.PenStyle.DashLine if planned else Qt.PenStyle.SolidLine))
        hatched = QBrush(accent, Qt.BrushStyle.BDiagPattern)
        painter.setBrush(hatched if paused else QBrush(tint if planned else accent))
        painter.drawRoundedRect(band, 3, 3)
        said, inside = self._said(run), tall > 16  # noqa: PLR2004 - the height of the words
        painter.setFont(theme.font(12, 500))
        fits = painter.fontMetrics().horizontalAdvance(said) < band.width() - (12 if inside else 0)
        if paused or (fits and not inside):
            above = QPointF(band.center().x() if paused else left + 4, band.top() - 8)
            align = MIDDLE if paused else LEFT
            words(painter, above, said, theme.c.text, weight=500, align=align)
        elif fits:
            tone = theme.drug(self.state.page.drug)[0] if planned else theme.c.surface
            words(painter, QPointF(left + 8, band.center().y()), said, tone, weight=500)

    def _said(self, run: Run) -> str:
        if run.kind is RunKind.PLANNED:
            return f"to {clock(self.state.local, run.end)}"
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
                words(painter, spot + QPointF(8, 0), said, theme.c.text, weight=500)


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
            words(painter, end + QPointF(7, 0), said, theme.c.text, weight=500)
            return
        now = self.time(self.state.page.now).x() if self.state.page.now else end.x()
        edge = now if end.x() - _DOOR_ROOM < now <= end.x() else end.x()
        spot = QPointF(edge - 7, end.y() - 9)
        words(painter, spot, said, theme.c.text, weight=500, align=RIGHT)


class TimeAxis(Drawn):
    """Clock time, and a mark for every slot."""

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint the times above and the due marks below."""
        painter.fillRect(self.area, theme.colour(theme.c.paper))
        self._times(painter)
        self._slots(painter)

    def _times(self, painter: QPainter) -> None:
        page, state = self.state.page, self.state
        now = self.time(page.now).x() if page.now else float("-inf")
        y = self.area.top() + 9
        before = float("-inf")
        for tick in page.ticks:
            x = self.time(tick).x()
            inside = self.area.left() + 18 <= x <= self.area.right() - 18
            if inside and x - before >= _TICK_ROOM and abs(x - now) >= _TICK_ROOM - 6:
                said = clock(state.local, tick)
                words(painter, QPointF(x, y), said, theme.c.text_2, align=MIDDLE)
                before = x
        if page.now:
            tag = QRectF(min(now, self.area.right() - 24) - 23, y - 10, 46, 20)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(theme.drug(page.drug)[0]))
            painter.drawRoundedRect(tag, 4, 4)
            said = clock(state.local, page.now)
            words(painter, tag.center(), said, theme.c.surface, weight=600, align=MIDDLE)

    def _slots(self, painter: QPainter) -> None:
        before = float("-inf")
        for slot in self.state.page.slots:
            at = slot.measured if slot.name.isalpha() and slot.measured else slot.due
            spot = QPointF(self.time(at).x(), self.area.top() + 27)
            if slot.state is SlotState.LATE and slot.measured:
                real = QPointF(self.time(slot.measured).x(), spot.y())
                painter.setPen(QPen(theme.colour(theme.c.text_2), 2))
                painter.drawLine(spot, real)
                painter.drawLine(real + QPointF(0, -4), real + QPointF(0, 4))
            _SlotDisc(painter, spot).draw(slot.state)
            if spot.x() - before >= _LABEL_ROOM or slot.state in _URGENT:
                self._label(painter, spot + QPointF(0, 15), slot)
                before = spot.x()

    def _label(self, painter: QPainter, spot: QPointF, slot: SlotMark) -> None:
        urgent = slot.state in _URGENT
        tone = theme.c.text if slot.state in _DONE else theme.c.text_3
        painter.setFont(theme.font(12, 600 if urgent else 400))
        half = painter.fontMetrics().horizontalAdvance(slot.name) / 2
        left, right = self.area.left() + half, self.area.right() - half
        spot.setX(min(max(spot.x(), left), right))
        words(
            painter,
            spot,
            slot.name,
            theme.c.overdue if urgent else tone,
            weight=600 if urgent else 400,
            align=MIDDLE,
        )


_URGENT = frozenset({SlotState.DUE, SlotState.OVERDUE})


class _SlotDisc:
    """The sign of a slot: the same on the axis, in the due list and in the sheet."""

    def __init__(self, painter: QPainter, spot: QPointF) -> None:
        self._painter, self._spot = painter, spot

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
        self._painter.drawEllipse(self._spot, radius, radius)

    def _stroke(self, *steps: tuple[float, float]) -> None:
        path = QPolygonF([self._spot + QPointF(*step) for step in steps])
        self._painter.drawPolyline(path)


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
        y = area.center().y() - 9 * len(self._titles) if self._middle else area.top() + 2
        for said, tone, weight in self._titles:
            words(painter, QPointF(0, y + 9), said, tone, weight=weight)
            y += 18
        for level in self._levels(area.height()):
            share = (self._lane.high - level) / (self._lane.high - self._lane.low)
            at = area.top() + share * area.height()
            at = min(max(at, area.top() + 7), area.bottom() - 6)
            words(painter, QPointF(area.width() - 8, at), str(level), theme.c.text_3, align=RIGHT)

    def _levels(self, height: float) -> Iterator[int]:
        """Tell which levels are written: every step, or every other where there is no room."""
        lane, step = self._lane, self._step
        if not step:
            return
        while step < lane.high - lane.low and height / (lane.high - lane.low) * step < 18:  # noqa: PLR2004 - a line of words
            step *= 2
        yield from range(int(lane.low), int(lane.high) + 1, step)
