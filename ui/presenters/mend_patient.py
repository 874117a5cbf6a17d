"""Putting right who a patient is said to be: the form, what changes, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from monitor.clinic import NewPatient
from monitor.errors import Code, MonitorError, RefusedError
from monitor.likeness import Lookalikes
from monitor.people import Patient, Sex
from ui.presenters.form import FormFace, FormField, FormView, Option, Shape
from ui.presenters.new_patient import (
    ALLERGIES,
    ASKED_ALLERGIES,
    NONE_KNOWN,
    SEX_OPTIONS,
    Likeness,
    age_words,
    allergies_note,
    answered,
    as_far_as_typed,
    like_rows,
)
from ui.presenters.patient_rows import SEXES, Find
from ui.wording import sentence

REASONS = (
    Option("misspelt", "Misspelt"),
    Option("name changed", "Changed name"),
    Option("wrong birth date", "Wrong birth date"),
    Option("wrong record number", "Wrong number"),
    Option("", "Other"),
)
"""What a press puts into the line of the reason; "Other" empties it, to be typed."""

LABELS = {
    "name": "Name",
    "born": "Birth date",
    "number": "Record number",
    "sex": "Sex",
    "allergies": "Allergies",
}
"""What each thing that is known of a patient is called, in the order in which it is told."""

_FIELDS = (
    FormField("family", "Family name"),
    FormField("given", "Given name"),
    FormField("born", "Birth date", hint="YYYY-MM-DD"),
    FormField("sex", "Sex", Shape.BUTTONS, options=SEX_OPTIONS),
    FormField("number", "Record number"),
    ALLERGIES,
    FormField("reason", "Reason", hint="It stands in the record", options=REASONS),
)
_NONE = "no known allergies"


class Mend(Protocol):
    """Changes what is known of a patient."""

    def __call__(self, seen: Patient, wanted: NewPatient, reason: str) -> Patient:
        """Return the patient as known from now on, or refuse.

        Args:
            seen: What was shown as known till now.
            wanted: What is known from now on, as typed.
            reason: Why.
        """
        ...


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One thing that is known otherwise than it was."""

    what: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class MendFace:
    """What will be different.

    Attributes:
        note: What follows from it, or that nothing is different yet.
    """

    rows: tuple[ChangeRow, ...]
    note: str


class MendPatientView(FormView, Protocol):
    """What the presenter asks of the form's room."""

    def show_changes(self, face: MendFace | None) -> None:
        """Show what will be different; None takes it away."""
        ...

    def ask_likeness(self, likeness: Likeness | None) -> None:
        """Ask whether another patient is meant; None asks no more."""
        ...


class MendPatientPresenter:
    """Changes a patient's identity; what was known stays in sight until it is confirmed.

    Args:
        view: The form.
        mend: Changes the patient, or refuses.
        find: Returns whom a search finds; an empty one, everybody.
        today: Returns the day, for ages.
        mended: Is told of the patient once the change is in the record.
    """

    def __init__(
        self,
        view: MendPatientView,
        mend: Mend,
        find: Find,
        today: Callable[[], dt.date],
        mended: Callable[[Patient], None],
    ) -> None:
        self._view, self._mend, self._find = view, mend, find
        self._today, self._mended = today, mended
        self._was: Patient | None = None
        self._values: dict[str, str] = {}

    def begin(self, patient: Patient) -> None:
        """Show the form with what is known of the patient."""
        self._was = patient
        self._values = {**_known(patient), "reason": ""}
        self._view.ask_likeness(None)
        title = f"Change what is known of {patient.name}"
        self._view.show_form(FormFace(title, _FIELDS, "Confirm the change"))
        self._show_values()
        self._view.enter_form()

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now; a question about what stood there is over."""
        self._values[key] = words
        if key != "reason":
            self._view.ask_likeness(None)
        self._show_notes()

    def chosen(self, key: str, value: str) -> None:
        """Take what was pressed."""
        self._values[key] = value
        self._view.show_options(key, SEX_OPTIONS, value)
        self._show_notes()

    def submit(self) -> None:
        """Change it, unless somebody else is like the one who comes of it."""
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
        """Change it, whoever else is like it."""
        self._view.ask_likeness(None)
        if self._was is None:
            return
        if self._allergies(self._was) is None:
            self._view.show_problem("allergies", ASKED_ALLERGIES)
            return
        try:
            patient = self._mend(self._was, self._wanted(self._was), self._value("reason"))
        except MonitorError as error:
            if isinstance(error, RefusedError) and error.code is Code.BUSY:
                self._look_again(self._was)
            self._view.show_problem(str(error.facts.get("field", "")), sentence(error))
            return
        self._was = None
        self._mended(patient)

    def _look_again(self, was: Patient) -> None:
        """Show what somebody else has changed meanwhile; what was typed here stays."""
        before = _known(was)
        self._was = next((each for each in self._find("") if each.id == was.id), was)
        for key, words in _known(self._was).items():
            if self._values[key] == before[key]:  # nobody has typed anything else here
                self._values[key] = words
        self._show_values()

    def _value(self, key: str) -> str:
        return self._values.get(key, "").strip()

    def _wanted(self, was: Patient) -> NewPatient:
        return NewPatient(
            family=self._value("family"),
            given=self._value("given"),
            born=self._value("born"),
            sex=Sex(self._value("sex")),
            number=self._value("number"),
            allergies=self._allergies(was) or (),
        )

    def _allergies(self, was: Patient) -> tuple[str, ...] | None:
        """Return the allergies as typed; untouched, they are what they were, letter by letter."""
        typed = self._value("allergies")
        return was.allergies if typed == _known(was)["allergies"] else answered(typed)

    def _show_values(self) -> None:
        for key, words in self._values.items():
            if key == "sex":
                self._view.show_options(key, SEX_OPTIONS, words)
            else:
                self._view.put(key, words)
        self._show_notes()

    def _show_notes(self) -> None:
        self._view.show_note("born", age_words(self._value("born"), self._today()))
        self._view.show_note("allergies", allergies_note(self._value("allergies")))
        rows = self._changes()
        note = (
            "Sessions that nobody has signed follow; signed ones keep what was signed."
            if rows
            else "Nothing is different yet."
        )
        self._view.show_changes(MendFace(rows, note))

    def _changes(self) -> tuple[ChangeRow, ...]:
        """Return what is different as it stands in the fields, right or wrong."""
        if self._was is None:
            return ()
        before = _told(_known(self._was))
        after = _told({key: self._value(key) for key in self._values})
        return tuple(
            ChangeRow(LABELS[key], before[key], after[key])
            for key in LABELS
            if before[key] != after[key]
        )

    def _likeness(self) -> Likeness | None:
        typed = as_far_as_typed(self._values, self._was.id if self._was else "", self._today())
        unanswered = self._was is None or self._allergies(self._was) is None
        if typed is None or unanswered or not self._value("reason") or not self._changes():
            return None  # it would be refused anyway
        like = Lookalikes(self._find("")).of(typed)
        if not like or any(each.number == typed.number for each in like):
            return None  # nobody, or a number that will be refused
        who = "Another patient is" if len(like) == 1 else f"{len(like)} other patients are"
        return Likeness(
            f"{who} like {typed.name}. Is the change meant for this one?",
            like_rows(typed, like, self._today()),
            "They are different people: change it",
            "Leave it, and look at this one",
        )


def _known(patient: Patient) -> dict[str, str]:
    """Return what is known of a patient, as it stands in the fields."""
    return {
        "family": patient.family,
        "given": patient.given,
        "born": patient.born.isoformat(),
        "sex": patient.sex.value,
        "number": patient.number,
        "allergies": ", ".join(patient.allergies) or NONE_KNOWN,
    }


def _told(values: dict[str, str]) -> dict[str, str]:
    """Return what stands in the fields as it is told."""
    name = ", ".join(filter(None, (values["family"], values["given"])))
    sex = SEXES[Sex(values["sex"])]
    told = answered(values["allergies"])
    allergies = "not answered" if told is None else ", ".join(told) or _NONE
    return {**values, "name": name, "sex": sex, "allergies": allergies}
