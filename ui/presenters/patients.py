"""The patients: found by what is typed, one looked at, a new one added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from monitor.clinic import NewPatient
from monitor.people import Patient
from monitor.ports import SessionHeader
from ui.presenters.new_patient import NewPatientPresenter, NewPatientView
from ui.presenters.patient_rows import (
    SEXES,
    Find,
    PatientListView,
    patients_face,
    treatment_words,
)
from ui.presenters.words import chair_words

_STATUS: dict[str, tuple[str, str]] = {
    "open": ("In progress", "overdue"),
    "closed": ("To sign", "text_2"),
    "signed": ("To co-sign", "text_2"),
    "co-signed": ("Signed", "good"),
    "cancelled": ("Cancelled", "text_3"),
}


@dataclass(frozen=True, slots=True)
class PatientsDoors:
    """Everything that the room needs of the world.

    Attributes:
        find: Returns the patients whom a search finds; an empty one, all.
        sessions: Returns all sessions, oldest first.
        register: Adds a patient, or refuses.
        now: Returns the present instant.
        zone: The clinic's time zone.
    """

    find: Find
    sessions: Callable[[], tuple[SessionHeader, ...]]
    register: Callable[[NewPatient], Patient]
    now: Callable[[], dt.datetime]
    zone: dt.tzinfo


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session on a patient's page.

    Attributes:
        status: "In progress", "To sign", …
        tone: Of the status.
        is_open: Whether it is still going on.
    """

    session_id: str
    day: str
    time: str
    family: str
    treatment: str
    chair: str
    status: str
    tone: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class PatientFace:
    """A patient's page.

    Attributes:
        facts: (name, value) of the identity.
        sessions: The newest first.
        start: The words on the button that starts one.
        busy: Whether one is going on already.
    """

    id: str
    name: str
    facts: tuple[tuple[str, str], ...]
    sessions: tuple[SessionRow, ...]
    start: str = "Start a session"
    busy: bool = False


class PatientsView(PatientListView, NewPatientView, Protocol):
    """What the presenter asks of the room."""

    def show_patient(self, face: PatientFace | None) -> None:
        """Show a patient's page, or that nobody is chosen."""
        ...

    def set_search(self, words: str) -> None:
        """Let the search hold these words."""
        ...

    def open_new(self) -> None:
        """Make room for the form of a new patient."""
        ...

    def close_new(self) -> None:
        """Take the form away."""
        ...

    def open_session(self, session_id: str) -> None:
        """Ask the window for a session."""
        ...

    def start_session(self, patient_id: str) -> None:
        """Ask the window to start a session for a patient."""
        ...


class PatientsPresenter:
    """Owns the list, the page beside it and the form of a new patient."""

    def __init__(self, view: PatientsView, doors: PatientsDoors) -> None:
        self._view, self._doors = view, doors
        self._search, self._chosen = "", ""
        self._found: tuple[Patient, ...] = ()
        self._registering = False
        self.form = NewPatientPresenter(view, doors.register, doors.find, self._today, self._added)

    def refresh(self) -> None:
        """Look again: on coming into the room, and after something was written."""
        self._found = self._doors.find(self._search)
        self._show_list()
        if not self._registering:
            self._show_page()

    def search(self, words: str) -> None:
        """Find patients by name, record number or birth date."""
        self._search = words
        self._found = self._doors.find(words)
        self._show_list()

    def choose(self, patient_id: str) -> None:
        """Look at a patient; a form that was begun is left."""
        self._close_form()
        self._chosen = patient_id
        self._show_list()
        self._show_page()

    def choose_first(self) -> None:
        """Look at the first of those who were found: Enter in the search."""
        if self._found:
            self.choose(self._found[0].id)

    def new(self) -> None:
        """Begin a new patient."""
        self._registering = True
        self._view.open_new()
        self.form.begin()

    def give_up(self) -> None:
        """Leave the form; nothing is added."""
        self._close_form()
        self._show_page()

    def open(self, session_id: str) -> None:
        """Go to a session."""
        self._view.open_session(session_id)

    def start(self) -> None:
        """Start a session for the patient who is looked at."""
        if self._chosen:
            self._view.start_session(self._chosen)

    def _added(self, patient: Patient) -> None:
        self._search = ""
        self._view.set_search("")
        self._found = self._doors.find("")
        self.choose(patient.id)

    def _close_form(self) -> None:
        if self._registering:
            self._registering = False
            self._view.ask_likeness(None)
            self._view.close_new()

    def _today(self) -> dt.date:
        return self._doors.now().astimezone(self._doors.zone).date()

    def _show_list(self) -> None:
        face = patients_face(self._found, self._search, self._today(), self._chosen)
        self._view.show_patients(face)

    def _show_page(self) -> None:
        everybody = {each.id: each for each in (*self._doors.find(""), *self._found)}
        patient = everybody.get(self._chosen)
        self._view.show_patient(self._face(patient) if patient else None)

    def _face(self, patient: Patient) -> PatientFace:
        headers = [h for h in self._doors.sessions() if h.patient.id == patient.id]
        facts = (
            ("Born", f"{patient.born.isoformat()} ({patient.age_on(self._today())})"),
            ("Sex", SEXES[patient.sex]),
            ("MRN", patient.number),
            ("Allergies", ", ".join(patient.allergies) or "No known allergies"),
        )
        rows = tuple(self._row(header) for header in reversed(headers))
        busy = any(row.is_open for row in rows)
        return PatientFace(patient.id, patient.name, facts, rows, busy=busy)

    def _row(self, header: SessionHeader) -> SessionRow:
        opened = header.opened_at.astimezone(self._doors.zone)
        status, tone = _STATUS.get(header.status, (header.status.capitalize(), "text_2"))
        return SessionRow(
            session_id=header.session_id,
            day=opened.date().isoformat(),
            time=f"{opened:%H:%M}",
            family=header.drug,
            treatment=treatment_words(header.drug, header.route),
            chair=chair_words(header.chair),
            status=status,
            tone=tone,
            is_open=header.status == "open",
        )
