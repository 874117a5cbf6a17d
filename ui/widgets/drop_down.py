"""A list that opens, with the arrow that says so."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox
from typing_extensions import override

from ui import icons

ARROW, _EDGE = 14, 12  # pixels: how wide the arrow is, and how far from the right edge


class DropDown(QComboBox):
    """A list that opens; the theme's own drawing of it has no arrow."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        tone = "text_2" if self.isEnabled() else "text_3"
        painter = QPainter(self)
        spot = (self.width() - _EDGE - ARROW, (self.height() - ARROW) // 2)
        painter.drawPixmap(*spot, icons.pixmap("caret-down", ARROW, tone))
        painter.end()
