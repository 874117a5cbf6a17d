"""The clinic's signing authority: founded once, issues, and nothing it does goes unseen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from typing_extensions import override

from monitor.certificates import CERTIFICATES, PersonalCertificate, certificate_of
from monitor.certifying import (
    Certificates,
    ChangePassword,
    FoundAuthority,
    IssueCertificate,
    NewPassword,
    ReplacePassword,
)
from monitor.clinic import CreateAccount, LogIn, NewAccount
from monitor.desk import write
from monitor.entries import CertificateIssued, Draft, KeyRewrapped, Leaving
from monitor.errors import Code, InputError, MonitorError, NotFoundError, RefusedError
from monitor.overview import SessionOverview
from monitor.people import Author, Clinic, Role
from monitor.ports import Made
from monitor.signing import SignSession
from tests.fakes.certification import PASSPHRASE, PlainCertification
from tests.fakes.visit import PASSWORDS, Visit

LONG = "another long password"
GUESSED = "guessed"
BOSS = Author("ada", Role.ADMINISTRATOR, "Ada Berg")
YEARS = dt.timedelta(days=365 * 5, hours=1)


@dataclass
class Meanwhile(PlainCertification):
    """Lets something happen while a key is made."""

    happens: Callable[[], object]

    @override
    def found(self, clinic: Clinic, passphrase: str, at: dt.datetime) -> Made:
        self.happens()
        return super().found(clinic, passphrase, at)

    @override
    def rewrap(self, certificate: PersonalCertificate, old: str, new: str) -> str:
        self.happens()
        return super().rewrap(certificate, old, new)


@pytest.fixture
def visit() -> Visit:
    return Visit()


def unsigned() -> Visit:
    """Return a session of a clinic that was founded before there were authorities."""
    visit = Visit()
    visit.store.entries[:] = [e for e in visit.store.entries if e.stream != CERTIFICATES]
    return closed(visit)


def closed(visit: Visit) -> Visit:
    return visit.started().at("10:05").left(Leaving.TRANSFERRED, "felt unwell")


def own(visit: Visit, user: str = "nk") -> PersonalCertificate:
    with visit.world.transaction() as tx:
        found = certificate_of(tx.stream(CERTIFICATES), user)
    assert found is not None
    return found


def hired(visit: Visit, user: str = "th", role: Role = Role.THERAPIST) -> str:
    """Return the user name of somebody who came after the clinic was founded."""
    wanted = NewAccount(user=user, name="Theo Lis", role=role, credential="", password=LONG)
    CreateAccount(visit.world)(BOSS, wanted)
    return user


def forgotten(user: str = "nk", **others: str) -> NewPassword:
    """Return what is asked where somebody forgot a password; the other clinician witnesses."""
    witness = "ds" if user != "ds" else "nk"
    wanted = NewPassword(
        user=user,
        password=LONG,
        passphrase=PASSPHRASE,
        witness=witness,
        witness_password=PASSWORDS[witness],
    )
    return replace(wanted, **others)


def signed(visit: Visit, password: str = PASSWORDS["nk"]) -> SessionOverview:
    seen = visit.overview.digest
    SignSession(visit.world)(visit.session_id, "nk", password, "recorded by", seen=seen)
    return visit.overview


# --- the authority --------------------------------------------------------------------------


def test_that_a_new_clinic_has_an_authority_and_everyone_a_certificate(visit: Visit) -> None:
    look = Certificates(visit.world)
    founded = look.authority()
    assert founded is not None
    assert [each.user for each in look.issued()] == ["nk", "ds"]
    assert not any(each.is_reissued or each.is_renewed for each in look.issued())
    assert closed(visit).overview.authority == founded.fingerprint


def test_that_an_authority_is_founded_once(visit: Visit) -> None:
    with visit.refused(Code.RECORD_EXISTS):
        FoundAuthority(visit.world)(BOSS, PASSPHRASE)


def test_that_of_two_who_found_it_at_once_one_is_told() -> None:
    visit = unsigned()

    slow = Meanwhile(lambda: FoundAuthority(visit.world)(BOSS, PASSPHRASE))
    with pytest.raises(RefusedError, match="record-exists"):
        FoundAuthority(replace(visit.world, certification=slow))(BOSS, "some other passphrase")
    assert [entry.kind for entry in visit.store.entries].count("authority founded") == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_that_administrators_alone_hold_the_authority(visit: Visit, role: Role) -> None:
    somebody = Author("xx", role, "Xen")
    with visit.refused(Code.NOT_ALLOWED):
        FoundAuthority(visit.world)(somebody, PASSPHRASE)
    with visit.refused(Code.NOT_ALLOWED):
        IssueCertificate(visit.world)(somebody, PASSPHRASE, "nk", PASSWORDS["nk"])
    with visit.refused(Code.NOT_ALLOWED):
        ReplacePassword(visit.world)(somebody, forgotten())


def test_that_a_short_passphrase_is_refused_with_its_field() -> None:
    visit = unsigned()
    with pytest.raises(InputError, match="weak-password") as caught:
        FoundAuthority(visit.world)(BOSS, "short")
    assert caught.value.field == "authority"


def test_that_an_older_clinic_charts_on_and_signs_once_it_has_an_authority() -> None:
    visit = unsigned()
    assert visit.overview.authority == ""
    with visit.signature_refused(Code.NO_AUTHORITY):
        visit.signed()
    FoundAuthority(visit.world)(BOSS, PASSPHRASE)
    with visit.signature_refused(Code.NO_CERTIFICATE):
        visit.signed()
    for user in ("nk", "ds"):
        IssueCertificate(visit.world)(BOSS, PASSPHRASE, user, PASSWORDS[user])
    visit.signed().co_signed()
    (first, second) = visit.overview.signatures
    assert (first.certificate, second.certificate) == (
        own(visit).fingerprint,
        own(visit, "ds").fingerprint,
    )
    assert first.reissued == second.reissued == ()


# --- certificates ---------------------------------------------------------------------------


def test_that_a_newcomer_signs_once_a_certificate_is_issued(visit: Visit) -> None:
    user = hired(visit)
    with visit.certificate_refused(user, Code.WRONG_PASSPHRASE):
        IssueCertificate(visit.world)(BOSS, "a guessed passphrase", user, LONG)
    IssueCertificate(visit.world)(BOSS, PASSPHRASE, user, LONG)
    assert own(visit, user).issued_by == BOSS


def test_that_a_guessed_passphrase_is_an_entry_where_a_password_was_forgotten(
    visit: Visit,
) -> None:
    with visit.certificate_refused("nk", Code.WRONG_PASSPHRASE):
        ReplacePassword(visit.world)(BOSS, forgotten(passphrase=GUESSED))


def test_that_nobody_is_given_a_certificate_without_their_own_password(visit: Visit) -> None:
    user = hired(visit)
    with pytest.raises(RefusedError, match="wrong-password"):
        IssueCertificate(visit.world)(BOSS, PASSPHRASE, user, "guessed")
    with visit.world.transaction() as tx:
        assert certificate_of(tx.stream(CERTIFICATES), user) is None


def test_that_a_certificate_that_holds_is_not_issued_again(visit: Visit) -> None:
    with visit.refused(Code.UNCHANGED):
        IssueCertificate(visit.world)(BOSS, PASSPHRASE, "nk", PASSWORDS["nk"])


def test_that_a_certificate_that_ended_signs_nothing_and_its_successor_names_it(
    visit: Visit,
) -> None:
    closed(visit)
    before = own(visit)
    visit.clock.advance(seconds=YEARS.total_seconds())
    with visit.signature_refused(Code.CERTIFICATE_ENDED):
        visit.signed()
    IssueCertificate(visit.world)(BOSS, PASSPHRASE, "nk", PASSWORDS["nk"])
    after = own(visit)
    assert (after.replaces, after.witness) == (before.serial, "")
    (signature,) = signed(visit).signatures
    assert signature.certificate == after.fingerprint
    assert (signature.renewed, signature.reissued) == ((after.issued_at,), ())


def test_that_nobody_renews_whose_old_key_the_password_does_not_open(visit: Visit) -> None:
    before = own(visit)
    with visit.world.transaction() as tx:  # a key that is locked under something else
        draft = Draft(KeyRewrapped("nk", before.serial, GUESSED), visit.clock.now(), "77")
        write(visit.world, tx, CERTIFICATES, [draft], author=BOSS, moment=visit.clock.moment())
    visit.clock.advance(seconds=YEARS.total_seconds())
    with visit.certificate_refused("nk", Code.WRONG_PASSWORD):
        IssueCertificate(visit.world)(BOSS, PASSPHRASE, "nk", PASSWORDS["nk"])
    assert own(visit).serial == before.serial


def test_that_a_renewal_hides_no_re_issue_before_it(visit: Visit) -> None:
    closed(visit)
    ReplacePassword(visit.world)(BOSS, forgotten())
    again = own(visit)
    visit.clock.advance(seconds=YEARS.total_seconds())
    IssueCertificate(visit.world)(BOSS, PASSPHRASE, "nk", LONG)
    (signature,) = signed(visit, LONG).signatures
    assert signature.reissued == (again.issued_at,)
    assert signature.renewed == (own(visit).issued_at,)


def test_that_an_authority_that_ended_issues_nothing(visit: Visit) -> None:
    user = hired(visit)
    visit.clock.advance(seconds=6 * YEARS.total_seconds())
    with visit.certificate_refused(user, Code.CERTIFICATE_ENDED):
        IssueCertificate(visit.world)(BOSS, PASSPHRASE, user, LONG)


def test_that_what_was_signed_before_the_end_stays_signed(visit: Visit) -> None:
    closed(visit).signed()
    visit.clock.advance(seconds=YEARS.total_seconds())
    assert [s.holds for s in visit.overview.signatures] == [True]
    assert visit.overview.status == "signed"


# --- passwords ------------------------------------------------------------------------------


def test_that_another_password_opens_the_same_key(visit: Visit) -> None:
    closed(visit)
    before = own(visit)
    ChangePassword(visit.world)("nk", PASSWORDS["nk"], LONG)
    assert own(visit).certificate == before.certificate
    assert [e.kind for e in visit.store.entries[-2:]] == ["password set", "key rewrapped"]
    with pytest.raises(RefusedError, match="wrong-password"):
        signed(visit)
    (signature,) = signed(visit, LONG).signatures
    assert (signature.certificate, signature.reissued) == (before.fingerprint, ())


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("guessed", LONG, "wrong-password"),
        (PASSWORDS["nk"], PASSWORDS["nk"], "unchanged"),
    ],
)
def test_that_a_password_is_not_changed_amiss(visit: Visit, old: str, new: str, code: str) -> None:
    before = own(visit)
    with pytest.raises(MonitorError, match=code):
        ChangePassword(visit.world)("nk", old, new)
    assert own(visit) == before
    LogIn(visit.world)("nk", PASSWORDS["nk"])


def test_that_a_forgotten_password_means_a_new_key_seen_by_another_clinician(
    visit: Visit,
) -> None:
    closed(visit)
    before = own(visit)
    visit.at("11:00")
    ReplacePassword(visit.world)(BOSS, forgotten())
    after = own(visit)
    assert (after.replaces, after.witness, after.issued_by) == (before.serial, "ds", BOSS)
    assert [each.serial for each in Certificates(visit.world).issued() if each.user == "nk"] == [
        before.serial,
        after.serial,
    ]
    (signature,) = signed(visit, LONG).signatures
    assert signature.reissued == (after.issued_at,)
    assert signature.certificate == after.fingerprint


def test_that_a_signature_from_before_the_new_key_says_nothing_of_it(visit: Visit) -> None:
    closed(visit).signed()
    ReplacePassword(visit.world)(BOSS, forgotten())
    (signature,) = visit.overview.signatures
    assert signature.holds
    assert signature.reissued == ()


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (forgotten(witness_password=GUESSED), "wrong-password"),
        (forgotten(passphrase=GUESSED), "wrong-passphrase"),
        (forgotten(witness="nk", witness_password=PASSWORDS["nk"]), "same-person"),
        (forgotten(user="nobody"), "unknown"),
    ],
)
def test_that_a_password_is_not_replaced_amiss(
    visit: Visit, wanted: NewPassword, code: str
) -> None:
    before = own(visit)
    with pytest.raises(MonitorError, match=code):
        ReplacePassword(visit.world)(BOSS, wanted)
    assert own(visit) == before
    LogIn(visit.world)("nk", PASSWORDS["nk"])


def test_that_an_administrator_witnesses_nothing(visit: Visit) -> None:
    user = hired(visit, "bo", Role.ADMINISTRATOR)
    with visit.refused(Code.NOT_ALLOWED):
        ReplacePassword(visit.world)(BOSS, forgotten(witness=user, witness_password=LONG))


def test_that_a_key_that_changed_meanwhile_is_not_written_over(visit: Visit) -> None:
    slow = Meanwhile(lambda: ReplacePassword(visit.world)(BOSS, forgotten()))
    world = replace(visit.world, certification=slow)
    with pytest.raises(RefusedError, match="changed-meanwhile"):
        ChangePassword(world)("nk", PASSWORDS["nk"], "a third long password")
    LogIn(visit.world)("nk", LONG)
    assert own(visit).wrapped == LONG


def test_that_a_clinic_without_an_authority_replaces_a_password_all_the_same() -> None:
    visit = unsigned()
    ReplacePassword(visit.world)(BOSS, forgotten(passphrase=""))
    LogIn(visit.world)("nk", LONG)
    kinds = {type(entry.what) for entry in visit.store.entries}
    assert kinds.isdisjoint({CertificateIssued, KeyRewrapped})


def test_that_nobody_replaces_the_password_of_nobody(visit: Visit) -> None:
    with pytest.raises(NotFoundError):
        ReplacePassword(visit.world)(BOSS, forgotten(user="nobody"))
