"""What can be written in the clinic's other streams: people, protocols, looks and exports."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from monitor.people import Account, Clinic, Patient


@dataclass(frozen=True, slots=True)
class ClinicNamed:
    """The clinic took this name, address and these chairs."""

    clinic: Clinic


@dataclass(frozen=True, slots=True)
class AccountCreated:
    """A person may log in from now on."""

    account: Account


@dataclass(frozen=True, slots=True)
class PasswordSet:
    """A person chose a new password."""

    user: str
    password_hash: str


@dataclass(frozen=True, slots=True)
class ProtocolApproved:
    """A prescriber approved this version of a protocol for use in this clinic.

    Attributes:
        content: The protocol's text, so that the record never depends on a file.
    """

    protocol: str
    version: int
    hash: str
    content: str
    rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class PatientRegistered:
    """A patient's record was begun."""

    patient: Patient


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A person logged in."""

    user: str


@dataclass(frozen=True, slots=True)
class LogInRefused:
    """A log-in or a signature was refused for a wrong password."""

    user: str


@dataclass(frozen=True, slots=True)
class LoggedOut:
    """A person logged out."""

    user: str


@dataclass(frozen=True, slots=True)
class ScreenLocked:
    """The screen was locked; the reminders go on, without names.

    Attributes:
        idle: Whether it locked by itself after a while without a key.
    """

    user: str
    idle: bool = False


@dataclass(frozen=True, slots=True)
class ScreenUnlocked:
    """The screen was unlocked by whoever had locked it, with the password."""

    user: str


@dataclass(frozen=True, slots=True)
class ProgramStarted:
    """The program opened the record."""

    version: str


@dataclass(frozen=True, slots=True)
class ProgramStopped:
    """The program closed the record in good order."""


@dataclass(frozen=True, slots=True)
class ReportKept:
    """A session's report was made once and kept; every export is a copy of it.

    Attributes:
        sha256: Of the whole file, in hex.
        status: "signed" for the co-signed report, "draft" before.
        digest: The session digest that it shows.
        replaces: The SHA-256 of the version before it, in hex; empty for the first.
        entries: How many of the session's entries it shows; 0 in lines that do not say so yet.
    """

    session: str
    sha256: str
    version: int
    status: str
    digest: str
    replaces: str = ""
    entries: int = 0


@dataclass(frozen=True, slots=True)
class SignatureRefused:
    """A signature was refused for another reason than a wrong password.

    Attributes:
        asked: What was to be written: "signed", "co-signed" or "addendum".
        code: Why, as in `monitor.errors.Code`.
    """

    session: str
    asked: str
    code: str


@dataclass(frozen=True, slots=True)
class AuthorityFounded:
    """The clinic's own authority was made: whose certificates say who signs here.

    Attributes:
        certificate: Its self-signed certificate, in PEM.
        wrapped: Its private key under the authority's passphrase; opaque but to the adapter.
    """

    certificate: str
    wrapped: str


@dataclass(frozen=True, slots=True)
class CertificateIssued:
    """A person got a key pair of their own, and the authority's certificate for it.

    Attributes:
        serial: The certificate's number, in hex.
        certificate: In PEM.
        wrapped: The private key under the person's own password.
        replaces: The number of the certificate whose place it takes; empty for the first.
        witness: The user name of the second clinician who saw a new one being issued.
    """

    user: str
    serial: str
    certificate: str
    wrapped: str
    replaces: str = ""
    witness: str = ""


@dataclass(frozen=True, slots=True)
class CertificateRefused:
    """A certificate was asked for and not issued: a wrong passphrase of the authority, mostly.

    Attributes:
        user: Whose it was to be.
        code: Why, as in `monitor.errors.Code`.
    """

    user: str
    code: str


@dataclass(frozen=True, slots=True)
class KeyRewrapped:
    """A person chose another password; the key stays the same, under the new one.

    Attributes:
        serial: The number of the certificate whose key it is.
    """

    user: str
    serial: str
    wrapped: str


@dataclass(frozen=True, slots=True)
class Exported:
    """A file left the program.

    Attributes:
        session: Which one it is about; empty where it is about none, or about many.
        form: What was handed out: "pdf", "csv", "everything", …
        sha256: Of the file, in hex; of the list of files with their hashes, where they are many.
        to: Where to: a file, a folder or a printer; empty in entries from before it was asked.
    """

    session: str
    form: str
    sha256: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class ReportVerified:
    """A file was held against the record."""

    sha256: str
    verdict: str


@dataclass(frozen=True, slots=True)
class PatientMended:
    """A patient's name, birth date, sex, number or allergies were put right.

    Sessions that are not signed yet follow it by an amended opening; signed ones keep the
    patient as known at the signature.
    """

    was: Patient
    now: Patient


@dataclass(frozen=True, slots=True)
class StationNamed:
    """A computer makes checkpoints with this key from now on.

    Attributes:
        key: Its public Ed25519 key, in hex.
    """

    key: str


class KeyChange(enum.StrEnum):
    """What was done to the keys that open the record."""

    PASSPHRASE = "passphrase changed"  # noqa: S105 - a word, not a passphrase
    RECOVERY = "recovery key made"
    KEYRING_ADDED = "keyring slot added"
    SLOT_REMOVED = "slot removed"
    KEYS_REPLACED = "keys replaced"


@dataclass(frozen=True, slots=True)
class KeysChanged:
    """The ways to open the record were changed; no secret stands here.

    Attributes:
        slot: Which kind of slot: "passphrase", "recovery", "keyring"; empty for all of them.
    """

    change: KeyChange
    slot: str = ""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A copy of the record was made and checked.

    Attributes:
        head_seq: The last line that the copy holds.
        head_hash: That line's hash, in hex.
        automatic: Whether the program made it by itself.
    """

    head_seq: int
    head_hash: str
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class RecordRestored:
    """The record goes on from a backup; what was written after it was made is not here.

    Attributes:
        head_seq: The last line that the backup held.
        head_hash: That line's hash, in hex.
        made_at: When the backup was made.
    """

    head_seq: int
    head_hash: str
    made_at: dt.datetime


@dataclass(frozen=True, slots=True)
class HistoryGapNoticed:
    """A clinician saw that a head remembered outside is not in the record, and went on.

    Attributes:
        remembered_seq: The line that was remembered.
        remembered_hash: Its hash, in hex.
        remembered_at: When it was remembered.
        where: Who remembered it: "station", "backup" or "sidecar".
        head_seq: The record's last line when the gap was noticed.
        head_hash: That line's hash, in hex.
    """

    remembered_seq: int
    remembered_hash: str
    remembered_at: dt.datetime
    where: str
    head_seq: int
    head_hash: str


@dataclass(frozen=True, slots=True)
class HistoryGapExplained:
    """An administrator explained a gap; the explanation is the entry's reason.

    Attributes:
        remembered_seq: The line that is not in the record any more.
        remembered_hash: Its hash, in hex.
    """

    remembered_seq: int
    remembered_hash: str


@dataclass(frozen=True, slots=True)
class GuardsPutBack:
    """Guards of the append-only tables were gone or altered; the program put them back.

    Until then nothing refused a change or a deletion: what was done is for a check to find.

    Attributes:
        guards: Their names.
    """

    guards: tuple[str, ...]


ClinicFact = (
    ClinicNamed
    | AccountCreated
    | PasswordSet
    | ProtocolApproved
    | PatientRegistered
    | LoggedIn
    | LogInRefused
    | LoggedOut
    | ScreenLocked
    | ScreenUnlocked
    | ProgramStarted
    | ProgramStopped
    | ReportKept
    | SignatureRefused
    | AuthorityFounded
    | CertificateIssued
    | CertificateRefused
    | KeyRewrapped
    | Exported
    | ReportVerified
    | PatientMended
    | StationNamed
    | KeysChanged
    | BackedUp
    | RecordRestored
    | HistoryGapNoticed
    | HistoryGapExplained
    | GuardsPutBack
)
