"""What is missing of the record's own past: heads remembered outside that it contradicts.

A record cannot notice by itself that its tail was cut off or that it was put back as a whole.
What a station, a backup or a sidecar remembers of its head can. Such a gap never stops the
charting: a clinician notes it and goes on, and an administrator explains it later. Both
are entries in the stream "history"; what stands open follows from them and from what is
remembered, by the functions below.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.entries import Entry, HistoryGapExplained, HistoryGapNoticed
from monitor.ledger import Head, Remembered
from monitor.people import Author

HISTORY = "history"
"""The stream of what was noticed, explained and restored of the record's own past."""


class GapKind(enum.StrEnum):
    """How a record contradicts what is remembered of it."""

    CUT = "cut"  # it is shorter than it was
    REWRITTEN = "rewritten"  # it says something else at that line


@dataclass(frozen=True, slots=True)
class Gap:
    """One remembered head that the record contradicts.

    Attributes:
        head: The record's last line when they were compared.
    """

    remembered: Remembered
    head: Head

    @property
    def kind(self) -> GapKind:
        """Tell whether the line is gone or says something else."""
        return GapKind.CUT if self.head.seq < self.remembered.head.seq else GapKind.REWRITTEN


@dataclass(frozen=True, slots=True)
class HistoryGap:
    """The part of the record that is missing and that nobody has explained yet.

    Attributes:
        since: When the first head was remembered that is not in the record.
        until: When the last one was.
        noticed_at: Since when somebody has noted it; None while nobody has.
        noticed_by: Who noted it.
    """

    since: dt.datetime
    until: dt.datetime
    noticed_at: dt.datetime | None = None
    noticed_by: Author | None = None

    def concerns(self, opened_at: dt.datetime) -> bool:
        """Tell whether a session that was opened then may not be signed meanwhile."""
        return self.noticed_at is None or opened_at < self.noticed_at


@dataclass(frozen=True, slots=True)
class _Said:
    """A head that was named in the record as missing, and until when heads were looked at."""

    seq: int
    hash: str
    until: dt.datetime

    def covers(self, remembered: Remembered) -> bool:
        """Tell whether a head is this one, or one before it that was remembered by then."""
        head = remembered.head
        if head.seq == self.seq and head.hash == self.hash:
            return True
        return head.seq <= self.seq and remembered.at <= self.until


def unexplained(gaps: Sequence[Gap], entries: Sequence[Entry]) -> tuple[Gap, ...]:
    """Return the gaps that no explanation covers.

    An explanation names the furthest head that was missing when it was given. It covers that
    one and every head before it that had been remembered by then: a computer remembers its
    heads by the hundred, and all of them go missing together.

    Args:
        gaps: Every remembered head that the record contradicts.
        entries: The stream "history".
    """
    return _uncovered(gaps, _explanations(entries))


def open_gap(gaps: Sequence[Gap], entries: Sequence[Entry]) -> HistoryGap | None:
    """Return what is missing and not explained, None where nothing is.

    A gap that was noted stands open at every computer, also where nothing is remembered that
    would contradict the record. One that reaches further than what was noted wants to be noted
    again.

    Args:
        gaps: Every remembered head that the record contradicts.
        entries: The stream "history".
    """
    live, noted = unexplained(gaps, entries), standing(entries)
    if not live and not noted:
        return None
    times = [gap.remembered.at for gap in live] + [what.remembered_at for _, what in noted]
    last = noted[-1][0] if noted and not to_note(gaps, entries) else None
    return HistoryGap(
        since=min(times),
        until=max(times),
        noticed_at=last.recorded_at if last else None,
        noticed_by=last.by if last else None,
    )


def to_note(gaps: Sequence[Gap], entries: Sequence[Entry]) -> tuple[HistoryGapNoticed, ...]:
    """Return what is to be written so that every gap is noted: one line in almost every case.

    Args:
        gaps: Every remembered head that the record contradicts.
        entries: The stream "history".
    """
    left = _uncovered(unexplained(gaps, entries), _notices(standing(entries)))
    made = []
    while left:
        furthest = max(left, key=lambda gap: (gap.remembered.head.seq, gap.remembered.at))
        made.append(_noticed(furthest))
        left = _uncovered(left, [_said(made[-1], furthest.remembered.at)])
    return tuple(made)


def standing(entries: Sequence[Entry]) -> tuple[tuple[Entry, HistoryGapNoticed], ...]:
    """Return the notices that no later explanation covers, oldest first.

    Args:
        entries: The stream "history".
    """
    closed = [(e.n, e.what) for e in entries if isinstance(e.what, HistoryGapExplained)]
    return tuple(
        (entry, entry.what)
        for entry in entries
        if isinstance(entry.what, HistoryGapNoticed)
        and not any(
            entry.n < n and entry.what.remembered_seq <= what.remembered_seq for n, what in closed
        )
    )


def _noticed(gap: Gap) -> HistoryGapNoticed:
    remembered = gap.remembered
    return HistoryGapNoticed(
        remembered_seq=remembered.head.seq,
        remembered_hash=remembered.head.hash,
        remembered_at=remembered.at,
        where=remembered.where.value,
        head_seq=gap.head.seq,
        head_hash=gap.head.hash,
    )


def _uncovered(gaps: Sequence[Gap], said: Sequence[_Said]) -> tuple[Gap, ...]:
    return tuple(gap for gap in gaps if not any(each.covers(gap.remembered) for each in said))


def _said(what: HistoryGapNoticed | HistoryGapExplained, until: dt.datetime) -> _Said:
    return _Said(what.remembered_seq, what.remembered_hash, until)


def _notices(noted: Sequence[tuple[Entry, HistoryGapNoticed]]) -> list[_Said]:
    return [_said(what, max(what.remembered_at, entry.recorded_at)) for entry, what in noted]


def _explanations(entries: Sequence[Entry]) -> list[_Said]:
    """Return what was explained; a clock that was set back in between uncovers nothing."""
    reach = {
        (e.what.remembered_seq, e.what.remembered_hash): e.what.remembered_at
        for e in entries
        if isinstance(e.what, HistoryGapNoticed)
    }
    return [
        _said(
            what, max(e.recorded_at, reach.get((what.remembered_seq, what.remembered_hash), e.at))
        )
        for e in entries
        if isinstance(what := e.what, HistoryGapExplained)
    ]
