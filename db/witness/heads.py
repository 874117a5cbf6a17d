"""What a station knows of the ledger's head besides the record: its marks, and who moved it."""

from __future__ import annotations

import contextlib
import threading

from db.book import Book
from db.connections import Connections
from db.witness.marks import Marks, contradicted
from monitor.entries import Entry
from monitor.errors import IntegrityError, StorageError
from monitor.history import HISTORY, Gap, unexplained
from monitor.ledger import Head, Remembered


class Heads:
    """Follows the head of one open record.

    Attributes:
        gaps: Every remembered head that the ledger contradicts and nobody has explained, as
            of the last `look_back`.
    """

    def __init__(self, connections: Connections, marks: Marks | None) -> None:
        """Begin at the head that the record has now.

        Args:
            connections: To the record.
            marks: What this station remembers; None for a record that it keeps no marks of.
        """
        self.gaps: tuple[Gap, ...] = ()
        self._connections = connections
        self._marks = marks
        self._explained: frozenset[Remembered] = frozenset()
        self._told = self.head().seq  # up to here whoever asked knows the record
        self._behind = False  # somebody committed, and nobody could look at what
        self._own = 0  # so many lines were written here since
        self._turn = threading.Lock()
        if self.look_back():
            self._thin_out()

    def head(self) -> Head:
        """Return the ledger's last line: its number and hash."""
        with self._connections.reading() as sql:
            return Book(sql, self._connections.keys).head()

    def remembered(self) -> tuple[Remembered, ...]:
        """Return the marks, without those whose loss was explained."""
        return tuple(mark for mark in self._marked() if mark not in self._explained)

    def wrote(self, head: Head, entries: tuple[Entry, ...], *, sealed: bool) -> None:
        """Remember what was just written here.

        Args:
            head: The last line after the commit.
            entries: What was written, oldest first.
            sealed: Whether a checkpoint was made with them.
        """
        with self._turn:
            self._own += len(entries)
            if self._marks is not None:
                self._marks.note(head, entries[-1].recorded_at, lasting=sealed)
        if any(entry.stream == HISTORY for entry in entries):
            self.look_back()

    def changed_elsewhere(self) -> bool:
        """Tell whether another process wrote in the record since this was last asked.

        A record that cannot be read at the moment is taken for unchanged: the next act will
        say what is wrong with it.
        """
        try:
            self._behind = self._connections.moved() or self._behind
            if not self._behind:
                return False
            head = self.head()
        except StorageError:
            return False
        self._behind = False
        with self._turn:
            changed = head.seq != self._told + self._own
            self._told, self._own = head.seq, 0
        if changed:
            self.look_back()
        return changed

    def look_back(self) -> bool:
        """Hold the ledger against every mark, as far as it lets us; tell whether it did."""
        marks = self._marked()
        if not marks:
            return False
        with contextlib.suppress(StorageError, IntegrityError), self._connections.reading() as sql:
            book = Book(sql, self._connections.keys)
            hashes = book.hashes(mark.head.seq for mark in marks)
            found = contradicted(marks, hashes, book.head())
            self.gaps = unexplained(found, book.stream(HISTORY)) if found else ()
            self._explained = frozenset(g.remembered for g in found if g not in self.gaps)
            return True
        return False

    def _thin_out(self) -> None:
        if self._marks is not None:
            self._marks.thin_out([gap.remembered for gap in self.gaps])

    def _marked(self) -> tuple[Remembered, ...]:
        return self._marks.remembered() if self._marks is not None else ()
