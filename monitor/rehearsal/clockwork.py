"""The clock of a rehearsal: it stands still until the script moves it."""

from __future__ import annotations

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from monitor.steady_clock import SteadyClock

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


class ScriptComputer:
    """A computer that is never restarted; a script may set its wall clock and let it sleep.

    Implements `monitor.clock.RawClocks`.

    Attributes:
        real: What time it really is.
        off: By how much its wall clock is ahead of that.
        asleep: For how long it has been suspended.
    """

    def __init__(self, start: dt.datetime, zone: ZoneInfo, seed: bytes) -> None:
        self.real = start.astimezone(dt.UTC)
        self.off = self.asleep = dt.timedelta()
        self._zone = zone
        self._boot = str(uuid.UUID(bytes=seed[:16], version=4))

    @property
    def boot(self) -> str:
        """Return the one run of the computer, which follows from the file."""
        return self._boot

    def wall(self) -> dt.datetime:
        """Return what its wall clock shows."""
        return self.real + self.off

    def boot_time(self) -> int:
        """Return the nanoseconds of real time."""
        return (self.real - _EPOCH) // _MICROSECOND * 1000

    def awake_time(self) -> int:
        """Return the same without the time that it slept."""
        return self.boot_time() - self.asleep // _MICROSECOND * 1000

    def zone(self) -> dt.tzinfo:
        """Return the clinic's time zone."""
        return self._zone


class ScriptClock(SteadyClock):
    """The record's clock at a computer whose time the script makes."""

    def __init__(
        self, start: dt.datetime, zone: ZoneInfo, seed: bytes, off: dt.timedelta = dt.timedelta()
    ) -> None:
        """Set it.

        Args:
            start: What time it really is.
            zone: The clinic's.
            seed: The file's hash.
            off: By how much the computer's wall clock is ahead of real time already.
        """
        self._computer = ScriptComputer(start, zone, seed)
        self._computer.off = off
        super().__init__(self._computer)

    @property
    def real(self) -> dt.datetime:
        """Return what time it really is: the script's times are that, whatever a clock shows."""
        return self._computer.real

    def move_to(self, instant: dt.datetime) -> None:
        """Move on to a real instant; it never goes back."""
        self._computer.real = max(self._computer.real, instant.astimezone(dt.UTC))

    def sleep(self, seconds: int) -> None:
        """Suspend the computer: real time goes on, and nothing is done in it."""
        asleep = dt.timedelta(seconds=seconds)
        self._computer.real += asleep
        self._computer.asleep += asleep

    def jump(self, seconds: int) -> None:
        """Set the computer's wall clock forward, or back; no time passes."""
        self._computer.off += dt.timedelta(seconds=seconds)
