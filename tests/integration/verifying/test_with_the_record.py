"""A report and its versions, held against the record that made them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.certification import PracticeCertification
from monitor.certifying import NewPassword, ReplacePassword
from monitor.entries import ReportVerified
from monitor.people import Author, Role
from monitor.sealed_file import FileFacts, Form
from monitor.signing import AddToSession, ExportReport
from monitor.verdict import Seen, Standing, Verdict
from tests.fakes.certification import PASSPHRASE
from tests.fakes.visit import PASSWORDS
from tests.forgeries.clinic import Clinic, lived

ADMINISTRATOR = Author("ad", Role.ADMINISTRATOR, "Ada Min")
NEW = "another long password of hers"


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """A clinic whose nurse forgot her password, and added something after the co-signature."""
    with lived(tmp_path_factory.mktemp("own") / "store", PracticeCertification()) as made:
        made.visit.at("15:02")
        world, session = made.visit.world, made.visit.session_id
        forgot = NewPassword(
            user="nk",
            password=NEW,
            passphrase=PASSPHRASE,
            witness="ds",
            witness_password=PASSWORDS["ds"],
        )
        ReplacePassword(world)(ADMINISTRATOR, forgot)
        seen = made.visit.overview.entries
        AddToSession(world)(session, "nk", NEW, "She slept well.", seen=seen)
        yield made


@pytest.fixture(scope="module")
def newest(clinic: Clinic) -> bytes:
    """The second version of the report."""
    return ExportReport(clinic.visit.world)(clinic.visit.session_id, clinic.visit.nurse)


def reasons(verdict: Verdict, seen: Seen) -> list[dict[str, object]]:
    """The facts of each reason of a kind."""
    return [dict(reason.facts) for reason in verdict.reasons if reason.seen is seen]


def test_that_the_older_version_is_genuine_and_the_newer_one_is_named(clinic: Clinic) -> None:
    verdict = clinic.verify(clinic.report)
    assert (verdict.standing, verdict.exit_status) == (Standing.SUPERSEDED, 0)
    assert (verdict.version, verdict.newest_version) == (1, 2)
    assert [name for name, *_ in verdict.signers] == ["Nina Kowal", "Dana Silva"]
    assert reasons(verdict, Seen.NEWER) == [{"version": 2, "status": "signed"}]


def test_that_the_newer_version_names_the_older_by_its_hash(clinic: Clinic, newest: bytes) -> None:
    verdict = clinic.verify(newest)
    assert verdict.standing is Standing.GENUINE
    assert [name for name, *_ in verdict.signers] == ["Nina Kowal", "Dana Silva", "Nina Kowal"]
    sha256 = hashlib.sha256(clinic.report).hexdigest()
    assert reasons(verdict, Seen.OLDER) == [{"version": 1, "sha256": sha256}]


def test_that_a_changed_file_is_held_against_the_version_that_it_comes_from(
    clinic: Clinic, newest: bytes
) -> None:
    for version, content in ((1, clinic.report), (2, newest)):
        verdict = clinic.verify(content + b"\n")
        assert (verdict.standing, verdict.version) == (Standing.CHANGED, version)
        assert reasons(verdict, Seen.APPENDED) == [{"bytes": 1}]


@pytest.mark.parametrize("left", [5_000, 60_000])
def test_that_a_piece_that_cannot_be_read_is_known_again(clinic: Clinic, left: int) -> None:
    verdict = clinic.verify(clinic.report[:left])
    assert verdict.standing is Standing.CHANGED
    assert reasons(verdict, Seen.CUT) == [{"bytes": len(clinic.report) - left}]


def test_that_with_an_author_the_answer_is_an_entry(clinic: Clinic) -> None:
    verdict = clinic.verify(b"no report", clinic.visit.nurse)
    with clinic.visit.world.looking() as tx:
        told = [e.what for e in tx.stream("access") if isinstance(e.what, ReportVerified)]
    assert told == [ReportVerified(verdict.sha256, "not-a-pdf")]


def test_that_a_file_too_large_to_be_read_is_told_by_its_hash(clinic: Clinic) -> None:
    facts = FileFacts("ab" * 32, 500_000_000, Form.TOO_LARGE)
    assert clinic.verify.of(facts).standing is Standing.FOREIGN


def test_that_a_file_that_the_record_has_lost_is_not_called_forged(
    clinic: Clinic, newest: bytes, tmp_path: Path
) -> None:
    with lived(tmp_path / "older", PracticeCertification()) as older:  # the same, without the end
        assert older.report == clinic.report
        verdict = older.verify(newest)
    assert (verdict.standing, verdict.exit_status) == (Standing.CANNOT_TELL, 2)


def test_that_a_certificate_that_was_issued_anew_before_signing_is_said(
    clinic: Clinic, newest: bytes
) -> None:
    (said,) = reasons(clinic.verify(newest), Seen.REISSUED)
    assert said["name"] == "Nina Kowal"
    assert reasons(clinic.verify(clinic.report), Seen.REISSUED) == []
