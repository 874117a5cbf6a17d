"""A clinic's day at high speed: every chair busy, held against the due grid's second reading.

Whoever drives it gives it hands; it gives back what the day came to. Nothing here waits for
anything: a day is as long as the machine needs for it.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from monitor.acts import (
    Act,
    CheckReadiness,
    Discharge,
    Finish,
    GiveDevice,
    MissSlot,
    Pause,
    Resume,
    Start,
    Stop,
    TakeOrder,
    TypeLine,
    Weigh,
)
from monitor.clinic import ApproveProtocol, FoundClinic, NewAccount, NewPatient, RegisterPatient
from monitor.desk import OpenSession, Perform, ShowSession, World
from monitor.entries import Given, Leaving, Measured, Weighing
from monitor.errors import MonitorError
from monitor.overview import SessionOverview
from monitor.people import Author, Role, Sex
from monitor.protocols.loading import shipped
from monitor.protocols.protocol import Protocol as TreatmentProtocol
from monitor.reminders import Reminder, standing
from tests.benchmarks.day_plan import DEVICES, INFUSION, QUARTER, Deed, name_of, plan
from tests.e2e.computer import CALCULATION, CHECK, ORDER
from tests.second_opinion.grid import FULL, Grid, Rule, Told, grid
from tests.second_opinion.grid_both import course_of, instant
from tests.second_opinion.grid_cases import GridQuestion, Written

NURSE = Author("nk", Role.NURSE, "Nina Kowal", "RN")
PRESCRIBER = Author("ds", Role.PRESCRIBER, "Dana Silva", "MD")
OPENING = 8 * 60.0
"""Eight in the morning UTC, in minutes."""

WAIT = 5
"""Minutes between two devices, by the esketamine label."""

Key = tuple[str, str, str, str]
"""What was announced: session, kind, name, state."""


class SetClock(Protocol):
    """A clock that goes where the day is."""

    def move_to(self, instant: dt.datetime) -> None:
        """Move on to an instant."""
        ...


class Hands(Protocol):
    """Whoever types at the window, and lets time pass there; each step is as small as can be."""

    def type_line(self, session_id: str, text: str) -> Iterator[None]:
        """Type a line into a session and press Enter."""
        ...

    def tick(self, now: dt.datetime, /) -> Iterator[None]:
        """Let everybody look at the clock."""
        ...

    def seen(self) -> Sequence[SessionOverview]:
        """Return the open sessions, as the rooms and the reminders see them."""
        ...


@dataclass(slots=True)
class Visit:
    """A visit as the day itself keeps it, in plain minutes."""

    id: str
    protocol: TreatmentProtocol
    rules: tuple[Rule, ...]
    lines: list[Written] = field(default_factory=list)
    left: bool = False

    def grid(self, look: float) -> Grid:
        """Return its due grid by the second reading."""
        by_device = self.protocol.id == DEVICES
        repeat = self.protocol.repeat_minutes
        asked = GridQuestion(self.rules, repeat, by_device, 3, tuple(self.lines), look)
        return grid(course_of(asked))

    def next_device(self, look: float) -> str:
        """Return the number of the device that can be given now; empty for none."""
        given = [line.at for line in self.lines if line.kind == "device"]
        waits = self.protocol.id == DEVICES and 0 < len(given) < 3
        return str(len(given) + 1) if waits and look >= given[-1] + WAIT else ""


@dataclass(slots=True)
class Tally:
    """What the day came to.

    Attributes:
        entered: How many deeds of each kind were done; `refused` counts those that were not.
        compared: How many slots were held against the second reading.
        wrong: Those of them that stood otherwise, in words; at most a few.
        expected: What had to be announced; `missed` of it never was, in time.
        invented: Announcements of what the second reading does not know.
        states: How many slots had ended how when their patient left.
    """

    entered: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    compared: int = 0
    wrong: list[str] = field(default_factory=list)
    expected: set[Key] = field(default_factory=set)
    missed: set[Key] = field(default_factory=set)
    invented: set[Key] = field(default_factory=set)
    states: Counter[str] = field(default_factory=Counter)


def found_clinic(world: World, chairs: int) -> None:
    """Begin the clinic that the day takes place in."""
    people = [
        NewAccount(
            user=who.user,
            name=who.name,
            role=who.role,
            credential=who.credential,
            password=f"a long password of {who.user}",
        )
        for who in (NURSE, PRESCRIBER)
    ]
    FoundClinic(world)("Riverside", "", tuple(str(n + 1) for n in range(chairs)), people)
    for protocol in shipped():
        if protocol.id in (INFUSION, DEVICES):
            ApproveProtocol(world)(PRESCRIBER, protocol)


class Watch:
    """Holds what the program shows and announces against the second reading."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._heard: set[Key] = set()

    def heard(self, about: Sequence[Reminder], visits: Sequence[Visit], now: float) -> None:
        """Note an announcement; what it says must be so."""
        by_id = {visit.id: visit for visit in visits}
        grids: dict[str, Grid] = {}
        for each in about:
            key = (each.session_id, each.what.value, each.name, each.state.value)
            self._heard.add(key)
            if each.what.value != "slot" or each.state.value == "later":
                continue
            if each.session_id not in grids:
                grids[each.session_id] = by_id[each.session_id].grid(now)
            told = grids[each.session_id].slots.get(each.name)
            if told is None or told.state != each.state.value:
                self._tally.invented.add(key)

    def hold(self, visit: Visit, seen: SessionOverview | None, minute: float) -> None:
        """Hold a session's slots, and what had to be announced of them, against the rules."""
        told, now = visit.grid(minute).slots, instant(minute)
        there = {slot.name: slot for slot in seen.slots} if seen is not None else {}
        program = {
            name: (standing(slot, now).value, slot.due, slot.minutes)
            for name, slot in there.items()
        }
        rules = {
            name: (each.state, None if each.due is None else instant(each.due), each.off)
            for name, each in told.items()
        }
        self._tally.compared += len(rules)
        for name in dict.fromkeys((*rules, *program)):
            if rules.get(name) != program.get(name):
                self._tally.wrong.append(
                    f"{visit.protocol.id} {name} at {minute}: rules {rules.get(name)}, "
                    f"program {program.get(name)}\n{visit.lines}"
                )
        if not visit.left:
            self._expect(visit, told, minute)

    def _expect(self, visit: Visit, told: Mapping[str, Told], minute: float) -> None:
        wanted: set[Key] = {
            (visit.id, "slot", name, each.state)
            for name, each in told.items()
            if each.due is not None and each.state in ("due", "overdue")
        }
        if number := visit.next_device(minute):
            wanted.add((visit.id, "device", number, "due"))
        self._tally.expected |= wanted
        self._tally.missed |= wanted - self._heard


class Day:
    """Lets a planned day happen, a small step at a time."""

    def __init__(
        self, world: World, clock: SetClock, hands: Hands, *, seed: int, chairs: int, hours: float
    ) -> None:
        self._world, self._clock, self._hands = world, clock, hands
        self._deeds, self._minutes = plan(seed, chairs, hours * 60), hours * 60
        self._protocols = {each.id: each for each in shipped()}
        self._visits: dict[str, Visit] = {}
        self._numbers = itertools.count(100_000)
        self.now = OPENING
        self.doing = "nothing"
        self.tally = Tally()
        self._watch = Watch(self.tally)

    @property
    def visits(self) -> tuple[Visit, ...]:
        """Return every visit so far."""
        return tuple(self._visits.values())

    def heard(self, about: Sequence[Reminder]) -> None:
        """Somebody was reminded of this now."""
        self._watch.heard(about, self.visits, self.now)

    def steps(self) -> Iterator[None]:
        """Live through the day; between two steps others have their turn."""
        waiting = iter(self._deeds)
        deed = next(waiting, None)
        for quarter in range(int(self._minutes / QUARTER) + 1):
            minute = quarter * QUARTER
            self._go_to(minute)
            while deed is not None and deed.minute <= minute:
                yield from self._do(deed)
                deed = next(waiting, None)
            self.doing = "tick"
            yield from self._hands.tick(instant(self.now))
            yield
            self.doing = "comparing"
            yield from self._compare()

    def _go_to(self, minute: float) -> None:
        self.now = OPENING + minute
        self._clock.move_to(instant(self.now))

    def _compare(self) -> Iterator[None]:
        """Hold every open session against the second reading."""
        seen = {each.session_id: each for each in self._hands.seen()}
        for visit in self._visits.values():
            if not visit.left:
                self._watch.hold(visit, seen.get(visit.id), self.now)
                yield

    # --- what people do -----------------------------------------------------------------------

    def _do(self, deed: Deed) -> Iterator[None]:
        self.doing = deed.what
        visit = self._visits.get(deed.visit)
        if deed.what == "open":
            self._open(deed)
        elif visit is not None and not visit.left:
            if deed.what == "line":
                yield from self._line(visit, deed)
            elif deed.what == "prepare":
                yield from self._prepare(visit)
            else:
                self._step(visit, deed)
        yield

    def _open(self, deed: Deed) -> None:
        number = next(self._numbers)
        wanted = NewPatient(
            family=name_of(number),
            given=name_of(number + 40_000),
            born="1984-03-12",
            sex=Sex.FEMALE,
            number=f"{number}",
        )
        chair = deed.visit.partition("/")[0]
        patient = RegisterPatient(self._world)(NURSE, wanted)
        session_id = OpenSession(self._world)(
            NURSE, patient_id=patient.id, protocol_id=deed.text, chair=chair
        )
        protocol = self._protocols[deed.text]
        self._visits[deed.visit] = Visit(session_id, protocol, _rules(protocol))
        self.tally.entered["open"] += 1

    def _prepare(self, visit: Visit) -> Iterator[None]:
        steps: Sequence[tuple[Author, Act]] = (
            (PRESCRIBER, ORDER),
            (NURSE, Weigh(kg=Decimal(70), how=Weighing.MEASURED)),
            (NURSE, CALCULATION),
            (PRESCRIBER, CHECK),
        )
        if visit.protocol.id == DEVICES:
            steps = ((PRESCRIBER, TakeOrder(how=Given.WRITTEN, dose_mg=Decimal(84))),)
        for by, act in steps:
            self._perform(visit, by, act)
            yield

    def _line(self, visit: Visit, deed: Deed) -> Iterator[None]:
        """Type a line; what of it was stored is looked up, what it closes is not."""
        text, at, partial = deed.text, self.now, not deed.by_key
        if deed.ago:
            at = float(int(self.now) - deed.ago)
            hours, minutes = divmod(int(at) + 60, 60)  # Warsaw in winter
            text += f" @{hours:02}:{minutes:02}"
        if partial:
            text = " ".join(text.split()[:3])  # no Resp, and why
        before = self._stored(visit)
        if deed.by_key:
            yield from self._hands.type_line(visit.id, text)
        else:
            self._perform(visit, NURSE, TypeLine(text=text, reason="asked not to be woken"))
        if self._stored(visit) == before:
            self.tally.refused["line"] += 1
            return
        self.tally.entered["typed" if deed.by_key else "line"] += 1
        signs = FULL - {"resp"} if partial else FULL
        visit.lines.append(Written("reading", at, self.now, signs=signs, reason=partial))

    def _stored(self, visit: Visit) -> int:
        with self._world.looking() as tx:
            return len(tx.session(visit.id).all(Measured))

    def _step(self, visit: Visit, deed: Deed) -> None:
        by_device = visit.protocol.id == DEVICES
        if deed.what == "miss":
            self._miss(visit)
            return
        if deed.what == "leave":
            self._leave(visit)
            return
        started = next((line.at for line in visit.lines if line.kind == "start"), self.now)
        short = self.now - started < 39
        acts: dict[str, Act] = {
            "give": GiveDevice(lot="23KG104", expiry="2027-08") if by_device else Start(),
            "pause": Pause(),
            "resume": Resume(),
            "end": Stop(reason="asked to stop") if short else Finish(),
        }
        kind = {"give": "device" if by_device else "start"}.get(deed.what, deed.what)
        if self._perform(visit, NURSE, acts[deed.what]):
            visit.lines.append(Written(kind, self.now, self.now))

    def _miss(self, visit: Visit) -> None:
        """Say why the longest overdue slot was missed."""
        told = visit.grid(self.now).slots
        over = next((name for name, each in told.items() if each.state == "overdue"), "")
        if over and self._perform(visit, NURSE, MissSlot(slot=over, reason="asleep")):
            visit.lines.append(Written("missed", self.now, self.now, slot=over, reason=True))

    def _leave(self, visit: Visit) -> None:
        """Go home where the door is open; against advice where it is not."""
        items = tuple((item, True) for item, _ in visit.protocol.checklist)
        self._perform(visit, NURSE, CheckReadiness(items=items, escort="Jan Nowak"))
        how = Leaving.HOME
        if not self._perform(visit, NURSE, Discharge(how=how)):
            how = Leaving.AGAINST_ADVICE
            if not self._perform(visit, NURSE, Discharge(how=how, reason="wanted to go")):
                return
        visit.lines.append(Written("left", self.now, self.now, how=how.value))
        visit.left = True
        told = visit.grid(self.now)
        self.tally.states.update(each.state for each in told.slots.values())
        self.tally.states["extra"] += len(told.extra)
        self._watch.hold(visit, ShowSession(self._world)(visit.id), self.now)

    def _perform(self, visit: Visit, by: Author, act: Act) -> bool:
        """Do something; where the program refuses it, it has not been done."""
        name = type(act).__name__
        try:
            Perform(self._world)(visit.id, by, act)
        except MonitorError as error:
            self.tally.refused[f"{name} {error.code.value}"] += 1
            return False
        self.tally.entered[name] += 1
        return True


def _rules(protocol: TreatmentProtocol) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            rule.name,
            rule.anchor.value,
            rule.minutes,
            rule.before,
            rule.after,
            frozenset(sign.value for sign in rule.required),
        )
        for rule in protocol.slots
    )
