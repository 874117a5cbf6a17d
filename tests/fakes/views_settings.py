"""The sections of the settings without a window, and a clinic to set up."""

from __future__ import annotations

from typing import Any

from monitor.clinic import (
    ApproveProtocol,
    CreateAccount,
    Lists,
    LogIn,
    NewAccount,
    RenameClinic,
)
from monitor.desk import proven
from monitor.people import Author, Role
from monitor.protocols import shipped
from monitor.protocols.protocol import Protocol
from tests.fakes.clock import WARSAW
from tests.fakes.views_gate import at_once
from tests.fakes.visit import PASSWORDS, Visit
from ui.presenters.form import FormFace, Option
from ui.presenters.settings import SettingsDoors
from ui.presenters.settings_people import PersonRow
from ui.presenters.settings_protocols import ProtocolRow

LONG = "a long enough password"


class FakeForm:
    """Implements `FormView`; remembers what it shows."""

    def __init__(self) -> None:
        self.face: FormFace | None = None
        self.shown = 0
        self.texts: dict[str, str] = {}
        self.notes: dict[str, str] = {}
        self.problem = ("", "")

    def show_form(self, face: FormFace) -> None:
        self.face, self.texts, self.notes, self.problem = face, {}, {}, ("", "")
        self.shown += 1

    def enter_form(self) -> None: ...

    def show_options(self, key: str, options: tuple[Option, ...], chosen: str) -> None:
        assert chosen in {option.value for option in options}
        self.texts[key] = chosen

    def show_note(self, key: str, words: str) -> None:
        self.notes[key] = words

    def show_unit(self, key: str, unit: str) -> None: ...

    def show_field(self, key: str, *, shown: bool) -> None: ...

    def put(self, key: str, words: str) -> None:
        self.texts[key] = words

    def show_problem(self, key: str, said: str) -> None:
        self.problem = (key, said)


class FakeClinicView:
    """Implements `ClinicView`."""

    def __init__(self) -> None:
        self.form = FakeForm()
        self.facts: dict[str, str] = {}
        self.editing = False
        self.done = ""

    def show_facts(self, facts: tuple[tuple[str, str], ...], note: str) -> None:
        self.facts, self.editing = {**dict(facts), "note": note}, False

    def show_editing(self) -> None:
        self.editing = True

    def show_done(self, said: str) -> None:
        self.done = said


class FakePeopleView:
    """Implements `PeopleView`."""

    def __init__(self) -> None:
        self.form = FakeForm()
        self.rows: tuple[PersonRow, ...] = ()
        self.note = self.done = ""
        self.may_add = self.open = False

    def show_people(self, rows: tuple[PersonRow, ...], note: str, *, may_add: bool) -> None:
        self.rows, self.note, self.may_add = rows, note, may_add

    def open_new(self) -> None:
        self.open = True

    def close_new(self) -> None:
        self.open = False

    def show_done(self, said: str) -> None:
        self.done = said


class FakeProtocolsView:
    """Implements `ProtocolsView`."""

    def __init__(self) -> None:
        self.form = FakeForm()
        self.rows: tuple[ProtocolRow, ...] = ()
        self.protocol: Protocol | None = None
        self.asked = False
        self.said = ""

    def show_protocols(self, rows: tuple[ProtocolRow, ...]) -> None:
        self.rows = rows

    def show_protocol(self, protocol: Protocol | None) -> None:
        self.protocol = protocol

    def show_approving(self, *, asked: bool, said: str) -> None:
        self.asked, self.said = asked, said


class FakeSettingsView:
    """Implements `SettingsView`."""

    def __init__(self) -> None:
        self.clinic, self.people = FakeClinicView(), FakePeopleView()
        self.protocols = FakeProtocolsView()
        self.section = ""

    def show_section(self, key: str) -> None:
        self.section = key


class Office:
    """A clinic with one session in chair 2, its IV protocol approved, and who sits at the desk."""

    def __init__(self, role: Role = Role.ADMINISTRATOR) -> None:
        self.visit = Visit()
        self.world = self.visit.world
        self.lists = Lists(self.world)
        self.author = Author("ada", Role.ADMINISTRATOR, "Ada Berg")
        wanted = NewAccount(
            user="ada", name="Ada Berg", role=Role.ADMINISTRATOR, credential="", password=LONG
        )
        CreateAccount(self.world)(self.author, wanted)
        self.sit_down(role)

    def sit_down(self, role: Role) -> None:
        """Let the person of that role be the one who is here."""
        people = {Role.NURSE: "nk", Role.PRESCRIBER: "ds", Role.ADMINISTRATOR: "ada"}
        user = people[role]
        self.author = LogIn(self.world)(user, PASSWORDS.get(user, LONG))

    def doors(self, **others: object) -> SettingsDoors:
        """Return the way from the room to this clinic, with other doors where they are named."""
        world, lists = self.world, self.lists

        def approve(user: str, password: str, protocol: Protocol) -> None:
            ApproveProtocol(world)(proven(world, user, password).author, protocol)

        usual: dict[str, Any] = {
            "author": lambda: self.author,
            "clinic": lists.clinic,
            "rename": lambda clinic: RenameClinic(world)(self.author, clinic),
            "open_sessions": lambda: lists.sessions("open"),
            "accounts": lists.accounts,
            "create": lambda wanted: CreateAccount(world)(self.author, wanted),
            "protocols": shipped(),
            "approvals": lists.approvals,
            "approve": approve,
            "now": world.clock.now,
            "zone": WARSAW,
            "run": at_once,
        }
        return SettingsDoors(**{**usual, **others})
