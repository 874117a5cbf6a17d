"""Who signs here: the clinic's own authority, and each person's certificate, as entries tell it.

Everything that is issued stands in one stream. A private key stands there too, wrapped under
its owner's password (the authority's under its own passphrase), and leaves the adapter that
opens it never. So nobody signs with another's existing key, an administrator included; and
since a new certificate for somebody who had one names the one it replaces and, where the old
key was lost, who witnessed it, a re-issue never goes unseen. Where the old key still opened,
the same person goes on: that is a renewal.
"""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.entries import AuthorityFounded, CertificateIssued, Entry, KeyRewrapped
from monitor.people import Author

CERTIFICATES = "certificates"
"""The stream of what the clinic's authority is and has issued."""

DOMAIN = b"chairside-signature-v1\0"


@dataclass(frozen=True, slots=True)
class Authority:
    """The clinic's own authority.

    Attributes:
        certificate: Self-signed, in PEM.
        wrapped: Its private key under its passphrase.
    """

    certificate: str
    wrapped: str
    founded_at: dt.datetime
    founded_by: Author

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the certificate's DER form, in hex."""
        return fingerprint(der_of(self.certificate))


@dataclass(frozen=True, slots=True)
class PersonalCertificate:
    """What the authority issued to one person.

    Attributes:
        serial: In hex.
        certificate: In PEM.
        wrapped: The private key under the person's password, as it stands now.
        replaces: The serial of the one before; empty for a person's first.
        witness: The user name of the second clinician who saw a new one being issued.
    """

    user: str
    serial: str
    certificate: str
    wrapped: str
    issued_at: dt.datetime
    issued_by: Author
    replaces: str = ""
    witness: str = ""

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the certificate's DER form, in hex."""
        return fingerprint(der_of(self.certificate))

    @property
    def is_reissued(self) -> bool:
        """Tell whether it was given with a password that somebody reset, before a witness."""
        return bool(self.witness)

    @property
    def is_renewed(self) -> bool:
        """Tell whether it took the place of one whose key its owner still opened."""
        return bool(self.replaces) and not self.is_reissued


def authority(entries: Iterable[Entry]) -> Authority | None:
    """Return the authority, None where the clinic has none yet.

    Args:
        entries: Of the stream `CERTIFICATES`, oldest first.
    """
    for entry in entries:
        if isinstance(entry.what, AuthorityFounded):
            what = entry.what
            return Authority(what.certificate, what.wrapped, entry.at, entry.by)
    return None


def issued(entries: Iterable[Entry]) -> tuple[PersonalCertificate, ...]:
    """Return every certificate that was ever issued, oldest first, its key as wrapped now."""
    made: dict[str, PersonalCertificate] = {}
    for entry in entries:
        what = entry.what
        if isinstance(what, CertificateIssued):
            made[what.serial] = PersonalCertificate(
                what.user,
                what.serial,
                what.certificate,
                what.wrapped,
                entry.at,
                entry.by,
                what.replaces,
                what.witness,
            )
        elif isinstance(what, KeyRewrapped) and what.serial in made:
            made[what.serial] = dataclasses.replace(made[what.serial], wrapped=what.wrapped)
    return tuple(made.values())


def until(
    known: Sequence[PersonalCertificate], certificate: str
) -> tuple[PersonalCertificate, ...]:
    """Return a person's certificates up to the one of that fingerprint, oldest first."""
    own = next((each for each in known if each.fingerprint == certificate), None)
    if own is None:
        return ()
    of_the_person = [each for each in known if each.user == own.user]
    return tuple(of_the_person[: of_the_person.index(own) + 1])


def certificate_of(entries: Iterable[Entry], user: str) -> PersonalCertificate | None:
    """Return the certificate that a person signs with now; None where there is none."""
    own = [each for each in issued(entries) if each.user == user]
    return own[-1] if own else None


def fingerprint(der: bytes) -> str:
    """Return what an entry names a certificate by: the SHA-256 of its DER form, in hex."""
    return hashlib.sha256(der).hexdigest()


def der_of(pem: str) -> bytes:
    """Return the DER form of a certificate that is kept in PEM."""
    lines = (line for line in pem.splitlines() if not line.startswith("-----"))
    return base64.b64decode("".join(lines), validate=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What somebody says with a signature.

    Attributes:
        kind: The entry's stored name: "signed", "co-signed" or "addendum".
        session_id: Of the session that is vouched for.
        digest: The session digest that is covered, in hex.
        meaning: What the signature says.
        user: The signer's user name.
        at: When the entry says that it was signed, as the record's clock showed it.
        text: Of an addendum.
    """

    kind: str
    session_id: str
    digest: str
    meaning: str
    user: str
    at: dt.datetime
    text: str = ""


def signed_message(statement: Statement) -> bytes:
    """Return what a personal key signs for one entry: a domain, then JSON with sorted names."""
    said = {
        "at": statement.at.astimezone(dt.UTC).isoformat(),
        "digest": statement.digest,
        "kind": statement.kind,
        "meaning": statement.meaning,
        "session": statement.session_id,
        "text": statement.text,
        "user": statement.user,
    }
    return DOMAIN + json.dumps(said, sort_keys=True, separators=(",", ":")).encode("ascii")
