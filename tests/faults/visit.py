"""A rehearsed visit on a real, encrypted store within this process, an act at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import main
from db.accounts import Argon2Passwords
from db.certification import PracticeCertification
from db.store import Store
from db.witness.station import Station
from monitor.clinic import ProgramRuns
from monitor.desk import World
from monitor.entries import Entry
from monitor.errors import StorageError
from monitor.people import Author
from monitor.rehearsal.clockwork import ScriptClock
from monitor.rehearsal.making_up import ScriptSalts, ScriptUids
from monitor.rehearsal.player import Memory, Outcome, Player
from monitor.rehearsal.reading import read_script
from monitor.rehearsal.script import Script
from monitor.signing import ExportReport
from reports.press import ReportPress
from tests.e2e.chairside import OWN, SHIPPED
from ui.console.stage import Listeners, PracticeOrder

KETAMINE = SHIPPED / "ketamine-70kg.toml"
ESKETAMINE = SHIPPED / "esketamine-84mg.toml"
PAUSED = OWN / "paused-for-pressure.toml"

Show = Callable[[Entry], None]


def script_of(file: Path) -> Script:
    """Read a rehearsal, without the acts in which it kills itself: that is for us to do."""
    script = read_script(file.read_bytes(), file.name)
    return replace(script, acts=tuple(act for act in script.acts if act.do != "crash"))


def at_station(order: PracticeOrder, state: Path) -> main.OpenRecord:
    """Open a record that costs nothing to unlock, with all else that a clinic's record has."""
    listeners = Listeners()
    listeners.add(order.publish)
    station = Station.here(state)
    if Store.exists(order.folder):
        store = Store.open(order.folder, publish=listeners, station=station)
    else:
        store = Store.create(
            order.folder, "practice", practice=True, publish=listeners, station=station
        )
    world = World(
        transaction=store.transaction,
        clock=order.clock,
        station=order.station,
        zone=order.zone,
        new_uid=order.new_uid,
        passwords=Argon2Passwords.for_rehearsal(order.salt().hex()),
        certification=PracticeCertification(),
        press=ReportPress(),
        station_key=store.station_key,
        gaps=store.gaps,
    )
    return main.OpenRecord(store, world, listeners)


class Visit:
    """A rehearsal being played. Identities are drawn by chance, as at the real window.

    Attributes:
        memory: How far it has got.
    """

    def __init__(
        self,
        folder: Path,
        script: Script,
        show: Show,
        memory: Memory | None = None,
        *,
        state: Path | None = None,
    ) -> None:
        """Begin a record in a folder, or open the one that is there.

        Args:
            folder: The record's.
            script: What is played.
            show: Called with each entry once it is kept: it has appeared on the screen.
            memory: Where another visit was left.
            state: Where a station keeps its key and its marks, as a clinic's computer does; a
                record for practice has none.
        """
        self.memory = memory or Memory()
        self._script = script
        last = script.acts[max(0, self.memory.played - 1)]
        self._clock = ScriptClock(last.at, script.zone, script.hash)
        order = PracticeOrder(
            folder=folder,
            clock=self._clock,
            zone=script.zone,
            new_uid=main.new_uid,
            station="rehearsal",
            salt=ScriptSalts(script.hash),
            publish=show,
        )
        self._stage = main.open_practice(order) if state is None else at_station(order, state)

    def prepare(self) -> None:
        """Found the clinic with everyone in it; a disk that refuses is a `StorageError`."""
        self._player().prepare()
        ProgramRuns(self._stage.world).started("test")

    @property
    def is_over(self) -> bool:
        """Tell whether every act is behind us."""
        return self.memory.played >= len(self._script.acts)

    def step(self) -> Outcome:
        """Play the next act; one that the disk refused stays the next."""
        player = self._player()
        outcome = player.step()
        if isinstance(outcome.error, StorageError):
            # The first act opens the session on its way; that may have been kept.
            self.memory = replace(self.memory, session_id=player.session_id)
        else:
            self.memory = player.memory
        return outcome

    def play(self) -> None:
        """Play the whole of it."""
        self.prepare()
        while not self.is_over:
            self.step()
        self.close()

    def export(self, session_id: str, author: Author) -> None:
        """Hand the report out, as the act asks; satisfies `Stagehands`."""
        ExportReport(self._stage.world)(session_id, author)

    def crash(self, outcome: Outcome) -> None:
        """Go on: `script_of` leaves these acts out."""

    def close(self) -> None:
        """Close the record."""
        self._stage.close()

    def _player(self) -> Player:
        """Return a player who starts afresh from where we are: he may have failed before."""
        uids = ScriptUids(self._script.hash, self._clock)
        world = self._stage.world
        return Player(self._script, world, self._clock, uids, hands=self, memory=self.memory)
