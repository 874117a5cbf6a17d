"""One course's grid by both implementations, in the same words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache

from monitor.clock import Moment
from monitor.entries import (
    DeviceGiven,
    Discharged,
    Entry,
    Fact,
    Finished,
    Given,
    Leaving,
    Measured,
    Opened,
    Ordered,
    Paused,
    Resumed,
    SlotMissed,
    Started,
    Stopped,
)
from monitor.overseeing.observations import observed
from monitor.people import Author, Clinic, Patient, Role, Sex
from monitor.protocols.loading import shipped
from monitor.protocols.protocol import Anchor, Protocol, SlotRule
from monitor.reminders import standing
from monitor.schedule import draw_grid
from monitor.session import Session
from monitor.vitals import BloodPressure, Reading as Vitals, Sign
from tests.second_opinion.grid import Course, Reading, Rule, Told, grid
from tests.second_opinion.grid_cases import GridQuestion, Written

DAY = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
NURSE = Author("nk", Role.NURSE, "Nina Kowal", "RN")
PATIENT = Patient("p", "Nowak", "Anna", dt.date(1984, 3, 12), Sex.FEMALE, "100234")
RATE = Decimal(75)

Answer = tuple[Mapping[str, Told], Sequence[int]]
"""Each slot as told, and the numbers of the readings that are extra."""


@dataclass(frozen=True, slots=True)
class GridDisagreement:
    """A question to which the two answer differently."""

    question: GridQuestion
    rules: Answer
    program: Answer

    @property
    def text(self) -> str:
        """Return the record, and what differs."""
        asked = self.question
        heads = [f"look {asked.look} repeat {asked.repeat} ordered {asked.ordered}"]
        heads += [f"  {rule}" for rule in asked.rules]
        heads += [f"  {number} {line}" for number, line in enumerate(asked.lines)]
        (by_rules, extra), (by_program, program_extra) = self.rules, self.program
        for name in dict.fromkeys((*by_rules, *by_program)):
            if by_rules.get(name) != by_program.get(name):
                heads.append(f"  {name}: rules {by_rules.get(name)}")
                heads.append(f"  {name}: program {by_program.get(name)}")
        if list(extra) != list(program_extra):
            heads.append(f"  extra: rules {extra}, program {program_extra}")
        return "\n".join(heads)


def compared(question: GridQuestion, rules: Answer | None = None) -> GridDisagreement | None:
    """Return how the two differ over one course, None where they agree.

    Args:
        question: The course.
        rules: What the rules say of it, where that was asked already.
    """
    rules, program = rules or grid_by_the_rules(question), grid_by_the_program(question)
    same = dict(rules[0]) == dict(program[0]) and list(rules[1]) == list(program[1])
    return None if same else GridDisagreement(question, rules, program)


# --- by the rules -----------------------------------------------------------------------------


def grid_by_the_rules(question: GridQuestion) -> Answer:
    """Answer with the second implementation."""
    told = grid(course_of(question))
    return told.slots, told.extra


def course_of(question: GridQuestion) -> Course:
    """Read a record as its words say: what was amended counts as it was last put."""
    stands = _standing_lines(question.lines)
    of_kind: dict[str, list[tuple[int, Written, Written]]] = {}
    for number, first, line in stands:
        of_kind.setdefault(line.kind, []).append((number, first, line))
    given = sorted(
        (*of_kind.get("start", ()), *of_kind.get("device", ())), key=lambda each: each[2].at
    )
    ends = [line.at for _, _, line in of_kind.get("end", ())]
    left = [line for _, _, line in of_kind.get("left", ())]
    missed = {line.slot for _, _, line in of_kind.get("missed", ())}
    if _began_without_baseline(question):
        missed.add("baseline")
    last_device = None
    if question.by_device and given and (ends or len(given) >= question.ordered):
        last_device = given[-1][2].at
    begun = min((number for number, _, _ in given), default=len(question.lines))
    return Course(
        rules=question.rules,
        repeat=question.repeat,
        readings=[
            Reading(number, line.at, _reasoned(line, first), line.slot, number > begun)
            for number, first, line in of_kind.get("reading", ())
        ],
        look=question.look,
        start=given[0][2].at if given else None,
        end=ends[0] if ends and not question.by_device else None,
        last_device=last_device,
        left=left[0].at if left else None,
        home=bool(left) and left[0].how == "home",
        missed=frozenset(missed),
        pauses=_pauses(of_kind, left) if question.shifts else (),
    )


def _pauses(
    of_kind: Mapping[str, Sequence[tuple[int, Written, Written]]], left: Sequence[Written]
) -> list[tuple[float, float | None]]:
    """Return when the pump stood still: from each pause to what was done next, or the leaving."""
    done = sorted(
        (line.at, number, kind)
        for kind in ("start", "pause", "resume", "end")
        for number, _, line in of_kind.get(kind, ())
    )
    ends = [*(at for at, _, _ in done[1:]), left[0].at if left else None]
    return [(at, end) for (at, _, kind), end in zip(done, ends, strict=False) if kind == "pause"]


def _began_without_baseline(question: GridQuestion) -> bool:
    """Tell whether the first drug was written with a reason while no baseline was there.

    A reason that was given although there was one is about something else.
    """
    drugs = (n for n, line in enumerate(question.lines) if line.kind in ("start", "device"))
    number = next(drugs, None)
    if number is None or not question.lines[number].reason:
        return False
    first = replace(question.lines[number], reason=False)
    lines = (*question.lines[:number], first)
    then = course_of(replace(question, lines=lines, look=first.at))
    return grid(then).slots["baseline"].by is None


def _standing_lines(lines: Sequence[Written]) -> Iterator[tuple[int, Written, Written]]:
    """Yield (number, the line as it was written first, as it stands)."""
    newest = dict(enumerate(lines))
    for line in lines:
        if line.amends is not None:
            newest[line.amends] = line
    for number, line in enumerate(lines):
        if line.amends is None:
            yield number, line, newest[number]


def _reasoned(line: Written, first: Written) -> frozenset[str]:
    """Return what a reading holds; a reason given when it was taken stands for what is missing.

    Why it was amended is no reason for that; and of nothing, nothing is missing.
    """
    everything = frozenset({"bp", "heart_rate", "spo2", "resp", "sedation"})
    return everything if line.signs and first.reason else line.signs


# --- by the program ---------------------------------------------------------------------------


def grid_by_the_program(question: GridQuestion) -> Answer:
    """Answer with the program: the lines as a session's entries, its grid drawn."""
    session = session_of(question)
    look = instant(question.look)
    drawn = draw_grid(observed(session), look)
    told = {
        slot.name: Told(
            None if slot.due is None else (slot.due - DAY).total_seconds() / 60,
            standing(slot, look).value,
            slot.minutes,
            None if slot.reading is None else int(slot.reading),
        )
        for slot in drawn.slots
    }
    return told, [int(uid) for uid in drawn.extra]


def session_of(question: GridQuestion) -> Session:
    """Return a record as the program's own."""
    protocol, opened = _opened(question.by_device, question.rules, question.repeat, question.shifts)
    entries = [_entry("opened", 1, 0, 0, opened)]
    if question.by_device:
        order = Ordered(Given.WRITTEN, dose_mg=Decimal(28 * question.ordered))
        entries.append(_entry("ordered", 2, 0, 0, order))
    for number, line in enumerate(question.lines):
        entries.append(_written(number, len(entries) + 1, line, by_device=question.by_device))
    return Session("s", protocol, tuple(entries))


def instant(minute: float) -> dt.datetime:
    """Return a minute of the day as an instant."""
    return DAY + dt.timedelta(minutes=minute)


@cache
def _drawn_up(by_device: bool) -> Protocol:  # noqa: FBT001 - a key
    wanted = "esketamine" if by_device else "iv-ketamine-40"
    return next(protocol for protocol in shipped() if protocol.id == wanted)


@lru_cache(maxsize=64)
def _opened(
    by_device: bool,  # noqa: FBT001 - a key
    rules: tuple[Rule, ...],
    repeat: int,
    shifts: bool,  # noqa: FBT001 - a key
) -> tuple[Protocol, Opened]:
    slots = tuple(
        SlotRule(
            rule.name,
            Anchor(rule.anchor),
            rule.minutes,
            rule.before,
            rule.after,
            frozenset(Sign(sign) for sign in rule.required),
        )
        for rule in rules
    )
    made = replace(_drawn_up(by_device), slots=slots, repeat_minutes=repeat, pause_shifts=shifts)
    clinic = Clinic("c", "Riverside", "")
    of = (made.id, made.version, made.hash, "1", made.drug, made.route)
    return made, Opened(PATIENT, *of, clinic)


def _entry(uid: str, n: int, at: float, entered: float, what: Fact, **more: str) -> Entry:
    moment = Moment(instant(entered), 60, "boot", int(entered * 60) * 10**9)
    return Entry(uid, "session/s", n, instant(at), moment, NURSE, "test", what, **more)


def _written(number: int, n: int, line: Written, *, by_device: bool) -> Entry:
    return _entry(
        str(number),
        n,
        line.at,
        line.entered,
        _fact(line, by_device=by_device),
        amends="" if line.amends is None else str(line.amends),
        reason="so it was" if line.reason else "",
    )


def _fact(line: Written, *, by_device: bool) -> Fact:
    steps: dict[str, Fact] = {
        "start": Started(RATE),
        "pause": Paused(),
        "resume": Resumed(RATE),
        "end": Finished() if by_device else Stopped(),
        "device": DeviceGiven(1, Decimal(28)),
        "missed": SlotMissed(line.slot),
    }
    if line.kind == "reading":
        return Measured(_vitals(line.signs), slot=line.slot)
    if line.kind == "left":
        return Discharged(Leaving(line.how))
    return steps[line.kind]


@cache
def _vitals(signs: frozenset[str]) -> Vitals:
    whole = Vitals(bp=BloodPressure(128, 82), heart_rate=76, spo2=98, resp=16, sedation=5)
    absent = [sign.value for sign in Sign if sign.value not in signs]
    return replace(whole, **dict.fromkeys(absent))  # type: ignore[arg-type] # its own fields
