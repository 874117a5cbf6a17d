"""Locks the screen by key or when nobody is there, and gives the rooms back as they were."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid
from typing_extensions import override

from monitor.clinic import LockScreen, LogIn, UnlockScreen
from monitor.errors import MonitorError
from monitor.overview import SessionOverview
from monitor.people import Author
from ui.house import House
from ui.keeper import Keeper
from ui.presenters.kept_lines import KeptLine, KeptLines
from ui.presenters.lock import LockDoors, LockPresenter
from ui.presenters.shield_face import shield_face
from ui.presenters.words import MINUTE
from ui.record import Record
from ui.screens.gate.lock_page import HINTS, LockPage
from ui.session_rooms import SessionRooms
from ui.tasks import Tasks
from ui.ticker import Ticker
from ui.window import Window

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
"""What shows that somebody is there."""


class Hands(QObject):
    """Notices keys and pointer in every window of the program.

    It listens where the system hands them over, once a window, and not at each widget.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._moved = False
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self.listen)
        self.listen(window.windowHandle())

    def listen(self, window: QWindow | None) -> None:
        """Listen to one more window; again to one that is known changes nothing."""
        if window is not None:
            window.installEventFilter(self)

    def have_moved(self) -> bool:
        """Tell whether anything was pressed or moved since this was last asked."""
        moved, self._moved = self._moved, False
        return moved

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._moved = True
        return False


class HiddenDialogs(QObject):
    """Keeps every dialog from the screen while it is locked, also one that opens only then."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._dialogs: list[QDialog] = []

    def begin(self) -> None:
        """Hide what is open, and from now on what opens."""
        if popup := QApplication.activePopupWidget():
            popup.close()
        for each in QApplication.topLevelWidgets():
            if isinstance(each, QDialog) and each.isVisible():
                self._dialogs.append(each)
                each.hide()
        QCoreApplication.instance().installEventFilter(self)  # type: ignore[union-attr] # there is a window

    def give_back(self) -> None:
        """Show them again, as they were."""
        for dialog in self._taken():
            QDialog.open(dialog)  # some have an `open` of their own, which wants more

    def reject(self) -> None:
        """Close them: somebody else may look at the screen now."""
        for dialog in self._taken():
            dialog.reject()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QDialog):
            watched.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)  # not for one instant
            QTimer.singleShot(0, self, self._hide_new)
            self._dialogs.append(watched)
        return False

    def _hide_new(self) -> None:
        for dialog in self._dialogs:
            if isValid(dialog):
                dialog.hide()
                dialog.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, on=False)

    def _taken(self) -> list[QDialog]:
        """Return the dialogs that were hidden and are still there, once."""
        QCoreApplication.instance().removeEventFilter(self)  # type: ignore[union-attr] # there is a window
        self._hide_new()
        hidden, self._dialogs = self._dialogs, []
        return [dialog for dialog in dict.fromkeys(hidden) if isValid(dialog)]


class Locking(QObject):
    """Stands between the rooms and whoever passes by.

    Signals:
        other_person: An `Author` who logged in at the locked screen; the rooms are to be theirs.
    """

    other_person = Signal(object)

    def __init__(
        self,
        window: Window,
        record: Record,
        *,
        tasks: Tasks,
        ticker: Ticker,
        keeper: Keeper,
    ) -> None:
        """Watch from now on.

        Args:
            window: The program's.
            record: What is open.
            tasks: Checks the password beside the window.
            ticker: Tells when a second has passed.
            keeper: Knows how the record stands, its open sessions, and what was chosen here.
        """
        super().__init__(window)
        self._window, self._world, self._keeper = window, record.world, keeper
        self._house: House | None = None
        self._hands = Hands(window)
        self._kept = KeptLines()
        self._last = self._since = record.world.clock.now()
        self._focus: QWidget | None = None
        self._dialogs = HiddenDialogs(self)
        self._locked = False
        self.page = LockPage()
        window.add_gate(self.page)
        self.page.foot.set_hints(HINTS)
        doors = LockDoors(
            unlock=UnlockScreen(record.world),
            log_in=LogIn(record.world),
            overviews=keeper.open_sessions.look,
            run=tasks.beside("lock").run,  # nobody waits at the lock behind slow work
            zone=record.world.zone,
        )
        self._presenter = LockPresenter(self.page, doors, self._let_in)
        self._wire(ticker)

    def enter(self, house: House) -> None:
        """Somebody is in; what they had half typed before is given back where they open it."""
        self._house = house
        house.sessions.on_made.append(self._give_back)
        self._hands.listen(self._window.windowHandle())
        self._last = self._world.clock.now()

    def lock(self, idle: int = 0) -> None:
        """Hide every room and dialog, and leave them as they are.

        Args:
            idle: After how many minutes without a key; 0 where somebody asked for it.
        """
        house = self._house
        if house is None or self._locked:
            return
        self._locked, self._since = True, self._world.clock.now()
        self._focus = QApplication.focusWidget()
        self._dialogs.begin()
        self._window.lock(self.page)
        kept = [overview.chair for _, overview, _ in _half_typed(house)]
        self._presenter.begin(house.author, self._since, idle=idle, kept=kept)
        self._show_shield()
        self.on_tick(self._since)
        with contextlib.suppress(MonitorError):  # a full disk leaves no screen open
            LockScreen(self._world)(house.author, idle=bool(idle))

    def log_out(self) -> None:
        """Let whoever is in leave; what is half typed is kept for them."""
        if self._house is not None and not self._locked:
            self._leave(self._house)

    def on_tick(self, now: dt.datetime) -> None:
        """A second has passed: move the list, or see whether anybody is there."""
        if self._locked:
            self.page.foot.set_clock(f"{now.astimezone(self._world.zone):%H:%M}")
            self._presenter.on_tick(now)
            return
        if self._hands.have_moved() or now < self._last:
            self._last = now
        minutes = self._keeper.preferences.now.lock_minutes
        if self._house is not None and minutes and now - self._last >= minutes * MINUTE:
            self.lock(minutes)

    def close(self) -> None:
        """Watch no more."""
        self._house = None

    # --- who comes back ---------------------------------------------------------------------

    def _let_in(self, author: Author) -> None:
        house = self._house
        if house is None:
            return
        self.page.forget()
        self._locked = False
        self._hands.have_moved()
        self._last = self._world.clock.now()
        if author.user == house.author.user:
            self._back_to(house, author)
        else:
            self._window.unlock(back=False)
            self._dialogs.reject()
            self._leave(house)
            self.other_person.emit(author)

    def _back_to(self, house: House, author: Author) -> None:
        """Show the rooms as they were, the focus where it was."""
        if author != house.author:
            house.set_author(author)
        self._window.unlock()
        focus, self._focus = self._focus, None
        if focus is not None and isValid(focus) and focus.isVisible():
            focus.setFocus()
        self._dialogs.give_back()
        if self._last - self._since >= MINUTE:
            for rooms, _, _ in _half_typed(house):
                rooms.session.tell_kept(self._since)

    def _leave(self, house: House) -> None:
        since = self._since if self._locked else self._world.clock.now()
        for _, overview, lines in _half_typed(house):
            line = KeptLine(lines, since)
            self._kept.keep(house.author.user, overview.session_id, line)
        self._house = self._focus = None
        house.leave()

    def _give_back(self, session_id: str, rooms: SessionRooms) -> None:
        if self._house is None:
            return
        line = self._kept.give_back(self._house.author.user, session_id)
        if line is not None and rooms.session.overview.closed_at is None:
            rooms.session.give_back(line)

    # --- the page ---------------------------------------------------------------------------

    def _show_shield(self) -> None:
        self.page.foot.set_shield(shield_face(self._keeper.watched, self._world.zone))

    def _wire(self, ticker: Ticker) -> None:
        self._window.lock_asked.connect(self.lock)
        self._window.log_out_asked.connect(self.log_out)
        self._keeper.changed.connect(self._show_shield)
        ticker.ticked.connect(self.on_tick)
        self.page.submitted.connect(self._presenter.submit)
        self.page.other_asked.connect(self._presenter.someone_else)
        self.page.back.connect(self._presenter.back)


def _half_typed(house: House) -> Iterator[tuple[SessionRooms, SessionOverview, tuple[str, ...]]]:
    """Give the sessions in which a line was typed that was not stored, with all such lines."""
    for _, rooms in house.sessions.made:
        lines = rooms.session.entry.lines
        if lines:
            yield rooms, rooms.session.overview, lines
