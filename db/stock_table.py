"""The table of what happened to the cupboard's lots, from which the register is opened."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, insert, select
from sqlalchemy.exc import SQLAlchemyError

from db import codec, schema
from monitor.entries import KIND_OF, Entry
from monitor.errors import IntegrityError
from monitor.people import Author, Role
from monitor.stock_lines import SAYING, Change, StockLine, stock_lines

_TABLE = schema.stock
_ALL = select(_TABLE).order_by(_TABLE.c.seq, _TABLE.c.key)
_AS_THEY_ARE = (
    *("key", "uid", "amends", "at", "product", "name", "lot", "expiry", "vial_ml", "mg"),
    *("containers", "mg_each", "drawn_mg", "expected_mg", "inventory", "document", "reason"),
)


def write(sql: Connection, seq: int, entry: Entry) -> None:
    """Write what an entry says about the cupboard."""
    rows = [_row(seq, line) for line in stock_lines(entry)]
    if rows:
        sql.execute(insert(_TABLE), rows)


def read(sql: Connection) -> Iterator[StockLine]:
    """Give all lines, in the order of writing."""
    for row in sql.execute(_ALL):
        yield _line(row)


def fill(sql: Connection) -> None:
    """Write what the ledger's lines say, in a table that a migration has just made.

    A line that this program cannot read, or that nothing can follow from, is left to the check,
    which names it.
    """
    ledger = schema.ledger
    kinds = [KIND_OF[fact] for fact in SAYING]
    lines = select(ledger.c.seq, ledger.c.body).where(ledger.c.kind.in_(kinds))
    for line in sql.execute(lines.order_by(ledger.c.seq)).all():
        try:
            entry = codec.decode(line.body)
        except IntegrityError:
            continue
        with contextlib.suppress(SQLAlchemyError, ArithmeticError), sql.begin_nested():
            write(sql, line.seq, entry)


def _row(seq: int, line: StockLine) -> dict[str, object]:
    return {name: getattr(line, name) for name in _AS_THEY_ARE} | {
        "seq": seq,
        "session": line.session_id,
        "change": line.change.value,
        "by": dataclasses.asdict(line.by),
        "witness": None if line.witness is None else dataclasses.asdict(line.witness),
    }


def _line(row: Row[Any]) -> StockLine:
    said = row._mapping  # noqa: SLF001 - SQLAlchemy's public way to ask by column
    return StockLine(
        **{name: said[name] for name in _AS_THEY_ARE},
        session_id=said["session"],
        change=Change(said["change"]),
        by=_author(said["by"]),
        witness=None if said["witness"] is None else _author(said["witness"]),
    )


def _author(said: dict[str, str]) -> Author:
    return Author(said["user"], Role(said["role"]), said["name"], said["credential"])
