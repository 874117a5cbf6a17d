"""The open sessions as they stand: read once for all who look, and again where that is needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from monitor.clinic import Lists
from monitor.desk import ACCESS, ShowSession, World
from monitor.errors import IntegrityError
from monitor.overview import SessionOverview
from monitor.ports import SessionHeader
from monitor.reminders import has_moved_on

AGE = dt.timedelta(minutes=1)
"""After so long a session is read anew though nothing was written: one of them at a look."""


LIST_AGE = dt.timedelta(seconds=10)
"""After so long it is looked up again which sessions are open, and that the record is there."""


class OpenSessions:
    """Keeps the overview of every session that is open.

    A session is read when something was written in it, when a mark of time has passed in it, and
    else once a minute, one that could not be read among them. What is kept is good for looking at
    any time: see `monitor.reminders`.

    Args:
        headers: Returns the sessions that are open.
        show: Reads one of them.
        now: Returns the present instant.
    """

    def __init__(
        self,
        headers: Callable[[], Sequence[SessionHeader]],
        show: Callable[[str], SessionOverview],
        now: Callable[[], dt.datetime],
    ) -> None:
        self._headers, self._show, self._now = headers, show, now
        self._open: tuple[SessionHeader, ...] | None = None
        self._listed_at: dt.datetime | None = None
        self._kept: dict[str, SessionOverview] = {}
        self._unread: dict[str, str] = {}
        self._tried: dict[str, dt.datetime] = {}
        self._stale: set[str] = set()

    @classmethod
    def of(cls, world: World) -> OpenSessions:
        """Return those of a record."""
        lists = Lists(world)
        return cls(lambda: lists.sessions("open"), ShowSession(world), world.clock.now)

    @property
    def known(self) -> tuple[SessionOverview, ...]:
        """Return them as last read, without looking at the record."""
        return tuple(self._kept.values())

    @property
    def unread(self) -> tuple[str, ...]:
        """Return the chairs whose session cannot be read: somebody changed it from outside."""
        return tuple(self._unread.values())

    def on_entry(self, stream: str) -> None:
        """Something was written there: read it again when somebody looks."""
        kind, _, name = stream.partition("/")
        if kind == "session":
            self._stale.add(name)
            self._open = None
        elif stream != ACCESS:
            self.forget()  # a patient's name, the clinic's: sessions follow it

    def forget(self) -> None:
        """Something was written elsewhere, nobody knows where: read everything again."""
        self._stale.update(self._kept, self._unread)
        self._open = None

    def look(self) -> tuple[SessionOverview, ...]:
        """Return the open sessions that can be read, in the order in which they were opened.

        Raises:
            MonitorError: If the record itself cannot be read now; `known` stays as it was.
        """
        headers = self._listed()
        for header in self._wanted(headers):
            self._read(header)
        order = (header.session_id for header in headers)
        self._kept = {key: self._kept[key] for key in order if key in self._kept}
        return self.known

    def _listed(self) -> tuple[SessionHeader, ...]:
        """Return the sessions that are open; what was kept of others is let go."""
        now = self._now()
        fresh = self._listed_at is not None and abs(now - self._listed_at) < LIST_AGE
        if self._open is None or not fresh:
            self._open, self._listed_at = tuple(self._headers()), now
            ids = {header.session_id for header in self._open}
            self._stale &= ids
            self._unread = {key: chair for key, chair in self._unread.items() if key in ids}
        return self._open

    def _wanted(self, headers: Sequence[SessionHeader]) -> list[SessionHeader]:
        """Return the sessions that must be read, and the one that was not for the longest time."""
        now = self._now()
        ages = {header.session_id: self._age(header, now) for header in headers}
        found = [header for header in headers if ages[header.session_id] is None]
        old = [(age, place) for place, age in enumerate(ages.values()) if age and age > AGE]
        return [*found, headers[max(old)[1]]] if old else found

    def _age(self, header: SessionHeader, now: dt.datetime) -> dt.timedelta | None:
        """Return how long ago a session was read; None where it must be read anew."""
        session_id = header.session_id
        kept = self._kept.get(session_id)
        if session_id in self._stale:
            return None
        if kept is None:
            return abs(now - self._tried[session_id]) if session_id in self._unread else None
        own = kept.own(now)
        return None if has_moved_on(kept, own) else abs(own - kept.seen_at)

    def _read(self, header: SessionHeader) -> None:
        session_id = header.session_id
        try:
            self._kept[session_id] = self._show(session_id)
        except IntegrityError:
            self._kept.pop(session_id, None)
            self._unread[session_id], self._tried[session_id] = header.chair, self._now()
        else:
            self._unread.pop(session_id, None)
        self._stale.discard(session_id)
