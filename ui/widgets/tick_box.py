"""A box that is ticked: the tick is drawn in the theme's colours, the same on every desktop."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton
from typing_extensions import override

from ui import theme

_TICK = ((0.24, 0.53), (0.43, 0.71), (0.77, 0.31))
"""The corners of the tick, as shares of the box."""


class TickBox(QCheckBox):
    """A check box whose chosen state has a tick and is not a filled square alone."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        which = QStyle.SubElement.SE_CheckBoxIndicator
        area = QRectF(self.style().subElementRect(which, option, self))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line, cap = Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap
        painter.setPen(QPen(theme.colour(theme.c.on_ink), 2, line, cap))
        spots = (area.topLeft() + QPointF(x * area.width(), y * area.height()) for x, y in _TICK)
        painter.drawPolyline(QPolygonF(list(spots)))
        painter.end()
