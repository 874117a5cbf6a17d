"""A computer whose clocks a test moves one by one, and a visit that is recorded at it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

from typing_extensions import override

from monitor.clock import Moment
from monitor.clock_keeping import ConfirmClock, Seen, WatchClock
from monitor.people import Author, Role
from monitor.steady_clock import SteadyClock
from tests.fakes.clock import WARSAW
from tests.fakes.visit import Visit

START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=WARSAW).astimezone(dt.UTC)
EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)
AUDITOR = Author("au", Role.AUDITOR, "Ada Unger")


class FakeComputer:
    """Implements `monitor.clock.RawClocks`.

    Attributes:
        real: What time it really is.
        off: By how much its wall clock is ahead.
        asleep: How long it has slept since it was started.
    """

    def __init__(self, real: dt.datetime = START) -> None:
        self.real = real
        self.off = dt.timedelta()
        self.asleep = dt.timedelta()
        self.started = EPOCH
        self.name = "boot-1"
        self.set_to: dt.tzinfo = WARSAW

    @property
    def boot(self) -> str:
        return self.name

    def wall(self) -> dt.datetime:
        return self.real + self.off

    def boot_time(self) -> int:
        return (self.real - self.started) // MICROSECOND * 1000

    def awake_time(self) -> int:
        return (self.real - self.started - self.asleep) // MICROSECOND * 1000

    def zone(self) -> dt.tzinfo:
        return self.set_to

    def goes_on(self, **delta: float) -> None:
        """Let real time pass, by the keywords of `timedelta`."""
        self.real += dt.timedelta(**delta)

    def jumps(self, **delta: float) -> None:
        """Set the wall clock by so much; no time passes."""
        self.off += dt.timedelta(**delta)

    def sleeps(self, **delta: float) -> None:
        """Be suspended for so long: both the wall and the boot-time clock go on."""
        self.asleep += dt.timedelta(**delta)
        self.real += dt.timedelta(**delta)

    def is_started_anew(self, **off: float) -> None:
        """Be switched off and on again, the wall clock wrong by so much."""
        self.started, self.asleep = self.real, dt.timedelta()
        self.name = f"{self.name}+"
        self.off = dt.timedelta(**off)

    def moves_to(self, zone: str) -> None:
        """Be set to another time zone."""
        self.set_to = ZoneInfo(zone)


class VisitAtComputer(Visit):
    """A visit whose clock goes by a computer's; `at` names real time, whatever a clock shows."""

    def __init__(self, protocol: str = "iv-ketamine-40") -> None:
        super().__init__(protocol)
        self.computer = FakeComputer(self.clock.now())
        self.open()

    def open(self) -> None:
        """Open the program, again if it was open before."""
        self.steady = SteadyClock(self.computer, self.last_moment())
        self.world = dataclasses.replace(self.world, clock=self.steady, zone=self.steady.zone)

    def last_moment(self) -> Moment:
        """Return the newest moment in the record."""
        return self.store.entries[-1].moment

    @override
    def at(self, hhmm: str) -> VisitAtComputer:
        """Let it really be that local time; the next one if it is past."""
        super().at(hhmm)
        wanted = self.clock.now()
        if hasattr(self, "computer"):
            while wanted < self.computer.real:
                wanted += dt.timedelta(days=1)
            self.computer.real = wanted
        return self

    def watch(self) -> Seen:
        """Look at the clocks, as the window does each second."""
        return WatchClock(self.world, self.steady)()

    @property
    def answer(self) -> ConfirmClock:
        """Return how a person says which time is right."""
        return ConfirmClock(self.world, self.steady)

    def told(self) -> list[str]:
        """Return the kinds of clock entries in the session, as its overview tells them."""
        return [event.kind for event in self.overview.clock_events]

    def shows(self, name: str) -> str:
        """Return when a slot falls due, as the clock shows it."""
        due = self.slot(name).due
        assert due is not None
        return f"{self.overview.local(due):%H:%M}"
