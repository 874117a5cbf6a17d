"""The words of a reading, one after the other: what each means, and what is wrong with it."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from monitor.entry_time import typed_time
from monitor.errors import Code, InputError
from monitor.plausible import check_possible, check_pressure
from monitor.vitals import BloodPressure, Sign

POSITIONS = (Sign.BP, Sign.HEART_RATE, Sign.SPO2, Sign.RESP)
NOT_TAKEN = "-"

_PRESSURE = re.compile(r"([0-9]{1,3})/([0-9]{1,3})")
_NUMBER = re.compile(r"[0-9]{1,3}")
_POSITION = re.compile(r"[0-9]{1,3}(?:/[0-9]{1,3})?|-")
_WHOLE: tuple[tuple[re.Pattern[str], Sign], ...] = (
    (re.compile(r"s([0-9]{1,3})"), Sign.SEDATION),
    (re.compile(r"d([0-9]{1,3})"), Sign.DISSOCIATION),
    (re.compile(r"a([0-9]{1,3})"), Sign.ANXIETY),
    (re.compile(r"n([0-9]{1,3})"), Sign.NAUSEA),
    (re.compile(r"p([0-9]{1,3})"), Sign.PAIN),
    (re.compile(r"fio([0-9]{1,3})"), Sign.FIO2),
    (re.compile(r"co([0-9]{1,3})"), Sign.ETCO2),
)
_DECIMAL: tuple[tuple[re.Pattern[str], Sign], ...] = (
    (re.compile(r"t([0-9]{1,3}(?:[.,][0-9]{1,2})?)"), Sign.TEMPERATURE),
    (re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,2})?)l"), Sign.OXYGEN),
)
_SLIPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"o2.*|[0-9]{1,3}o2"), "oxygen"),
    (re.compile(r"[0-9]{2,3}[,.;\\-][0-9]{2,3}"), "bp-slash"),
    (re.compile(r"(?:bp|hr|pulse|spo2|sats?|resp|rr)[:=]?[0-9/]*"), "no-names"),
)
"""What is written otherwise, and the hint that says how."""
_SLOT = re.compile(r"\+?[0-9a-z-]+")
_CUFF = re.compile(r"(?=.{1,20}$)[a-z]+(?:-[a-z]+)*")
_SIDES = frozenset({"left", "right"})
_STANCES = frozenset({"lying", "sitting", "standing"})


@dataclass(slots=True)
class Scan:
    """What was found in the words so far.

    Attributes:
        values: The reading's fields, by name.
        order: The signs that were named, in the order of typing.
        problems: What would be refused, in the order of typing.
        said: The things already said once.
    """

    values: dict[str, object] = field(default_factory=dict)
    order: list[Sign] = field(default_factory=list)
    not_taken: list[Sign] = field(default_factory=list)
    measured_at: dt.datetime | None = None
    slot: str = ""
    problems: list[InputError] = field(default_factory=list)
    said: set[str] = field(default_factory=set)

    def take(self, sign: Sign, value: object) -> None:
        """Take a sign's value."""
        self.values[sign.value] = value
        self.order.append(sign)

    def once(self, thing: str, word: str) -> None:
        """Take note that *thing* has been said.

        Raises:
            InputError: `not-understood` the second time.
        """
        if thing in self.said:
            raise _refusal(word, "twice")
        self.said.add(thing)


def scan(words: Sequence[str], now: dt.datetime, zone: dt.tzinfo) -> Scan:
    """Read the words of a reading; what is not understood is left out and told."""
    found = Scan()
    rest = iter(words)
    place = 0
    in_positions = True
    for word in rest:
        low = word.lower()
        is_position = bool(_POSITION.fullmatch(low))
        in_positions = in_positions and is_position
        try:
            if is_position:
                _check_place(word, place, in_positions=in_positions)
                _position(found, POSITIONS[place], low)
            else:
                _token(found, word, rest, functools.partial(typed_time, low, now, zone))
        except InputError as problem:
            found.problems.append(problem)
        place += in_positions
    return found


def _refusal(word: str, hint: str = "") -> InputError:
    facts = {"hint": hint} if hint else {}
    return InputError(Code.NOT_UNDERSTOOD, "line", token=word, **facts)


def _check_place(word: str, place: int, *, in_positions: bool) -> None:
    if not in_positions:
        raise _refusal(word, "positions-first")
    if place >= len(POSITIONS):
        raise _refusal(word, "too-many")
    pressure = "/" in word
    if word != NOT_TAKEN and pressure != (POSITIONS[place] is Sign.BP):
        raise _refusal(word, "twice" if pressure else "bp-first")


def _position(found: Scan, sign: Sign, word: str) -> None:
    """Read what stands in one of the four places."""
    if word == NOT_TAKEN:
        found.not_taken.append(sign)
        found.order.append(sign)
        return
    if typed := _PRESSURE.fullmatch(word):
        pressure = BloodPressure(int(typed[1]), int(typed[2]))
        check_pressure(pressure)
        found.take(sign, pressure)
        return
    check_possible(sign, int(word), word)
    found.take(sign, int(word))


def _token(
    found: Scan, word: str, rest: Iterator[str], time: Callable[[], dt.datetime | None]
) -> None:
    """Read a word that may stand anywhere after the positions."""
    low = word.lower()
    if not word.isascii():
        raise _refusal(word)
    if low in {"slot", "cuff"}:
        _named(found, low, word, next(rest, ""))
    elif not (_value(found, word, low) or _circumstance(found, word, low)):
        at = time()
        if at is None:
            raise _refusal(word, next((h for slip, h in _SLIPS if slip.fullmatch(low)), ""))
        found.once("time", word)
        found.measured_at = at


def _value(found: Scan, word: str, low: str) -> bool:
    """Read a sign that carries its letter; tell whether it was one."""
    if low == "ra":
        found.once(Sign.OXYGEN, word)
        found.take(Sign.OXYGEN, Decimal(0))
        return True
    for shapes, read in ((_WHOLE, int), (_DECIMAL, _decimal)):
        for shape, sign in shapes:
            if typed := shape.fullmatch(low):
                value = read(typed[1])
                found.once(sign, word)
                check_possible(sign, value, word)
                found.take(sign, value)
                return True
    return False


def _decimal(typed: str) -> Decimal:
    return Decimal(typed.replace(",", "."))


def _circumstance(found: Scan, word: str, low: str) -> bool:
    """Read arm and position; tell whether it was one of them."""
    for name, words in (("side", _SIDES), ("position", _STANCES)):
        if low in words:
            found.once(name, word)
            found.values[name] = low
            return True
    return False


def _named(found: Scan, thing: str, word: str, name: str) -> None:
    """Read "slot NAME" and "cuff WORD"."""
    found.once(thing, word)
    shape, hint = (_SLOT, "slot-name") if thing == "slot" else (_CUFF, "cuff-word")
    if not (name.isascii() and shape.fullmatch(name.lower())):
        raise _refusal(f"{word} {name}".rstrip(), hint)
    if thing == "slot":
        found.slot = name.lower()
    else:
        found.values["cuff"] = name.lower()
