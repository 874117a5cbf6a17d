"""Watches over one record beside the window: holds it against itself, sees what is missing."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import Future
from dataclasses import replace
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from monitor.entries import Entry
from monitor.errors import MonitorError
from monitor.history import HISTORY
from monitor.history_keeping import ShowHistoryGap
from ui import guard
from ui.backing_up import DailyBackup
from ui.bridge import EntryBridge
from ui.open_sessions import OpenSessions
from ui.preferences import PreferencesFile
from ui.presenters.watching import Watched
from ui.record import Checked, Record
from ui.tasks import Tasks
from ui.wording import sentence

CHECK_EVERY_MS = 60 * 60 * 1000
"""What was written since the last check is checked every hour; the whole record once a day."""

LOOK_EVERY_MS = 60 * 1000
"""How often the disk's room is looked at, and what could not be checked is tried again."""


class _StoppedError(Exception):
    """The check was stopped, by hand or because the window closes."""


class Keeper(QObject):
    """Knows how the record stands, as long as it is open.

    Checks run on a worker of their own, so that neither a signature nor an entry waits behind
    one.

    Attributes:
        daily: Makes the backups.
        open_sessions: The sessions that are open, as all rooms and the reminders see them.
        preferences: What this computer was told about reminders and the lock.

    Signals:
        changed: A `Watched`: something is known that was not.
        written: Something was written, here or by another process.
    """

    changed = Signal(object)
    written = Signal()
    _progressed = Signal(int, int)

    def __init__(self, record: Record, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._record, self._tasks = record, Tasks(self)
        self.daily = DailyBackup(record, self)
        self.open_sessions = OpenSessions.of(record.world)
        self.preferences = PreferencesFile()
        self._stop: Event | None = None
        self._whole_wanted = False
        self._closed = False
        self.watched = Watched()
        self._bridge = EntryBridge(self)
        self._listen_no_more = record.listen(self._bridge.publish)
        self._bridge.entry_recorded.connect(self._on_entry)
        self._progressed.connect(self._on_progress)
        self._hourly, self._minutely = QTimer(self), QTimer(self)
        self._hourly.timeout.connect(self.check)
        self._minutely.timeout.connect(self.look_again)

    # --- hands ------------------------------------------------------------------------------

    def begin(self) -> None:
        """Look at everything, and go on looking."""
        self._hourly.start(CHECK_EVERY_MS)
        self._minutely.start(LOOK_EVERY_MS)
        self.daily.begin()
        self.look()
        self.check()

    @Slot()
    def check(self) -> None:
        """Check what was written since the last time, and the whole record where that is due."""
        if self._stop is None:
            seen_once = self.watched.at is not None or bool(self.watched.trouble)
            self._check(whole=seen_once and self._is_whole_due())

    def check_everything(self) -> None:
        """Check the whole record now; a smaller check that is under way gives way to it."""
        if self._stop is None:
            self._check(whole=True)
        elif not self.watched.whole:
            self._whole_wanted = True
            self._stop.set()

    def cancel(self) -> None:
        """Stop the check that is under way; nothing was changed by it."""
        self._whole_wanted = False
        if self._stop is not None:
            self._stop.set()

    @Slot()
    def look(self) -> None:
        """See what is missing of the record's history, and how much room its disk has."""
        try:
            gap = ShowHistoryGap(self._record.world)()
        except MonitorError as error:
            self.tell_unread(sentence(error))
            return
        explained = self.watched.gap is not None and gap is None
        free = self._record.free_bytes()
        self._tell(replace(self.watched, gap=gap, free=free, unread=""))
        if explained:
            self.check_everything()  # what was found of it is over

    def look_everywhere(self) -> None:
        """Look, after another process has written nobody knows what."""
        self.open_sessions.forget()
        self.look()
        self.written.emit()

    @Slot()
    def look_again(self) -> None:
        """Look, as each minute; a check that could not be finished is tried again."""
        self.look()
        if self.watched.trouble:
            self.check()

    def tell_unread(self, said: str) -> None:
        """Let it be known why the record cannot be looked at just now; empty ends that."""
        if said != self.watched.unread:
            self._tell(replace(self.watched, unread=said))

    def close(self) -> None:
        """Stop, and wait until nothing looks at the record any more."""
        self._closed = True
        self._hourly.stop()
        self._minutely.stop()
        self._listen_no_more()
        self.cancel()
        self.daily.close()
        self._tasks.close()

    def wait(self) -> None:
        """Wait until a check that is under way is done; its answer comes with the next event."""
        self._tasks.wait()

    # --- checks -----------------------------------------------------------------------------

    def _is_whole_due(self) -> bool:
        return self.watched.wants_whole or self.watched.is_whole_due(self._now())

    def _check(self, *, whole: bool) -> None:
        self._stop = stop = Event()
        self._whole_wanted = False
        self._tell(self.watched.began(whole=whole))

        def told(done: int, of: int) -> None:
            if stop.is_set():
                raise _StoppedError
            self._progressed.emit(done, of)

        self._tasks.run(lambda: self._record.check(told, whole=whole), self._checked)

    def _checked(self, future: Future[Checked]) -> None:
        whole, self._stop = self.watched.whole, None
        if self._closed:
            return  # the answer came after the window had gone
        error = future.exception()
        if isinstance(error, _StoppedError):
            self._tell(self.watched.was_stopped() if whole else replace(self.watched, share=None))
        elif error is not None:
            self._tell(self.watched.failed(guard.met(error)))
            return
        else:
            self._tell(self.watched.finished(future.result(), self._now()))
            self._whole_wanted |= not whole and self._is_whole_due()
        if self._whole_wanted:
            self._check(whole=True)

    @Slot(int, int)
    def _on_progress(self, done: int, of: int) -> None:
        self._tell(self.watched.went_on(done, of))

    def _on_entry(self, entry: Entry) -> None:
        self.open_sessions.on_entry(entry.stream)
        self.written.emit()
        if entry.stream == HISTORY:
            self.look()

    def _now(self) -> dt.datetime:
        return self._record.world.clock.now()

    def _tell(self, watched: Watched) -> None:
        if watched != self.watched:
            self.watched = watched
            self.changed.emit(watched)
