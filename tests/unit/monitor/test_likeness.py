"""Patients who may be taken for one another are found, both ways, and quickly."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from monitor.likeness import Lookalikes, alike, one_edit_apart
from monitor.people import Patient, Sex

BORN, OTHER_DAY = dt.date(1984, 3, 12), dt.date(1990, 7, 2)
ANNA = Patient("a", "Nowak", "Anna", BORN, Sex.FEMALE, "100234")

LETTERS = st.sampled_from("abnkłöß -'")
NAMES = st.text(LETTERS, min_size=1, max_size=6)
DAYS = st.sampled_from([BORN, OTHER_DAY])
NUMBERS = st.text(st.sampled_from("012 -"), min_size=1, max_size=4)


def somebody(
    family: str, first: str, born: dt.date = OTHER_DAY, number: str = "7", *, uid: str = "b"
) -> Patient:
    return Patient(uid, family, first, born, Sex.OTHER, number)


PATIENTS = st.builds(somebody, NAMES, NAMES, DAYS, NUMBERS)


@pytest.mark.parametrize(
    ("family", "first"),
    [
        ("nowak", "ANNA"),  # case
        ("Nówak", "Änna"),  # accents
        ("No wak", "An-na"),  # spaces and hyphens
        ("Anna", "Nowak"),  # swapped
        ("Nowack", "Anna"),  # a letter too much
        ("Nowa", "Anna"),  # one missing
        ("Novak", "Anna"),  # another one
        ("Nwoak", "Anna"),  # two swapped
        ("Nowak", "Ana"),
        ("Nowak-Lis", "Anna"),  # married
        ("Nowak", "Anna Maria"),
        ("Nowack", "Ana"),  # both near, the initials the same
        ("Ana", "Nowak"),  # swapped and misspelt
    ],
)
def test_that_a_like_name_is_found_whatever_the_birth_date(family: str, first: str) -> None:
    other = somebody(family, first)
    assert alike(ANNA, other)
    assert Lookalikes([ANNA, other]).of(ANNA) == (other,)


@pytest.mark.parametrize(
    ("family", "first"),
    [
        ("Nowak", "Maria"),  # twins
        ("Nowack", "Ewa"),
        ("Reyes", "Ana"),
        ("Nagy", "Agnes"),  # the initials
    ],
)
def test_that_less_is_enough_on_the_same_birth_date(family: str, first: str) -> None:
    assert alike(ANNA, somebody(family, first, BORN))
    assert not alike(ANNA, somebody(family, first, OTHER_DAY))


@pytest.mark.parametrize("number", ["100 234", "00100234", "100-234", "１００２３４"])
def test_that_the_same_number_typed_otherwise_is_found(number: str) -> None:
    assert alike(ANNA, somebody("Reyes", "Mateo", number=number))


@pytest.mark.parametrize(
    ("family", "first"), [("Reyes", "Mateo"), ("Nowak", "Ewa"), ("Lis", "Anna"), ("Nowicka", "Ana")]
)
def test_that_others_are_left_alone(family: str, first: str) -> None:
    assert not alike(ANNA, somebody(family, first))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Groß", "Gross"), ("Łęcki", "Lecki"), ("Sørensen", "Sorensen"), ("Þór", "Thor")],
)
def test_that_letters_of_other_alphabets_are_met_half_way(one: str, other: str) -> None:
    assert alike(somebody(one, "Jan"), somebody(other, "Jan", BORN, "8"))


@pytest.mark.parametrize("name", ["—", "山田", "अनिल", "O'Neill"])
def test_that_a_name_in_any_writing_is_like_itself_and_no_other(name: str) -> None:
    assert alike(somebody(name, name), somebody(name, name, BORN, "8"))
    assert not alike(somebody(name, name), somebody("Reyes", "Mateo", BORN, "8"))


@given(PATIENTS)
def test_that_everybody_is_like_themselves(patient: Patient) -> None:
    assert alike(patient, patient)


@given(PATIENTS, PATIENTS)
def test_that_likeness_goes_both_ways(one: Patient, other: Patient) -> None:
    assert alike(one, other) is alike(other, one)


@given(st.text(LETTERS, max_size=6), st.text(LETTERS, max_size=6))
def test_that_one_edit_is_what_one_edit_makes(one: str, other: str) -> None:
    assert one_edit_apart(one, other) is (other in edited(one))


@given(st.lists(st.tuples(NAMES, NAMES, DAYS, NUMBERS), min_size=1, max_size=12))
def test_that_the_quick_search_finds_exactly_those_who_are_alike(
    people: list[tuple[str, str, dt.date, str]],
) -> None:
    everybody = [somebody(*each, uid=f"p{place}") for place, each in enumerate(people)]
    shelves = Lookalikes(everybody)
    for patient in everybody:
        others = [each for each in everybody if each.id != patient.id and alike(patient, each)]
        assert list(shelves.of(patient)) == others


def edited(word: str) -> set[str]:
    """Return the word, and all that one insertion, deletion, swap or other letter makes of it."""
    letters = "abnkłöß -'"
    made = {word}
    for n in range(len(word) + 1):
        head, tail = word[:n], word[n:]
        made |= {head + each + tail for each in letters}
        made |= {head + each + tail[1:] for each in letters if tail}
        made.add(head + tail[1:])
        if len(tail) > 1:
            made.add(head + tail[1] + tail[0] + tail[2:])
    return made
