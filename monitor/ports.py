"""What we ask of the world; `db` and `reports` answer, by shape alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from monitor.certificates import Authority, PersonalCertificate
from monitor.departure import WayOut
from monitor.drawn_with import DrawnWith
from monitor.entries import Entry
from monitor.overview import SessionOverview
from monitor.people import Account, Author, Clinic, Patient
from monitor.protocols.protocol import Approval
from monitor.sealed_file import FileFacts
from monitor.session import Session
from monitor.stock_lines import StockLine


@dataclass(frozen=True, slots=True)
class SessionHeader:
    """A session as lists show it.

    Attributes:
        status: "open", "closed", "signed", "co-signed" or "cancelled".
        left: How the patient left; None where the question was not for those who left.
    """

    session_id: str
    patient: Patient
    chair: str
    protocol: str
    drug: str
    route: str
    opened_at: dt.datetime
    closed_at: dt.datetime | None
    status: str
    left: WayOut | None = None


@dataclass(frozen=True, slots=True)
class PastWeight:
    """What a patient weighed in an earlier session."""

    kg: Decimal
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A finished report file and what the ledger says of it.

    Attributes:
        entries: How many of the session's entries it shows; where its line does not say, how
            many stood before that line.
    """

    session_id: str
    sha256: str
    version: int
    status: str
    kept_at: dt.datetime
    content: bytes
    entries: int


class Transaction(Protocol):
    """One all-or-nothing look at, and change to, the ledger and what is derived from it."""

    def append(self, entries: Sequence[Entry]) -> None:
        """Write entries; each must be the next of its stream.

        Raises:
            RefusedError: `signed` for anything but an addendum to a co-signed session.
            StorageError: `busy` if another writer was there first.
        """
        ...

    def length(self, stream: str) -> int:
        """Return how many entries a stream has."""
        ...

    def stream(self, stream: str) -> tuple[Entry, ...]:
        """Return a stream's entries, oldest first."""
        ...

    def session(self, session_id: str) -> Session:
        """Return a session, folded from its entries, under the protocol it was opened with.

        Raises:
            NotFoundError: If there is none.
        """
        ...

    def digest(self, session_id: str) -> str:
        """Return the session digest over the entries so far, signatures left out, in hex."""
        ...

    def sessions(self, *, status: str = "") -> tuple[SessionHeader, ...]:
        """Return the sessions (of one status, if given), oldest first."""
        ...

    def sessions_closed_since(self, at: dt.datetime) -> tuple[SessionHeader, ...]:
        """Return the sessions that were closed or cancelled then or later, oldest first.

        Their headers say how the patient left, where that can be read.
        """
        ...

    def sessions_of(self, patient_id: str) -> tuple[SessionHeader, ...]:
        """Return a patient's sessions, oldest first."""
        ...

    def protocols_used(self) -> frozenset[str]:
        """Return the identities of the protocols that sessions were opened with."""
        ...

    def stock_lines(self) -> tuple[StockLine, ...]:
        """Return what all entries say about the cupboard, in the order of writing."""
        ...

    def past_weight(self, patient_id: str, before_session: str) -> PastWeight | None:
        """Return the newest weight from the patient's other sessions."""
        ...

    def patients(self, search: str = "") -> tuple[Patient, ...]:
        """Return patients whose name, number or birth date holds *search*, by name."""
        ...

    def patient(self, patient_id: str) -> Patient:
        """Return a patient.

        Raises:
            NotFoundError: If there is none.
        """
        ...

    def clinic(self) -> Clinic | None:
        """Return the clinic, None in a new ledger."""
        ...

    def accounts(self) -> tuple[Account, ...]:
        """Return everyone who has an account, by name."""
        ...

    def account(self, user: str) -> Account:
        """Return an account.

        Raises:
            NotFoundError: If there is none.
        """
        ...

    def approvals(self) -> tuple[Approval, ...]:
        """Return the newest approved version of each protocol."""
        ...

    def station_keys(self) -> frozenset[str]:
        """Return the public keys, in hex, of the stations that the ledger names."""
        ...

    def keep_file(self, sha256: str, content: bytes) -> None:
        """Keep a finished file; its hash goes to the ledger in the same transaction."""
        ...

    def report(self, session_id: str) -> KeptReport | None:
        """Return the newest report kept for a session."""
        ...

    def reports_of(self, session_id: str) -> tuple[KeptReport, ...]:
        """Return every report kept for a session, oldest first."""
        ...

    def record(self, session_id: str, drawn_with: DrawnWith | None = None) -> bytes:
        """Return a session's whole record as one document, with the certificates it names.

        Args:
            session_id: Which session.
            drawn_with: What its report is drawn with beside its entries, so that the document
                alone is enough to draw it again; None leaves that out.

        Raises:
            NotFoundError: If there is none.
        """
        ...

    def handed_out(self, sha256: str) -> tuple[Entry, ...]:
        """Return the entries of files that left and have that hash, oldest first."""
        ...

    def reports_like(self, sha256: str) -> tuple[KeptReport, ...]:
        """Return the kept reports whose whole file has that hash."""
        ...


OpenTransaction = Callable[[], AbstractContextManager[Transaction]]

NewUid = Callable[[], str]


class Passwords(Protocol):
    """Makes and checks password verifiers."""

    def make(self, password: str) -> str:
        """Return an argon2id verifier.

        Raises:
            InputError: `weak-password`.
        """
        ...

    def matches(self, verifier: str, password: str) -> bool:
        """Tell whether the password is the one the verifier was made from."""
        ...


class PersonalKey(Protocol):
    """A private key that was opened by its owner's password; the key itself stays inside."""

    @property
    def certificate(self) -> str:
        """Return the owner's certificate, in PEM."""
        ...

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the certificate's DER form, in hex."""
        ...

    @property
    def authority(self) -> str:
        """Return the certificate of the authority that issued it, in PEM."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the signature: RSA-3072, PKCS#1 v1.5, SHA-256."""
        ...


@dataclass(frozen=True, slots=True)
class Made:
    """A key pair that was made: its certificate, and the private key wrapped under a secret.

    Attributes:
        serial: The certificate's number, in hex.
        certificate: In PEM.
        wrapped: Opaque text; only the adapter reads it.
    """

    serial: str
    certificate: str
    wrapped: str


class Certification(Protocol):
    """Makes and opens the keys of the clinic's authority and of its people. Each call is slow."""

    def found(self, clinic: Clinic, passphrase: str, at: dt.datetime) -> Made:
        """Make the clinic's authority.

        Raises:
            InputError: `weak-password`, field "authority", for a passphrase that is too short.
        """
        ...

    def issue(
        self, authority: Authority, passphrase: str, person: Author, password: str, at: dt.datetime
    ) -> Made:
        """Make a person's key pair and have the authority certify it.

        Raises:
            RefusedError: `wrong-passphrase`, if it is not the authority's.
        """
        ...

    def open(
        self, authority: Authority, certificate: PersonalCertificate, password: str
    ) -> PersonalKey:
        """Open a person's key.

        Raises:
            RefusedError: `wrong-password`, if it is not the one that the key is wrapped under.
        """
        ...

    def ended(self, certificate: PersonalCertificate, at: dt.datetime) -> dt.datetime | None:
        """Return when a certificate ended, None if it holds at that instant."""
        ...

    def begins(self, certificate: str) -> dt.datetime:
        """Return the first instant at which a certificate, in PEM, holds; this one is quick."""
        ...

    def ends(self, certificate: str) -> dt.datetime:
        """Return the last instant at which a certificate, in PEM, holds; this one is quick."""
        ...

    def rewrap(self, certificate: PersonalCertificate, old: str, new: str) -> str:
        """Return the same key wrapped under another password.

        Raises:
            RefusedError: `wrong-password`, if *old* does not open it.
        """
        ...


class Press(Protocol):
    """Makes the files of the session report, and reads files that come back."""

    def warm(self) -> None:
        """Get ready what the first sealed file would wait for; slow, and harmless at any time."""
        ...

    def draw(self, overview: SessionOverview) -> bytes:
        """Return the report as PDF; the same overview gives the same bytes."""
        ...

    def archive(self, overview: SessionOverview, record: bytes) -> bytes:
        """Return the report as PDF/A-3b with the record attached; the same gives the same bytes."""
        ...

    def seal(self, overview: SessionOverview, record: bytes, key: PersonalKey) -> bytes:
        """Return `archive`'s file signed by its last signer, with the stamp in its box.

        The signature says the time of that signer's entry; everything before it in the file
        is what `archive` gives for the same overview and record.
        """
        ...

    def read(self, content: bytes) -> FileFacts:
        """Return what can be seen in a file, of whatever kind; it never raises."""
        ...
