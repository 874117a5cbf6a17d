"""The session's own time: one even line of instants, however often the record's clock was set.

An entry holds what the record's clock showed. When a person says that another time is right
(`ClockConfirmed`), the clock shows something else from then on, but nobody lay in the chair a
minute longer for it. So the grid, the door and every amount are reckoned on the session's own
time, which goes on as the clock began; and what is shown is what the clock showed.

After a restart of the computer only its wall clock is left. The session's own time follows it
until a person says which time it is; from then on it is as if the clock had shown that all along.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.clock import OtherZone
from monitor.entries import ClockConfirmed, ClockDisturbed, ClockTrouble, Entry

_NONE = dt.timedelta()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the session in which its clock was not set.

    Attributes:
        since: From when on, in the session's own time.
        ahead: By how much the clock was ahead of that time; negative where behind.
    """

    since: dt.datetime
    ahead: dt.timedelta


@dataclass(frozen=True, slots=True)
class Timeline:
    """How the record's clock and the session's own time belong together.

    Attributes:
        stretches: Oldest first; none where the clock was never set.
    """

    stretches: tuple[Stretch, ...] = ()

    @property
    def ahead(self) -> dt.timedelta:
        """Return by how much the clock is ahead now."""
        return self.stretches[-1].ahead if self.stretches else _NONE

    def ahead_at(self, own: dt.datetime) -> dt.timedelta:
        """Return by how much the clock was ahead at an instant of the session's own time."""
        past = [stretch.ahead for stretch in self.stretches if stretch.since <= own]
        if past:
            return past[-1]
        return self.stretches[0].ahead if self.stretches else _NONE

    def own(self, now: dt.datetime) -> dt.datetime:
        """Return the session's own time when the clock shows *now*, the present instant."""
        return now - self.ahead

    def shown(self, own: dt.datetime) -> dt.datetime:
        """Return what the clock showed at an instant of the session's own time."""
        return own + self.ahead_at(own)

    def zone(self, zone: dt.tzinfo) -> dt.tzinfo:
        """Return the zone in which people type times of this session."""
        return SetClock(zone, self) if self.stretches else zone


NEVER_SET = Timeline()
"""Of a session whose clock was never set: its own time is what the clock showed."""


@dataclass(frozen=True, slots=True)
class LocalTime:
    """The clinic's time as the record knows it: the offset that each entry was written under.

    Attributes:
        steps: (from this instant on, offset in minutes), oldest first, at least one.
        timeline: What the record's clock showed, where it was set.
    """

    steps: tuple[tuple[dt.datetime, int], ...]
    timeline: Timeline = NEVER_SET

    def __call__(self, instant: dt.datetime) -> dt.datetime:
        """Return what the clock showed at an instant of the session, aware of its offset."""
        offset = self.steps[0][1]
        for since, minutes in self.steps:
            if since <= instant:
                offset = minutes
        shown = self.timeline.shown(instant)
        return shown.astimezone(dt.timezone(dt.timedelta(minutes=offset)))

    def present(self, now: dt.datetime) -> dt.datetime:
        """Return the present instant by the record's clock as local time."""
        return self(self.timeline.own(now))


class SetClock(OtherZone):
    """The clinic's time zone, where the record's clock was set while a session was open.

    Attributes:
        timeline: What the clock showed.
    """

    def __init__(self, zone: dt.tzinfo, timeline: Timeline) -> None:
        super().__init__(zone)
        self.timeline = timeline


def own_time(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], Timeline]:
    """Return a session's entries on its own time, and how the clock belongs to it."""
    if not any(isinstance(entry.what, ClockConfirmed) for entry in entries):
        return tuple(entries), NEVER_SET
    aheads = _aheads(entries)
    if not any(aheads):
        return tuple(entries), NEVER_SET
    made = tuple(_moved(entry, ahead) for entry, ahead in zip(entries, aheads, strict=True))
    stretches: list[Stretch] = []
    for entry, ahead in zip(made, aheads, strict=True):
        if not stretches or stretches[-1].ahead != ahead:
            stretches.append(Stretch(entry.recorded_at, ahead))
    return made, Timeline(tuple(stretches))


def _aheads(entries: Sequence[Entry]) -> list[dt.timedelta]:
    """Return for each entry by how much the clock was ahead when it was written."""
    aheads: list[dt.timedelta] = []
    ahead, restarted = _NONE, 0  # the entry of a restart that nobody has answered yet
    for place, entry in enumerate(entries):
        what = entry.what
        if isinstance(what, ClockDisturbed) and what.trouble is ClockTrouble.RESTARTED:
            restarted = restarted or place
        if isinstance(what, ClockConfirmed):
            set_by = what.chosen - what.kept
            if restarted and what.chosen - ahead >= _last_before(entries, aheads, restarted):
                aheads[restarted:] = [ahead - set_by] * (place - restarted)
            else:
                ahead += set_by
            restarted = 0
        aheads.append(ahead)
    return aheads


def _last_before(
    entries: Sequence[Entry], aheads: Sequence[dt.timedelta], place: int
) -> dt.datetime:
    return entries[place - 1].recorded_at - aheads[place - 1]


def _moved(entry: Entry, ahead: dt.timedelta) -> Entry:
    if not ahead:
        return entry
    moment = replace(entry.moment, now=entry.moment.now - ahead)
    return replace(entry, at=entry.at - ahead, moment=moment)
