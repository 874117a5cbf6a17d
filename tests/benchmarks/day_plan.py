"""What happens in a clinic's day, chair by chair: made from a seed, in minutes from its opening.

Times are in quarters of a minute. The plan says what people mean to do; what the program refuses
has not happened.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

INFUSION, DEVICES = "iv-ketamine-40", "esketamine"
WAYS = (INFUSION, INFUSION, DEVICES)
QUARTER = 0.25
_SYLLABLES = ("ba", "du", "fel", "go", "hin", "ka", "lor", "mi", "nus", "pe", "rad", "sti", "wo")


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that somebody does.

    Attributes:
        minute: When.
        visit: Which visit of which chair: "3/2".
        what: "open", "prepare", "line", "give", "pause", "resume", "end", "miss" or "leave".
        text: Of a line; the protocol to open by; the slot that was missed.
        by_key: The line is typed at the window, key by key.
        ago: So long before, in minutes, what a line says was measured; it then says so.
    """

    minute: float
    visit: str
    what: str
    text: str = ""
    by_key: bool = True
    ago: int = 0


def plan(seed: int, chairs: int, minutes: float) -> list[Deed]:
    """Return a whole day, in order of time."""
    deeds: list[Deed] = []
    for chair in range(1, chairs + 1):
        chance = random.Random(f"{seed}/{chair}")  # noqa: S311 - no secret
        begins, number = _quarter(chance, 0, min(20, minutes / 4)), 0
        while begins < minutes - 15:
            number += 1
            visit = list(_visit(chance, f"{chair}/{number}", begins))
            deeds += visit
            begins = visit[-1].minute + _quarter(chance, 3, 12)
    deeds.sort(key=lambda deed: deed.minute)
    return [deed for deed in deeds if deed.minute <= minutes]


def _quarter(chance: random.Random, low: float, high: float) -> float:
    return chance.randint(round(low * 4), round(high * 4)) / 4


def _visit(chance: random.Random, name: str, begins: float) -> Iterator[Deed]:
    """Yield one visit, from the open door to the closed one."""
    protocol = chance.choice(WAYS)
    yield Deed(begins, name, "open", protocol)
    yield Deed(begins + 2, name, "prepare")
    yield Deed(begins + 6, name, "line", _full(chance, before=True))
    start = begins + _quarter(chance, 8, 14)
    body = _infusion if protocol == INFUSION else _devices
    yield from sorted(body(chance, name, start), key=lambda deed: deed.minute)


def _full(chance: random.Random, *, before: bool = False) -> str:
    """Return a full set; now and then one that crosses a limit, once the dose runs."""
    systolic, pulse = chance.randint(112, 134), chance.randint(62, 92)
    if not before and chance.random() < 0.04:
        systolic = 184
    diastolic, spo2 = chance.randint(66, 82), chance.randint(96, 99)
    said = 0 if before else chance.randint(0, 3)
    return f"{systolic}/{diastolic} {pulse} {spo2} {chance.randint(12, 18)} s5 d{said}"


def _infusion(chance: random.Random, name: str, start: float) -> Iterator[Deed]:
    """Yield an infusion of 40 minutes, sometimes paused, sometimes stopped."""
    yield Deed(start, name, "give")
    end = start + 40
    if chance.random() < 0.25:
        pause, length = start + _quarter(chance, 12, 30), _quarter(chance, 2, 16)
        yield Deed(pause, name, "pause")
        yield Deed(pause + length, name, "resume")
        end += length
    elif chance.random() < 0.1:
        end = start + _quarter(chance, 8, 35)
    yield Deed(end, name, "end")
    due = start + 10
    while due <= end + 2:
        yield from _set(chance, name, due)
        due += 10
    for after in (15, 30, 45, 60):
        yield from _set(chance, name, end + after)
    yield Deed(end + _quarter(chance, 67, 74), name, "leave")


def _devices(chance: random.Random, name: str, start: float) -> Iterator[Deed]:
    """Yield two or three devices, the last one sometimes much later."""
    now = last = start
    for _ in range(3):
        yield Deed(now, name, "give")
        last = now
        now += _quarter(chance, 5, 7) + (_quarter(chance, 3, 12) if chance.random() < 0.2 else 0)
    for after in (40, 60, 90):
        yield from _set(chance, name, last + after)
    yield Deed(last + _quarter(chance, 121, 124), name, "line", _full(chance, before=True))
    yield Deed(last + _quarter(chance, 126, 133), name, "leave")


def _set(chance: random.Random, name: str, due: float) -> Iterator[Deed]:
    """Yield how a nurse answers what falls due: mostly in time, late, afterwards, or never."""
    how = chance.random()
    if how < 0.7:
        yield Deed(due + _quarter(chance, -2, 2.5), name, "line", _full(chance))
    elif how < 0.85:
        yield Deed(due + _quarter(chance, 3, 8), name, "line", _full(chance))
    elif how < 0.9:
        entered = due + _quarter(chance, 4, 9)
        yield Deed(entered, name, "line", _full(chance), ago=chance.randint(3, 8))
    elif how < 0.96:
        yield Deed(due + _quarter(chance, 6, 12), name, "miss", f"{due}")
    if chance.random() < 0.08:
        more = due + _quarter(chance, 1, 6)
        yield Deed(more, name, "line", _full(chance).split(" s5", maxsplit=1)[0], by_key=False)


def name_of(number: int) -> str:
    """Return a name of four syllables, so that few are like one another."""
    turned = number * 7_919
    return "".join(_SYLLABLES[turned // 13**n % 13] for n in range(4)).capitalize()
