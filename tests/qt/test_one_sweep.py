"""However many workers there are beside the window, its garbage is collected once at a time."""

from __future__ import annotations

import gc

import pytest

from ui.tasks import Tasks

pytestmark = pytest.mark.usefixtures("qapp")


def test_that_two_workers_do_not_both_collect_garbage() -> None:
    first, second = Tasks(), Tasks()
    begun: list[str] = []

    def note(phase: str, _: object) -> None:
        begun.append(phase)

    gc.callbacks.append(note)
    for tasks in (first, second, first, second):
        tasks._sweeper._timer.timeout.emit()
    gc.callbacks.remove(note)
    first.close()
    second.close()

    assert begun.count("start") <= 1
    assert gc.isenabled()


def test_that_garbage_is_collected_by_the_window_as_long_as_one_worker_is_there() -> None:
    first, second = Tasks(), Tasks()
    first.close()

    assert not gc.isenabled()

    second.close()

    assert gc.isenabled()
