"""What the command line asks of the rest of the program; `main.py` brings it.

Nothing here knows the database, the reports or the window: they arrive as an opened `Stage`
and a few callables, so that the command line runs where Qt is not even installed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from monitor.desk import World
from monitor.entries import Entry
from monitor.key_slots import Locksmith
from monitor.ledger import Head, Remembered
from monitor.papers import Papers
from monitor.ports import NewUid
from monitor.rehearsal.clockwork import ScriptClock
from monitor.rehearsal.company import Company
from monitor.rehearsal.player import Outcome, Player
from monitor.rehearsal.script import ScriptAct
from monitor.sealed_file import CertificateFacts, FileFacts
from ui.backups import Backups, RestoreBackup
from ui.record import Checked, Progress
from ui.whole_export.source import Ledger


class CheckedWhole(Checked, Protocol):
    """What a check of the whole record saw."""

    @property
    def unsealed(self) -> int:
        """Return how many of the oldest lines have no seals."""
        ...

    @property
    def compared(self) -> Sequence[tuple[str, int]]:
        """Return how many rows of each derived table were compared with the ledger."""
        ...


class Stage(Protocol):
    """An opened record with everything that the use-cases need."""

    @property
    def world(self) -> World:
        """Return what the use-cases ask of the world."""
        ...

    @property
    def papers(self) -> Papers:
        """Return who makes papers and tables of the record."""
        ...

    def record_json(self, session_id: str) -> bytes:
        """Return a session's whole record as a document."""
        ...

    def head(self) -> Head:
        """Return the clinic's ledger's last line."""
        ...

    def check(self, progress: Progress, *, against: Sequence[Remembered] = ()) -> CheckedWhole:
        """Hold the whole record against itself.

        Args:
            progress: Told how many lines have been looked at, and of how many.
            against: Heads that were remembered elsewhere.
        """
        ...

    @property
    def backups(self) -> Backups:
        """Return the record's backups."""
        ...

    def proof(self, session_id: str, content: bytes) -> bytes:
        """Return what is put beside a file that leaves the program: when the record was where."""
        ...

    @property
    def ledger(self) -> Ledger:
        """Return the record as a whole."""
        ...

    def lone_verifier(self) -> bytes:
        """Return the program that verifies reports where this one is not installed."""
        ...

    @property
    def locksmith(self) -> Locksmith:
        """Return who changes the ways to open the record."""
        ...

    def close(self) -> None:
        """Give everything back; what is kept stays kept."""
        ...


@dataclass(frozen=True, slots=True)
class PracticeOrder:
    """A record for practice, which takes nothing from this computer that could differ.

    Attributes:
        folder: Where it lies; one that is there already is opened, and goes on.
        salt: Makes the salts (16 bytes) of password verifiers.
        publish: Called with each entry after its commit.
    """

    folder: Path
    clock: ScriptClock
    zone: ZoneInfo
    new_uid: NewUid
    station: str
    salt: Callable[[], bytes]
    publish: Callable[[Entry], None]


class Listeners:
    """Passes each entry on to everyone who asked to hear of it."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[[Entry], None]] = []

    def add(self, callback: Callable[[Entry], None]) -> Callable[[], None]:
        """Let *callback* hear of each entry from now on; what is returned ends that."""
        self._callbacks.append(callback)
        return lambda: self._callbacks.remove(callback)

    def __call__(self, entry: Entry) -> None:
        """Tell everyone."""
        for callback in tuple(self._callbacks):
            callback(entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowPlay:
    """A rehearsal for the window to play, from the next act on; or several at once.

    Attributes:
        company: Plays them.
        clock: The window's clock: its pace moves it between the acts.
        listeners: Told of each entry after its commit.
        speed: Times real time; None is as fast as it goes.
        folders: An existing folder for each file's pictures of the screens.
        step: Plays the next act and makes its outcome known; the process may be killed in it.
    """

    stage: Stage
    company: Company
    clock: ScriptClock
    listeners: Listeners
    speed: Decimal | None
    folders: Sequence[Path]
    step: Callable[[], Outcome]

    @property
    def player(self) -> Player:
        """Return whose act is played now: that of `upcoming`, until that is asked again."""
        return self.company.player

    @property
    def pictures(self) -> Path:
        """Return the folder for pictures of that player's screens."""
        return self.folders[self.company.place]

    def upcoming(self) -> ScriptAct | None:
        """Return the next act, None when the rehearsal is over."""
        return self.company.upcoming()


OpenPractice = Callable[[PracticeOrder], Stage]
OpenStore = Callable[[Path, Callable[[], str]], Stage]
PlayInWindow = Callable[[WindowPlay], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hooks:
    """Everything that the command line cannot do by itself.

    Attributes:
        version: The program's.
        program: The command that starts this program again, without arguments.
        clinic_store: Returns where the clinic's own record lies.
        open_practice: Begins a record for practice, or opens it again.
        open_store: Opens a record that is there; its second argument asks for the
            passphrase, and is called only where one is needed.
        open_window: Opens the program's window; returns the exit status once it is closed.
        restore: Restores a backup.
        read: Returns what can be seen in a file, of whatever kind.
        read_certificate: Returns what an authority's certificate says, written in PEM; None where
            it is none.
        rebuild: Draws a report again, as it was before its signature, from its session's record.
        lone_verifier: Returns the program that verifies where this one is not installed.
        play_in_window: Plays a rehearsal in the window; returns when it is over.
    """

    version: str
    program: tuple[str, ...]
    clinic_store: Callable[[], Path]
    open_practice: OpenPractice
    open_store: OpenStore
    open_window: Callable[[], int]
    restore: RestoreBackup
    read: Callable[[bytes], FileFacts]
    read_certificate: Callable[[str], CertificateFacts | None]
    rebuild: Callable[[bytes], bytes]
    lone_verifier: Callable[[], bytes]
    play_in_window: PlayInWindow = field(repr=False)
