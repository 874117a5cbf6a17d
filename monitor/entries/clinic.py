"""What can be written in the clinic's other streams: people, protocols, looks and exports."""

from __future__ import annotations

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
    """

    session: str
    sha256: str
    version: int
    status: str
    digest: str


@dataclass(frozen=True, slots=True)
class Exported:
    """A file left the program."""

    session: str
    form: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ReportVerified:
    """A file was held against the record."""

    sha256: str
    verdict: str


ClinicFact = (
    ClinicNamed
    | AccountCreated
    | PasswordSet
    | ProtocolApproved
    | PatientRegistered
    | LoggedIn
    | LogInRefused
    | LoggedOut
    | ProgramStarted
    | ProgramStopped
    | ReportKept
    | Exported
    | ReportVerified
)
