"""Who may log in, and as what: everybody reads it, an administrator adds one more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from monitor.clinic import NewAccount
from monitor.errors import MonitorError
from monitor.people import Account, Author, Role
from ui.presenters.form import FormFace, FormField, FormView, Option, Shape
from ui.presenters.gate import Run
from ui.wording import sentence

ROLES: dict[Role, str] = {
    Role.NURSE: "Records sessions at the chair and signs them.",
    Role.PRESCRIBER: "Orders doses, approves protocols and co-signs.",
    Role.THERAPIST: "Records sessions at the chair, ratings above all.",
    Role.AUDITOR: "Reads and verifies. Does not treat.",
    Role.ADMINISTRATOR: "Adds people and changes the clinic. Does not treat.",
}
"""What each role may do, in one sentence."""

_ROLE_OPTIONS = tuple(Option(role.value, role.value.capitalize()) for role in ROLES)
FACE = FormFace(
    "A new person",
    (
        FormField("name", "Name", hint="as it is printed"),
        FormField("credential", "Credential", hint="RN, MD, …"),
        FormField("user", "User name", hint="for logging in"),
        FormField("role", "Role", Shape.LIST, hint="Choose one", options=_ROLE_OPTIONS),
        FormField("password", "Password", Shape.DOTS, hint="at least 15 characters"),
        FormField("password_again", "Password again", Shape.DOTS),
    ),
    "Add the person",
)
WHO_CAN = "Only an administrator adds people."


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of the list.

    Attributes:
        facts: Credential and user name.
        role: In a word.
        here: Whether it is who is logged in.
    """

    user: str
    initials: str
    name: str
    facts: str
    role: str
    here: bool
    active: bool = True


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

    def close_new(self) -> None:
        """Take the form away."""
        ...

    def show_done(self, said: str) -> None:
        """Say who was added; empty takes it away."""
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
    def create(self) -> Callable[[NewAccount], Account]:
        """Let one more person log in; slow."""
        ...

    @property
    def run(self) -> Run:
        """Do slow work beside the window."""
        ...


class PeoplePresenter:
    """Lists the people; takes a new one from an administrator."""

    def __init__(self, view: PeopleView, doors: PeopleDoors) -> None:
        self._view, self._doors = view, doors
        self._values: dict[str, str] = {}
        self._open = self._busy = False

    def refresh(self) -> None:
        """Look again; what is being typed stays."""
        author = self._doors.author()
        if self._open and not self._may_add():
            self.give_up()
        rows = tuple(person_row(account, author) for account in self._doors.accounts())
        note = f"{len(rows)} {'person' if len(rows) == 1 else 'people'}"
        if not self._may_add():
            note = f"{note}. {WHO_CAN}"
        self._view.show_people(rows, note, may_add=self._may_add() and not self._open)

    def new(self) -> None:
        """Show the empty form."""
        if self._may_add() and not self._busy:
            self._values, self._open = {}, True
            self._view.show_done("")
            self._view.form.show_form(FACE)
            self._view.open_new()
            self.refresh()
            self._view.form.enter_form()

    def give_up(self) -> None:
        """Take the form away; nobody was added."""
        if not self._busy:
            if self._open:
                for key in ("password", "password_again"):
                    self._view.form.put(key, "")
            self._values, self._open = {}, False
            self._view.close_new()
            self.refresh()

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now."""
        self._values[key] = words

    def chosen(self, key: str, value: str) -> None:
        """Take the role, and say what it may do."""
        self._values[key] = value
        self._view.form.show_options(key, _ROLE_OPTIONS, value)
        self._view.form.show_note(key, ROLES[Role(value)])

    def submit(self) -> None:
        """Add the person; what is wrong is said at its field."""
        if not self._open or self._busy:
            return
        problem = self._problem()
        if problem:
            self._view.form.show_problem(*problem)
            return
        wanted = NewAccount(
            user=self._value("user"),
            name=self._value("name"),
            role=Role(self._value("role")),
            credential=self._value("credential"),
            password=self._values["password"],
        )
        self._busy = True
        self._view.form.show_problem("", "")
        self._view.form.show_note("password_again", "One moment …")
        self._doors.run(lambda: self._doors.create(wanted), self._created)

    def _created(self, future: Future[Account]) -> None:
        self._busy = False
        self._view.form.show_note("password_again", "")
        try:
            account = future.result()
        except MonitorError as error:
            self._view.form.show_problem(str(error.facts.get("field", "")), sentence(error))
            return
        self.give_up()
        self._view.show_done(f"{account.name} can log in now as “{account.user}”.")

    def _may_add(self) -> bool:
        return self._doors.author().role is Role.ADMINISTRATOR

    def _value(self, key: str) -> str:
        return self._values.get(key, "").strip()

    def _problem(self) -> tuple[str, str] | None:
        """Return the first field at fault, and the sentence."""
        needed = {
            "name": "Type the person's name.",
            "user": "Choose a user name.",
            "role": "Choose the role; it says what the person may do here.",
        }
        for key, words in needed.items():
            if not self._value(key):
                return key, words
        if not self._value("credential").isprintable():
            return "credential", "The credential holds a character that cannot be printed."
        if any(_same(self._value("user"), each.user) for each in self._doors.accounts()):
            return "user", f"“{self._value('user')}” is taken already; choose another user name."
        return _password_problem(
            self._values.get("password", ""), self._values.get("password_again", "")
        )


def person_row(account: Account, author: Author) -> PersonRow:
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
    )


def _password_problem(first: str, again: str) -> tuple[str, str] | None:
    if not first:
        return "password", "Type a password for the person; it can be a sentence."
    if first != again:
        return "password_again", "The two passwords differ. Type the same one twice."
    return None


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
