"""Everything that may be asked of an opened record; nothing here changes it."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator, Sequence

from sqlalchemy import func, select

from db import checking, export, schema
from db.book import Book
from db.checking import CheckReport
from db.checking.guards import BACK, guard_findings
from db.checking.reading import Pages
from db.connections import Connections
from db.locks.keys import Keys
from db.transaction import SqlTransaction
from db.witness import checkpoints
from db.witness.heads import Heads
from monitor.clock import Moment
from monitor.errors import Code, StorageError
from monitor.history import Gap
from monitor.ledger import Break, Checkpoint, Head, Line, Remembered


def _unseen(_done: int, _of: int) -> None:
    """Show no progress."""


class Reader:
    """Looks at one record; a writer is neither waited for nor kept waiting."""

    def __init__(
        self, connections: Connections, heads: Heads, *, guards_missing: Sequence[str] = ()
    ) -> None:
        """Look through these connections.

        Args:
            connections: To a record that this program can use.
            heads: What is remembered of its head.
            guards_missing: Which guards the database lacked when it was opened.
        """
        self._were_missing = tuple(guards_missing)
        self._connections = connections
        self._heads = heads

    @property
    def keys(self) -> Keys:
        """Return what opens the record."""
        return self._connections.keys

    @contextlib.contextmanager
    def looking(self) -> Iterator[SqlTransaction]:
        """Look at one state of the record; a writer is neither waited for nor kept waiting.

        Raises:
            StorageError: If the database refuses.
        """
        with self._connections.reading() as sql:
            yield SqlTransaction(sql, self.keys, looks=True)

    def head(self) -> Head:
        """Return the ledger's last line: its number and hash."""
        return self._heads.head()

    def newest_checkpoint(self) -> Checkpoint | None:
        """Return the station's signature that covers most of the ledger, None without any."""
        with self._connections.reading() as sql:
            return checkpoints.newest(sql)

    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """Return the stations' signatures under the chain, by line."""
        with self._connections.reading() as sql:
            return checkpoints.all_of(sql)

    def lines(self) -> Iterator[Line]:
        """Give the ledger's lines, in short looks; what is written meanwhile is not among them.

        Raises:
            StorageError: `damaged`, if one cannot be read; and whatever else the database refuses.
        """
        pages = Pages(self._connections.reading)
        for chunk in pages.chunks():
            yield from chunk
        if pages.blind or pages.unread:
            raise StorageError(Code.DAMAGED)

    def last_moment(self) -> Moment | None:
        """Return what the clocks said when the last line was written; None in a new ledger.

        Raises:
            IntegrityError: `unreadable`, if this program cannot read that line.
        """
        with self._connections.reading() as sql:
            newest = Book(sql, self.keys).newest()
        return None if newest is None else newest.moment

    def gaps(self) -> tuple[Gap, ...]:
        """Return every head this station remembers that the ledger contradicts, unexplained."""
        return self._heads.gaps

    def remembered(self) -> tuple[Remembered, ...]:
        """Return the heads that this station remembers, without losses that were explained."""
        return self._heads.remembered()

    def has_lines(self, count: int, upto: Head) -> bool:
        """Tell whether the ledger has so many lines up to that one, and that one as it is.

        Raises:
            StorageError: If the database refuses.
        """
        table = schema.ledger
        counted = select(func.count()).where(table.c.seq <= upto.seq)
        there = select(table.c.hash).where(table.c.seq == upto.seq)
        with self._connections.reading() as sql:
            found = int(sql.scalar(counted) or 0), bytes(sql.scalar(there) or b"").hex()
        return found == (count, upto.hash)

    def changed_elsewhere(self) -> bool:
        """Tell, at next to no cost, whether another process wrote since this was last asked."""
        return self._heads.changed_elsewhere()

    def check(
        self,
        progress: checking.Progress = _unseen,
        *,
        since: Head | None = None,
        against: Sequence[Remembered] = (),
    ) -> CheckReport:
        """Hold the record against itself and against what is remembered of it.

        Args:
            progress: Told how many lines have been looked at, and of how many; what it raises
                ends the check.
            since: A line that is known to be right: only what was written after it is looked at.
            against: Heads that were remembered elsewhere than by this station.
        """
        keys = self.keys
        remembered = (*self._heads.remembered(), *against)
        look = checking.Source(
            self._connections.reading, self._connections.damage, keys, remembered
        )
        report = self._told(checking.Check(look, progress).run(since))
        if report.is_sound or self.keys is keys:
            return report
        return self.check(progress, since=since, against=against)  # under keys it did not know

    def _told(self, report: CheckReport) -> CheckReport:
        """Say until the record is closed that guards were missing, though they are back."""
        back = guard_findings(self._were_missing, BACK)
        if not back or any(each.code is Break.TRIGGER for each in report.findings):
            return report
        return dataclasses.replace(report, findings=(*back, *report.findings))

    def record_json(self, session_id: str) -> bytes:
        """Return a session's whole record as a document that needs nothing beside it.

        Raises:
            NotFoundError: If there is no such session.
        """
        with self._connections.reading() as sql:
            content = SqlTransaction(sql, self.keys).session(session_id).protocol.content
            return export.record_json(Book(sql, self.keys), session_id, content)
