"""A new patient: the form, and the question whether they are here already under a like name."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Protocol

from monitor.clinic import NewPatient
from monitor.errors import MonitorError
from monitor.people import Patient, Sex
from ui.presenters.form import FormFace, FormField, FormView, Option, Shape
from ui.presenters.patient_rows import SEXES, Find, PatientRow, patient_row
from ui.wording import sentence

ALIKE = 0.85
"""Names that agree so far (1 is the same) are pointed out; chosen so that one letter in eight
or a swapped pair is."""

_SEXES = tuple(Option(sex.value, words) for sex, words in SEXES.items())
_FACE = FormFace(
    "New patient",
    (
        FormField("family", "Family name"),
        FormField("given", "Given name"),
        FormField("born", "Birth date", hint="YYYY-MM-DD"),
        FormField("sex", "Sex", Shape.BUTTONS, options=_SEXES),
        FormField("number", "Record number"),
        FormField("allergies", "Allergies", hint="With a comma between them"),
    ),
    "Add the patient",
)
_NO_ALLERGIES = "Left empty, it says: no known allergies"


@dataclass(frozen=True, slots=True)
class Likeness:
    """Who is here already under a like name.

    Attributes:
        said: Why it is asked.
        rows: Who they are.
        another: The words of the answer that adds a new patient all the same.
    """

    said: str
    rows: tuple[PatientRow, ...]
    another: str


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
        self._view.show_note("allergies", _NO_ALLERGIES)
        self._view.enter_form()

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now; a question about what stood there is over."""
        self._values[key] = words
        self._view.ask_likeness(None)
        if key == "born":
            self._view.show_note("born", self._age())
        elif key == "allergies":
            told = " · ".join(self._allergies())
            self._view.show_note("allergies", f"Told: {told}" if told else _NO_ALLERGIES)

    def chosen(self, key: str, value: str) -> None:
        """Take what was pressed."""
        self._values[key] = value
        self._view.show_options(key, _SEXES, value)

    def submit(self) -> None:
        """Add the patient, unless somebody with a like name is here already."""
        likeness = self._likeness()
        if likeness is None:
            self.add()
        else:
            self._view.show_problem("", "")
            self._view.ask_likeness(likeness)

    def add(self) -> None:
        """Add the patient, whoever else is here."""
        self._view.ask_likeness(None)
        if not self._value("sex") and all(map(self._value, ("family", "given", "born"))):
            self._view.show_problem("sex", "Choose the sex, or “Other”.")
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
            allergies=self._allergies(),
        )

    def _allergies(self) -> tuple[str, ...]:
        return tuple(each.strip() for each in self._value("allergies").split(",") if each.strip())

    def _born(self) -> dt.date | None:
        """Return the birth date as far as it is one."""
        try:
            born = dt.date.fromisoformat(self._value("born"))
        except ValueError:
            return None
        return born if born <= self._today() else None

    def _age(self) -> str:
        born = self._born()
        if born is None:
            return ""
        years = Patient("", "", "", born, Sex.OTHER, "").age_on(self._today())
        return f"{years} years old" if years != 1 else "1 year old"

    def _likeness(self) -> Likeness | None:
        family, given = self._value("family"), self._value("given")
        if not (family and given and self._born() and self._value("sex") and self._value("number")):
            return None  # it would be refused anyway
        today = self._today()
        like = [each for each in self._find("") if alike(each, family, given)]
        if not like:
            return None
        who = "Someone with a like name is" if len(like) == 1 else "Some with like names are"
        return Likeness(
            f"{who} in the record already. Is it the same person?",
            tuple(patient_row(each, today) for each in like[:5]),
            f"No, add {family}, {given}",
        )


def alike(patient: Patient, family: str, given: str) -> bool:
    """Tell whether a name is so like a patient's that one may have been taken for the other.

    Accents and letter case do not count, and family and given name may be swapped.
    """
    known = _folded(patient.family), _folded(patient.given)
    typed = _folded(family), _folded(given)
    return any(
        SequenceMatcher(None, " ".join(known), " ".join(order)).ratio() >= ALIKE
        for order in (typed, typed[::-1])
    )


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return " ".join(letters.replace("ł", "l").replace("Ł", "L").casefold().split())
