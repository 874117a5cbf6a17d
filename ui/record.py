"""What the window asks of an opened record; `main.py` brings one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from monitor.desk import World
from monitor.entries import Entry
from monitor.ledger import Finding, Head
from monitor.protocols.protocol import Protocol as TreatmentProtocol
from ui.presenters.first_start import Beginning

Progress = Callable[[int, int], None]


class Checked(Protocol):
    """What a check of the whole record saw."""

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


class Record(Protocol):
    """An opened record."""

    @property
    def world(self) -> World:
        """Return what the use-cases ask of the world."""
        ...

    def check(self, progress: Progress) -> Checked:
        """Hold the whole record against itself."""
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
        open: Opens it with its passphrase.
        check_folder: Refuses a folder that a new record cannot be made in.
        check_password: Refuses a password that is too weak.
        found: Makes a new one, with the clinic and its first people.
        version: The program's.
    """

    place: Path
    protocols: tuple[TreatmentProtocol, ...]
    exists: Callable[[], bool]
    opens_by_itself: Callable[[], bool]
    open: Callable[[str | None], Record]
    check_folder: Callable[[Path], None]
    check_password: Callable[[str], None]
    found: Callable[[Beginning], Record]
    version: str
