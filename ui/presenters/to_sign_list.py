"""The list of what waits for a signature: oldest first, all of it or what one can sign oneself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from monitor.errors import IntegrityError
from monitor.overview import SessionOverview
from monitor.people import Author
from monitor.ports import SessionHeader
from ui.presenters.gate import Run
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


_AT_A_TIME = 4  # sessions: the list grows, and a report is not kept waiting long
FEW = 2
"""So many sessions are read at once, while one waits; of more, some after the other beside it."""

Wanted = tuple[SessionHeader, int]
"""A session that is listed, and how many entries it has."""

Known = tuple[SessionHeader, int, SessionOverview | None]
"""The same as it was read; None for one that cannot be read."""


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
        self._kept: dict[str, Known] = {}
        self._wanted: tuple[Wanted, ...] = ()
        self.chosen, self.mine, self.note = "", False, ""
        self.rows: tuple[WaitingRow, ...] = ()

    @property
    def unread(self) -> tuple[Wanted, ...]:
        """Return what is still to be read, oldest first."""
        return tuple(each for each in self._wanted if each[0].session_id not in self._kept)

    def look(self) -> None:
        """See what waits now; a few that are new or changed are read at once."""
        headers = self._doors.waiting()
        lengths = self._doors.lengths([header.session_id for header in headers])
        self._wanted = tuple((header, lengths[header.session_id]) for header in headers)
        self._kept = {
            header.session_id: self._kept[header.session_id]
            for header, length in self._wanted
            if self._still_holds(header, length)
        }
        unread = self.unread
        self.take(self.read(unread) if len(unread) <= FEW else ())

    def read(self, wanted: Sequence[Wanted]) -> tuple[Known, ...]:
        """Read some sessions; it changes nothing, and can be done on another thread."""
        return tuple((header, length, self._overview(header)) for header, length in wanted)

    def take(self, read: Sequence[Known]) -> None:
        """Take in what was read, if it is still wanted."""
        self._kept |= {each[0].session_id: each for each in read if each[:2] in self._wanted}
        self.lay_out()
        if not self.chosen and self.rows:
            self.chosen = self.rows[0].session_id
            self.lay_out()

    def lay_out(self) -> None:
        """Make the rows of what is known."""
        known = (self._kept.get(header.session_id) for header, _ in self._wanted)
        seen = [(each[0], each[2]) for each in known if each is not None and each[2] is not None]
        rows = worklist(seen, self._doors.now(), self.chosen, self._doors.author())
        self.note = self._note(rows)
        self.rows = tuple(row for row in rows if row.mine) if self.mine else rows

    @property
    def is_mine(self) -> bool:
        """Tell whether the session that is looked at waits for whoever is here."""
        return any(row.mine for row in self.rows if row.session_id == self.chosen)

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

    def _still_holds(self, header: SessionHeader, length: int) -> bool:
        kept = self._kept.get(header.session_id)
        return kept is not None and kept[:2] == (header, length) and kept[2] is not None

    def _overview(self, header: SessionHeader) -> SessionOverview | None:
        try:
            return self._doors.overview(header.session_id)
        except IntegrityError:
            return None

    def _note(self, rows: tuple[WaitingRow, ...]) -> str:
        own = sum(row.mine for row in rows)
        said = [worklist_note(rows), *([f"{own} for you"] if own else [])]
        if broken := sum(each[2] is None for each in self._kept.values()):
            said.append(f"{broken} cannot be read: see the shield")
        if self.unread:
            said.append(f"reading {len(self._kept)} of {len(self._wanted)} …")
        return ", ".join(said)


class ToldRead(Protocol):
    """What is done once some sessions were read."""

    def __call__(self, *, chosen: bool) -> None:
        """Show them; *chosen* tells whether the first of them is looked at from now on."""
        ...


class Reading:
    """Reads what is listed and not known yet, some at a time, beside the window.

    Args:
        worklist: Whose sessions.
        run: Does slow work beside the window.
        then: Is told after each time.
    """

    def __init__(self, worklist: Worklist, run: Run, then: ToldRead) -> None:
        self._list, self._run, self._then = worklist, run, then
        self._is_reading = False

    def go_on(self) -> None:
        """Read some more, if there are any and nothing is being read already."""
        some = self._list.unread[:_AT_A_TIME]
        if some and not self._is_reading:
            self._is_reading = True
            self._run(lambda: self._list.read(some), self._were_read)

    def _were_read(self, done: Future[tuple[Known, ...]]) -> None:
        self._is_reading = False
        before = self._list.chosen
        self._list.take(done.result())
        self._then(chosen=self._list.chosen != before)
        self.go_on()
