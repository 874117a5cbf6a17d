"""The hands of someone who tampers with a record: its lines as rows, and what he can make anew.

Three levels: A holds the key of the database and recomputes nothing, B recomputes the hashes
but has no ledger key, C holds every key and recomputes everything, seals and tables too.
"""

from __future__ import annotations

import contextlib
import enum
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from db import codec, projections, schema, seals
from db.engine import GUARDS, open_engine
from db.locks import slots
from db.locks.keys import Keys
from db.store import FILE_NAME
from monitor.ledger import GENESIS, link, mac


class Level(enum.StrEnum):
    """What somebody who tampers holds, and what he takes the trouble to do."""

    DATABASE_KEY = "A"
    HASHES = "B"
    EVERY_KEY = "C"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the ledger's table."""

    seq: int
    uid: str
    stream: str
    n: int
    kind: str
    key_id: int
    body: bytes
    prev_hash: bytes
    hash: bytes
    mac_key: int
    mac: bytes
    seals: bytes | None

    @property
    def said(self) -> dict[str, Any]:
        """Return its body."""
        said: dict[str, Any] = json.loads(self.body)
        return said

    def saying(self, said: dict[str, Any]) -> Row:
        """Return it with another body, the columns following it."""
        columns = {name: said[name] for name in ("uid", "stream", "n", "kind")}
        return replace(self, body=codec.canonical(said), **columns)

    def at(self, seq: int, n: int | None = None) -> Row:
        """Return it at another place."""
        moved = replace(self, seq=seq)
        return moved if n in (None, self.n) else moved.saying(self.said | {"n": n})


Rows = list[Row]


@dataclass(slots=True)
class Record:
    """A copy of the record, and who tampers with it.

    Attributes:
        rows: The ledger as it was.
        remembered: The last line that is remembered outside.
        noise: What he has filled with anything, since he cannot make it and did not leave it.
    """

    folder: Path
    level: Level
    rng: random.Random
    keys: Keys
    rows: Rows = field(default_factory=list)
    remembered: int = 0
    noise: str = ""

    @contextlib.contextmanager
    def sql(self) -> Iterator[Connection]:
        """Open the database with its guards down, and leave them as they were."""
        with self.unguarded() as sql:
            yield sql
            for text in GUARDS.values():
                sql.exec_driver_sql(text)

    @contextlib.contextmanager
    def unguarded(self) -> Iterator[Connection]:
        """Open the database with its guards down."""
        engine = open_engine(self.folder / FILE_NAME, self.keys.data)
        with engine.begin() as sql:
            for name in GUARDS:
                sql.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            yield sql
        engine.dispose()

    def sessions(self) -> list[str]:
        """Return the streams of sessions."""
        return sorted({row.stream for row in self.rows if row.stream.startswith("session/")})

    def before(self, seq: int) -> Rows:
        """Return the lines below a number."""
        return [row for row in self.rows if row.seq < seq]

    def write(self, rows: Sequence[Row], *, tables: bool = False) -> None:
        """Put these lines in the place of the ledger, as far as this level can.

        Args:
            rows: What shall stand there.
            tables: Make the derived tables anew, too; at the highest level it is done anyway.
        """
        made = sorted(rows, key=lambda row: row.seq)
        if self.level is Level.EVERY_KEY:
            made = _in_order(made)
        if self.level is not Level.DATABASE_KEY:
            made = self._rechained(made)
        with self.sql() as sql:
            sql.execute(delete(schema.ledger))
            sql.execute(insert(schema.ledger), [asdict(row) for row in made])
            if tables or self.level is Level.EVERY_KEY:
                _derive(sql, made)

    def _rechained(self, rows: Sequence[Row]) -> Rows:
        """Make the hashes anew from the first line that is another one."""
        self.noise = self.rng.choice(("", "", "mac", "mac and seals"))
        was = {row.seq: row for row in self.rows}
        before, made, anew = GENESIS, Rows(), False
        for row in rows:
            anew = anew or row != was.get(row.seq)
            if anew:
                line_hash = link(before, row.body)
                proofs = self._proofs(row, line_hash)
                made.append(replace(row, prev_hash=before, hash=line_hash, **proofs))
            else:
                made.append(row)
            before = made[-1].hash
        return made

    def _proofs(self, row: Row, line_hash: bytes) -> dict[str, Any]:
        if self.level is Level.EVERY_KEY:
            made = seals.make(self.keys.ledger, row.seq, row.body)
            return {"mac": mac(self.keys.ledger, line_hash), "seals": made}
        anything = {"mac": self.rng.randbytes(32), "seals": self.rng.randbytes(48)}
        return {name: anything[name] for name in anything if name in self.noise}


def opened_for(folder: Path, level: Level, rng: random.Random, *, remembered: int = 0) -> Record:
    """Return a copy of the record as this person finds it."""
    record = Record(folder, level, rng, slots.unlock(folder, None), remembered=remembered)
    engine = open_engine(folder / FILE_NAME, record.keys.data)
    with engine.begin() as sql:
        found = sql.execute(select(schema.ledger).order_by(schema.ledger.c.seq)).mappings()
        record.rows = [Row(**row) for row in found]
    engine.dispose()
    return record


def _in_order(rows: Sequence[Row]) -> Rows:
    """Number the lines of each stream as they stand."""
    made: Rows = []
    for row in rows:
        before = sum(other.stream == row.stream for other in made)
        made.append(row.at(row.seq, before + 1))
    return made


def _derive(sql: Connection, rows: Sequence[Row]) -> None:
    """Make the derived tables anew."""
    for table in schema.PROJECTIONS:
        sql.execute(delete(table))
    for row in rows:
        projections.apply(sql, row.seq, codec.decode(row.body))


Mutate = Callable[[Record], None]
