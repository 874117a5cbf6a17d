"""Writes the tables, and the data dictionary that says what each column is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from monitor.access_list import AccessList
from monitor.overview import SessionOverview
from reports.tables import Cell
from reports.whole_tables.access import ACCESS
from reports.whole_tables.column import Described, TableOf
from reports.whole_tables.drugs import REGISTER
from reports.whole_tables.happenings import EVENTS, RATINGS, READINGS, SLOTS
from reports.whole_tables.sessions import SESSIONS

TABLES: tuple[TableOf[Any], ...] = (SESSIONS, READINGS, SLOTS, EVENTS, RATINGS)

DESCRIBED: tuple[Described, ...] = (*TABLES, REGISTER, ACCESS)
"""Every table of which the dictionary says what its columns are."""

MARK = "\ufeff"
"""At the head of each file: by it a spreadsheet program knows UTF-8 and shows every name right."""

DICTIONARY = "dictionary.csv"
_DICTIONARY_HEAD = ("file", "a row is", "column", "meaning", "unit", "empty when")


def tables(overviews: Sequence[SessionOverview], *, head: bool = True) -> dict[str, bytes]:
    """Return each table as CSV in UTF-8, every cell quoted, by its file's name.

    Several calls' rows can be put one after another, where only the first has the head. A text
    that a spreadsheet would run as a formula gets an apostrophe in front; times are local, ISO
    8601 with their offset; what was not taken is empty.

    Args:
        overviews: The sessions, in the order of the rows.
        head: Whether the names of the columns come first.
    """
    made = {}
    for table in TABLES:
        rows = (row for seen in overviews for row in table.cells(seen))
        names = [[column.name for column in table.columns]] if head else []
        made[table.file] = _csv([*names, *rows], mark=head)
    return made


def dictionary() -> bytes:
    """Return what each column of each table means, as a table itself."""
    rows = [
        [table.file, table.row, column.name, column.meaning, column.unit, column.empty]
        for table in DESCRIBED
        for column in table.columns
    ]
    return _csv([list(_DICTIONARY_HEAD), *rows], mark=True)


def access_csv(listed: AccessList) -> bytes:
    """Return a part of the list of who looked as a table, in the same form as the others."""
    names = [column.name for column in ACCESS.columns]
    return _csv([names, *ACCESS.cells(listed)], mark=True)


def _csv(rows: Iterable[Sequence[Cell]], *, mark: bool) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    text = f"{MARK}{out.getvalue()}" if mark else out.getvalue()
    return text.encode("utf-8")
