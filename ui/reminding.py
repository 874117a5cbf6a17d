"""Reminders that reach whoever is near: by tray or corner window, by ear, and in every room.

They belong to the program: no room, no dialog, no person and no lock of the screen ends them.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from monitor.errors import MonitorError
from monitor.people import Author
from ui.keeper import Keeper
from ui.presenters.reminding import (
    Announcement,
    PressingFace,
    RemindingDoors,
    RemindingPresenter,
)
from ui.record import Record
from ui.sound import Chime
from ui.status_icon import StatusIcon, has_tray
from ui.ticker import Ticker
from ui.widgets.reminder_window import ReminderWindow
from ui.window import Window

GO_KEY = "Alt+D"
"""Goes to the chair that presses most."""


class Heard(Protocol):
    """Something that can be heard."""

    def play(self) -> None:
        """Let it be heard."""
        ...

    def close(self) -> None:
        """Fall silent."""
        ...


class Reminding(QObject):
    """Reminds for as long as the record is open, whoever is there; a `RemindingView`.

    Args:
        author: Returns who is there; None while nobody has logged in.
        since: When the program was last there, if it was closed while a session was open.

    Signals:
        session_asked: A session's identity: whoever is there wants to go to it.
    """

    session_asked = Signal(str)

    def __init__(
        self,
        window: Window,
        record: Record,
        keeper: Keeper,
        ticker: Ticker,
        *,
        author: Callable[[], Author | None],
        since: dt.datetime | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._record, self._keeper, self._ticker = window, record, keeper, ticker
        self._author = author
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 - there is a window
        self._application = application
        self.sound: Heard = Chime(self)
        self.icon = StatusIcon(window) if has_tray() else None
        self.corner = ReminderWindow()
        self._announced = ""
        self._pressing = PressingFace()
        sessions = keeper.open_sessions
        doors = RemindingDoors(
            look=sessions.look,
            known=lambda: sessions.known,
            unread=lambda: sessions.unread,
            lead=lambda: dt.timedelta(minutes=keeper.preferences.now.lead_minutes),
        )
        self._presenter = RemindingPresenter(self, doors, since)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.look)
        self._connect()

    @Slot()
    def look(self) -> None:
        """Look at the chairs now."""
        self._presenter.look(self._record.world.clock.now())

    @property
    def pressing(self) -> PressingFace:
        """Return what any chair waits for now."""
        return self._pressing

    def close(self) -> None:
        """Remind no more: the record is being closed."""
        self._ticker.ticked.disconnect(self._on_tick)
        self._keeper.written.disconnect(self._on_written)
        self._application.focusWindowChanged.disconnect(self._on_focus)
        self._soon.stop()
        self.sound.close()
        self.corner.close()
        self.corner.deleteLater()
        if self.icon is not None:
            self.icon.hide()
        self.show_pressing(PressingFace())

    # --- what the presenter asks ------------------------------------------------------------

    def announce(self, message: Announcement) -> None:
        """Let this be seen and heard, wherever the window is."""
        self._announced = message.session_id
        if self._keeper.preferences.now.sound:
            self.sound.play()
        QApplication.alert(self._window)
        if self._is_in_front():
            return  # it stands there
        if self.icon is not None:
            self.icon.tell(message.title, message.lines)
        else:
            self.corner.tell(message.title, message.lines)

    def show_pressing(self, face: PressingFace) -> None:
        """Show this in every room, and in the tray."""
        if face == self._pressing:
            return
        self._pressing = face
        words = f"{face.overdue} overdue" if face.overdue else ""
        self._window.rail.places["Chairs"].set_count(face.overdue, words)
        self._window.foot.pressing.show_words(face.words, face.state)
        if self.icon is not None:
            self.icon.show_pressing(face.overdue, face.lines)

    # --- hands ------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._ticker.ticked.connect(self._on_tick)
        self._keeper.written.connect(self._on_written)
        self._window.foot.pressing.asked.connect(self._go_to_pressing)
        self.corner.asked.connect(self._go_to_announced)
        if self.icon is not None:
            self.icon.asked.connect(self._go_to_announced)
            self.icon.show_asked.connect(self._show_window)
            self.icon.quit_asked.connect(self._window.close)
        go = QShortcut(QKeySequence(GO_KEY), self._window)
        go.activated.connect(self._go_to_pressing)
        self._application.focusWindowChanged.connect(self._on_focus)

    @Slot(object)
    def _on_tick(self, now: dt.datetime) -> None:
        if self._author() is None:  # else the rooms ask, and tell the keeper
            with contextlib.suppress(MonitorError):
                if self._record.changed_elsewhere():
                    self._keeper.look_everywhere()
        self._presenter.look(now)
        self._on_focus()

    @Slot()
    def _on_written(self) -> None:
        self._soon.start(0)  # once for all entries of one act

    @Slot()
    def _on_focus(self) -> None:
        if self.corner.isVisible() and self._is_in_front():
            self.corner.hide()

    @Slot()
    def _go_to_announced(self) -> None:
        self._show_window()
        if self._announced:
            self.session_asked.emit(self._announced)

    @Slot()
    def _go_to_pressing(self) -> None:
        if self._pressing.session_id:
            self.session_asked.emit(self._pressing.session_id)

    @Slot()
    def _show_window(self) -> None:
        window = self._window
        if window.isMinimized():
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        self.corner.hide()

    def _is_in_front(self) -> bool:
        """Tell whether whoever looks at the screen sees a room or the lock, which say it too."""
        window = self._window
        says_it = window.room is not None or window.is_locked
        return says_it and window.isActiveWindow() and not window.isMinimized()
