"""The strip about the clock, over every room: no dialog, nothing waits for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

from ui import theme
from ui.presenters.clock_notice import KEYS, OTHER, ClockFace
from ui.widgets.parts import button, col, elided, empty, icon, keyed, paint, row, say

_HEIGHT = 48
_FIELD = 88


class ClockStrip(QFrame):
    """Shows a `ClockFace`, or is not there.

    Signals:
        pressed: What a button asks for.
        typed: A time, as typed.
    """

    pressed = Signal(str)
    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._face: ClockFace | None = None
        self._before: QWidget | None = None
        self._said = elided("", 13, 600, grows=True)
        self._means = elided("", 12, 400, "text_2", grows=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self.time = _time_field()
        words = col(..., self._said, self._means, ..., gap=0)
        glyph = icon("clock-clockwise", 20, "text")
        self.setLayout(
            row(glyph, (words, 1), self.time, self._buttons, gap=12, edge=(16, 4, 12, 4))
        )
        self.setObjectName("clock")
        self.setStyleSheet(
            f"QFrame#clock {{ background: {theme.c.surface};"
            f" border-bottom: 1px solid {theme.c.line_strong}; }}"
        )
        self.setFixedHeight(_HEIGHT)
        self.time.returnPressed.connect(lambda: self.typed.emit(self.time.text()))
        self.hide()

    @property
    def buttons(self) -> list[QPushButton]:
        """Return its buttons, from left to right."""
        return [each for each in self.findChildren(QPushButton) if not each.isHidden()]

    def show_clock(self, face: ClockFace | None) -> None:
        """Show this, or go away; buttons are made anew only where they are others."""
        before, self._face = self._face, face
        if face == before:
            return
        self.setVisible(face is not None)
        if face is None:
            empty(self._buttons)
            self._ask_time(asks=False)
            return
        say(self._said, face.said)
        say(self._means, face.means)
        paint(self._means, "alert" if face.refused else "text_2")
        self.setAccessibleName(f"{face.said} {face.means}")
        if before is None or before.actions != face.actions:
            self._make_buttons(face)
        if before is None or before.asks_time != face.asks_time:
            self._ask_time(asks=face.asks_time)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._face and self._face.asks_time:
            self.pressed.emit(OTHER)
        else:
            super().keyPressEvent(event)

    def _make_buttons(self, face: ClockFace) -> None:
        empty(self._buttons)
        for asks, words in face.actions:
            made = button(words, name=f"{words}, {KEYS[asks]}")
            made.setShortcut(QKeySequence(KEYS[asks]))
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the entry line its focus
            made.clicked.connect(lambda *_, asks=asks: self.pressed.emit(asks))
            self._buttons.addWidget(made)
            made.show()  # at once: its key works only while it can be seen
            self._buttons.addLayout(keyed(KEYS[asks], ""))

    def _ask_time(self, *, asks: bool) -> None:
        if asks:
            self._before = QApplication.focusWidget()
            self.time.clear()
            self.time.show()
            self.time.setFocus()
            return
        here = self.time.hasFocus()
        self.time.hide()
        if here and self._before is not None and isValid(self._before):
            self._before.setFocus()


def _time_field() -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText("10:20")
    field.setAccessibleName("The right time, as 10:20; Enter sets the record's clock")
    field.setFont(theme.font(14, 500))
    field.setFixedWidth(_FIELD)
    field.setMaxLength(6)
    field.hide()
    return field
