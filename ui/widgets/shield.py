"""The integrity shield at the foot of the window: a sign, a sentence, and the way to more."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from ui import theme
from ui.presenters.shield_face import ShieldFace
from ui.widgets.parts import elided, icon, row, say, show_icon

_AROUND = 38
"""Pixels beside the sentence: the sign, the space after it and the edges."""


class Shield(QFrame):
    """Says how the record stands, always.

    Signals:
        asked: Clicked, or Enter or Space pressed: whoever is there wants to know more.
    """

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("shield")
        self.setStyleSheet(
            "QFrame#shield { border: 2px solid transparent; border-radius: 6px; }"
            f"QFrame#shield:focus {{ border: 2px solid {theme.c.focus}; }}"
        )
        self._icon = icon("shield", 18, "text_2")
        self._said = elided("", 12, 500)
        self.setLayout(row(self._icon, self._said, gap=6, edge=(4, 2, 6, 2)))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def said(self) -> str:
        """Return the sentence."""
        return self._said.text()

    @property
    def wanted(self) -> int:
        """Return the width at which the whole sentence can be read."""
        return self._said.sizeHint().width() + _AROUND

    def show_face(self, face: ShieldFace) -> None:
        """Show how the record stands."""
        show_icon(self._icon, face.glyph, face.tone)
        say(self._said, face.said, "text" if face.is_quiet else face.tone)
        self.setAccessibleName(f"{face.said}. Enter shows more.")

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.asked.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit()
        else:
            super().keyPressEvent(event)
