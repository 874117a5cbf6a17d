"""The audit desk: files held against the record."""

from __future__ import annotations

import bisect
import dataclasses
import datetime as dt
import enum
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from monitor.errors import MonitorError
from monitor.people import Clinic
from ui.brought_files import UnreadError
from ui.presenters.audit_answers import as_table, as_text
from ui.presenters.audit_files import Gathered, gathered
from ui.presenters.audit_verdicts import (
    IN_THE_TALLY,
    Kind,
    Looked,
    VerdictRow,
    unread_row,
    verdict_row,
)
from ui.presenters.gate import Run
from ui.presenters.printing import Printing
from ui.wording import sentence
from ui.wording.about_signing import file_trouble

NONE_TO_PRINT = "Choose a file that was read, with the arrow keys; then print it."


class Order(enum.Enum):
    """How the answers stand."""

    WORST = "Worst first"
    DROPPED = "As dropped"


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the looking has come.

    Attributes:
        said: The same in words.
    """

    done: int
    of: int
    said: str


class AuditView(Protocol):
    """What the presenter asks of the room."""

    def add_verdict(self, row: VerdictRow, place: int) -> None:
        """Put a file into the list at a place, its reasons folded."""
        ...

    def show_verdicts(self, rows: Sequence[VerdictRow]) -> None:
        """Show these files, and no others, in this order."""
        ...

    def show_order(self, order: Order) -> None:
        """Show how the answers stand."""
        ...

    def show_tally(self, title: str, counts: tuple[tuple[Kind, int], ...]) -> None:
        """Show how many files gave which answer; only those that were given."""
        ...

    def show_reading(self, reading: Reading | None) -> None:
        """Show how far it is; None where nothing is looked at."""
        ...

    def show_said(self, said: str, *, well: bool = True) -> None:
        """Say what was done, or why it was not; empty takes it away."""
        ...

    def copy(self, text: str) -> None:
        """Put a text where it can be pasted from."""
        ...

    def ask_where(self, name: str) -> None:
        """Ask where the table of the answers shall go."""
        ...

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Ask which printer shall print; call *printed* with its name once it has."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditDoors:
    """What the room needs of the world.

    Attributes:
        look: Looks at a file and holds it against the record; slow.
        read: Reads a file once more that had this hash; slow.
        note_print: Puts on record that it was printed: (content, the printer's name).
        clinic: Returns whose record it is.
        write: Writes a file whole or not at all.
    """

    look: Callable[[Path], Looked]
    read: Callable[[Path, str], bytes]
    note_print: Callable[[bytes, str], None]
    clinic: Callable[[], Clinic | None]
    write: Callable[[Path, bytes], None]
    now: Callable[[], dt.datetime]
    zone: dt.tzinfo
    run: Run


class AuditPresenter:
    """Answers for each file in one sentence."""

    def __init__(self, view: AuditView, doors: AuditDoors) -> None:
        self._view, self._doors = view, doors
        self._queue: deque[Path] = deque()
        self._rows: list[VerdictRow] = []
        self._order = Order.WORST
        self._busy = self._closed = False
        self._asked = self._done = self._looked = 0

    def refresh(self) -> None:
        """Show how things stand; what was answered before stays."""
        self._view.show_order(self._order)
        self._show_tally()

    def close(self) -> None:
        """Show nothing any more: the room is gone."""
        self._closed = True
        self._queue.clear()

    # --- looking ------------------------------------------------------------------------------

    def verify(self, paths: Sequence[Path]) -> None:
        """Hold these files, and the PDFs in these folders, against the record."""
        wanted = tuple(paths)
        if wanted:
            self._view.show_said("")
            self._doors.run(lambda: gathered(wanted), self._gathered)

    def cancel(self) -> None:
        """Look at no further file; the one that is being looked at is still answered."""
        left = len(self._queue)
        if not left:
            return
        self._queue.clear()
        done = self._asked - left
        self._asked = done
        self._view.show_said(f"Stopped: {done} looked at, {left} not.", well=False)

    def clear(self) -> None:
        """Empty the list of answers; what still waits to be looked at is left."""
        self._asked -= len(self._queue)
        self._queue.clear()
        self._rows.clear()
        self._view.show_verdicts(())
        self._view.show_said("")
        self._show_tally()

    def _gathered(self, future: Future[Gathered]) -> None:
        if self._closed:
            return
        found = future.result()
        waiting = set(self._queue)
        self._view.show_said(found.said)
        for path, said in found.unread:
            self._add(unread_row(self._next_key(), path, said))
        wanted = [path for path in found.files if path not in waiting]
        self._queue.extend(wanted)
        self._asked += len(wanted)
        if not self._busy:
            self._next()

    def _next(self) -> None:
        self._busy = bool(self._queue)
        if not self._busy:
            self._asked = self._done = 0
            self._view.show_reading(None)
            return
        path, place = self._queue.popleft(), self._done + 1
        count = f"{place} of {self._asked}, " if self._asked > 1 else ""
        said = f"Looking at {count}{path.name} …"
        self._view.show_reading(Reading(self._done, self._asked, said))
        look = self._doors.look
        self._doors.run(lambda: look(path), lambda future: self._told(path, future))

    def _told(self, path: Path, future: Future[Looked]) -> None:
        if self._closed:
            return
        try:
            self._add(self._row(path, future))
        finally:
            self._done += 1
            self._next()

    def _row(self, path: Path, future: Future[Looked]) -> VerdictRow:
        key = self._next_key()
        try:
            looked = future.result()
        except UnreadError as error:
            return unread_row(key, path, str(error))
        except MonitorError as error:
            return unread_row(key, path, sentence(error))
        clinic = self._doors.clinic()
        name = clinic.name if clinic else ""
        return self._compared(verdict_row(key, path, looked, clinic=name))

    def _compared(self, row: VerdictRow) -> VerdictRow:
        """Return a row that says where the same bytes have been looked at already."""
        same = next((each for each in self._rows if each.sha256 == row.sha256), None)
        if same is None:
            return row
        again = (same.name, same.place) == (row.name, row.place)
        said = "Looked at before" if again else f"The same file as {same.name}"
        note = f"{said}, byte for byte."
        return dataclasses.replace(row, note=" ".join(filter(None, (note, row.note))))

    def _next_key(self) -> int:
        self._looked += 1
        return self._looked

    # --- the list -----------------------------------------------------------------------------

    def put_in_order(self, order: Order) -> None:
        """Let the answers stand in another order."""
        if order is self._order:
            return
        self._order = order
        self._rows.sort(key=self._worth)
        self._view.show_order(order)
        self._view.show_verdicts(self._rows)

    def _worth(self, row: VerdictRow) -> tuple[int, int]:
        return row.worth if self._order is Order.WORST else (0, row.key)

    def _add(self, row: VerdictRow) -> None:
        place = bisect.bisect(self._rows, self._worth(row), key=self._worth)
        self._rows.insert(place, row)
        self._view.add_verdict(row, place)
        self._show_tally()

    def _show_tally(self) -> None:
        kinds = [row.kind for row in self._rows]
        counts = tuple((kind, kinds.count(kind)) for kind in IN_THE_TALLY if kind in kinds)
        title = "1 file" if len(kinds) == 1 else f"{len(kinds)} files"
        self._view.show_tally(title, counts)

    # --- taking them along --------------------------------------------------------------------

    def copy(self) -> None:
        """Copy the answers, as they stand."""
        if self._rows:
            self._view.copy(as_text(self._rows))
            count = "1 answer" if len(self._rows) == 1 else f"{len(self._rows)} answers"
            self._view.show_said(f"Copied: {count}.")

    def print_it(self, key: int) -> None:
        """Print the pages of a file, as it was when it was looked at.

        Args:
            key: Which one; 0 for none.
        """
        row = next((each for each in self._rows if each.key == key and each.sha256), None)
        show, failed = self._view.show_said, partial(self._view.show_said, well=False)
        if row is None:
            failed(NONE_TO_PRINT)
            return
        path, sha256 = Path(row.place, row.name), row.sha256
        printing = Printing(self._view, self._doors.run, show, failed, lambda: not self._closed)
        printing.start(lambda: self._doors.read(path, sha256), self._doors.note_print)

    def save(self) -> None:
        """Ask where the answers shall go as a table."""
        if self._rows:
            today = self._doors.now().astimezone(self._doors.zone).date()
            self._view.ask_where(f"verified-{today.isoformat()}.csv")

    def save_to(self, path: Path) -> None:
        """Write them there."""
        try:
            self._doors.write(path, as_table(self._rows))
        except OSError as error:
            self._view.show_said(file_trouble(error.errno or 0), well=False)
        else:
            self._view.show_said(f"Saved: {path.name}. It says of patients what the names say.")
