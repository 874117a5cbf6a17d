"""The ledger's own table: reads lines, and writes the next ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Row, cast, func, insert, select

from db import codec, schema, seals
from db.keys import Keys
from monitor import ledger as rules
from monitor.entries import Entry
from monitor.errors import Code, IntegrityError, StorageError
from monitor.ledger import GENESIS, Head, Line

_TABLE = schema.ledger
_LINE = (
    *(_TABLE.c.seq, _TABLE.c.uid, _TABLE.c.stream, _TABLE.c.n, _TABLE.c.kind, _TABLE.c.body),
    *(_TABLE.c.prev_hash, _TABLE.c.hash, _TABLE.c.mac, _TABLE.c.mac_key, _TABLE.c.seals),
)

BodyRow = Row[int, str, bytes]
"""(seq, kind, body) of an entry."""


class Book:
    """The ledger, within one open transaction."""

    def __init__(self, sql: Connection, keys: Keys) -> None:
        self._sql = sql
        self._keys = keys

    def head(self) -> Head:
        """Return the last line's number and hash."""
        found = self._sql.execute(
            select(_TABLE.c.seq, _TABLE.c.hash).order_by(_TABLE.c.seq.desc()).limit(1)
        ).first()
        return Head() if found is None else Head(found.seq, found.hash.hex())

    def length(self, stream: str) -> int:
        """Return how many entries a stream has."""
        query = select(func.coalesce(func.max(_TABLE.c.n), 0)).where(_TABLE.c.stream == stream)
        return int(self._sql.scalar(query) or 0)

    def bodies(self, stream: str) -> Sequence[BodyRow]:
        """Return (seq, kind, body) of a stream's entries, oldest first."""
        query = select(_TABLE.c.seq, _TABLE.c.kind, _TABLE.c.body)
        return self._sql.execute(query.where(_TABLE.c.stream == stream).order_by(_TABLE.c.n)).all()

    def stream(self, stream: str) -> tuple[Entry, ...]:
        """Return a stream's entries, oldest first.

        Raises:
            IntegrityError: `unreadable`, if this program knows no such entry.
        """
        return tuple(self.read(row) for row in self.bodies(stream))

    def read(self, row: BodyRow) -> Entry:
        """Return the entry that a row of `bodies` says.

        Raises:
            IntegrityError: `unreadable`, if this program knows no such entry.
        """
        try:
            return codec.decode(row.body)
        except IntegrityError as error:
            raise IntegrityError(Code.UNREADABLE, seq=row.seq) from error

    def write(self, entry: Entry) -> tuple[int, Entry] | None:
        """Write an entry as the next line.

        Returns:
            The line's number and the entry as it will be read from now on (its text in
            NFC); None if this very entry already stands in the ledger, so that whoever
            does not know whether a write arrived may simply write again.

        Raises:
            StorageError: `busy`, if it is not the next of its stream any more.
        """
        body = codec.encode(entry)
        kept = self._sql.scalar(select(_TABLE.c.body).where(_TABLE.c.uid == entry.uid))
        if kept == body:
            return None
        if kept is not None or entry.n != self.length(entry.stream) + 1:
            raise StorageError(Code.BUSY, stream=entry.stream.partition("/")[0])
        head = self.head()
        prev_hash = bytes.fromhex(head.hash) if head.seq else GENESIS
        line_hash = rules.link(prev_hash, body)
        self._sql.execute(
            insert(_TABLE).values(
                seq=head.seq + 1,
                uid=entry.uid,
                stream=entry.stream,
                n=entry.n,
                kind=entry.kind,
                key_id=schema.STORE_KEY,
                body=body,
                prev_hash=prev_hash,
                hash=line_hash,
                mac_key=self._keys.ledger_version,
                mac=rules.mac(self._keys.ledger, line_hash),
                seals=seals.make(self._keys.ledger, head.seq + 1, body),
            )
        )
        return head.seq + 1, codec.decode(body)


def lines(sql: Connection, *, at_once: int = 500) -> Iterator[Line]:
    """Give the whole ledger, line by line, however it was spoiled."""
    columns = (cast(column, column.type).label(column.name) for column in _LINE)
    query = select(*columns).order_by(_TABLE.c.seq).execution_options(yield_per=at_once)
    for row in sql.execute(query):
        yield Line(*row)
