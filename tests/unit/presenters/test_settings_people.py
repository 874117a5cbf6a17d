"""The section of the people, without a window."""

from __future__ import annotations

import pytest

from monitor.certifying import Certificates
from monitor.clinic import LogIn, NewAccount
from monitor.errors import Code, InputError
from monitor.people import Account, Role
from tests.fakes.certification import PASSPHRASE
from tests.fakes.views_audit import Later
from tests.fakes.views_settings import LONG, FakeSettingsView, Office
from tests.fakes.visit import PASSWORDS
from ui.presenters.people_forms import WITHOUT
from ui.presenters.settings import PEOPLE, SettingsPresenter

PERSON = {
    "name": "Sam Okafor",
    "credential": "RN",
    "user": "sam",
    "role": "nurse",
    "password": LONG,
    "password_again": LONG,
    "passphrase": PASSPHRASE,
}


class Desk:
    """Somebody at the section."""

    def __init__(self, role: Role = Role.ADMINISTRATOR, **doors: object) -> None:
        self.office = Office(role)
        self.view = FakeSettingsView()
        self.presenter = SettingsPresenter(self.view, self.office.doors(**doors))
        self.presenter.show(PEOPLE)

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
    assert desk.view.people.done == "Sam Okafor can log in now as “sam”, and sign."
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
        ({"passphrase": "a guessed passphrase"}, "passphrase"),
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
    def refuse(wanted: NewAccount, _: str) -> Account:
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


# --- a password that was forgotten -----------------------------------------------------------

FORGOTTEN = {
    "password": "another long password",
    "password_again": "another long password",
    "witness_password": PASSWORDS["ds"],
    "passphrase": PASSPHRASE,
}


def forget(desk: Desk, witness: str = "ds", **changed: str) -> None:
    """Let the nurse have a new password, seen by the prescriber."""
    people = desk.presenter.people
    people.forgotten("nk")
    if witness:
        people.chosen("witness", witness)
    for key, words in {**FORGOTTEN, **changed}.items():
        people.typed(key, words)
    people.submit()


def test_that_a_forgotten_password_is_replaced_with_a_new_key_that_somebody_saw() -> None:
    desk = Desk()
    look = Certificates(desk.office.world)
    before = {each.serial for each in look.issued()}
    desk.office.visit.at("11:00")
    forget(desk)
    LogIn(desk.office.world)("nk", "another long password")
    (made,) = (each for each in look.issued() if each.serial not in before)
    assert (made.user, made.witness, made.is_reissued) == ("nk", "ds", True)
    assert desk.view.people.done == (
        "Nina Kowal logs in with the new password from now on, and signs with a new key."
    )
    assert (desk.view.people.open, desk.view.people.back_to) == (False, "nk")
    secrets = {desk.view.people.form.texts[key] for key in FORGOTTEN}
    assert secrets == {""}


def test_that_what_a_new_password_means_is_said_before() -> None:
    desk = Desk()
    desk.presenter.people.forgotten("nk")
    means = desk.view.people.form.notes["means"]
    assert means.startswith("Nina Kowal logs in with the new password from now on. The old key")
    assert "What was signed before stays good" in means
    face = desk.view.people.form.face
    assert face is not None
    (witness,) = (each for each in face.fields if each.key == "witness")
    assert [option.value for option in witness.options] == ["ds"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"password": ""}, "password"),
        ({"password_again": "other"}, "password_again"),
        ({"password": PASSPHRASE, "password_again": PASSPHRASE}, "password"),
        ({"witness": ""}, "witness"),
        ({"witness_password": ""}, "witness_password"),
        ({"witness_password": "guessed"}, "witness_password"),
        ({"passphrase": ""}, "passphrase"),
        ({"passphrase": "guessed"}, "passphrase"),
    ],
)
def test_that_each_refusal_of_a_new_password_stands_at_its_field(
    changed: dict[str, str], field: str
) -> None:
    desk = Desk()
    forget(desk, **changed)
    key, said = desk.view.people.form.problem
    assert (key, said[-1:], desk.view.people.open) == (field, ".", True)
    LogIn(desk.office.world)("nk", PASSWORDS["nk"])


def test_that_nobody_but_an_administrator_replaces_a_password_and_nobody_their_own() -> None:
    desk = Desk()
    assert {row.user for row in desk.view.people.rows if row.may_forget} == {"nk", "ds"}
    nurse = Desk(Role.NURSE)
    assert not any(row.may_forget for row in nurse.view.people.rows)
    forget(nurse)
    assert not nurse.view.people.open
    LogIn(nurse.office.world)("nk", PASSWORDS["nk"])


def test_that_without_the_authoritys_passphrase_somebody_is_added_who_cannot_sign_yet() -> None:
    desk = Desk()
    desk.add(passphrase="")
    assert desk.view.people.form.notes == {"passphrase": WITHOUT} | desk.view.people.form.notes
    assert "issue a certificate" in desk.view.people.done
    assert "sam" not in {each.user for each in Certificates(desk.office.world).issued()}
