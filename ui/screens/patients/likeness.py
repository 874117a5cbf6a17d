"""The question whether a patient who is typed is somebody who is here already."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from ui.presenters.new_patient import Likeness
from ui.presenters.patient_rows import PatientRow
from ui.widgets.parts import (
    Item,
    box,
    button,
    col,
    elided,
    empty,
    fill,
    icon,
    row,
    text,
)


class LikenessPanel(QFrame):
    """Asks before somebody is added a second time.

    Signals:
        same: The id of the one it is.
        another: It is nobody of these.
    """

    same = Signal(str)
    another = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card-overdue")
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(16, 12, 16, 16)
        self._inside.setSpacing(8)
        self._same: list[QPushButton] = []
        self.hide()

    def show_likeness(self, likeness: Likeness | None) -> None:
        """Ask, and take the focus; None asks no more."""
        self.setVisible(likeness is not None)
        if likeness is None:
            return
        empty(self._inside)
        self._same = []
        self.setAccessibleName(likeness.said)
        head = row(icon("users", 18, "overdue"), (text(likeness.said, 14, 600, wrap=True), 1))
        another = button(likeness.another)
        another.clicked.connect(self.another)
        rows = (self._row(each, likeness.same) for each in likeness.rows)
        fill(self._inside, (head, *rows, 4, another))
        for made in (*self._same, another):
            made.show()  # now: what is not yet shown cannot take the focus
        (*self._same, another)[0].setFocus()

    def _row(self, each: PatientRow, same: str) -> Item:
        yes = button(same, name=f"{same}: {each.name}, {each.facts}")
        self._same.append(yes)
        yes.clicked.connect(lambda *_: self.same.emit(each.id))
        return box(
            col(
                elided(each.name, 14, 600, grows=True),
                elided(each.facts, 12, 400, "text_2", grows=True),
                2,
                yes,
                gap=1,
                edge=(12, 8, 12, 10),
            ),
            "well",
        )
