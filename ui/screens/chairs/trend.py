"""What is painted by hand on the board: the line of what is ahead, and a card's trend."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui import theme
from ui.presenters.ahead import AheadFace, AheadMark
from ui.presenters.chairs import TrendFace
from ui.widgets.parts import Align

_LOW, _HIGH = 40, 200
_LEAST_SPAN = 60.0
_EDGE = 14


class Trend(QWidget):
    """Pressure bars against this patient's own baseline, small enough for a card."""

    def __init__(self) -> None:
        super().__init__()
        self._face: TrendFace | None = None
        self.setMinimumHeight(96)

    def set_trend(self, face: TrendFace | None) -> None:
        """Show these pressures."""
        if face != self._face:
            self._face = face
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        face = self._face
        if face is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if face.base is not None:
            self._baseline(painter, face.base)
        tops = [self._spot(minute, high) for minute, high, _ in face.points]
        feet = [self._spot(minute, low) for minute, _, low in face.points]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.series.bp, 0.06))
        painter.drawPolygon(QPolygonF([*tops, *reversed(feet)]))
        ink = theme.colour(theme.series.bp)
        for top, foot in zip(tops, feet, strict=True):
            painter.setPen(QPen(ink, 1.4))
            painter.drawLine(top, foot)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            for tip, side in ((top, -1), (foot, 1)):
                shape = [tip, tip + QPointF(-4.5, side * 7.5), tip + QPointF(4.5, side * 7.5)]
                painter.drawPolygon(QPolygonF(shape))
        painter.end()

    def _spot(self, minute: float, level: int) -> QPointF:
        span = max(_LEAST_SPAN, self._face.points[-1][0] if self._face else 0)
        share = (_HIGH - min(max(level, _LOW), _HIGH)) / (_HIGH - _LOW)
        return QPointF(6 + minute / span * (self.width() - 72), 1 + share * (self.height() - 2))

    def _baseline(self, painter: QPainter, base: int) -> None:
        wide, y = self.width() - 66, self._spot(0, base).y()
        painter.setPen(QPen(theme.colour(theme.series.baseline), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(0, y), QPointF(wide + 8, y))
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour(theme.c.text_3))
        where = QRectF(wide + 10, y - 9, 60, 18)
        painter.drawText(where, Align.AlignVCenter | Align.AlignLeft, f"base {base}")


class Ahead(QWidget):
    """What falls due in all chairs in the next forty minutes, on one line."""

    def __init__(self) -> None:
        super().__init__()
        self._face: AheadFace | None = None
        self.setFixedHeight(48)

    def set_ahead(self, face: AheadFace) -> None:
        """Show these marks."""
        if face != self._face:
            self._face = face
            said = [f"chair {m.sign} {m.words}" for m in face.marks]
            self.setAccessibleName("Ahead: " + (", ".join(said) or "nothing"))
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        face = self._face
        if face is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._line(painter, face)
        places: list[float] = []
        for mark in face.marks:  # two chairs at once stand side by side
            places.append(max(self._x(mark.share), places[-1] + 23 if places else 0.0))
        ends = [*places[1:], self.width() + 100.0]  # one more than marks where there is none
        for mark, x, end in zip(face.marks, places, ends, strict=False):
            self._mark(painter, mark, x, end - x - 26)
        painter.end()

    def _x(self, share: float) -> float:
        return _EDGE + share * (self.width() - 2 * _EDGE)

    def _line(self, painter: QPainter, face: AheadFace) -> None:
        pale = QPen(theme.colour(theme.c.line_strong), 1)
        painter.setPen(pale)
        painter.drawLine(QPointF(0, 30), QPointF(self.width(), 30))
        painter.setFont(theme.font(12))
        for share, said in face.ticks:
            x = self._x(share)
            painter.setPen(pale)
            painter.drawLine(QPointF(x, 27), QPointF(x, 33))
            painter.setPen(theme.colour(theme.c.text_3))
            painter.drawText(QRectF(x - 30, 33, 60, 16), Align.AlignCenter, said)
        now = self._x(face.now_share)
        painter.setPen(QPen(theme.colour(theme.c.text), 2))
        painter.drawLine(QPointF(now, 4), QPointF(now, 34))
        painter.setFont(theme.font(12, 600))
        painter.drawText(QRectF(now - 30, 33, 60, 16), Align.AlignCenter, face.now)

    def _mark(self, painter: QPainter, mark: AheadMark, x: float, room: float) -> None:
        late = mark.tone == "overdue"
        ground = theme.c.overdue_fill if late else theme.drug(mark.tone)[0]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(QRectF(x - 10, 3, 20, 20), 6, 6)
        painter.drawPolygon(QPolygonF([QPointF(x - 4, 22), QPointF(x + 4, 22), QPointF(x, 28)]))
        painter.setPen(theme.colour(theme.c.on_overdue if late else theme.c.surface))
        painter.setFont(theme.font(12, 600))
        painter.drawText(QRectF(x - 10, 3, 20, 20), Align.AlignCenter, mark.sign)
        painter.setFont(theme.font(12, 500 if late else 400))
        painter.setPen(theme.colour(theme.c.overdue if late else theme.c.text_2))
        if painter.fontMetrics().horizontalAdvance(mark.words) <= room - 4:
            where = QRectF(x + 14, 3, 160, 20)
            painter.drawText(where, Align.AlignLeft | Align.AlignVCenter, mark.words)
