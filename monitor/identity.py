"""Putting right who a patient is said to be: seldom, with a reason, and never unseen.

What was known stays in the ledger beside what is known now. Sessions that nobody has signed
follow; a signed one keeps, for good, the identity that it was signed with.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.clinic import KEEP_PATIENTS, NewPatient, as_typed, insist_on_free_number
from monitor.clock import Moment
from monitor.desk import World, write
from monitor.entries import Draft, Entry, Opened, PatientMended, session_stream
from monitor.errors import Code, RefusedError
from monitor.ledger import SIGNATURES
from monitor.lengths import LONGEST_REASON, within
from monitor.people import Author, Patient
from monitor.ports import Transaction


@dataclass(frozen=True, slots=True)
class MendPatient:
    """Change a patient's name, birth date, sex, record number or allergies."""

    world: World

    def __call__(
        self,
        author: Author,
        patient_id: str,
        wanted: NewPatient,
        reason: str,
        seen: Patient | None = None,
    ) -> Patient:
        """Return the patient as known from now on.

        Args:
            author: Who says so.
            patient_id: Whose record it is.
            wanted: Everything that is known of the patient from now on, as typed.
            reason: Why; it stands in the record.
            seen: What the author was shown as known till now; None does not ask.

        Raises:
            RefusedError: `not-allowed` for other than clinicians and administrators,
                `reason-missing`, `unchanged`, or `busy` where what was shown no longer holds.
            InputError: What `RegisterPatient` refuses.
            NotFoundError: If there is no such patient.
        """
        if author.role not in KEEP_PATIENTS:
            raise RefusedError(Code.NOT_ALLOWED, role=author.role.value)
        now = as_typed(self.world, wanted, patient_id)
        moment = self.world.clock.moment()
        with self.world.transaction() as tx:
            was = tx.patient(patient_id)
            if seen is not None and seen != was:
                raise RefusedError(Code.BUSY, what="patient")
            insist_on_free_number(tx, now)
            if now == was:
                raise RefusedError(Code.UNCHANGED)
            reason = within(reason.strip(), "reason", LONGEST_REASON)
            if not reason:
                raise RefusedError(Code.REASON_MISSING, field="reason", why="identity")
            draft = Draft(PatientMended(was, now), moment.now, self.world.new_uid(), reason=reason)
            stream = patient_stream(patient_id)
            write(self.world, tx, stream, [draft], author=author, moment=moment)
            self._follow(tx, now, reason, author, moment)
        return now

    def _follow(
        self, tx: Transaction, now: Patient, reason: str, author: Author, moment: Moment
    ) -> None:
        """Amend the opening of each session of the patient that nobody has signed."""
        for header in tx.sessions():
            signed = header.status in SIGNATURES
            if header.patient.id != now.id or header.patient == now or signed:
                continue
            stream = session_stream(header.session_id)
            draft = _amended(tx.stream(stream), now, self.world.new_uid(), reason)
            write(self.world, tx, stream, [draft], author=author, moment=moment)


def _amended(entries: Sequence[Entry], now: Patient, uid: str, reason: str) -> Draft:
    """Return the opening that takes the place of the one that stands in a session."""
    opening = [entry for entry in entries if isinstance(entry.what, Opened)][-1]
    assert isinstance(opening.what, Opened)  # noqa: S101 - chosen above
    opened = dataclasses.replace(opening.what, patient=now)
    return Draft(opened, opening.at, uid, opening.uid, reason)


@dataclass(frozen=True, slots=True)
class IdentityChange:
    """One time that a patient's identity was put right."""

    was: Patient
    now: Patient
    at: dt.datetime
    by: Author
    reason: str


@dataclass(frozen=True, slots=True)
class ShowChanges:
    """Look at what was ever changed of a patient's identity."""

    world: World

    def __call__(self, patient_id: str) -> tuple[IdentityChange, ...]:
        """Return the changes, the newest first."""
        with self.world.transaction() as tx:
            entries = tx.stream(patient_stream(patient_id))
        return tuple(
            IdentityChange(e.what.was, e.what.now, e.recorded_at, e.by, e.reason)
            for e in reversed(entries)
            if isinstance(e.what, PatientMended)
        )


def patient_stream(patient_id: str) -> str:
    """Return the name of a patient's stream."""
    return f"patient/{patient_id}"
