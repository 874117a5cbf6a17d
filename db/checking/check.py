"""One check of a record, whole or from a line on that is known to be right."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, LargeBinary, Row, cast, select

from db import schema
from db.book import Book
from db.checking import guards, kept
from db.checking.derived import Derived, Rebuilt
from db.checking.reading import Source, hashes, present
from db.checking.walk import Gathered, Progress, Walk
from db.locks.keys import Keys
from db.witness.checkpoints import station_keys
from db.witness.station import verified
from monitor.entries import Entry
from monitor.errors import IntegrityError, StorageError
from monitor.history import HISTORY, Gap, unexplained
from monitor.ledger import BEFORE_ALL, FOLLOWING, Break, Checkpoint, Finding, Head, Remembered
from monitor.origins import MISPLACED, WHOLE, Looked, Scene
from monitor.tampering import tell
from monitor.witnesses import (
    ALTERED,
    MISSING,
    checkpoint_findings,
    contradictions,
    newest_bound,
    witnesses,
)

_FINE = (None, WHOLE)
_NO_TIME = dt.datetime.min.replace(tzinfo=dt.UTC)

_SOON = dt.timedelta(minutes=1)
"""A checkpoint belongs to the entry that it was made with; both have the same instant."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check saw.

    Attributes:
        entries: How many lines of the ledger there are, as far as they could be read.
        head: The last line.
        files: How many files are kept.
        findings: What has happened to the record, by line, and then what follows from that;
            nothing in a sound record.
        bound: The newest head that is remembered outside: what was written after it could be
            written anew by someone who holds every key, and nobody would see it.
        checkpoints: How many checkpoints there are.
        checked_from: The first line that was looked at; 1 where it was all of them.
        unsealed: How many of the oldest lines have no seals: a change in them is found, but
            not which part was changed.
        compared: How many rows of each derived table were compared with the ledger.
    """

    entries: int
    head: Head
    files: int
    findings: tuple[Finding, ...]
    bound: Remembered | None = None
    checkpoints: int = 0
    checked_from: int = 1
    unsealed: int = 0
    compared: tuple[tuple[str, int], ...] = ()

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing was found."""
        return not self.findings


@dataclass(slots=True)
class _Beside:
    """What stands beside the ledger.

    Attributes:
        derived: The derived tables; None where they were not compared.
        checkpoints: Each, and whether its signature is right.
        kept: The names of the kept files.
        stations: The keys of the stations that the ledger names.
        history: What was said of the record's own past.
    """

    guards: list[Finding] = field(default_factory=list)
    derived: Derived | None = None
    checkpoints: list[tuple[Checkpoint, bool]] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    stations: frozenset[str] = frozenset()
    history: tuple[Entry, ...] = ()

    @property
    def signed(self) -> list[Checkpoint]:
        """Return the checkpoints that a station of the ledger has signed."""
        return [each for each, right in self.checkpoints if right and each.key in self.stations]


class Check:
    """One look at a record, made of many short ones: nobody who writes waits for it."""

    def __init__(self, source: Source, progress: Progress) -> None:
        self._source = source
        self._progress = progress

    def run(self, since: Head | None = None) -> CheckReport:
        """Look at everything, or at what was written after a line that is known to be right.

        What cannot be read is itself a finding.

        Args:
            since: That line. If the ledger has another hash there, everything is looked at.
        """
        start = since if since is not None and self._stands(since) else BEFORE_ALL
        damage = [] if start.seq else self._source.damage()
        rebuilt = None if start.seq else Rebuilt()
        try:
            walk = Walk(self._source, self._progress, start, rebuilt)
            walk.go()
            beside = self._beside(walk, rebuilt, damaged=bool(damage or walk.unread))
        finally:
            if rebuilt is not None:
                rebuilt.close()
        return self._report(walk, beside, start, damage)

    def _stands(self, since: Head) -> bool:
        if not since.seq:
            return False
        return hashes(self._source.reading, [since.seq]).get(since.seq) == since.hash

    def _beside(self, walk: Walk, rebuilt: Rebuilt | None, *, damaged: bool) -> _Beside:
        """Read what was written meanwhile, and all that stands beside the ledger."""
        beside = _Beside()
        calm = contextlib.suppress(StorageError) if damaged else contextlib.nullcontext()
        with calm, self._source.reading() as sql:
            walk.catch_up(sql)
            beside.guards = guards.findings(sql)
            beside.checkpoints = _checkpoints(sql)
            beside.stations = frozenset(walk.gathered.stations)
            if not walk.is_whole:
                beside.stations |= station_keys(sql)
            beside.history = _history(sql, self._source.keys)
            if rebuilt is not None and not damaged:
                beside.derived = rebuilt.compare(sql)
                beside.kept = kept.names(sql)
        return beside

    def _report(
        self, walk: Walk, beside: _Beside, start: Head, damage: Sequence[str]
    ) -> CheckReport:
        """Put together what was seen."""
        outside = self._source.remembered
        numbers = [r.head.seq for r in outside] + [c.seq for c in beside.signed]
        now = hashes(self._source.reading, numbers)
        standing = _not_explained(outside, now, walk.head, beside.history)
        seen = witnesses(standing, beside.signed)
        spoiled, suspects = _spoiled(walk.suspects(), damaged=bool(damage))
        unread = (*walk.unread, *spoiled)
        scene = Scene(
            last=walk.last,
            suspects=suspects,
            absent=tuple(walk.gathered.absent),
            unread=unread,
            held=frozenset(w.seq for w in seen if now.get(w.seq) == w.hash),
            witnessed=max((w.seq for w in seen), default=0),
            lost=_lost(walk.gathered, beside.derived),
            first=start.seq + 1,
        )
        told = tell(scene)
        traces = beside.derived.numbers if beside.derived is not None else 0
        found = [*told.findings]
        if not walk.blind:
            odd = [w.hash for w in seen if now.get(w.seq) != w.hash] if found else []
            moved = present(self._source.reading, odd)
            found += contradictions(seen, now, scene, told, traces=traces, elsewhere=moved)
        if not damage:
            found += _about_checkpoints(walk.gathered, beside, is_right=not found)
        files = self._files(walk.gathered, beside, is_right=not found)
        found += [*files, *_about_tables(walk.gathered, beside, is_right=not found)]
        found.sort(key=_rank)
        return CheckReport(
            entries=walk.gathered.entries + start.seq - len(spoiled),
            head=walk.head,
            files=len(beside.kept),
            findings=(*_damage(unread, damage, blind=walk.blind), *beside.guards, *found),
            bound=newest_bound(outside, now),
            checkpoints=len(beside.checkpoints),
            checked_from=start.seq + 1,
            unsealed=walk.unsealed,
            compared=tuple(beside.derived.rows) if beside.derived is not None else (),
        )

    def _files(self, gathered: Gathered, beside: _Beside, *, is_right: bool) -> list[Finding]:
        if beside.derived is None:
            return []
        found = kept.compared(kept.hashes(self._source.reading, beside.kept), gathered.files)
        return [each for each in found if is_right or each.about != kept.STRANGE]


def _rank(finding: Finding) -> tuple[int, int]:
    """Return by what findings are sorted."""
    late = FOLLOWING.index(finding.code) + 1 if finding.code in FOLLOWING else 0
    return late, finding.seq


def _spoiled(
    suspects: Sequence[Looked], *, damaged: bool
) -> tuple[list[range], tuple[Looked, ...]]:
    """Part the lines that damage may have spoiled from those that were tampered with."""
    if not damaged:
        return [], tuple(suspects)
    spoiled = [range(s.seq, s.seq + 1) for s in suspects if not s.hashed]
    left = (s for s in suspects if s.hashed)  # some may only stand behind a spoiled one
    return spoiled, tuple(s for s in left if s.troubles - MISPLACED or s.seals not in _FINE)


def _damage(unread: Sequence[range], damage: Sequence[str], *, blind: bool) -> list[Finding]:
    """Say that the file is damaged, and which lines could not be read for it."""
    if blind:
        return [Finding(0, Break.DAMAGE, "everything")]
    if not damage and not unread:
        return []
    first = min((part.start for part in unread), default=0)
    last = max((part.stop - 1 for part in unread), default=0)
    return [Finding(first, Break.DAMAGE, "", last, count=sum(map(len, unread)))]


def _lost(gathered: Gathered, derived: Derived | None) -> tuple[str, ...]:
    """Return the streams of sessions that are named and of which no line is there."""
    if derived is None:
        return ()
    return tuple(sorted((derived.sessions | gathered.sessions) - gathered.streams))


def _about_checkpoints(gathered: Gathered, beside: _Beside, *, is_right: bool) -> list[Finding]:
    """Say what was done to checkpoints; what follows from changed lines is not said again."""
    found = checkpoint_findings(beside.checkpoints, beside.stations)
    if not is_right:
        return [each for each in found if each.about == ALTERED]
    bare = [line for start, line, entry in gathered.sealing if _is_bare(start, line, entry, beside)]
    if gathered.stations and not beside.checkpoints:
        bare = [0]
    if bare and not found:
        found.append(Finding(bare[0], Break.CHECKPOINT, MISSING, count=len(bare)))
    return found


def _is_bare(start: int, line: int, entry: Entry, beside: _Beside) -> bool:
    """Tell whether a line has lost the checkpoint that was made with it.

    A computer that could keep no key made none at all since the program was started there.
    """
    made = any(start <= each.seq < line for each in beside.signed)
    soon = any(
        each.seq > line and abs(each.at - entry.recorded_at) < _SOON for each in beside.signed
    )
    return made and not soon and all(each.seq != line for each in beside.signed)


def _not_explained(
    remembered: Sequence[Remembered],
    now: Mapping[int, str],
    head: Head,
    history: tuple[Entry, ...],
) -> list[Remembered]:
    """Return what is remembered, without losses that an administrator has explained."""
    lost = [Gap(each, head) for each in remembered if now.get(each.head.seq) != each.head.hash]
    kept_up = {gap.remembered for gap in unexplained(lost, history)}
    return [r for r in remembered if r in kept_up or now.get(r.head.seq) == r.head.hash]


def _history(sql: Connection, keys: Keys) -> tuple[Entry, ...]:
    try:
        return Book(sql, keys).stream(HISTORY)
    except IntegrityError:
        return ()


def _checkpoints(sql: Connection) -> list[tuple[Checkpoint, bool]]:
    """Return the checkpoints, however they were spoiled, and whether each is signed."""
    table = schema.checkpoints
    stored = (cast(column, LargeBinary) for column in table.c)
    return [_checkpoint(row) for row in sql.execute(select(*stored).order_by(table.c.seq))]


def _checkpoint(row: Row[*tuple[bytes | None, ...]]) -> tuple[Checkpoint, bool]:
    seq, made, at, key, signature = ((raw or b"").decode("utf-8", "replace") for raw in row)
    try:
        instant = dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)
        found = Checkpoint(int(seq), made, instant, key, signature)
        return found, verified(found)
    except ValueError:
        return Checkpoint(int(seq), made, _NO_TIME, key, signature), False


def _about_tables(gathered: Gathered, beside: _Beside, *, is_right: bool) -> list[Finding]:
    """Say which tables differ; where lines were changed, one finding stands for all of them."""
    found = [*gathered.spoiled, *(beside.derived.findings if beside.derived is not None else ())]
    if is_right or not found:
        return found
    tables = dict.fromkeys(each.about.partition("/")[0] for each in found if not each.seq)
    count = sum(each.count for each in found)
    return [Finding(0, Break.PROJECTION, ", ".join(tables), count=count)]
