"""The use-cases of the clinic: its beginning, its people, its protocols, its patients."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from monitor.certificates import CERTIFICATES, Authority
from monitor.certifying import new_authority, new_certificate
from monitor.desk import ACCESS, World, proven, write
from monitor.entries import (
    AccountCreated,
    ClinicNamed,
    Draft,
    Fact,
    LoggedIn,
    LoggedOut,
    PatientRegistered,
    ProgramStarted,
    ProgramStopped,
    ProtocolApproved,
    ScreenLocked,
    ScreenUnlocked,
    StationNamed,
)
from monitor.errors import Code, InputError, RefusedError, StorageError
from monitor.lengths import LONGEST_ADDRESS, LONGEST_NAME, LONGEST_NUMBER, within
from monitor.people import CLINICIANS, Account, Author, Clinic, Patient, Role, Sex
from monitor.ports import SessionHeader, Transaction
from monitor.protocols.protocol import Approval, Protocol

CLINIC = "clinic"
PROGRAM = Author("chairside", Role.ADMINISTRATOR, "Chairside")
"""Who writes what the program does by itself."""

KEEP_PATIENTS = CLINICIANS | {Role.ADMINISTRATOR}
"""Who may register a patient, and put right what is known of one."""

OLDEST_BIRTH = dt.date(1900, 1, 1)
"""An earlier birth date is taken for a slip of the hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """What is asked of a person who is to log in. The password is never kept."""

    user: str
    name: str
    role: Role
    credential: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _ClinicUseCase:
    world: World

    def _write(self, stream: str, fact: Fact, author: Author) -> None:
        with self.world.transaction() as tx:
            self._append(tx, stream, fact, author)

    def _append(self, tx: Transaction, stream: str, fact: Fact, author: Author) -> None:
        moment = self.world.clock.moment()
        draft = Draft(fact, moment.now, self.world.new_uid())
        write(self.world, tx, stream, [draft], author=author, moment=moment)

    def _account(self, tx: Transaction, wanted: NewAccount) -> Account:
        user = _filled(wanted.user, "user")
        if any(account.user.casefold() == user.casefold() for account in tx.accounts()):
            raise InputError(Code.NAME_TAKEN, "user", name=user)
        return Account(
            user,
            _filled(wanted.name, "name"),
            wanted.role,
            within(wanted.credential.strip(), "credential", LONGEST_NUMBER),
            self.world.passwords.make(wanted.password),
        )


def _filled(text: str, field: str, most: int = LONGEST_NAME) -> str:
    text = unicodedata.normalize("NFC", text).strip()  # as the ledger keeps it
    if not text:
        raise InputError(Code.EMPTY, field)
    if not text.isprintable():
        raise InputError(Code.NOT_UNDERSTOOD, field, token=ascii(text)[:40])
    return within(text, field, most)


def _clinic_as_typed(clinic: Clinic) -> Clinic:
    for chair in clinic.chairs:
        within(chair, "chair", LONGEST_NUMBER)
    return dataclasses.replace(
        clinic,
        name=_filled(clinic.name, "clinic"),
        address=within(clinic.address.strip(), "address", LONGEST_ADDRESS),
    )


@dataclass(frozen=True, slots=True)
class FoundClinic(_ClinicUseCase):
    """Begin a new clinic's ledger: its name and its first people, all or nothing."""

    def __call__(
        self,
        name: str,
        address: str,
        chairs: Sequence[str],
        people: Sequence[NewAccount],
        passphrase: str = "",
    ) -> Clinic:
        """Return the clinic.

        Args:
            name: The clinic's.
            address: Where it is.
            chairs: What its chairs are called.
            people: Who may log in, each with a password of their own.
            passphrase: Of the clinic's signing authority, which is made with it and issues
                everyone's certificate; empty for none yet, and nobody can sign.

        Raises:
            InputError: `empty`, `too-much` characters, `name-taken` or `weak-password`, with
                the field at fault.
            RefusedError: `record-exists` where a clinic has already begun.
        """
        clinic = _clinic_as_typed(Clinic(self.world.new_uid(), name, address, tuple(chairs)))
        with self.world.transaction() as tx:
            if tx.clinic() is not None:
                raise RefusedError(Code.RECORD_EXISTS)
            self._append(tx, CLINIC, ClinicNamed(clinic), PROGRAM)
            for wanted in people:
                account = self._account(tx, wanted)
                self._append(tx, f"account/{account.user}", AccountCreated(account), PROGRAM)
            if passphrase:
                self._found_authority(tx, clinic, people, passphrase)
        return clinic

    def _found_authority(
        self, tx: Transaction, clinic: Clinic, people: Sequence[NewAccount], passphrase: str
    ) -> None:
        moment = self.world.clock.moment()
        made = new_authority(self.world, clinic, passphrase, moment)
        self._append(tx, CERTIFICATES, made, PROGRAM)
        founded = Authority(made.certificate, made.wrapped, moment.now, PROGRAM)
        for wanted in people:
            account = tx.account(_filled(wanted.user, "user"))
            said = new_certificate(
                self.world, founded, passphrase, account, wanted.password, moment
            )
            self._append(tx, CERTIFICATES, said, PROGRAM)


@dataclass(frozen=True, slots=True)
class RenameClinic(_ClinicUseCase):
    """Change the clinic's name, address or chairs; the old ones stay in the ledger."""

    def __call__(self, author: Author, clinic: Clinic) -> None:
        """Write the clinic as it is from now on.

        Raises:
            InputError: `empty` or `too-much` characters.
            RefusedError: `not-allowed` for anyone but an administrator.
        """
        if author.role is not Role.ADMINISTRATOR:
            raise RefusedError(Code.NOT_ALLOWED, role=author.role.value)
        self._write(CLINIC, ClinicNamed(_clinic_as_typed(clinic)), author)


@dataclass(frozen=True, slots=True)
class CreateAccount(_ClinicUseCase):
    """Let one more person log in."""

    def __call__(self, author: Author, wanted: NewAccount) -> Account:
        """Return the new account.

        Raises:
            RefusedError: `not-allowed` for anyone but an administrator.
            InputError: `empty`, `too-much` characters, `name-taken` or `weak-password`.
        """
        if author.role is not Role.ADMINISTRATOR:
            raise RefusedError(Code.NOT_ALLOWED, role=author.role.value)
        with self.world.transaction() as tx:
            account = self._account(tx, wanted)
            self._append(tx, f"account/{account.user}", AccountCreated(account), author)
        return account


@dataclass(frozen=True, slots=True)
class LogIn(_ClinicUseCase):
    """Let a person in."""

    def __call__(self, user: str, password: str) -> Author:
        """Return who it is.

        Raises:
            RefusedError: `wrong-password`; whoever is not let in is not told who works here.
        """
        try:
            account = proven(self.world, user, password)
        except RefusedError as error:
            raise RefusedError(error.code) from None
        self._write(ACCESS, LoggedIn(account.user), account.author)
        return account.author


@dataclass(frozen=True, slots=True)
class LogOut(_ClinicUseCase):
    """Let a person out."""

    def __call__(self, author: Author) -> None:
        """Write that the person has logged out."""
        self._write(ACCESS, LoggedOut(author.user), author)


@dataclass(frozen=True, slots=True)
class LockScreen(_ClinicUseCase):
    """Note that the screen was locked."""

    def __call__(self, author: Author, *, idle: bool = False) -> None:
        """Write it.

        Args:
            author: Who is there, or was.
            idle: Whether it locked by itself.
        """
        self._write(ACCESS, ScreenLocked(author.user, idle), author)


@dataclass(frozen=True, slots=True)
class UnlockScreen(_ClinicUseCase):
    """Let the person back who was there when the screen was locked."""

    def __call__(self, user: str, password: str) -> Author:
        """Return who it is; a disk that has no room for the entry keeps nobody out.

        Raises:
            RefusedError: `wrong-password`, which is an entry too.
        """
        account = proven(self.world, user, password)
        with contextlib.suppress(StorageError):
            self._write(ACCESS, ScreenUnlocked(account.user), account.author)
        return account.author


@dataclass(frozen=True, slots=True)
class ProgramRuns(_ClinicUseCase):
    """Note that the program opened or closed the record."""

    def started(self, version: str) -> None:
        """Write that this version of the program opened the record, and once who signs here."""
        key = self.world.station_key
        with self.world.transaction() as tx:
            self._append(tx, ACCESS, ProgramStarted(version), PROGRAM)
            if key and key not in tx.station_keys():
                self._append(tx, ACCESS, StationNamed(key), PROGRAM)

    def stopped(self) -> None:
        """Write that the program closed the record in good order."""
        self._write(ACCESS, ProgramStopped(), PROGRAM)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPatient:
    """What is asked of a new patient, as typed."""

    family: str
    given: str
    born: str
    sex: Sex
    number: str
    allergies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterPatient(_ClinicUseCase):
    """Begin a patient's record."""

    def __call__(self, author: Author, wanted: NewPatient) -> Patient:
        """Return the patient.

        Raises:
            RefusedError: `not-allowed` for other than clinicians and administrators.
            InputError: `empty`, `too-much` characters, `not-understood`, `future`, `out-of-range`
                for a birth date, or `name-taken` for a record number that another patient has.
        """
        if author.role not in KEEP_PATIENTS:
            raise RefusedError(Code.NOT_ALLOWED, role=author.role.value)
        patient = as_typed(self.world, wanted, self.world.new_uid())
        with self.world.transaction() as tx:
            insist_on_free_number(tx, patient)
            self._append(tx, f"patient/{patient.id}", PatientRegistered(patient), author)
        return patient


def as_typed(world: World, wanted: NewPatient, patient_id: str) -> Patient:
    """Return the patient that was typed.

    Raises:
        InputError: `empty`, `too-much`, `not-understood`, `future` or `out-of-range`, with the
            field.
    """
    return Patient(
        id=patient_id,
        family=_filled(wanted.family, "family"),
        given=_filled(wanted.given, "given"),
        born=_born(world, wanted.born),
        sex=wanted.sex,
        number=_filled(wanted.number, "number", LONGEST_NUMBER),
        allergies=tuple(_filled(a, "allergies") for a in wanted.allergies if a.strip()),
    )


def insist_on_free_number(tx: Transaction, patient: Patient) -> None:
    """Refuse a record number that another patient has.

    Raises:
        InputError: `name-taken`, with who has it.
    """
    for other in tx.patients(patient.number):
        if other.number == patient.number and other.id != patient.id:
            raise InputError(
                Code.NAME_TAKEN, "number", name=patient.number, holder=other.name, born=other.born
            )


def _born(world: World, typed: str) -> dt.date:
    typed = _filled(typed, "born")
    try:
        born = dt.date.fromisoformat(typed)
    except ValueError:
        raise InputError(Code.NOT_UNDERSTOOD, "born", token=typed) from None
    if born > world.clock.now().astimezone(world.zone).date():
        raise InputError(Code.FUTURE, "born", token=typed)
    if born < OLDEST_BIRTH:
        raise InputError(Code.OUT_OF_RANGE, "born", token=typed, least=OLDEST_BIRTH.isoformat())
    return born


@dataclass(frozen=True, slots=True)
class ApproveProtocol(_ClinicUseCase):
    """Approve a version of a protocol for use in this clinic."""

    def __call__(self, author: Author, protocol: Protocol, *, rehearsal: bool = False) -> None:
        """Write the approval with the protocol's whole text.

        Raises:
            RefusedError: `not-allowed` for anyone but a prescriber.
        """
        if author.role is not Role.PRESCRIBER:
            raise RefusedError(Code.NOT_ALLOWED, role=author.role.value)
        approved = ProtocolApproved(
            protocol.id, protocol.version, protocol.hash, protocol.content, rehearsal
        )
        self._write(CLINIC, approved, author)


@dataclass(frozen=True, slots=True)
class Lists(_ClinicUseCase):
    """What the lists of the program show."""

    def sessions(self, status: str = "") -> tuple[SessionHeader, ...]:
        """Return the sessions (of one status, if given), oldest first."""
        with self.world.looking() as tx:
            return tx.sessions(status=status)

    def sessions_of(self, patient_id: str) -> tuple[SessionHeader, ...]:
        """Return a patient's sessions, oldest first."""
        with self.world.looking() as tx:
            return tx.sessions_of(patient_id)

    def closed_since(self, at: dt.datetime) -> tuple[SessionHeader, ...]:
        """Return the sessions that were closed or cancelled then or later, oldest first."""
        with self.world.looking() as tx:
            return tx.sessions_closed_since(at)

    def patients(self, search: str = "") -> tuple[Patient, ...]:
        """Return the patients whose name, number or birth date holds *search*."""
        with self.world.looking() as tx:
            return tx.patients(search)

    def accounts(self) -> tuple[Account, ...]:
        """Return everyone who has an account."""
        with self.world.looking() as tx:
            return tx.accounts()

    def approvals(self) -> tuple[Approval, ...]:
        """Return the newest approved version of each protocol."""
        with self.world.looking() as tx:
            return tx.approvals()

    def clinic(self) -> Clinic | None:
        """Return the clinic, None in a new ledger."""
        with self.world.looking() as tx:
            return tx.clinic()
