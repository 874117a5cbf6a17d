"""The room of the controlled-drug register: look through it, and hand it out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path

from monitor.errors import Code, InputError, MonitorError
from monitor.people import Author
from monitor.register import ALL, Asked
from monitor.stock_keeping import KEEPERS
from ui.presenters.printing import Printing
from ui.presenters.register_doors import RegisterDoors, RegisterRoomView
from ui.presenters.register_faces import Drawn, drawn, register_face
from ui.presenters.register_writing import CupboardForm
from ui.wording import sentence

_UNREADABLE_DAY = "Write a day as 2026-03-02, or leave it empty."
_TURNED_DAYS = "The first day is after the last one."
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class _NotNotedError(Exception):
    """A file was written, and the record would not take a note of it.

    Attributes:
        error: Why.
    """

    def __init__(self, error: MonitorError) -> None:
        super().__init__(error.code.value)
        self.error = error


class RegisterPresenter:
    """Shows the part of the register that is asked for, and hands it out as a file.

    It is read and drawn beside the window, once for whatever was written meanwhile; a part of
    it is picked out of what was read.
    """

    def __init__(self, view: RegisterRoomView, doors: RegisterDoors) -> None:
        self._view, self._doors = view, doors
        self._asked, self._form = ALL, ""
        self._drawn: Drawn | None = None
        self._stale = self._reading = self._unread = False
        self._busy = self._closed = False
        self.writing = CupboardForm(view, doors, self.look)

    def look(self) -> None:
        """Read the register, unless it is known how it stands; what is being typed stays."""
        if self._drawn is not None and not self._stale:
            self._show(self._drawn)  # somebody else may be here
            if self._drawn.view.today == self._doors.today():
                return
        if not self._reading:
            self.refresh()

    def outdate(self) -> None:
        """Something was written: read the register again when it is looked at."""
        self._stale = True

    def refresh(self) -> None:
        """Read the register again; what is being typed stays."""
        self._stale = True
        if self._drawn is None and not self._closed:
            self._view.show_reading()
        if not self._reading and not self._closed:
            self._read()

    def close(self) -> None:
        """Show nothing any more: the room is gone."""
        self._closed = True
        self.writing.close()

    def choose_product(self, product: str) -> None:
        """Show one product only; empty is all."""
        self._ask(replace(self._asked, product=product))

    def choose_days(self, first: str, last: str) -> None:
        """Show these days only; an empty one is no bound."""
        try:
            days = tuple(_day(typed) for typed in (first, last))
        except ValueError:
            self._view.show_days_problem(_UNREADABLE_DAY)
            return
        if days[0] and days[1] and days[0] > days[1]:
            self._view.show_days_problem(_TURNED_DAYS)
            return
        self._view.show_days_problem("")
        self._ask(replace(self._asked, first=days[0], last=days[1]))

    # --- reading ------------------------------------------------------------------------------

    def _read(self) -> None:
        self._reading, self._stale = True, False
        show, before = self._doors.show, self._drawn
        self._doors.read(lambda: drawn(show(ALL), before), self._was_read)

    def _was_read(self, future: Future[Drawn]) -> None:
        self._reading = False
        if self._closed:
            return
        try:
            self._drawn = future.result()
        except MonitorError as error:
            self._stale = self._unread = True
            self._view.show_done(sentence(error), well=False)
            return
        if self._unread:
            self._unread = False
            self._view.show_done("")
        self._show(self._drawn)
        self.writing.renew(self._drawn.view)
        if self._stale:
            self._read()

    def _ask(self, asked: Asked) -> None:
        if asked != self._asked:
            self._asked = asked
            if self._drawn is not None:
                self._show(self._drawn)

    def _show(self, whole: Drawn) -> None:
        author = self._doors.author()
        if author.role not in KEEPERS:
            self.writing.give_up()
        self._view.show_register(register_face(whole, self._asked, author))

    # --- files --------------------------------------------------------------------------------

    def export(self, form: str) -> None:
        """Ask where the register as it is shown shall go; no name in it is anybody's.

        Args:
            form: "pdf" or "csv".
        """
        if not self._busy:
            self._form = form
            self._view.ask_where(f"register-{self._doors.today().isoformat()}.{form}")

    def export_to(self, path: Path) -> None:
        """Write it there."""
        if self._busy:
            return
        form, asked, author = self._form, self._asked, self._doors.author()
        self._busy = True
        self._view.show_done("")
        self._doors.draw(
            lambda: self._write(author, form, asked, path), lambda done: self._written(path, done)
        )

    def print_it(self) -> None:
        """Print the register as it is shown."""
        asked, author, doors = self._asked, self._doors.author(), self._doors
        self._view.show_done("")
        printing = Printing(self, doors.draw, self._say, partial(self._say, well=False))
        printing.start(
            lambda: doors.pdf(doors.show(asked)),
            lambda content, printer: doors.note_export(author, "print", content, printer),
        )

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Have what was drawn printed, unless the room is gone."""
        if not self._closed:
            self._view.print_sheet(pdf, printed)

    def _say(self, said: str, *, well: bool = True) -> None:
        if not self._closed:
            self._view.show_done(said, well=well)

    def _write(self, author: Author, form: str, asked: Asked, path: Path) -> None:
        view = self._doors.show(asked)
        content = self._doors.csv(view) if form == "csv" else self._doors.pdf(view)
        try:
            self._doors.write(path, content)
        except OSError as error:
            raise InputError(Code.STORAGE, "file", cause=error.strerror) from error
        try:
            self._doors.note_export(author, form, content, str(path))
        except MonitorError as error:
            raise _NotNotedError(error) from error

    def _written(self, path: Path, future: Future[None]) -> None:
        self._busy = False
        if self._closed:
            return
        try:
            future.result()
        except InputError:
            said = "The file could not be written there; choose another folder."
            self._view.show_done(said, well=False)
        except _NotNotedError as unnoted:
            said = f"Written: {path.name}, but the record did not take a note of it"
            self._view.show_done(f"{said}. {sentence(unnoted.error)}", well=False)
        except MonitorError as error:
            self._view.show_done(sentence(error), well=False)
        else:
            self._view.show_done(f"Written: {path.name}")


def _day(typed: str) -> dt.date | None:
    """Return a day as typed; "20260302" is a date to Python, and to nobody else."""
    typed = typed.strip()
    if typed and not _DAY.fullmatch(typed):
        raise ValueError(typed)
    return dt.date.fromisoformat(typed) if typed else None
