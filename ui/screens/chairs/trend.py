"""A card's trend: pressures over time, painted small."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui import theme
from ui.presenters.chair_card import TrendFace
from ui.widgets.parts import Align

_LOW, _HIGH = 40, 200
_LEAST_SPAN = 60.0


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
