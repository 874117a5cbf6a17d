"""What stands around the register's presenters: the room that they show it in, and the world."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from monitor.entries import Inventory
from monitor.people import Account, Author
from monitor.register import Asked, RegisterView
from monitor.stock_keeping import Proof
from monitor.stock_reading import NewCount, NewMove
from ui.presenters.form import FormView
from ui.presenters.gate import Run
from ui.presenters.register_faces import RegisterFace


class RegisterRoomView(Protocol):
    """What the presenter asks of the room."""

    @property
    def form(self) -> FormView:
        """Return the form that stands in the place of the stock."""
        ...

    def show_reading(self) -> None:
        """Say that the register is being read for the first time."""
        ...

    def show_register(self, face: RegisterFace) -> None:
        """Show the register."""
        ...

    def show_days_problem(self, said: str) -> None:
        """Say what is wrong with the days that were typed; empty says nothing."""
        ...

    def open_form(self) -> None:
        """Make room for the form."""
        ...

    def close_form(self) -> None:
        """Take the form away, and what was typed with it."""
        ...

    def show_busy(self, said: str) -> None:
        """Say on the form's button what is being done; empty ends it."""
        ...

    def show_done(self, said: str, *, well: bool = True) -> None:
        """Say what was done, or that it could not be; empty takes it away."""
        ...

    def ask_where(self, name: str) -> None:
        """Ask where the file shall go, under this name."""
        ...

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Ask which printer shall print; call *printed* with its name once it has."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDoors:
    """What the room needs of the world; who it is that writes is asked at the press.

    Attributes:
        today: The day it is in the clinic's time.
        show: Returns the register, or a part of it.
        csv, pdf: Return it as a file's content.
        note_export: Notes that a file left the program, by its form, its content and where to.
        write: Writes a file whole or not at all.
        run: Does what may ask for a password.
        read: Reads the register, of which there may be years.
        draw: Makes files of it, which takes as long again; no reading waits behind it.
    """

    author: Callable[[], Author]
    today: Callable[[], dt.date]
    accounts: Callable[[], Sequence[Account]]
    show: Callable[[Asked], RegisterView]
    receive: Callable[[Author, NewMove], object]
    give_back: Callable[[Author, NewMove], object]
    lose: Callable[[Author, NewMove], object]
    destroy: Callable[[Author, NewMove, Proof], object]
    count: Callable[[Author, Inventory, Sequence[NewCount], str, Proof | None], object]
    csv: Callable[[RegisterView], bytes]
    pdf: Callable[[RegisterView], bytes]
    note_export: Callable[[Author, str, bytes, str], None]
    write: Callable[[Path, bytes], None]
    run: Run
    read: Run
    draw: Run
