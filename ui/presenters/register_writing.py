"""The form of the cupboard: asks what came, went or was counted, and has it written."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from decimal import Decimal

from monitor.entries import Inventory
from monitor.errors import Code, InputError, MonitorError
from monitor.people import Author
from monitor.register import RegisterView
from monitor.stock_keeping import KEEPERS, Proof
from ui.presenters import register_forms as forms
from ui.presenters.form import FormField
from ui.presenters.register_doors import RegisterDoors, RegisterRoomView
from ui.presenters.register_faces import mg, pieces_words
from ui.wording import sentence

BUSY = "One moment …"
_OF_THE_WITNESS = (Code.WRONG_PASSWORD, Code.SAME_PERSON, Code.NOT_ALLOWED)
_DONE = {
    forms.RECEIVE: "Received",
    forms.RETURN: "Returned",
    forms.DESTROY: "Destroyed",
    forms.LOSE: "Lost",
}


class _ShownForm:
    """Shows the form that is open, with what was typed and what it comes to."""

    def __init__(self, view: RegisterRoomView, doors: RegisterDoors) -> None:
        self._view, self._doors, self._kind = view, doors, ""
        self._values: dict[str, str] = {}
        self._fields: dict[str, FormField] = {}
        self._known: forms.Known | None = None

    def _show(self) -> None:
        """Show the form with what was typed so far."""
        known = self._known
        if known is None:
            return
        people = forms.people_of(self._doors.accounts(), self._doors.author())
        if self._kind == forms.COUNT:
            face = forms.count_face(known, people)
        else:
            face = forms.move_face(self._kind, known, people)
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

    def _offer_lots(self) -> None:
        """Offer the lots as they stand now, where one of them is to be chosen."""
        field, known = self._fields.get("lot"), self._known
        if known is None or field is None or not field.options:
            return
        options = forms.lots_of(known)
        if options != field.options:
            self._fields["lot"] = replace(field, options=options)
            self._show_choice("lot")

    def _show_choice(self, key: str) -> None:
        self._view.form.show_options(key, self._fields[key].options, self._values.get(key, ""))
        self._show_password()

    def _show_password(self) -> None:
        """Ask for a password only where somebody is named whose it is."""
        if "password" in self._fields:
            named = forms.proof_of(self._values) is not None
            self._view.form.show_field("password", shown=named)

    def _read_back(self) -> None:
        known = self._known
        if known is None:
            return
        if self._kind != forms.COUNT:
            self._read_back_move(known)
            return
        for line in known.lines:
            if line.lot:
                self._view.form.show_note(line.key("name"), line.lot.name)
            typed = forms.counted(line, self._values)
            said = forms.worth(known.view, typed) if typed else ""
            if said and line.lot and line.lot.stock_mg is not None:
                said = f"{said}; the register has {mg(line.lot.stock_mg)} mg"
            self._view.form.show_note(line.key("containers"), said)

    def _read_back_move(self, known: forms.Known) -> None:
        said = forms.worth(known.view, forms.moved(self._kind, known, self._values))
        self._view.form.show_note("containers", said)
        lot = known.chosen(self._values.get("lot", ""))
        if lot is not None and self._kind != forms.RECEIVE:
            there = pieces_words(lot) or f"{mg(lot.stock_mg or Decimal(0))} mg"
            self._view.form.show_note("lot", f"In stock: {there}.")


class CupboardForm(_ShownForm):
    """Asks what came, went or was counted, and has it written."""

    def __init__(
        self, view: RegisterRoomView, doors: RegisterDoors, look: Callable[[], None]
    ) -> None:
        """Ask nothing yet.

        Args:
            view: The room.
            doors: The world.
            look: Has the register read, where that was not done yet.
        """
        super().__init__(view, doors)
        self._look, self._wanted = look, ""
        self._busy = self._closed = False
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
        if self._register is None:
            self._wanted = kind
            self._look()
            return
        self._kind, self._values, self._wanted = kind, {}, ""
        self._known = forms.known_for(kind, self._register)
        self._view.show_done("")
        self._view.open_form()
        self._show()
        self._view.form.enter_form()

    def renew(self, view: RegisterView) -> None:
        """Take the register as it stands now; what is being typed stays, of the same lot."""
        self._register = view
        if self._wanted:
            self.begin(self._wanted)
        elif self._known is not None and not self._busy:
            self._known = self._known.renewed(view, others=self._kind != forms.COUNT)
            self._offer_lots()
            self._read_back()

    def close(self) -> None:
        """Show nothing any more: the room is gone."""
        self._closed = True
        self._values.clear()

    def give_up(self) -> None:
        """Take the form away; nothing was written."""
        self._wanted = ""
        if self._kind and not self._busy:
            self.forget_password()
            self._kind, self._values, self._known = "", {}, None
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
        if value == forms.MORE and self._known is not None and not self._busy:
            self._known = self._known.with_one_more()
            self._show()
            self._view.form.enter_form()

    def submit(self) -> None:
        """Have it written; what is wrong is said at its field."""
        known = self._known
        if known is None or self._busy:
            return
        try:
            work, said = self._work(known)
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

    def _work(self, known: forms.Known) -> tuple[Callable[[], object], str]:
        proof, author = forms.proof_of(self._values), self._doors.author()
        if proof is not None and not proof.password:
            raise InputError(Code.EMPTY, "password")
        if self._kind == forms.COUNT:
            return self._counting(known, author, proof)
        typed = forms.moved(self._kind, known, self._values)
        if not typed.lot and self._kind != forms.RECEIVE:
            raise InputError(Code.EMPTY, "lot")
        worth = forms.worth(known.view, typed)
        said = f"{_DONE[self._kind]}: lot {typed.lot.strip()} {worth}".strip()
        if self._kind == forms.DESTROY:
            if proof is None:
                raise InputError(Code.EMPTY, "witness")
            return lambda: self._doors.destroy(author, typed, proof), said
        acts = {
            forms.RECEIVE: self._doors.receive,
            forms.RETURN: self._doors.give_back,
            forms.LOSE: self._doors.lose,
        }
        act = acts[self._kind]
        return lambda: act(author, typed), said

    def _counting(
        self, known: forms.Known, author: Author, proof: Proof | None
    ) -> tuple[Callable[[], object], str]:
        kind = self._values.get("inventory", "")
        if not kind:
            raise InputError(Code.EMPTY, "inventory")
        lines = forms.read_count(known, self._values)
        reason = self._values.get("reason", "")
        lots = "1 lot" if len(lines) == 1 else f"{len(lines)} lots"
        return (
            lambda: self._doors.count(author, Inventory(kind), lines, reason, proof),
            f"Counted: {lots}.",
        )

    def _finish(self, future: Future[object], said: str) -> None:
        self._busy = False
        if self._closed:
            return
        self._view.show_busy("")
        try:
            future.result()
        except MonitorError as error:
            if self._register is not None:
                self.renew(self._register)  # it may have been read anew meanwhile
            self._refuse(error)
            return
        self.give_up()
        self._view.show_done(said)

    def _refuse(self, error: MonitorError) -> None:
        field = str(error.facts.get("field", ""))
        if field == "lots" and self._known is not None and self._register is not None:
            self._known = self._known.renewed(self._register, others=True)
            self._show()  # with a line for each lot that came meanwhile
        if error.code in _OF_THE_WITNESS:
            self.forget_password()
        if error.code is Code.WRONG_PASSWORD:
            field = "password"
        elif error.code in (Code.SAME_PERSON, Code.NOT_ALLOWED):
            field = "witness"
        elif self._kind not in (forms.RECEIVE, forms.COUNT) and field == "product":
            field = "lot"
        self._view.form.show_problem(field, sentence(error))
