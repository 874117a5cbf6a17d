"""Finds sessions by date, chair, people, protocol, gap and alert.

The headers of all sessions are read at once and narrowed by what they say; of what is left each
session is looked at whole (7 ms on two cores of today), and remembered until something is written
in it, so that the second question is answered at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from monitor.desk import World, overview_of
from monitor.entries import session_stream
from monitor.errors import Code, InputError
from monitor.overview import SessionOverview
from monitor.ports import SessionHeader

Progress = Callable[[int, int], None]
"""Told how many sessions were looked at, and of how many; what it raises ends the search."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which sessions are asked for; an empty part asks for nothing.

    Attributes:
        first, last: The days on which a session was opened, by the clinic's calendar.
        chair: Its whole name.
        person: Words of the name, or the user name, of somebody who wrote in it.
        protocol: Its id, any version.
        status: "open", "closed", "signed", "co-signed" or "cancelled".
        gap: A gap's code.
        unexplained: Only gaps that nobody explained, with `gap` or without.
        alert: A limit's id; "any" for whichever.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    chair: str = ""
    person: str = ""
    protocol: str = ""
    status: str = ""
    gap: str = ""
    unexplained: bool = False
    alert: str = ""

    def check(self) -> None:
        """Refuse a range that ends before it begins.

        Raises:
            InputError: `out-of-range`, field "last_day".
        """
        if self.first and self.last and self.last < self.first:
            raise InputError(Code.OUT_OF_RANGE, "last_day", typed=self.last, first=self.first)


ANY = "any"
"""As `Wanted.alert`: an alert of whichever limit."""


class SearchSessions:
    """Looks for sessions; keeps what it has looked at, so make one and ask it again.

    It is called on one thread at a time.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._seen: dict[str, SessionOverview] = {}

    def __call__(
        self, wanted: Wanted, progress: Progress = lambda _, __: None
    ) -> tuple[SessionOverview, ...]:
        """Return the sessions that were asked for, the newest first.

        Args:
            wanted: Which.
            progress: Told how far it is, after each session.

        Raises:
            InputError: `out-of-range`, field "last_day".
        """
        wanted.check()
        with self._world.looking() as tx:
            headers = [each for each in tx.sessions() if self._fits_header(wanted, each)]
        found = list(self._matching(wanted, headers, progress))
        return tuple(sorted(found, key=lambda seen: (seen.opened_at, seen.session_id))[::-1])

    def _matching(
        self, wanted: Wanted, headers: list[SessionHeader], progress: Progress
    ) -> Iterator[SessionOverview]:
        progress(0, len(headers))
        for done, header in enumerate(headers, 1):
            seen = self._overview(header.session_id)
            if _fits(wanted, seen):
                yield seen
            progress(done, len(headers))

    def _fits_header(self, wanted: Wanted, header: SessionHeader) -> bool:
        day = header.opened_at.astimezone(self._world.zone).date()
        return (
            (wanted.first is None or day >= wanted.first)
            and (wanted.last is None or day <= wanted.last)
            and wanted.chair in ("", header.chair)
            and wanted.protocol in ("", header.protocol)
            and wanted.status in ("", header.status)
        )

    def _overview(self, session_id: str) -> SessionOverview:
        now = self._world.clock.now()
        with self._world.looking() as tx:
            kept = self._seen.get(session_id)
            length = tx.length(session_stream(session_id))
            if kept is None or kept.closed_at is None or kept.entries != length:
                kept = overview_of(self._world, tx, session_id, now)
                self._seen[session_id] = kept
        return kept


def _fits(wanted: Wanted, seen: SessionOverview) -> bool:
    return _by(wanted.person, seen) and _gap(wanted, seen) and _alert(wanted.alert, seen)


def _by(words: str, seen: SessionOverview) -> bool:
    asked = words.casefold().split()
    names = (f"{who.name} {who.user}".casefold() for who in seen.staff)
    return not asked or any(all(word in name for word in asked) for name in names)


def _gap(wanted: Wanted, seen: SessionOverview) -> bool:
    if not wanted.gap and not wanted.unexplained:
        return True
    return any(
        wanted.gap in ("", gap.code) and not (wanted.unexplained and gap.explained)
        for gap in seen.gaps
    )


def _alert(wanted: str, seen: SessionOverview) -> bool:
    return not wanted or any(wanted in (ANY, alert.limit.id) for alert in seen.alerts)
