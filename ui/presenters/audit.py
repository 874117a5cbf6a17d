"""The audit desk: files held against the record."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from monitor.errors import MonitorError
from monitor.people import Clinic
from monitor.verifying import Verdict
from ui.presenters.audit_verdicts import (
    Kind,
    UnreadError,
    VerdictRow,
    read_file,
    unread_row,
    verdict_row,
)
from ui.presenters.gate import Run
from ui.wording import sentence


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


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditDoors:
    """What the room needs of the world.

    Attributes:
        verify: Holds a file's content against the record; slow.
        clinic: Returns whose record it is.
    """

    verify: Callable[[bytes], Verdict]
    clinic: Callable[[], Clinic | None]
    zone: dt.tzinfo
    run: Run


class AuditPresenter:
    """Answers for each file in one sentence."""

    def __init__(self, view: AuditView, doors: AuditDoors) -> None:
        self._view, self._doors = view, doors
        self._queue: deque[Path] = deque()
        self._busy = False
        self._asked = 0
        self._kinds: list[Kind] = []

    def refresh(self) -> None:
        """Show how things stand; what was answered before stays."""
        self._show_tally()

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
