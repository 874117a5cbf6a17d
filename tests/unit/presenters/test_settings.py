"""The settings, without a window."""

from __future__ import annotations

import dataclasses

import pytest

from monitor.clinic import LogIn, NewAccount
from monitor.entries import ClinicNamed
from monitor.errors import Code, InputError, RefusedError
from monitor.people import Account, Clinic, Role
from monitor.protocols import shipped
from monitor.protocols.protocol import Protocol
from tests.fakes.views_audit import Later
from tests.fakes.views_settings import DRAFTS, LONG, FakeSettingsView, Office
from tests.fakes.visit import PASSWORDS
from ui.presenters.settings import PEOPLE, PROTOCOLS, SettingsPresenter
from ui.presenters.settings_clinic import chairs_for, chairs_words

ESKETAMINE, KETAMINE = sorted(DRAFTS, key=lambda each: each.title)
PERSON = {
    "name": "Sam Okafor",
    "credential": "RN",
    "user": "sam",
    "role": "nurse",
    "password": LONG,
    "password_again": LONG,
}


class Desk:
    """Somebody at the settings."""

    def __init__(self, role: Role = Role.ADMINISTRATOR, **doors: object) -> None:
        self.office = Office(role)
        self.view = FakeSettingsView()
        self.presenter = SettingsPresenter(self.view, self.office.doors(**doors))
        self.presenter.refresh()

    def change(self, **values: str) -> None:
        """Type into the clinic's form and press its button."""
        for key, words in values.items():
            self.presenter.clinic.typed(key, words)
        self.presenter.clinic.submit()

    def add(self, **changed: str) -> None:
        """Fill in the form of a new person and press its button."""
        people = self.presenter.people
        people.new()
        for key, words in {**PERSON, **changed}.items():
            if key == "role" and words:
                people.chosen(key, words)
            else:
                people.typed(key, words)
        people.submit()

    @property
    def clinic(self) -> Clinic:
        """Return the clinic as the record has it."""
        found = self.office.lists.clinic()
        assert found is not None
        return found


# --- the clinic ---------------------------------------------------------------------------


def test_that_an_administrator_changes_the_clinic() -> None:
    desk = Desk()
    assert desk.view.clinic.editing
    assert desk.view.clinic.form.texts == {
        "clinic": "Riverside Clinic",
        "address": "",
        "chairs": "2",
    }
    desk.change(clinic=" Hillside Clinic ", address="Main Street 1", chairs="4")
    assert desk.clinic == dataclasses.replace(
        desk.clinic, name="Hillside Clinic", address="Main Street 1", chairs=("1", "2", "3", "4")
    )
    assert desk.view.clinic.done == "Stored at 09:48."
    assert desk.view.clinic.form.notes["chairs"] == "Chairs 1 to 4"


@pytest.mark.parametrize("role", [Role.NURSE, Role.PRESCRIBER])
def test_that_the_others_read_the_clinic_and_who_can_change_it(role: Role) -> None:
    desk = Desk(role)
    before = desk.clinic
    assert not desk.view.clinic.editing
    assert desk.view.clinic.facts["Chairs"] == "Chairs 1 and 2"
    assert "administrator" in desk.view.clinic.facts["note"]
    desk.change(clinic="Mine now")
    assert desk.clinic == before


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"clinic": "  "}, "clinic"),
        ({"clinic": "River\nside"}, "clinic"),
        ({"address": "Main\x07Street"}, "address"),
        ({"chairs": ""}, "chairs"),
        ({"chairs": "0"}, "chairs"),
        ({"chairs": "25"}, "chairs"),
        ({"chairs": "9" * 5000}, "chairs"),
        ({"chairs": "6.5"}, "chairs"),
        ({"chairs": "６"}, "chairs"),
        ({"chairs": "1"}, "chairs"),  # chair 2 has an open session
    ],
)
def test_that_what_is_wrong_with_the_clinic_is_said_at_its_field(
    values: dict[str, str], field: str
) -> None:
    desk = Desk()
    before = desk.clinic
    desk.change(**values)
    key, said = desk.view.clinic.form.problem
    assert (key, said[-1]) == (field, ".")
    assert desk.clinic == before


def test_that_a_chair_in_use_is_named() -> None:
    desk = Desk()
    desk.change(chairs="1")
    assert desk.view.clinic.form.problem[1] == "Chair 2 has an open session; close it first."


def test_that_nothing_is_written_where_nothing_has_changed() -> None:
    desk = Desk()
    desk.change()
    named = [e for e in desk.office.visit.store.entries if isinstance(e.what, ClinicNamed)]
    assert (len(named), desk.view.clinic.done) == (1, "Nothing has changed.")


def test_that_what_is_typed_outlives_a_refresh_and_its_form_a_store() -> None:
    desk = Desk()
    desk.presenter.clinic.typed("clinic", "Hillside Clinic")
    desk.presenter.refresh()
    desk.change()
    assert desk.clinic.name == "Hillside Clinic"
    assert desk.view.clinic.form.shown == 1


def test_that_chairs_with_names_keep_them() -> None:
    assert chairs_for(("A", "2"), 4) == ("A", "2", "1", "3")
    assert chairs_for(("A", "B", "C"), 2) == ("A", "B")
    assert chairs_words(("A", "B", "C")) == "Chairs A, B and C"
    assert chairs_words(()) == "No chair yet"


# --- the people ---------------------------------------------------------------------------


def test_that_everybody_is_listed_with_role_and_credential() -> None:
    view = Desk(Role.NURSE).view.people
    assert [(row.name, row.role, row.here) for row in view.rows] == [
        ("Ada Berg", "Administrator", False),
        ("Dana Silva", "Prescriber", False),
        ("Nina Kowal", "Nurse", True),
    ]
    assert view.rows[1].facts == "MD · logs in as “ds”"
    assert (view.may_add, "Only an administrator" in view.note) == (False, True)


def test_that_an_administrator_adds_a_person_who_can_log_in() -> None:
    desk = Desk()
    desk.add()
    author = LogIn(desk.office.world)("sam", LONG)
    assert (author.name, author.role, author.credential) == ("Sam Okafor", Role.NURSE, "RN")
    assert not desk.view.people.open
    assert desk.view.people.done == "Sam Okafor can log in now as “sam”."
    assert "Sam Okafor" in [row.name for row in desk.view.people.rows]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "Sam\x00"}, "name"),
        ({"user": ""}, "user"),
        ({"user": "NK"}, "user"),
        ({"role": ""}, "role"),
        ({"credential": "R\nN"}, "credential"),
        ({"password": "", "password_again": ""}, "password"),
        ({"password_again": "another long password"}, "password_again"),
    ],
)
def test_that_each_refusal_of_a_person_stands_at_its_field(
    changed: dict[str, str], field: str
) -> None:
    desk = Desk()
    desk.add(**changed)
    key, said = desk.view.people.form.problem
    assert (key, said[-1:]) == (field, ".")
    assert desk.view.people.open
    assert len(desk.office.lists.accounts()) == 3


def test_that_a_weak_password_is_told_at_its_field() -> None:
    def refuse(wanted: NewAccount) -> Account:
        raise InputError(Code.WEAK_PASSWORD, "password", least=len(wanted.password), most=1024)

    desk = Desk(create=refuse)
    desk.add()
    key, said = desk.view.people.form.problem
    assert (key, said) == (
        "password",
        "That password will not do; take one of 22 to 1024 characters.",
    )
    assert "One moment …" not in desk.view.people.form.notes.values()


def test_that_the_password_is_worked_on_beside_the_window_and_only_once() -> None:
    later = Later()
    desk = Desk(run=later)
    desk.add()
    desk.presenter.people.submit()
    desk.presenter.people.give_up()
    assert (later.waiting, desk.view.people.open) == (1, True)
    assert "One moment …" in desk.view.people.form.notes.values()
    later.do_next()
    assert not desk.view.people.open


def test_that_who_is_no_administrator_adds_nobody() -> None:
    desk = Desk(Role.NURSE)
    desk.add()
    assert not desk.view.people.open
    assert len(desk.office.lists.accounts()) == 3


def test_that_the_form_goes_when_somebody_else_sits_down() -> None:
    desk = Desk()
    desk.presenter.people.new()
    desk.office.sit_down(Role.NURSE)
    desk.presenter.refresh()
    assert not desk.view.people.open
    assert not desk.view.clinic.editing


# --- the protocols --------------------------------------------------------------------------


def test_that_each_version_says_how_it_stands() -> None:
    rows = Desk(Role.NURSE).view.protocols.rows
    assert [(row.title, row.state, row.approved) for row in rows] == [
        ("Esketamine nasal spray, US", "draft, not approved", False),
        ("IV ketamine, 40 minutes", "approved by Dana Silva on 2026-03-02", True),
    ]


def test_that_every_shipped_draft_has_a_row_of_its_own() -> None:
    rows = Desk(protocols=shipped()).view.protocols.rows
    assert {row.title for row in rows} == {draft.title for draft in shipped()}
    assert len({row.key for row in rows}) == len(rows) == len(shipped())
    assert {row.route for row in rows} == {draft.route for draft in shipped()}


def test_that_a_prescriber_approves_with_a_password() -> None:
    desk = Desk(Role.PRESCRIBER)
    view, protocols = desk.view.protocols, desk.presenter.protocols
    assert (view.protocol, view.asked) == (ESKETAMINE, True)
    protocols.submit()
    assert view.form.problem == ("password", "Type your password to approve.")
    protocols.typed("password", "not the right one")
    protocols.submit()
    assert view.form.problem == ("password", "That is not your password; type it again.")
    assert [row.approved for row in view.rows] == [False, True]
    protocols.typed("password", PASSWORDS["ds"])
    protocols.submit()
    assert [row.approved for row in view.rows] == [True, True]
    assert not view.asked
    assert view.said.startswith("Approved by Dana Silva on 2026-03-02. ")


def test_that_the_others_read_who_can_approve() -> None:
    desk = Desk(Role.ADMINISTRATOR)
    view = desk.view.protocols
    assert not view.asked
    assert view.said == "A draft. Only a prescriber can approve it: Dana Silva, logged in."
    desk.presenter.protocols.typed("password", PASSWORDS["ds"])
    desk.presenter.protocols.submit()
    assert not view.rows[0].approved


def test_that_an_approved_version_is_not_approved_again() -> None:
    asked: list[str] = []
    desk = Desk(Role.PRESCRIBER, approve=lambda user, *_: asked.append(user))
    desk.presenter.protocols.choose(KETAMINE.hash)
    assert not desk.view.protocols.asked
    desk.presenter.protocols.typed("password", PASSWORDS["ds"])
    desk.presenter.protocols.submit()
    assert asked == []


def test_that_a_newer_version_is_a_draft_beside_the_one_in_use() -> None:
    newer = dataclasses.replace(KETAMINE, version=KETAMINE.version + 1, hash="f" * 64)
    rows = Desk(protocols=(newer,)).view.protocols.rows
    assert [(row.version, row.approved) for row in rows] == [
        (f"version {KETAMINE.version + 1}", False),
        (f"version {KETAMINE.version}", True),
    ]


def test_that_a_password_is_not_carried_from_one_version_to_another() -> None:
    newer = dataclasses.replace(KETAMINE, version=KETAMINE.version + 1, hash="f" * 64)
    asked: list[str] = []
    desk = Desk(
        Role.PRESCRIBER,
        protocols=(ESKETAMINE, newer),
        approve=lambda _, password, __: asked.append(password),
    )
    desk.presenter.protocols.typed("password", "typed for the first")
    desk.presenter.protocols.step(1)
    desk.presenter.protocols.submit()
    assert asked == []


def test_that_another_refusal_is_told_under_the_form() -> None:
    def refuse(user: str, password: str, protocol: Protocol) -> None:
        raise RefusedError(Code.NOT_ALLOWED, role=f"{user} {bool(password)} {protocol.id}")

    desk = Desk(Role.PRESCRIBER, approve=refuse)
    desk.presenter.protocols.typed("password", "any")
    desk.presenter.protocols.submit()
    key, said = desk.view.protocols.form.problem
    assert (key, "ask someone who may do it." in said) == ("", True)


def test_that_the_numbers_are_not_laid_out_anew_while_nothing_changes() -> None:
    desk = Desk(Role.PRESCRIBER)
    shown = desk.view.protocols.form.shown
    desk.presenter.protocols.typed("password", PASSWORDS["ds"])
    desk.presenter.refresh()
    assert desk.view.protocols.form.shown == shown
    desk.presenter.protocols.submit()
    assert desk.view.protocols.rows[0].approved


# --- the sections ---------------------------------------------------------------------------


def test_that_one_steps_from_section_to_section_and_around() -> None:
    desk = Desk()
    seen = []
    for _ in range(5):
        desk.presenter.step(1)
        seen.append(desk.view.section)
    assert seen == [PEOPLE, PROTOCOLS, "keys", "backups", "reminders"]


def test_that_enter_answers_in_the_section_that_is_shown() -> None:
    desk = Desk()
    desk.presenter.show(PEOPLE)
    desk.presenter.people.new()
    desk.presenter.submit()
    assert desk.view.people.form.problem[0] == "name"
    assert desk.view.clinic.done == ""
