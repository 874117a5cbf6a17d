"""One all-or-nothing look at the record, and change to it."""

from __future__ import annotations

import dataclasses
import hashlib
import uuid
from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from db import engine, projections, schema
from db.locks.keys import Keys
from db.looking import SqlLook
from monitor.clinic import PROGRAM
from monitor.entries import Entry, GuardsPutBack
from monitor.history import HISTORY
from monitor.ledger import Head


class SqlTransaction(SqlLook):
    """Implements `monitor.ports.Transaction` on one open SQL transaction."""

    def __init__(
        self,
        sql: Connection,
        keys: Keys,
        *,
        guards_missing: bool = False,
        looks: bool = False,
    ) -> None:
        """Begin with nothing written.

        Args:
            sql: In a transaction.
            keys: The record's.
            guards_missing: Whether the database lacks guards; they are put back with the
                first entry, and an entry of its own says so.
            looks: Whether nothing may be written at all: the writer's place was not taken.
        """
        super().__init__(sql, keys)
        self._guards_missing = guards_missing
        self._looks = looks
        self.written: list[Entry] = []

    def append(self, entries: Sequence[Entry]) -> None:
        """Write entries, each the next of its stream, and what follows from them.

        Raises:
            RefusedError: `signed` for anything but an addendum to a co-signed session.
            StorageError: `busy`, if one is not the next of its stream any more.
        """
        self._insist_on_writing()
        if self._guards_missing and entries:
            self._put_guards_back(entries[0])
        for entry in entries:
            self._write(entry)

    def _write(self, entry: Entry) -> None:
        written = self._book.write(entry)
        if written is not None:
            projections.apply(self._sql, *written)
            self.written.append(written[1])

    def _put_guards_back(self, first: Entry) -> None:
        """Put back what was missing before anything is written; that it was stays told."""
        self._guards_missing = False
        if names := engine.put_guards_back(self._sql):
            self._write(_guards_put_back(names, first, self.length(HISTORY) + 1))

    @property
    def head(self) -> Head:
        """Return the last line that this transaction wrote; none while it wrote nothing."""
        return self._book.written

    def keep_file(self, sha256: str, content: bytes) -> None:
        """Keep a finished file; its hash goes to the ledger in the same transaction."""
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ValueError("the file's hash is not the one that was given")
        self._insist_on_writing()
        table = schema.files
        if self._sql.scalar(select(table.c.sha256).where(table.c.sha256 == sha256)) is None:
            self._sql.execute(insert(table).values(sha256=sha256, content=content))

    def _insist_on_writing(self) -> None:
        if self._looks:
            raise RuntimeError("whoever only looks writes nothing")


def _guards_put_back(names: tuple[str, ...], first: Entry, place: int) -> Entry:
    """Return the entry that says so, written when and where *first* is."""
    return dataclasses.replace(
        first,
        uid=str(uuid.uuid5(uuid.NAMESPACE_OID, first.uid)),
        stream=HISTORY,
        n=place,
        at=first.recorded_at,
        by=PROGRAM,
        what=GuardsPutBack(names),
        amends="",
        reason="",
    )
