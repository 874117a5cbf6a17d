"""Putting a patient's identity right: what changes is in sight, and nothing typed is lost."""

from __future__ import annotations

import dataclasses

import pytest

from monitor.clinic import Lists, NewPatient
from monitor.entries import Leaving
from monitor.errors import Code, StorageError
from monitor.identity import MendPatient
from monitor.people import Patient, Sex
from tests.fakes.rooms import patients_doors, registered
from tests.fakes.views_rooms import FakePatientsRoom
from tests.fakes.visit import Visit
from ui.presenters.patients import PatientFace, PatientsPresenter


class Mending:
    """The room, with the form of Anna Nowak's identity open."""

    def __init__(self, visit: Visit | None = None) -> None:
        self.visit = visit or Visit()
        self.view = FakePatientsRoom()
        self.presenter = PatientsPresenter(self.view, patients_doors(self.visit))
        self.presenter.refresh()
        self.anna = self.known()
        self.presenter.choose(self.anna.id)
        self.presenter.mend()

    def known(self) -> Patient:
        """Return what the record says of the patient."""
        return next(
            p for p in Lists(self.visit.world).patients() if p.id == self.visit.overview.patient.id
        )

    def type(self, **values: str) -> Mending:
        """Type this."""
        for key, words in values.items():
            self.presenter.typed(key, words)
        return self

    def confirm(self) -> Mending:
        """Press the button."""
        self.presenter.submit()
        return self

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """Return what the panel says will be different."""
        assert self.view.changes is not None
        return [(row.what, row.was, row.now) for row in self.view.changes.rows]

    @property
    def page(self) -> PatientFace:
        """Return the page that is shown."""
        assert self.view.page is not None
        return self.view.page


def test_that_the_form_holds_what_is_known_and_nothing_is_different_yet() -> None:
    room = Mending()
    assert room.view.lines == {
        "family": "Nowak",
        "given": "Anna",
        "born": "1984-03-12",
        "number": "100234",
        "allergies": "none known",
        "reason": "",
    }
    assert room.view.chosen["sex"] == "female"
    assert room.changes == []
    assert room.view.changes is not None
    assert room.view.changes.note == "Nothing is different yet."


def test_that_each_key_shows_what_will_be_different() -> None:
    room = Mending().type(family="Nowak-Lis", born="1984-03-1")
    assert room.changes == [
        ("Name", "Nowak, Anna", "Nowak-Lis, Anna"),
        ("Birth date", "1984-03-12", "1984-03-1"),
    ]
    assert room.view.notes["born"] == ""
    room.type(born="1984-03-13", allergies="latex").presenter.pressed("sex", "other")
    assert room.changes[1:] == [
        ("Birth date", "1984-03-12", "1984-03-13"),
        ("Sex", "Female", "Other"),
        ("Allergies", "no known allergies", "latex"),
    ]
    assert room.view.notes["born"] == "41 years old"
    assert room.known() == room.anna


def test_that_a_confirmed_change_is_on_the_page_with_what_was_known_before() -> None:
    room = Mending()
    room.visit.at("10:12")
    room.type(family="Nowak-Lis", reason="name changed").confirm()
    assert not room.view.filling
    assert room.view.changes is None
    assert room.page.name == "Nowak-Lis, Anna"
    (change,) = room.page.changes
    assert (change.when, change.by, change.reason) == (
        "2026-03-02 10:12",
        "Nina Kowal",
        "name changed",
    )
    assert [(row.what, row.was, row.now) for row in change.rows] == [
        ("Name", "Nowak, Anna", "Nowak-Lis, Anna")
    ]


def test_that_a_patient_who_was_never_changed_has_no_changes() -> None:
    room = Mending()
    room.presenter.give_up()
    assert room.page.changes == ()


@pytest.mark.parametrize(
    ("values", "key", "said"),
    [
        ({"family": "Nowak-Lis"}, "reason", "A reason is needed for changing who a patient is"),
        ({"reason": "misspelt"}, "", "Nothing is different from what is there"),
        ({"family": "", "reason": "misspelt"}, "family", "Nothing was typed for family name"),
        ({"born": "12.3.84", "reason": "x"}, "born", "“12.3.84” was not understood as a birth"),
        ({"born": "2031-01-01", "reason": "x"}, "born", "The birth date 2031-01-01 is in the fut"),
        (
            {"number": "7", "reason": "x"},
            "number",
            "“7” is already taken as record number by Reyes, Mateo, born 1990-07-02;",
        ),
        ({"allergies": "", "reason": "x"}, "allergies", "Type the allergies, or say that none"),
        ({"family": "x" * 121, "reason": "x"}, "family", "Family name takes at most 120 charact"),
        ({"family": "N", "reason": "x" * 501}, "reason", "Reason takes at most 500 characters"),
    ],
)
def test_that_a_refusal_stands_beside_its_field_and_what_was_typed_stays(
    values: dict[str, str], key: str, said: str
) -> None:
    visit = Visit()
    registered(visit, "Reyes", "Mateo", "7")
    room = Mending(visit).type(**values).confirm()
    assert room.view.likeness is None
    assert room.view.problem[0] == key
    assert room.view.problem[1].startswith(said)
    assert room.view.filling
    assert room.known() == room.anna
    changed = {k: v for k, v in values.items() if k != "reason"}
    assert (room.changes != []) is bool(changed)


def test_that_a_disk_that_is_full_loses_nothing_and_the_same_press_works_later() -> None:
    room = Mending().type(family="Nowak-Lis", reason="name changed")
    room.visit.store.fails = Code.DISK_FULL
    room.confirm()
    assert room.view.problem[1].startswith("The disk is full")
    room.confirm()
    assert room.known().family == "Nowak-Lis"


def test_that_somebody_who_was_quicker_is_shown_and_nothing_typed_is_lost() -> None:
    room = Mending().type(family="Nowak-Lis", reason="name changed")
    quicker = NewPatient(
        family="Nowack", given="Anna", born="1984-03-13", sex=Sex.FEMALE, number="100234"
    )
    MendPatient(room.visit.world)(room.visit.prescriber, room.anna.id, quicker, "misspelt")
    room.confirm()
    assert room.view.problem[1].startswith("This patient was changed by someone else meanwhile")
    assert room.view.lines["family"] == "Nowak-Lis"
    assert room.view.lines["born"] == "1984-03-13"
    assert room.changes == [("Name", "Nowack, Anna", "Nowak-Lis, Anna")]
    room.confirm()
    assert (room.known().name, room.known().born.isoformat()) == ("Nowak-Lis, Anna", "1984-03-13")


def test_that_a_patient_who_is_like_the_new_name_is_asked_about_first() -> None:
    visit = Visit()
    registered(visit, "Nowak-Lis", "Ana", "100402")
    room = Mending(visit).type(family="Nowak-Lis", reason="name changed").confirm()
    likeness = room.view.likeness
    assert likeness is not None
    assert [row.name for row in likeness.rows] == ["Nowak-Lis, Ana"]
    assert room.known() == room.anna
    room.type(reason="married")
    assert room.view.likeness is likeness
    room.presenter.go_on()
    assert room.known().name == "Nowak-Lis, Anna"
    assert room.page.changes[0].reason == "married"
    assert room.page.like == "Easily taken for Nowak-Lis, Ana, born 1990-07-02"


def test_that_the_question_is_over_once_the_name_is_typed_anew() -> None:
    visit = Visit()
    registered(visit, "Nowak-Lis", "Ana", "100402")
    room = Mending(visit).type(family="Nowak-Lis", reason="name changed").confirm()
    room.type(family="Zając")
    assert room.view.likeness is None


def test_that_the_other_one_can_be_looked_at_instead() -> None:
    visit = Visit()
    other = registered(visit, "Nowak-Lis", "Ana", "100402")
    room = Mending(visit).type(family="Nowak-Lis", reason="name changed").confirm()
    room.presenter.choose(other.id)
    assert not room.view.filling
    assert room.page.name == "Nowak-Lis, Ana"
    assert room.known() == room.anna


def test_that_allergies_with_commas_in_them_are_left_as_they_are() -> None:
    visit = Visit()
    room = Mending(visit)
    whole = dataclasses.replace(room.anna, allergies=("penicillin (rash, hives)",))
    wanted = NewPatient(
        family="Nowak",
        given="Anna",
        born="1984-03-12",
        sex=Sex.FEMALE,
        number="100234",
        allergies=whole.allergies,
    )
    MendPatient(visit.world)(visit.nurse, room.anna.id, wanted, "told today")
    room.presenter.mend()
    room.type(family="Nowak-Lis", reason="name changed").confirm()
    assert room.known().allergies == whole.allergies


def test_that_allergies_that_are_wiped_out_are_not_none_and_the_change_says_so() -> None:
    room = Mending().type(allergies="latex", reason="told today").confirm()
    assert room.known().allergies == ("latex",)
    room.presenter.mend()
    room.type(allergies="", reason="x").confirm()
    assert room.changes == [("Allergies", "latex", "not answered")]
    assert room.known().allergies == ("latex",)
    room.type(allergies="none known").confirm()
    assert room.known().allergies == ()


def test_that_a_form_that_is_left_changes_nothing() -> None:
    room = Mending().type(family="Nowak-Lis", reason="name changed")
    room.presenter.give_up()
    assert room.known() == room.anna
    assert not room.view.filling
    assert room.page.name == "Nowak, Anna"


def test_that_a_form_stays_when_others_write() -> None:
    room = Mending().type(family="Nowak-Lis")
    form = room.view.form
    registered(room.visit, "Haddad", "Samira", "100127")
    room.presenter.refresh()
    assert room.view.form is form
    assert room.changes == [("Name", "Nowak, Anna", "Nowak-Lis, Anna")]


def test_that_without_a_chosen_patient_no_form_opens() -> None:
    visit, view = Visit(), FakePatientsRoom()
    presenter = PatientsPresenter(view, patients_doors(visit))
    presenter.refresh()
    presenter.mend()
    presenter.typed("family", "x")
    presenter.pressed("sex", "male")
    presenter.submit()
    presenter.go_on()
    assert not view.filling


def test_that_a_signed_session_is_listed_with_the_identity_it_was_signed_with() -> None:
    visit = Visit().started()
    visit.at("10:05").left(Leaving.TRANSFERRED, "felt unwell").signed()
    room = Mending(visit)
    room.type(family="Nowak-Lis", born="1984-03-13", reason="name changed").confirm()
    (session,) = room.page.sessions
    assert session.status == "To co-sign as Nowak, Anna, 1984-03-12"


def test_that_a_storage_error_is_one_sentence() -> None:
    room = Mending()
    doors = dataclasses.replace(patients_doors(room.visit), mend=_locked)
    presenter = PatientsPresenter(room.view, doors)
    presenter.refresh()
    presenter.choose(room.anna.id)
    presenter.mend()
    presenter.typed("family", "Nowak-Lis")
    presenter.typed("reason", "name changed")
    presenter.submit()
    assert room.view.problem[1].startswith("Someone else was writing at that moment")
    assert room.view.filling


def _locked(seen: Patient, wanted: NewPatient, reason: str) -> Patient:
    raise StorageError(Code.BUSY, asked=(seen.id, wanted.number, reason))
