"""Holds a whole record against itself: file, guards, chain, projections, kept files.

It finds and does not judge: a report is data, the words stand elsewhere. What no check of
a record alone can see is said in `monitor.ledger`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import SQLAlchemyError

from db import codec, projections, schema
from db.book import lines
from db.engine import open_memory, triggers
from db.keys import Keys
from monitor.entries import ReportKept
from monitor.errors import IntegrityError
from monitor.ledger import Break, Chain, Finding, Head, Line

Progress = Callable[[int, int], None]
"""Told how many lines have been looked at, and of how many."""

_REPORT_EVERY = 200


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check saw.

    Attributes:
        entries: How many lines the ledger has.
        head: The last line.
        files: How many files are kept.
        findings: Every disagreement, by line; none in a sound record.
    """

    entries: int
    head: Head
    files: int
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing was found."""
        return not self.findings


def guards_missing(sql: Connection) -> tuple[str, ...]:
    """Name the triggers that the database lacks, or holds in other words."""
    held = triggers(sql)
    return tuple(name for name, text in schema.TRIGGERS.items() if held.get(name) != text)


class Check:
    """One look at a whole record, within a transaction that only reads."""

    def __init__(self, sql: Connection, keys: Keys, progress: Progress) -> None:
        self._sql = sql
        self._keys = keys
        self._progress = progress
        self._chain = Chain(keys.ledger)
        self._named: dict[str, int] = {}  # hashes of files that the ledger names, and where

    def run(self) -> CheckReport:
        """Look at everything; what cannot be read is itself a finding."""
        found = [Finding(0, Break.TRIGGER, name) for name in guards_missing(self._sql)]
        engine = open_memory()
        try:
            with engine.begin() as rebuilt:
                schema.metadata.create_all(rebuilt, schema.PROJECTIONS)
                found += self._ledger(rebuilt)
                for table in schema.PROJECTIONS:
                    found += self._compared(table, rebuilt)
        finally:
            engine.dispose()
        kept = self._kept_hashes()
        found += self._files(kept)
        found.sort(key=lambda finding: finding.seq)
        return CheckReport(self._count(), self._chain.head, len(kept), tuple(found))

    def _ledger(self, rebuilt: Connection) -> Iterator[Finding]:
        """Walk the chain, rebuilding the projections on the way."""
        count = self._count()
        for place, line in enumerate(lines(self._sql), start=1):
            yield from self._chain.follow(line)
            yield from self._read(line, rebuilt)
            if place % _REPORT_EVERY == 0 or place == count:
                self._progress(place, count)

    def _read(self, line: Line, rebuilt: Connection) -> Iterator[Finding]:
        if not codec.is_canonical(line.body):
            yield Finding(line.seq, Break.FORM)
        try:
            entry = codec.decode(line.body)
        except IntegrityError:
            yield Finding(line.seq, Break.UNREADABLE)
            return
        if isinstance(entry.what, ReportKept):
            self._named.setdefault(entry.what.sha256, line.seq)
        try:
            projections.apply(rebuilt, line.seq, entry)
        except SQLAlchemyError:
            yield Finding(line.seq, Break.PROJECTION, entry.kind)

    def _compared(self, table: Table, rebuilt: Connection) -> Iterator[Finding]:
        """Compare a live projection with the rebuilt one, row by row."""
        live, derived = _rows(self._sql, table), _rows(rebuilt, table)
        for key in sorted(live.keys() | derived.keys()):
            if live.get(key) != derived.get(key):
                yield Finding(0, Break.PROJECTION, f"{table.name}/{key}")

    def _files(self, kept: dict[str, str]) -> Iterator[Finding]:
        """Compare the kept files with what the ledger says of them.

        Args:
            kept: By the hash each is kept under, the hash that it has.
        """
        for sha256, found in kept.items():
            if found != sha256 or sha256 not in self._named:
                yield Finding(self._named.get(sha256, 0), Break.KEPT_FILE, sha256)
        for sha256, seq in self._named.items():
            if sha256 not in kept:
                yield Finding(seq, Break.KEPT_FILE, sha256)

    def _kept_hashes(self) -> dict[str, str]:
        table = schema.files
        names = self._sql.scalars(select(table.c.sha256).order_by(table.c.sha256)).all()
        return {name: hashlib.sha256(self._content(name)).hexdigest() for name in names}

    def _content(self, name: str) -> bytes:
        table = schema.files
        return bytes(self._sql.scalar(select(table.c.content).where(table.c.sha256 == name)) or b"")

    def _count(self) -> int:
        return int(self._sql.scalar(select(func.count()).select_from(schema.ledger)) or 0)


def _rows(sql: Connection, table: Table) -> dict[str, tuple[object, ...]]:
    (key,) = table.primary_key.columns
    rows = sql.execute(select(key, table)).all()
    return {str(row[0]): tuple(row[1:]) for row in rows}
