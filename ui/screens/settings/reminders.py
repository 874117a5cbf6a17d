"""The section of the reminders: three choices, and a button to hear the sound."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.screens.settings.done import DoneLine
from ui.widgets.form import Form
from ui.widgets.parts import col, fill, row

_WIDTH, _HEIGHT = 760, 400


class RemindersSection(QWidget):
    """Sound, lead and lock; implements `RemindersView`."""

    def __init__(self) -> None:
        super().__init__()
        self.form, self.done = Form(), DoneLine()
        self.form.setMinimumHeight(_HEIGHT)
        column = QWidget()
        column.setFixedWidth(_WIDTH)
        column.setLayout(col(self.form, self.done, ..., gap=12))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        fill(layout, (row(column, ...),))

    def show_done(self, said: str) -> None:
        """Say what was kept."""
        self.done.show_done(said)

    def enter(self) -> bool:
        """Take the focus."""
        self.form.enter_form()
        return True
