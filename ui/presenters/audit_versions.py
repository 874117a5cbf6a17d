"""One session at the audit desk: the reports that were kept of it, read and held side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from monitor.access_list import AccessRow
from monitor.errors import MonitorError
from monitor.overview import SessionOverview
from monitor.version_difference import Change, Version, VersionDifference
from ui.presenters.audit_access import AccessFace, access_face
from ui.presenters.gate import Run
from ui.presenters.printing import Printing
from ui.presenters.words import grouped
from ui.wording import sentence
from ui.wording.fields import GAPS

T = TypeVar("T")
NONE_KEPT = (
    "No report of this session was kept: none was co-signed, and no draft has left the program."
)
SAME = "Nothing was written between the two: they say the same."
NOBODY = "Nobody has looked at this session, and nothing of it has left."
DIGITS = 12

KINDS = {
    "reading": "Reading",
    "event": "Event",
    "rated": "Rating",
    "addendum": "Addendum",
    "signed": "Signed",
    "co-signed": "Co-signed",
    "explained": "Gap explained",
    "alert raised": "Alert raised",
    "alert acknowledged": "Alert acknowledged",
    "identity": "Identity",
    "slot missed": "Slot given as missed",
}


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One kept report, as it is shown."""

    sha256: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One thing that differs, as it is shown.

    Attributes:
        was: What is struck through; empty for what is new.
        why: The reason, and who wrote it when.
    """

    kind: str
    was: str
    now: str
    why: str


class VersionsView(Protocol):
    """What the presenter asks of the page."""

    def show_versions(self, title: str, rows: Sequence[VersionRow], nothing: str) -> None:
        """Show these versions, the newest first."""
        ...

    def show_report(self, title: str, pdf: bytes) -> None:
        """Show a report's pages."""
        ...

    def show_marks(self, shown: str, compared: tuple[str, ...]) -> None:
        """Mark which version is shown and which two are compared, by hash; "" and () for none."""
        ...

    def show_changes(self, title: str, rows: Sequence[ChangeRow], nothing: str) -> None:
        """Show what differs, in the order in which it was written."""
        ...

    def show_looks(self, title: str, rows: Sequence[AccessFace], nothing: str) -> None:
        """Show who did what with the session, the newest first."""
        ...

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Ask which printer shall print; call *printed* with its name once it has."""
        ...

    def show_printed(self, said: str, *, well: bool = True) -> None:
        """Say that a report was printed, or why not; what is shown next takes it away."""
        ...

    def show_trouble(self, said: str) -> None:
        """Say why nothing is shown."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionsDoors:
    """What the page needs of the world.

    Attributes:
        versions: Returns every report kept of a session, oldest first.
        read: Returns one of them, by its hash; that it was looked at is put on record.
        compare: Says what was written between two.
        looks: Returns who looked at a session and what left of it; that it was asked is put on
            record.
        note_print: Puts on record that one was printed: (session, content, the printer's name).
    """

    versions: Callable[[str], tuple[Version, ...]]
    read: Callable[[str, str], bytes]
    compare: Callable[[str, str, str], VersionDifference]
    looks: Callable[[str], tuple[AccessRow, ...]]
    note_print: Callable[[str, bytes, str], None]
    zone: dt.tzinfo
    run: Run


class VersionsPresenter:
    """Shows what was kept of one session."""

    def __init__(self, view: VersionsView, doors: VersionsDoors) -> None:
        self._view, self._doors = view, doors
        self._session: SessionOverview | None = None
        self._versions: tuple[Version, ...] = ()
        self._base = ""  # the version that was read last: others are compared with it

    def open(self, session: SessionOverview) -> None:
        """Show the versions of a session; the newest is read at once."""
        self._session, self._versions, self._base = session, (), ""
        session_id = session.session_id
        self._doors.run(lambda: self._doors.versions(session_id), self._found)

    def close(self) -> None:
        """Show nothing any more."""
        self._session = None

    def read(self, sha256: str) -> None:
        """Show the pages of one version."""
        session = self._session
        if session is None:
            return
        session_id = session.session_id

        def was_read(future: Future[bytes]) -> None:
            if self._still(session):
                self._answer(future, lambda pdf: self._show_report(sha256, pdf))

        self._doors.run(lambda: self._doors.read(session_id, sha256), was_read)

    def compare(self, sha256: str) -> None:
        """Show what differs between a version and the one that was shown last."""
        session, base = self._session, self._base
        if session is None or base in ("", sha256):
            return
        session_id = session.session_id

        def compared(future: Future[VersionDifference]) -> None:
            if self._still(session):
                self._answer(future, self._differ)

        self._doors.run(lambda: self._doors.compare(session_id, base, sha256), compared)

    def look_up(self) -> None:
        """Show who looked at the session, and what left of it."""
        session = self._session
        if session is None:
            return
        session_id = session.session_id

        def looked_up(future: Future[tuple[AccessRow, ...]]) -> None:
            if self._still(session):
                self._answer(future, self._show_looks)

        self._doors.run(lambda: self._doors.looks(session_id), looked_up)

    def print_it(self, sha256: str) -> None:
        """Print one version: the very file that was kept."""
        session = self._session
        if session is None:
            return
        session_id, show = session.session_id, self._view.show_printed
        failed, there = partial(show, well=False), partial(self._still, session)
        printing = Printing(self._view, self._doors.run, show, failed, there)
        printing.start(
            lambda: self._doors.read(session_id, sha256),
            lambda content, printer: self._doors.note_print(session_id, content, printer),
        )

    def _found(self, future: Future[tuple[Version, ...]]) -> None:
        if self._session is not None:
            self._answer(future, self._show)

    def _show(self, versions: tuple[Version, ...]) -> None:
        assert self._session is not None  # noqa: S101 - `_found` saw to it
        self._versions = versions
        rows = [_row(version, self._doors.zone) for version in reversed(versions)]
        title = f"{self._session.code} · {self._session.patient.name}"
        self._view.show_versions(title, rows, "" if rows else NONE_KEPT)
        if versions:
            self.read(versions[-1].sha256)

    def _show_report(self, sha256: str, pdf: bytes) -> None:
        self._base = sha256
        self._view.show_report(self._name(sha256), pdf)
        self._view.show_marks(sha256, ())

    def _differ(self, found: VersionDifference) -> None:
        older, newer = self._name(found.older.sha256), self._name(found.newer.sha256)
        rows = [change_row(change) for change in found.changes]
        title = f"From {older} to {newer}: {grouped(len(rows))} written between"
        self._view.show_changes(title, rows, "" if rows else SAME)
        self._view.show_marks("", (found.older.sha256, found.newer.sha256))

    def _show_looks(self, found: tuple[AccessRow, ...]) -> None:
        rows = [access_face(row, self._doors.zone) for row in found]
        title = f"Who looked at it, and what left: {grouped(len(rows))}"
        self._view.show_looks(title, rows, "" if rows else NOBODY)
        self._view.show_marks("", ())

    def _name(self, sha256: str) -> str:
        found = [version for version in self._versions if version.sha256 == sha256]
        return version_name(found[-1], self._doors.zone) if found else "the report"

    def _still(self, session: SessionOverview) -> bool:
        return self._session is session

    def _answer(self, future: Future[T], show: Callable[[T], None]) -> None:
        try:
            found = future.result()
        except MonitorError as error:
            self._view.show_trouble(sentence(error))
        else:
            show(found)


def _row(version: Version, zone: dt.tzinfo) -> VersionRow:
    seal = "sealed" if version.status == "signed" else "unsigned"
    about = f"{seal}, kept {_kept_at(version, zone)} · {_size(version.size)}"
    name = version_name(version, zone)
    return VersionRow(version.sha256, name, f"{about} · {version.sha256[:DIGITS]}")


def version_name(version: Version, zone: dt.tzinfo) -> str:
    """Return what a kept report is called: a draft has no number of its own."""
    if version.status == "signed":
        return f"version {version.version}"
    return f"draft of {_kept_at(version, zone)}"


def _kept_at(version: Version, zone: dt.tzinfo) -> str:
    return f"{version.kept_at.astimezone(zone):%Y-%m-%d %H:%M}"


def _size(size: int) -> str:
    return f"{max(1, round(size / 1000)):,} kB"


def change_row(change: Change) -> ChangeRow:
    """Return one difference in words."""
    kind = KINDS.get(change.kind, change.kind.capitalize())
    now = change.now
    if change.kind == "explained":
        code, _, about = change.now.partition(" ")
        now = GAPS.get(code, code).format(about=about)
    who = f"{change.by.name}, {change.at:%Y-%m-%d %H:%M}"
    reason = f"{change.reason} · {who}" if change.reason else who
    return ChangeRow(f"{kind} amended" if change.is_amendment else kind, change.was, now, reason)
