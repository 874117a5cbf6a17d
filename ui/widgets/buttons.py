"""The one button of the program: what presses it is the program's own rule."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton
from typing_extensions import override

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Button(QPushButton):
    """A button that Enter presses as well as Space.

    Qt leaves it to the desktop which keys press a button, and under some of them Enter does not.
    A key that is held down presses it once.
    """

    def __init__(self, words: str = "", *, means: str = "") -> None:
        super().__init__(words)
        self.setAutoDefault(False)
        self._leaves_enter = False
        if means:
            self.setProperty("means", means)

    def leave_enter(self) -> None:
        """Leave Enter to what is around: that presses it, and goes on to what comes next."""
        self._leaves_enter = True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif self._leaves_enter:
            event.ignore()
        elif not event.isAutoRepeat():
            self.click()
