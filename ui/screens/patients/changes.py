"""What is, or will be, known otherwise of a patient: the old struck through, the new beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from ui.presenters.mend_patient import ChangeRow, MendFace
from ui.widgets.parts import empty, fill, say, text
from ui.widgets.struck import struck

_SHORT = 40  # characters that leave room beside them


class ChangesPanel(QFrame):
    """Stands beside the form and follows each key: what the change will be."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._shown: tuple[ChangeRow, ...] | None = None
        self._note = text("", 13, 400, "text_2", wrap=True)
        self._rows = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        fill(layout, (text("What will be different", 13, 600), self._rows, self._note))
        self.hide()

    def show_changes(self, face: MendFace | None) -> None:
        """Show these; None takes the panel away."""
        self.setVisible(face is not None)
        if face is None:
            return
        say(self._note, face.note)
        said = "; ".join(f"{each.what}: {each.was} → {each.now}" for each in face.rows)
        self.setAccessibleName(said or face.note)
        if face.rows != self._shown:
            self._shown = face.rows
            empty(self._rows)
            self._rows.addLayout(change_grid(face.rows))


def change_grid(rows: tuple[ChangeRow, ...], *, wide: bool = False) -> QGridLayout:
    """Return what is different, one under the other; each says what it was and what it is.

    Args:
        rows: What is different.
        wide: Whether there is room for the new beside the old, where that is short; else it
            stands under it.
    """
    wide = wide and all(len(each.was) <= _SHORT for each in rows)
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(3 if wide else 2, 1)
    for place, each in enumerate(rows):
        was = struck(each.was or "nothing", wrap=not wide)
        now = text(each.now or "nothing", 14, 600, wrap=True)
        was.setAccessibleName(f"{each.what} was {each.was}")
        now.setAccessibleName(f"{each.what} is now {each.now}")
        grid.addWidget(text(each.what, 12, 400, "text_2"), 3 * place, 0)
        grid.addWidget(was, 3 * place, 1, 1, 1 if wide else 2)
        below = 3 * place if wide else 3 * place + 1
        grid.addWidget(text("→", 13, 400, "text_2"), below, 2 if wide else 1)
        grid.addWidget(now, below, 3 if wide else 2)
        grid.setRowMinimumHeight(3 * place + 2, 4)
    return grid
