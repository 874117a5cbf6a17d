"""The patients: found by what is typed, one looked at, a new one added, one put right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from monitor.clinic import NewPatient
from monitor.identity import IdentityChange
from monitor.likeness import Lookalikes
from monitor.people import Patient, differences
from monitor.ports import SessionHeader
from ui.presenters.mend_patient import (
    LABELS,
    ChangeRow,
    Mend,
    MendPatientPresenter,
    MendPatientView,
)
from ui.presenters.new_patient import NewPatientPresenter, NewPatientView
from ui.presenters.patient_rows import (
    SEXES,
    Find,
    PatientListView,
    like_words,
    most_like_first,
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


_IDENTITY = frozenset({"name", "born", "number"})
"""What a session that was signed under another identity is told by."""


@dataclass(frozen=True, slots=True)
class PatientsDoors:
    """Everything that the room needs of the world.

    Attributes:
        find: Returns the patients whom a search finds; an empty one, all.
        sessions: Returns a patient's sessions, oldest first.
        register: Adds a patient, or refuses.
        mend: Changes what is known of one, or refuses.
        changes: Returns what was ever changed of a patient, by the id; the newest first.
        now: Returns the present instant.
        zone: The clinic's time zone.
        looked: Told whose page was opened, by the id.
    """

    find: Find
    sessions: Callable[[str], tuple[SessionHeader, ...]]
    register: Callable[[NewPatient], Patient]
    mend: Mend
    changes: Callable[[str], tuple[IdentityChange, ...]]
    now: Callable[[], dt.datetime]
    zone: dt.tzinfo
    looked: Callable[[str], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session on a patient's page.

    Attributes:
        status: "In progress", "To sign", … and as whom it was signed, where that was otherwise.
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
class ChangeFace:
    """One time that a patient's identity was put right.

    Attributes:
        when: "2026-03-02 10:12".
        rows: What was known otherwise before.
    """

    when: str
    by: str
    reason: str
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class PatientFace:
    """A patient's page.

    Attributes:
        facts: (name, value) of the identity.
        sessions: The newest first.
        changes: The newest first.
        like: Who else may be meant; empty where nobody is like them.
        start: The words on the button that starts one.
        busy: Whether one is going on already.
    """

    id: str
    name: str
    facts: tuple[tuple[str, str], ...]
    sessions: tuple[SessionRow, ...]
    changes: tuple[ChangeFace, ...] = ()
    like: str = ""
    start: str = "Start a session"
    busy: bool = False


class PatientsView(PatientListView, NewPatientView, MendPatientView, Protocol):
    """What the presenter asks of the room."""

    def show_patient(self, face: PatientFace | None) -> None:
        """Show a patient's page, or that nobody is chosen."""
        ...

    def set_search(self, words: str) -> None:
        """Let the search hold these words."""
        ...

    def open_form(self) -> None:
        """Make room for a form."""
        ...

    def close_form(self) -> None:
        """Take the form away."""
        ...

    def open_session(self, session_id: str) -> None:
        """Ask the window for a session."""
        ...

    def start_session(self, patient_id: str) -> None:
        """Ask the window to start a session for a patient."""
        ...


class PatientsPresenter:
    """Owns the list, the page beside it, and the forms that take the page's place."""

    def __init__(self, view: PatientsView, doors: PatientsDoors) -> None:
        self._view, self._doors = view, doors
        self._search, self._chosen = "", ""
        self._found: tuple[Patient, ...] = ()
        self._everybody: tuple[Patient, ...] = ()
        self._likes = Lookalikes(())
        self.form = NewPatientPresenter(view, doors.register, doors.find, self._today, self._kept)
        self.mending = MendPatientPresenter(view, doors.mend, doors.find, self._today, self._kept)
        self._filling: NewPatientPresenter | MendPatientPresenter | None = None

    def refresh(self) -> None:
        """Look again: on coming into the room, and after something was written."""
        self._look()
        self._show_list()
        if self._filling is None:
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
        self._doors.looked(patient_id)

    def choose_first(self) -> None:
        """Look at the first of those who were found: Enter in the search."""
        if self._found:
            self.choose(self._found[0].id)

    def new(self) -> None:
        """Begin a new patient."""
        self._filling = self.form
        self._view.open_form()
        self._view.show_changes(None)
        self.form.begin()

    def mend(self) -> None:
        """Begin to change what is known of the patient who is looked at."""
        self._look()
        patient = self._patient()
        if patient is not None:
            self._filling = self.mending
            self._view.open_form()
            self.mending.begin(patient)

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field of the form now."""
        if self._filling:
            self._filling.typed(key, words)

    def pressed(self, key: str, value: str) -> None:
        """Take what was pressed in the form."""
        if self._filling:
            self._filling.chosen(key, value)

    def submit(self) -> None:
        """Do what the form is for."""
        if self._filling:
            self._filling.submit()

    def go_on(self) -> None:
        """Do it, whoever else is like the one who is typed."""
        if self._filling:
            self._filling.go_on()

    def give_up(self) -> None:
        """Leave the form; nothing is added or changed."""
        self._close_form()
        self._show_page()

    def open(self, session_id: str) -> None:
        """Go to a session."""
        self._view.open_session(session_id)

    def start(self) -> None:
        """Start a session for the patient who is looked at."""
        if self._chosen:
            self._view.start_session(self._chosen)

    def _kept(self, patient: Patient) -> None:
        self._search = ""
        self._view.set_search("")
        self._look()
        self.choose(patient.id)

    def _close_form(self) -> None:
        if self._filling:
            self._filling = None
            self._view.ask_likeness(None)
            self._view.show_changes(None)
            self._view.close_form()

    def _look(self) -> None:
        everybody = self._doors.find("")
        if everybody != self._everybody:
            self._everybody, self._likes = everybody, Lookalikes(everybody)
        self._found = self._doors.find(self._search) if self._search else self._everybody

    def _patient(self) -> Patient | None:
        return next((each for each in self._everybody if each.id == self._chosen), None)

    def _today(self) -> dt.date:
        return self._doors.now().astimezone(self._doors.zone).date()

    def _show_list(self) -> None:
        today = self._today()
        face = patients_face(self._found, self._search, today, self._chosen, self._likes)
        self._view.show_patients(face)

    def _show_page(self) -> None:
        patient = self._patient()
        self._view.show_patient(self._face(patient) if patient else None)

    def _face(self, patient: Patient) -> PatientFace:
        headers = self._doors.sessions(patient.id)
        facts = (
            ("Born", f"{patient.born.isoformat()} ({patient.age_on(self._today())})"),
            ("Sex", SEXES[patient.sex]),
            ("MRN", patient.number),
            ("Allergies", ", ".join(patient.allergies) or "No known allergies"),
        )
        rows = tuple(self._row(header, patient) for header in reversed(headers))
        like = most_like_first(patient, self._likes.of(patient))
        return PatientFace(
            patient.id,
            patient.name,
            facts,
            rows,
            changes=tuple(self._change(each) for each in self._doors.changes(patient.id)),
            like=like_words(like, "Easily taken for"),
            busy=any(row.is_open for row in rows),
        )

    def _change(self, change: IdentityChange) -> ChangeFace:
        at = change.at.astimezone(self._doors.zone)
        rows = tuple(
            ChangeRow(LABELS[each.what], each.was, each.now)
            for each in differences(change.was, change.now)
        )
        return ChangeFace(f"{at:%Y-%m-%d %H:%M}", change.by.name, change.reason, rows)

    def _row(self, header: SessionHeader, patient: Patient) -> SessionRow:
        opened = header.opened_at.astimezone(self._doors.zone)
        status, tone = _STATUS.get(header.status, (header.status.capitalize(), "text_2"))
        known = ", ".join(
            each.was for each in differences(header.patient, patient) if each.what in _IDENTITY
        )
        return SessionRow(
            session_id=header.session_id,
            day=opened.date().isoformat(),
            time=f"{opened:%H:%M}",
            family=header.drug,
            treatment=treatment_words(header.drug, header.route),
            chair=chair_words(header.chair),
            status=f"{status} as {known}" if known else status,
            tone=tone,
            is_open=header.status == "open",
        )
