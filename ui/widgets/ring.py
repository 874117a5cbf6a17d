"""The ring: how far one phase has come, with a figure in its middle."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui import theme

_WHOLE = 360 * 16  # Qt counts sixteenths of a degree
_TOP = 90 * 16


class Ring(QWidget):
    """One phase and nothing else: its share, its figure and what the figure counts to."""

    def __init__(self, family: str, side: int = 112, figure: int = 24) -> None:
        super().__init__()
        self._family = family
        self._figure = figure
        self._share = 0.0
        self._middle = ""
        self._below = ""
        self.setFixedSize(side, side)

    def set_ring(self, share: float, middle: str, below: str) -> None:
        """Show a share from 0 to 1, the figure, and what it counts to."""
        if (share, middle, below) != (self._share, self._middle, self._below):
            self._share, self._middle, self._below = share, middle, below
            self.setAccessibleName(f"{middle} {below}".strip())
            self.update()

    def set_side(self, side: int) -> None:
        """Be so many pixels wide; the figure follows."""
        if side != self.width():
            self.setFixedSize(side, side)
            self._figure = round(side / 5)

    def set_family(self, family: str) -> None:
        """Wear the colour of this drug family."""
        self._family = family
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = max(6, self.width() // 16)
        inset = width / 2 + 1
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        pen = QPen(theme.colour(theme.c.line), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(area, 0, _WHOLE)
        share = min(1.0, max(0.0, self._share))
        if share > 0:
            pen.setColor(theme.colour(theme.drug(self._family)[0]))
            painter.setPen(pen)
            painter.drawArc(area, _TOP, round(-share * _WHOLE))
        self._words(painter)
        painter.end()

    def _words(self, painter: QPainter) -> None:
        shift = self._figure * 0.42
        whole = QRectF(self.rect())
        painter.setPen(theme.colour(theme.c.text))
        painter.setFont(theme.font(self._figure, 600))
        painter.drawText(whole.translated(0, 2 - shift), Qt.AlignmentFlag.AlignCenter, self._middle)
        painter.setPen(theme.colour(theme.c.text_2))
        painter.setFont(theme.font(12))
        painter.drawText(whole.translated(0, shift + 4), Qt.AlignmentFlag.AlignCenter, self._below)
