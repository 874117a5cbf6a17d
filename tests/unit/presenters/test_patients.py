"""Patients: found, looked at, and added without being added twice."""

from __future__ import annotations

import pytest

from monitor.entries import Leaving
from tests.fakes.rooms import patients_doors, registered
from tests.fakes.views_rooms import FakePatientsRoom
from tests.fakes.visit import Visit
from ui.presenters.patient_rows import MOST_ROWS, patients_face
from ui.presenters.patients import PatientsPresenter

FORM = {"family": "Reyes", "given": "Mateo", "born": "1990-07-02", "number": "100412"} | {
    "allergies": "none known"
}


class Room:
    """The room over a record with one patient and one session."""

    def __init__(self) -> None:
        self.visit = Visit()
        self.view = FakePatientsRoom()
        self.presenter = PatientsPresenter(self.view, patients_doors(self.visit))
        self.presenter.refresh()

    @property
    def names(self) -> list[str]:
        """Return the names in the list."""
        return [row.name for row in self.view.patients.rows]

    def type(self, **values: str) -> Room:
        """Begin a new patient and type this."""
        self.presenter.new()
        for key, words in values.items():
            self.presenter.typed(key, words)
        return self

    def add(self, sex: str = "male") -> Room:
        """Choose the sex, and submit."""
        if sex:
            self.presenter.pressed("sex", sex)
        self.presenter.submit()
        return self

    def everybody(self) -> int:
        """Return how many patients the record has."""
        with self.visit.world.transaction() as tx:
            return len(tx.patients())


@pytest.mark.parametrize("search", ["reyes", "100412", "1990-07-02", "Mateo"])
def test_that_a_patient_is_found_by_name_number_or_birth_date(search: str) -> None:
    room = Room()
    registered(room.visit, "Reyes", "Mateo", "100412")
    room.presenter.search(search)
    assert room.names == ["Reyes, Mateo"]
    assert room.view.patients.note == "1 patient found"


def test_that_nobody_found_is_said() -> None:
    room = Room()
    room.presenter.search("zzz")
    assert room.names == []
    assert room.view.patients.note.startswith("Nobody found for “zzz”")


def test_that_an_empty_record_says_what_to_do() -> None:
    face = patients_face((), "", Visit().overview.opened_at.date(), "")
    assert face.note == "No patient yet: add the first one."


def test_that_a_long_list_is_cut_and_says_so() -> None:
    visit = Visit()
    someone = registered(visit, "Reyes", "Mateo", "1")
    face = patients_face([someone] * (MOST_ROWS + 1), "", visit.overview.opened_at.date(), "")
    assert len(face.rows) == MOST_ROWS
    assert face.note.startswith(f"The first {MOST_ROWS} of {MOST_ROWS + 1}")


def test_that_a_page_shows_who_it_is_and_the_sessions() -> None:
    room = Room()
    room.presenter.choose_first()
    page = room.view.page
    assert page is not None
    assert dict(page.facts) == {
        "Born": "1984-03-12 (41)",
        "Sex": "Female",
        "MRN": "100234",
        "Allergies": "No known allergies",
    }
    (session,) = page.sessions
    assert (session.day, session.time, session.chair) == ("2026-03-02", "09:48", "Chair 2")
    assert (session.treatment, session.status, page.busy) == ("Ketamine IV", "In progress", True)


@pytest.mark.parametrize(
    ("steps", "status"),
    [(("left",), "To sign"), (("left", "signed"), "To co-sign")],
)
def test_that_a_session_says_what_it_waits_for(steps: tuple[str, ...], status: str) -> None:
    room = Room()
    room.visit.started()
    room.visit.at("10:05").left(Leaving.TRANSFERRED, "felt unwell")
    if "signed" in steps:
        room.visit.signed()
    room.presenter.choose_first()
    assert room.view.page is not None
    (session,) = room.view.page.sessions
    assert (session.status, session.is_open, room.view.page.busy) == (status, False, False)


def test_that_a_session_is_opened_and_one_is_started() -> None:
    room = Room()
    room.presenter.start()
    assert room.view.started == []
    room.presenter.choose_first()
    assert room.view.page is not None
    room.presenter.open(room.view.page.sessions[0].session_id)
    room.presenter.start()
    assert room.view.opened == [room.visit.session_id]
    assert room.view.started == [room.view.page.id]


def test_that_a_new_patient_is_in_the_record_and_looked_at() -> None:
    room = Room().type(**{**FORM, "allergies": "penicillin, latex"}).add()
    page = room.view.page
    assert page is not None
    assert page.name == "Reyes, Mateo"
    assert dict(page.facts)["Allergies"] == "penicillin, latex"
    assert room.names == ["Nowak, Anna", "Reyes, Mateo"]
    assert not room.view.filling


def test_that_a_name_is_kept_letter_by_letter() -> None:
    room = Room().type(**{**FORM, "family": "<b>x</b> & Θ"}).add()
    assert room.view.page is not None
    assert room.view.page.name == "<b>x</b> & Θ, Mateo"


@pytest.mark.parametrize(
    ("key", "words", "sentence"),
    [
        ("family", "", "Nothing was typed for family name; type a value."),
        ("born", "12.3.1984", "“12.3.1984” was not understood as a birth date"),
        ("born", "2031-01-01", "The birth date 2031-01-01 is in the future; check the year."),
        ("born", "1584-03-12", "The birth date 1584-03-12 is too long ago; check the year."),
        (
            "number",
            "100234",
            "“100234” is already taken as record number by Nowak, Anna, born 1984-03-12; choose",
        ),
        ("allergies", "", "Type the allergies, or say that none are known."),
        ("allergies", " , -", "Type the allergies, or say that none are known."),
        ("allergies", "latex, none known", "Type the allergies, or say that none are known."),
        ("allergies", "x" * 121, "Each allergy takes at most 120 characters; shorten it,"),
        ("family", "x" * 121, "Family name takes at most 120 characters; shorten it."),
        ("given", "x" * 121, "Given name takes at most 120 characters; shorten it."),
        ("number", "1" * 41, "Record number takes at most 40 characters; shorten it."),
    ],
)
def test_that_a_refusal_stands_beside_its_field_and_nothing_is_stored(
    key: str, words: str, sentence: str
) -> None:
    room = Room().type(**{**FORM, key: words}).add()
    assert room.view.problem[0] == key
    assert room.view.problem[1].startswith(sentence)
    assert room.everybody() == 1
    assert room.view.filling


def test_that_no_sex_is_chosen_beforehand() -> None:
    room = Room().type(**FORM).add(sex="")
    assert room.view.problem[0] == "sex"
    assert room.everybody() == 1


def test_that_an_age_is_read_back() -> None:
    room = Room().type(born="1984-03-12")
    assert room.view.notes["born"] == "41 years old"
    room.presenter.typed("born", "2031-01-01")
    assert room.view.notes["born"] == ""


@pytest.mark.parametrize(
    ("family", "first"),
    [("Nowak", "Anna"), ("nowack", "ANNA"), ("Anna", "Nowak"), ("Nówak", "Ana")],
)
def test_that_a_like_name_is_pointed_out_before_anything_is_stored(family: str, first: str) -> None:
    room = Room().type(**{**FORM, "family": family, "given": first}).add("female")
    likeness = room.view.likeness
    assert likeness is not None
    assert [row.name for row in likeness.rows] == ["Nowak, Anna"]
    assert room.everybody() == 1


def test_that_another_person_with_a_like_name_is_added_when_said_so() -> None:
    room = Room().type(**{**FORM, "family": "Nowak", "given": "Anna"}).add("female")
    room.presenter.go_on()
    assert room.everybody() == 2
    assert room.view.likeness is None


def test_that_the_same_person_is_not_added_again() -> None:
    room = Room().type(**{**FORM, "family": "Nowak", "given": "Anna"}).add("female")
    assert room.view.likeness is not None
    room.presenter.choose(room.view.likeness.rows[0].id)
    assert room.everybody() == 1
    assert not room.view.filling
    assert room.view.page is not None
    assert room.view.page.name == "Nowak, Anna"


def test_that_other_names_are_not_asked_about() -> None:
    room = Room().type(**FORM).add()
    assert room.view.likeness is None
    assert room.everybody() == 2


def test_that_a_form_that_is_left_adds_nobody() -> None:
    room = Room().type(**FORM)
    room.presenter.give_up()
    assert room.everybody() == 1
    assert not room.view.filling


def test_that_a_form_stays_when_others_write() -> None:
    room = Room().type(**FORM)
    form = room.view.form
    registered(room.visit, "Haddad", "Samira", "100127")
    room.presenter.refresh()
    assert room.view.form is form
    assert room.view.filling
    assert "Haddad, Samira" in room.names


def test_that_like_patients_are_pointed_out_in_the_list_and_on_the_page() -> None:
    room = Room()
    registered(room.visit, "Nowak", "Ana", "100402")
    registered(room.visit, "Reyes", "Mateo", "100412")
    room.presenter.refresh()
    assert [(row.name, row.like) for row in room.view.patients.rows] == [
        ("Nowak, Ana", "like: Nowak, Anna, born 1984-03-12"),
        ("Nowak, Anna", "like: Nowak, Ana, born 1990-07-02"),
        ("Reyes, Mateo", ""),
    ]
    room.presenter.choose_first()
    assert room.view.page is not None
    assert room.view.page.like == "Easily taken for Nowak, Anna, born 1984-03-12"


def test_that_several_like_patients_are_counted() -> None:
    room = Room()
    for number in ("1", "2", "3"):
        registered(room.visit, "Nowak", "Ana", number)
    room.presenter.refresh()
    assert room.view.patients.rows[-1].like == "like: Nowak, Ana, born 1990-07-02, and 2 more"


def test_that_a_search_still_knows_who_is_like_those_it_hides() -> None:
    room = Room()
    registered(room.visit, "Nowak", "Ana", "100402")
    room.presenter.refresh()
    room.presenter.search("100402")
    assert [row.like for row in room.view.patients.rows] == ["like: Nowak, Anna, born 1984-03-12"]


@pytest.mark.parametrize("said", ["none known", "None known.", "NONE", "nka", "none, no allergies"])
def test_that_none_are_known_once_somebody_says_so(said: str) -> None:
    room = Room().type(**{**FORM, "allergies": said})
    assert room.view.notes["allergies"] == "Told: no known allergies"
    room.add()
    assert room.view.page is not None
    assert dict(room.view.page.facts)["Allergies"] == "No known allergies"


def test_that_an_answer_about_drugs_alone_stays_as_it_is_typed() -> None:
    room = Room().type(**{**FORM, "allergies": "NKDA"}).add()
    assert room.view.page is not None
    assert dict(room.view.page.facts)["Allergies"] == "NKDA"


def test_that_an_empty_field_says_nothing_of_allergies() -> None:
    room = Room().type(**{**FORM, "allergies": ""})
    assert room.view.notes["allergies"] == ""
