"""The section of the clinic: a form for an administrator, facts for the others."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from ui.screens.settings.done import DoneLine
from ui.widgets.form import Form
from ui.widgets.parts import col, empty, fill, icon, row, rule, text

_WIDTH = 520


class ClinicSection(QWidget):
    """Name, address and chairs; implements `ClinicView`."""

    def __init__(self) -> None:
        super().__init__()
        self.form = Form()
        self._facts = QFrame()
        self._facts.setProperty("role", "card")
        self._inside = QVBoxLayout(self._facts)
        self._inside.setContentsMargins(20, 16, 20, 16)
        self._inside.setSpacing(10)
        self.done = DoneLine()
        self.form.setMinimumHeight(380)
        self._either = QStackedWidget()
        self._either.addWidget(self.form)
        reading = QWidget()
        reading.setLayout(col(self._facts, ...))
        self._either.addWidget(reading)
        column = QWidget()
        column.setFixedWidth(_WIDTH)
        column.setLayout(col(self._either, self.done, ..., gap=12))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        fill(layout, (row(column, ...),))

    def show_facts(self, facts: tuple[tuple[str, str], ...], note: str) -> None:
        """Show the clinic to be read."""
        empty(self._inside)
        self._facts.setAccessibleName("The clinic")
        lines = [
            col(text(name, 12, 400, "text_2"), text(value, 14, 500, wrap=True), gap=2)
            for name, value in facts
        ]
        who = row(col(icon("info", 16, "text_2"), ...), (_quiet(note), 1), gap=8)
        fill(self._inside, (text("The clinic", 13, 600), *lines, rule(), who))
        self._either.setCurrentIndex(1)

    def show_editing(self) -> None:
        """Show the form in place of the facts."""
        self._either.setCurrentIndex(0)

    def show_done(self, said: str) -> None:
        """Say what was stored."""
        self.done.show_done(said)

    def enter(self) -> bool:
        """Take the focus, where there is something to do."""
        if self._either.currentIndex() == 0:
            self.form.enter_form()
        return self._either.currentIndex() == 0


def _quiet(words: str) -> QWidget:
    return text(words, 12, 400, "text_2", wrap=True)
