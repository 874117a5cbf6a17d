"""The entry line: from what was typed to a reading, an event or a note, and back.

    line    = "?" text | EVENT text | reading       EVENT: a word of the pick list, or "told"
    reading = [bp [num [num [num]]]] {token}        in the order BP, heart rate, SpO₂, Resp
    bp      = d{1,3} "/" d{1,3} | "-"               num = d{1,3} | "-"       "-" = not taken
    token   = s0 to s5 | d a n p 0 to 10 | t36.8 | 2l | ra | fio21 | co35 | @hh:mm | -Nm | slot NAME
            | left | right | lying | sitting | standing | cuff WORD

ASCII, any case, positions first, each token once. A line is taken as a whole or not at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from monitor.entry_event import NOTE, ParsedEvent, parse_event
from monitor.entry_scan import Scan, scan
from monitor.errors import Code, InputError
from monitor.plausible import implausible
from monitor.units import plain
from monitor.vitals import Reading, Sign

__all__ = [
    "ParsedEvent",
    "ParsedReading",
    "SoFar",
    "parse_line",
    "understood_so_far",
    "write_line",
]


@dataclass(frozen=True, slots=True)
class ParsedReading:
    """A reading as understood.

    Attributes:
        measured_at: When, in UTC; None is now.
        slot: The slot that the user named, in lower case, or empty.
        not_taken: Signs that were said not to have been taken ("-").
        implausible: Signs whose value is to be asked about before it is stored.
        order: The signs that were named, in the order of typing; two lines that say the same in
            another order are equal.
    """

    reading: Reading
    measured_at: dt.datetime | None = None
    slot: str = ""
    not_taken: tuple[Sign, ...] = ()
    implausible: tuple[Sign, ...] = ()
    order: tuple[Sign, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class SoFar:
    """What is understood of a line while it is being typed.

    Attributes:
        parsed: All that is understood so far; None where there is nothing yet.
        problem: The first thing that would be refused, if Enter were pressed now.
        unfinished: Whether only the word being typed is at fault; more letters may mend it.
    """

    parsed: ParsedReading | ParsedEvent | None
    problem: InputError | None
    unfinished: bool = False


def parse_line(
    text: str,
    *,
    now: dt.datetime,
    zone: dt.tzinfo,
    effects: Sequence[str] = (),
    drugs: Sequence[str] = (),
) -> ParsedReading | ParsedEvent:
    """Read a whole entry line.

    Args:
        text: As typed.
        now: The instant at which Enter was pressed.
        zone: The clinic's time zone, in which times are typed.
        effects: Words that begin an event.
        drugs: Names that begin an event about a drug.

    Raises:
        InputError: `empty`, `not-understood` (with the token at fault and, where there is one,
            a hint), `out-of-range`, or `future`.

    Example:
        >>> now = dt.datetime(2026, 3, 2, 9, 20, tzinfo=dt.UTC)
        >>> parse_line("128/82 - 98 s5", now=now, zone=dt.UTC).not_taken
        (<Sign.HEART_RATE: 'heart_rate'>,)
    """
    _refuse_unwritable(text)
    event = parse_event(text.strip(), now, zone, effects, drugs)
    if event is not None:
        return event
    _refuse_lookalikes(text)
    found = scan(text.split(), now, zone)
    if found.problems:
        raise found.problems[0]
    parsed = _reading(found)
    if parsed.reading.is_empty():
        raise InputError(Code.EMPTY, "line")
    return parsed


def understood_so_far(
    text: str,
    *,
    now: dt.datetime,
    zone: dt.tzinfo,
    effects: Sequence[str] = (),
    drugs: Sequence[str] = (),
) -> SoFar:
    """Read as much of an unfinished line as can be understood; never raises."""
    try:
        return SoFar(parse_line(text, now=now, zone=zone, effects=effects, drugs=drugs), None)
    except InputError as problem:
        if text.lstrip().startswith(NOTE):
            return SoFar(None, problem, unfinished=True)
        found = scan(text.split(), now, zone)
        last = text.split()[-1:] if text and not text[-1].isspace() else []
        unfinished = problem.code is Code.EMPTY or (
            len(found.problems) == 1
            and last in ([problem.facts.get("token")], [problem.facts.get("typed")])
        )
        parsed = _reading(found)
        return SoFar(None if parsed == ParsedReading(Reading()) else parsed, problem, unfinished)


def write_line(
    reading: Reading,
    *,
    slot: str = "",
    not_taken: Sequence[Sign] = (),
    at: str = "",
) -> str:
    """Write a reading as the line that would be read as it.

    Args:
        reading: Its `cuff` must be one word.
        slot: The slot it names.
        not_taken: Signs to be said as not taken.
        at: When it was measured, in the clinic's time, "10:20".

    Example:
        >>> write_line(Reading(spo2=98, sedation=5), slot="40")
        '- - 98 s5 slot 40'
    """
    words = [*_positions(reading, not_taken), *_tokens(reading)]
    words += [word for word in (reading.side, reading.position) if word]
    words += [f"cuff {reading.cuff}"] if reading.cuff else []
    words += [f"slot {slot}"] if slot else []
    words += [f"@{at}"] if at else []
    return " ".join(words)


def _positions(reading: Reading, not_taken: Sequence[Sign]) -> list[str]:
    said = [
        reading.bp.text if reading.bp else None,
        *(reading.heart_rate, reading.spo2, reading.resp),
    ]
    order = (Sign.BP, Sign.HEART_RATE, Sign.SPO2, Sign.RESP)
    last = max(
        (
            place
            for place, sign in enumerate(order, 1)
            if said[place - 1] is not None or sign in not_taken
        ),
        default=0,
    )
    return ["-" if value is None else str(value) for value in said[:last]]


def _tokens(reading: Reading) -> list[str]:
    values = (
        ("s", reading.sedation, ""),
        ("d", reading.dissociation, ""),
        ("a", reading.anxiety, ""),
        ("n", reading.nausea, ""),
        ("p", reading.pain, ""),
        ("t", reading.temperature, ""),
        ("", reading.oxygen or None, "l"),
        ("fio", reading.fio2, ""),
        ("co", reading.etco2, ""),
    )
    words = [
        f"{before}{value if isinstance(value, int) else plain(value)}{after}"
        for before, value, after in values
        if value is not None
    ]
    return [*words, "ra"] if reading.oxygen == 0 else words


def _reading(found: Scan) -> ParsedReading:
    reading = Reading(**found.values)  # type: ignore[arg-type] # named as its fields are
    return ParsedReading(
        reading=reading,
        measured_at=found.measured_at,
        slot=found.slot,
        not_taken=tuple(found.not_taken),
        implausible=implausible(reading),
        order=tuple(found.order),
    )


def _refuse_unwritable(text: str) -> None:
    """Refuse what no page and no file could hold: control characters and half characters."""
    for char in text:
        control = char < " " or "\x7f" <= char <= "\x9f"
        if (control and char not in "\t\n\r") or "\ud800" <= char <= "\udfff":
            raise _no_character(char)


def _refuse_lookalikes(text: str) -> None:
    """Refuse what is not ASCII and would be read as a blank or a letter that is."""
    for char in text:
        if not char.isascii() and (char.isspace() or char.lower().isascii()):
            raise _no_character(char)


def _no_character(char: str) -> InputError:
    code = f"U+{ord(char):04X}"
    return InputError(Code.NOT_UNDERSTOOD, "line", token=code, hint="characters")
