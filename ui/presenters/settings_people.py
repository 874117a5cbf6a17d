"""Who may log in, and as what: everybody reads it, an administrator changes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol, TypeVar

from monitor.certifying import NewPassword
from monitor.clinic import NewAccount
from monitor.errors import MonitorError
from monitor.people import Account, Author, Role
from ui.presenters.form import FormFace, FormView, Shape
from ui.presenters.gate import Run
from ui.presenters.people_forms import (
    FIELD_OF,
    NEW_KEY,
    NEW_PASSWORD,
    NOBODY,
    ROLES,
    WITHOUT,
    forgotten_face,
    forgotten_problem,
    new_face,
    new_problem,
    witnesses,
)
from ui.presenters.settings_certificates import CertificateActs
from ui.wording import sentence

WHO_CAN = "Only an administrator adds people."
NOT_YET = "issue a certificate under Certificates before the first signature."
NEW = " new "
"""Which form is open, where it is no person's: no user name begins with a space."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of the list.

    Attributes:
        facts: Credential and user name.
        role: In a word.
        here: Whether it is who is logged in.
        may_forget: Whether whoever is here can give the person a new password.
    """

    user: str
    initials: str
    name: str
    facts: str
    role: str
    here: bool
    active: bool = True
    may_forget: bool = False


class PeopleView(Protocol):
    """What the presenter asks of the section."""

    @property
    def form(self) -> FormView:
        """Return the form of a new person."""
        ...

    def show_people(self, rows: tuple[PersonRow, ...], note: str, *, may_add: bool) -> None:
        """Show everybody, and whether one more can be added here."""
        ...

    def open_new(self) -> None:
        """Make room for the form."""
        ...

    def close_new(self, back_to: str = "") -> None:
        """Take the form away; the focus goes to that person's button, or to the first one."""
        ...

    def show_done(self, said: str) -> None:
        """Say what was done; empty takes it away."""
        ...


class PeopleDoors(Protocol):
    """What the section needs of the world."""

    @property
    def author(self) -> Callable[[], Author]:
        """Return who is here."""
        ...

    @property
    def accounts(self) -> Callable[[], Sequence[Account]]:
        """Return everyone who has an account."""
        ...

    @property
    def create(self) -> Callable[[NewAccount, str], Account]:
        """Let one more person log in, with the authority's passphrase or none; slow."""
        ...

    @property
    def replace(self) -> Callable[[NewPassword], None]:
        """Give somebody who forgot a password a new one; slow."""
        ...

    @property
    def certificates(self) -> CertificateActs:
        """Return what is known of the clinic's authority."""
        ...

    @property
    def run(self) -> Run:
        """Do slow work beside the window."""
        ...


class PeoplePresenter:
    """Lists the people; takes a new one, or a new password, from an administrator."""

    def __init__(self, view: PeopleView, doors: PeopleDoors) -> None:
        self._view, self._doors = view, doors
        self._values: dict[str, str] = {}
        self._open = ""  # the user who forgot a password, or NEW
        self._face: FormFace | None = None
        self._busy = False

    def refresh(self) -> None:
        """Look again; what is being typed stays."""
        author = self._doors.author()
        if self._open and not self._may_add():
            self.give_up()
        offered = self._may_add() and not self._open
        rows = tuple(
            person_row(account, author, may_change=offered) for account in self._doors.accounts()
        )
        note = f"{len(rows)} {'person' if len(rows) == 1 else 'people'}"
        if not self._may_add():
            note = f"{note}. {WHO_CAN}"
        self._view.show_people(rows, note, may_add=offered)

    def new(self) -> None:
        """Show the empty form."""
        if self._may_begin():
            self._show_form(NEW, new_face(certified=self._certified()))
            if self._certified():
                self._view.form.show_note("passphrase", WITHOUT)

    def forgotten(self, user: str) -> None:
        """Show the form by which somebody who forgot a password gets another one."""
        if not self._may_begin():
            return
        seen_by = witnesses(self._doors.accounts(), user, self._doors.author())
        certified = self._certified()
        self._show_form(user, forgotten_face(seen_by, certified=certified))
        means = NEW_PASSWORD.replace("{name}", self._name(user))
        self._view.form.show_note("means", f"{means} {NEW_KEY}" if certified else means)
        self._view.form.show_note("witness", "" if seen_by else NOBODY)

    def give_up(self) -> None:
        """Take the form away; nothing was done."""
        if self._open and not self._busy:
            self._end("")

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now."""
        self._values[key] = words

    def chosen(self, key: str, value: str) -> None:
        """Take what was chosen from a list; of a role, say what it may do."""
        if self._face is None:
            return
        self._values[key] = value
        options = {each.key: each.options for each in self._face.fields}
        self._view.form.show_options(key, options[key], value)
        if key == "role":
            self._view.form.show_note(key, ROLES[Role(value)])

    def submit(self) -> None:
        """Do what the form is for; what is wrong is said at its field."""
        if not self._open or self._busy:
            return
        problem = self._problem()
        if problem:
            self._view.form.show_problem(*problem)
            return
        self._busy = True
        self._view.form.show_problem("", "")
        self._view.form.show_note("password_again", "One moment …")
        if self._open == NEW:
            wanted, passphrase = self._wanted(), self._values.get("passphrase", "")
            self._doors.run(lambda: self._doors.create(wanted, passphrase), self._created)
        else:
            forgotten = self._forgotten()
            self._doors.run(lambda: self._doors.replace(forgotten), self._replaced)

    # --- what comes of it ---------------------------------------------------------------

    def _created(self, future: Future[Account]) -> None:
        if self._refused(future):
            return
        account = future.result()
        certified, passphrase = self._certified(), self._values.get("passphrase")
        said = f"{account.name} can log in now as “{account.user}”"
        if certified:
            said += ", and sign." if passphrase else f"; {NOT_YET}"
        self._end(said if certified else f"{said}.")

    def _replaced(self, future: Future[None]) -> None:
        if self._refused(future):
            return
        key = ", and signs with a new key" if self._certified() else ""
        self._end(f"{self._name(self._open)} logs in with the new password from now on{key}.")

    def _refused(self, future: Future[T]) -> bool:
        """Tell whether it was refused, and say so at its field."""
        self._busy = False
        self._view.form.show_note("password_again", "")
        try:
            future.result()
        except MonitorError as error:
            field = str(error.facts.get("field", "")) or FIELD_OF.get(error.code, "")
            self._view.form.show_problem(field, sentence(error))
            return True
        return False

    def _end(self, said: str) -> None:
        """Take the form away, and with it every secret."""
        for each in self._face.fields if self._face else ():
            if each.shape is Shape.DOTS:
                self._view.form.put(each.key, "")
        closed, self._open = self._open, ""
        self._values, self._face = {}, None
        self._view.show_done(said)
        self.refresh()
        self._view.close_new("" if closed == NEW else closed)

    def _show_form(self, opened: str, face: FormFace) -> None:
        self._values, self._open, self._face = {}, opened, face
        self._view.show_done("")
        self._view.form.show_form(face)
        self._view.open_new()
        self.refresh()
        self._view.form.enter_form()

    # --- what is so ---------------------------------------------------------------------

    def _may_add(self) -> bool:
        return self._doors.author().role is Role.ADMINISTRATOR

    def _may_begin(self) -> bool:
        return self._may_add() and not self._open and not self._busy

    def _certified(self) -> bool:
        return self._doors.certificates.authority() is not None

    def _name(self, user: str) -> str:
        return next((each.name for each in self._doors.accounts() if each.user == user), user)

    def _value(self, key: str) -> str:
        return self._values.get(key, "").strip()

    def _wanted(self) -> NewAccount:
        return NewAccount(
            user=self._value("user"),
            name=self._value("name"),
            role=Role(self._value("role")),
            credential=self._value("credential"),
            password=self._values["password"],
        )

    def _forgotten(self) -> NewPassword:
        return NewPassword(
            user=self._open,
            password=self._values["password"],
            passphrase=self._values.get("passphrase", ""),
            witness=self._values["witness"],
            witness_password=self._values["witness_password"],
        )

    def _problem(self) -> tuple[str, str] | None:
        """Return the first field at fault, and the sentence."""
        if self._open == NEW:
            return new_problem(self._values, self._doors.accounts())
        return forgotten_problem(self._values, certified=self._certified())


def person_row(account: Account, author: Author, *, may_change: bool = False) -> PersonRow:
    """Return a person as the list shows them to *author*."""
    facts = " · ".join(filter(None, (account.credential, f"logs in as “{account.user}”")))
    return PersonRow(
        user=account.user,
        initials=account.author.initials,
        name=account.name,
        facts=facts if account.active else f"{facts} · may not log in any more",
        role=account.role.value.capitalize(),
        here=account.user == author.user,
        active=account.active,
        may_forget=may_change and account.active and account.user != author.user,
    )
