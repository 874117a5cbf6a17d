"""The question which of several like patients a session is for."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.patient_rows import PatientRow
from ui.presenters.start_session import WhichFace
from ui.widgets.buttons import Button
from ui.widgets.parts import col, elided, empty, fill, icon, key, row, say, text

_CARD_HEIGHT = 56


class WhichStrip(QFrame):
    """Shows like patients side by side, with birth dates and record numbers.

    None has the focus beforehand: it is the strip that takes it, so that Enter pressed out of
    habit names nobody. Their numbers, or Tab and Enter, do.

    Signals:
        chosen: The id of the one it is.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card-overdue")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._shown: WhichFace | None = None
        self._said = text("", 14, 600, wrap=True)
        self._cards: list[_Card] = []
        self._row = row(gap=12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(8)
        fill(layout, (row(icon("users", 18, "overdue"), (self._said, 1)), self._row))
        self.hide()

    def ask_which(self, face: WhichFace | None) -> None:
        """Ask; None asks no more."""
        self.setVisible(face is not None)
        if face == self._shown:
            return
        self._shown = face
        self._cards = []
        empty(self._row)
        if face is None:
            return
        say(self._said, face.said)
        self._cards = [_Card(place, each) for place, each in enumerate(face.rows, 1)]
        before: QWidget = self
        for card, each in zip(self._cards, face.rows, strict=True):
            card.clicked.connect(lambda *_, patient_id=each.id: self.chosen.emit(patient_id))
            self._row.addWidget(card, 1)
            card.show()  # now: what is not yet shown cannot take the focus
            self.setTabOrder(before, card)
            before = card
        numbers = " or ".join(str(place) for place in range(1, len(self._cards) + 1))
        self.setAccessibleName(f"{face.said} Press {numbers}.")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.text()
        if place.isdecimal() and 0 < int(place) <= len(self._cards):
            self._cards[int(place) - 1].setFocus()
            self._cards[int(place) - 1].click()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.hasFocus():
            event.accept()  # nobody was named
        else:
            super().keyPressEvent(event)


class _Card(Button):
    """One of them as a large button."""

    def __init__(self, place: int, each: PatientRow) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{place}: {each.name}, {each.facts}")
        name, facts = elided(each.name, 14, 600, grows=True), elided(each.facts, 13, grows=True)
        words = col(..., name, facts, ..., gap=1)
        self.setLayout(row(key(str(place)), (words, 1), gap=12, edge=(12, 6, 12, 6)))
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, _CARD_HEIGHT)
