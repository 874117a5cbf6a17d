"""The ledger's own table: reads lines, and writes the next ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from db import codec, schema, seals
from db.locks.keys import Keys
from monitor import ledger as rules
from monitor.entries import Entry, session_stream
from monitor.errors import Code, IntegrityError, RefusedError, StorageError
from monitor.ledger import GENESIS, Head

_TABLE = schema.ledger

CO_SIGNED, ADDENDUM = "co-signed", "addendum"
"""After the first in a session's stream only the second is taken."""

_BODY = (_TABLE.c.seq, _TABLE.c.kind, _TABLE.c.body)
_STREAM = _TABLE.c.stream == bindparam("stream")
_NEWEST = _TABLE.c.seq.desc()

# Put together once: that costs more than the database takes to answer.
_HEAD = select(_TABLE.c.seq, _TABLE.c.hash).order_by(_NEWEST).limit(1)
_LAST = select(*_BODY).order_by(_NEWEST).limit(1)
_LENGTH = select(func.coalesce(func.max(_TABLE.c.n), 0)).where(_STREAM)
_BODIES = select(*_BODY).where(_STREAM).order_by(_TABLE.c.n)
_SAME = select(_TABLE.c.body).where(_TABLE.c.uid == bindparam("uid"))
_SIGNED = select(_TABLE.c.seq).where(_STREAM, _TABLE.c.kind == CO_SIGNED).limit(1)
_NEXT = insert(_TABLE)

_AT_ONCE = 500
"""So many lines at most are asked for in one question."""

BodyRow = Row[int, str, bytes]
"""(seq, kind, body) of an entry."""


class Book:
    """The ledger, within one open transaction."""

    def __init__(self, sql: Connection, keys: Keys) -> None:
        self._sql = sql
        self._keys = keys
        self.written = Head()  # the last line that was written here; none while nothing was

    def head(self) -> Head:
        """Return the last line's number and hash."""
        found = self._sql.execute(_HEAD).first()
        return Head() if found is None else Head(found.seq, found.hash.hex())

    def length(self, stream: str) -> int:
        """Return how many entries a stream has."""
        return int(self._sql.scalar(_LENGTH, {"stream": stream}) or 0)

    def bodies(self, stream: str) -> Sequence[BodyRow]:
        """Return (seq, kind, body) of a stream's entries, oldest first."""
        return self._sql.execute(_BODIES, {"stream": stream}).all()

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

    def newest(self) -> Entry | None:
        """Return the last line's entry, None in an empty ledger.

        Raises:
            IntegrityError: `unreadable`, if this program knows no such entry.
        """
        found = self._sql.execute(_LAST).first()
        return None if found is None else self.read(found)

    def hashes(self, lines: Iterable[int]) -> dict[int, str]:
        """Return the hashes, in hex, of those of some lines that there are."""
        wanted, found = sorted(set(lines)), {}
        query = select(_TABLE.c.seq, _TABLE.c.hash)
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            rows = self._sql.execute(query.where(_TABLE.c.seq.in_(part)))
            found.update({row.seq: row.hash.hex() for row in rows})
        return found

    def takes_addenda_only(self, stream: str) -> bool:
        """Tell whether a stream is a session's that was co-signed."""
        if not stream.startswith(session_stream("")):
            return False
        return self._sql.scalar(_SIGNED, {"stream": stream}) is not None

    def write(self, entry: Entry) -> tuple[int, Entry] | None:
        """Write an entry as the next line.

        Returns:
            The line's number and the entry as it will be read from now on (its text in
            NFC); None if this very entry already stands in the ledger, so that whoever
            does not know whether a write arrived may simply write again.

        Raises:
            RefusedError: `signed`, if its session was co-signed and it is no addendum.
            StorageError: `busy`, if it is not the next of its stream any more.
        """
        body = codec.encode(entry)
        kept = self._sql.scalar(_SAME, {"uid": entry.uid})
        if kept == body:
            return None
        if entry.kind != ADDENDUM and self.takes_addenda_only(entry.stream):
            raise RefusedError(Code.SIGNED)
        if kept is not None or entry.n != self.length(entry.stream) + 1:
            raise StorageError(Code.BUSY, stream=entry.stream.partition("/")[0])
        head = self.head()
        prev_hash = bytes.fromhex(head.hash) if head.seq else GENESIS
        line_hash = rules.link(prev_hash, body)
        row = {
            "seq": head.seq + 1,
            "uid": entry.uid,
            "stream": entry.stream,
            "n": entry.n,
            "kind": entry.kind,
            "key_id": schema.STORE_KEY,
            "body": body,
            "prev_hash": prev_hash,
            "hash": line_hash,
            "mac_key": self._keys.ledger_version,
            "mac": rules.mac(self._keys.ledger, line_hash),
            "seals": seals.make(self._keys.ledger, head.seq + 1, body),
        }
        self._sql.execute(_NEXT, row)
        self.written = Head(head.seq + 1, line_hash.hex())
        return head.seq + 1, codec.decode(body)
