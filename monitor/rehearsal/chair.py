"""What a script's people do at the chair, each with the password that the rehearsal gave them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from monitor.desk import Perform, World
from monitor.entries import Entry
from monitor.people import Author
from monitor.rehearsal.acting import act_of
from monitor.rehearsal.dose_acts import check_of, override_of, waste_of
from monitor.rehearsal.script import ScriptAct
from monitor.rehearsal.typed import Around
from monitor.two_people import EmergencyOverride, SecondCheck, WitnessedWaste


@dataclass(frozen=True, slots=True)
class AtTheChair:
    """One person in one session.

    Attributes:
        password: Returns anybody's password, by user name.
    """

    world: World
    session_id: str
    author: Author
    password: Callable[[str], str]

    def do(self, written: ScriptAct, around: Around) -> tuple[Entry, ...]:
        """Do an act and return what it left; where two people are needed, each proves it."""
        match written.do:
            case "verify":
                check = check_of(written)
                return SecondCheck(self.world)(self.session_id, *self._proof(), check)
            case "override":
                override = override_of(written)
                return EmergencyOverride(self.world)(self.session_id, *self._proof(), override)
            case "waste":
                witness, waste = written.text("witness"), waste_of(written, around)
                witnessed = WitnessedWaste(self.world)
                secret = self.password(witness)
                return witnessed(self.session_id, self.author, waste, witness, secret)
            case _:
                return Perform(self.world)(self.session_id, self.author, act_of(written, around))

    def _proof(self) -> tuple[str, str]:
        return self.author.user, self.password(self.author.user)
