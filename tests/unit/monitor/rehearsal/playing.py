"""A rehearsal played over a record in memory."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from monitor.desk import ShowSession, World
from monitor.overview import SessionOverview
from monitor.people import Author
from monitor.rehearsal.clockwork import ScriptClock
from monitor.rehearsal.company import Company
from monitor.rehearsal.day import day_of
from monitor.rehearsal.making_up import ScriptUids
from monitor.rehearsal.player import Memory, Outcome, Player
from monitor.rehearsal.script import Script
from tests.fakes.certification import PlainCertification
from tests.fakes.passwords import PlainPasswords
from tests.fakes.press import PlainPress
from tests.fakes.store import FakeStore


@dataclass
class Hands:
    """Remembers what it was asked to do."""

    exported: list[tuple[str, str]] = field(default_factory=list)
    crashes: list[Outcome] = field(default_factory=list)

    def export(self, session_id: str, author: Author) -> None:
        self.exported.append((session_id, author.user))

    def crash(self, outcome: Outcome) -> None:
        self.crashes.append(outcome)


def world_over(store: FakeStore, clock: ScriptClock, zone: dt.tzinfo, new_uid: ScriptUids) -> World:
    """Return the world of a record in memory."""
    return World(
        transaction=store.transaction,
        clock=clock,
        station="test",
        zone=zone,
        new_uid=new_uid,
        passwords=PlainPasswords(),
        certification=PlainCertification(),
        press=PlainPress(),
    )


class DayPlaying:
    """Several rehearsals played together over one record in memory."""

    def __init__(self, *scripts: Script) -> None:
        day = day_of(scripts)
        self.store = FakeStore()
        self.hands = Hands()
        self.clock = ScriptClock(day.begins, day.zone, day.seed)
        uids = ScriptUids(day.seed, self.clock)
        self.world = world_over(self.store, self.clock, day.zone, uids)
        self.company = Company(day, self.world, self.clock, uids, hands=self.hands)
        self.company.prepare()

    def all(self) -> list[tuple[int, Outcome]]:
        """Play to the end; return (place of the file, outcome) in the order of playing."""
        made = []
        while self.company.upcoming():
            made.append((self.company.place, self.company.step()))
        return made

    def overview(self, place: int) -> SessionOverview:
        """Return a file's session as it stands now."""
        return ShowSession(self.world)(self.company.players[place].session_id)


class Playing:
    """One player over a record in memory."""

    def __init__(
        self, script: Script, store: FakeStore | None = None, memory: Memory | None = None
    ) -> None:
        self.store = store or FakeStore()
        self.hands = Hands()
        self.clock = ScriptClock(script.acts[0].at, script.zone, script.hash)
        uids = ScriptUids(script.hash, self.clock, memory.part if memory else 0)
        self.world = world_over(self.store, self.clock, script.zone, uids)
        self.player = Player(script, self.world, self.clock, uids, hands=self.hands, memory=memory)
        if memory is None:
            self.player.prepare()

    def all(self) -> list[Outcome]:
        made = []
        while self.player.upcoming():
            made.append(self.player.step())
        return made

    def codes(self) -> list[str]:
        return [outcome.code or "recorded" for outcome in self.all()]

    def kinds(self) -> list[str]:
        return [entry.kind for entry in self.store.entries]

    @property
    def overview(self) -> SessionOverview:
        """Return the session as it stands now."""
        return ShowSession(self.world)(self.player.session_id)
