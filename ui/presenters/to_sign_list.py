"""The list of what waits for a signature: oldest first, all of it or what one can sign oneself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from monitor.errors import IntegrityError
from monitor.overview import SessionOverview
from monitor.people import Author
from monitor.ports import SessionHeader
from ui.presenters.to_sign_faces import WaitingRow, worklist, worklist_note


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDoors:
    """What the list needs of the world.

    Attributes:
        waiting: Returns the closed sessions that no prescriber has signed, oldest first; after
            them those that were co-signed a short while ago.
        lengths: Returns how many entries each of these sessions has.
    """

    author: Callable[[], Author]
    waiting: Callable[[], tuple[SessionHeader, ...]]
    lengths: Callable[[Sequence[str]], Mapping[str, int]]
    overview: Callable[[str], SessionOverview]
    now: Callable[[], dt.datetime]


class Worklist:
    """Knows which sessions wait, and which of them is looked at.

    A session is read anew only when something was written in it, or its patient's name was put
    right: to walk through thirty of them costs what one costs.

    Attributes:
        chosen: The session that is looked at; empty for none.
        mine: Whether only what this person can sign is listed.
        rows: As the list shows them.
        note: How much waits.
    """

    def __init__(self, doors: ListDoors) -> None:
        self._doors = doors
        self._kept: dict[str, tuple[SessionHeader, int, SessionOverview]] = {}
        self._unread = 0
        self.chosen, self.mine, self.note = "", False, ""
        self.rows: tuple[WaitingRow, ...] = ()

    def look(self) -> None:
        """See what waits now."""
        headers = self._doors.waiting()
        lengths = self._doors.lengths([header.session_id for header in headers])
        before, self._kept, self._unread = self._kept, {}, 0
        for header in headers:
            name, length = header.session_id, lengths[header.session_id]
            kept = before.get(name)
            if kept is None or kept[:2] != (header, length):
                kept = self._read(header, length)
            if kept is not None:
                self._kept[name] = kept
        self.lay_out()
        if not self.chosen and self.rows:
            self.chosen = self.rows[0].session_id
            self.lay_out()

    def lay_out(self) -> None:
        """Make the rows of what is known."""
        seen = [(header, overview) for header, _, overview in self._kept.values()]
        rows = worklist(seen, self._doors.now(), self.chosen, self._doors.author())
        self.note = self._note(rows)
        self.rows = tuple(row for row in rows if row.mine) if self.mine else rows

    def choose(self, session_id: str) -> None:
        """Look at a session, whether it is listed or not."""
        self.chosen = session_id
        self.lay_out()

    def turn(self) -> None:
        """List all of it, or what this person can sign."""
        self.mine = not self.mine
        self.lay_out()
        ids = [row.session_id for row in self.rows]
        if ids and self.chosen not in ids:
            self.choose(ids[0])

    def beside(self, by: int) -> str:
        """Return the session that follows in the list, or the one before; empty for none."""
        ids = [row.session_id for row in self.rows]
        if not ids:
            return ""
        here = ids.index(self.chosen) if self.chosen in ids else -by
        return ids[(here + by) % len(ids)]

    def next_mine(self) -> str:
        """Return the next session that this person can sign, the oldest after the last one."""
        ids = [row.session_id for row in self.rows]
        here = ids.index(self.chosen) if self.chosen in ids else 0
        own = {row.session_id for row in self.rows if row.mine}
        following = (each for each in (*ids[here:], *ids[:here]) if each in own)
        return next(following, "")

    def _read(
        self, header: SessionHeader, length: int
    ) -> tuple[SessionHeader, int, SessionOverview] | None:
        try:
            return header, length, self._doors.overview(header.session_id)
        except IntegrityError:
            self._unread += 1
            return None

    def _note(self, rows: tuple[WaitingRow, ...]) -> str:
        own = sum(row.mine for row in rows)
        said = [worklist_note(rows), *([f"{own} for you"] if own else [])]
        if self._unread:
            said.append(f"{self._unread} cannot be read: see the shield")
        return ", ".join(said)
