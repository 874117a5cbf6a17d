"""What holds the whole window where the screen is smaller than the smallest window.

That is so with text at 200 % on a screen of 1920 by 1080: nothing is cut or laid over one
another then; the window scrolls, and goes where the focus goes.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget
from typing_extensions import override

_MARGIN = 24


class Whole(QScrollArea):
    """Scrolls what it holds as soon as it is smaller than that may be, and not before."""

    def __init__(self, inside: QWidget, smallest: QSize) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._smallest = smallest
        self.setWidget(inside)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        inside = self.widget()
        if inside is not None:
            inside.resize(self.maximumViewportSize().expandedTo(self._smallest))
        super().resizeEvent(event)

    def _follow(self, _before: QWidget | None, here: QWidget | None) -> None:
        """Bring what has the focus into sight, but never while the pointer presses something."""
        inside, pressed = self.widget(), QApplication.mouseButtons()
        if here is None or inside is None or not inside.isAncestorOf(here):
            return
        place = QRect(here.mapTo(self, QPoint(0, 0)), here.size())
        if pressed == Qt.MouseButton.NoButton and not self.viewport().rect().contains(place):
            self.horizontalScrollBar().setValue(0)  # so that labels at the left come along
            self.ensureWidgetVisible(here, _MARGIN, _MARGIN)
