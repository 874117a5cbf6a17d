"""Plays rehearsals together: their acts one after another, in order of real time."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.desk import World
from monitor.rehearsal.clockwork import ScriptClock
from monitor.rehearsal.day import Day
from monitor.rehearsal.founding import found
from monitor.rehearsal.making_up import ScriptUids
from monitor.rehearsal.player import Memory, Outcome, Player, Stagehands
from monitor.rehearsal.script import ScriptAct


class Company:
    """Everyone who plays on one day: a player for each file, in one world and on one clock.

    Attributes:
        players: In the order of the files.
        place: Whose act was played last, or is next where none was: the file's, from 0.
    """

    def __init__(
        self,
        day: Day,
        world: World,
        clock: ScriptClock,
        uids: ScriptUids,
        *,
        hands: Stagehands,
        memories: Sequence[Memory] = (),
    ) -> None:
        self._day = day
        self._world = world
        told = memories or [Memory()] * len(day.scripts)
        self.players = tuple(
            Player(script, world, clock, uids, hands=hands, memory=memory)
            for script, memory in zip(day.scripts, told, strict=True)
        )
        for player in self.players[1:]:
            player.join(self.players[0])
        self.place = self._next()

    @property
    def player(self) -> Player:
        """Return whose act was played last, or is next where none was."""
        return self.players[self.place]

    def prepare(self) -> None:
        """Found the clinic with everyone in it, approve the protocols, register the patients.

        Raises:
            MonitorError: If one of them is refused; then the rehearsal cannot begin.
        """
        found(self._world, self._day.scripts, self.players[0].author)

    def upcoming(self) -> ScriptAct | None:
        """Return the next act, None when the day is over; its player is `player` from then on."""
        self.place = self._next()
        return self.player.upcoming()

    def step(self) -> Outcome:
        """Play the next act at its instant, and return how it ended."""
        self.place = self._next()
        return self.player.step()

    def _next(self) -> int:
        """Return the place of the next act's file; of two at one instant, the first file's."""
        waiting = [
            (act.at, place)
            for place, player in enumerate(self.players)
            if (act := player.upcoming()) is not None
        ]
        return min(waiting)[1] if waiting else 0
