"""The window: arranges the gate, the rail, the rooms and the foot. It decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ui.widgets.frame import RAIL, Foot, Rail
from ui.widgets.walking import go_to, stops, stops_of_room
from ui.widgets.whole import Whole

SMALLEST = QSize(1280, 720)
Hints = Sequence[tuple[str, str]]


class Window(QWidget):
    """The program's one window.

    Signals:
        room_chosen: A room's name, from the rail or by Alt and its number.
        moved: Another room is shown.
        lock_asked: Ctrl+L, or "Lock" at the rail: nobody shall see the rooms now.
        password_asked: Alt+P, or "Change my password" at the rail.
        log_out_asked: "Log out" at the rail: somebody else wants to log in.
        wall_asked: F11: the wall screen is wanted, or enough of it.
        closing: The window is about to close.
    """

    room_chosen = Signal(str)
    moved = Signal()
    lock_asked = Signal()
    password_asked = Signal()
    log_out_asked = Signal()
    wall_asked = Signal()
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("Chairside")
        smallest = SMALLEST.boundedTo(self.screen().availableSize())
        self.setMinimumSize(smallest)
        self.resize(SMALLEST)
        self.rail, self.foot = Rail(), Foot()
        self._rooms = QStackedWidget()
        self._whole = QStackedWidget()
        self._layers, self._before = QStackedWidget(), self.windowState()
        self._hints: dict[QWidget, Hints] = {}
        self._lock: QWidget | None = None
        self._beside = QVBoxLayout()
        self._lay_out()
        self.rail.chosen.connect(self.room_chosen)
        self.rail.person.lock_asked.connect(self.lock_asked)
        self.rail.person.password_asked.connect(self.password_asked)
        self.rail.person.log_out_asked.connect(self.log_out_asked)
        self._set_keys()

    def add_gate(self, page: QWidget) -> None:
        """Take in a page before the rooms; it ends with the window."""
        if self._whole.indexOf(page) < 0:
            self._whole.addWidget(page)

    def show_gate(self, page: QWidget) -> None:
        """Show a page before the rooms; nothing of the record can be seen then."""
        self.add_gate(page)
        self._whole.setCurrentWidget(page)

    def drop_gate(self, page: QWidget) -> None:
        """Forget a page before the rooms."""
        self._whole.removeWidget(page)
        page.deleteLater()

    def add_strip(self, strip: QWidget) -> None:
        """Take in a strip that stands over whatever room one is in, while it is not hidden."""
        self._beside.insertWidget(0, strip)

    @property
    def rooms(self) -> QWidget:
        """Return what the rooms stand in: one that is made there need not be moved there."""
        return self._rooms

    def add_room(self, room: QWidget, hints: Hints = ()) -> None:
        """Take in a room, with what keys do there."""
        self._rooms.addWidget(room)
        self._hints[room] = hints

    def teach(self, room: QWidget, hints: Hints) -> None:
        """Take in that other keys do something in that room now."""
        self._hints[room] = hints
        if self.room is room:
            self.foot.set_hints(hints)

    def show_room(self, room: QWidget, place: str) -> None:
        """Go into a room; while the window is locked it is seen after that.

        Args:
            room: One that was taken in.
            place: The name on the rail that it belongs to.
        """
        if self._lock is None:
            self._whole.setCurrentIndex(0)
        self._rooms.setCurrentWidget(room)
        self.rail.set_here(place)
        self.foot.set_hints(self._hints[room])
        self.moved.emit()

    def lock(self, page: QWidget) -> None:
        """Show this page and no room, whoever asks for one, until it is unlocked."""
        self._lock = page
        self.show_gate(page)

    @property
    def is_locked(self) -> bool:
        """Tell whether the window is locked."""
        return self._lock is not None

    def unlock(self, *, back: bool = True) -> None:
        """Let rooms be shown again.

        Args:
            back: Show the one that one was in, or was to go to meanwhile.
        """
        self._lock = None
        if back:
            self._whole.setCurrentIndex(0)

    def show_over(self, page: QWidget) -> None:
        """Show a page over everything, on the full screen; what is under it goes on."""
        self._before = self.windowState()
        self._layers.addWidget(page)
        self._layers.setCurrentWidget(page)
        self.setWindowState(self._before | Qt.WindowState.WindowFullScreen)
        page.setFocus()

    def drop_over(self, page: QWidget) -> None:
        """Take that page away; what is under it has the focus that it would have had."""
        self._layers.removeWidget(page)
        page.deleteLater()
        self.setWindowState(self._before)

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

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Let Tab walk from the rail through the room and nothing else to the foot."""
        here, every = self.focusWidget(), self._stops()
        if here not in every:
            return super().focusNextPrevChild(next)
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        go_to(every[(every.index(here) + (1 if next else -1)) % len(every)], reason)
        return True

    def _stops(self) -> list[QWidget]:
        """Return what Tab stops at, from the top left on; before the rooms that is up to Qt."""
        room = self.room
        if room is None or not room.isVisible():
            return []
        items = (self._beside.itemAt(n) for n in range(self._beside.count()))
        beside = [w for item in items if item is not None and (w := item.widget()) is not None]
        parts = (stops_of_room(room) if each is self._rooms else stops(each) for each in beside)
        return [*stops(self.rail), *(stop for part in parts for stop in part)]

    def _lay_out(self) -> None:
        house, beside = QWidget(), self._beside
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
        self._layers.addWidget(self._whole)
        layout.addWidget(Whole(self._layers, SMALLEST))

    def _set_keys(self) -> None:
        for number, (_, name) in enumerate(RAIL, 1):
            self._key(f"Alt+{number}", lambda name=name: self._choose_room(name))
        self._key("Ctrl+L", lambda: self._in_rooms(self.lock_asked))
        self._key("Alt+P", lambda: self._in_rooms(self.password_asked))
        self._key("F11", self.wall_asked.emit)

    def _choose_room(self, name: str) -> None:
        """Let a key lead where the rail does, and nowhere else."""
        if self.rail.leads_to(name):
            self._in_rooms(self.room_chosen, name)

    def _in_rooms(self, signal: SignalInstance, *said: str) -> None:
        """Let a key do something in the rooms, and nothing before them."""
        if self.room is not None:
            signal.emit(*said)

    def _key(self, keys: str, slot: object) -> None:
        made = QShortcut(QKeySequence(keys), self)
        made.setContext(Qt.ShortcutContext.WindowShortcut)
        made.activated.connect(slot)
