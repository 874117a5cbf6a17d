"""A new patient: the form, and the question whether they are here already, or like somebody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from monitor.clinic import NewPatient
from monitor.errors import MonitorError
from monitor.likeness import Lookalikes
from monitor.people import Patient, Sex
from ui.presenters.form import FormFace, FormField, FormView, Option, Shape
from ui.presenters.patient_rows import (
    SEXES,
    Find,
    PatientRow,
    most_like_first,
    patient_row,
)
from ui.wording import sentence

MOST_LIKE = 4
"""More than these are not compared with care any more."""

SEX_OPTIONS = tuple(Option(sex.value, words) for sex, words in SEXES.items())
NONE_KNOWN = "none known"
"""What stands in the field where the patient was asked and none are known."""

ALLERGIES = FormField(
    "allergies",
    "Allergies",
    hint="With a comma between them",
    options=(Option(NONE_KNOWN, "None known"),),
)
_FACE = FormFace(
    "New patient",
    (
        FormField("family", "Family name"),
        FormField("given", "Given name"),
        FormField("born", "Birth date", hint="YYYY-MM-DD"),
        FormField("sex", "Sex", Shape.BUTTONS, options=SEX_OPTIONS),
        FormField("number", "Record number"),
        ALLERGIES,
    ),
    "Add the patient",
)
ASKED_ALLERGIES = "Type the allergies, or say that none are known."
"""Nobody is without allergies because a field was left empty."""

_SAY_NONE = frozenset(
    {NONE_KNOWN, "none", "no known allergies", "no known allergy", "no allergies", "nka"}
)
"""What is typed for it, too; "NKDA" says it of drugs only, and stays as it is typed."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Who is here already, and like the one who is typed.

    Attributes:
        said: Why it is asked.
        rows: Who they are.
        another: The words of the answer that goes on all the same.
        same: The words of the answer that goes to one of them instead.
    """

    said: str
    rows: tuple[PatientRow, ...]
    another: str
    same: str = "Yes, this one"


class NewPatientView(FormView, Protocol):
    """What the presenter asks of the form's room."""

    def ask_likeness(self, likeness: Likeness | None) -> None:
        """Ask whether it is one of these; None asks no more."""
        ...


class NewPatientPresenter:
    """Adds a patient; nobody is added twice without having been asked.

    Args:
        view: The form.
        register: Adds the patient, or refuses.
        find: Returns whom a search finds; an empty one, everybody.
        today: Returns the day, for ages.
        added: Is told of the patient once they are in the record.
    """

    def __init__(
        self,
        view: NewPatientView,
        register: Callable[[NewPatient], Patient],
        find: Find,
        today: Callable[[], dt.date],
        added: Callable[[Patient], None],
    ) -> None:
        self._view, self._register, self._find = view, register, find
        self._today, self._added = today, added
        self._values: dict[str, str] = {}

    def begin(self) -> None:
        """Show the empty form."""
        self._values = {}
        self._view.ask_likeness(None)
        self._view.show_form(_FACE)
        self._view.show_note("allergies", allergies_note(""))
        self._view.enter_form()

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now; a question about what stood there is over."""
        self._values[key] = words
        self._view.ask_likeness(None)
        if key == "born":
            self._view.show_note("born", self._age())
        elif key == "allergies":
            self._view.show_note("allergies", allergies_note(words))

    def chosen(self, key: str, value: str) -> None:
        """Take what was pressed."""
        self._values[key] = value
        self._view.show_options(key, SEX_OPTIONS, value)

    def submit(self) -> None:
        """Add the patient, unless somebody with a like name is here already."""
        try:
            likeness = self._likeness()
        except MonitorError as error:
            self._view.show_problem("", sentence(error))
            return
        if likeness is None:
            self.go_on()
        else:
            self._view.show_problem("", "")
            self._view.ask_likeness(likeness)

    def go_on(self) -> None:
        """Add the patient, whoever else is here."""
        self._view.ask_likeness(None)
        if not self._value("sex") and all(map(self._value, ("family", "given", "born"))):
            self._view.show_problem("sex", "Choose the sex, or “Other”.")
            return
        others = map(self._value, ("family", "given", "born", "number"))
        if self._allergies is None and all(others):
            self._view.show_problem("allergies", ASKED_ALLERGIES)
            return
        try:
            patient = self._register(self._wanted())
        except MonitorError as error:
            self._view.show_problem(str(error.facts.get("field", "")), sentence(error))
            return
        self._added(patient)

    def _value(self, key: str) -> str:
        return self._values.get(key, "").strip()

    def _wanted(self) -> NewPatient:
        return NewPatient(
            family=self._value("family"),
            given=self._value("given"),
            born=self._value("born"),
            sex=Sex(self._value("sex") or Sex.OTHER.value),
            number=self._value("number"),
            allergies=self._allergies or (),
        )

    @property
    def _allergies(self) -> tuple[str, ...] | None:
        return answered(self._value("allergies"))

    def _age(self) -> str:
        return age_words(self._value("born"), self._today())

    def _likeness(self) -> Likeness | None:
        typed = as_far_as_typed(self._values, "", self._today())
        if typed is None or not self._value("sex") or self._allergies is None:
            return None  # it would be refused anyway
        like = Lookalikes(self._find("")).of(typed)
        if not like or any(each.number == typed.number for each in like):
            return None  # nobody, or a number that will be refused
        who = "A patient like this is" if len(like) == 1 else f"{len(like)} patients like this are"
        return Likeness(
            f"{who} in the record already. Is it the same person?",
            like_rows(typed, like, self._today()),
            f"No, add {typed.name}",
        )


def like_rows(patient: Patient, like: Sequence[Patient], today: dt.date) -> tuple[PatientRow, ...]:
    """Return those who are like a patient as rows, the most like first."""
    return tuple(patient_row(each, today) for each in most_like_first(patient, like)[:MOST_LIKE])


def as_far_as_typed(values: Mapping[str, str], patient_id: str, today: dt.date) -> Patient | None:
    """Return who was typed, for a comparison; None while a field is empty or no date."""
    family, given, number = (values.get(key, "").strip() for key in ("family", "given", "number"))
    born = birth_date(values.get("born", ""), today)
    if not (family and given and number and born):
        return None
    return Patient(patient_id, family, given, born, Sex.OTHER, number)


def birth_date(typed: str, today: dt.date) -> dt.date | None:
    """Return the birth date as far as it is one."""
    try:
        born = dt.date.fromisoformat(typed.strip())
    except ValueError:
        return None
    return born if born <= today else None


def age_words(typed: str, today: dt.date) -> str:
    """Return the age that follows from a birth date as typed: "41 years old", or nothing."""
    born = birth_date(typed, today)
    if born is None:
        return ""
    years = Patient("", "", "", born, Sex.OTHER, "").age_on(today)
    return f"{years} years old" if years != 1 else "1 year old"


def answered(typed: str) -> tuple[str, ...] | None:
    """Return the allergies that were typed, nothing where none are known.

    None is no answer: an empty field, or both at once.
    """
    told = tuple(each.strip() for each in typed.split(",") if any(map(str.isalnum, each)))
    none_known = [each for each in told if each.casefold().rstrip(".") in _SAY_NONE]
    if len(none_known) == len(told):
        return () if told else None
    return None if none_known else told


def allergies_note(typed: str) -> str:
    """Return how the allergies that are typed will be told; nothing while it is no answer."""
    told = answered(typed)
    if told is None:
        return ""
    return f"Told: {' · '.join(told)}" if told else "Told: no known allergies"
