"""Backups without a disk: what was made, when, and by whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from monitor.ledger import Head
from monitor.people import Author
from tests.fakes.views_gate import at_once
from ui.backups import Backup, Progress
from ui.presenters.backing_up import BackingDoors, BackingUp

ENTRIES = 812


@dataclass(frozen=True, slots=True)
class FakeBackup:
    """Implements `ui.backups.Backup`."""

    at: dt.datetime
    folder: Path = Path("/backups/chairside-1234abcd-20260302T094800Z")
    head: Head = field(default=Head(ENTRIES, "ab" * 32))
    entries: int = ENTRIES
    findings: int = 0


class FakeBackups:
    """Implements `ui.backups.Backups`.

    Attributes:
        kept: In their own folder, newest first.
        elsewhere: In other folders.
        asked: Who asked for a backup, and whether it was the program itself.
        refuses: Raised by the next ones, while it is there.
        unread: Raised when the folder is looked into, while it is there.
        findings: Of the next ones.
    """

    def __init__(self, now: Callable[[], dt.datetime], *, automatic: bool = True) -> None:
        self._now = now
        self.automatic = automatic
        self.folder = Path("/home/clinic/backups")
        self.kept: list[FakeBackup] = []
        self.elsewhere: list[FakeBackup] = []
        self.asked: list[tuple[str, bool]] = []
        self.refuses: Exception | None = None
        self.unread: Exception | None = None
        self.findings = 0
        self.on_same_disk = False

    def choose(self, folder: Path) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.folder, self.kept = folder, []

    def beside_record(self) -> bool:
        return self.on_same_disk

    def made(self, folder: Path | None = None) -> tuple[Backup, ...]:
        if self.unread is not None:
            raise self.unread
        return tuple(self.kept if folder is None else self.elsewhere)

    def make(
        self,
        author: Author,
        progress: Progress,
        *,
        automatic: bool = False,
        folder: Path | None = None,
    ) -> Backup:
        self.asked.append((author.user, automatic))
        progress(200, ENTRIES)
        if self.refuses is not None:
            raise self.refuses
        made = FakeBackup(self._now(), findings=self.findings)
        (self.kept if folder is None else self.elsewhere).insert(0, made)
        return made


class Keeping:
    """A `BackingUp` over made-up backups, and what it told."""

    def __init__(self, now: Callable[[], dt.datetime], *, automatic: bool = True) -> None:
        self.backups = FakeBackups(now, automatic=automatic)
        self.told: list[tuple[int, int]] = []
        self.changes = 0
        self.backing = BackingUp(
            BackingDoors(
                backups=self.backups,
                now=now,
                run=at_once,
                tell=self._tell,
                changed=self._changed,
            )
        )

    def have(self, ages: Sequence[dt.timedelta], now: dt.datetime) -> None:
        """Let there be backups of these ages."""
        self.backups.kept = [FakeBackup(now - age) for age in sorted(ages)]

    def _tell(self, done: int, of: int) -> None:
        self.told.append((done, of))
        self.backing.on_progress(done, of)

    def _changed(self) -> None:
        self.changes += 1
