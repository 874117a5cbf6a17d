"""The drill: the record's disk is lost, a backup is taken back, and the clinic goes on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from db.store import Store
from monitor.sealed_file import session_code
from tests.e2e.chairside import Chairside
from tests.integration.db.scribe import PATIENT, Scribe, practice_store

PASSPHRASE = "four quiet rooms by the river"  # noqa: S105 - of records made here
SESSION = "0195a000-0000-7000-8000-00000000002a"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file with the passphrase."""
    file = tmp_path / "secret"
    file.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    return file


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A locked record with a patient and a session in it."""
    folder = tmp_path / "record"
    store = Store.create(folder, PASSPHRASE)
    scribe = Scribe()
    with store.transaction() as tx:
        tx.append([*scribe.founding(), scribe.opened(SESSION), scribe.measured(SESSION)])
    store.close()
    return folder


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    """A record for practice, which needs no passphrase."""
    store = practice_store(tmp_path / "practice")
    with store.transaction() as tx:
        tx.append(Scribe().founding())
    store.close()
    return store.folder


def names_in(folder: Path) -> list[Path]:
    """Return the files that name the patient, in what they hold or in what they are called."""
    planted = (PATIENT.family, PATIENT.given, PATIENT.number)
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pdf"]
    return [
        path
        for path in files
        if any(name in path.name or name.encode() in path.read_bytes() for name in planted)
    ]


def test_that_the_clinic_goes_on_from_a_backup(
    record: Path, secret: Path, chairside: Chairside, tmp_path: Path
) -> None:
    disk, rescued = tmp_path / "other disk", tmp_path / "rescued"
    locked = ("--passphrase-file", secret)
    said = chairside.alone("backup", "--store", record, "--to", disk, *locked)
    assert (said.status, said.err) == (0, "")
    shutil.rmtree(record)
    (backup,) = disk.glob("chairside-*")
    said = chairside.alone("restore", backup, "--to", rescued, *locked, "--use")
    assert (said.status, said.err) == (0, "")
    assert str(rescued) in said.out
    said = chairside("check", *locked)
    assert said.status == 0, said.err
    report = tmp_path / "report.pdf"
    assert chairside("export", session_code(SESSION), "--out", report, *locked).status == 0
    proof = json.loads((tmp_path / "report.pdf.proof.json").read_bytes())
    assert proof["session"] == session_code(SESSION)
    assert proof["head"]["seq"] > json.loads((backup / "backup.json").read_bytes())["entries"]
    for folder in (disk, rescued, chairside.home):
        assert names_in(folder) == []
    assert names_in(tmp_path) == []


def test_that_a_spoiled_backup_is_one_sentence_and_leaves_nothing(
    practice: Path, chairside: Chairside, tmp_path: Path
) -> None:
    to = tmp_path / "restored"
    assert chairside("backup", "--store", practice, "--to", tmp_path / "disk").status == 0
    (backup,) = (tmp_path / "disk").glob("chairside-*")
    (backup / "record.db").write_bytes((backup / "record.db").read_bytes()[:-1])
    said = chairside("restore", backup, "--to", to)
    assert (said.status, said.out) == (2, "")
    assert len(said.err.splitlines()) == 1
    assert "cut short or altered" in said.err
    assert not to.exists()


def test_that_a_tampered_record_is_kept_and_restored_and_what_was_found_stays_told(
    practice: Path, chairside: Chairside, tmp_path: Path
) -> None:
    store = Store.open(practice)
    with store._engine.begin() as sql:
        sql.exec_driver_sql("UPDATE accounts SET role = 'administrator'")
    store.close()
    said = chairside("backup", "--store", practice, "--to", tmp_path / "disk")
    assert said.status == 0
    assert "does not agree with itself (2 findings): chairside check names them" in said.err
    (backup,) = (tmp_path / "disk").glob("chairside-*")
    said = chairside("restore", backup, "--to", tmp_path / "restored")
    assert said.status == 0
    assert "It did not agree with itself when the backup was made (2 findings)" in said.err
    assert chairside("check", "--store", tmp_path / "restored").status == 1


def test_that_the_folder_for_backups_is_chosen_once(
    practice: Path, chairside: Chairside, tmp_path: Path
) -> None:
    chosen = tmp_path / "chosen"
    say = ("backup", "--store", practice)
    assert chairside(*say, "--to", tmp_path / "once").status == 0
    assert chairside(*say).status == 0
    usual = chairside.home / ".local" / "share" / "Chairside" / "backups"
    assert len(list(usual.glob("chairside-*"))) == 1
    assert chairside(*say, "--to", chosen, "--from-now-on").status == 0
    assert chairside(*say).status == 0
    listed = chairside(*say, "--list")
    assert f"2 of this record in {chosen}" in listed.out
    assert len(list(usual.glob("chairside-*"))) == 1
    assert chairside(*say, "--from-now-on").status == 2
