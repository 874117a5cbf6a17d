"""A clock that moves only when told to."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from monitor.clock import Moment

WARSAW = ZoneInfo("Europe/Warsaw")


class FakeClock:
    """Implements `monitor.clock.Clock`; stands at 09:00 in Warsaw on 2 March 2026."""

    def __init__(self) -> None:
        self._now = dt.datetime(2026, 3, 2, 9, 0, tzinfo=WARSAW).astimezone(dt.UTC)

    def now(self) -> dt.datetime:
        """Return the instant it stands at."""
        return self._now

    def moment(self) -> Moment:
        """Return the instant with Warsaw's offset; the boot-time clock runs beside it."""
        offset = self._now.astimezone(WARSAW).utcoffset() or dt.timedelta()
        since = self._now - dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        return Moment(
            self._now,
            int(offset.total_seconds() // 60),
            "boot-1",
            int(since.total_seconds() * 10**9),
        )

    def advance(self, **delta: float) -> None:
        """Move on, by the keywords of `timedelta`."""
        self._now += dt.timedelta(**delta)

    def set(self, hhmm: str) -> None:
        """Stand at that local time of the same day."""
        local = self._now.astimezone(WARSAW)
        hour, minute = (int(part) for part in hhmm.split(":"))
        self._now = local.replace(hour=hour, minute=minute, second=0).astimezone(dt.UTC)
