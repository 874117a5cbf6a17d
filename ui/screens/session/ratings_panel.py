"""The rating panel: beside the chart, never over it; digits answer and move on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout
from typing_extensions import override

from ui import theme
from ui.presenters.ratings import ItemFace, RatingFace
from ui.widgets.parts import (
    Align,
    box,
    button,
    dressed,
    elided,
    empty,
    fill,
    row,
    say,
    set_kind,
    text,
)

_BACK = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RatingsPanel(QFrame):
    """One rating scale.

    Signals:
        digit: An answer.
        moved: -1 or 1.
        cleared: The answer is taken back.
        stored: Enter; carries whether it is stored unfinished.
        given_up: Esc.
    """

    digit = Signal(int)
    moved = Signal(int)
    cleared = Signal()
    stored = Signal(bool)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title, self._count = text("", 16, 600), text("", 12, 500, "text_2")
        self._items, self._choices = QVBoxLayout(), QHBoxLayout()
        self._items.setSpacing(2)
        self._choices.setSpacing(6)
        self._total = text("", 14, 600)
        self._note = text("", 12, 400, "text_2", wrap=True)
        self._problem = text("", 13, 500, "alert", wrap=True)
        self._store = button("Store", "primary")
        self._unfinished = button("Store unfinished", "quiet")
        self._store.clicked.connect(lambda: self.stored.emit(False))  # noqa: FBT003 - a signal
        self._unfinished.clicked.connect(lambda: self.stored.emit(True))  # noqa: FBT003 - a signal
        away = button("Not now", "quiet")
        away.clicked.connect(self.given_up)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(6)
        fill(
            layout,
            (
                row(self._title, ..., self._count),
                self._items,
                self._choices,
                self._total,
                self._note,
                self._problem,
                row((self._store, 1), away, gap=6),
                self._unfinished,
            ),
        )

    def show_rating(self, face: RatingFace) -> None:
        """Show the scale as answered so far."""
        say(self._title, face.title)
        say(self._count, face.count)
        say(self._total, face.total)
        self._total.setVisible(bool(face.total))
        say(self._note, " ".join(part for part in (face.earlier, face.note) if part))
        self.show_problem("")
        set_kind(self._store, "primary" if face.complete else "")
        self._unfinished.setVisible(not face.complete)
        empty(self._items)
        for place, item in enumerate(face.items, 1):
            self._items.addWidget(self._item(place, item))
        empty(self._choices)
        for digit, words in face.choices:
            self._choices.addWidget(self._choice(digit, words))
        here = next((item for item in face.items if item.here), None)
        self.setAccessibleName(f"{face.title}, {face.count}, {here.label if here else ''}")

    def show_problem(self, said: str) -> None:
        """Say why it was not stored."""
        say(self._problem, said)
        self._problem.setVisible(bool(said))

    def _item(self, place: int, item: ItemFace) -> QFrame:
        answer = text(item.answer or "·", 14, 600, align=Align.AlignRight)
        weight = 600 if item.here else 400
        line = row(
            text(f"{place}", 12, 400, "text_3"),
            (elided(item.label, 13, weight, grows=True), 1),
            answer,
            gap=8,
            edge=(8, 0, 8, 0),
        )
        frame = box(line, "item", h=26)
        if item.here:
            dressed(
                frame,
                "item",
                f"background: {theme.c.sunken}; border: 1px solid {theme.c.control};"
                "border-radius: 6px;",
            )
        return frame

    def _choice(self, digit: str, words: str) -> QFrame:
        made = button(digit, name=f"{digit} {words}".strip())
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setStyleSheet("padding: 0;")
        made.setToolTip(words)
        made.clicked.connect(lambda: self.digit.emit(int(digit)))
        return box(row(made), "plain")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.text().isdecimal() and event.text().isascii():
            self.digit.emit(int(event.text()))
        elif key in _STEPS:
            self.moved.emit(_STEPS[key])
        elif key in _BACK:
            self.cleared.emit()
        elif key in _ENTER:
            self.stored.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)
