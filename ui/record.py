"""What the window asks of an opened record; `main.py` brings one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from monitor.desk import World
from monitor.entries import Entry
from monitor.key_slots import Locksmith
from monitor.ledger import Finding, Head, Remembered
from monitor.papers import Papers
from monitor.protocols.protocol import Protocol as TreatmentProtocol
from ui.backups import Backups
from ui.counted_keys import Count
from ui.presenters.first_start import Beginning
from ui.whole_export.source import Ledger

Progress = Callable[[int, int], None]


class Checked(Protocol):
    """What a check of the record saw."""

    @property
    def entries(self) -> int:
        """Return how many lines the ledger has."""
        ...

    @property
    def head(self) -> Head:
        """Return the ledger's last line."""
        ...

    @property
    def findings(self) -> Sequence[Finding]:
        """Return every disagreement; none in a sound record."""
        ...

    @property
    def checkpoints(self) -> int:
        """Return how many checkpoints the record holds."""
        ...

    @property
    def checked_from(self) -> int:
        """Return the first line that was looked at; 1 where it was all of them."""
        ...

    @property
    def bound(self) -> Remembered | None:
        """Return the newest head that is remembered outside; None where none is."""
        ...


class Record(Protocol):
    """An opened record."""

    @property
    def world(self) -> World:
        """Return what the use-cases ask of the world."""
        ...

    def check(self, progress: Progress, *, whole: bool = True) -> Checked:
        """Hold the record against itself.

        Args:
            progress: Told how many lines have been looked at, and of how many; what it raises
                ends the check.
            whole: Look at all of it; else at what was written since this computer's newest
                checkpoint.
        """
        ...

    def changed_elsewhere(self) -> bool:
        """Tell whether another process wrote in the record since this was last asked."""
        ...

    def free_bytes(self) -> int | None:
        """Return how much room is left where the record lies; None where nobody can tell."""
        ...

    @property
    def backups(self) -> Backups:
        """Return the record's backups."""
        ...

    def proof(self, session_id: str, content: bytes) -> bytes:
        """Return what is put beside a file that leaves the program."""
        ...

    @property
    def locksmith(self) -> Locksmith:
        """Return who changes the ways to open the record."""
        ...

    @property
    def papers(self) -> Papers:
        """Return who makes papers and tables of the record."""
        ...

    @property
    def ledger(self) -> Ledger:
        """Return the record as a whole."""
        ...

    def lone_verifier(self) -> bytes:
        """Return the program that verifies reports where this one is not installed."""
        ...

    def listen(self, callback: Callable[[Entry], None]) -> Callable[[], None]:
        """Let *callback* hear of each entry after its commit; what is returned ends that."""
        ...

    def close(self) -> None:
        """Give everything back; what is kept stays kept."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """How the program comes by a record.

    Attributes:
        place: Where the clinic's own record lies, or will.
        exists: Whether there is one.
        opens_by_itself: Whether it is one for practice, without a secret.
        asks_keyring: Whether the operating system's keyring may open it.
        open: Opens it with its passphrase or recovery key; None tries what needs no typing.
        check_folder: Refuses a folder that a new record cannot be made in.
        check_password: Refuses a password that is too weak.
        found: Makes a new one, with the clinic and its first people; tells how many keys are made.
        version: The program's.
    """

    place: Path
    protocols: tuple[TreatmentProtocol, ...]
    exists: Callable[[], bool]
    opens_by_itself: Callable[[], bool]
    open: Callable[[str | None], Record]
    check_folder: Callable[[Path], None]
    check_password: Callable[[str], None]
    found: Callable[[Beginning, Count], Record]
    version: str
    asks_keyring: Callable[[], bool] = lambda: False
