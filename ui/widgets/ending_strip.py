"""The strip that says that one's certificate ends before long; it can be taken away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from ui import theme
from ui.widgets.parts import button, elided, icon, row, say

_HEIGHT = 44


class EndingStrip(QFrame):
    """Says it over whatever room one is in, or is not there."""

    def __init__(self) -> None:
        super().__init__()
        self._said = elided("", 13, 600, "overdue", grows=True)
        self.away = button("Hide", "quiet", name="Hide: certificate")
        self.away.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the line its focus
        self.away.clicked.connect(lambda: self.show_words(""))
        glyph = icon("identification-card", 20, "overdue")
        self.setLayout(row(glyph, (self._said, 1), self.away, gap=12, edge=(16, 2, 8, 2)))
        self.setObjectName("ending")
        self.setStyleSheet(
            f"QFrame#ending {{ background: {theme.c.overdue_tint};"
            f" border-bottom: 1px solid {theme.c.line_strong}; }}"
        )
        self.setFixedHeight(_HEIGHT)
        self.hide()

    @property
    def words(self) -> str:
        """Return what it says; empty while it is not there."""
        return self._said.text() if not self.isHidden() else ""

    def show_words(self, said: str) -> None:
        """Say this; empty takes the strip away."""
        say(self._said, said)
        self.setAccessibleName(said)
        self.setVisible(bool(said))
