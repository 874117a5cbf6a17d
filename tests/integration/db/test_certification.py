"""Real keys and certificates: whose they are, what opens them, and what does not."""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from db.backups.backup import Backups
from db.certification import BITS, ClinicCertification, PracticeCertification
from db.store import Store
from monitor.certificates import (
    CERTIFICATES,
    Authority,
    PersonalCertificate,
    Statement,
    authority,
    certificate_of,
    issued,
    signed_message,
)
from monitor.certifying import ChangePassword, NewPassword, ReplacePassword
from monitor.entries import Leaving
from monitor.errors import Code, InputError, IntegrityError, RefusedError
from monitor.people import Author, Clinic, Role
from monitor.ports import Made
from monitor.signing import AddToSession
from tests.fakes.certification import PASSPHRASE
from tests.fakes.visit import PASSWORDS, Visit
from tests.integration.db.backing import quiet
from tests.integration.db.scribe import practice_store

NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
CLINIC = Clinic("c-1", "Riverside Clinic", "", ("1",))
BOSS = Author("ada", Role.ADMINISTRATOR, "Ada Berg")
NURSE = Author("nk", Role.NURSE, "Nina Kowal", "RN")
OWN, LONG = "a nurse's long password", "another long password"


def founded(made: Made) -> Authority:
    return Authority(made.certificate, made.wrapped, NOON, BOSS)


def certified(made: Made, user: str = "nk") -> PersonalCertificate:
    return PersonalCertificate(user, made.serial, made.certificate, made.wrapped, NOON, BOSS)


def certificate(pem: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate(pem.encode("ascii"))


def holds(pem: str, message: bytes, signature: bytes) -> bool:
    key = certificate(pem).public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    try:
        key.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


@pytest.fixture(scope="module")
def practice() -> Authority:
    return founded(PracticeCertification().found(CLINIC, PASSPHRASE, NOON))


@pytest.fixture(scope="module")
def nurse(practice: Authority) -> PersonalCertificate:
    return certified(PracticeCertification().issue(practice, PASSPHRASE, NURSE, OWN, NOON))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = practice_store(tmp_path / "record")
    yield made
    assert made.check().findings == ()
    made.close()


@pytest.fixture
def visit(store: Store) -> Visit:
    made = Visit(transaction=store.transaction, certification=PracticeCertification())
    made.started().at("10:05").left(Leaving.TRANSFERRED, "felt unwell")
    return made


# --- what they are --------------------------------------------------------------------------


def test_that_a_clinics_own_keys_are_made_by_chance_and_stretched_in_earnest() -> None:
    keys = ClinicCertification()
    root = founded(keys.found(CLINIC, PASSPHRASE, NOON))
    own = certified(keys.issue(root, PASSPHRASE, NURSE, OWN, NOON))
    key = keys.open(root, own, OWN)
    assert holds(own.certificate, b"said", key.sign(b"said"))
    certificate(own.certificate).verify_directly_issued_by(certificate(root.certificate))
    assert json.loads(own.wrapped)["argon2id"]["memory_kib"] == 64 * 1024
    shipped = certificate(PracticeCertification().found(CLINIC, PASSPHRASE, NOON).certificate)
    assert certificate(root.certificate).public_key() != shipped.public_key()


@pytest.mark.parametrize("passphrase", ["", "fourteen chars"])
def test_that_a_short_passphrase_founds_nothing(passphrase: str) -> None:
    with pytest.raises(InputError, match="weak-password") as caught:
        ClinicCertification().found(CLINIC, passphrase, NOON)
    assert caught.value.field == "authority"


def test_that_a_persons_certificate_certifies_nobody(
    practice: Authority, nurse: PersonalCertificate
) -> None:
    root, own = certificate(practice.certificate), certificate(nurse.certificate)
    own.verify_directly_issued_by(root)
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert not own.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    key = own.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    assert key.key_size == BITS


def test_that_practice_is_the_same_each_time(practice: Authority) -> None:
    keys = PracticeCertification()
    assert founded(keys.found(CLINIC, PASSPHRASE, NOON)) == practice
    again = [keys.issue(practice, PASSPHRASE, NURSE, OWN, NOON) for _ in range(2)]
    assert again[0] == again[1]


@pytest.mark.parametrize(
    "name",
    [
        "山本 花子",
        "Ελένη Χατζηγεωργίου",
        "محمد الأمين",
        "Прасковья Ильинична",
        "Zoe\u0308 😀",
        "Żółć " * 30,
    ],
)
def test_that_a_name_of_any_script_and_length_is_certified(practice: Authority, name: str) -> None:
    person = dataclasses.replace(NURSE, name=name)
    made = PracticeCertification().issue(practice, PASSPHRASE, person, OWN, NOON)
    (common,) = certificate(made.certificate).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert str(common.value) == name.encode()[:64].decode(errors="ignore")
    assert len(str(common.value)) > 12 or common.value == name
    (issuer,) = certificate(made.certificate).issuer.get_attributes_for_oid(
        NameOID.ORGANIZATION_NAME
    )
    assert issuer.value == CLINIC.name


def test_that_a_clinic_of_a_long_name_founds_an_authority() -> None:
    clinic = dataclasses.replace(CLINIC, name="Klinik für Psychiatrie und Psychotherapie " * 5)
    root = founded(PracticeCertification().found(clinic, PASSPHRASE, NOON))
    made = PracticeCertification().issue(root, PASSPHRASE, NURSE, OWN, NOON)
    certificate(made.certificate).verify_directly_issued_by(certificate(root.certificate))


def test_that_a_certificate_ends_after_five_years_and_a_set_back_clock_ends_none(
    nurse: PersonalCertificate,
) -> None:
    keys = PracticeCertification()
    assert keys.ended(nurse, NOON + dt.timedelta(days=5 * 365)) is None
    assert keys.ended(nurse, NOON + dt.timedelta(days=5 * 365, seconds=1)) is not None
    assert keys.ends(nurse.certificate) == NOON + dt.timedelta(days=5 * 365)
    assert certificate(nurse.certificate).not_valid_before_utc < NOON - dt.timedelta(hours=12)


# --- what opens them ------------------------------------------------------------------------


def test_that_the_owners_password_alone_opens_a_key(
    practice: Authority, nurse: PersonalCertificate
) -> None:
    keys = PracticeCertification()
    for secret in ("", "guessed", PASSPHRASE, OWN.upper(), nurse.serial, practice.wrapped):
        with pytest.raises(RefusedError, match="wrong-password"):
            keys.open(practice, nurse, secret)
        with pytest.raises(RefusedError, match="wrong-password"):
            keys.rewrap(nurse, secret, LONG)
    assert keys.open(practice, nurse, OWN).fingerprint == nurse.fingerprint


def test_that_a_password_is_the_same_however_its_accents_are_typed(practice: Authority) -> None:
    keys = PracticeCertification()
    own = certified(keys.issue(practice, PASSPHRASE, NURSE, "mot de passe caf\u00e9", NOON))
    assert keys.open(practice, own, "mot de passe cafe\u0301").fingerprint == own.fingerprint


def test_that_a_key_put_beside_another_certificate_does_not_open(
    practice: Authority, nurse: PersonalCertificate
) -> None:
    keys = PracticeCertification()
    boss = certified(keys.issue(practice, PASSPHRASE, BOSS, LONG, NOON), "ada")
    for mixed, secret in (
        (dataclasses.replace(nurse, wrapped=boss.wrapped), LONG),
        (dataclasses.replace(boss, wrapped=nurse.wrapped), OWN),
        (dataclasses.replace(nurse, wrapped=practice.wrapped), PASSPHRASE),
    ):
        with pytest.raises(RefusedError, match="wrong-password"):
            keys.open(practice, mixed, secret)


@pytest.mark.parametrize("wrapped", ["", "{}", "[]", '{"argon2id": {}}', "null", "7"])
def test_that_a_spoilt_key_is_an_unreadable_entry(
    practice: Authority, nurse: PersonalCertificate, wrapped: str
) -> None:
    spoilt = dataclasses.replace(nurse, wrapped=wrapped)
    with pytest.raises(IntegrityError) as caught:
        PracticeCertification().open(practice, spoilt, OWN)
    assert caught.value.code is Code.UNREADABLE


def test_that_the_authoritys_passphrase_alone_issues(practice: Authority) -> None:
    for secret in ("", "guessed", OWN):
        with pytest.raises(RefusedError, match="wrong-passphrase"):
            PracticeCertification().issue(practice, secret, NURSE, OWN, NOON)


# --- what they sign -------------------------------------------------------------------------


def signed_entries(visit: Visit, store: Store) -> list[dict[str, str]]:
    """Return the entries that somebody signed, as the record's own file tells them."""
    record = json.loads(store.record_json(visit.session_id))
    return [entry for entry in record["entries"] if entry.get("signature")]


def signature_holds(visit: Visit, entry: dict[str, str], pem: str) -> bool:
    by: dict[str, str] = entry["by"]  # type: ignore[assignment] # an object of texts
    said = Statement(
        kind=entry["kind"],
        session_id=visit.session_id,
        digest=entry["digest"],
        meaning=entry["meaning"],
        user=by["user"],
        at=dt.datetime.fromisoformat(entry["at"]),
        text=entry.get("text", ""),
    )
    return holds(pem, signed_message(said), base64.b64decode(entry["signature"]))


def test_that_the_records_own_file_is_enough_to_check_every_signature(
    visit: Visit, store: Store
) -> None:
    visit.signed().co_signed()
    add, seen = AddToSession(visit.world), visit.overview.entries
    add(visit.session_id, "nk", PASSWORDS["nk"], "Slept well.", seen=seen)
    record = json.loads(store.record_json(visit.session_id))
    entries = signed_entries(visit, store)
    assert [entry["kind"] for entry in entries] == ["signed", "co-signed", "addendum"]
    for entry in entries:
        own = record["certificates"][entry["certificate"]]
        certificate(own).verify_directly_issued_by(certificate(record["authority"]))
        assert signature_holds(visit, entry, own)
        for name in ("digest", "meaning", "kind"):
            assert not signature_holds(visit, entry | {name: "another"}, own)
        later = {"at": "2026-03-02T12:00:00Z"}
        assert not signature_holds(visit, entry | later, own)
    added = entries[2]
    own = record["certificates"][added["certificate"]]
    assert not signature_holds(visit, added | {"text": "Slept badly."}, own)
    assert "wrapped" not in json.dumps(record)


def test_that_old_signatures_hold_after_a_password_was_changed_and_after_it_was_replaced(
    visit: Visit, store: Store
) -> None:
    visit.signed()
    ChangePassword(visit.world)("nk", PASSWORDS["nk"], LONG)
    visit.at("11:00")
    ReplacePassword(visit.world)(
        BOSS,
        NewPassword(
            user="nk",
            password="a third long password",  # noqa: S106 - made up
            passphrase=PASSPHRASE,
            witness="ds",
            witness_password=PASSWORDS["ds"],
        ),
    )
    with store.transaction() as tx:
        entries = tx.stream(CERTIFICATES)
    first, second = (each for each in issued(entries) if each.user == "nk")
    assert (second.replaces, second.witness) == (first.serial, "ds")
    (entry,) = signed_entries(visit, store)
    assert entry["certificate"] == first.fingerprint
    assert signature_holds(visit, entry, first.certificate)
    assert visit.overview.signatures[0].holds


@pytest.mark.usefixtures("visit")
def test_that_database_and_authority_together_sign_for_nobody(store: Store) -> None:
    with store.transaction() as tx:
        entries = tx.stream(CERTIFICATES)
    root, own = authority(entries), certificate_of(entries, "nk")
    assert root is not None
    assert own is not None
    keys = PracticeCertification()
    with store.transaction() as tx:
        everything = {PASSPHRASE, root.wrapped, own.wrapped, tx.account("nk").password_hash}
    for secret in everything:
        with pytest.raises(RefusedError, match="wrong-password"):
            keys.open(root, own, secret)
    forged = certified(keys.issue(root, PASSPHRASE, NURSE, LONG, NOON))
    assert forged.fingerprint != own.fingerprint  # a re-issue is another certificate


@pytest.mark.usefixtures("visit")
def test_that_a_backup_keeps_the_keys(store: Store, tmp_path: Path) -> None:
    made = Backups(store, tmp_path / "other disk" / "backups").make(NOON, quiet)
    copy = shutil.copytree(made.folder, tmp_path / "copy")
    again = Store.open(copy)
    with again.transaction() as tx:
        entries = tx.stream(CERTIFICATES)
    assert again.check().findings == ()
    again.close()
    root, own = authority(entries), certificate_of(entries, "nk")
    assert root is not None
    assert own is not None
    opened = PracticeCertification().open(root, own, PASSWORDS["nk"])
    assert holds(own.certificate, b"said", opened.sign(b"said"))


def test_that_no_certificate_outlives_the_one_that_it_was_issued_under() -> None:
    practice = PracticeCertification()
    authority_made = practice.found(CLINIC, PASSPHRASE, NOON)
    ends = practice.ends(authority_made.certificate)
    late = ends - dt.timedelta(days=365)
    made = practice.issue(founded(authority_made), PASSPHRASE, NURSE, OWN, late)
    assert practice.ends(made.certificate) == ends
    early = practice.issue(founded(authority_made), PASSPHRASE, NURSE, OWN, NOON)
    assert practice.ends(early.certificate) == NOON + dt.timedelta(days=365 * 5)
