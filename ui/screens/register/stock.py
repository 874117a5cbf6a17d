"""What is in the cupboard now, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.presenters.register_faces import LotFace, RegisterFace
from ui.presenters.register_forms import COUNT, DESTROY, LOSE, RECEIVE, RETURN
from ui.widgets.parts import (
    box,
    button,
    col,
    elided,
    empty,
    fill,
    icon,
    paint,
    row,
    rule,
    say,
    show_icon,
    text,
)


class StockCard(QFrame):
    """The lots in stock, the next inventory, and a button for each thing that can be done.

    Signals:
        asked: What is to be done, as `ui.presenters.register_forms` names it.
    """

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._lots_shown: tuple[LotFace, ...] | None = None
        self._lots = QVBoxLayout()
        self._lots.setSpacing(0)
        self._inventory = text("", 12, 500, "text_2", wrap=True)
        self._mark = icon("calendar-blank", 18, "text_2")
        self.receive = self._button("Receive…", RECEIVE, "primary")
        self.count = self._button("Count…", COUNT)
        self._out = tuple(
            self._button(words, kind)
            for words, kind in (("Return…", RETURN), ("Destroy…", DESTROY), ("Lost…", LOSE))
        )
        self._acts = QWidget()
        self._acts.setLayout(
            col(
                row((self.receive, 1), (self.count, 1), gap=8),
                row(*((each, 1) for each in self._out), gap=8),
                gap=8,
            )
        )
        self._acts.hide()  # until it is known who may press them
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 12, 1, 12)
        layout.setSpacing(8)
        fill(layout, (self._head(), (self._scroll(), 1), *self._foot()))

    def show_stock(self, face: RegisterFace) -> None:
        """Show the lots, and what can be done by whoever is here."""
        say(self._inventory, face.inventory, face.inventory_tone)
        late = face.inventory_tone == "overdue"
        show_icon(self._mark, "warning-circle" if late else "calendar-blank", face.inventory_tone)
        self._acts.setVisible(face.may_write)
        for each in self._out:
            each.setEnabled(face.may_take)
        if face.lots == self._lots_shown:
            return
        self._lots_shown = face.lots
        empty(self._lots)
        for lot in face.lots:
            fill(self._lots, (_lot(lot), rule()))
        if not face.lots:
            none = text("Nothing is in stock.", 13, 400, "text_2", wrap=True)
            fill(self._lots, (row(none, edge=(0, 4, 0, 4)),))
        self._lots.addStretch(1)

    def _button(self, words: str, kind: str, look: str = "") -> QWidget:
        made = button(words, look)
        made.clicked.connect(lambda *_: self.asked.emit(kind))
        return made

    def _head(self) -> QWidget:
        head = QWidget()
        head.setLayout(row(text("In stock", 13, 600), ..., edge=(15, 0, 15, 0)))
        return head

    def _scroll(self) -> QScrollArea:
        inside = QWidget()
        inside.setLayout(self._lots)
        self._lots.setContentsMargins(15, 0, 15, 0)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("Lots in stock")
        return area

    def _foot(self) -> tuple[QWidget, QWidget]:
        due, acts = QWidget(), QWidget()
        mark = col(self._mark, ..., gap=0)
        due.setLayout(row(mark, (self._inventory, 1), gap=8, edge=(15, 4, 15, 0)))
        acts.setLayout(row((self._acts, 1), edge=(15, 0, 15, 0)))
        return due, acts


def _lot(lot: LotFace) -> QFrame:
    pieces = text(lot.pieces, 12, 400, "text_2")
    amount = text(lot.amount, 14, 600, "alert" if lot.worry else "text")
    said = elided(lot.lot, 12, 400, "text_2", grows=True)
    lines = [
        row((elided(lot.name, 13, 500, grows=True), 1), amount, gap=8),
        row((said, 1), pieces, gap=8),
    ]
    if lot.worry:
        lines.append(row(icon("warning-circle", 16, "alert"), _worry(lot.worry), ..., gap=6))
    made = box(col(*lines, gap=2, edge=(0, 8, 0, 8)), "lot")
    parts = (lot.name, lot.lot, lot.amount, lot.pieces, lot.worry)
    made.setAccessibleName(", ".join(filter(None, parts)))
    return made


def _worry(words: str) -> QLabel:
    label = text(words[:1].upper() + words[1:], 12, 500, wrap=True)
    paint(label, "alert")
    return label
