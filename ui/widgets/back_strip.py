"""The strip that leads back to the worklist, over the screen that one came to from there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame

from ui import theme
from ui.widgets.parts import button, elided, icon, keyed, row, say

KEY = "Alt+Left"
_HEIGHT = 48


class BackStrip(QFrame):
    """Says why one came here, or is not there.

    Signals:
        back: The worklist is wanted again.
    """

    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._said = elided("", 13, 600, grows=True)
        again = button("Back to signing", "", "pen-nib", name="Back to signing, Alt+Left")
        again.setShortcut(QKeySequence(KEY))
        again.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the entry line its focus
        again.clicked.connect(self.back)
        glyph = icon("info", 20, "text_2")
        self.setLayout(
            row(glyph, (self._said, 1), keyed("Alt ←", ""), again, gap=12, edge=(16, 4, 12, 4))
        )
        self.setObjectName("back")
        self.setStyleSheet(
            f"QFrame#back {{ background: {theme.c.surface};"
            f" border-bottom: 1px solid {theme.c.line_strong}; }}"
        )
        self.setFixedHeight(_HEIGHT)
        self.hide()

    def show_why(self, words: str) -> None:
        """Say why one came here; empty takes the strip away."""
        said = f"From To sign. {words}" if words else ""
        say(self._said, said)
        self.setAccessibleName(said)
        self.setVisible(bool(words))
