"""A station's high-water marks: the heads it has seen, remembered outside the record.

Nothing inside a database notices that its tail was cut off or that the whole file was put
back to an earlier day. So each commit leaves one line here, in a file of the computer's own;
a ledger that is shorter than a mark, or says something else at it, contradicts it.

A mark is worth less than the entry it stands for. It is written after the commit, its
failing never refuses an entry, and what could not be written is tried again with the next.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from db.durable import replace_file
from db.witness.station import Station
from monitor.history import Gap
from monitor.ledger import Head, Remembered, Where, told

MOST = 2000
"""More lines than this are thinned out when the record is opened."""

RECENT = 1000
"""So many of the newest lines are all kept."""

_UNWRITTEN = 100
"""So many marks at most wait to be written: the newest of them stand for all."""


class Marks:
    """One record's marks on one computer."""

    def __init__(self, folder: Path, store_id: str, *, looks: bool = False) -> None:
        """Read what is remembered.

        Args:
            folder: The station's own, outside every record.
            store_id: The record's identity, as its key file says it.
            looks: Add nothing to it: a copy of the record is not where it goes on.
        """
        self._path = folder / "marks" / f"{store_id}.log"
        self._looks = looks
        self._waiting: list[bytes] = []
        raw = _content(self._path)
        lines = raw.split(b"\n")
        self._torn = lines[-1] != b""  # its last line was cut short, so that it needs an end
        self._remembered = list(_read(lines))

    @classmethod
    def of(cls, station: Station, store_id: str) -> Marks:
        """Return what a station remembers of a record."""
        return cls(station.folder, store_id, looks=station.visits)

    def remembered(self) -> tuple[Remembered, ...]:
        """Return every head that is remembered, oldest first."""
        return tuple(self._remembered)

    def note(self, head: Head, at: dt.datetime, *, lasting: bool = False) -> None:
        """Remember a head, now if the computer lets us, else with the next one.

        Args:
            head: The ledger's last line after a commit.
            at: When it was written.
            lasting: Wait until the disk has it.
        """
        if self._looks:
            return
        self._remembered.append(Remembered(head, at, Where.STATION))
        self._waiting.append(_line(self._remembered[-1]))
        del self._waiting[:-_UNWRITTEN]
        try:
            self._write(lasting=lasting)
        except OSError:
            return
        self._waiting.clear()
        self._torn = False

    def _write(self, *, lasting: bool) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        opened = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            content = b"".join(self._waiting)
            whole = b"\n" + content if self._torn else content
            self._torn = True  # until all of it has been taken
            if os.write(opened, whole) < len(whole):
                raise OSError("the disk took a part only")
            if lasting:
                os.fsync(opened)
        finally:
            os.close(opened)

    def thin_out(self, needed: Collection[Remembered]) -> None:
        """Keep the newest of too many marks, and of the older ones enough to tell since when.

        No mark goes that shows that the record was put back: neither one that contradicts it
        now, nor one after which its lines were counted from further back. Of the others the
        first of each day stays, so that what stays once stays for good.

        Args:
            needed: The marks that the record contradicts and nobody has explained.
        """
        if self._looks or len(self._remembered) <= MOST:
            return
        old = len(self._remembered) - RECENT
        kept = [*_kept_of(self._remembered[: old + 1], frozenset(needed))]
        if len(kept) == old:
            return
        self._remembered = [*kept, *self._remembered[-RECENT:]]
        try:
            replace_file(self._path, b"".join(_line(mark) for mark in self._remembered))
        except OSError:
            return  # the next opening tries again
        self._torn = False


def _kept_of(marks: Sequence[Remembered], needed: Collection[Remembered]) -> Iterator[Remembered]:
    """Give those of old marks that stay; the last one is only looked at.

    Args:
        marks: Oldest first.
        needed: Stay in any case.
    """
    day, back = None, False
    for mark, later in pairwise(marks):
        ends = later.head.seq <= mark.head.seq
        that_day = mark.at.astimezone(dt.UTC).date()
        if that_day != day or ends or back or mark in needed:
            yield mark
        day, back = that_day, ends


def contradicted(
    remembered: Sequence[Remembered], hashes: Mapping[int, str], head: Head
) -> tuple[Gap, ...]:
    """Return each remembered head that a ledger contradicts.

    Args:
        remembered: What is remembered of it.
        hashes: The ledger's own hashes, by line, as far as they are remembered.
        head: The ledger's last line.
    """
    return tuple(
        Gap(each, head) for each in remembered if hashes.get(each.head.seq) != each.head.hash
    )


def _content(path: Path) -> bytes:
    """Return what a file holds; nothing where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _line(mark: Remembered) -> bytes:
    said = {"seq": mark.head.seq, "hash": mark.head.hash, "at": mark.at.isoformat()}
    return json.dumps(said).encode("ascii") + b"\n"


def _read(lines: Sequence[bytes]) -> Iterator[Remembered]:
    """Give the marks that the lines say; one that was torn, or that anybody wrote, says none."""
    for line in lines:
        try:
            said: dict[str, Any] = json.loads(line)
            at = dt.datetime.fromisoformat(said["at"])
            mark = told(said["seq"], said["hash"], at, Where.STATION)
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            continue
        yield mark
