"""Keys and certificates without the cost of real ones."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from dataclasses import dataclass

from monitor.certificates import Authority, PersonalCertificate, der_of, fingerprint
from monitor.errors import Code, InputError, RefusedError
from monitor.people import Author, Clinic
from monitor.ports import Made
from monitor.sealed_file import CertificateFacts

PASSPHRASE = "the authority's own passphrase"  # noqa: S105 - of a made-up clinic
YEARS, AUTHORITY_YEARS = 5, 30


@dataclass(frozen=True, slots=True)
class PlainKey:
    """Implements `monitor.ports.PersonalKey`; its signatures are hashes."""

    certificate: str
    authority: str

    @property
    def fingerprint(self) -> str:
        return fingerprint(der_of(self.certificate))

    def sign(self, message: bytes) -> bytes:
        return hashlib.sha256(self.certificate.encode() + message).digest()


class PlainCertification:
    """Implements `monitor.ports.Certification`; for tests only."""

    def found(self, clinic: Clinic, passphrase: str, at: dt.datetime) -> Made:
        if len(passphrase) < 15:
            raise InputError(Code.WEAK_PASSWORD, "authority", least=15)
        ends = at + dt.timedelta(days=365 * AUTHORITY_YEARS)
        said = f"authority of {clinic.name} since {at} until {ends.isoformat()}"
        return Made("ca", _pem(said), passphrase)

    def issue(
        self, authority: Authority, passphrase: str, person: Author, password: str, at: dt.datetime
    ) -> Made:
        if passphrase != authority.wrapped:
            raise RefusedError(Code.WRONG_PASSPHRASE)
        ends = at + dt.timedelta(days=365 * YEARS)
        serial = hashlib.sha256(f"{person.user} {at}".encode()).hexdigest()[:16]
        return Made(serial, _pem(f"{person.name} since {at} until {ends.isoformat()}"), password)

    def open(
        self, authority: Authority, certificate: PersonalCertificate, password: str
    ) -> PlainKey:
        if password != certificate.wrapped:
            raise RefusedError(Code.WRONG_PASSWORD)
        return PlainKey(certificate.certificate, authority.certificate)

    def ended(self, certificate: PersonalCertificate, at: dt.datetime) -> dt.datetime | None:
        ends = self.ends(certificate.certificate)
        return ends if at > ends else None

    def begins(self, certificate: str) -> dt.datetime:
        said = der_of(certificate).decode().rpartition(" since ")[2]
        return dt.datetime.fromisoformat(said.partition(" until ")[0]) - dt.timedelta(days=1)

    def ends(self, certificate: str) -> dt.datetime:
        said = der_of(certificate).decode()
        return dt.datetime.fromisoformat(said.rpartition(" ")[2])

    def rewrap(self, certificate: PersonalCertificate, old: str, new: str) -> str:
        if old != certificate.wrapped:
            raise RefusedError(Code.WRONG_PASSWORD)
        return new


def _pem(said: str) -> str:
    """Return a text in the form in which certificates are kept."""
    body = base64.b64encode(said.encode()).decode("ascii")
    return f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n"


def plain_certificate(pem: str) -> CertificateFacts | None:
    """Read what an authority's certificate says, none of which is looked into."""
    try:
        der = der_of(pem)
    except ValueError:
        return None
    begins = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    ends = begins + dt.timedelta(days=365 * AUTHORITY_YEARS)
    return CertificateFacts(fingerprint(der), "Riverside authority", "Riverside", "1", begins, ends)
