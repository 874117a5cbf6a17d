"""The projections, made anew from the ledger beside the live ones, and compared with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, LargeBinary, Table, cast, select
from sqlalchemy.exc import SQLAlchemyError

from db import projections, schema
from db.engine import open_memory
from monitor.entries import Entry, session_stream
from monitor.ledger import Break, Finding

FEW = 3
"""So many rows of a table are named; if there are more, they become one finding."""

_NUMBERS = ("seq", "opened_seq")
"""Columns that name a line of the ledger."""

_NAMING = ((schema.sessions, "id"), (schema.reports, "session"), (schema.exports, "session"))

Rows = dict[str, tuple[bytes | None, ...]]


@dataclass(slots=True)
class Derived:
    """What the derived tables say.

    Attributes:
        findings: Rows that differ from what the ledger gives.
        rows: How many rows of each table were compared.
        numbers: The greatest number of a line that rows name which nothing gives.
        sessions: The sessions that they name.
    """

    findings: list[Finding] = field(default_factory=list)
    rows: list[tuple[str, int]] = field(default_factory=list)
    numbers: int = 0
    sessions: set[str] = field(default_factory=set)


class Rebuilt:
    """The projections of the lines that were read so far, in memory."""

    def __init__(self) -> None:
        self._engine: Engine = open_memory()
        with self._engine.begin() as sql:
            schema.metadata.create_all(sql, schema.PROJECTIONS)

    def close(self) -> None:
        """Forget them."""
        self._engine.dispose()

    def apply(self, entries: list[tuple[int, Entry]]) -> list[Finding]:
        """Add what follows from some lines; return those that nothing can follow from."""
        found: list[Finding] = []
        with self._engine.begin() as sql:
            for seq, entry in entries:
                try:
                    projections.apply(sql, seq, entry)
                except (SQLAlchemyError, ArithmeticError):  # figures that say nothing together
                    found.append(Finding(seq, Break.PROJECTION, entry.kind, stream=entry.stream))
        return found

    def compare(self, live: Connection) -> Derived:
        """Compare the live tables with these, row by row."""
        derived = Derived()
        with self._engine.begin() as sql:
            for table in schema.PROJECTIONS:
                here, there = _rows(live, table), _rows(sql, table)
                derived.rows.append((table.name, len(here)))
                derived.findings += _different(table, here, there)
                strange = [row for key, row in here.items() if key not in there]
                derived.numbers = max((derived.numbers, *_numbers(table, strange)))
        for table, column in _NAMING:
            found = live.scalars(select(cast(table.c[column], LargeBinary)).distinct())
            derived.sessions |= {session_stream(_text(name)) for name in found if name}
        return derived


def _different(table: Table, here: Rows, there: Rows) -> Iterator[Finding]:
    keys = [key for key in sorted(here.keys() | there.keys()) if here.get(key) != there.get(key)]
    if len(keys) > FEW:
        yield Finding(0, Break.PROJECTION, table.name, count=len(keys))
        return
    for key in keys:
        yield Finding(0, Break.PROJECTION, f"{table.name}/{key}")


def _numbers(table: Table, rows: Iterable[tuple[bytes | None, ...]]) -> Iterator[int]:
    """Give the numbers of lines that rows name."""
    places = [at for at, column in enumerate(table.columns) if column.name in _NUMBERS]
    for row in rows:
        yield from (int(_text(row[at])) for at in places if (row[at] or b"").isdigit())


def _rows(sql: Connection, table: Table) -> Rows:
    """Return a table's rows as they are stored, by their key, whatever they may hold."""
    (key,) = table.primary_key.columns
    stored = (cast(column, LargeBinary) for column in table.columns)
    rows = sql.execute(select(cast(key, LargeBinary), *stored)).all()
    return {_text(row[0]): tuple(row[1:]) for row in rows}


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode("utf-8", "backslashreplace")
