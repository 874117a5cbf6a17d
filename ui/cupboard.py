"""The room of the controlled-drug register, wired to the record."""

from __future__ import annotations

from collections.abc import Callable

from monitor.clinic import CLINIC, Lists
from monitor.entries import Entry
from monitor.people import Author
from monitor.stock_keeping import (
    KEEPERS,
    REGISTER,
    CountStock,
    DestroyStock,
    LoseStock,
    NoteExport,
    ReceiveStock,
    ReturnStock,
    ShowRegister,
)
from monitor.stock_lines import SAYING
from ui.files import PRIVATE, write_whole
from ui.looks import Looks
from ui.presenters.register import RegisterPresenter
from ui.presenters.register_doors import RegisterDoors
from ui.record import Record
from ui.screens.register import room as register_room
from ui.tasks import Tasks
from ui.window import Window

PLACE = "Register"
"""The room's name on the rail."""

_TELLING = (REGISTER, CLINIC, "patient")


class Cupboard:
    """Makes the room and keeps it true."""

    def __init__(
        self, window: Window, record: Record, author: Callable[[], Author], tasks: Tasks
    ) -> None:
        self._window, self._author = window, author
        self._looks = Looks(record.world, author, tasks)
        self.room = register_room.RegisterRoom()
        self.presenter = RegisterPresenter(self.room, _doors(record, author, tasks))
        self.room.wire(self.presenter)
        window.add_room(self.room, register_room.HINTS)

    def go(self) -> None:
        """Go into the room."""
        self.presenter.look()
        self._looks.register()
        writes = self._author().role in KEEPERS
        hints = register_room.HINTS if writes else register_room.READERS_HINTS
        self._window.teach(self.room, hints)
        self._window.show_room(self.room, PLACE)

    def refresh(self) -> None:
        """Something was written: look again, now or when the room is seen."""
        self.presenter.outdate()
        if self._window.room is self.room:
            self.presenter.refresh()

    def be_still(self) -> None:
        """Show nothing any more; what is being written goes on."""
        self.presenter.close()

    def close(self) -> None:
        """Forget the room: somebody else may look at the window now."""
        self.be_still()
        self._window.drop_room(self.room)


def concerns(entry: Entry) -> bool:
    """Tell whether an entry can change what the register says.

    Of a session that is what takes something out; beside sessions a patient's name, an
    approval and the register's own entries.
    """
    kind = entry.stream.partition("/")[0]
    return kind in _TELLING or (kind == "session" and type(entry.what) in SAYING)


def _doors(record: Record, author: Callable[[], Author], tasks: Tasks) -> RegisterDoors:
    world = record.world
    return RegisterDoors(
        author=author,
        today=lambda: world.clock.now().astimezone(world.zone).date(),
        accounts=Lists(world).accounts,
        show=ShowRegister(world),
        receive=ReceiveStock(world),
        give_back=ReturnStock(world),
        lose=LoseStock(world),
        destroy=DestroyStock(world),
        count=lambda who, kind, lines, reason, witness: CountStock(world)(
            who, kind, lines, reason=reason, witness=witness
        ),
        csv=record.papers.register_csv,
        pdf=record.papers.register_pdf,
        note_export=NoteExport(world),
        write=lambda path, content: write_whole(path, content, PRIVATE),
        run=tasks.run,
        read=tasks.beside("register").run,
        draw=tasks.beside("register's files").run,
    )
