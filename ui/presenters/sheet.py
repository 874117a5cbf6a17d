"""The flowsheet: one row a reading, and one for each observation that was missed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from monitor.clock_view import ClockView
from monitor.clock_words import day, happened, zone_of
from monitor.overview import (
    AmendmentView,
    LocalTime,
    ReadingView,
    SessionOverview,
    SlotView,
)
from monitor.schedule import SlotState
from monitor.vitals import Reading, Sign
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
_IN_COLUMNS = (Sign.HEART_RATE, Sign.SPO2, Sign.RESP, Sign.SEDATION, Sign.DISSOCIATION)


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of one cell.

    Attributes:
        struck: What an amendment replaced; it stands struck through before the words.
        tone: A token name; empty for the column's own.
        wide: Whether it takes the room of all columns from the first figure to the note.
    """

    words: str
    struck: str = ""
    tone: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row.

    Attributes:
        uid: The reading's; empty for a missed observation.
        said: The whole row in words, for a screen reader.
    """

    uid: str
    cells: tuple[Cell, ...]
    said: str


class SheetView(Protocol):
    """What the presenter asks of the table."""

    def show_rows(self, rows: tuple[SheetRow, ...]) -> None:
        """Show these rows, the newest last and in sight."""
        ...


class SheetPresenter:
    """Lays the readings out as rows, and whose they are where that was put right."""

    def __init__(self, view: SheetView) -> None:
        self._view = view

    def refresh(self, overview: SessionOverview) -> None:
        """Show every reading and every missed observation, by time."""
        self._view.show_rows(sheet_rows(overview))


def sheet_rows(overview: SessionOverview) -> tuple[SheetRow, ...]:
    """Return the rows of the sheet, oldest first."""
    local = overview.local
    rows = [(r.measured, r.entered, _reading_row(r, local)) for r in overview.readings]
    missed = [s for s in overview.slots if s.state is SlotState.MISSED]
    rows += [(s.due, s.due, _missed_row(s, s.due, local)) for s in missed if s.due]
    mended = [a for a in overview.amendments if a.about == "identity"]
    rows += [(a.at, a.at, _identity_row(a, local)) for a in mended]
    told = [(e.at, e.at, _clock_row(e, local)) for e in overview.clock_events]
    in_order = sorted([*rows, *told], key=lambda each: each[:2])
    return _with_turns(in_order, local, {row for _, _, row in told})


def _reading_row(row: ReadingView, local: LocalTime) -> SheetRow:
    reading = row.reading
    struck = ", ".join(_struck(old, reading) for old in row.replaced)
    note = Cell(_note(row), struck.strip(", "))
    cells = (
        Cell(clock(local, row.measured)),
        Cell(_slot(row)),
        Cell(number(reading.bp), tone="alert" if row.alerts else ""),
        Cell(str(reading.bp.mean) if reading.bp else ""),
        *(Cell(_figure(row, sign)) for sign in _IN_COLUMNS),
        note,
        Cell(f"{clock(local, row.entered)} {row.by.initials}"),
    )
    return SheetRow(row.uid, cells, _said(cells))


def _missed_row(slot: SlotView, due: dt.datetime, local: LocalTime) -> SheetRow:
    blank = Cell("")
    cells = (
        Cell(clock(local, due), tone="text_3"),
        Cell(f"{slot.name} missed", tone="text_3"),
        *(blank,) * 7,
        Cell(slot.reason),
        blank,
    )
    return SheetRow("", cells, _said(cells))


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


def _note(row: ReadingView) -> str:
    reading = row.reading
    rest = [
        f"{SIGN_NAMES[sign]} {measured(sign, value)}"
        for sign in reading.taken()
        if sign not in (Sign.BP, *_IN_COLUMNS) and (value := reading.value(sign)) is not None
    ]
    words = ["amended"] if row.replaced else []
    words += list(row.alerts)
    return ", ".join([*words, *([row.note] if row.note else []), *rest])


def _struck(old: Reading, new: Reading) -> str:
    changed = [sign for sign in old.taken() if old.value(sign) != new.value(sign)]
    return " ".join(
        number(old.value(sign))
        if sign is Sign.BP
        else f"{SIGN_NAMES[sign]} {number(old.value(sign))}"
        for sign in changed
    )


def _said(cells: tuple[Cell, ...]) -> str:
    parts = [
        f"{'Note' if cell.wide else head} {cell.words}"
        + (f", was {cell.struck}" if cell.struck else "")
        for head, cell in zip(HEADS, cells, strict=True)
        if cell.words or cell.struck
    ]
    return "; ".join(parts)
