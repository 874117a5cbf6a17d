"""A clinic with one treatment whose form is due, and the room of the forms as a fake."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from monitor.acts import GiveDevice
from monitor.errors import Code, RefusedError
from monitor.people import Author
from monitor.rems_changes import ForeseeForm
from monitor.rems_filing import AnswerRems, FileRems, NoteRemsExport, SetRemsForm
from monitor.rems_form import RemsForm, parse_form
from monitor.rems_looking import RemsDue, ShowRems
from monitor.rems_worksheet import Worksheet
from tests.fakes.views_gate import at_once
from tests.fakes.visit import LOT, Visit
from ui.presenters.form import FormFace, FormField, Option
from ui.presenters.rems_changes import ApprovalFace
from ui.presenters.rems_doors import RemsDoors
from ui.presenters.rems_faces import DueFace, FieldFace, SheetFace, VersionsFace

PASSWORD = "a password of whoever is here"  # noqa: S105 - nobody's

LINES = (
    ("10:50", "150/90 80 97 14 s4 d5"),
    ("11:10", "141/88 79 97 15 s5 d2"),
    ("11:40", "133/82 74 98 16 s5 d0"),
    ("12:11", "125/78 71 98 16 s5 d0"),
)


def treated() -> Visit:
    """Return a closed visit with 84 mg at 10:00, 10:05 and 10:10; it is 12:20."""
    visit = Visit("esketamine").started("10:00")
    for at in ("10:05", "10:10"):
        visit.at(at).do(GiveDevice(lot=LOT, expiry="2027-08"))
    for at, line in LINES:
        visit.at(at).line(line)
    return visit.at("12:12").ready("Jan Nowak").left().at("12:20")


class PlainForm:
    """A form that remembers what it was told."""

    def __init__(self) -> None:
        self.fields: tuple[FormField, ...] = ()
        self.held: dict[str, str] = {}
        self.notes: dict[str, str] = {}
        self.problem = ("", "")

    def show_form(self, face: FormFace) -> None:
        self.fields, self.held, self.problem = face.fields, {}, ("", "")

    def enter_form(self) -> None:
        pass

    def show_options(self, key: str, options: tuple[Option, ...], chosen: str) -> None:
        pass

    def show_note(self, key: str, words: str) -> None:
        self.notes[key] = words

    def show_unit(self, key: str, unit: str) -> None:
        pass

    def show_field(self, key: str, *, shown: bool) -> None:
        if not shown:
            self.notes.pop(key, None)

    def put(self, key: str, words: str) -> None:
        self.held[key] = words

    def show_problem(self, key: str, said: str) -> None:
        self.problem = (key, said)


class PlainRemsRoom:
    """The room as a fake: it keeps what was shown last."""

    def __init__(self) -> None:
        self.form = PlainForm()
        self.rows: tuple[DueFace, ...] = ()
        self.nothing = self.done = self.asked = self.check = self.text = ""
        self.well = self.is_open = self.may_set = False
        self.sheet: SheetFace | None = None
        self.versions: VersionsFace | None = None
        self.approval = PlainForm()
        self.change: ApprovalFace | None = None
        self.line = self.cursor = 0
        self.problems: dict[str, str] = {}
        self.printed = b""

    def field(self, name: str) -> FieldFace:
        """Return a field as it is shown."""
        assert self.sheet is not None
        return next(each for each in self.sheet.fields if each.id == name)

    def show_list(self, rows: tuple[DueFace, ...], nothing: str) -> None:
        self.rows, self.nothing = rows, nothing

    def show_sheet(self, face: SheetFace | None) -> None:
        self.sheet = face

    def show_versions(self, face: VersionsFace, text: str) -> None:
        self.versions, self.text = face, text

    def show_choice(self, face: VersionsFace) -> None:
        self.versions = face

    def put_text(self, text: str) -> None:
        self.text = text

    def show_check(self, said: str, *, well: bool, line: int = 0) -> None:
        self.check, self.well, self.line = said, well, line

    def go_to_line(self, line: int) -> None:
        self.cursor = line

    def show_approval(self, face: ApprovalFace | None) -> None:
        self.change = face

    @property
    def version_page(self) -> PlainRemsRoom:
        return self

    def open_versions(self) -> None:
        pass

    def close_versions(self) -> None:
        self.versions = self.change = None

    def show_may_set(self, *, may: bool) -> None:
        self.may_set = may

    def open_form(self) -> None:
        self.is_open = True

    def close_form(self) -> None:
        self.is_open = False

    def show_field_problem(self, field: str, said: str) -> None:
        self.problems[field] = said

    def show_done(self, said: str, *, well: bool = True) -> None:
        self.done, self.well = said, well

    def ask_where(self, name: str) -> None:
        self.asked = name

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        self.printed = pdf
        printed("Front desk")


class Office:
    """A visit whose form is due, and what the room's presenter asks of the world."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.who: Author = visit.nurse
        self.told: tuple[RemsDue, ...] = ()
        self.looks: list[str] = []
        self.files: dict[Path, bytes] = {}
        self.full = False

    def doors(self) -> RemsDoors:
        """Return them; what is to run beside the window runs at once."""
        world = self.visit.world
        show = ShowRems(world)
        return RemsDoors(
            author=lambda: self.who,
            today=lambda: world.clock.now().astimezone(world.zone).date(),
            worklist=show.worklist,
            sheet=show.sheet,
            forms=show.forms,
            in_force=show.in_force,
            check=parse_form,
            answer=AnswerRems(world),
            file=FileRems(world),
            foresee=ForeseeForm(world),
            approve=self._approve,
            draw=_draw,
            note_export=NoteRemsExport(world),
            note_print=NoteRemsExport(world, "rems print"),
            write=self._write,
            load=lambda path: path.read_bytes(),
            looked=lambda _, session: self.looks.append(session),
            told=self._tell,
            read=at_once,
        )

    def _approve(self, user: str, password: str, content: str, instead_of: str) -> RemsForm:
        assert user == self.who.user
        if password != PASSWORD:
            raise RefusedError(Code.WRONG_PASSWORD)
        return SetRemsForm(self.visit.world)(self.who, content, instead_of)

    def _tell(self, dues: tuple[RemsDue, ...]) -> None:
        self.told = dues

    def _write(self, path: Path, content: bytes) -> None:
        if self.full:
            raise OSError(28, "No space left on device")
        self.files[path] = content


def _draw(sheet: Worksheet) -> bytes:
    return f"worksheet of {sheet.seen.code}".encode()
