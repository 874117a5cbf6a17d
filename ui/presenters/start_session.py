"""Starting a session: who, in which chair, under which approved protocol."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from monitor.errors import Code, MonitorError, RefusedError
from monitor.likeness import Lookalikes
from monitor.people import Account, Clinic, Patient, Role
from monitor.ports import SessionHeader
from monitor.protocols.protocol import Approval, Way
from ui.presenters.form import Option
from ui.presenters.patient_rows import (
    Find,
    PatientListView,
    PatientRow,
    most_like_first,
    patient_row,
    patients_face,
    treatment_words,
)
from ui.presenters.protocol_words import in_short
from ui.presenters.words import amount, chair_words
from ui.wording import sentence

MOST_LIKE = 4
"""So many are asked about side by side."""

_START, _AGAIN = "Start the session", "Start another session"


class OpenNew(Protocol):
    """Opens a session for a patient in a chair, under an approved protocol."""

    def __call__(
        self, *, patient_id: str, protocol_id: str, chair: str, confirm: bool = False
    ) -> str:
        """Return the session's identity, or refuse.

        Args:
            patient_id: Whose it is.
            protocol_id: What is given.
            chair: Where.
            confirm: That a second session of one day is meant.
        """
        ...


@dataclass(frozen=True, slots=True)
class StartDoors:
    """Everything that the room needs of the world.

    Attributes:
        find: Returns the patients whom a search finds; an empty one, all.
        clinic: Returns the clinic with its chairs.
        open_sessions: Returns the sessions that are going on.
        approvals: Returns the newest approved version of each protocol.
        accounts: Returns everyone who has an account.
        open_session: Opens the session.
        now: Returns the present instant.
        zone: The clinic's time zone.
    """

    find: Find
    clinic: Callable[[], Clinic | None]
    open_sessions: Callable[[], tuple[SessionHeader, ...]]
    approvals: Callable[[], tuple[Approval, ...]]
    accounts: Callable[[], tuple[Account, ...]]
    open_session: OpenNew
    now: Callable[[], dt.datetime]
    zone: dt.tzinfo


@dataclass(frozen=True, slots=True)
class ProtocolCard:
    """An approved protocol.

    Attributes:
        family: The drug, as the theme colours it.
        lines: What it says in short.
    """

    id: str
    family: str
    treatment: str
    title: str
    lines: tuple[str, ...]
    approved: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class WhichFace:
    """Patients who may be taken for one another; one of them has to be named.

    Attributes:
        rows: The one who was chosen, then the others.
    """

    said: str
    rows: tuple[PatientRow, ...]


@dataclass(frozen=True, slots=True)
class StartFace:
    """Whether the session can be started.

    Attributes:
        said: What will be started, or what is still to be chosen.
        warning: What a person should know before; empty for nothing.
        start: The words on the button.
    """

    said: str
    ready: bool
    warning: str = ""
    start: str = _START


class StartSessionView(PatientListView, Protocol):
    """What the presenter asks of the room."""

    def set_search(self, words: str) -> None:
        """Let the search hold these words, and go there."""
        ...

    def show_chairs(self, chairs: tuple[Option, ...], chosen: str) -> None:
        """Show the chairs; one that is taken cannot be chosen."""
        ...

    def show_protocols(self, cards: tuple[ProtocolCard, ...], nobody: str) -> None:
        """Show the approved protocols, or why there is none."""
        ...

    def ask_which(self, face: WhichFace | None) -> None:
        """Ask which of several like patients it is; None asks no more."""
        ...

    def show_start(self, face: StartFace) -> None:
        """Show whether the session can be started."""
        ...

    def show_problem(self, said: str) -> None:
        """Say why it was refused; empty takes the sentence away."""
        ...

    def show_started(self, session_id: str) -> None:
        """Ask the window for the session."""
        ...


class StartSessionPresenter:
    """Puts a session together; nothing is chosen that nobody has chosen."""

    def __init__(self, view: StartSessionView, doors: StartDoors) -> None:
        self._view, self._doors = view, doors
        self._search = ""
        self._patient: Patient | None = None
        self._sure_of = self._asked_again = ""
        self._chair, self._protocol = "", ""
        self._found: tuple[Patient, ...] = ()
        self._everybody: tuple[Patient, ...] = ()
        self._likes = Lookalikes(())
        self._taken: dict[str, SessionHeader] = {}
        self._approvals: tuple[Approval, ...] = ()

    def begin(self, patient_id: str = "", chair: str = "") -> None:
        """Start anew; what is known already is chosen.

        Args:
            patient_id: Whose session; empty to be chosen.
            chair: In which chair; empty to be chosen.
        """
        self._search, self._chair, self._protocol = "", chair, ""
        self._sure_of = self._asked_again = ""
        self._look()
        self._patient = self._known(patient_id)
        self._view.set_search("")
        self._view.show_problem("")
        self.refresh()

    def refresh(self) -> None:
        """Look again; a chair that was taken meanwhile is no longer chosen."""
        self._look()
        self._patient = self._known(self._patient.id) if self._patient else None
        self._taken = {header.chair: header for header in self._doors.open_sessions()}
        self._approvals = self._doors.approvals()
        if self._chair in self._taken:
            self._chair = ""
        if not any(a.protocol.id == self._protocol for a in self._approvals):
            self._protocol = ""
        self._show()

    def search(self, words: str) -> None:
        """Find the patient by name, record number or birth date."""
        self._search = words
        self._found = self._doors.find(words)
        self._show()

    def choose_patient(self, patient_id: str) -> None:
        """Choose whose session it is; somebody with a like name is asked about."""
        self._patient = self._known(patient_id) or self._patient
        self._changed()

    def choose_first(self) -> None:
        """Choose the first of those who were found: Enter in the search.

        Whoever is chosen already stays so while nothing was searched for.
        """
        if self._found and (self._search.strip() or self._patient is None):
            self.choose_patient(self._found[0].id)

    def choose_which(self, patient_id: str) -> None:
        """Say which of several like patients it is."""
        self._sure_of = patient_id
        self.choose_patient(patient_id)

    def choose_chair(self, chair: str) -> None:
        """Choose a chair that is free."""
        if chair not in self._taken:
            self._chair = chair
            self._changed()

    def choose_protocol(self, protocol_id: str) -> None:
        """Choose what is given, among what is approved."""
        if any(each.protocol.id == protocol_id for each in self._approvals):
            self._protocol = protocol_id
            self._changed()

    def start(self) -> None:
        """Open the session, or say why not; a second one today is asked about once."""
        face = self._face()
        if self._patient is None or not face.ready:
            self._view.show_problem(face.said)
            return
        try:
            session_id = self._doors.open_session(
                patient_id=self._patient.id,
                protocol_id=self._protocol,
                chair=self._chair,
                confirm=self._asked_again == self._patient.id,
            )
        except MonitorError as error:
            if error.code in (Code.CHAIR_TAKEN, Code.NOT_APPROVED):
                self.refresh()
            if error.code is Code.SEEN_TODAY:
                self._ask_again(self._patient, error)
            else:
                self._view.show_problem(sentence(error))
            return
        self._view.show_problem("")
        self._view.show_started(session_id)

    def _ask_again(self, patient: Patient, error: MonitorError) -> None:
        """Ask whether a second session today is meant: the button says so, and pressing it does."""
        facts = error.facts
        at, what = f"{facts['at']:%H:%M}", f"{facts['protocol']}; {facts['state']}"
        what += _given_then(facts)
        here = f"was here today at {at} ({what})"
        if "day" in facts:
            here = f"has a session of {facts['day']}, {at} ({what})"
        self._asked_again = patient.id
        self._view.show_problem(f"{patient.name} {here}. Another session?")
        self._view.show_start(self._face())

    def _look(self) -> None:
        everybody = self._doors.find("")
        if everybody != self._everybody:
            self._everybody, self._likes = everybody, Lookalikes(everybody)
        self._found = self._doors.find(self._search) if self._search else self._everybody

    def _known(self, patient_id: str) -> Patient | None:
        return next((each for each in self._everybody if each.id == patient_id), None)

    def _changed(self) -> None:
        self._asked_again = ""
        self._view.show_problem("")
        self._show()

    def _show(self) -> None:
        chosen = self._patient.id if self._patient else ""
        today = self._doors.now().astimezone(self._doors.zone).date()
        face = patients_face(self._found, self._search, today, chosen, self._likes)
        self._view.show_patients(face)
        self._view.ask_which(self._which(today))
        self._view.show_chairs(self._chairs(), self._chair)
        by_pump_first = sorted(self._approvals, key=lambda a: a.protocol.way is not Way.PUMP)
        cards = tuple(_card(each, self._doors.zone, self._protocol) for each in by_pump_first)
        nobody = "" if cards else _who_approves(self._doors.accounts())
        self._view.show_protocols(cards, nobody)
        self._view.show_start(self._face())

    def _which(self, today: dt.date) -> WhichFace | None:
        """Return the question which of several like patients it is, till it is answered."""
        if self._patient is None or self._sure_of == self._patient.id:
            return None
        others = most_like_first(self._patient, self._likes.of(self._patient))
        if not others:
            return None
        several = (self._patient, *others[: MOST_LIKE - 1])
        more = f" ({len(others) + 1 - len(several)} more are in the list)"
        said = f"{len(others) + 1} patients are easily taken for one another. Which one is it?"
        if len(others) >= MOST_LIKE:
            said += more
        return WhichFace(said, tuple(patient_row(each, today) for each in several))

    def _chairs(self) -> tuple[Option, ...]:
        clinic = self._doors.clinic()
        return tuple(
            Option(
                chair, chair_words(chair), (self._taken[chair].patient.name, "taken"), offered=False
            )
            if chair in self._taken
            else Option(chair, chair_words(chair), ("Free", ""))
            for chair in (clinic.chairs if clinic else ())
        )

    def _face(self) -> StartFace:
        missing = [
            words
            for words, there in (
                ("a patient", self._patient),
                ("a chair", self._chair),
                ("a protocol", self._protocol),
            )
            if not there
        ]
        today = self._doors.now().astimezone(self._doors.zone).date()
        if self._which(today) is not None:
            missing.insert(0, "which of the like patients it is")
        if missing or self._patient is None:
            return StartFace(f"Choose {_listed(missing)}.", ready=False, warning=self._warning())
        chosen = next(a.protocol for a in self._approvals if a.protocol.id == self._protocol)
        said = f"{self._patient.name} · {chair_words(self._chair)} · {chosen.title}"
        age, least = self._patient.age_on(today), chosen.youngest_years
        if least is not None and age < least:
            refused = sentence(RefusedError(Code.UNDER_AGE, age=age, least=least))
            return StartFace(refused, ready=False, warning=self._warning())
        again = _AGAIN if self._asked_again else _START
        return StartFace(said, ready=True, warning=self._warning(), start=again)

    def _warning(self) -> str:
        if self._patient is None:
            return ""
        for header in self._taken.values():
            if header.patient.id == self._patient.id:
                chair = chair_words(header.chair)
                return f"{self._patient.name} already has a session in {chair} that is not closed."
        return ""


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def _card(approval: Approval, zone: dt.tzinfo, chosen: str) -> ProtocolCard:
    protocol = approval.protocol
    day = approval.at.astimezone(zone).date().isoformat()
    return ProtocolCard(
        id=protocol.id,
        family=protocol.drug,
        treatment=treatment_words(protocol.drug, protocol.route),
        title=protocol.title,
        lines=in_short(protocol),
        approved=f"Version {protocol.version}, approved by {approval.by}, {day}",
        chosen=protocol.id == chosen,
    )


def _who_approves(accounts: Iterable[Account]) -> str:
    """Return who can approve a protocol, where none is approved yet."""
    names = [a.name for a in accounts if a.role is Role.PRESCRIBER and a.active]
    if not names:
        return (
            "No protocol is approved here, and nobody has the role of a prescriber;"
            " an administrator adds one, who then approves it."
        )
    return f"No protocol is approved here yet. {' or '.join(names)} can approve one."


_LEFT = {"home": "went home", "transferred": "transferred", "against advice": "left against advice"}


def _given_then(facts: Mapping[str, Any]) -> str:
    """Return "; 35 mg given 09:12–09:52, left against advice 11:14"; empty for no dose."""
    if "given_mg" not in facts:
        return ""
    began = f"{facts['began']:%H:%M}"
    if "ended" in facts:
        until = f"{began}–{facts['ended']:%H:%M}"
    else:
        until = f"from {began}, {'its end not recorded' if 'how' in facts else 'still going'}"
    left = f", {_LEFT[facts['how']]} {facts['left']:%H:%M}" if "how" in facts else ""
    return f"; {amount(facts['given_mg'])} mg given {until}{left}"
