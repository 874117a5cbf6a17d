"""The pick list of events: what can be noted, given or told, and what is still open."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.entries import Severity
from monitor.overview import SessionOverview
from monitor.protocols.protocol import Protocol
from ui.presenters.event_questions import event_words
from ui.presenters.words import clock

SEVERITIES = {str(place): severity for place, severity in enumerate(Severity, 1)}
"""How bad an effect is, by the digit that says so."""

FAR = 10**6
"""A step to the end of the list."""

_MOST_ROWS = 6
_OWN_WORDS = 3  # letters from which on what is typed is offered as it stands


class PickKind(enum.Enum):
    """What choosing a row does."""

    OPEN = "open"  # asks what is to be said of an effect that is not over
    NOTED = "noted"  # asks what is to be said of any other event; found by its number
    EFFECT = "effect"  # puts its word in the entry line
    GIVEN = "given"  # puts a drug's name in the entry line; what was given is typed behind it
    TOLD = "told"  # puts "told" and a name in the entry line
    OTHER = "other"  # notes what was typed as a side effect
    SERIOUS = "serious"  # asks about a serious adverse event


@dataclass(frozen=True, slots=True)
class PickRow:
    """One row of the list.

    Attributes:
        value: A word of the protocol's list, a name, an event's uid, or what was typed.
        more: Beside the words, what kind of thing it is.
        number: Of an event, as on its flag in the chart; 0 for what has none.
        here: Whether Enter takes this one.
    """

    kind: PickKind
    value: str
    words: str
    more: str = ""
    number: int = 0
    here: bool = False

    @property
    def said(self) -> str:
        """Return the words behind the number."""
        return f"{self.number}  {self.words}" if self.number else self.words


@dataclass(frozen=True, slots=True)
class PicksFace:
    """The list as far as it is shown.

    Attributes:
        typed: What it is narrowed by.
        above, below: How many rows are out of sight there.
        enter: What Enter does.
        severities: Whether a digit says how bad it is; where not, it is typed like a letter.
        problem: Why the last choice was not taken.
    """

    typed: str
    rows: tuple[PickRow, ...]
    above: int = 0
    below: int = 0
    enter: str = ""
    severities: bool = False
    problem: str = ""


_ENTER = {
    PickKind.OPEN: "over, amend, serious",
    PickKind.NOTED: "what is to be said of it",
    PickKind.EFFECT: "into the line",
    PickKind.GIVEN: "into the line; type what was given",
    PickKind.TOLD: "into the line",
    PickKind.OTHER: "stores it as a side effect",
    PickKind.SERIOUS: "says what makes it so",
}


def pick_rows(
    protocol: Protocol, overview: SessionOverview, names: Sequence[str], typed: str
) -> tuple[PickRow, ...]:
    """Return the rows that fit what was typed, the open effects first.

    Args:
        protocol: Its lists of effects and drugs.
        overview: The session.
        names: Of those who can be told.
        typed: Letters that a word of a row begins with, or an event's number; empty for all.
    """
    wanted = typed.strip().casefold()
    rows = [row for row in _all(protocol, overview, names) if _fits(row, wanted)]
    rows += _noted(overview, wanted)
    known = any(row.words.casefold() == wanted for row in rows)
    if len(wanted) >= _OWN_WORDS and not known and not wanted.startswith("told"):
        said = typed.strip()
        rows.append(PickRow(PickKind.OTHER, said, f"“{said}”", "another side effect"))
    return tuple(rows)


def picks_face(typed: str, rows: Sequence[PickRow], place: int, problem: str = "") -> PicksFace:
    """Return what is in sight of the list around the row that Enter takes."""
    if not rows:
        return PicksFace(typed, (), problem=problem)
    first = max(0, min(place - _MOST_ROWS // 2, len(rows) - _MOST_ROWS))
    shown = [
        replace(row, here=number == place)
        for number, row in enumerate(rows)
        if first <= number < first + _MOST_ROWS
    ]
    here = rows[place]
    return PicksFace(
        typed,
        tuple(shown),
        above=first,
        below=len(rows) - first - len(shown),
        enter=_ENTER[here.kind],
        severities=here.kind is PickKind.EFFECT,
        problem=problem,
    )


def first_choice(rows: Sequence[PickRow]) -> int:
    """Return the row that Enter takes at first: what can be noted, before what is open."""
    places = (n for n, row in enumerate(rows) if row.kind is not PickKind.OPEN)
    return next(places, 0)


def _all(protocol: Protocol, overview: SessionOverview, names: Sequence[str]) -> Iterator[PickRow]:
    for event in reversed(overview.events):
        if event.is_open_effect:
            since = f"since {clock(overview.local, event.at)}"
            yield PickRow(PickKind.OPEN, event.uid, event_words(event), since, event.number)
    for effect in protocol.effects:
        yield PickRow(PickKind.EFFECT, effect, effect.capitalize())
    for drug in protocol.drugs:
        yield PickRow(PickKind.GIVEN, drug, drug.capitalize(), "given")
    for name in names:
        yield PickRow(PickKind.TOLD, name, f"Told {name}")
    if any(event.kind == "event" for event in overview.events):
        yield PickRow(PickKind.SERIOUS, "", "Serious adverse event…")


def _noted(overview: SessionOverview, number: str) -> Iterator[PickRow]:
    """Find what a flag of the chart stands for: an event of that number, unless it is open."""
    for event in overview.events:
        if event.kind == "event" and str(event.number) == number and not event.is_open_effect:
            at = clock(overview.local, event.at)
            yield PickRow(PickKind.NOTED, event.uid, event_words(event), at, event.number)


def _fits(row: PickRow, wanted: str) -> bool:
    if row.number and wanted == str(row.number):
        return True
    words = row.words.casefold()
    return words.startswith(wanted) or any(word.startswith(wanted) for word in words.split())
