"""The room of the controlled-drug register: look through it, write in it, hand it out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from monitor.entries import Inventory
from monitor.errors import Code, InputError, MonitorError
from monitor.people import Account, Author
from monitor.register import Asked, RegisterView
from monitor.stock_keeping import KEEPERS, Proof
from monitor.stock_reading import NewCount, NewMove
from ui.presenters import register_forms as forms
from ui.presenters.form import FormField, FormView
from ui.presenters.gate import Run
from ui.presenters.register_faces import RegisterFace, mg, pieces_words, register_face
from ui.wording import sentence

BUSY = "One moment …"
_UNREADABLE_DAY = "Write a day as 2026-03-02, or leave it empty."
_TURNED_DAYS = "The first day is after the last one."
_DONE = {
    forms.RECEIVE: "Received",
    forms.RETURN: "Returned",
    forms.DESTROY: "Destroyed",
    forms.LOSE: "Lost",
}


class RegisterRoomView(Protocol):
    """What the presenter asks of the room."""

    @property
    def form(self) -> FormView:
        """Return the form that stands in the place of the stock."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDoors:
    """What the room needs of the world; whatever asks for a password is slow.

    Attributes:
        show: Returns the register, or a part of it.
        csv, pdf: Return it as a file's content.
        note_export: Notes that a file left the program, by its form and content.
        write: Writes a file whole or not at all.
    """

    author: Callable[[], Author]
    accounts: Callable[[], Sequence[Account]]
    show: Callable[[Asked], RegisterView]
    receive: Callable[[NewMove], object]
    give_back: Callable[[NewMove], object]
    lose: Callable[[NewMove], object]
    destroy: Callable[[NewMove, Proof], object]
    count: Callable[[Inventory, Sequence[NewCount], str, Proof | None], object]
    csv: Callable[[RegisterView], bytes]
    pdf: Callable[[RegisterView], bytes]
    note_export: Callable[[str, bytes], None]
    write: Callable[[Path, bytes], None]
    run: Run


class RegisterPresenter:
    """Shows the part of the register that is asked for, and hands it out as a file."""

    def __init__(self, view: RegisterRoomView, doors: RegisterDoors) -> None:
        self._view, self._doors = view, doors
        self._asked, self._form = Asked(), ""
        self._busy = False
        self.writing = CupboardForm(view, doors, self.refresh)

    def refresh(self) -> None:
        """Look again; what is being typed stays."""
        whole = self._doors.show(Asked())
        view = whole if self._asked == Asked() else self._doors.show(self._asked)
        author = self._doors.author()
        if author.role not in KEEPERS:
            self.writing.give_up()
        self._view.show_register(register_face(view, whole, author))

    def choose_product(self, product: str) -> None:
        """Show one product only; empty is all."""
        self._asked = replace(self._asked, product=product)
        self.refresh()

    def choose_days(self, first: str, last: str) -> None:
        """Show these days only; an empty one is no bound."""
        try:
            days = tuple(dt.date.fromisoformat(d) if d else None for d in map(_line, (first, last)))
        except ValueError:
            self._view.show_days_problem(_UNREADABLE_DAY)
            return
        if days[0] and days[1] and days[0] > days[1]:
            self._view.show_days_problem(_TURNED_DAYS)
            return
        self._view.show_days_problem("")
        self._asked = replace(self._asked, first=days[0], last=days[1])
        self.refresh()

    # --- files --------------------------------------------------------------------------------

    def export(self, form: str) -> None:
        """Ask where the register as it is shown shall go; no name in it is anybody's.

        Args:
            form: "pdf" or "csv".
        """
        if not self._busy:
            self._form = form
            today = self._doors.show(self._asked).today
            self._view.ask_where(f"register-{today.isoformat()}.{form}")

    def export_to(self, path: Path) -> None:
        """Write it there."""
        if self._busy:
            return
        form, asked = self._form, self._asked
        self._busy = True
        self._view.show_done("")
        self._doors.run(
            lambda: self._write(form, asked, path), lambda done: self._written(path, done)
        )

    def _write(self, form: str, asked: Asked, path: Path) -> None:
        view = self._doors.show(asked)
        content = self._doors.csv(view) if form == "csv" else self._doors.pdf(view)
        self._doors.note_export(form, content)
        try:
            self._doors.write(path, content)
        except OSError as error:
            raise InputError(Code.STORAGE, "file", cause=error.strerror) from error

    def _written(self, path: Path, future: Future[None]) -> None:
        self._busy = False
        try:
            future.result()
        except InputError:
            said = "The file could not be written there; choose another folder."
            self._view.show_done(said, well=False)
        except MonitorError as error:
            self._view.show_done(sentence(error), well=False)
        else:
            self._view.show_done(f"Written: {path.name}")


def _line(typed: str) -> str:
    """Return a day as typed; other digits than ASCII's are no day."""
    typed = typed.strip()
    return typed if typed.isascii() else "?"


class CupboardForm:
    """Asks what came, went or was counted, and has it written."""

    def __init__(
        self, view: RegisterRoomView, doors: RegisterDoors, written: Callable[[], None]
    ) -> None:
        self._view, self._doors, self._written = view, doors, written
        self._values: dict[str, str] = {}
        self._fields: dict[str, FormField] = {}
        self._kind, self._more = "", 0
        self._busy = False
        self._register: RegisterView | None = None

    @property
    def kind(self) -> str:
        """Return what is being asked; empty for nothing."""
        return self._kind

    def begin(self, kind: str) -> None:
        """Show the empty form of what is to be done.

        Args:
            kind: `RECEIVE`, `COUNT`, `RETURN`, `DESTROY` or `LOSE` of `register_forms`.
        """
        if self._busy or self._doors.author().role not in KEEPERS:
            return
        self._register = self._doors.show(Asked())
        self._kind, self._values = kind, {}
        self._more = 0 if self._register.in_stock else 1
        self._view.show_done("")
        self._view.open_form()
        self._show()
        self._view.form.enter_form()

    def give_up(self) -> None:
        """Take the form away; nothing was written."""
        if self._kind and not self._busy:
            self.forget_password()
            self._kind, self._values, self._register = "", {}, None
            self._view.close_form()

    def forget_password(self) -> None:
        """Empty the password: it does not wait for whoever comes next."""
        if self._values.pop("password", "") and not self._busy:
            self._view.form.put("password", "")

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now, and say what it comes to."""
        self._values[key] = words
        self._read_back()

    def chosen(self, key: str, value: str) -> None:
        """Take what was chosen."""
        self._values[key] = value
        self._show_choice(key)
        self._read_back()

    def other(self, value: str) -> None:
        """Make room for one more lot; what was typed stays."""
        if value == forms.MORE and self._kind == forms.COUNT and not self._busy:
            self._more += 1
            self._show()
            self._view.form.enter_form()

    def submit(self) -> None:
        """Have it written; what is wrong is said at its field."""
        view = self._register
        if not self._kind or self._busy or view is None:
            return
        try:
            work, said = self._work(view)
        except forms.AtLineError as refused:
            self._view.form.show_problem(refused.key, sentence(refused.error))
            return
        except MonitorError as error:
            self._refuse(error)
            return
        self._busy = True
        self._view.form.show_problem("", "")
        self._view.show_busy(BUSY)
        self._doors.run(work, lambda done: self._finish(done, said))

    # --- what is written ----------------------------------------------------------------------

    def _work(self, view: RegisterView) -> tuple[Callable[[], object], str]:
        proof = forms.proof_of(self._values)
        if proof is not None and not proof.password:
            raise InputError(Code.EMPTY, "password")
        if self._kind == forms.COUNT:
            return self._counting(view, proof)
        typed = forms.moved(self._kind, view, self._values)
        if not typed.lot and self._kind != forms.RECEIVE:
            raise InputError(Code.EMPTY, "lot")
        said = f"{_DONE[self._kind]}: lot {typed.lot.strip()} {forms.worth(view, typed)}".strip()
        if self._kind == forms.DESTROY:
            if proof is None:
                raise InputError(Code.EMPTY, "witness")
            return lambda: self._doors.destroy(typed, proof), said
        acts = {
            forms.RECEIVE: self._doors.receive,
            forms.RETURN: self._doors.give_back,
            forms.LOSE: self._doors.lose,
        }
        act = acts[self._kind]
        return lambda: act(typed), said

    def _counting(
        self, view: RegisterView, proof: Proof | None
    ) -> tuple[Callable[[], object], str]:
        kind = self._values.get("inventory", "")
        if not kind:
            raise InputError(Code.EMPTY, "inventory")
        lines = forms.read_count(view, self._more, self._values)
        reason = self._values.get("reason", "")
        lots = "1 lot" if len(lines) == 1 else f"{len(lines)} lots"
        return (
            lambda: self._doors.count(Inventory(kind), lines, reason, proof),
            f"Counted: {lots}.",
        )

    def _finish(self, future: Future[object], said: str) -> None:
        self._busy = False
        self._view.show_busy("")
        try:
            future.result()
        except MonitorError as error:
            self._refuse(error)
            return
        self.give_up()
        self._view.show_done(said)
        self._written()

    def _refuse(self, error: MonitorError) -> None:
        field = str(error.facts.get("field", ""))
        if error.code is Code.WRONG_PASSWORD:
            field = "password"
        elif error.code in (Code.SAME_PERSON, Code.NOT_ALLOWED):
            field = "witness"
        elif self._kind not in (forms.RECEIVE, forms.COUNT) and field == "product":
            field = "lot"
        self._view.form.show_problem(field, sentence(error))

    # --- what is shown ------------------------------------------------------------------------

    def _show(self) -> None:
        """Show the form with what was typed so far."""
        view = self._register
        if view is None:
            return
        people = forms.people_of(self._doors.accounts(), self._doors.author())
        if self._kind == forms.COUNT:
            face = forms.count_face(view, self._more, people)
        else:
            face = forms.move_face(self._kind, view, people)
        self._view.form.show_form(face)
        self._fields = {each.key: each for each in face.fields}
        for key, value in self._values.items():
            if key not in self._fields:
                continue
            if self._fields[key].options:
                self._show_choice(key)
            else:
                self._view.form.put(key, value)
        self._show_password()
        self._read_back()

    def _show_choice(self, key: str) -> None:
        self._view.form.show_options(key, self._fields[key].options, self._values.get(key, ""))
        self._show_password()

    def _show_password(self) -> None:
        """Ask for a password only where somebody is named whose it is."""
        if "password" in self._fields:
            named = forms.proof_of(self._values) is not None
            self._view.form.show_field("password", shown=named)

    def _read_back(self) -> None:
        view = self._register
        if view is None:
            return
        if self._kind != forms.COUNT:
            said = forms.worth(view, forms.moved(self._kind, view, self._values))
            self._view.form.show_note("containers", said)
            lot = forms.chosen_lot(view, self._values.get("lot", ""))
            if lot is not None and self._kind != forms.RECEIVE:
                there = pieces_words(lot) or f"{mg(lot.stock_mg or Decimal(0))} mg"
                self._view.form.show_note("lot", f"In stock: {there}.")
            return
        for line in forms.founds(view, self._more):
            if line.lot:
                self._view.form.show_note(line.key("name"), line.lot.name)
            typed = forms.counted(line, self._values)
            said = forms.worth(view, typed) if typed else ""
            if said and line.lot and line.lot.stock_mg is not None:
                said = f"{said}; the register has {mg(line.lot.stock_mg)} mg"
            self._view.form.show_note(line.key("containers"), said)
