"""What the window and the command line ask of the backups of a record; `main.py` brings them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from monitor.ledger import Head
from monitor.people import Author

Progress = Callable[[int, int], None]


class Backup(Protocol):
    """A finished backup."""

    @property
    def folder(self) -> Path:
        """Return the folder that it is."""
        ...

    @property
    def at(self) -> dt.datetime:
        """Return when it was made."""
        ...

    @property
    def head(self) -> Head:
        """Return the last line that it holds."""
        ...

    @property
    def entries(self) -> int:
        """Return how many lines it holds."""
        ...

    @property
    def findings(self) -> int:
        """Return how many disagreements with itself the record in it has; 0 in a sound one."""
        ...


class Backups(Protocol):
    """The backups of one record."""

    @property
    def folder(self) -> Path:
        """Return where they lie on this computer."""
        ...

    @property
    def automatic(self) -> bool:
        """Tell whether the program makes one each day; it makes none of a record for practice."""
        ...

    def choose(self, folder: Path) -> None:
        """Let them lie in this folder from now on; those that are made stay where they are.

        Raises:
            StorageError: If nothing can be written there.
        """
        ...

    def beside_record(self) -> bool:
        """Tell whether they lie on the same disk as the record."""
        ...

    def made(self, folder: Path | None = None) -> tuple[Backup, ...]:
        """Return the finished ones in their folder, or in another; newest first."""
        ...

    def make(
        self,
        author: Author,
        progress: Progress,
        *,
        automatic: bool = False,
        folder: Path | None = None,
    ) -> Backup:
        """Make one, write that it was made, and remove those that need not be kept.

        While the record does not agree with itself nothing is removed.

        Args:
            author: Who asked for it.
            progress: Told how many lines have been looked at, and of how many. Whatever it
                raises ends the backup; then nothing is left behind.
            automatic: Whether nobody asked.
            folder: For this one only, in place of their own; nothing is removed there.

        Raises:
            RefusedError: `not-allowed` for an auditor; then none is made.
            StorageError: If it cannot be made.
            IntegrityError: If the copy is not what the record is.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreOrder:
    """A backup that is to be restored.

    Attributes:
        to: The folder that its record will lie in.
        passphrase: Asks for what opens it, where something is needed.
        author: Returns who restores it, on the computer of that name.
        progress: Told how many lines have been looked at, and of how many.
        use: Whether the clinic's record is found there from now on.
    """

    backup: Path
    to: Path
    passphrase: Callable[[], str]
    author: Callable[[str], Author]
    progress: Progress
    use: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """A record that goes on from a backup.

    Attributes:
        at: When the backup was made.
        head: The last line that the backup held.
        findings: How many disagreements with itself the record has; 0 in a sound one.
    """

    at: dt.datetime
    head: Head
    entries: int
    findings: int = 0


RestoreBackup = Callable[[RestoreOrder], Restored]
