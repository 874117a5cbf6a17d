"""Work that would make the window stutter, done beside it."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

T = TypeVar("T")

_SWEEP_MS = 1000
_OLDER, _OLDEST = 10, 60  # so many sweeps lie between those of the older generations


class Tasks(QObject):
    """Runs one piece of work at a time; answers on the GUI thread.

    Qt's objects may end on that thread alone. So nothing that is handed over here is let go by
    the worker, and as long as there is one, garbage is collected by a timer of the window's and
    never by whichever thread happens to be making something.
    """

    _finished = Signal(object, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="beside the window")
        self._under_way: dict[int, tuple[Callable[[], object], Callable[[Future[Any]], None]]] = {}
        self._numbers = itertools.count()
        self._beside: dict[str, Tasks] = {}
        self._is_closed = False
        # Queued: else an answer that is there at once would come before *run* returns.
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._sweeper = _Sweeper(self)

    def run(self, work: Callable[[], T], then: Callable[[Future[T]], None]) -> None:
        """Do *work*, then call *then* with its finished future; nothing once this is closed.

        *then* is never called before this returns, however quick the work is.
        """
        if self._is_closed:
            return  # an answer that came with the close asked for more
        number = next(self._numbers)
        self._under_way[number] = work, then
        future = self._pool.submit(self._do, number)
        future.add_done_callback(lambda done: self._finished.emit(done, number))

    def beside(self, name: str) -> Tasks:
        """Return another worker, for what nobody shall wait behind; it closes with this one."""
        if name not in self._beside:
            self._beside[name] = Tasks(self)
        return self._beside[name]

    def wait(self) -> None:
        """Wait until what is under way is done; its answer comes with the next event."""
        self._pool.submit(lambda: None).result()

    def close(self) -> None:
        """Wait for what is under way and take nothing more."""
        self._is_closed = True
        for other in self._beside.values():
            other.close()
        self._pool.shutdown(wait=True)
        self._sweeper.stop()

    def _do(self, number: int) -> object:
        return self._under_way[number][0]()

    @Slot(object, int)
    def _deliver(self, future: Future[object], number: int) -> None:
        _, then = self._under_way.pop(number)
        then(future)


class _Sweeper:
    """Collects garbage on the GUI thread, and keeps every other thread from it.

    However many there are, one of them sweeps at each beat: a whole sweep is long enough to be
    felt, and nothing is left for a second one.
    """

    _at_work = 0
    _sweeps = 0
    _since = QElapsedTimer()

    def __init__(self, parent: QObject) -> None:
        self._stopped = False
        self._timer = QTimer(parent)
        self._timer.timeout.connect(self._sweep)
        self._timer.start(_SWEEP_MS)
        _Sweeper._at_work += 1
        gc.disable()

    def stop(self) -> None:
        """Sweep no more; the last one leaves it to Python again."""
        if self._stopped:
            return
        self._stopped = True
        self._timer.stop()
        _Sweeper._at_work -= 1
        if not _Sweeper._at_work:
            gc.enable()

    def _sweep(self) -> None:
        if _Sweeper._since.isValid() and _Sweeper._since.elapsed() < _SWEEP_MS // 2:
            return  # another one has just done it
        _Sweeper._sweeps += 1
        sweeps = _Sweeper._sweeps
        gc.collect(2 if not sweeps % _OLDEST else 1 if not sweeps % _OLDER else 0)
        _Sweeper._since.start()
