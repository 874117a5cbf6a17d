"""Random courses for the due grid, as a list of what was written and when; one seed, one list."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.second_opinion.grid import FULL, Rule

START = 600.0
"""Ten in the morning, in minutes."""

PARTS = (*(FULL - {sign} for sign in sorted(FULL)), frozenset({"spo2"}))
SEDATION = FULL | {"sedation"}

INFUSION = (
    Rule("baseline", "baseline", before=30),
    *(Rule(str(m), "start", m, 3, 3) for m in (10, 20, 30, 40)),
    *(Rule(f"+{m}", "end", m, 5, 5) for m in (15, 30, 45, 60)),
)
DEVICES = (
    Rule("baseline", "baseline", before=30),
    Rule("40", "last device", 40, 10, 10),
    *(Rule(str(m), "last device", m, 5, 5) for m in (60, 90)),
    Rule("closing", "closing", 120, 15),
)


@dataclass(frozen=True, slots=True)
class Written:
    """One line of a record, in minutes.

    Attributes:
        kind: "start", "pause", "resume", "end", "device", "reading", "missed" or "left".
        at: When it was so.
        entered: When it was written.
        signs: Of a reading: what was measured; nothing where it was amended away.
        reason: Whether one was given: for missing signs, for a slot outside its window.
        slot: That a reading names, or that was missed.
        amends: The number of the line whose place it takes.
        how: How a patient left.
    """

    kind: str
    at: float
    entered: float
    signs: frozenset[str] = frozenset()
    reason: bool = False
    slot: str = ""
    amends: int | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class GridQuestion:
    """A record, and the moment at which it is looked at.

    Attributes:
        by_device: Else by pump.
        ordered: So many devices.
        lines: In the order of writing.
        shifts: Whether the protocol has pauses move what has not opened.
    """

    rules: tuple[Rule, ...]
    repeat: int
    by_device: bool
    ordered: int
    lines: tuple[Written, ...]
    look: float
    shifts: bool = False


def grid_questions(seed: str, count: int) -> Iterator[GridQuestion]:
    """Yield so many questions, always the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - what is asked is no secret
    made = 0
    while made < count:
        for question in _course(chance):
            made += 1
            yield question
            if made == count:
                return


def _course(chance: random.Random) -> Iterator[GridQuestion]:
    """Yield one course, looked at a few times."""
    by_device = chance.random() < 0.35
    rules, repeat = _rules(chance, by_device=by_device)
    ordered = chance.choice((1, 2, 3, 3)) if by_device else 0
    steps = _devices(chance, ordered) if by_device else _pump(chance)
    over = max(line.at for line in steps)
    steps += _leaving(chance, over, max(line.entered for line in steps))
    lines = [*steps, *_readings(chance, rules, steps), *_missed(chance, rules, over)]
    lines.sort(key=lambda line: line.entered)
    lines = _amended(chance, lines)
    last = max(line.entered for line in lines)
    shifts = not by_device and chance.random() < 0.3
    for _ in range(4):
        look = last if chance.random() < 0.2 else _quarters(chance, START - 40, last + 30)
        there = tuple(line for line in lines if line.entered <= look)
        yield GridQuestion(rules, repeat, by_device, ordered, there, look, shifts)


def _quarters(chance: random.Random, low: float, high: float) -> float:
    """Return a time: mostly a whole minute, else to the quarter."""
    found = chance.randint(int(low * 4), int(max(high, low) * 4)) / 4
    return found if chance.random() < 0.2 else float(round(found))


def _rules(chance: random.Random, *, by_device: bool) -> tuple[tuple[Rule, ...], int]:
    """Return the slots of the worked examples, or others of their kind."""
    if chance.random() < 0.5:
        return (DEVICES, 0) if by_device else (INFUSION, 10)
    required = chance.choice((FULL, FULL, SEDATION, frozenset({"bp", "heart_rate"})))
    baseline = Rule("baseline", "baseline", 0, chance.choice((10, 30, 60)), 0, required)
    if by_device:
        window = chance.randint(0, 12)
        slots = [
            Rule(str(m), "last device", m, min(window, m - 1), window, required)
            for m in chance.choice(((30, 60), (40, 60, 90), (15, 30, 45, 60, 75, 90)))
        ]
        closing = Rule("closing", "closing", 120, chance.choice((5, 15, 20)), 0, required)
        return (baseline, *slots, closing), 0
    every, window = chance.choice((5, 10, 15)), chance.randint(0, 9)
    during = [
        Rule(str(n * every), "start", n * every, min(window, n * every - 1), window, required)
        for n in range(1, chance.randint(2, 5))
    ]
    after = chance.choice((10, 15, 30))
    later = [
        Rule(
            f"+{n * after}", "end", n * after, chance.randint(0, 5), chance.randint(0, 9), required
        )
        for n in range(1, chance.randint(1, 5))
    ]
    return (baseline, *during, *later), chance.choice((0, every, 10))


def _line(chance: random.Random, kind: str, at: float, **more: object) -> Written:
    """Return a line, written at once or later."""
    delay = 0.0 if chance.random() < 0.8 else _quarters(chance, 0, 25)
    return Written(kind, at, at + delay, **more)  # type: ignore[arg-type] # its own fields


def _pump(chance: random.Random) -> list[Written]:
    """Return an infusion: begun, paused and resumed as it comes, ended or still running."""
    now = _quarters(chance, START, START + 5)
    lines = [Written("start", now, now, reason=chance.random() < 0.1)]
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
        now = _quarters(chance, now + 1, now + 25)
        lines.append(_line(chance, "pause", now))
        now = _quarters(chance, now + 1, now + 20)
        lines.append(_line(chance, "resume", now))
    if chance.random() < 0.1:
        lines.append(_line(chance, "pause", now + 4))
        return lines
    if chance.random() < 0.85:
        now = _quarters(chance, now + 1, now + chance.choice((10, 45, 60)))
        lines.append(_line(chance, "end", now))
    return lines


def _devices(chance: random.Random, ordered: int) -> list[Written]:
    """Return devices, all that were ordered or fewer, then perhaps ended with a reason."""
    now = _quarters(chance, START, START + 5)
    given = ordered if chance.random() < 0.8 else chance.randint(1, ordered)
    lines = []
    for _ in range(given):
        lines.append(_line(chance, "device", now))
        now = _quarters(chance, now + 3, now + 15)
    if given < ordered and chance.random() < 0.7:
        lines.append(_line(chance, "end", now, reason=True))
    return lines


def _leaving(chance: random.Random, over: float, written: float) -> list[Written]:
    """Return that the patient left, written after all that was given; or nothing."""
    if chance.random() < 0.35:
        return []
    at = _quarters(chance, over + 5, over + chance.choice((60, 100, 180)))
    how = chance.choice(("home", "home", "home", "transferred", "against advice"))
    return [Written("left", at, max(at, written), how=how)]


def _readings(
    chance: random.Random, rules: Sequence[Rule], steps: Sequence[Written]
) -> Iterator[Written]:
    """Yield readings: about the due times, and anywhere."""
    first, last = min(line.at for line in steps), max(line.at for line in steps)
    for _ in range(chance.choice((0, 1, 1, 2))):
        yield _reading(chance, rules, _quarters(chance, first - 45, first))
    for rule in rules:
        if chance.random() < 0.75:
            base = first if rule.anchor == "start" else last
            due = base + rule.minutes
            off = chance.choice((0, 0, rule.before, -rule.before, rule.after, 1, -1))
            near = due + off if chance.random() < 0.5 else _quarters(chance, due - 8, due + 12)
            yield _reading(chance, rules, near)
    for _ in range(chance.choice((0, 1, 2, 5))):
        yield _reading(chance, rules, _quarters(chance, first - 5, last + 130))


def _reading(chance: random.Random, rules: Sequence[Rule], at: float) -> Written:
    """Return a reading: mostly full, sometimes partial, sometimes with the name of a slot.

    Closing vitals go by their time alone: how far a name counts beside "the newest", the words
    leave open.
    """
    signs = frozenset(SEDATION if chance.random() < 0.7 else FULL)
    if chance.random() < 0.15:
        signs = chance.choice(PARTS)
    slot = ""
    if chance.random() < 0.12:
        names = [rule.name for rule in rules if rule.anchor != "closing"]
        slot = chance.choice((*names, "50", "60"))
        if at < START + 6 and slot != "baseline":
            slot = ""  # before the start nobody can name what counts from it
    return _line(chance, "reading", at, signs=signs, reason=chance.random() < 0.3, slot=slot)


def _missed(chance: random.Random, rules: Sequence[Rule], over: float) -> Iterator[Written]:
    """Yield that slots were missed, and why."""
    for rule in rules:
        if chance.random() < 0.12:
            at = _quarters(chance, START, over + 100)
            yield Written("missed", at, at, slot=rule.name, reason=True)


def _amended(chance: random.Random, lines: list[Written]) -> list[Written]:
    """Return the lines with a few of them amended: another time, other signs, or taken back."""
    made = list(lines)
    for number, line in enumerate(lines):
        often = {"reading": 0.12, "start": 0.04, "device": 0.03, "end": 0.05}.get(line.kind, 0)
        if chance.random() >= often:
            continue
        at = line.at + chance.choice((0, -1) if line.kind == "start" else (0, 0.5, 1, -1, -2))
        entered = max(made[-1].entered, at) + _quarters(chance, 0, 3)
        signs = chance.choice((SEDATION, FULL, frozenset(), *PARTS))
        slot = line.slot if chance.random() < 0.8 else ""
        made.append(Written(line.kind, at, entered, signs, reason=True, slot=slot, amends=number))
    return made
