"""Certificates as they stand in a file: what they say, and by whom they were issued."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from asn1crypto import pem, x509

from monitor.sealed_file import CertificateFacts
from reports.reading.practice import PRACTICE_KEYS
from reports.reading.rsa import PublicKey
from reports.reading.trouble import TROUBLE

SIGNED_WITH = "sha256_rsa"
"""The one algorithm that the program's certificates are signed with."""

PERSON_USAGE = frozenset({"digital_signature", "non_repudiation"})
AUTHORITY_USAGE = frozenset({"key_cert_sign", "crl_sign"})
"""What a key may be used for: a person's signs for a person, an authority's issues and no more."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate that was read.

    Attributes:
        der: As it stands in the file.
        said: The same, parsed.
    """

    der: bytes
    said: x509.Certificate

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the DER form, in hex."""
        return hashlib.sha256(self.der).hexdigest()

    @property
    def key(self) -> PublicKey:
        """Return the public key.

        Raises:
            ValueError: If it is no RSA key.
        """
        info = self.said.public_key
        if info.algorithm != "rsa":
            raise ValueError("another kind of key")
        parsed = info["public_key"].parsed
        return PublicKey(int(parsed["modulus"].native), int(parsed["public_exponent"].native))

    @property
    def issuer_and_serial(self) -> bytes:
        """Return how a signature names it, as DER without the outer header."""
        inside = self.said["tbs_certificate"]
        return bytes(inside["issuer"].dump()) + bytes(inside["serial_number"].dump())

    def facts(self) -> CertificateFacts:
        """Return what it says."""
        name = self.said.subject.native
        key = self.said["tbs_certificate"]["subject_public_key_info"].dump()
        return CertificateFacts(
            fingerprint=self.fingerprint,
            holder=str(name.get("common_name", "")),
            organisation=str(name.get("organization_name", "")),
            serial=f"{self.said.serial_number:x}",
            begins=self.said.not_valid_before,
            ends=self.said.not_valid_after,
            practice=hashlib.sha256(key).hexdigest() in PRACTICE_KEYS,
            user=str(name.get("user_id", "")),
            role=str(name.get("title", "")),
        )


def certificate(der: bytes) -> Certificate:
    """Read one.

    Raises:
        ValueError: If it is none.
    """
    return Certificate(der, x509.Certificate.load(der, strict=True))


def from_pem(text: str) -> Certificate:
    """Read one that is written as text.

    Raises:
        ValueError: If it is none.
    """
    kind, _, der = pem.unarmor(text.encode("ascii"))
    if kind != "CERTIFICATE":
        raise ValueError("no certificate")
    return certificate(der)


def is_authority(each: Certificate) -> bool:
    """Tell whether it is an authority's own: it says so, and it signed itself."""
    limits, usage = each.said.basic_constraints_value, each.said.key_usage_value
    if limits is None or usage is None or not limits["ca"].native:
        return False
    return usage.native == AUTHORITY_USAGE and _issued(each, each)


def authority_facts(text: str) -> CertificateFacts | None:
    """Return what an authority's own certificate says; None for anything else; it never raises.

    It is one to its last byte: its own signature covers what it says.
    """
    try:
        found = from_pem(text)
        return found.facts() if is_authority(found) else None
    except TROUBLE:
        return None


def was_issued(person: Certificate, authority: Certificate) -> bool:
    """Tell whether a person's certificate was made with the authority's key, to sign with."""
    limits, usage = person.said.basic_constraints_value, person.said.key_usage_value
    if limits is None or usage is None or limits["ca"].native:
        return False
    if usage.native != PERSON_USAGE or not is_authority(authority):
        return False
    return _issued(person, authority)


def _issued(each: Certificate, by: Certificate) -> bool:
    inside = each.said["tbs_certificate"]
    named = inside["signature"], each.said["signature_algorithm"]
    if any(algorithm["algorithm"].native != SIGNED_WITH for algorithm in named):
        return False
    if inside["issuer"].dump() != by.said["tbs_certificate"]["subject"].dump():
        return False
    return by.key.made(each.said["signature_value"].native, inside.dump())
