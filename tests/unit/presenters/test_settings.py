"""The settings, without a window."""

from __future__ import annotations

import dataclasses

import pytest

from monitor.entries import ClinicNamed
from monitor.errors import Code, RefusedError
from monitor.people import Clinic, Role
from monitor.protocols import shipped
from monitor.protocols.protocol import Protocol
from tests.fakes.views_settings import DRAFTS, FakeSettingsView, Office
from tests.fakes.visit import PASSWORDS
from ui.presenters.settings import PEOPLE, PROTOCOLS, SettingsPresenter
from ui.presenters.settings_clinic import chairs_for, chairs_words

ESKETAMINE, KETAMINE = sorted(DRAFTS, key=lambda each: each.title)


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
    for _ in range(6):
        desk.presenter.step(1)
        seen.append(desk.view.section)
    assert seen == [PEOPLE, PROTOCOLS, "keys", "certificates", "backups", "reminders"]


def test_that_enter_answers_in_the_section_that_is_shown() -> None:
    desk = Desk()
    desk.presenter.show(PEOPLE)
    desk.presenter.people.new()
    desk.presenter.submit()
    assert desk.view.people.form.problem[0] == "name"
    assert desk.view.clinic.done == ""
