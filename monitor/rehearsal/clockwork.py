"""The clock of a rehearsal: it stands still until the script moves it."""

from __future__ import annotations

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from monitor.clock import Moment

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


class ScriptClock:
    """A clock at the clinic's wall, at a computer that is never restarted.

    Satisfies `monitor.clock.Clock`.
    """

    def __init__(self, start: dt.datetime, zone: ZoneInfo, seed: bytes) -> None:
        self._now = start.astimezone(dt.UTC)
        self._zone = zone
        self._boot = str(uuid.UUID(bytes=seed[:16], version=4))

    def now(self) -> dt.datetime:
        """Return the instant it was moved to, in UTC and aware of it."""
        return self._now

    def moment(self) -> Moment:
        """Return all that the clocks say at that instant."""
        offset = self._now.astimezone(self._zone).utcoffset() or dt.timedelta()
        mono = (self._now - _EPOCH) // _MICROSECOND * 1000
        return Moment(self._now, round(offset.total_seconds() / 60), self._boot, mono)

    def move_to(self, instant: dt.datetime) -> None:
        """Move on to an instant; it never goes back."""
        self._now = max(self._now, instant.astimezone(dt.UTC))
