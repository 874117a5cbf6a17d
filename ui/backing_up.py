"""The window's hand for backups: the timer that looks each hour, and a thread of its own."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ui.presenters.backing_up import BackingDoors, BackingUp
from ui.record import Record
from ui.tasks import Tasks

FIRST_LOOK_MS = 10_000
"""Only then, so that whoever starts the program is not kept waiting at the log-in."""

LOOK_EVERY_MS = 60 * 60 * 1000


class DailyBackup(QObject):
    """Lets a `BackingUp` run beside the window, while the program runs.

    Attributes:
        backing: Makes the backups, and says how they stand.

    Signals:
        changed: Something about the backups stands otherwise than before.
    """

    changed = Signal()
    _progressed = Signal(int, int)

    def __init__(self, record: Record, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = Tasks(self)
        self.backing = BackingUp(
            BackingDoors(
                backups=record.backups,
                now=record.world.clock.now,
                run=self._tasks.run,
                tell=self._progressed.emit,
                changed=self.changed.emit,
            )
        )
        self._progressed.connect(self._on_progress)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """Look soon, and then each hour, whether the day's backup is due."""
        if self.backing.standing.automatic:
            self._timer.start(FIRST_LOOK_MS)

    def close(self) -> None:
        """Stop what is under way, and begin nothing more."""
        self._timer.stop()
        self.backing.close()
        self._tasks.close()

    @Slot()
    def _look(self) -> None:
        self._timer.start(LOOK_EVERY_MS)
        self.backing.look()

    @Slot(int, int)
    def _on_progress(self, done: int, of: int) -> None:
        self.backing.on_progress(done, of)
