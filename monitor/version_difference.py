"""What two versions of a session's report say differently, and who wrote it when.

A report shows the session's first so many entries, and an entry never changes. So what a later
version says otherwise is exactly what stands between the two numbers, whatever a clock showed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.desk import World
from monitor.entries import (
    Addendum,
    AlertAcknowledged,
    CoSigned,
    Entry,
    EventNoted,
    Explained,
    Measured,
    Signed,
)
from monitor.entry_line import write_line
from monitor.errors import NotFoundError
from monitor.overseeing import oversee
from monitor.overview import SessionOverview
from monitor.people import Author
from monitor.ports import KeptReport
from monitor.session import Session


@dataclass(frozen=True, slots=True)
class Version:
    """A report that was kept: the finished ones, and the drafts that left the program.

    Attributes:
        version: The number on it; a draft has that of the finished one it came before.
        status: "signed" or "draft".
        sha256: Of the whole file, in hex.
        size: In bytes.
    """

    version: int
    status: str
    kept_at: dt.datetime
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was written between two versions.

    Attributes:
        at: When it was written, as the clinic's clock showed it.
        kind: The ledger's, of what was written or put right: "reading", "addendum", …
        now: What it says, in words of the record; empty where the kind says it all.
        was: What it said before; empty for what is new.
        reason: As given.
    """

    at: dt.datetime
    by: Author
    kind: str
    now: str
    was: str = ""
    reason: str = ""

    @property
    def is_amendment(self) -> bool:
        """Tell whether something that stood there was put right."""
        return bool(self.was)


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """Two versions and what lies between them, in the order in which it was written."""

    older: Version
    newer: Version
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class CompareVersions:
    """Says what was written between two kept versions of a session's report."""

    world: World

    def versions(self, session_id: str) -> tuple[Version, ...]:
        """Return every report that was kept of a session, oldest first."""
        with self.world.looking() as tx:
            return tuple(map(_version, tx.reports_of(session_id)))

    def content(self, session_id: str, sha256: str) -> bytes:
        """Return a kept report's file.

        Raises:
            NotFoundError: If no such report is kept of that session.
        """
        with self.world.looking() as tx:
            return _kept(tx.reports_of(session_id), sha256).content

    def __call__(self, session_id: str, one: str, other: str) -> VersionDifference:
        """Return what differs; which of the two is the older is seen here.

        Args:
            session_id: Which session.
            one: The SHA-256 of one of its kept reports, in hex.
            other: That of another.

        Raises:
            NotFoundError: If no such report is kept of it.
        """
        with self.world.looking() as tx:
            reports, session = tx.reports_of(session_id), tx.session(session_id)
        older, newer = sorted(
            (_kept(reports, sha256) for sha256 in (one, other)),
            key=lambda report: (report.entries, reports.index(report)),
        )
        entries = session.entries[: newer.entries]
        then = Session(session.id, session.protocol, entries)
        seen = oversee(then, then.timeline.own(newer.kept_at))
        changes = _changes(seen, entries, older.entries)
        return VersionDifference(_version(older), _version(newer), tuple(changes))


def _kept(reports: Sequence[KeptReport], sha256: str) -> KeptReport:
    found = [each for each in reports if each.sha256 == sha256]
    if not found:
        raise NotFoundError("report", name=sha256[:12])
    return found[-1]


def _version(report: KeptReport) -> Version:
    size = len(report.content)
    return Version(report.version, report.status, report.kept_at, report.sha256, size)


def _changes(seen: SessionOverview, entries: Sequence[Entry], since: int) -> Iterator[Change]:
    """Give what each entry after the first so many changed."""
    put_right = {
        entry.uid: view
        for entry, view in zip((e for e in entries if e.amends), seen.amendments, strict=True)
    }
    for entry in entries[since:]:
        at, view = seen.local(entry.recorded_at), put_right.get(entry.uid)
        if view is None:
            yield Change(at, entry.by, entry.kind, _said(entry), reason=entry.reason)
        else:
            yield Change(at, entry.by, view.about, view.new, view.old, entry.reason)


def _said(entry: Entry) -> str:
    """Return what a new entry says, where its kind does not say it all."""
    match entry.what:
        case Measured(reading=reading):
            said = write_line(reading)
        case EventNoted(text=text) | Addendum(text=text):
            said = text
        case Signed(meaning=meaning) | CoSigned(meaning=meaning):
            said = meaning
        case Explained(gap=gap, about=about):
            said = f"{gap} {about}".strip()
        case AlertAcknowledged(action=action):
            said = action
        case _:
            said = ""
    return said
