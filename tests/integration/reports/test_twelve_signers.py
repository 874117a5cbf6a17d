"""A session that twelve people recorded and signed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.certification import PracticeCertification
from db.store import Store
from monitor.acts import TypeLine
from monitor.clinic import NewAccount
from monitor.entries import Leaving
from monitor.hiring import Hire
from monitor.people import Author, Role
from monitor.signing import ExportReport, SignSession
from monitor.verdict import Standing
from monitor.verifying import VerifyReport
from reports.press import ReportPress
from tests.fakes.certification import PASSPHRASE
from tests.fakes.visit import Visit
from tests.unit.reports.reading_back import text

BOSS = Author("ada", Role.ADMINISTRATOR, "Ada Berg")
MORE = tuple(f"Nurse {letter * 3}" for letter in "BCDEFGHIJKL")


@pytest.fixture
def visit(tmp_path: Path) -> Iterator[Visit]:
    store = Store.create(tmp_path / "record", "practice", practice=True)
    made = Visit(
        transaction=store.transaction, certification=PracticeCertification(), press=ReportPress()
    )
    yield made.started().at("10:05")
    store.close()


def password(user: str) -> str:
    return f"a long password of {user}"


def test_that_twelve_people_sign_one_session_and_all_of_them_are_printed(visit: Visit) -> None:
    users = []
    for name in MORE:
        user = name[-3:].lower()
        wanted = NewAccount(
            user=user, name=name, role=Role.NURSE, credential="RN", password=password(user)
        )
        visit.do(TypeLine(text="? looked in"), Hire(visit.world)(BOSS, wanted, PASSPHRASE).author)
        users.append(user)
    visit.left(Leaving.TRANSFERRED, "felt unwell").signed()
    sign, digest = SignSession(visit.world), visit.overview.digest
    for user in users:
        sign(visit.session_id, user, password(user), "recorded by", seen=digest)
    visit.co_signed()
    content = ExportReport(visit.world)(visit.session_id, visit.prescriber)
    verdict = VerifyReport(visit.world)(content)
    assert verdict.standing is Standing.GENUINE
    names = [name for name, *_ in verdict.signers]
    assert names == ["Nina Kowal", *MORE, "Dana Silva"]
    words = text(content)
    assert all(name in words for name in names)
