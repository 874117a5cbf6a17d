"""The room of the register without a window, over a clinic in memory."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from monitor.clinic import ApproveProtocol, Lists
from monitor.errors import Code, StorageError
from monitor.people import Author, Role
from monitor.protocols import shipped
from monitor.register import Asked, RegisterView
from monitor.stock_keeping import (
    CountStock,
    DestroyStock,
    LoseStock,
    NoteExport,
    ReceiveStock,
    ReturnStock,
    ShowRegister,
)
from tests.fakes.views_gate import at_once
from tests.fakes.views_settings import FakeForm
from tests.fakes.visit import Visit
from ui.presenters.register import RegisterPresenter
from ui.presenters.register_doors import RegisterDoors
from ui.presenters.register_faces import RegisterFace

T = TypeVar("T")
VIAL, DEVICE = "ketamine-50-10", "esketamine-28"
AUDITOR = Author("au", Role.AUDITOR, "Uwe Auer")


class FakeRegisterView:
    """Implements `RegisterRoomView`; remembers what it shows."""

    def __init__(self) -> None:
        self.form = FakeForm()
        self.face: RegisterFace | None = None
        self.days_problem = self.busy = self.done = self.where = ""
        self.open = False
        self.went_well = True
        self.readings, self.paper = 0, b""

    def show_reading(self) -> None:
        self.readings += 1

    def show_register(self, face: RegisterFace) -> None:
        self.face = face

    def show_days_problem(self, said: str) -> None:
        self.days_problem = said

    def open_form(self) -> None:
        self.open = True

    def close_form(self) -> None:
        self.open = False

    def show_busy(self, said: str) -> None:
        self.busy = said

    def show_done(self, said: str, *, well: bool = True) -> None:
        self.done, self.went_well = said, well

    def ask_where(self, name: str) -> None:
        self.where = name

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        self.paper = pdf
        printed("Front desk")


class Storeroom:
    """A nurse at the cupboard of a clinic that has approved ketamine and esketamine."""

    def __init__(self) -> None:
        self.visit = Visit()
        esketamine = next(each for each in shipped() if each.id == "esketamine")
        ApproveProtocol(self.visit.world)(self.visit.prescriber, esketamine)
        self.author = self.visit.nurse
        self.files: dict[Path, bytes] = {}
        self.asked_for: list[RegisterView] = []
        self.full = self.no_notes = self.unreadable = False
        self.readings = 0
        self.held: list[Callable[[], None]] | None = None
        self.view = FakeRegisterView()
        self.presenter = RegisterPresenter(self.view, self.doors())
        self.listening = [self.presenter]
        self.presenter.refresh()

    def doors(self) -> RegisterDoors:
        """Return the doors onto the clinic; slow work is done at once."""
        world = self.visit.world
        return RegisterDoors(
            author=lambda: self.author,
            accounts=Lists(world).accounts,
            today=lambda: world.clock.now().astimezone(world.zone).date(),
            show=self._show,
            receive=ReceiveStock(world),
            give_back=ReturnStock(world),
            lose=LoseStock(world),
            destroy=DestroyStock(world),
            count=lambda who, kind, lines, reason, proof: CountStock(world)(
                who, kind, lines, reason=reason, witness=proof
            ),
            csv=lambda view: self._drawn(view, b"csv"),
            pdf=lambda view: self._drawn(view, b"pdf"),
            note_export=self._note,
            write=self._write,
            run=self._run,
            read=self._later,
            draw=self._later,
        )

    def _run(self, work: Callable[[], T], then: Callable[[Future[T]], None]) -> None:
        """Do it; what was written is heard of, as in the window."""
        self._later(work, then)
        for each in self.listening:
            each.refresh()

    def _later(self, work: Callable[[], T], then: Callable[[Future[T]], None]) -> None:
        """Do it at once, or when `let` is called where work is held back."""
        if self.held is None:
            at_once(work, then)
        else:
            self.held.append(lambda: at_once(work, then))

    def hold(self) -> None:
        """Hold back what is slow from now on."""
        self.held = []

    def let(self) -> None:
        """Do what was held back; what follows from it is held back again."""
        held, self.held = self.held or [], []
        for work in held:
            work()

    def _show(self, asked: Asked) -> RegisterView:
        self.readings += 1
        if self.unreadable:
            raise StorageError(Code.STORAGE)
        return ShowRegister(self.visit.world)(asked)

    def _note(self, author: Author, form: str, content: bytes, to: str) -> None:
        if self.no_notes:
            raise StorageError(Code.DISK_FULL)
        NoteExport(self.visit.world)(author, form, content, to)

    def do(self, kind: str, **values: str) -> tuple[str, str]:
        """Fill in a form and send it; return what refuses it, by its field."""
        writing = self.presenter.writing
        writing.begin(kind)
        for key, value in values.items():
            self.fill(key.replace("__", " "), value)
        writing.submit()
        return self.view.form.problem

    def fill(self, key: str, value: str) -> None:
        """Type into a field, or choose, as the field wants it."""
        face, writing = self.view.form.face, self.presenter.writing
        assert face is not None
        field = next(each for each in face.fields if each.key == key)
        (writing.chosen if field.options else writing.typed)(key, value)

    def receive(self, containers: str = "10", lot: str = "23KG104") -> None:
        """Put a delivery into the cupboard."""
        said = self.do(
            "receive", product=VIAL, lot=lot, expiry="2027-08", containers=containers,
            document="WZ 1",
        )  # fmt: skip
        assert said == ("", "")

    @property
    def face(self) -> RegisterFace:
        """Return what the room shows."""
        assert self.view.face is not None
        return self.view.face

    def _drawn(self, view: RegisterView, content: bytes) -> bytes:
        self.asked_for.append(view)
        return content

    def _write(self, path: Path, content: bytes) -> None:
        if self.full:
            raise OSError(28, "No space left on device")
        self.files[path] = content
