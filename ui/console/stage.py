"""What the command line asks of the rest of the program; `main.py` brings it.

Nothing here knows the database, the reports or the window: they arrive as an opened `Stage`
and a few callables, so that the command line runs where Qt is not even installed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from monitor.clock import Clock
from monitor.desk import World
from monitor.entries import Entry
from monitor.ledger import Head
from monitor.overview import SessionOverview
from monitor.ports import NewUid
from monitor.rehearsal.clockwork import ScriptClock
from monitor.rehearsal.player import Outcome, Player
from monitor.rehearsal.script import ScriptAct
from ui.record import Checked, Progress


class Stage(Protocol):
    """An opened record with everything that the use-cases need."""

    @property
    def world(self) -> World:
        """Return what the use-cases ask of the world."""
        ...

    def record_json(self, session_id: str) -> bytes:
        """Return a session's whole record as a document."""
        ...

    def sheet_csv(self, overview: SessionOverview) -> bytes:
        """Return the sheet as a table."""
        ...

    def pages(self, pdf: bytes) -> int:
        """Return how many pages a PDF of ours has."""
        ...

    def head(self) -> Head:
        """Return the clinic's ledger's last line."""
        ...

    def check(self, progress: Progress) -> Checked:
        """Hold the whole record against itself."""
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
    clock: Clock
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
    """A rehearsal for the window to play, from the next act on.

    Attributes:
        clock: The window's clock: its pace moves it between the acts.
        listeners: Told of each entry after its commit.
        speed: Times real time; None is as fast as it goes.
        pictures: An existing folder for pictures of the screens.
        step: Plays the next act and makes its outcome known; the process may be killed in it.
    """

    stage: Stage
    player: Player
    clock: ScriptClock
    listeners: Listeners
    speed: Decimal | None
    pictures: Path
    step: Callable[[], Outcome]

    def upcoming(self) -> ScriptAct | None:
        """Return the next act, None when the rehearsal is over."""
        return self.player.upcoming()


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
        play_in_window: Plays a rehearsal in the window; returns when it is over.
    """

    version: str
    program: tuple[str, ...]
    clinic_store: Callable[[], Path]
    open_practice: OpenPractice
    open_store: OpenStore
    open_window: Callable[[], int]
    play_in_window: PlayInWindow = field(repr=False)
