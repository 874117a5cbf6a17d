"""Walks through the ledger, line by line, and gathers what the other checks need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from db import codec, schema
from db.checking.derived import Rebuilt
from db.checking.reading import Pages, Source, lines
from db.checking.suspects import Suspects
from db.witness.checkpoints import SEALING
from monitor.entries import (
    Entry,
    Exported,
    ProgramStarted,
    ReportKept,
    StationNamed,
    session_stream,
)
from monitor.errors import IntegrityError
from monitor.ledger import BEFORE_ALL, Chain, Finding, Head, Line
from monitor.origins import Looked

Progress = Callable[[int, int], None]
"""Told how many lines have been looked at, and of how many. What it raises ends the check."""

_ANY = 2**63 - 1

_decode = codec.decode.__wrapped__  # what the screens read each second stays at hand for them


@dataclass(slots=True)
class Gathered:
    """What the lines say that other parts of the record are held against.

    Attributes:
        entries: How many lines could be read.
        absent: Numbers that no line has.
        streams: Streams of which a line was read.
        files: The line that names a kept file, by its hash.
        sessions: Streams of the sessions that lines of other streams name.
        stations: The names of stations that make checkpoints, by their key.
        started: The line at which the program was last started, by the station's name.
        sealing: Lines with which a checkpoint was to be made: where the program was started
            before, where they stand, and what they say.
        spoiled: Lines that no table can follow.
    """

    entries: int = 0
    absent: list[range] = field(default_factory=list)
    streams: set[str] = field(default_factory=set)
    files: dict[str, int] = field(default_factory=dict)
    sessions: set[str] = field(default_factory=set)
    stations: dict[str, str] = field(default_factory=dict)
    started: dict[str, int] = field(default_factory=dict)
    sealing: list[tuple[int, int, Entry]] = field(default_factory=list)
    spoiled: list[Finding] = field(default_factory=list)

    def hear(self, seq: int, entry: Entry) -> None:
        """Note what an entry says."""
        what = entry.what
        if isinstance(what, ReportKept):
            self.files.setdefault(what.sha256, seq)
        if isinstance(what, ReportKept | Exported) and what.session:  # an export of the register
            self.sessions.add(session_stream(what.session))
        if isinstance(what, StationNamed):
            self.stations[what.key] = entry.station
        if entry.kind in SEALING and entry.station in self.stations.values():
            self.sealing.append((self.started.get(entry.station, 0), seq, entry))
        if isinstance(what, ProgramStarted):
            self.started[entry.station] = seq


class Walk:
    """Goes through the ledger once.

    Attributes:
        gathered: What was learnt on the way.
        head: The last line that was read.
    """

    def __init__(
        self, source: Source, progress: Progress, since: Head, rebuilt: Rebuilt | None
    ) -> None:
        """Stand before the first line, or after one that is known to be right.

        Args:
            source: Where the record is read.
            progress: Told how far it is.
            since: That line.
            rebuilt: Takes the projections of the lines, where they are to be compared.
        """
        self._source, self._progress, self._rebuilt = source, progress, rebuilt
        self._since = since
        chain = Chain(source.keys.ledger_keys, since, self._length)
        self._suspects = Suspects(source.keys, chain, sealed=self._is_sealed())
        self._chain = chain
        self._pages: Pages | None = None
        self._at = since.seq  # the greatest number so far
        self.gathered = Gathered()

    @property
    def head(self) -> Head:
        """Return the last line that was read."""
        return self._chain.head

    @property
    def is_whole(self) -> bool:
        """Tell whether all lines are looked at."""
        return self._since == BEFORE_ALL

    @property
    def last(self) -> int:
        """Return the greatest number of a line, read or not."""
        return self._at

    @property
    def unsealed(self) -> int:
        """Return how many of the oldest lines have no seals."""
        return self._suspects.unsealed

    @property
    def unread(self) -> list[range]:
        """Return the numbers of lines that could not be read."""
        return [] if self._pages is None else self._pages.unread

    @property
    def blind(self) -> bool:
        """Tell whether not even the number of lines could be read."""
        return self._pages is not None and self._pages.blind

    def go(self) -> None:
        """Read what there is now, in looks so short that nobody has to wait."""
        self._pages = pages = Pages(self._source.reading, after=self._since.seq)
        skipped = 0
        for chunk in pages.chunks():
            if len(pages.unread) > skipped:
                skipped = len(pages.unread)
                self._skip(pages.unread[-1].stop - 1)
            self._take(chunk)
            self._progress(self._at - self._since.seq, max(pages.last, self._at) - self._since.seq)
        if len(pages.unread) > skipped:
            self._skip(pages.unread[-1].stop - 1)

    def catch_up(self, sql: Connection) -> None:
        """Read what was written meanwhile, in a look that other tables are read in too."""
        self._take(lines(sql, self._at, _ANY, at_once=_ANY))

    def suspects(self) -> tuple[Looked, ...]:
        """Return the lines that show trouble."""
        return self._suspects.resolved(self._source.reading)

    def _take(self, chunk: Sequence[Line]) -> None:
        heard: list[tuple[int, Entry]] = []
        for line in chunk:
            entry = _entry(line)
            self._suspects.look(line, entry)
            if entry is not None:
                heard.append((line.seq, entry))
            self._count(line)
        for seq, entry in heard:
            self.gathered.hear(seq, entry)
        if self._rebuilt is not None:
            self.gathered.spoiled += self._rebuilt.apply(heard)

    def _count(self, line: Line) -> None:
        gathered = self.gathered
        gathered.entries += 1
        gathered.streams.add(line.stream)
        if line.seq > self._at + 1:
            gathered.absent.append(range(self._at + 1, line.seq))
        self._at = max(self._at, line.seq)

    def _skip(self, upto: int) -> None:
        self._chain.skip()
        self._at = max(self._at, upto)

    def _is_sealed(self) -> bool:
        table = schema.ledger
        if self.is_whole:
            return False
        with self._source.reading() as sql:
            found = sql.scalar(select(table.c.seals).where(table.c.seq == self._since.seq))
        return found is not None

    def _length(self, stream: str) -> int:
        if self.is_whole:
            return 0
        table = schema.ledger
        before = (table.c.stream == stream, table.c.seq <= self._since.seq)
        with self._source.reading() as sql:
            found = sql.scalar(select(func.coalesce(func.max(table.c.n), 0)).where(*before))
        return int(found or 0)


def _entry(line: Line) -> Entry | None:
    try:
        return _decode(line.body)
    except IntegrityError:
        return None
