"""Work that would make the window stutter, done beside it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

T = TypeVar("T")


class Tasks(QObject):
    """Runs one piece of work at a time; answers on the GUI thread."""

    _finished = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="beside the window")
        self._finished.connect(self._deliver)

    def run(self, work: Callable[[], T], then: Callable[[Future[T]], None]) -> None:
        """Do *work*, then call *then* with its finished future."""
        future = self._pool.submit(work)
        future.add_done_callback(lambda done: self._finished.emit(done, then))

    def wait(self) -> None:
        """Wait until what is under way is done; its answer comes with the next event."""
        self._pool.submit(lambda: None).result()

    def close(self) -> None:
        """Wait for what is under way and take nothing more."""
        self._pool.shutdown(wait=True)

    @Slot(object, object)
    def _deliver(self, future: Future[object], then: Callable[[Future[object]], None]) -> None:
        then(future)
