"""One sentence that says what was done."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.widgets.parts import col, icon, row, say, show_icon, text


class DoneLine(QWidget):
    """A tick and a sentence; not there while nothing was done."""

    def __init__(self) -> None:
        super().__init__()
        self._glyph = icon("check-circle", 18, "good")
        self._words = text("", 13, 500, "good", wrap=True)
        self.setLayout(row(col(self._glyph, ...), (self._words, 1), gap=8))
        self.hide()

    @property
    def words(self) -> str:
        """Return what it says."""
        return self._words.text()

    def show_done(self, said: str, *, problem: bool = False) -> None:
        """Say what was done, or why not; empty takes it away."""
        tone = "alert" if problem else "good"
        show_icon(self._glyph, "warning" if problem else "check-circle", tone)
        say(self._words, said, tone)
        self.setVisible(bool(said))
