"""The record's clock: once it is set, no hand on the computer's clock moves it.

It is the last trusted wall time plus the boot-time clock, which runs through suspend. What it
notices of the computer's own clock it tells, and goes on by itself; `monitor.clock_keeping`
writes that down, and a person decides which of the two is right.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from monitor.clock import Moment, OtherZone, RawClocks
from monitor.entries import ClockDisturbed, ClockTrouble

TOLERANCE = dt.timedelta(seconds=5)
"""Clocks that differ by no more agree: the network sets a clock by so much all the time."""

_MICROSECOND = dt.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class _Look:
    """What two clocks showed that only differ by sleep."""

    boot_time: int
    awake_time: int


class SteadyClock:
    """A clock that goes on evenly whatever is done to the computer's; implements `Clock`."""

    def __init__(self, raw: RawClocks, last: Moment | None = None) -> None:
        """Set it.

        Args:
            raw: The computer's clocks.
            last: The newest moment in the record. Of the same run of the computer, it is gone
                on from, so that a jump while the program was closed is seen too. Of another
                run, only the wall clock is left; then at least no time passes backwards.
        """
        self._raw = raw
        self._zone = OtherZone(raw.zone())
        self._coming: dt.tzinfo | None = None
        self._slept: ClockDisturbed | None = None
        self._look = self._looked()
        self._anchor = Moment(raw.wall(), 0, raw.boot, raw.boot_time())
        if last is not None:
            self.resume(last)

    def resume(self, last: Moment) -> None:
        """Go on from the newest moment in the record, as far as it says anything here."""
        if last.boot == self._raw.boot and last.mono <= self._anchor.mono:
            self._anchor = last
        elif last.now > self._anchor.now:
            self._anchor = replace(self._anchor, now=last.now)

    @property
    def boot(self) -> str:
        """Return which run of the computer this is."""
        return self._raw.boot

    @property
    def zone(self) -> OtherZone:
        """Return the station's time zone; it is the computer's new one once that is settled."""
        return self._zone

    def now(self) -> dt.datetime:
        """Return the present instant by the record's clock, in UTC and aware of it."""
        return self.moment().now

    def moment(self) -> Moment:
        """Return all that the clocks say at one instant."""
        return self._moment_at(self._raw.boot_time())

    def wall(self) -> dt.datetime:
        """Return what the computer's clock shows, right or wrong."""
        return self._raw.wall()

    def moment_if(self, chosen: dt.datetime, at: Moment) -> Moment:
        """Return the moment *at* as it would be if *chosen* were the right time then."""
        return replace(at, now=chosen, offset=self._zone.minutes(chosen))

    def go_on_from(self, moment: Moment) -> None:
        """Take a moment of this run of the computer for right, and go on from it.

        One that is older than what the clock goes by already changes nothing.
        """
        if moment.boot == self._raw.boot and moment.mono >= self._anchor.mono:
            self._anchor = moment

    def follow(self, moment: Moment) -> None:
        """Go on from a moment that another window of this program was set to."""
        if moment.boot == self._raw.boot:
            ours = self._moment_at(moment.mono).now
            if abs(ours - moment.now) > TOLERANCE:
                self.go_on_from(moment)

    def disturbance(self) -> ClockDisturbed | None:
        """Return what was done to the computer's clock; the same again until it is settled.

        A wall clock that differs is told for as long as it does. That the computer was started
        anew only the record knows.
        """
        self._watch_sleep()
        self._watch_zone()
        now = self.now()
        if self._slept is not None:
            return self._slept
        if self._coming is not None:
            return ClockDisturbed(ClockTrouble.ZONE_CHANGED, now, now)
        shown = self._raw.wall()
        if abs(shown - now) > TOLERANCE:
            return ClockDisturbed(ClockTrouble.JUMPED, now, shown)
        return None

    def settle(self, trouble: ClockTrouble) -> None:
        """Forget a sleep, or go over to the new zone: the record knows of it."""
        if trouble is ClockTrouble.SLEPT:
            self._slept = None
        if trouble is ClockTrouble.ZONE_CHANGED and self._coming is not None:
            self._zone.zone, self._coming = self._coming, None

    def _moment_at(self, boot_time: int) -> Moment:
        anchor = self._anchor
        now = anchor.now + (boot_time - anchor.mono) // 1000 * _MICROSECOND
        return Moment(now, self._zone.minutes(now), self._raw.boot, boot_time)

    def _looked(self) -> _Look:
        return _Look(self._raw.boot_time(), self._raw.awake_time())

    def _watch_sleep(self) -> None:
        last, self._look = self._look, self._looked()
        passed = self._look.boot_time - last.boot_time
        asleep = passed - (self._look.awake_time - last.awake_time)
        if asleep // 1000 * _MICROSECOND <= TOLERANCE:
            return
        since = self._slept.shown if self._slept else self._moment_at(last.boot_time).now
        until = self._moment_at(self._look.boot_time).now
        self._slept = ClockDisturbed(ClockTrouble.SLEPT, until, since)

    def _watch_zone(self) -> None:
        zone = self._raw.zone()
        self._coming = zone if _name(zone) != _name(self._zone.zone) else None


def _name(zone: dt.tzinfo) -> str:
    return str(zone)
