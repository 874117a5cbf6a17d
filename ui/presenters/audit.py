"""The audit desk: files held against the record, and the record held against itself."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Protocol

from monitor.errors import MonitorError
from monitor.ledger import Finding, Head
from monitor.people import Clinic
from monitor.verifying import Verdict
from ui.console.records import LIMIT, finding_words
from ui.presenters.audit_verdicts import (
    Kind,
    UnreadError,
    VerdictRow,
    read_file,
    unread_row,
    verdict_row,
)
from ui.presenters.gate import Run
from ui.presenters.shield import shield_words
from ui.wording import sentence

Progress = Callable[[int, int], None]
MOST_FINDINGS = 3
"""So many are named; the rest are counted, since one break is often found in many places."""

WHAT_IT_DOES = (
    "Every entry is held against the one before it, and every table and kept file against the "
    "entries. It only reads."
)


class CheckReport(Protocol):
    """What a check of the whole record saw."""

    @property
    def entries(self) -> int:
        """Return how many lines the ledger has."""
        ...

    @property
    def head(self) -> Head:
        """Return the last line."""
        ...

    @property
    def findings(self) -> Sequence[Finding]:
        """Return every disagreement; none in a sound record."""
        ...


@dataclass(frozen=True, slots=True)
class CheckFace:
    """The card of the check.

    Attributes:
        said: The sentence of how it stands.
        broken: Whether that sentence is one to act upon.
        share: How much is done, from 0 to 1; None where no check is under way.
        note: The same in per cent.
        found: The disagreements, in words.
        facts: (name, value) of what can be noted down.
        limit: What no check can tell.
        action: The words on the button; empty where nothing can be pressed.
    """

    said: str
    broken: bool = False
    share: float | None = None
    note: str = ""
    found: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    limit: str = ""
    action: str = "Check the record"


class AuditView(Protocol):
    """What the presenter asks of the room."""

    def add_verdict(self, row: VerdictRow) -> None:
        """Put a file on top of the list, its reasons folded."""
        ...

    def clear_verdicts(self) -> None:
        """Empty the list."""
        ...

    def show_tally(self, title: str, counts: tuple[tuple[Kind, int], ...]) -> None:
        """Show how many files gave which answer."""
        ...

    def show_reading(self, said: str) -> None:
        """Say which file is being looked at; empty ends it."""
        ...

    def show_check(self, face: CheckFace) -> None:
        """Show how the check of the record stands."""
        ...

    def tell_progress(self, done: int, of: int) -> None:
        """Hand this to the presenter's `on_progress`, on the window's thread.

        It is called beside the window, in the midst of the check.
        """
        ...

    def tell_checked(self, report: CheckReport) -> None:
        """Tell whoever listens that the record was checked."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditDoors:
    """What the room needs of the world.

    Attributes:
        verify: Holds a file's content against the record; slow.
        check: Holds the record against itself; slow. Whatever the progress raises ends it.
        clinic: Returns whose record it is.
    """

    verify: Callable[[bytes], Verdict]
    check: Callable[[Progress], CheckReport]
    clinic: Callable[[], Clinic | None]
    zone: dt.tzinfo
    now: Callable[[], dt.datetime]
    run: Run


class _StoppedError(Exception):
    """The check was stopped by hand."""


class AuditPresenter:
    """Answers for each file in one sentence, and for the record in another."""

    def __init__(self, view: AuditView, doors: AuditDoors) -> None:
        self._view, self._doors = view, doors
        self._queue: deque[Path] = deque()
        self._busy = False
        self._asked = 0
        self._kinds: list[Kind] = []
        self._stop: Event | None = None
        self._check = CheckFace(WHAT_IT_DOES)

    def refresh(self) -> None:
        """Show how things stand; what was answered before stays."""
        self._show_tally()
        self._view.show_check(self._check)

    # --- files ------------------------------------------------------------------------------

    def verify(self, paths: Sequence[Path]) -> None:
        """Hold these files against the record, one after the other."""
        wanted = list(dict.fromkeys(paths))
        self._queue.extend(wanted)
        self._asked += len(wanted)
        if not self._busy:
            self._next()

    def clear(self) -> None:
        """Empty the list of answers; what still waits to be looked at is left."""
        self._queue.clear()
        self._kinds.clear()
        self._view.clear_verdicts()
        self._show_tally()

    def _next(self) -> None:
        self._busy = bool(self._queue)
        if not self._busy:
            self._asked = 0
            self._view.show_reading("")
            return
        path = self._queue.popleft()
        place = self._asked - len(self._queue)
        count = f"{place} of {self._asked}, " if self._asked > 1 else ""
        self._view.show_reading(f"Looking at {count}{path.name} …")
        self._doors.run(
            lambda: self._doors.verify(read_file(path)), lambda future: self._told(path, future)
        )

    def _told(self, path: Path, future: Future[Verdict]) -> None:
        try:
            row = self._row(path, future)
            self._kinds.append(row.kind)
            self._view.add_verdict(row)
            self._show_tally()
        finally:
            self._next()

    def _row(self, path: Path, future: Future[Verdict]) -> VerdictRow:
        key = len(self._kinds) + 1
        try:
            verdict = future.result()
        except UnreadError as error:
            return unread_row(key, path, str(error))
        except MonitorError as error:
            return unread_row(key, path, sentence(error))
        clinic = self._doors.clinic()
        name = clinic.name if clinic else ""
        return verdict_row(key, path, verdict, clinic=name, zone=self._doors.zone)

    def _show_tally(self) -> None:
        counts = tuple((kind, self._kinds.count(kind)) for kind in Kind)
        title = "1 file" if len(self._kinds) == 1 else f"{len(self._kinds)} files"
        self._view.show_tally(title, counts if self._kinds else ())

    # --- the record -------------------------------------------------------------------------

    def press(self) -> None:
        """Begin the check, or stop the one that is under way."""
        if self._stop is None:
            self.check()
        else:
            self.cancel()

    def check(self) -> None:
        """Hold the record against itself."""
        if self._stop is not None:
            return
        self._stop = stop = Event()

        def told(done: int, of: int) -> None:
            if stop.is_set():
                raise _StoppedError
            self._view.tell_progress(done, of)

        self._show_check(CheckFace("Reading the record …", share=0.0, action="Cancel"))
        self._doors.run(lambda: self._doors.check(told), self._checked)

    def cancel(self) -> None:
        """Stop the check; nothing was changed by it."""
        if self._stop is not None:
            self._stop.set()
            self._show_check(CheckFace("Stopping …", share=self._check.share, action=""))

    def on_progress(self, done: int, of: int) -> None:
        """Show how far the check has come."""
        if self._stop is None or self._stop.is_set():
            return
        share = done / of if of else 1.0
        said = f"Entry {grouped(done)} of {grouped(of)}."
        self._show_check(
            CheckFace(said, share=share, note=f"{int(share * 100)} %", action="Cancel")
        )

    def _checked(self, future: Future[CheckReport]) -> None:
        self._stop = None
        try:
            report = future.result()
        except _StoppedError:
            self._show_check(CheckFace(f"Stopped before the end. {WHAT_IT_DOES}"))
            return
        except MonitorError as error:
            self._show_check(CheckFace(sentence(error), broken=True))
            return
        self._show_check(check_face(report, self._doors.now().astimezone(self._doors.zone)))
        self._view.tell_checked(report)

    def _show_check(self, face: CheckFace) -> None:
        self._check = face
        self._view.show_check(face)


def check_face(report: CheckReport, at: dt.datetime) -> CheckFace:
    """Return what a check comes to that was finished at this local time."""
    findings = report.findings
    found = [f"{words[:1].upper()}{words[1:]}" for words in map(finding_words, findings)]
    if len(found) > MOST_FINDINGS:
        more = len(found) - MOST_FINDINGS
        found = [*found[:MOST_FINDINGS], f"and {grouped(more)} more"]
    return CheckFace(
        said=f"{shield_words(findings, at)}.",
        broken=bool(findings),
        found=tuple(found),
        facts=(("Entries", grouped(report.entries)), ("Last hash", report.head.hash)),
        limit=LIMIT,
        action="Check again",
    )


def grouped(number: int) -> str:
    """Return a whole number with a narrow space between thousands: "29 611"."""
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
