"""Windows on a computer whose runs have no name that they could all know."""

from __future__ import annotations

from dataclasses import replace

import pytest
from typing_extensions import override

from monitor.clock_keeping import ConfirmClock, WatchClock
from monitor.steady_clock import SteadyClock
from tests.fakes.computer import FakeComputer, VisitAtComputer


@pytest.fixture
def visit() -> VisitAtComputer:
    visit = VisitAtComputer()
    visit.started("10:00")
    return visit


class OtherRun(FakeComputer):
    """The same computer, which has no name for its run: each program makes one up."""

    def __init__(self, computer: FakeComputer, name: str) -> None:
        self.computer, self.own_name = computer, name

    @property
    @override
    def boot(self) -> str:
        return self.own_name

    def __getattr__(self, name: str) -> object:
        return getattr(self.computer, name)


def ticks(visit: VisitAtComputer, *windows: WatchClock) -> list[str]:
    """What is told of ten seconds in which each window looks at the clocks."""
    before = len(visit.told())
    for _ in range(10):
        visit.computer.goes_on(seconds=1)
        for window in windows:
            window()
    return visit.told()[before:]


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("answered_by", [0, 1])
@pytest.mark.parametrize("answer", ["keep", "take_computers"])
def test_that_windows_without_a_common_name_for_their_run_say_little(
    visit: VisitAtComputer, answer: str, answered_by: int, *, late: bool
) -> None:
    def window(name: str) -> WatchClock:
        steady = SteadyClock(OtherRun(visit.computer, name), visit.last_moment())
        return WatchClock(replace(visit.world, clock=steady, zone=steady.zone), steady)

    windows = [window("w-1")]
    ticks(visit, *windows)
    windows += [] if late else [window("w-2")]
    ticks(visit, *windows)
    visit.computer.jumps(hours=1)
    assert ticks(visit, *windows) == ["jumped"]
    windows += [window("w-2")] if late else []
    assert ticks(visit, *windows) == (["restarted"] if late else [])
    chosen = windows[answered_by]
    getattr(ConfirmClock(chosen.world, chosen.clock), answer)(visit.nurse)
    assert len(ticks(visit, *windows)) <= late
    assert ticks(visit, *windows) == []
    assert windows[0].clock.now() == windows[1].clock.now()
