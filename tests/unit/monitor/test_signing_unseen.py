"""Nobody signs what was not shown, with a key that is no longer theirs, or before it holds."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from typing_extensions import override

from monitor.certificates import (
    CERTIFICATES,
    Authority,
    PersonalCertificate,
    Statement,
    certificate_of,
    signed_message,
)
from monitor.certifying import ChangePassword, NewPassword, ReplacePassword
from monitor.clinic import NewAccount
from monitor.desk import World
from monitor.entries import Leaving, Signed
from monitor.errors import Code, RefusedError
from monitor.history import Gap
from monitor.overview import SessionOverview
from monitor.people import Author, Role
from monitor.ports import PersonalKey
from monitor.signing import AddToSession, CoSignSession, SignSession
from monitor.stock_keeping import Proof
from tests.fakes.certification import PASSPHRASE, PlainCertification, PlainKey
from tests.fakes.gaps import lost
from tests.fakes.press import PlainPress
from tests.fakes.visit import PASSWORDS, Visit

BOSS = Author("ada", Role.ADMINISTRATOR, "Ada Berg")
LONG = "another long password"
RECORDED, APPROVED = "recorded by", "reviewed and approved"


@dataclass
class SlowPress(PlainPress):
    """Lets something happen while it seals a file."""

    happens: Callable[[], object]

    @override
    def seal(self, overview: SessionOverview, record: bytes, key: PersonalKey) -> bytes:
        self.happens()
        return super().seal(overview, record, key)


@dataclass
class SlowKeys(PlainCertification):
    """Lets something happen once it has opened a key."""

    happens: Callable[[], object]

    @override
    def open(
        self, authority: Authority, certificate: PersonalCertificate, password: str
    ) -> PlainKey:
        opened = super().open(authority, certificate, password)
        self.happens()
        return opened


@pytest.fixture
def visit() -> Visit:
    return Visit().started().at("10:05").left(Leaving.TRANSFERRED, "felt unwell")


def forgot(visit: Visit, user: str) -> None:
    """Replace that person's key, as if the password had been forgotten."""
    witness = "ds" if user == "nk" else "nk"
    wanted = NewPassword(
        user=user,
        password=LONG,
        passphrase=PASSPHRASE,
        witness=witness,
        witness_password=PASSWORDS[witness],
    )
    ReplacePassword(visit.world)(BOSS, wanted)


def add(visit: Visit, text: str, user: str, world: World, *, seen: int) -> None:
    AddToSession(world)(visit.session_id, user, PASSWORDS[user], text, seen=seen)


# --- what was not shown ---------------------------------------------------------------------


def test_that_nobody_signs_a_digest_that_is_empty(visit: Visit) -> None:
    with visit.signature_refused(Code.CHANGED_MEANWHILE):
        SignSession(visit.world)(visit.session_id, "nk", PASSWORDS["nk"], RECORDED, seen="")
    visit.signed()
    with visit.signature_refused(Code.CHANGED_MEANWHILE):
        CoSignSession(visit.world)(visit.session_id, "ds", PASSWORDS["ds"], APPROVED, seen="")


def test_that_nobody_adds_to_what_somebody_else_added_to_unseen(visit: Visit) -> None:
    visit.signed().co_signed()
    seen = visit.overview.entries
    add(visit, "The escort was her sister.", "ds", visit.world, seen=seen)
    with visit.signature_refused(Code.CHANGED_MEANWHILE):
        add(visit, "She slept well.", "nk", visit.world, seen=seen)
    assert [a.by.user for a in visit.overview.addenda] == ["ds"]
    add(visit, "She slept well.", "nk", visit.world, seen=visit.overview.entries)
    assert [a.by.user for a in visit.overview.addenda] == ["ds", "nk"]


# --- what became of the signer meanwhile ----------------------------------------------------


def test_that_a_key_that_was_replaced_while_the_file_was_made_seals_nothing(visit: Visit) -> None:
    visit.signed().co_signed()
    slow = replace(visit.world, press=SlowPress(lambda: forgot(visit, "nk")))
    with pytest.raises(RefusedError) as caught:
        add(visit, "She slept well.", "nk", slow, seen=visit.overview.entries)
    assert (caught.value.code, caught.value.facts["field"]) == (Code.CHANGED_MEANWHILE, "account")
    assert (visit.overview.addenda, visit.overview.version) == ((), 1)


def test_that_a_password_that_was_changed_while_the_file_was_made_seals_nothing(
    visit: Visit,
) -> None:
    visit.signed()

    def changed() -> None:
        ChangePassword(visit.world)("ds", PASSWORDS["ds"], LONG)

    slow, seen = replace(visit.world, press=SlowPress(changed)), visit.overview.digest
    with pytest.raises(RefusedError) as caught:
        CoSignSession(slow)(visit.session_id, "ds", PASSWORDS["ds"], APPROVED, seen=seen)
    assert (caught.value.code, caught.value.facts["field"]) == (Code.CHANGED_MEANWHILE, "account")
    assert visit.overview.status == "signed"


def test_that_a_key_that_was_replaced_once_it_was_open_signs_nothing(visit: Visit) -> None:
    slow = replace(visit.world, certification=SlowKeys(lambda: forgot(visit, "nk")))
    seen = visit.overview.digest
    with pytest.raises(RefusedError) as caught:
        SignSession(slow)(visit.session_id, "nk", PASSWORDS["nk"], RECORDED, seen=seen)
    assert (caught.value.code, caught.value.facts["field"]) == (Code.CHANGED_MEANWHILE, "account")
    assert visit.overview.signatures == ()


def test_that_a_gap_that_showed_while_the_file_was_made_keeps_it_from_being_written(
    visit: Visit,
) -> None:
    visit.signed()
    gaps: list[tuple[Gap, ...]] = [()]
    slow = replace(
        visit.world,
        gaps=lambda: gaps[-1],
        press=SlowPress(lambda: gaps.append((lost(50, visit.instant("10:02")),))),
    )
    seen = visit.overview.digest
    with pytest.raises(RefusedError, match="history-gap"):
        CoSignSession(slow)(visit.session_id, "ds", PASSWORDS["ds"], APPROVED, seen=seen)
    assert visit.overview.status == "signed"


# --- when it holds --------------------------------------------------------------------------


def test_that_nobody_signs_before_their_certificate_holds(visit: Visit) -> None:
    day = 24 * 60 * 60
    visit.clock.advance(seconds=3 * day)  # the computer's clock ran ahead
    forgot(visit, "nk")
    visit.clock.advance(seconds=-3 * day)
    seen = visit.overview.digest
    with visit.signature_refused(Code.CERTIFICATE_NOT_YET):
        SignSession(visit.world)(visit.session_id, "nk", LONG, RECORDED, seen=seen)
    visit.clock.advance(seconds=2 * day)
    SignSession(visit.world)(visit.session_id, "nk", LONG, RECORDED, seen=seen)
    assert visit.overview.status == "signed"


# --- what is signed, and what is never shown -------------------------------------------------


def test_that_a_meaning_is_signed_composed_as_it_is_kept(visit: Visit) -> None:
    seen, meaning = visit.overview.digest, "vu et approuve\u0301"
    SignSession(visit.world)(visit.session_id, "nk", PASSWORDS["nk"], meaning, seen=seen)
    with visit.world.transaction() as tx:
        entry = tx.stream(f"session/{visit.session_id}")[-1]
        own = certificate_of(tx.stream(CERTIFICATES), "nk")
    assert own is not None
    assert isinstance(entry.what, Signed)
    assert entry.what.meaning == "vu et approuv\u00e9"
    said = Statement(
        kind="signed",
        session_id=visit.session_id,
        digest=seen,
        meaning=entry.what.meaning,
        user="nk",
        at=entry.at,
    )
    made = PlainKey(own.certificate, "").sign(signed_message(said))
    assert entry.what.signature == base64.b64encode(made).decode("ascii")


def test_that_what_holds_a_secret_does_not_tell_it() -> None:
    account = NewAccount(user="nk", name="N", role=Role.NURSE, credential="", password=LONG)
    new = NewPassword(
        user="nk", password=LONG, passphrase=LONG, witness="ds", witness_password=LONG
    )
    for holder in (account, new, Proof("nk", LONG)):
        assert LONG not in repr(holder)
        assert "nk" in repr(holder)
