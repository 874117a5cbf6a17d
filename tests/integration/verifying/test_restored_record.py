"""A record goes on from a backup, and a session is co-signed for the second time."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from db.certification import PracticeCertification
from db.store import Store
from monitor.entries import Leaving
from monitor.keeping import NoteRestored
from monitor.people import Author, Role
from monitor.verdict import Seen, Standing, Verdict
from monitor.verifying import VerifyReport
from reports.press import ReportPress
from tests.fakes.visit import Visit
from ui.wording.verdicts import verdict_sentence

BOSS = Author("ada", Role.ADMINISTRATOR, "Ada Berg")


@dataclass(frozen=True)
class Restored:
    """A clinic whose record was restored at 12:35 from the backup of some minute.

    Attributes:
        lost: The report that was sealed at 12:31, which the restored record never had.
        kept: The one that was sealed at 12:40, in the restored record.
    """

    visit: Visit
    lost: bytes
    kept: bytes

    def verify(self, content: bytes) -> Verdict:
        return VerifyReport(self.visit.world)(content)


def newest(visit: Visit) -> bytes:
    with visit.world.transaction() as tx:
        return tx.reports_of(visit.session_id)[-1].content


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Visit, bytes, Path]:
    """A session that was co-signed, its report, and the record as it was just before."""
    folder = tmp_path_factory.mktemp("restored")
    store = Store.create(folder / "record", "practice", practice=True)
    visit = Visit(
        transaction=store.transaction, certification=PracticeCertification(), press=ReportPress()
    )
    visit.started().at("10:05").left(Leaving.TRANSFERRED, "felt unwell").at("11:58").signed()
    shutil.copytree(folder / "record", folder / "backup")
    report = newest(visit.at("12:31").co_signed())
    store.close()
    return visit, report, folder / "backup"


def going_on(
    folders: tuple[Visit, bytes, Path], tmp_path: Path, made_at: str
) -> Iterator[Restored]:
    visit, lost, backup = folders
    shutil.copytree(backup, tmp_path / "again")
    store = Store.open(tmp_path / "again")
    before = visit.world
    visit.world = replace(before, transaction=store.transaction)
    made = visit.instant(made_at)
    NoteRestored(visit.at("12:35").world)(BOSS, store.head(), made)
    visit.at("12:40").co_signed()
    yield Restored(visit, lost, newest(visit))
    store.close()
    visit.world = before


@pytest.fixture
def restored(folders: tuple[Visit, bytes, Path], tmp_path: Path) -> Iterator[Restored]:
    yield from going_on(folders, tmp_path, "12:00")


@pytest.fixture
def without(folders: tuple[Visit, bytes, Path], tmp_path: Path) -> Iterator[Restored]:
    """The same, but the backup was made after the report: nothing was lost of it."""
    yield from going_on(folders, tmp_path, "12:33")


def test_that_a_report_from_the_lost_time_is_not_called_forged(restored: Restored) -> None:
    assert restored.lost != restored.kept
    verdict = restored.verify(restored.lost)
    assert (verdict.standing, verdict.exit_status) == (Standing.CANNOT_TELL, 2)
    (told,) = (reason for reason in verdict.reasons if reason.seen is Seen.RESTORED)
    assert told.facts["made"] == restored.visit.instant("12:00")
    assert isinstance(told.facts["at"], dt.datetime)
    assert "restored from a backup that was made before it was signed" in verdict_sentence(verdict)
    assert restored.verify(restored.kept).standing is Standing.GENUINE


def test_that_a_changed_report_from_the_lost_time_is_changed_all_the_same(
    restored: Restored,
) -> None:
    verdict = restored.verify(restored.lost[:-9] + b"\n" + restored.lost[-9:])
    assert verdict.standing is Standing.CHANGED


def test_that_no_backup_excuses_what_was_signed_before_it(without: Restored) -> None:
    verdict = without.verify(without.lost)
    assert verdict.standing is Standing.CHANGED
    assert Seen.RESTORED not in {reason.seen for reason in verdict.reasons}
