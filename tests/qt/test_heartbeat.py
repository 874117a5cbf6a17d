"""Ticker, bridge and tasks: how time, entries and slow work reach the window."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

from monitor.entries import Entry
from tests.fakes.clock import FakeClock
from tests.fakes.visit import Visit
from ui.bridge import EntryBridge
from ui.tasks import Tasks
from ui.ticker import Ticker


def test_that_a_beat_carries_the_instant_of_the_clock(qtbot: QtBot) -> None:
    clock = FakeClock()
    ticker = Ticker(clock)
    with qtbot.waitSignal(ticker.ticked) as ticked:
        ticker.tick()
    assert ticked.args == [clock.now()]


def test_that_it_beats_by_itself_until_it_is_stopped(qtbot: QtBot) -> None:
    ticker = Ticker(FakeClock())
    ticker.start()
    with qtbot.waitSignal(ticker.ticked, timeout=5000):
        pass
    ticker.stop()


def test_that_entries_arrive_on_the_window_s_thread(qapp: QApplication, qtbot: QtBot) -> None:
    bridge = EntryBridge()
    heard: list[tuple[Entry, bool]] = []
    bridge.entry_recorded.connect(
        lambda entry: heard.append((entry, QThread.currentThread() is qapp.thread()))
    )
    entries = Visit().ordered().store.entries

    def write() -> None:
        for entry in entries:
            bridge.publish(entry)

    other = threading.Thread(target=write)
    other.start()
    qtbot.waitUntil(lambda: len(heard) == len(entries))
    other.join()
    assert [entry for entry, _ in heard] == list(entries)


def test_that_slow_work_is_done_beside_the_window_and_answered_on_it(qtbot: QtBot) -> None:
    tasks = Tasks()
    answers: list[tuple[int, bool]] = []
    here = threading.get_ident()

    def then(future: Future[int]) -> None:
        answers.append((future.result(), threading.get_ident() == here))

    tasks.run(threading.get_ident, then)
    qtbot.waitUntil(lambda: bool(answers))
    worker, on_window = answers[0]
    assert worker != here
    assert on_window
    tasks.close()


def test_that_an_error_of_slow_work_reaches_whoever_asked(qtbot: QtBot) -> None:
    tasks = Tasks()
    errors: list[BaseException | None] = []

    def fail() -> None:
        raise OSError("disk gone")

    tasks.run(fail, lambda future: errors.append(future.exception()))
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], OSError)
    tasks.close()


def test_that_an_answer_that_asks_for_more_work_after_the_close_asks_in_vain(
    qtbot: QtBot,
) -> None:
    tasks, begun, answered, more = Tasks(), threading.Event(), list[bool](), list[int]()

    def then(future: Future[bool]) -> None:
        answered.append(future.result())
        tasks.run(lambda: more.append(1), lambda _: more.append(2))

    tasks.run(begun.wait, then)
    begun.set()
    tasks.close()
    qtbot.waitUntil(lambda: answered == [True])
    QApplication.processEvents()
    assert not more


class Hasty(ThreadPoolExecutor):
    """Has done everything by the time that it was handed over."""

    @override
    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future = super().submit(fn, *args, **kwargs)
        future.exception()
        return future


def test_that_no_answer_comes_before_whoever_asked_goes_on(qtbot: QtBot) -> None:
    tasks, answered = Tasks(), list[int]()
    tasks._pool.shutdown()
    tasks._pool = Hasty(max_workers=1)
    tasks.run(lambda: 1, lambda future: answered.append(future.result()))
    assert not answered
    qtbot.waitUntil(lambda: answered == [1])
    tasks.close()
