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
        now: The instant by the record's clock, in UTC and aware of it.
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


class RawClocks(Protocol):
    """What a computer has of clocks, each as it is."""

    @property
    def boot(self) -> str:
        """Return which run of the computer this is."""
        ...

    def wall(self) -> dt.datetime:
        """Return what the wall clock shows, in UTC; anybody may set it at any time."""
        ...

    def boot_time(self) -> int:
        """Return the nanoseconds since the computer started, those asleep included."""
        ...

    def awake_time(self) -> int:
        """Return the nanoseconds since it started in which it was not asleep."""
        ...

    def zone(self) -> dt.tzinfo:
        """Return the time zone that the computer is set to now."""
        ...


class SystemClock:
    """The computer's own clocks; implements `Clock` and `RawClocks`."""

    def __init__(self) -> None:
        try:
            self._boot = _BOOT_ID.read_text(encoding="ascii").strip()
        except OSError:
            self._boot = str(uuid.uuid4())  # no such file here: at least this run is told apart

    @property
    def boot(self) -> str:
        """Return which run of the computer this is."""
        return self._boot

    def wall(self) -> dt.datetime:
        """Return what the wall clock shows, in UTC; anybody may set it at any time."""
        return self.now()

    def boot_time(self) -> int:
        """Return the nanoseconds since the computer started, those asleep included."""
        return _boot_time()

    def awake_time(self) -> int:
        """Return the nanoseconds since it started in which it was not asleep."""
        return time.monotonic_ns()

    def zone(self) -> dt.tzinfo:
        """Return the time zone that the computer is set to now."""
        return station_zone()

    def now(self) -> dt.datetime:
        """Return the present instant, in UTC and aware of it."""
        return dt.datetime.now(dt.UTC)  # noqa: TID251 - the one allowed call

    def moment(self) -> Moment:
        """Return all that the clocks say at one instant."""
        now = self.now()
        offset = now.astimezone().utcoffset() or dt.timedelta()
        return Moment(now, round(offset.total_seconds() / 60), self._boot, _boot_time())


class OtherZone(dt.tzinfo):
    """A time zone that says what another one says; what that one is can change.

    Attributes:
        zone: The other one.
    """

    def __init__(self, zone: dt.tzinfo) -> None:
        self.zone = zone

    def utcoffset(self, local: dt.datetime | None) -> dt.timedelta | None:
        """Return the offset from UTC at a local time."""
        return self.zone.utcoffset(local and local.replace(tzinfo=self.zone))

    def dst(self, local: dt.datetime | None) -> dt.timedelta | None:
        """Return how much of it is summer time."""
        return self.zone.dst(local and local.replace(tzinfo=self.zone))

    def tzname(self, local: dt.datetime | None) -> str | None:
        """Return the zone's name at a local time."""
        return self.zone.tzname(local and local.replace(tzinfo=self.zone))

    def fromutc(self, instant: dt.datetime) -> dt.datetime:
        """Return the local time of an instant."""
        return self.zone.fromutc(instant.replace(tzinfo=self.zone)).replace(tzinfo=self)

    def minutes(self, instant: dt.datetime) -> int:
        """Return the offset from UTC at an instant, in minutes."""
        offset = instant.astimezone(self.zone).utcoffset() or dt.timedelta()
        return round(offset.total_seconds() / 60)


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


def whose_times(local: dt.datetime) -> str:
    """Say whose times a list shows that is of no one session.

    Example:
        >>> whose_times(dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=1))))
        "Times are those of this computer's time zone, here UTC+01:00."
    """
    return f"Times are those of this computer's time zone, here UTC{local.isoformat()[-6:]}."
