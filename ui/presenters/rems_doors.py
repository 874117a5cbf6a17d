"""What stands around the presenters of the REMS forms: their room, and the world."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from monitor.people import Author
from monitor.rems_changes import AnswersAhead
from monitor.rems_filing import Filing
from monitor.rems_form import RemsForm
from monitor.rems_looking import FormInForce, RemsDue
from monitor.rems_worksheet import Worksheet
from ui.presenters.form import FormView
from ui.presenters.gate import Run
from ui.presenters.rems_changes import ApprovalFace
from ui.presenters.rems_faces import DueFace, SheetFace, VersionsFace


class VersionsView(Protocol):
    """What the presenter asks of the page of the form's versions."""

    def show_versions(self, face: VersionsFace, text: str) -> None:
        """Show the versions of the form, and the text of one."""
        ...

    def show_choice(self, face: VersionsFace) -> None:
        """Show the versions anew; the text and the focus stay."""
        ...

    def put_text(self, text: str) -> None:
        """Let the text be this one; undoing brings back what was there."""
        ...

    def show_check(self, said: str, *, well: bool, line: int = 0) -> None:
        """Say whether the text of a version holds, and mark the line that is at fault."""
        ...

    def go_to_line(self, line: int) -> None:
        """Put the cursor into that line."""
        ...

    @property
    def approval(self) -> FormView:
        """Return the form that asks for the approver's password."""
        ...

    def show_approval(self, face: ApprovalFace | None) -> None:
        """Show what a version changes, with room for the form; None goes back to its text."""
        ...


class RemsRoomView(Protocol):
    """What the presenter asks of the room."""

    @property
    def form(self) -> FormView:
        """Return the form of the filing."""
        ...

    def show_list(self, rows: tuple[DueFace, ...], nothing: str) -> None:
        """Show what is due, or what is said where nothing is."""
        ...

    def show_sheet(self, face: SheetFace | None) -> None:
        """Show a worksheet; None shows none."""
        ...

    @property
    def version_page(self) -> VersionsView:
        """Return where the versions of the form are shown."""
        ...

    def open_versions(self) -> None:
        """Make room for the versions of the form."""
        ...

    def close_versions(self) -> None:
        """Take the versions away."""
        ...

    def show_may_set(self, *, may: bool) -> None:
        """Show whether who is here may say which version holds."""
        ...

    def open_form(self) -> None:
        """Make room for the form."""
        ...

    def close_form(self) -> None:
        """Take the form away, and what was typed with it."""
        ...

    def show_field_problem(self, field: str, said: str) -> None:
        """Say at a field why its answer was refused; empty takes it away."""
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
class RemsDoors:
    """What the room needs of the world.

    Attributes:
        worklist, sheet: Read what is due, and one worksheet.
        forms, in_force: Every version of the form, and the one that holds.
        check: Reads the text of a version.
        answer, file: Write an answer, a filing.
        foresee: Returns what becomes of answers once a version holds.
        approve: Approves a version: user, password, its text, the hash of the one that it was
            held against; slow.
        draw: Returns a worksheet as PDF.
        note_export, note_print: With (author, session, content, where to).
        write: Writes a file whole or not at all.
        load: Returns what is in a file.
        looked: Notes that a person looked at a session's worksheet.
        told: Is told what is due, each time that was read.
        read: Reads and writes beside the window, one after the other.
    """

    author: Callable[[], Author]
    today: Callable[[], dt.date]
    worklist: Callable[[], tuple[RemsDue, ...]]
    sheet: Callable[[str], Worksheet]
    forms: Callable[[], tuple[FormInForce, ...]]
    in_force: Callable[[], FormInForce]
    check: Callable[[str], RemsForm]
    answer: Callable[[Author, str, str, str], None]
    file: Callable[[Author, str, Filing], None]
    foresee: Callable[[RemsForm], AnswersAhead]
    approve: Callable[[str, str, str, str], RemsForm]
    draw: Callable[[Worksheet], bytes]
    note_export: Callable[[Author, str, bytes, str], None]
    note_print: Callable[[Author, str, bytes, str], None]
    write: Callable[[Path, bytes], None]
    load: Callable[[Path], bytes]
    looked: Callable[[Author, str], object]
    told: Callable[[tuple[RemsDue, ...]], None]
    read: Run
