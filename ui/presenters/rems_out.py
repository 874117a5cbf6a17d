"""The REMS worksheet out of the program: as a file, and on paper; each time an entry."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from monitor.errors import Code, InputError, MonitorError
from monitor.rems_worksheet import Worksheet
from ui.presenters.printing import Printing
from ui.presenters.rems_doors import RemsDoors, RemsRoomView
from ui.wording import sentence


class SheetOut:
    """Hands the worksheet out.

    Args:
        view: The room.
        doors: The world.
        sheet: Returns the worksheet that is shown; None where there is none, or no room.
    """

    def __init__(
        self, view: RemsRoomView, doors: RemsDoors, sheet: Callable[[], Worksheet | None]
    ) -> None:
        self._view, self._doors, self._sheet = view, doors, sheet

    def export(self) -> None:
        """Ask where the worksheet shall go; no name of a person is in the file's."""
        sheet = self._sheet()
        if sheet is not None:
            self._view.ask_where(f"rems-{sheet.seen.code}.pdf")

    def export_to(self, path: Path) -> None:
        """Write it there, and note that it left the program."""
        sheet, author = self._sheet(), self._doors.author()
        if sheet is None:
            return

        def work() -> None:
            content = self._doors.draw(sheet)
            try:
                self._doors.write(path, content)
            except OSError as error:
                raise InputError(Code.STORAGE, "file", cause=error.strerror) from error
            self._doors.note_export(author, sheet.seen.session_id, content, str(path))

        self._doors.read(work, lambda done: self._left(done, f"Written: {path.name}"))

    def print_it(self) -> None:
        """Draw the worksheet and hand it to a printer."""
        sheet, author = self._sheet(), self._doors.author()
        if sheet is None:
            return
        session_id = sheet.seen.session_id
        paper = Printing(self, self._doors.read, self._say, partial(self._say, well=False))
        paper.start(
            lambda: self._doors.draw(sheet),
            lambda content, printer: self._doors.note_print(author, session_id, content, printer),
        )

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Have the worksheet that was drawn printed, unless the room is gone."""
        if self._sheet() is not None:
            self._view.print_sheet(pdf, printed)

    def _say(self, said: str, *, well: bool = True) -> None:
        if self._sheet() is not None:
            self._view.show_done(said, well=well)

    def _left(self, future: Future[None], said: str) -> None:
        if self._sheet() is None:
            return
        try:
            future.result()
        except InputError:
            words = "The file could not be written there; choose another folder."
            self._view.show_done(words, well=False)
        except MonitorError as error:
            self._view.show_done(f"{said}, but it was not noted. {sentence(error)}", well=False)
        else:
            self._view.show_done(said)
