"""One sentence that says what was done."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.widgets.parts import col, icon, row, say, text


class DoneLine(QWidget):
    """A tick and a sentence; not there while nothing was done."""

    def __init__(self) -> None:
        super().__init__()
        self._words = text("", 13, 500, "good", wrap=True)
        self.setLayout(row(col(icon("check-circle", 18, "good"), ...), (self._words, 1), gap=8))
        self.hide()

    @property
    def words(self) -> str:
        """Return what it says."""
        return self._words.text()

    def show_done(self, said: str) -> None:
        """Say what was done; empty takes it away."""
        say(self._words, said)
        self.setVisible(bool(said))
