"""Who has left today: a list over the board, from which each session can be opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.chairs_today import LeftToday
from ui.presenters.words import chair_sign
from ui.widgets.parts import button, empty, fill, row, text

_COLUMNS = 3
_ROW = 40
_MOST_ROWS = 3
_EDGE, _GAP = 16, 4


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
        self._made: list[QPushButton] = []
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        inside = QWidget()
        inside.setLayout(self._grid)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        layout = QVBoxLayout(self)
        layout.setSpacing(4)
        layout.setContentsMargins(_EDGE, 10, _EDGE, 10)
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
        self._made.clear()
        for each in self._shown:
            made = button(f"{chair_sign(each.chair)}   {each.words}", "quiet", name=each.said)
            made.setStyleSheet("text-align: left;")
            made.clicked.connect(lambda *_, key=each.session_id: self.opened.emit(key))
            self._made.append(made)
        self._columns = 0
        self._place()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Stand them side by side, as many as have room in full."""
        widest = max((made.sizeHint().width() + _GAP for made in self._made), default=1)
        columns = max(1, min(_COLUMNS, (self.width() - 2 * _EDGE + _GAP) // widest))
        if columns == self._columns:
            return
        self._columns = columns
        for place, made in enumerate(self._made):
            self._grid.addWidget(made, place // columns, place % columns)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        rows = min(_MOST_ROWS, -(-len(self._made) // columns))
        self._scroll.setFixedHeight(rows * (_ROW + _GAP))

    def set_rems(self, shown: bool) -> None:  # noqa: FBT001 - a signal's slot
        """Offer the way to the REMS forms, where one can be due."""
        self.rems.setVisible(shown)

    @override
    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible and bool(self._shown))
