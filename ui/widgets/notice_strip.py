"""A quiet strip over a room: what is so, what it means, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from ui import theme
from ui.presenters.record_notice import NoticeFace
from ui.widgets.parts import button, col, elided, empty, icon, row, say, show_icon

_GLYPHS = {"alert": "shield-warning", "overdue": "hard-drives"}


class NoticeStrip(QFrame):
    """Shows a `NoticeFace`, or is not there.

    Signals:
        pressed: What a button asks for, and the key of what is shown.
    """

    pressed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._face: NoticeFace | None = None
        self._icon = icon("shield-warning", 20, "alert")
        self._said = elided("", 13, 600, grows=True)
        self._means = elided("", 12, 400, "text_2", grows=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        words = col(..., self._said, self._means, ..., gap=0)
        self.setLayout(row(self._icon, (words, 1), self._buttons, gap=12, edge=(16, 2, 8, 2)))
        self.setObjectName("strip")
        self.setStyleSheet(
            f"QFrame#strip {{ background: {theme.c.alert_tint};"
            f" border-bottom: 1px solid {theme.c.line_strong}; }}"
        )
        self.setFixedHeight(44)
        self.hide()

    @property
    def buttons(self) -> list[QPushButton]:
        """Return its buttons, from left to right."""
        return [each for each in self.findChildren(QPushButton) if not each.isHidden()]

    def show_face(self, face: NoticeFace | None) -> None:
        """Show this, or go away; nothing is rebuilt while it stays the same."""
        if face == self._face:
            return
        self._face = face
        self.setVisible(face is not None)
        empty(self._buttons)
        if face is None:
            return
        show_icon(self._icon, _GLYPHS[face.tone], face.tone)
        say(self._said, face.said)
        say(self._means, face.means)
        self.setAccessibleName(f"{face.said} {face.means}")
        for asks, words in face.actions:
            made = button(words)
            made.clicked.connect(lambda *_, asks=asks, key=face.key: self.pressed.emit(asks, key))
            self._buttons.addWidget(made)
