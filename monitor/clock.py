"""Where the program learns the time.

Nothing else in the project may ask the operating system what time it is; the
linter bans it. One `Moment` is read at the start of a use-case and passed down, so
that a reading, its alert and its ledger entry can never disagree.
"""

from __future__ import annotations

import datetime as dt
import os
import time
import uuid
import zoneinfo
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Moment:
    """One look at the clocks.

    Attributes:
        now: The wall clock's instant, in UTC and aware of it.
        offset: The station's offset from UTC at that instant, in minutes.
        boot: Which run of the computer this is; a new one after each restart.
        mono: The boot-time clock, in nanoseconds. It runs through suspend and no
            hand on the settings moves it, so a jump of the wall clock can be seen.
    """

    now: dt.datetime
    offset: int
    boot: str
    mono: int


class Clock(Protocol):
    """A source of the present moment."""

    def now(self) -> dt.datetime:
        """Return the present instant, in UTC and aware of it."""
        ...

    def moment(self) -> Moment:
        """Return all that the clocks say at one instant."""
        ...


class SystemClock:
    """The computer's own clocks."""

    def __init__(self) -> None:
        try:
            self._boot = _BOOT_ID.read_text(encoding="ascii").strip()
        except OSError:
            self._boot = str(uuid.uuid4())  # no such file here: at least this run is told apart

    def now(self) -> dt.datetime:
        """Return the present instant, in UTC and aware of it."""
        return dt.datetime.now(dt.UTC)  # noqa: TID251 - the one allowed call

    def moment(self) -> Moment:
        """Return all that the clocks say at one instant."""
        now = self.now()
        offset = now.astimezone().utcoffset() or dt.timedelta()
        return Moment(now, round(offset.total_seconds() / 60), self._boot, _boot_time())


def _boot_time() -> int:
    which = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic_ns() if which is None else time.clock_gettime_ns(which)


def station_zone() -> dt.tzinfo:
    """Return the time zone that this computer is set to.

    Its rules are needed, not only its present offset: in an hour that the clock shows twice, a
    typed time must be found again.
    """
    for name in (os.environ.get("TZ", ""), _zone_of_the_system()):
        try:
            return zoneinfo.ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            continue
    now = dt.datetime.now(dt.UTC).astimezone()  # noqa: TID251 - only its offset is looked at
    return now.tzinfo or dt.UTC


def _zone_of_the_system() -> str:
    """Return "Europe/Warsaw" where /etc/localtime points into the zone database, else nothing."""
    target = os.path.realpath("/etc/localtime")
    return target.partition("/zoneinfo/")[2]
