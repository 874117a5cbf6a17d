"""The same day without a window: its open sessions and its reminders alone."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence

from monitor.acts import TypeLine
from monitor.desk import Perform, World
from monitor.overview import SessionOverview
from monitor.rehearsal.clockwork import ScriptClock
from tests.benchmarks.day import NURSE, OPENING, Day, Tally, found_clinic
from tests.fakes.certification import PlainCertification
from tests.fakes.clock import WARSAW
from tests.fakes.passwords import PlainPasswords
from tests.fakes.press import PlainPress
from tests.fakes.store import FakeStore
from tests.second_opinion.grid_both import instant
from ui.open_sessions import OpenSessions
from ui.presenters.reminding import (
    Announcement,
    PressingFace,
    RemindingDoors,
    RemindingPresenter,
)

LEAD = dt.timedelta(minutes=2)


class QuietRoom:
    """Has everything that reminds, and nothing that is seen; a `Hands` and a `RemindingView`."""

    def __init__(self, chairs: int, hours: float, seed: int) -> None:
        clock = ScriptClock(instant(OPENING), WARSAW, bytes(16))
        self._store, self._read_to = FakeStore(), 0
        store, numbers = self._store, itertools.count(1)
        self._world = World(
            transaction=store.transaction,
            clock=clock,
            station="desk",
            zone=WARSAW,
            new_uid=lambda: f"uid-{next(numbers):06}",
            passwords=PlainPasswords(),
            certification=PlainCertification(),
            press=PlainPress(),
        )
        found_clinic(self._world, chairs)
        self._sessions = OpenSessions.of(self._world)
        doors = RemindingDoors(
            look=self._sessions.look,
            known=lambda: self._sessions.known,
            unread=lambda: self._sessions.unread,
            lead=lambda: LEAD,
        )
        self._presenter = RemindingPresenter(self, doors)
        self.day = Day(self._world, clock, self, seed=seed, chairs=chairs, hours=hours)
        self.is_deaf = False

    def live(self) -> Tally:
        """Live through the day."""
        for _ in self.day.steps():
            pass
        return self.day.tally

    def type_line(self, session_id: str, text: str) -> Iterator[None]:
        """Store a line."""
        Perform(self._world)(session_id, NURSE, TypeLine(text=text))
        yield

    def tick(self, now: dt.datetime, /) -> Iterator[None]:
        """Look at all chairs."""
        if len(self._store.entries) != self._read_to:
            self._read_to = len(self._store.entries)
            self._sessions.forget()  # as if it had been written by another process
        self._presenter.look(now)
        yield

    def seen(self) -> Sequence[SessionOverview]:
        """Return the open sessions as last read."""
        return self._sessions.known

    def announce(self, message: Announcement) -> None:
        """Hear it, unless deaf."""
        if not self.is_deaf:
            self.day.heard(message.about)

    def show_pressing(self, face: PressingFace) -> None:
        """Nothing shows it here."""
