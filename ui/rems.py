"""The room of the REMS forms, wired to the record; on the rail only where a form can be due."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from monitor.clinic import CLINIC
from monitor.desk import proven
from monitor.entries import Addendum, CoSigned, Discharged, Entry, Signed
from monitor.errors import Code, InputError, MonitorError
from monitor.looks import NoteLook
from monitor.people import CLINICIANS, Author
from monitor.rems_changes import ForeseeForm
from monitor.rems_filing import AnswerRems, FileRems, NoteRemsExport, SetRemsForm
from monitor.rems_form import RemsForm, parse_form
from monitor.rems_looking import RemsDue, ShowRems
from ui.files import PRIVATE, write_whole
from ui.presenters.rems import RemsPresenter
from ui.presenters.rems_doors import RemsDoors
from ui.presenters.rems_faces import pressing
from ui.record import Record
from ui.screens.rems import room as rems_room
from ui.tasks import Tasks
from ui.window import Window

PLACE = "REMS"
"""The room's name on the rail."""

_LONGEST = 128 * 1024
"""Bytes of a form version that is brought; the shipped ones have some thousand."""

_TELLING = (Discharged, Signed, CoSigned, Addendum)


class RemsDesk(QObject):
    """Makes the room and keeps it true, and says on the rail how many forms press.

    Signals:
        offered: Whether a form can be due here, each time that was asked.
    """

    offered = Signal(bool)

    def __init__(
        self, window: Window, record: Record, author: Callable[[], Author], tasks: Tasks
    ) -> None:
        super().__init__(window)
        self._window, self._show = window, ShowRems(record.world)
        self._author = author
        self._read = tasks.beside("rems")
        self._closed = self._heard = False
        self.room = rems_room.RemsRoom()
        doors = _doors(record, author, self._read, self._tell)
        self.presenter = RemsPresenter(self.room, doors)
        self.room.wire(self.presenter)
        self.room.taught.connect(self._teach)
        window.add_room(self.room, rems_room.HINTS)
        self.refresh()

    def go(self, session_id: str = "") -> None:
        """Go into the room, at one treatment's worksheet or where one was."""
        self._teach()
        self._window.show_room(self.room, PLACE)
        if session_id:
            self.presenter.choose(session_id)
        else:
            self.presenter.refresh()

    def go_to_form(self) -> None:
        """Go into the room, at the version of the form that holds."""
        self.go()
        self.presenter.versions.begin()

    def refresh(self) -> None:
        """Something was written: look again whether the room is there, and what is due."""
        self._heard = False
        if self._closed:
            return
        self._read.run(self._show.concerns, self._was_asked)

    def hear(self, entry: Entry) -> None:
        """Look again, once for all that is written in one go, if an entry can matter here."""
        if concerns(entry) and not self._heard:
            self._heard = True
            QTimer.singleShot(0, self, self.refresh)

    def be_still(self) -> None:
        """Show nothing any more; what is being written goes on."""
        self._closed = True
        self.presenter.close()

    def close(self) -> None:
        """Forget the room: somebody else may look at the window now."""
        self.be_still()
        self._window.rail.set_shown(PLACE, shown=False)
        self._window.drop_room(self.room)
        self.deleteLater()

    def _was_asked(self, future: Future[bool]) -> None:
        if self._closed:
            return
        try:
            concerned = future.result()
        except MonitorError:
            return  # the shield says so
        self._window.rail.set_shown(PLACE, shown=concerned)
        self.offered.emit(concerned)
        if self._window.room is self.room:
            self.presenter.refresh()
        elif concerned:
            self.presenter.count()

    def _teach(self) -> None:
        """Let the foot name the keys of what the room shows."""
        if not self._closed:
            writes = self._author().role in CLINICIANS
            self._window.teach(self.room, self.room.hints(writes=writes))

    def _tell(self, dues: tuple[RemsDue, ...]) -> None:
        count = pressing(dues)
        forms = "form is" if count == 1 else "forms are"
        words = f"{count} {forms} due within two days, or overdue" if count else ""
        self._window.rail.places[PLACE].set_count(count, words)


def concerns(entry: Entry) -> bool:
    """Tell whether an entry can change what is due, or what a worksheet of a closed one says."""
    kind = entry.stream.partition("/")[0]
    return kind in ("rems", CLINIC) or bool(entry.amends) or isinstance(entry.what, _TELLING)


def _doors(
    record: Record,
    author: Callable[[], Author],
    tasks: Tasks,
    told: Callable[[tuple[RemsDue, ...]], None],
) -> RemsDoors:
    world = record.world
    show, looked = ShowRems(world), NoteLook(world)

    def approve(user: str, password: str, content: str, instead_of: str) -> RemsForm:
        return SetRemsForm(world)(proven(world, user, password).author, content, instead_of)

    return RemsDoors(
        author=author,
        today=lambda: world.clock.now().astimezone(world.zone).date(),
        worklist=show.worklist,
        sheet=show.sheet,
        forms=show.forms,
        in_force=show.in_force,
        check=parse_form,
        answer=AnswerRems(world),
        file=FileRems(world),
        foresee=ForeseeForm(world),
        approve=approve,
        draw=record.papers.rems_pdf,
        note_export=NoteRemsExport(world),
        note_print=NoteRemsExport(world, "rems print"),
        write=lambda path, content: write_whole(path, content, PRIVATE),
        load=_load,
        looked=lambda who, session: looked(who, "rems form", session=session),
        told=told,
        read=tasks.run,
    )


def _load(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(_LONGEST + 1)
    if len(content) > _LONGEST:
        raise InputError(Code.TOO_MUCH, "rems form")
    return content
