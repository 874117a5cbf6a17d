"""The room of the controlled-drug register, wired to the record."""

from __future__ import annotations

from collections.abc import Callable

from monitor.clinic import Lists
from monitor.people import Author
from monitor.stock_keeping import (
    CountStock,
    DestroyStock,
    LoseStock,
    NoteExport,
    ReceiveStock,
    ReturnStock,
    ShowRegister,
)
from ui.files import write_whole
from ui.presenters.register import RegisterDoors, RegisterPresenter
from ui.record import Record
from ui.screens.register import room as register_room
from ui.tasks import Tasks
from ui.window import Window

PLACE = "Register"
"""The room's name on the rail."""


class Cupboard:
    """Makes the room and keeps it true."""

    def __init__(
        self, window: Window, record: Record, author: Callable[[], Author], tasks: Tasks
    ) -> None:
        self._window = window
        self.room = register_room.RegisterRoom()
        self.presenter = RegisterPresenter(self.room, _doors(record, author, tasks))
        self.room.wire(self.presenter)
        window.add_room(self.room, register_room.HINTS)

    def go(self) -> None:
        """Go into the room."""
        self.presenter.refresh()
        self._window.show_room(self.room, PLACE)

    def refresh(self) -> None:
        """Something was written: look again while the room is seen."""
        if self._window.room is self.room:
            self.presenter.refresh()

    def close(self) -> None:
        """Forget the room: somebody else may look at the window now."""
        self._window.drop_room(self.room)


def _doors(record: Record, author: Callable[[], Author], tasks: Tasks) -> RegisterDoors:
    world = record.world
    return RegisterDoors(
        author=author,
        accounts=Lists(world).accounts,
        show=ShowRegister(world),
        receive=lambda typed: ReceiveStock(world)(author(), typed),
        give_back=lambda typed: ReturnStock(world)(author(), typed),
        lose=lambda typed: LoseStock(world)(author(), typed),
        destroy=lambda typed, witness: DestroyStock(world)(author(), typed, witness),
        count=lambda kind, lines, reason, witness: CountStock(world)(
            author(), kind, lines, reason=reason, witness=witness
        ),
        csv=record.register_csv,
        pdf=record.register_pdf,
        note_export=lambda form, content: NoteExport(world)(author(), form, content),
        write=write_whole,
        run=tasks.run,
    )
