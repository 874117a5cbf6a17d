"""Patients in lists: how each is named there, and who is found by what is typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from monitor.likeness import Lookalikes
from monitor.people import Patient, Sex
from ui.presenters.words import short_route

Find = Callable[[str], tuple[Patient, ...]]

MOST_ROWS = 200
"""A list that is longer is no longer read; the search is made narrower."""

SEXES: dict[Sex, str] = {Sex.FEMALE: "Female", Sex.MALE: "Male", Sex.OTHER: "Other"}


@dataclass(frozen=True, slots=True)
class PatientRow:
    """One patient in a list.

    Attributes:
        like: Who else may be meant; empty where nobody is like them.
    """

    id: str
    name: str
    facts: str
    like: str = ""


@dataclass(frozen=True, slots=True)
class PatientsFace:
    """A list of patients.

    Attributes:
        note: Under the search: how many, or that nobody was found.
        chosen: The id of the one that is chosen; empty for nobody.
    """

    rows: tuple[PatientRow, ...]
    note: str
    chosen: str = ""


class PatientListView(Protocol):
    """What a presenter asks of a list of patients."""

    def show_patients(self, face: PatientsFace) -> None:
        """Show these."""
        ...


def patient_facts(patient: Patient, today: dt.date) -> str:
    """Return birth date, age and record number in one line."""
    return f"{patient.born.isoformat()} ({patient.age_on(today)}) · MRN {patient.number}"


def patient_row(patient: Patient, today: dt.date, like: str = "") -> PatientRow:
    """Return a patient as lists show them."""
    return PatientRow(patient.id, patient.name, patient_facts(patient, today), like)


def patients_face(
    found: Sequence[Patient],
    search: str,
    today: dt.date,
    chosen: str,
    everybody: Lookalikes | None = None,
) -> PatientsFace:
    """Return the list of those who were found.

    Args:
        found: Who was found.
        search: By what.
        today: For their ages.
        chosen: The id of the one that is chosen.
        everybody: Knows who is like whom; None points nobody out.
    """
    rows = tuple(
        patient_row(each, today, like_words(everybody.of(each)) if everybody else "")
        for each in found[:MOST_ROWS]
    )
    return PatientsFace(rows, _note(len(found), search.strip()), chosen)


def like_words(others: Sequence[Patient], lead: str = "like:") -> str:
    """Return who else may be meant: "like: Nowak, Ana, born 1990-07-02", or nothing."""
    if not others:
        return ""
    first, *rest = others
    more = f", and {len(rest)} more" if rest else ""
    return f"{lead} {first.name}, born {first.born.isoformat()}{more}"


def most_like_first(patient: Patient, others: Sequence[Patient]) -> tuple[Patient, ...]:
    """Return those with the same birth date first, then by name."""
    return tuple(sorted(others, key=lambda each: (each.born != patient.born, each.name, each.id)))


def _note(count: int, search: str) -> str:
    if not count:
        if search:
            return f"Nobody found for “{search[:40]}”: check the spelling, or add a new patient."
        return "No patient yet: add the first one."
    if count > MOST_ROWS:
        return f"The first {MOST_ROWS} of {count}: type more to find the one you mean."
    if search:
        return "1 patient found" if count == 1 else f"{count} patients found"
    return "1 patient" if count == 1 else f"{count} patients"


def treatment_words(drug: str, route: str) -> str:
    """Return drug and route: "Ketamine IV"."""
    return f"{drug.capitalize()} {short_route(route)}"
