"""A column of a table, and what the data dictionary says of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, Protocol, TypeVar

from monitor.overview import SessionOverview
from monitor.units import plain
from reports.tables import Cell, harmless

R = TypeVar("R")
NOT_TAKEN = "not taken, or not recorded"
NEVER = "never"


class Explained(Protocol):
    """A column, as the data dictionary says of it."""

    @property
    def name(self) -> str:
        """Return what stands in the head."""
        ...

    @property
    def meaning(self) -> str:
        """Return one sentence."""
        ...

    @property
    def unit(self) -> str:
        """Return it as in the name; empty for a text."""
        ...

    @property
    def empty(self) -> str:
        """Return when the cell is empty."""
        ...


class Described(Protocol):
    """A table, as the data dictionary says of it."""

    @property
    def file(self) -> str:
        """Return the name of its file."""
        ...

    @property
    def row(self) -> str:
        """Return what one row is."""
        ...

    @property
    def columns(self) -> Sequence[Explained]:
        """Return the columns in their order."""
        ...


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column.

    Attributes:
        name: In the head: lower case, words parted by "_", the unit last.
        meaning: One sentence.
        value: What stands in it; None for an empty cell.
        unit: As in the name; empty for a text.
        empty: When the cell is empty.
    """

    name: str
    meaning: str
    value: Callable[[SessionOverview, R], object]
    unit: str = ""
    empty: str = NOT_TAKEN

    def cell(self, seen: SessionOverview, row: R) -> Cell:
        """Return the cell: numbers plain, instants local with their offset, texts harmless."""
        found = self.value(seen, row)
        if isinstance(found, bool):
            return "yes" if found else "no"
        if isinstance(found, Decimal):
            return plain(found)
        if isinstance(found, dt.datetime):
            return seen.local(found).isoformat(timespec="seconds")
        if isinstance(found, dt.date):
            return found.isoformat()
        return harmless(found)


@dataclass(frozen=True, slots=True)
class TableOf(Generic[R]):
    """A table: a file, what a row of it is, its rows and its columns.

    Attributes:
        file: The name of its file.
        row: What one row is.
        rows: Gives the rows of a session.
    """

    file: str
    row: str
    rows: Callable[[SessionOverview], tuple[R, ...]]
    columns: tuple[Column[R], ...]

    def cells(self, seen: SessionOverview) -> list[list[Cell]]:
        """Return the rows of a session, ready to be written."""
        return [[each.cell(seen, row) for each in self.columns] for row in self.rows(seen)]
