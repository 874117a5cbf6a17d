"""The recovery key while it can be read: shown, saved as a sheet, proven to be on paper."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from monitor.errors import MonitorError
from monitor.key_slots import RecoveryKey
from ui.presenters.gate import Run
from ui.presenters.printing import Printing
from ui.wording import sentence

MADE_FOR = (
    "It opens the record if the passphrase is forgotten. Print the sheet and keep it locked up,"
    " away from this computer. If you save it to print it elsewhere, delete the file afterwards."
)
PROOF = "Last group of the sheet"
PROOF_NOTE = "Read it from the printed sheet: that shows the sheet is at hand."


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryDoors:
    """What a recovery key needs of the world; all of it slow.

    Attributes:
        make: Makes a new one; it opens the record from then on.
        sheet: Draws the sheet to be printed.
        prove: Takes the last group that was typed; older keys stop then.
        write: Writes a file whole or not at all.
        note_print: Puts on record that the sheet was printed: (content, the printer's name).
    """

    make: Callable[[], RecoveryKey]
    sheet: Callable[[RecoveryKey], bytes]
    prove: Callable[[RecoveryKey, str], None]
    write: Callable[[Path, bytes], None]
    note_print: Callable[[bytes, str], None]


class SheetView(Protocol):
    """What the sheet asks of a page."""

    def ask_where(self, name: str) -> None:
        """Ask where a file shall go; *name* is offered."""
        ...

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Ask which printer shall print it; call *printed* with its name once it has."""
        ...

    def show_saved(self, said: str, *, problem: bool = False) -> None:
        """Say what became of the sheet; empty takes it away."""
        ...


class RecoverySheet:
    """Saves and prints the sheet of one recovery key."""

    def __init__(self, view: SheetView, doors: RecoveryDoors, run: Run, key: RecoveryKey) -> None:
        self._view, self._doors, self._run = view, doors, run
        self.key = key

    def save(self) -> None:
        """Ask where the sheet shall go."""
        self._view.ask_where(f"recovery-sheet-{self.key.store}.pdf")

    def save_to(self, path: Path) -> None:
        """Write it there."""
        self._view.show_saved("Writing the sheet …")
        self._run(lambda: self._written(path), self._saved)

    def print(self) -> None:
        """Put it on paper; no file is left behind."""
        self._view.show_saved("Drawing the sheet …")
        paper = Printing(self, self._run, self._view.show_saved, self._not_printed)
        paper.start(lambda: self._doors.sheet(self.key), self._doors.note_print)

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Have the sheet that was drawn printed."""
        self._view.show_saved("")
        self._view.print_sheet(pdf, printed)

    def _not_printed(self, said: str) -> None:
        self._view.show_saved(said, problem=True)

    def _written(self, path: Path) -> str:
        content = self._doors.sheet(self.key)
        try:
            self._doors.write(path, content)
        except OSError:
            return ""
        return path.name

    def _saved(self, future: Future[str]) -> None:
        try:
            name = future.result()
        except MonitorError as error:
            self._view.show_saved(sentence(error), problem=True)
            return
        if name:
            self._view.show_saved(f"Saved as {name}. Print it, then delete the file.")
        else:
            said = "The sheet could not be written there; choose another folder."
            self._view.show_saved(said, problem=True)
