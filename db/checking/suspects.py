"""Finds the lines that show trouble, and all that can be known of where they come from."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import select

from db import codec, schema, seals as sealing
from db.checking.reading import Reading, only_damage
from db.locks.keys import Keys
from monitor.entries import Entry
from monitor.errors import MonitorError, StorageError
from monitor.ledger import Chain, Line, Trouble, link, mislabelled
from monitor.origins import BROKEN, WHOLE, Looked, Seals

_NEAR = 12
"""So far around its place a line is also looked for under another place in its stream."""

_MOST_TRIES = 300_000
"""So many places at most are tried in all: a check must come to an end."""

_ALTERED = frozenset({Trouble.HASH, Trouble.MAC})

_MOST_PAIRS = 60
"""Among so many lines at most it is tried whether their bodies were exchanged."""


@dataclass(slots=True)
class _Suspect:
    line: Line
    looked: Looked


class Suspects:
    """Follows the chain and keeps the lines that show trouble."""

    def __init__(self, keys: Keys, chain: Chain, *, sealed: bool = False) -> None:
        """Begin before a line.

        Args:
            keys: The record's.
            chain: Stands before it.
            sealed: Whether lines before it carry seals, so that it must have them too.
        """
        self._keys = keys.ledger_keys
        self._chain = chain
        self._sealed = sealed
        self._found: list[_Suspect] = []
        self._tries = self._count = 0
        self.unsealed = 0  # so many lines, the oldest, are from before there were seals

    def look(self, line: Line, entry: Entry | None) -> None:
        """Look at the next line, and keep it if it shows trouble.

        Args:
            line: As it stands.
            entry: What its body says; None if this program knows no such entry.
        """
        self._count += 1
        due = self._chain.due(line.stream)
        troubles = self._chain.follow(line)
        if troubles & _ALTERED and not codec.is_canonical(line.body):
            troubles |= {Trouble.FORM}
        seals = self._judged(line)
        if not troubles and seals in (None, WHOLE) and entry is not None:
            return
        looked = Looked(
            *(line.seq, line.stream, line.n, line.kind, troubles, max(due, 0)),
            labels=mislabelled(line),
            seals=seals,
            at=None if entry is None else _local(entry),
            known=entry is not None,
        )
        self._found.append(_Suspect(line, looked))

    def resolved(self, reading: Reading) -> tuple[Looked, ...]:
        """Return the lines that show trouble, with where they come from as far as it shows."""
        self._find_places()
        self._find_exchanged_bodies()
        self._follow_hashes(reading)
        return tuple(each.looked for each in self._found)

    def _judged(self, line: Line) -> Seals | None:
        if line.seals is None:
            self.unsealed += not self._sealed
            return BROKEN if self._sealed else None
        self._sealed = True
        return _judge(self._keys.get(line.mac_key), line.seq, line.body, line.seals)

    # --- by their seals ---------------------------------------------------------------------

    def _find_places(self) -> None:
        """Find the number that each line was written under which stands at another now."""
        shift, turns = 0, defaultdict[str, int](int)
        left: list[_Suspect] = []
        for each in self._found:
            seals, line = each.looked.seals, each.line
            if seals is None or seals.place:
                shift = 0 if seals is not None else shift
                continue
            found = self._search(line, shift, turns[line.stream], wide=seals.who or seals.what)
            if found is None:
                left.append(each)
                continue
            shift, turns[line.stream] = found[0] - line.seq, found[1] - _own_n(line)
            _place(each, *found)
        for each in left:
            others = ((o.line.seq, o.line.n) for o in left if o.line.stream == each.line.stream)
            if found := self._tried(each.line, itertools.islice(others, _MOST_PAIRS)):
                _place(each, *found)

    def _search(self, line: Line, shift: int, turn: int, *, wide: bool) -> tuple[int, int] | None:
        likely, n = line.seq + shift, _own_n(line)
        near = _around(likely, _NEAR)
        turned = [n + turn, *(n + each for each in (0, 1, -1, 2, -2))]
        places = itertools.product(near, dict.fromkeys(turned))
        far = ((seq, n) for seq in _around(min(likely, self._count), self._count))
        return self._tried(line, itertools.chain(places, far if wide else ()))

    def _tried(self, line: Line, places: Iterable[tuple[int, int]]) -> tuple[int, int] | None:
        """Return the first place that the line's seal was made for."""
        key, said = self._keys.get(line.mac_key), _said(line.body)
        if key is None or said is None or line.seals is None:
            return None
        for seq, n in places:
            self._tries += 1
            if self._tries > _MOST_TRIES:
                return None
            body = line.body if n == said.get("n") else codec.canonical(said | {"n": n})
            if sealing.first_place(key, body, line.seals, (seq,)) is not None:
                return seq, n
        return None

    def _find_exchanged_bodies(self) -> None:
        """Find bodies that stand beside the seals of another line."""
        broken = [s for s in self._found if s.looked.seals == BROKEN and s.line.seals is not None]
        for one, other in itertools.permutations(broken[:_MOST_PAIRS], 2):
            key = self._keys.get(other.line.mac_key)
            if _judge(key, other.line.seq, one.line.body, other.line.seals or b"") == WHOLE:
                seals = Seals(who=True, what=True)
                one.looked = replace(one.looked, seals=seals, written=other.line.seq)

    # --- by their hashes --------------------------------------------------------------------

    def _follow_hashes(self, reading: Reading) -> None:
        known: dict[bytes, int] = {}
        for each in self._found:
            known[each.line.hash] = each.line.seq
            known.setdefault(link(each.line.prev_hash, each.line.body), each.line.seq)
        for each in self._found:
            looked, before = each.looked, each.line.prev_hash
            if Trouble.LINK in looked.troubles and looked.seals in (None, BROKEN):
                seq = known[before] if before in known else _with_hash(reading, before)
                each.looked = replace(looked, follows=seq)


def _place(suspect: _Suspect, seq: int, n: int) -> None:
    looked = suspect.looked
    if seq == looked.seq:  # only its place in the stream is another one
        return
    moved = n != _own_n(suspect.line)
    suspect.looked = replace(looked, written=seq, moved_in_stream=moved)


def _judge(key: bytes | None, seq: int, body: bytes, seals: bytes) -> Seals:
    if key is None:
        return BROKEN
    try:
        judged = sealing.judge(key, seq, body, seals)
    except (ValueError, TypeError, RecursionError, MonitorError):
        return BROKEN
    return Seals(judged.place, judged.who, judged.what)


def _said(body: bytes) -> dict[str, object] | None:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) and codec.is_canonical(body) else None


def _own_n(line: Line) -> int:
    """Return the place in its stream that a line's body names."""
    n = (_said(line.body) or {}).get("n")
    return n if isinstance(n, int) else line.n


def _around(middle: int, reach: int) -> Iterator[int]:
    """Give the numbers around one, the nearest first; none below 1."""
    yield middle
    for away in range(1, reach + 1):
        yield middle - away
        yield middle + away


def _with_hash(reading: Reading, made: bytes) -> int | None:
    table = schema.ledger
    try:
        with reading() as sql:
            found = sql.scalar(select(table.c.seq).where(table.c.hash == made))
    except StorageError as error:
        only_damage(error)
        found = None
    return None if found is None else int(found)


def _local(entry: Entry) -> dt.datetime:
    """Return when it was, in the time of the station that wrote it."""
    try:
        return entry.at.astimezone(dt.timezone(dt.timedelta(minutes=entry.moment.offset)))
    except (ValueError, OverflowError):
        return entry.at
