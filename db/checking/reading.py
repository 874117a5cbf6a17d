"""Reads the ledger in short looks, so that nobody has to wait; also one that is damaged."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy import Connection, LargeBinary, Row, cast, func, select
from sqlalchemy.exc import SQLAlchemyError

from db import schema
from db.locks.keys import Keys
from monitor.errors import Code, StorageError
from monitor.ledger import Line, Remembered

AT_ONCE = 250
"""So many lines are read in one look."""

_MOST_TRIES = 4_000
"""So often at most a line that cannot be read is looked for in a damaged file."""

_TABLE = schema.ledger
_TEXTS = ("uid", "stream", "kind")
_BEFORE_ALL = -(2**63)

Reading = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record is read.

    Attributes:
        reading: Gives a look at one state of it.
        damage: Asks the database for damage to its own file.
        remembered: The heads that are remembered outside.
    """

    reading: Reading
    damage: Callable[[], list[str]]
    keys: Keys
    remembered: tuple[Remembered, ...] = ()


class Pages:
    """Gives the lines in chunks, each in a look of its own.

    Attributes:
        last: The last line's number when reading began.
        unread: The numbers of lines that could not be read.
        blind: Whether not even their number could be read.
    """

    def __init__(self, reading: Reading, *, after: int = 0) -> None:
        """Find out how far there is to read.

        Args:
            reading: Gives a look at one state of the record.
            after: The line to begin after; 0 for all, those with numbers below 1 too.
        """
        self._reading = reading
        self._after = after or _BEFORE_ALL
        self._tries = 0
        self.unread: list[range] = []
        self.blind = False
        self.last = self._last()

    def chunks(self) -> Iterator[list[Line]]:
        """Give the lines by number, as far as they can be read."""
        at = self._after
        while at < self.last and not self.blind:
            try:
                with self._reading() as sql:
                    found = lines(sql, at, self.last)
            except StorageError as error:
                only_damage(error)
                yield from self._saved(max(at, 0), min(self.last, max(at, 0) + AT_ONCE))
                at = max(at, 0) + AT_ONCE
                continue
            if not found:
                return
            yield found
            at = found[-1].seq
            time.sleep(0)  # let others have their turn

    def _saved(self, after: int, upto: int) -> Iterator[list[Line]]:
        """Give what can be read of a damaged part, the halves of halves where need be."""
        if self._tries > _MOST_TRIES:
            self.unread.append(range(after + 1, upto + 1))
            return
        try:
            with self._reading() as sql:
                found = lines(sql, after, upto, at_once=upto - after)
        except StorageError as error:
            only_damage(error)
        else:
            if found:
                yield found
            return
        self._tries += 1
        if upto - after == 1:
            self.unread.append(range(upto, upto + 1))
            return
        middle = (after + upto) // 2
        yield from self._saved(after, middle)
        yield from self._saved(middle, upto)

    def _last(self) -> int:
        """Return the last number, by another way where the first one is damaged."""
        found = []
        for column in (func.max(_TABLE.c.seq), func.count(_TABLE.c.uid)):
            try:
                with self._reading() as sql:
                    found.append(int(sql.scalar(select(column)) or 0))
            except StorageError as error:
                only_damage(error)
        self.blind = not found
        return max(found, default=0)


def lines(sql: Connection, after: int, upto: int, *, at_once: int = AT_ONCE) -> list[Line]:
    """Return the next lines between two numbers, however they were spoiled."""
    columns = (
        cast(column, LargeBinary if column.name in _TEXTS else column.type).label(column.name)
        for column in _TABLE.c
    )
    within = (_TABLE.c.seq > after, _TABLE.c.seq <= upto)
    query = select(*columns).where(*within).order_by(_TABLE.c.seq).limit(at_once)
    return [_line(row) for row in sql.execute(query)]


def hashes(reading: Reading, numbers: Iterable[int]) -> dict[int, str]:
    """Return the hashes of some lines, in hex, as far as they are there and can be read."""
    wanted, found = sorted(set(numbers)), dict[int, str]()
    parts = [wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE)]
    query = select(_TABLE.c.seq, _TABLE.c.hash)
    for part in parts:  # it grows while it is gone through
        try:
            with reading() as sql:
                rows = sql.execute(query.where(_TABLE.c.seq.in_(part)))
                found.update((seq, bytes(made or b"").hex()) for seq, made in rows)
        except StorageError as error:
            only_damage(error)
            parts += [[number] for number in part] if len(part) > 1 else []
    return found


def present(reading: Reading, made: Iterable[str]) -> frozenset[str]:
    """Return those of some hashes, in hex, that any line has."""
    wanted, found = sorted({_raw(each) for each in made}), set[str]()
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        with reading() as sql:
            rows = sql.scalars(select(_TABLE.c.hash).where(_TABLE.c.hash.in_(part)))
            found.update(bytes(each).hex() for each in rows)
    return frozenset(found)


def only_damage(error: StorageError) -> None:
    """Go on after damage; what else stops the reading stops the check.

    Raises:
        StorageError: If it is something else.
    """
    if error.code in (Code.BUSY, Code.NO_RECORD, Code.READ_ONLY):
        raise error
    if not isinstance(error.__cause__, SQLAlchemyError):
        raise error


def _line(row: Row[*tuple[object, ...]]) -> Line:
    said = row._mapping  # noqa: SLF001 - SQLAlchemy's public way to ask by column
    return Line(
        seq=int(said["seq"]),
        uid=_text(said["uid"]),
        stream=_text(said["stream"]),
        n=int(said["n"] or 0),
        kind=_text(said["kind"]),
        body=bytes(said["body"] or b""),
        prev_hash=bytes(said["prev_hash"] or b""),
        hash=bytes(said["hash"] or b""),
        mac=bytes(said["mac"] or b""),
        mac_key=int(said["mac_key"] or 0),
        seals=None if said["seals"] is None else bytes(said["seals"]),
        key_id=int(said["key_id"] or 0),
    )


def _raw(made: str) -> bytes:
    """Return a hash; nothing for what somebody remembers that is none."""
    try:
        return bytes.fromhex(made)
    except ValueError:
        return b""


def _text(raw: bytes | None) -> str:
    """Return a text as it stands; what is no text gives something that no body says."""
    return (raw or b"").decode("utf-8", "backslashreplace")
