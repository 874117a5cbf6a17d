"""The flowsheet: one row a reading, and one for each observation that was missed."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from monitor.clock_view import ClockView
from monitor.clock_words import day, happened, zone_of
from monitor.entries import EventResolved, EventSerious, SlotMissed
from monitor.overview import (
    AmendmentView,
    LocalTime,
    ReadingView,
    ScoreView,
    SessionOverview,
    SlotView,
    ThingView,
)
from monitor.schedule import SlotState
from monitor.sides import Side, side_of
from monitor.vitals import Sign
from ui.presenters.limits import limit_words
from ui.presenters.things import NAMES, can_amend, says, shown
from ui.presenters.words import SIGN_NAMES, clock, measured, number

HEADS = (
    "Taken",
    "Slot",
    "BP",
    "MAP",
    "HR",
    "SpO₂",
    "Resp",
    "Sed.",
    "Diss.",
    "Note",
    "Entered",
)
NUMBERS = frozenset(range(3, 9))
"""Columns whose figures stand to the right."""
FIRST_FIGURE = HEADS.index("BP")
NOTE = HEADS.index("Note")
_FEW = 2  # alerts of one reading that are named one by one
_IN_COLUMNS = (Sign.HEART_RATE, Sign.SPO2, Sign.RESP, Sign.SEDATION, Sign.DISSOCIATION)


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of one cell.

    Attributes:
        struck: What an amendment replaced; it stands struck through above the words, or before
            them where the cell is wide.
        tone: A token name; empty for the column's own.
        wide: Whether it takes the room of all columns from the first figure to the note.
        side: On which side of a limit of the protocol the figure lies; then a mark that points
            there stands beside it. None for a figure that crosses none.
    """

    words: str
    struck: str = ""
    tone: str = ""
    wide: bool = False
    side: Side | None = None

    @property
    def full(self) -> str:
        """Return the words as they are read out: with the side of the limit they lie on."""
        return f"{self.words}, {limit_words(self.side)}" if self.side else self.words


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row; what amendments replaced takes a line of its own above it.

    Attributes:
        uid: Of what Enter amends: the reading, why it was missed, or what else was entered;
            empty where nothing can be amended.
        said: The whole row in words, for a screen reader.
    """

    uid: str
    cells: tuple[Cell, ...]
    said: str

    @property
    def is_amended(self) -> bool:
        """Tell whether old words stand above those of today."""
        return any(cell.struck and not cell.wide for cell in self.cells)


class SheetView(Protocol):
    """What the presenter asks of the table."""

    def show_rows(self, rows: tuple[SheetRow, ...]) -> None:
        """Show these rows, the newest last and in sight."""
        ...


class SheetPresenter:
    """Lays the readings out as rows, and whose they are where that was put right."""

    def __init__(self, view: SheetView) -> None:
        self._view = view
        self._whole = False
        self._overview: SessionOverview | None = None

    def refresh(self, overview: SessionOverview) -> None:
        """Show every reading and every missed observation, by time."""
        self._overview = overview
        self._view.show_rows(sheet_rows(overview, whole=self._whole))

    def show_whole(self, *, whole: bool) -> None:
        """Show all that was entered among the readings, or the readings again."""
        if whole != self._whole and self._overview is not None:
            self._whole = whole
            self.refresh(self._overview)

    def turn(self) -> None:
        """Show all that was entered, or the readings again."""
        self.show_whole(whole=not self._whole)


def sheet_rows(overview: SessionOverview, *, whole: bool = False) -> tuple[SheetRow, ...]:
    """Return the rows of the sheet, oldest first.

    Args:
        overview: The session.
        whole: Whether events, steps of the dose, scores and the like have rows as well.
    """
    local = overview.local
    over = _over(overview)
    rows = [(r.measured, r.entered, _reading_row(r, over, local)) for r in overview.readings]
    missed = [s for s in overview.slots if s.state is SlotState.MISSED]
    given = _given_as_missed(overview)
    rows += [(s.due, s.due, _missed_row(s, given.get(s.name), local)) for s in missed if s.due]
    if whole:
        more = (thing for thing in shown(overview.things) if thing not in given.values())
        about = {event.uid: event.text for event in overview.events}
        rates = {score.uid: score for score in overview.scores}
        numbers = {event.uid: f" {event.number}" for event in overview.events}
        rows += [
            (t.at, t.entered, _thing_row(t, local, _first(t, about, rates), numbers.get(t.uid, "")))
            for t in more
        ]
    mended = [a for a in overview.amendments if a.about == "identity"]
    rows += [(a.at, a.at, _identity_row(a, local)) for a in mended]
    told = [(e.at, e.at, _clock_row(e, local)) for e in overview.clock_events]
    in_order = sorted([*rows, *told], key=lambda each: each[:2])
    return _with_turns(in_order, local, {row for _, _, row in told})


Sides = Mapping[Sign, Side]


def _over(overview: SessionOverview) -> dict[str, tuple[Sign, Side]]:
    """Return sign and side of each alert that stands, by the alert's number."""
    standing = (a for a in overview.alerts if a.state != "withdrawn")
    return {a.number: (a.limit.sign, side_of(a)) for a in standing}


def _reading_row(
    row: ReadingView, over: Mapping[str, tuple[Sign, Side]], local: LocalTime
) -> SheetRow:
    reading = row.reading
    sides = dict(over[number] for number in row.alerts if number in over)
    cells = (
        Cell(clock(local, row.measured), _struck_time(row, local)),
        Cell(_slot(row)),
        _marked(number(reading.bp), sides.get(Sign.BP), _struck(row, Sign.BP)),
        Cell(str(reading.bp.mean) if reading.bp else ""),
        *(_marked(_figure(row, sign), sides.get(sign), _struck(row, sign)) for sign in _IN_COLUMNS),
        Cell(_note(row, sides), _struck_in_note(row)),
        Cell(f"{clock(local, row.entered)} {row.by.initials}"),
    )
    return SheetRow(row.uid, cells, _said(cells))


def _given_as_missed(overview: SessionOverview) -> dict[str, ThingView]:
    """Return by slot the entry that says why it was missed: the newest one."""
    missed = {s.name for s in overview.slots if s.state is SlotState.MISSED}
    said = [(t.what.slot, t) for t in overview.things if isinstance(t.what, SlotMissed)]
    return {slot: thing for slot, thing in said if slot in missed}


def _first(thing: ThingView, about: Mapping[str, str], rates: Mapping[str, ScoreView]) -> str:
    """Return what a thing's own words do not say: which event it is of, a rating and its total."""
    if isinstance(thing.what, EventSerious | EventResolved):
        return about.get(thing.what.event, "")
    score = rates.get(thing.uid)
    if score is None:
        return ""
    if score.total is None:
        return f"{score.title} {score.answered} of {len(score.answers)} answered"
    return f"{score.title} {score.total} of {score.most}"


def _thing_row(thing: ThingView, local: LocalTime, first: str, number: str = "") -> SheetRow:
    """Return a row of words: what was entered, and what it said before.

    Args:
        thing: What was entered.
        local: The session's.
        first: What its own words do not say.
        number: An event's, as on the chart's flag.
    """
    said = [says(w, r) for w, r in zip(thing.earlier, thing.reasons, strict=True)]
    struck = ", ".join(dict.fromkeys(words for words in said if words))
    cells = (
        Cell(clock(local, thing.at)),
        Cell(NAMES[thing.kind] + (number if thing.kind == "event" else "")),
        Cell(": ".join(filter(None, (first, says(thing.what, thing.reason)))), struck, wide=True),
        *(Cell(""),) * (NOTE - FIRST_FIGURE),
        Cell(f"{clock(local, thing.entered)} {thing.by.initials}"),
    )
    return SheetRow(thing.uid if can_amend(thing) else "", cells, _said(cells))


def _marked(words: str, side: Side | None, struck: str) -> Cell:
    return Cell(words, struck, tone="alert" if side else "", side=side)


def _missed_row(slot: SlotView, given: ThingView | None, local: LocalTime) -> SheetRow:
    """Return a row with the reason over the whole width, and who entered it when."""
    entered = f"{clock(local, given.entered)} {given.by.initials}" if given else ""
    cells = (
        Cell(clock(local, slot.due) if slot.due else "", tone="text_3"),
        Cell(f"{slot.name} missed", tone="text_3"),
        Cell(slot.reason, wide=True),
        *(Cell(""),) * (NOTE - FIRST_FIGURE),
        Cell(entered),
    )
    return SheetRow(given.uid if given else "", cells, _said(cells))


def _identity_row(mended: AmendmentView, local: LocalTime) -> SheetRow:
    cells = (
        Cell(clock(local, mended.at)),
        Cell("identity"),
        Cell(f"→ {mended.new} ({mended.reason})", mended.old, wide=True),
        *(Cell(""),) * (NOTE - FIRST_FIGURE),
        Cell(f"{clock(local, mended.at)} {mended.by.initials}"),
    )
    return SheetRow("", cells, _said(cells))


def _clock_row(event: ClockView, local: LocalTime) -> SheetRow:
    at, who = clock(local, event.at), event.by.initials if event.by else ""
    return _wide_row(at, "clock", happened(event), f"{at} {who}".strip())


def _wide_row(when: str, slot: str, said: str, entered: str) -> SheetRow:
    cells = (
        Cell(when),
        Cell(slot),
        Cell(said, wide=True),
        *(Cell(""),) * (NOTE - FIRST_FIGURE),
        Cell(entered),
    )
    return SheetRow("", cells, _said(cells))


def _with_turns(
    rows: Sequence[tuple[dt.datetime, dt.datetime, SheetRow]],
    local: LocalTime,
    told: Collection[SheetRow],
) -> tuple[SheetRow, ...]:
    """Return the rows, with one more wherever the date or the offset from UTC turned.

    Args:
        rows: In order of time.
        local: The session's.
        told: Rows that tell it themselves.
    """
    made: list[SheetRow] = []
    before: dt.datetime | None = None
    for at, _, row in rows:
        here = local(at)
        if before is not None and row not in told and (turn := _turn(before, here)):
            made.append(
                _wide_row("", "date" if here.date() != before.date() else "clock", turn, "")
            )
        made.append(row)
        before = here
    return tuple(made)


def _turn(before: dt.datetime, here: dt.datetime) -> str:
    """Say what is another from here on: the date, the offset from UTC, or nothing."""
    said = []
    if here.date() != before.date():
        said.append(f"{day(here)}")
    if here.utcoffset() != before.utcoffset():
        said.append(f"{zone_of(here)} from here on, {zone_of(before)} before")
    return "; ".join(said)


def _slot(row: ReadingView) -> str:
    if not row.slot:
        return "extra"
    late = row.state in (SlotState.LATE, SlotState.EARLY) and row.minutes is not None
    return (
        f"{row.slot} {row.state.value} {abs(row.minutes or 0)}"
        if late and row.state
        else (f"{row.slot} ✓")
    )


def _figure(row: ReadingView, sign: Sign) -> str:
    found = number(row.reading.value(sign))
    return found or ("-" if sign in row.not_taken else "")


def _alerts(numbers: Sequence[str]) -> list[str]:
    """Return the numbers of a reading's alerts; three or more in a row as one: "A1\u2013A6"."""
    count = [int(number.lstrip("A")) for number in numbers]
    if len(count) > _FEW and count[-1] - count[0] == len(count) - 1:
        return [f"{numbers[0]}\u2013{numbers[-1]}"]
    return list(numbers)


def _note(row: ReadingView, sides: Sides) -> str:
    reading = row.reading
    marks = {sign: f"{side.mark} " for sign, side in sides.items()}
    rest = [
        f"{marks.get(sign, '')}{SIGN_NAMES[sign]} {measured(sign, value)}"
        for sign in reading.taken()
        if sign not in (Sign.BP, *_IN_COLUMNS) and (value := reading.value(sign)) is not None
    ]
    words = ["amended"] if row.replaced else []
    words += _alerts(row.alerts)
    return ", ".join([*words, *([row.note] if row.note else []), *rest])


def _struck(row: ReadingView, sign: Sign) -> str:
    """Return what a sign said before it was amended, the newest first."""
    values = [reading.value(sign) for reading in (*row.replaced, row.reading)]
    old = [number(a) for a, b in itertools.pairwise(values) if a is not None and a != b]
    return " ".join(reversed(old))


def _struck_in_note(row: ReadingView) -> str:
    """Return what signs without a column of their own said before."""
    signs = [sign for sign in Sign if sign not in (Sign.BP, *_IN_COLUMNS)]
    said = [f"{SIGN_NAMES[sign]} {was}" for sign in signs if (was := _struck(row, sign))]
    return " ".join(said)


def _struck_time(row: ReadingView, local: LocalTime) -> str:
    """Return when it was said to have been measured before, the newest first."""
    moved = [a for a, b in itertools.pairwise((*row.was_at, row.measured)) if a != b]
    return " ".join(clock(local, at) for at in reversed(moved))


def _said(cells: tuple[Cell, ...]) -> str:
    parts = [
        f"{'Note' if cell.wide else head} {cell.full}"
        + (f", was {cell.struck}" if cell.struck else "")
        for head, cell in zip(HEADS, cells, strict=True)
        if cell.words or cell.struck
    ]
    return "; ".join(parts)
