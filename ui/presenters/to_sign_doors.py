"""What the room of the worklist needs of the world, and what is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from monitor.errors import MonitorError
from ui.presenters.gate import Run
from ui.presenters.printing import Paper, PrintView
from ui.presenters.question import QuestionView
from ui.presenters.to_sign_export import ExportDoors, ExportView
from ui.presenters.to_sign_faces import DoneFace, KeptFace, SignFace, WaitingRow
from ui.presenters.to_sign_gaps import GapRow
from ui.presenters.to_sign_list import ListDoors


class ToSignView(QuestionView, ExportView, PrintView, Protocol):
    """What the presenter asks of the room."""

    def show_waiting(self, rows: tuple[WaitingRow, ...], note: str, *, mine: bool) -> None:
        """Show the worklist, and whether only what is one's own is in it."""
        ...

    def show_report(self, pdf: bytes | None, said: str = "", state: str = "") -> None:
        """Show the report itself; in its place say why there is none.

        Args:
            pdf: The file.
            said: What stands in its place, or over it.
            state: What the room hands back once the last page has been seen.
        """
        ...

    def show_gaps(self, rows: tuple[GapRow, ...], note: str) -> None:
        """Show what stands before a signature."""
        ...

    def show_sign(self, face: SignFace | None) -> None:
        """Show the card that is signed on, with an empty password; None takes it away."""
        ...

    def show_lock(self, why: str) -> None:
        """Close the password, empty, and say why; nothing opens it."""
        ...

    def show_kept(self, face: KeptFace | None) -> None:
        """Show the card of a finished report; None takes it away."""
        ...

    def show_done(self, face: DoneFace) -> None:
        """Say what was signed last, and go on from the list."""
        ...

    def end_addendum(self) -> None:
        """Forget the addendum that was typed: it is in the record."""
        ...

    def show_problem(self, said: str) -> None:
        """Say why it was not signed; the password is emptied."""
        ...

    def show_printed(self, said: str, *, well: bool = True) -> None:
        """Say beside the report that it was printed, or why not; the next report takes it away."""
        ...

    def show_busy(self, said: str) -> None:
        """Say what is being done; empty ends it."""
        ...


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as it is on the screen.

    Attributes:
        digest: Of the session as it was drawn; empty where that is not known.
        entries: How many entries the session had then.
    """

    pdf: bytes
    digest: str
    entries: int


@dataclass(frozen=True, slots=True)
class Vouching:
    """A signature that is wanted.

    Attributes:
        seen: The digest of what is on the screen.
    """

    session_id: str
    password: str = field(repr=False)
    meaning: str
    seen: str


@dataclass(frozen=True, slots=True)
class Adding:
    """An addendum that is wanted.

    Attributes:
        seen: How many entries the session had, as it is on the screen.
    """

    session_id: str
    password: str = field(repr=False)
    text: str
    seen: int


Tell = Callable[[str], None]
"""Takes what is being done, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSignDoors:
    """What the room needs of the world.

    Attributes:
        report: Draws the report as it stands, or returns a kept version; slow.
        paper: Returns what takes a version of the report to a printer, the newest for 0.
        sign: Signs or co-signs, by the meaning; slow, and tells how far it has got.
        add: Adds an addendum; slow, and tells the same.
        trouble: Returns why this person has no key to sign with; None for nothing.
        notice: Returns what will stand in the way before long; empty for nothing.
        explain: Explains a gap: (session, code, about, reason).
        go_to: Opens a session's chairside screen: (session, command, why one goes there).
        go_to_settings: Opens the settings where certificates are issued.
    """

    list: ListDoors
    exporting: ExportDoors
    report: Callable[[str, int], Shown]
    paper: Callable[[str, int], Paper]
    sign: Callable[[Vouching, Tell], None]
    add: Callable[[Adding, Tell], None]
    trouble: Callable[[], MonitorError | None]
    notice: Callable[[], str]
    explain: Callable[[str, str, str, str], None]
    go_to: Callable[[str, str, str], None]
    go_to_settings: Callable[[], None]
    run: Run
