"""The cards beside the answers: where files are dropped, and the tally."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui import theme
from ui.presenters.audit_verdicts import Kind
from ui.screens.audit.verdicts import GLYPHS
from ui.widgets.parts import (
    button,
    col,
    dressed,
    elided,
    empty,
    fill,
    icon,
    row,
    say,
    text,
)


class DropZone(QFrame):
    """Where files are dropped, or chosen.

    Signals:
        asked: Files are to be chosen.
    """

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._said = elided("", 12, 400, "text_2", grows=True)
        self.choose = button("Choose files", "", "files")
        self.choose.clicked.connect(self.asked)
        words = col(..., text("Drop PDFs here, or choose them", 14, 600), self._said, ..., gap=3)
        layout = row(
            icon("file-pdf", 28, "text_2"), (words, 1), self.choose, gap=16, edge=(20, 8, 16, 8)
        )
        self.setLayout(layout)
        self.setFixedHeight(72)
        self.show_reading("")
        self.set_over(over=False)

    def show_reading(self, said: str) -> None:
        """Say which file is being looked at."""
        say(self._said, said or "They are only read. Nothing leaves this computer.")

    def set_over(self, *, over: bool) -> None:
        """Show that files are being held over the room."""
        edge = f"2px solid {theme.c.focus}" if over else f"1px dashed {theme.c.control}"
        ground = theme.c.surface if over else "transparent"
        dressed(self, "drop", f"background: {ground}; border: {edge}; border-radius: 12px;")


class TallyCard(QFrame):
    """How many files gave which answer.

    Signals:
        clear_asked: The list is to be emptied.
    """

    clear_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._title = text("", 13, 600)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        clear = button("Clear the list", "quiet")
        clear.clicked.connect(self.clear_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 8, 12)
        layout.setSpacing(2)
        lines = row((self._rows, 1), edge=(0, 0, 8, 0))
        fill(layout, (row(self._title, ..., clear), lines))
        self.hide()

    def show_tally(self, title: str, counts: tuple[tuple[Kind, int], ...]) -> None:
        """Show the counts; without any there is no card."""
        say(self._title, title)
        empty(self._rows)
        for kind, count in counts:
            glyph, tone, _ = GLYPHS[kind]
            shown = "text" if count else "text_3"
            line = row(
                icon(glyph, 18, tone if count else "text_3"),
                text(kind.value, 13, 400, shown),
                ...,
                text(str(count), 14, 600, shown),
            )
            self._rows.addLayout(line)
        self.setVisible(bool(counts))
