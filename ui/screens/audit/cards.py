"""The cards beside the answers: where files are dropped, the tally, the check of the record."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QProgressBar, QPushButton, QVBoxLayout

from ui import theme
from ui.presenters.audit import CheckFace
from ui.presenters.audit_verdicts import Kind
from ui.screens.audit.verdicts import GLYPHS
from ui.widgets.parts import (
    Item,
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

_STEPS = 1000


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


class CheckCard(QFrame):
    """The check of the record: its sentence, its progress, and what can be noted down.

    Signals:
        pressed: Its button.
    """

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._note = text("", 12, 400, "text_3")
        self._said = text("", 13, 400, "text_2", wrap=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName("How much of the record is checked")
        self._more = QVBoxLayout()
        self._more.setSpacing(6)
        self._button = button("")
        self._button.clicked.connect(self.pressed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        head = row(text("Integrity check", 13, 600), ..., self._note)
        fill(layout, (head, self._said, self._bar, self._more, 2, self._button))

    @property
    def action(self) -> QPushButton:
        """Return the button."""
        return self._button

    def show_check(self, face: CheckFace) -> None:
        """Show how the check stands."""
        finished = bool(face.facts)
        say(self._note, face.note)
        say(self._said, face.said, "alert" if face.broken else "good" if finished else "text_2")
        self._said.setFont(theme.font(13, 600 if finished or face.broken else 400))
        self._bar.setVisible(face.share is not None)
        self._bar.setValue(round((face.share or 0) * _STEPS))
        empty(self._more)
        found: list[Item] = [text(each, 12, 500, "alert", wrap=True) for each in face.found]
        facts = [_fact(name, value) for name, value in face.facts]
        limit = [text(face.limit, 12, 400, "text_2", wrap=True)] if face.limit else []
        fill(self._more, (col(*found, gap=2), *facts, *limit))
        self._button.setText(face.action or "Cancel")
        self._button.setAccessibleName(self._button.text())
        self._button.setEnabled(bool(face.action))


def _fact(name: str, value: str) -> QBoxLayout:
    """Return a name and what can be noted down; a long value stands under its name, in halves."""
    half = len(value) // 2
    is_long = len(value) > _LONG
    said = text(f"{value[:half]}\n{value[half:]}" if is_long else value, 12, 500)
    said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    said.setAccessibleName(f"{name}: {value}")
    label = text(name, 12, 400, "text_2")
    return col(label, said, gap=1) if is_long else row(label, ..., said)


_LONG = 30  # characters that stand beside their name
