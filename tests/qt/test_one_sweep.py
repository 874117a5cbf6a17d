"""However many workers there are beside the window, its garbage is collected once at a time."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from ui.tasks import Tasks, _Sweeper

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin without a worker, whatever a window that is not gone yet has."""
    monkeypatch.setattr(_Sweeper, "_at_work", 0)
    was_enabled = gc.isenabled()
    gc.enable()
    yield
    if not was_enabled:
        gc.disable()


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
