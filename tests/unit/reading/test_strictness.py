"""Keys, certificates and messages: one form is right, and any other is refused."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from db.certification import PracticeCertification, practice_key
from monitor.certificates import Authority, PersonalCertificate
from monitor.people import Author, Clinic, Role
from reports.reading.certificates import Certificate, from_pem, is_authority, was_issued
from reports.reading.cms import message, tlv
from reports.reading.rsa import DIGEST_INFO, PublicKey
from reports.reading.trouble import TROUBLE
from tests.unit.reading.examples import AT, sealed_pdf

SECRET = "a secret long enough"  # noqa: S105 - made up
ADMINISTRATOR = Author("ad", Role.ADMINISTRATOR, "Ada Min")
KEY = practice_key("a key")
NUMBERS = KEY.public_key().public_numbers()
PUBLIC = PublicKey(NUMBERS.n, NUMBERS.e)
SAID = b"what was said"


def signed(said: bytes = SAID) -> bytes:
    """A right signature."""
    return KEY.sign(said, padding.PKCS1v15(), hashes.SHA256())


def test_that_a_right_signature_holds_for_what_was_said_alone() -> None:
    assert PUBLIC.made(signed(), SAID)
    assert not PUBLIC.made(signed(), b"what was not said")
    assert not PUBLIC.made(signed(b"something else"), SAID)


@pytest.mark.parametrize(
    "signature",
    [
        b"",
        b"\x00" + signed(),
        signed() + b"\x00",
        (int.from_bytes(signed(), "big") + NUMBERS.n).to_bytes(385, "big"),
        bytes(384),
        NUMBERS.n.to_bytes(384, "big"),
        KEY.sign(SAID, padding.PKCS1v15(), hashes.SHA512()),
        KEY.sign(SAID, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256()),
    ],
    ids=["empty", "longer", "with a tail", "one round more", "zero", "modulus", "SHA-512", "PSS"],
)
def test_that_no_other_number_is_a_signature(signature: bytes) -> None:
    assert not PUBLIC.made(signature, SAID)


def test_that_a_short_key_or_a_small_exponent_signs_nothing() -> None:
    assert not PublicKey(NUMBERS.n >> 1024, NUMBERS.e).made(signed(), SAID)
    assert not PublicKey(NUMBERS.n, 3).made(signed(), SAID)
    block = b"\x00\x01" + b"\xff" * 330 + b"\x00" + DIGEST_INFO + hashlib.sha256(SAID).digest()
    assert not PublicKey(1 << 3071, 1).made(block.rjust(384, b"\x00"), SAID)


# --- certificates ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made() -> tuple[Authority, PersonalCertificate, PersonalCertificate]:
    """An authority, a person, and somebody whom that person issued a certificate to."""
    practice = PracticeCertification()
    found = practice.found(Clinic("c", "Riverside", "", ("1",)), SECRET, AT)
    authority = Authority(found.certificate, found.wrapped, AT, ADMINISTRATOR)
    person = issued(authority, "ds")
    usurper = Authority(person.certificate, person.wrapped, AT, ADMINISTRATOR)
    return authority, person, issued(usurper, "x")


def issued(authority: Authority, user: str) -> PersonalCertificate:
    """A certificate of somebody's, by whoever holds a key."""
    person = Author(user, Role.PRESCRIBER, f"Person {user}")
    one = PracticeCertification().issue(authority, SECRET, person, SECRET, AT)
    return PersonalCertificate(user, one.serial, one.certificate, one.wrapped, AT, ADMINISTRATOR)


def test_that_an_authority_issues_to_persons_and_persons_to_nobody(
    made: tuple[Authority, PersonalCertificate, PersonalCertificate],
) -> None:
    authority, person, friend = (from_pem(each.certificate) for each in made)
    assert is_authority(authority)
    assert was_issued(person, authority)
    assert not is_authority(person)
    assert not was_issued(friend, person)
    assert not was_issued(authority, authority)
    assert not was_issued(authority, person)
    assert not was_issued(friend, authority)


def test_that_one_changed_byte_of_a_certificate_is_seen(
    made: tuple[Authority, PersonalCertificate, PersonalCertificate],
) -> None:
    authority, person, _ = (from_pem(each.certificate) for each in made)
    changed = person.der[:-1] + bytes((person.der[-1] ^ 1,))
    assert not was_issued(Certificate(changed, type(person.said).load(changed)), authority)


# --- messages -------------------------------------------------------------------------------


def der() -> bytes:
    """The message of a genuine seal, as it stands."""
    found = sealed_pdf()
    first = found.index(b"/Contents <") + len(b"/Contents <")
    last = found.index(b">", first)
    padded = bytes.fromhex(found[first:last].decode())
    return padded[: len(message(padded).rebuilt)]


def test_that_a_message_is_rebuilt_to_the_byte() -> None:
    assert message(der()).rebuilt == der()
    assert message(der()).holds


@pytest.mark.parametrize("place", range(0, 1500, 61))
def test_that_no_byte_of_a_message_can_be_another(place: int) -> None:
    changed = bytearray(der())
    changed[place] ^= 0x10
    try:
        seen = message(bytes(changed))
    except TROUBLE:
        return
    issued_under = seen.authority is not None and was_issued(seen.signer, seen.authority)
    assert not (seen.holds and issued_under and seen.rebuilt == bytes(changed))


@pytest.mark.parametrize("size", [0, 127, 128, 255, 256, 65_536])
def test_that_a_length_is_written_in_its_shortest_form(size: int) -> None:
    element = tlv(4, bytes(size))
    count = element[1] & 0x7F if element[1] & 0x80 else 0
    length = int.from_bytes(element[2 : 2 + count], "big") if count else element[1]
    assert (length, len(element)) == (size, size + 2 + count)
    assert not count or element[2] != 0
