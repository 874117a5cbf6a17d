"""Coming back: how the program was left, what was on the screen, and what nobody could see."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from PySide6.QtCore import QObject, QTimer

from monitor.clinic import Lists
from monitor.desk import ACCESS, World
from monitor.entries import (
    ClockDisturbed,
    ClockTrouble,
    Entry,
    ProgramStarted,
    ProgramStopped,
    session_stream,
)
from monitor.errors import MonitorError
from monitor.overview import SessionOverview
from ui.bridge import EntryBridge
from ui.house import House
from ui.presenters.clock_notice import AWAY, ClockFace
from ui.presenters.interruptions import How, Interruption, due_in_all
from ui.record import Record
from ui.session_rooms import SessionRooms
from ui.widgets.clock_strip import ClockStrip
from ui.window import Window


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """The program ended while a session was open.

    Attributes:
        at: When it last wrote something, at this computer.
        session_id: The session to go back to; empty for the chairs.
        in_order: Whether it was closed, and did not just end.
    """

    at: dt.datetime
    session_id: str
    in_order: bool


class LastSeen:
    """Remembers on this computer which session was on the screen; it names no patient.

    A file that cannot be read or written remembers nothing, and nobody is stopped by it.

    Args:
        record: What tells this record from any other on this computer.
        folder: Where the file lies; the platform's own place where it is left out.
    """

    def __init__(self, record: str, folder: Path | None = None) -> None:
        place = folder or Path(platformdirs.user_state_dir("Chairside", appauthor=False))
        self._record, self._path = record, place / "last-seen.json"

    @property
    def session_id(self) -> str | None:
        """Return the session; empty for another room, None where nothing is remembered."""
        try:
            said = json.loads(self._path.read_text(encoding="utf-8"))
            return str(said["session"]) if said["record"] == self._record else None
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def note(self, session_id: str) -> None:
        """Remember that this is on the screen now."""
        if session_id == self.session_id:
            return
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            said = {"record": self._record, "session": session_id}
            self._path.write_text(json.dumps(said), encoding="utf-8")


def left_open(world: World, seen: str | None = None) -> LeftOpen | None:
    """Return how the program was left at this computer; None where no session was open then.

    Args:
        world: The record's. What another computer wrote in it says nothing of this one.
        seen: The session that was on the screen, empty for another room. Where nobody
            remembers, it is the one that was written in last, if the program just ended.
    """
    opened = Lists(world).sessions("open")
    if not opened:
        return None
    with world.looking() as tx:
        streams = {h.session_id: tx.stream(session_stream(h.session_id)) for h in opened}
        access = _of(world.station, tx.stream(ACCESS))
    newest = {name: own[-1] for name, all_ in streams.items() if (own := _of(world.station, all_))}
    written = [each.recorded_at for each in (*newest.values(), *access[-1:])]
    at = max(written, default=None)
    if at is None or all(at < header.opened_at for header in opened):
        return None
    in_order = _in_order(access)
    if seen not in (*streams, ""):
        seen = "" if in_order else _last(newest)
    return LeftOpen(at, seen or "", in_order)


def _of(station: str, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return what was written at one computer."""
    return tuple(entry for entry in entries if entry.station == station)


def _last(newest: Mapping[str, Entry]) -> str:
    """Return the session that was written in last; empty for none."""
    return max(newest, key=lambda name: newest[name].recorded_at, default="")


def _in_order(access: tuple[Entry, ...]) -> bool:
    """Tell whether the program was closed the last time it was opened."""
    here = (entry.what for entry in reversed(access))
    runs = (what for what in here if isinstance(what, ProgramStarted | ProgramStopped))
    return not isinstance(next(runs, None), ProgramStarted)


class Resuming(QObject):
    """Leads whoever logs in back to where the program was, and says what fell due meanwhile.

    What is said of a closed program or a sleeping computer stands over each session that was
    open then, and in one line over every other room, until somebody has seen it there.

    Attributes:
        left_at: When the program last wrote something, if a session was open then.
        strip: The line.
    """

    def __init__(
        self,
        window: Window,
        record: Record,
        overviews: Callable[[], Sequence[SessionOverview]],
        memory: LastSeen | None = None,
    ) -> None:
        """Hear of what happens from now on.

        Args:
            window: Where it is said.
            record: What is open.
            overviews: Returns the open sessions.
            memory: Of which session was on the screen; a rehearsal has none.
        """
        super().__init__(window)
        self._window, self._world = window, record.world
        self._memory, self._overviews = memory, overviews
        self._left: LeftOpen | None = None
        self.left_at: dt.datetime | None = None
        self._house: House | None = None
        self._told: dict[Interruption, set[str]] = {}
        self._unseen: list[Interruption] = []
        self.strip = ClockStrip()
        window.add_strip(self.strip)
        self.strip.pressed.connect(self._seen)
        window.moved.connect(self._on_moved)
        self._bridge = EntryBridge(self)
        self._bridge.entry_recorded.connect(self._on_entry)
        self._listen_no_more = record.listen(self._bridge.publish)

    def begin(self) -> None:
        """See how the program was left; before anything is written in the record."""
        with contextlib.suppress(MonitorError):  # what cannot be read keeps nobody out
            seen = self._memory.session_id if self._memory else None
            self._left = left_open(self._world, seen)
        if self._left is not None:
            self.left_at = self._left.at
            how = How.CLOSED if self._left.in_order else How.ENDED
            self._interrupted(Interruption(how, self._left.at, self._world.clock.now()))

    def enter(self, house: House) -> None:
        """Somebody is in: go back to where the program was, the first time, and tell."""
        self._house, left, self._left = house, self._left, None
        house.sessions.on_made.append(self._tell_session)
        if left is not None and left.session_id:
            with contextlib.suppress(MonitorError):
                house.go_to_session(left.session_id)
        self._tell()
        self._on_moved()

    def leave(self) -> None:
        """Nobody is in any more."""
        self._house = None

    def close(self) -> None:
        """Hear of nothing more."""
        self._house = None
        self._listen_no_more()

    def _on_moved(self) -> None:
        if self._house is not None and self._window.room is not None:  # else it is locked
            if self._memory is not None:
                self._memory.note(self._house.sessions.seen)
            self._show()

    def _on_entry(self, entry: Entry) -> None:
        what = entry.what
        if isinstance(what, ClockDisturbed) and what.trouble is ClockTrouble.SLEPT:
            self._interrupted(Interruption(How.SLEPT, what.shown, what.kept))

    def _interrupted(self, interruption: Interruption) -> None:
        """Tell once, though it was written in each open session."""
        if interruption in self._told:
            return
        self._told[interruption] = set()
        self._unseen.append(interruption)
        QTimer.singleShot(0, self, self._tell)

    def _tell(self) -> None:
        if self._house is not None:
            for session_id, rooms in self._house.sessions.made:
                self._tell_session(session_id, rooms)
            self._show()

    def _tell_session(self, session_id: str, rooms: SessionRooms) -> None:
        """Say on a session's screen what it was not told yet, of the time since it was opened."""
        overview = rooms.session.overview
        for interruption, told in self._told.items():
            was_open = overview.opened_at <= overview.own(interruption.until)
            if session_id not in told and was_open and overview.closed_at is None:
                told.add(session_id)
                rooms.session.tell_interrupted(interruption)
                rooms.session.notices.on_seen = self._seen

    def _show(self) -> None:
        """Show the line over every room but a session's, which says it itself."""
        seen = self._house is None or bool(self._house.sessions.seen)
        self.strip.show_clock(None if seen or not self._unseen else self._face())

    def _face(self) -> ClockFace | None:
        zone = self._world.zone
        said = " ".join(each.words(lambda at: at.astimezone(zone)) for each in self._unseen)
        since, until = self._unseen[0].since, self._unseen[-1].until
        means = ""
        with contextlib.suppress(MonitorError):
            means = due_in_all(self._overviews(), Interruption(How.SLEPT, since, until))
        return ClockFace(said, means, ((AWAY, "Seen"),))

    def _seen(self, _: str = "") -> None:
        self._unseen.clear()
        self._show()


def memory_of(record: Record) -> LastSeen:
    """Return what this computer remembers of a record, by the clinic's own identity."""
    clinic = None
    with contextlib.suppress(MonitorError):
        clinic = Lists(record.world).clinic()
    return LastSeen(clinic.id if clinic else "")
