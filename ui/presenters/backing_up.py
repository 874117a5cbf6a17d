"""Makes the backups of an open record: one each day by itself, and one when somebody asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from monitor.clinic import PROGRAM
from monitor.keeping import backup_due, backup_old, newest_before
from monitor.people import Author
from ui import guard
from ui.backups import Backup, Backups, Progress
from ui.presenters.gate import Run
from ui.presenters.words import grouped

STOPPED = "Stopped before the end; nothing was left behind."
FAILED_BY_ITSELF = "The daily backup failed and is tried again within the hour."


@dataclass(frozen=True, slots=True)
class Standing:
    """How the backups stand.

    Attributes:
        made: The finished ones, newest first; None while nobody has looked yet.
        share: How much of the one under way is done, from 0 to 1; None while none is.
        problem: Why the last one failed, or why the folder cannot be read; empty if neither.
        done: What was done last, by hand.
        beside_record: Whether they lie on the record's own disk.
    """

    folder: Path
    automatic: bool
    made: tuple[Backup, ...] | None = None
    share: float | None = None
    problem: str = ""
    done: str = ""
    beside_record: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BackingDoors:
    """What is needed of the world.

    Attributes:
        run: Does slow work beside the window, and beside what others do there.
        tell: Hands the progress to `on_progress`, on the window's thread; called off it.
        changed: Called whenever something stands otherwise than before.
    """

    backups: Backups
    now: Callable[[], dt.datetime]
    run: Run
    tell: Progress
    changed: Callable[[], None]


class _StoppedError(Exception):
    """The backup was stopped by hand."""


class BackingUp:
    """Looks each hour whether the day's backup is due, and makes it."""

    def __init__(self, doors: BackingDoors) -> None:
        self._doors = doors
        self._stop: Event | None = None
        self._made: tuple[Backup, ...] | None = None
        self._beside_record = False
        self._share: float | None = None
        self._problem = self._done = self._unread = ""
        self._closed = False

    @property
    def standing(self) -> Standing:
        """Return how things stand."""
        backups = self._doors.backups
        return Standing(
            folder=backups.folder,
            automatic=backups.automatic,
            made=self._made,
            share=self._share,
            problem=self._problem or self._unread,
            done=self._done,
            beside_record=self._beside_record,
        )

    @property
    def worry(self) -> str:
        """Say what an administrator should look after; empty if nothing is wrong."""
        if not self._doors.backups.automatic or self._stop is not None:
            return ""
        if self._unread:
            return "the folder for backups cannot be read"
        if self._made is None:
            return ""
        if backup_old(self._newest(), self._doors.now()):
            return "no backup for two days" if self._made else "no backup yet"
        return "the daily backup failed" if self._problem.startswith(FAILED_BY_ITSELF) else ""

    def look(self) -> None:
        """Look which backups there are, and make the day's if it is due."""
        self._list(self._make_if_due)

    def look_again(self) -> None:
        """Look which backups there are."""
        self._list(lambda: None)

    def make(self, author: Author) -> None:
        """Make one now, for whoever asks."""
        self._make(author, automatic=False)

    def choose(self, folder: Path) -> None:
        """Let the backups lie there from now on.

        Raises:
            StorageError: If nothing can be written there.
        """
        self._doors.backups.choose(folder)
        self._problem = self._done = ""
        self.look_again()

    def cancel(self) -> None:
        """Stop the backup that is under way; nothing is left of it."""
        if self._stop is not None:
            self._stop.set()

    def close(self) -> None:
        """Stop what is under way, and begin nothing more."""
        self._closed = True
        self.cancel()

    def on_progress(self, done: int, of: int) -> None:
        """Show how far the check of the copy has come."""
        if self._stop is not None and not self._stop.is_set():
            self._share = done / of if of else 1.0
            self._doors.changed()

    # --- beside the window ----------------------------------------------------------------------

    def _list(self, then: Callable[[], None]) -> None:
        backups = self._doors.backups

        def listed(future: Future[tuple[tuple[Backup, ...], bool]]) -> None:
            if self._closed:
                return
            error = future.exception()
            self._unread = "" if error is None else guard.met(error)
            if error is None:
                self._made, self._beside_record = future.result()
            then()
            self._doors.changed()

        if not self._closed:
            self._doors.run(lambda: (backups.made(), backups.beside_record()), listed)

    def _make_if_due(self) -> None:
        automatic = self._doors.backups.automatic
        if automatic and self._made is not None and self._due():
            self._make(PROGRAM, automatic=True)

    def _make(self, author: Author, *, automatic: bool) -> None:
        if self._stop is not None or self._closed:
            return
        self._stop = stop = Event()
        self._share, self._done = 0.0, ""
        backups = self._doors.backups

        def told(done: int, of: int) -> None:
            if stop.is_set():
                raise _StoppedError
            self._doors.tell(done, of)

        self._doors.run(
            lambda: backups.make(author, told, automatic=automatic),
            lambda future: self._ended(future, automatic=automatic),
        )
        self._doors.changed()

    def _ended(self, future: Future[Backup], *, automatic: bool) -> None:
        self._stop, self._share = None, None
        if self._closed:
            return
        error = future.exception()
        if isinstance(error, _StoppedError):
            self._done = STOPPED
        elif error is not None:
            said = guard.met(error)
            self._problem = f"{FAILED_BY_ITSELF} {said}" if automatic else said
        else:
            entries = grouped(future.result().entries)
            self._problem = ""
            self._done = "" if automatic else f"Made and checked: {entries} entries."
        self.look_again()

    def _newest(self) -> dt.datetime | None:
        return newest_before((each.at for each in self._made or ()), self._doors.now())

    def _due(self) -> bool:
        return backup_due(self._newest(), self._doors.now())
