"""Somebody new: an account and a certificate, both or neither."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from monitor.certificates import Authority, PersonalCertificate
from monitor.certifying import Certificates
from monitor.clinic import CreateAccount, LogIn, NewAccount
from monitor.errors import Code, InputError
from monitor.hiring import Hire
from monitor.people import Author, Role
from monitor.ports import Made
from tests.fakes.certification import PASSPHRASE, PlainCertification
from tests.fakes.visit import Visit

if TYPE_CHECKING:
    import datetime as dt

LONG = "another long password"
BOSS = Author("ada", Role.ADMINISTRATOR, "Ada Berg")
THEO = NewAccount(user="th", name="Theo Lis", role=Role.THERAPIST, credential="", password=LONG)


def own(visit: Visit) -> list[PersonalCertificate]:
    return [each for each in Certificates(visit.world).issued() if each.user == "th"]


def users(visit: Visit) -> set[str]:
    with visit.world.transaction() as tx:
        return {account.user for account in tx.accounts()}


def test_that_somebody_new_logs_in_and_has_a_certificate() -> None:
    visit = Visit()
    account = Hire(visit.world)(BOSS, THEO, PASSPHRASE)
    assert LogIn(visit.world)("th", LONG) == account.author
    (certificate,) = own(visit)
    assert (certificate.issued_by, certificate.replaces, certificate.witness) == (BOSS, "", "")


def test_that_without_the_passphrase_somebody_new_logs_in_and_cannot_sign_yet() -> None:
    visit = Visit()
    Hire(visit.world)(BOSS, THEO)
    LogIn(visit.world)("th", LONG)
    assert own(visit) == []


@pytest.mark.parametrize(
    ("author", "wanted", "phrase", "code"),
    [
        (replace(BOSS, role=Role.NURSE), THEO, PASSPHRASE, Code.NOT_ALLOWED),
        (replace(BOSS, role=Role.NURSE), THEO, "", Code.NOT_ALLOWED),
        (BOSS, replace(THEO, user="NK"), PASSPHRASE, Code.NAME_TAKEN),
    ],
)
def test_that_nobody_is_let_in_by_halves(
    author: Author, wanted: NewAccount, phrase: str, code: Code
) -> None:
    visit = Visit()
    before = users(visit)
    with visit.refused(code):
        Hire(visit.world)(author, wanted, phrase)
    assert users(visit) == before
    assert own(visit) == []


def test_that_a_guessed_passphrase_lets_nobody_in_and_is_an_entry() -> None:
    visit = Visit()
    before = users(visit)
    with visit.certificate_refused(THEO.user, Code.WRONG_PASSPHRASE):
        Hire(visit.world)(BOSS, THEO, "a guessed passphrase")
    assert users(visit) == before


@dataclass
class Quicker(PlainCertification):
    """Lets somebody else add the same person while the key is made."""

    visit: Visit

    @override
    def issue(
        self, authority: Authority, passphrase: str, person: Author, password: str, at: dt.datetime
    ) -> Made:
        CreateAccount(self.visit.world)(BOSS, THEO)
        return super().issue(authority, passphrase, person, password, at)


def test_that_a_user_name_taken_meanwhile_is_refused() -> None:
    visit = Visit()
    world = replace(visit.world, certification=Quicker(visit))
    with pytest.raises(InputError, match="name-taken"):
        Hire(world)(BOSS, THEO, PASSPHRASE)
    assert own(visit) == []
