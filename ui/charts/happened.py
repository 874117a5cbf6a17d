"""The lanes that tell what happened: events and alerts, and ratings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF
from typing_extensions import override

from monitor.chart_page import EventMark, ScoreMark
from ui import theme
from ui.charts.ground import MIDDLE, Drawn

_FLAG_MOST = (230.0, 150.0)  # pixels: in full where there is room, else cut
_TALL = 19.0
_ROWS, _ROW = 2, 5.0  # of the bars under the flags
_BARS = 24.0  # from the top of the lane to the first of them
_STATES = {"open": "!", "acknowledged": "✓"}
_THICK = {"": 2.0, "mild": 2.0, "moderate": 3.0, "severe": 4.0}


@dataclass(frozen=True, slots=True)
class _Flag:
    """What may be written on a flag, the longest first; an alert's state, empty for an event.

    Attributes:
        rank: Which one has the words where there is not room for all: the lowest.
    """

    at: dt.datetime
    said: tuple[str, ...]
    alert: str = ""
    rank: int = 0


class Flags(Drawn):
    """Events as flags with their words and how long they lasted, alerts as tags, in one row."""

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint what happened; where it is crowded, a number, or the pole alone."""
        self._lasting(painter)
        painter.setFont(theme.font(12, 600))
        flags = sorted(self._flags(), key=lambda flag: flag.at)
        starts = [self.time(flag.at).x() for flag in flags]
        taken: list[tuple[float, float]] = []
        for x, flag in zip(starts, flags, strict=True):
            self._paint(painter, x, "", flag.alert)
        for rank in range(_RANKS):
            for n, flag in enumerate(flags):
                if flag.rank == rank:
                    later = (
                        x
                        for x, f in zip(starts[n + 1 :], flags[n + 1 :], strict=True)
                        if f.rank <= rank
                    )
                    end = next(later, self.area.right())
                    said = self._fitting(painter, flag.said, end - starts[n])
                    wide = painter.fontMetrics().horizontalAdvance(said) + 12 if said else 3
                    if any(starts[n] < b and starts[n] + wide > a for a, b in taken):
                        said = ""
                    if said:
                        self._paint(painter, starts[n], said, flag.alert)
                    taken.append((starts[n], starts[n] + wide if said else starts[n]))

    @staticmethod
    def _fitting(painter: QPainter, said: tuple[str, ...], room: float) -> str:
        metrics = painter.fontMetrics()
        return next((each for each in said if metrics.horizontalAdvance(each) + 14 <= room), "")

    def _flags(self) -> Iterator[_Flag]:
        page = self.state.page
        metrics = QFontMetricsF(theme.font(12, 600))
        for event in page.events:
            if event.kind == "event":
                said = (*_texts(event, metrics), str(event.number))
                yield _Flag(event.at, said, rank=_rank(event))
        told = [alert for alert in page.alerts if alert.state != "withdrawn"]
        for at in dict.fromkeys(alert.at for alert in told):
            raised = [alert for alert in told if alert.at == at]
            state = "open" if any(a.state == "open" for a in raised) else raised[0].state
            name = raised[0].number
            if len(raised) > 1:
                name = f"{name}–{raised[-1].number}"
            short = (raised[0].number, _STATES[state]) if len(raised) == 1 else (_STATES[state],)
            yield _Flag(at, (f"{name} {_STATES[state]}", name, *short), state)

    def _paint(self, painter: QPainter, x: float, said: str, alert: str) -> None:
        area, metrics = self.area, painter.fontMetrics()
        flag = QRectF(x, area.top() + 2, metrics.horizontalAdvance(said) + 12 if said else 3, _TALL)
        edge = theme.c.alert if alert else theme.c.text
        ground, ink = edge, theme.c.surface
        if alert == "acknowledged":
            ground, ink = theme.c.alert_tint, theme.c.alert
        painter.setPen(QPen(theme.colour(edge), 1))
        painter.setBrush(theme.colour(ground))
        if said:
            painter.drawRoundedRect(flag, 3, 3)
        painter.fillRect(QRectF(x, flag.top(), 2, area.bottom() - flag.top()), theme.colour(edge))
        painter.setPen(theme.colour(ink))
        painter.drawText(flag, MIDDLE, said)

    def _lasting(self, painter: QPainter) -> None:
        """Paint a thin bar from the flag to the end; thicker is worse, open has no end stroke."""
        rows = [float("-inf")] * _ROWS
        for event in sorted(self.state.page.events, key=lambda event: event.at):
            if event.until is None:
                continue
            left, right = self.time(event.at).x(), self.time(event.until).x()
            row = next((n for n, taken in enumerate(rows) if left > taken), _ROWS - 1)
            rows[row] = max(rows[row], right + 3)
            y, thick = self.area.top() + _BARS + _ROW * row, _THICK.get(event.severity, 2.0)
            ink = theme.colour(theme.c.text)
            style = Qt.PenStyle.DashLine if event.is_open else Qt.PenStyle.SolidLine
            pen = QPen(ink, thick, style, Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLine(QPointF(left, y), QPointF(right, y))
            if not event.is_open:
                painter.setPen(QPen(ink, 2))
                painter.drawLine(QPointF(right, y - 3), QPointF(right, y + 3))


def _rank(event: EventMark) -> int:
    """Return how much the words of an event matter: severe, drugs, other effects, told, notes."""
    if event.severity == "severe":
        return 1
    return {"drug": 2, "effect": 3, "told": 4}.get(event.sort, _RANKS - 1)


_RANKS = 6  # alerts are the first


def _texts(event: EventMark, metrics: QFontMetricsF) -> Iterator[str]:
    """Tell what may stand on an event's flag: how bad it was stays when its words are cut."""
    text = event.text[:1].upper() + event.text[1:]
    for most in _FLAG_MOST:
        elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, most)
        if event.severity in elided:
            yield elided
    first = text.split()[:1]
    if first and event.severity:
        yield f"{first[0]} {event.severity}"


class Ratings(Drawn):
    """Each rating where it was taken: a lozenge, its name and its score."""

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint the lozenges; where it is crowded, the score or nothing stands beside them."""
        painter.setFont(theme.font(12, 500))
        scores = sorted(self.state.page.scores, key=lambda score: score.at)
        spots = [self.time(score.at) for score in scores]
        ends = [*(spot.x() - 8 for spot in spots[1:]), self.area.right()]
        for score, spot, end in zip(scores, spots, ends, strict=True):
            painter.setPen(QPen(theme.colour(theme.c.text), 1.6))
            painter.setBrush(theme.colour(theme.c.paper))
            corners = ((0, -6), (5, 0), (0, 6), (-5, 0))
            painter.drawPolygon(QPolygonF([spot + QPointF(*corner) for corner in corners]))
            room = end - spot.x() - 10
            metrics = painter.fontMetrics()
            said = next((s for s in _scored(score) if metrics.horizontalAdvance(s) <= room), "")
            self.write(painter, spot + QPointF(9, 0), said, weight=500)


def _scored(score: ScoreMark) -> tuple[str, ...]:
    if score.total is None:
        part = f"{score.answered} of {score.items} answered"
        return f"{score.title} {part}", f"{score.answered} of {score.items}"
    return f"{score.title} {score.total} of {score.most}", f"{score.total}"
