"""Where the pointer's line can stand: at readings, and at events between them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.chart_page import ChartPage, EventMark, Point


@dataclass(frozen=True, slots=True)
class Stop:
    """One place of the pointer's line.

    Attributes:
        point: The reading there; None where an event was noted without one.
        events: All that happened in that minute, in order of time.
    """

    at: dt.datetime
    point: Point | None = None
    events: tuple[EventMark, ...] = ()

    def is_like(self, other: Stop) -> bool:
        """Tell whether another page has the same place, whatever it says there."""
        if self.point and other.point:
            return self.point.uid == other.point.uid
        return self.point is other.point and _minute(self.at) == _minute(other.at)


def stops(page: ChartPage) -> tuple[Stop, ...]:
    """Return the places in order of time; the events of a minute stand at its readings."""
    noted: dict[dt.datetime, list[EventMark]] = {}
    for event in sorted(page.events, key=lambda event: (event.at, event.number)):
        noted.setdefault(_minute(event.at), []).append(event)
    found = [Stop(p.at, p, tuple(noted.get(_minute(p.at), ()))) for p in page.points]
    read = {_minute(point.at) for point in page.points}
    for minute, events in noted.items():
        flagged = [event for event in events if event.kind == "event"]
        if minute not in read and flagged:
            found.append(Stop(flagged[0].at, events=tuple(events)))
    return tuple(sorted(found, key=lambda stop: stop.at))


def _minute(at: dt.datetime) -> dt.datetime:
    return at.replace(second=0, microsecond=0)
