"""Who has left today: a list over the board, from which each session can be opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.chairs_today import LeftToday
from ui.presenters.words import chair_sign
from ui.widgets.parts import button, empty, fill, row, text

_COLUMNS = 3
_ROW = 40
_MOST_ROWS = 3


class LeftTodayPanel(QFrame):
    """Sessions that were closed today.

    Signals:
        opened: A session's identity: it is wanted.
        rems_asked: What is due of REMS forms is wanted.
    """

    opened = Signal(str)
    rems_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._shown: tuple[LeftToday, ...] = ()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        inside = QWidget()
        inside.setLayout(self._grid)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        layout = QVBoxLayout(self)
        layout.setSpacing(4)
        layout.setContentsMargins(16, 10, 16, 10)
        note = text("the last one first", 12, 400, "text_3")
        self.rems = button("REMS forms", "quiet", "clipboard-text")
        self.rems.clicked.connect(self.rems_asked)
        self.rems.hide()
        fill(layout, (row(text("Left today", 13, 600), note, ..., self.rems), self._scroll))
        self.hide()

    def set_left(self, left: Sequence[LeftToday]) -> None:
        """Show these."""
        if tuple(left) == self._shown:
            return
        self._shown = tuple(left)
        empty(self._grid)
        for place, each in enumerate(self._shown):
            made = button(f"{chair_sign(each.chair)}   {each.words}", "quiet", name=each.said)
            made.setStyleSheet("text-align: left;")
            made.clicked.connect(lambda *_, key=each.session_id: self.opened.emit(key))
            self._grid.addWidget(made, place // _COLUMNS, place % _COLUMNS)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        rows = min(_MOST_ROWS, -(-len(self._shown) // _COLUMNS))
        self._scroll.setFixedHeight(rows * (_ROW + 4))

    def set_rems(self, shown: bool) -> None:  # noqa: FBT001 - a signal's slot
        """Offer the way to the REMS forms, where one can be due."""
        self.rems.setVisible(shown)

    @override
    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible and bool(self._shown))
