"""The window: arranges the gate, the rail, the rooms and the foot. It decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ui.widgets.frame import PLACES, Foot, Rail

SMALLEST = QSize(1280, 720)
Hints = Sequence[tuple[str, str]]


class Window(QWidget):
    """The program's one window.

    Signals:
        room_chosen: A room's name, from the rail or by Alt and its number.
        log_out_asked: Ctrl+L: somebody else wants to log in.
        closing: The window is about to close.
    """

    room_chosen = Signal(str)
    log_out_asked = Signal()
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("Chairside")
        self.setMinimumSize(SMALLEST)
        self.resize(SMALLEST)
        self.rail, self.foot = Rail(), Foot()
        self._rooms = QStackedWidget()
        self._whole = QStackedWidget()
        self._hints: dict[QWidget, Hints] = {}
        house = QWidget()
        self._beside = beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self._rooms, 1)
        beside.addWidget(self.foot)
        across = QHBoxLayout(house)
        across.setSpacing(0)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.rail)
        across.addLayout(beside, 1)
        self._whole.addWidget(house)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._whole)
        self.rail.chosen.connect(self.room_chosen)
        self._set_keys()

    def show_gate(self, page: QWidget) -> None:
        """Show a page before the rooms; nothing of the record can be seen then."""
        if self._whole.indexOf(page) < 0:
            self._whole.addWidget(page)
        self._whole.setCurrentWidget(page)

    def drop_gate(self, page: QWidget) -> None:
        """Forget a page before the rooms."""
        self._whole.removeWidget(page)
        page.deleteLater()

    def add_strip(self, strip: QWidget) -> None:
        """Take in a strip that stands over whatever room one is in, while it is not hidden."""
        self._beside.insertWidget(0, strip)

    def add_room(self, room: QWidget, hints: Hints = ()) -> None:
        """Take in a room, with what keys do there."""
        self._rooms.addWidget(room)
        self._hints[room] = hints

    def show_room(self, room: QWidget, place: str) -> None:
        """Go into a room.

        Args:
            room: One that was taken in.
            place: The name on the rail that it belongs to.
        """
        self._whole.setCurrentIndex(0)
        self._rooms.setCurrentWidget(room)
        self.rail.set_here(place)
        self.foot.set_hints(self._hints[room])

    def drop_room(self, room: QWidget) -> None:
        """Forget a room."""
        self._rooms.removeWidget(room)
        self._hints.pop(room, None)
        room.deleteLater()

    @property
    def room(self) -> QWidget | None:
        """Return the room one is in; None before the rooms."""
        return self._rooms.currentWidget() if self._whole.currentIndex() == 0 else None

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def _set_keys(self) -> None:
        for number, (_, name) in enumerate(PLACES, 1):
            self._key(f"Alt+{number}", lambda name=name: self.room_chosen.emit(name))
        self._key("Ctrl+L", self.log_out_asked.emit)

    def _key(self, keys: str, slot: object) -> None:
        made = QShortcut(QKeySequence(keys), self)
        made.setContext(Qt.ShortcutContext.WindowShortcut)
        made.activated.connect(slot)
