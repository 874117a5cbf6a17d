"""A sign and a sentence in one frame that can be pressed: the shield, and what waits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from ui.widgets.parts import Edge, elided, icon, row


class Pressable(QFrame):
    """Shows a sign and a sentence, and leads somewhere.

    Args:
        name: The frame's name in the style sheet.
        glyph: The sign at first.
        weight: Of the letters: 400, 500 or 600.
        edge: Pixels around sign and sentence.
        around: Pixels beside the sentence: the sign, the space after it and the edges.

    Signals:
        asked: Clicked, or Enter or Space pressed: whoever is there wants to go there.
    """

    asked = Signal()

    def __init__(self, name: str, glyph: str, *, weight: int, edge: Edge, around: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self._icon, self._label = icon(glyph, 18, "text_2"), elided("", 12, weight)
        self._around, self._leads = around, True
        self.setLayout(row(self._icon, self._label, gap=6, edge=edge))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_leads(self, *, leads: bool) -> None:
        """Let it lead somewhere, or say what it says and no more."""
        self._leads = leads
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if leads else Qt.FocusPolicy.NoFocus)
        shape = Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    @property
    def said(self) -> str:
        """Return the sentence."""
        return self._label.text()

    @property
    def wanted(self) -> int:
        """Return the width at which the whole sentence can be read; none while there is none."""
        return self._label.sizeHint().width() + self._around if self.said else 0

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._leads:
            self.asked.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit()
        else:
            super().keyPressEvent(event)
