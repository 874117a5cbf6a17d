"""The record's clock in the window: watched at every beat, with the strip that asks about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from monitor.clock_keeping import ConfirmClock, WatchClock
from monitor.desk import World
from monitor.people import Author
from monitor.steady_clock import SteadyClock
from ui.presenters.clock_notice import ClockDoors, ClockNotice
from ui.ticker import Ticker
from ui.widgets.clock_strip import ClockStrip
from ui.window import Window


class ClockWatch(QObject):
    """Watches the clock for as long as the record is open, whoever is there.

    Where the world's clock is not one that can be watched, it does nothing.
    """

    def __init__(
        self, window: Window, world: World, author: Callable[[], Author | None], ticker: Ticker
    ) -> None:
        super().__init__(window)
        self.strip = ClockStrip()
        self._notice: ClockNotice | None = None
        window.add_strip(self.strip)
        if isinstance(world.clock, SteadyClock):
            self._notice = notice = ClockNotice(self.strip, _doors(world, world.clock, author))
            self.strip.pressed.connect(notice.press)
            self.strip.typed.connect(notice.type)
            ticker.ticked.connect(notice.on_tick)

    def on_person(self) -> None:
        """Somebody has logged in or out."""
        if self._notice is not None:
            self._notice.on_person()


def _doors(world: World, clock: SteadyClock, author: Callable[[], Author | None]) -> ClockDoors:
    answer = ConfirmClock(world, clock)
    return ClockDoors(
        disturbed=lambda: clock.disturbance() is not None,
        watch=WatchClock(world, clock),
        keep=answer.keep,
        take=answer.take_computers,
        set_to=answer.set_to,
        author=author,
        zone=clock.zone,
    )
