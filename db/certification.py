"""The clinic's own authority and the keys of its people; implements `monitor.ports.Certification`.

A private key is RSA-3072, signs by PKCS#1 v1.5 with SHA-256, and is kept as PKCS#8 under
AES-256-GCM with a key that Argon2id makes from its owner's secret and a salt of its own. It is
bound to its certificate, so that it cannot be put beside another one's.
"""

from __future__ import annotations

import base64
import datetime as dt
import functools
import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from argon2.exceptions import HashingError
from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.x509.oid import NameOID
from typing_extensions import override

from db.accounts import LEAST
from db.locks import wrapping
from db.locks.wrapping import PRACTICE, Stretching
from monitor.certificates import Authority, PersonalCertificate, fingerprint
from monitor.errors import Code, InputError, IntegrityError, RefusedError, StorageError
from monitor.people import Author, Clinic
from monitor.ports import Made

BITS = 3072
"""128 bits of strength (NIST SP 800-57 part 1, table 2)."""

PERSONAL = Stretching(memory_kib=64 * 1024, passes=3, lanes=4)
"""As hard as the password's own verifier (RFC 9106's second choice)."""

AUTHORITY_YEARS, PERSON_YEARS = 30, 5
_LEEWAY = dt.timedelta(days=1)
"""So long before it was made a certificate holds: a clock that is set back ends no key."""

_DOMAIN = b"chairside-signing-key-v1\0"
_NONCE = 12
_LONGEST = 64  # bytes in a part of a name; X.520 allows as many characters, libraries bytes
_END = "-----END PRIVATE KEY-----"


@dataclass(frozen=True, slots=True)
class OpenedKey:
    """Implements `monitor.ports.PersonalKey`."""

    certificate: str
    authority: str
    _key: rsa.RSAPrivateKey

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the certificate's DER form, in hex."""
        return fingerprint(_der(self.certificate))

    def sign(self, message: bytes) -> bytes:
        """Return the signature: RSA-3072, PKCS#1 v1.5, SHA-256."""
        return self._key.sign(message, padding.PKCS1v15(), hashes.SHA256())


class ClinicCertification:
    """Implements `monitor.ports.Certification`."""

    def __init__(self) -> None:
        """Make every key by chance, and stretch every secret in earnest."""
        self._cost_of_authority, self._cost_of_person = wrapping.CLINIC, PERSONAL

    def found(self, clinic: Clinic, passphrase: str, at: dt.datetime) -> Made:
        """Make the clinic's authority."""
        self._insist(passphrase)
        key = self._make_key(f"authority {clinic.id}")
        name = _name(clinic.name, f"{clinic.name} signing authority")
        serial = self._serial(f"authority {clinic.id} {at}")
        builder = _builder(name, name, key, serial, (at, _after(at, AUTHORITY_YEARS)))
        made = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        made = made.add_extension(_usage(signs_certificates=True), critical=True)
        return self._made(made.sign(key, hashes.SHA256()), key, passphrase, self._cost_of_authority)

    def issue(
        self, authority: Authority, passphrase: str, person: Author, password: str, at: dt.datetime
    ) -> Made:
        """Make a person's key pair and have the authority certify it."""
        issuer = x509.load_pem_x509_certificate(authority.certificate.encode())
        issuing = _unwrapped(authority.certificate, authority.wrapped, passphrase)
        if issuing is None:
            raise RefusedError(Code.WRONG_PASSPHRASE)
        key = self._make_key(f"person {person.user}")
        organisation = issuer.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0].value
        name = _name(str(organisation), person.name, person)
        serial = self._serial(f"person {person.user} {at}")
        ends = min(_after(at, PERSON_YEARS), issuer.not_valid_after_utc)  # outlives it in vain
        builder = _builder(name, issuer.subject, key, serial, (at, ends))
        made = builder.add_extension(
            x509.BasicConstraints(ca=False, path_length=None), critical=True
        ).add_extension(_usage(signs_certificates=False), critical=True)
        made = made.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuing.public_key()),
            critical=False,
        )
        issued = made.sign(issuing, hashes.SHA256())
        return self._made(issued, key, password, self._cost_of_person)

    def open(
        self, authority: Authority, certificate: PersonalCertificate, password: str
    ) -> OpenedKey:
        """Open a person's key."""
        key = _unwrapped(certificate.certificate, certificate.wrapped, password)
        if key is None:
            raise RefusedError(Code.WRONG_PASSWORD)
        return OpenedKey(certificate.certificate, authority.certificate, key)

    def ended(self, certificate: PersonalCertificate, at: dt.datetime) -> dt.datetime | None:
        """Return when a certificate ended, None if it holds at that instant."""
        ends = self.ends(certificate.certificate)
        return ends if at > ends else None

    def begins(self, certificate: str) -> dt.datetime:
        """Return the first instant at which a certificate, in PEM, holds."""
        return x509.load_pem_x509_certificate(certificate.encode()).not_valid_before_utc

    def ends(self, certificate: str) -> dt.datetime:
        """Return the last instant at which a certificate, in PEM, holds."""
        return x509.load_pem_x509_certificate(certificate.encode()).not_valid_after_utc

    def rewrap(self, certificate: PersonalCertificate, old: str, new: str) -> str:
        """Return the same key wrapped under another password."""
        key = _unwrapped(certificate.certificate, certificate.wrapped, old)
        if key is None:
            raise RefusedError(Code.WRONG_PASSWORD)
        return self._wrapped(certificate.certificate, key, new, self._cost_of_person)

    def _made(
        self, issued: x509.Certificate, key: rsa.RSAPrivateKey, secret: str, cost: Stretching
    ) -> Made:
        pem = issued.public_bytes(serialization.Encoding.PEM).decode("ascii")
        return Made(f"{issued.serial_number:x}", pem, self._wrapped(pem, key, secret, cost))

    def _wrapped(self, pem: str, key: rsa.RSAPrivateKey, secret: str, cost: Stretching) -> str:
        salt, nonce = self._chance(pem, secret, 16), self._chance(pem, secret, _NONCE)
        plain = key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        held = AESGCM(_stretched(cost, secret, salt)).encrypt(nonce, plain, _bound(pem))
        said = {
            "argon2id": asdict(cost) | {"salt": _text(salt)},
            "nonce": _text(nonce),
            "wrapped": _text(held),
        }
        return json.dumps(said, sort_keys=True)

    # --- chance, which practice does without ------------------------------------------------

    def _insist(self, passphrase: str) -> None:
        if len(passphrase) < LEAST:
            raise InputError(Code.WEAK_PASSWORD, "authority", least=LEAST)

    def _make_key(self, _purpose: str) -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(65537, BITS)

    def _serial(self, _purpose: str) -> int:
        return x509.random_serial_number()

    def _chance(self, _pem: str, _secret: str, size: int) -> bytes:
        return secrets.token_bytes(size)


class PracticeCertification(ClinicCertification):
    """The same for made-up people: quick, the same in each run, with keys that everybody has."""

    def __init__(self) -> None:
        """Use the keys that are shipped for practice, and next to no stretching."""
        super().__init__()
        self._cost_of_authority = self._cost_of_person = PRACTICE

    @override
    def _insist(self, passphrase: str) -> None:
        """Take any passphrase."""

    @override
    def _make_key(self, purpose: str) -> rsa.RSAPrivateKey:
        return practice_key(purpose)

    @override
    def _serial(self, purpose: str) -> int:
        return int.from_bytes(hashlib.sha256(purpose.encode()).digest()[:16], "big") >> 1

    @override
    def _chance(self, pem: str, secret: str, size: int) -> bytes:
        return hashlib.sha256(f"{size}\0{pem}\0{secret}".encode()).digest()[:size]


@functools.cache
def practice_key(purpose: str) -> rsa.RSAPrivateKey:
    """Return one of the keys that are shipped for practice; everybody has them.

    Args:
        purpose: What it is for; the same purpose gets the same key.
    """
    text = Path(__file__).with_name("practice_keys.pem").read_text("ascii")
    shipped = [part + _END for part in text.split(_END) if part.strip()]
    chosen = int.from_bytes(hashlib.sha256(purpose.encode()).digest()[:4], "big") % len(shipped)
    return _read_key(serialization.load_pem_private_key, shipped[chosen].strip().encode())


def _read_key(load: Callable[..., Any], held: bytes) -> rsa.RSAPrivateKey:
    """Read a key of our own: checking once more that its primes are primes takes half a second."""
    return cast("rsa.RSAPrivateKey", load(held, None, unsafe_skip_rsa_key_validation=True))


def _unwrapped(pem: str, wrapped: str, secret: str) -> rsa.RSAPrivateKey | None:
    """Return the key that is wrapped, None if the secret is not its own.

    Raises:
        IntegrityError: `unreadable`, if it was not wrapped by this program.
        StorageError: `storage`, if there is too little memory to stretch the secret.
    """
    try:
        said = json.loads(wrapped)
        costs = dict(said["argon2id"])
        salt, nonce, held = (
            _bytes(text) for text in (costs.pop("salt"), said["nonce"], said["wrapped"])
        )
        cost = Stretching(**costs)
    except (KeyError, TypeError, ValueError) as error:
        raise IntegrityError(Code.UNREADABLE) from error
    try:
        plain = AESGCM(_stretched(cost, secret, salt)).decrypt(nonce, held, _bound(pem))
    except InvalidTag:
        return None
    return _read_key(serialization.load_der_private_key, plain)


def _stretched(cost: Stretching, secret: str, salt: bytes) -> bytes:
    try:
        return cost.key(secret, salt)
    except HashingError as error:
        raise StorageError(Code.STORAGE, cause="memory") from error


def _after(at: dt.datetime, years: int) -> dt.datetime:
    return at.astimezone(dt.UTC).replace(microsecond=0) + dt.timedelta(days=365 * years)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: rsa.RSAPrivateKey,
    serial: int,
    holds: tuple[dt.datetime, dt.datetime],
) -> x509.CertificateBuilder:
    at, ends = holds
    made = at.astimezone(dt.UTC).replace(microsecond=0)
    return (
        x509.CertificateBuilder(issuer, subject, key.public_key(), serial)
        .not_valid_before(made - _LEEWAY)
        .not_valid_after(ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(organisation: str, common: str, person: Author | None = None) -> x509.Name:
    """Return a name whose parts are as long as they may be; the record has them whole.

    A person's says the role and the user name, too: so the authority vouches for both.
    """
    parts = [(NameOID.ORGANIZATION_NAME, organisation), (NameOID.COMMON_NAME, common)]
    if person is not None:
        parts += [(NameOID.TITLE, person.role.value), (NameOID.USER_ID, person.user)]
    return x509.Name([x509.NameAttribute(kind, _cut(text)) for kind, text in parts])


def _cut(text: str) -> str:
    """Return as much of a text as a part of a name takes, no character of it halved."""
    return text.encode("utf-8")[:_LONGEST].decode("utf-8", "ignore")


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _der(pem: str) -> bytes:
    made = x509.load_pem_x509_certificate(pem.encode("ascii"))
    return made.public_bytes(serialization.Encoding.DER)


def _bound(pem: str) -> bytes:
    """What a wrapped key is bound to, so that it cannot be put beside another certificate."""
    return _DOMAIN + fingerprint(_der(pem)).encode("ascii")


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
