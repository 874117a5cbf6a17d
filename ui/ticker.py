"""The program's heartbeat."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from monitor.clock import Clock

_BEAT_MS = 1000


class Ticker(QObject):
    """Tells the time to whoever must act when it passes.

    Signals:
        ticked: The present instant, about once a second.
    """

    ticked = Signal(object)

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Begin to beat."""
        self._timer.start()

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def tick(self) -> None:
        """Beat once; a test may, without waiting a second."""
        self.ticked.emit(self._clock.now())
