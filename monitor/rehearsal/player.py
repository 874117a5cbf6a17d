"""Plays a rehearsal: each act goes through the very use-cases that the window calls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from monitor.clinic import Lists, LogIn, NewPatient
from monitor.clock_keeping import ConfirmClock, WatchClock
from monitor.desk import OpenSession, ShowSession, World
from monitor.errors import Code, MonitorError, NotFoundError, RefusedError
from monitor.identity import MendPatient
from monitor.overview import SessionOverview
from monitor.people import Author, Sex
from monitor.rehearsal.chair import AtTheChair
from monitor.rehearsal.clockwork import ScriptClock
from monitor.rehearsal.fields import BY_NOBODY, FIELDS
from monitor.rehearsal.founding import found
from monitor.rehearsal.making_up import ScriptUids, password
from monitor.rehearsal.script import Script, ScriptAct
from monitor.rehearsal.typed import Around, seconds, slept
from monitor.signing import AddToSession, CoSignSession, SignSession

MEANINGS = {"sign": "recorded by", "cosign": "reviewed and approved"}
"""What a signature says unless the script says otherwise (the two meanings of the record)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an act ended.

    Attributes:
        code: Why it was refused; empty where it was recorded.
        error: The refusal itself, for its sentence; None where it was recorded.
    """

    number: int
    do: str
    at: dt.datetime
    code: str = ""
    error: MonitorError | None = None

    @property
    def recorded(self) -> bool:
        """Tell whether it was recorded."""
        return not self.code


@dataclass(frozen=True, slots=True)
class Memory:
    """What has to be known to go on with a rehearsal after the process was killed.

    Attributes:
        played: How many acts are behind us.
        part: How often the process was killed.
        labels: By label: what was done, and the uid of its entry.
    """

    played: int = 0
    part: int = 0
    session_id: str = ""
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)


class Stagehands(Protocol):
    """Does what a rehearsal asks of the world around the record."""

    def export(self, session_id: str, author: Author) -> None:
        """Write the outputs as they stand."""
        ...

    def crash(self, outcome: Outcome) -> None:
        """Kill the process that holds the store, after the outcome was made known."""
        ...


class Player:
    """Plays a script's acts one after another in a world of its own.

    Attributes:
        script: What is played.
        session_id: The session, empty until the first act has opened it.
    """

    def __init__(
        self,
        script: Script,
        world: World,
        clock: ScriptClock,
        uids: ScriptUids,
        *,
        hands: Stagehands,
        memory: Memory | None = None,
    ) -> None:
        memory = memory or Memory()
        self.script = script
        self.session_id = memory.session_id
        self._world = world
        self._clock = clock
        self._uids = uids
        self._hands = hands
        self._played = memory.played
        self._part = memory.part
        self._labels = dict(memory.labels)
        self._known: dict[str, Author] = {}

    @property
    def memory(self) -> Memory:
        """Return what another player needs to go on from here."""
        return Memory(self._played, self._part, self.session_id, dict(self._labels))

    def join(self, other: Player) -> None:
        """Play beside another one: whoever is logged in there is logged in here."""
        self._known = other._known

    def prepare(self) -> None:
        """Found the clinic for this one rehearsal, with everyone in it.

        Raises:
            MonitorError: If one of them is refused; then the rehearsal cannot begin.
        """
        found(self._world, (self.script,), self.author)

    def upcoming(self) -> ScriptAct | None:
        """Return the next act, None when the rehearsal is over."""
        acts = self.script.acts
        return acts[self._played] if self._played < len(acts) else None

    def step(self) -> Outcome:
        """Play the next act at its instant, and return how it ended."""
        act = self.script.acts[self._played]
        self._clock.move_to(act.at)
        self._uids.at_act(act.turn or act.number)
        self._played += 1
        at = self._clock.real  # later than it should be where the computer slept over it
        try:
            self._play(act)
        except MonitorError as error:
            return Outcome(act.number, act.do, at, error.code.value, error)
        finally:
            self._watch_clock()
        return Outcome(act.number, act.do, at)

    def author(self, user: str) -> Author:
        """Return a person, logged in when first asked for."""
        if user not in self._known:
            self._known[user] = LogIn(self._world)(user, self.password(user))
        return self._known[user]

    def password(self, user: str) -> str:
        """Return the password that the rehearsal made up for a person."""
        return password(self.script.hash, user)

    def _play(self, act: ScriptAct) -> None:
        if act.do not in FIELDS:
            raise RefusedError(Code.UNKNOWN_ACT, do=act.do, line=act.line)
        if act.do in BY_NOBODY:
            self._happen(act)
            return
        author = self.author(act.by)
        if not self.session_id:
            self.session_id = self._open(author)
        self._do(act, author)

    def _do(self, act: ScriptAct, author: Author) -> None:
        """Do what a person does once the session is open."""
        if act.do == "export":
            self._hands.export(self.session_id, author)
        elif act.do == "identity":
            self._mend(act, author)
        elif act.do in MEANINGS:
            self._sign(act, author)
        elif act.do == "addendum":
            add, seen = AddToSession(self._world), self._shown().entries
            add(self.session_id, author.user, self.password(act.by), act.text("text"), seen=seen)
        elif act.do == "clock_confirm":
            self._confirm(act, author)
        else:
            around = Around(self._labels, self.script.staff, self.script.zone)
            hand = AtTheChair(self._world, self.session_id, author, self.password)
            entries = hand.do(act, around)
            if act.label:
                self._labels[act.label] = (act.do, entries[0].uid)

    def _happen(self, act: ScriptAct) -> None:
        if act.do == "crash":
            self._hands.crash(Outcome(act.number, act.do, self._clock.real))
        elif act.do == "suspend":
            self._watch_clock()  # a program that is awake has looked a second ago
            self._clock.sleep(slept(act))
        else:
            self._clock.jump(seconds(act))

    def _watch_clock(self) -> None:
        """Look at the clock as the window does each second: a window has nothing to add then."""
        if self._clock.disturbance() is not None:
            WatchClock(self._world, self._clock)()

    def _confirm(self, act: ScriptAct, author: Author) -> None:
        answer = ConfirmClock(self._world, self._clock)
        if act.text("time") == "computer":
            answer.take_computers(author)
        else:
            answer.keep(author)

    def _open(self, author: Author) -> str:
        number = self.script.patient.number
        found = Lists(self._world).patients(number)
        patient = next((patient for patient in found if patient.number == number), None)
        if patient is None:
            raise NotFoundError("patient")
        return OpenSession(self._world)(
            author,
            patient_id=patient.id,
            protocol_id=self.script.protocol,
            chair=self.script.chair,
            rehearsal=True,
            confirm=self.script.again,
        )

    def _mend(self, act: ScriptAct, author: Author) -> None:
        """Change what is known of the patient: the fields that the act names, no others."""
        with self._world.transaction() as tx:
            known = tx.patient(tx.session(self.session_id).opened.patient.id)
        named = act.fields
        wanted = NewPatient(
            family=act.text("family") if "family" in named else known.family,
            given=act.text("given") if "given" in named else known.given,
            born=act.text("born") if "born" in named else known.born.isoformat(),
            sex=Sex(act.text("sex")) if "sex" in named else known.sex,
            number=act.text("number") if "number" in named else known.number,
            allergies=act.list("allergies") if "allergies" in named else known.allergies,
        )
        MendPatient(self._world)(author, known.id, wanted, act.text("reason"), known)

    def _sign(self, act: ScriptAct, author: Author) -> None:
        sign = SignSession(self._world) if act.do == "sign" else CoSignSession(self._world)
        meaning = act.text("meaning") if "meaning" in act.fields else MEANINGS[act.do]
        seen = self._shown().digest
        sign(self.session_id, author.user, self.password(act.by), meaning, seen=seen)

    def _shown(self) -> SessionOverview:
        return ShowSession(self._world)(self.session_id)
