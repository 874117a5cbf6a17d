"""Backups taken back, only where everything in them fits."""

from __future__ import annotations

import datetime as dt
import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.backups import manifest as manifests
from db.backups.backup import PARTS, Backup, Backups
from db.backups.manifest import FILE_NAME as MANIFEST
from db.backups.restoring import Restoring
from db.locks.keys import Keys
from db.locks.slots import PRACTICE_SECRET
from db.store import Store
from monitor.entries import EventNoted
from monitor.errors import Code, StorageError
from monitor.ledger import Head
from tests.integration.db.backing import NOW, quiet, resealed, small_record
from tests.integration.db.scribe import BEGINNING, Scribe, practice_store
from ui.wording import sentence

PASSPHRASE = "slow river under the old bridge"  # noqa: S105 - of a made-up record


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = small_record(tmp_path / "record")
    yield made
    made.close()


@pytest.fixture
def backups(store: Store, tmp_path: Path) -> Backups:
    return Backups(store, tmp_path / "other disk" / "backups")


@pytest.fixture
def made(backups: Backups) -> Backup:
    return backups.make(NOW, quiet)


def restore(folder: Path, to: Path, secret: str | None = None) -> None:
    Restoring(folder, to)(lambda: secret, lambda _store, _said: None, quiet)


def refusal(folder: Path, tmp_path: Path) -> StorageError:
    """Try to restore a spoiled backup; nothing must come of it."""
    to = tmp_path / "restored"
    with pytest.raises(StorageError) as caught:
        restore(folder, to)
    assert not to.exists()
    assert sentence(caught.value)
    return caught.value


def test_that_a_backup_comes_back_whole(made: Backup, store: Store, tmp_path: Path) -> None:
    restore(made.folder, tmp_path / "new" / "place")
    again = Store.open(tmp_path / "new" / "place")
    assert again.head() == store.head()
    assert again.check().is_sound
    assert again.id == store.id
    assert again.record_json("s-1") == store.record_json("s-1")
    again.close()
    assert sorted(path.name for path in (tmp_path / "new" / "place").iterdir()) == [
        *("keyslots.json", "record.db"),
    ]


def test_that_a_backup_may_be_restored_into_an_empty_folder_that_is_there(
    made: Backup, tmp_path: Path
) -> None:
    to = tmp_path / "here"
    (to / "restoring.new" / "before").mkdir(parents=True)  # of one that was cut short
    restore(made.folder, to)
    Store.open(to).close()


def test_that_a_renamed_folder_is_still_a_backup(made: Backup, tmp_path: Path) -> None:
    """People copy backups about and name them as they like."""
    shutil.copytree(made.folder, tmp_path / "monday")
    restore(tmp_path / "monday", tmp_path / "restored")
    Store.open(tmp_path / "restored").close()


def test_that_a_record_is_never_overwritten(made: Backup, store: Store) -> None:
    for to in (store.folder, made.folder):
        before = {path: path.read_bytes() for path in to.iterdir() if path.suffix != ".db-shm"}
        with pytest.raises(StorageError) as caught:
            restore(made.folder, to)
        assert caught.value.code is Code.RECORD_EXISTS
        after = {path: path.read_bytes() for path in to.iterdir() if path.suffix != ".db-shm"}
        assert after == before


@pytest.mark.parametrize("part", ["record.db", "keyslots.json", MANIFEST])
def test_that_a_backup_with_a_part_missing_is_refused(
    part: str, made: Backup, tmp_path: Path
) -> None:
    (made.folder / part).unlink()
    assert refusal(made.folder, tmp_path).facts["cause"] == "backup-missing"


@pytest.mark.parametrize("part", ["record.db", "keyslots.json", MANIFEST])
def test_that_a_backup_cut_anywhere_is_refused(part: str, made: Backup, tmp_path: Path) -> None:
    whole = (made.folder / part).read_bytes()
    chance = random.Random(7)  # noqa: S311 - places to cut, not secrets
    for at in (0, len(whole) - 1, *(chance.randrange(len(whole) - 1) for _ in range(8))):
        if whole[:at].strip() == whole.strip():
            continue  # a newline at the end says nothing
        (made.folder / part).write_bytes(whole[:at])
        assert refusal(made.folder, tmp_path).facts["cause"] == "backup-cut"


@pytest.mark.parametrize("part", ["record.db", "keyslots.json", MANIFEST])
def test_that_a_flipped_byte_anywhere_is_refused(part: str, made: Backup, tmp_path: Path) -> None:
    whole = (made.folder / part).read_bytes()
    chance = random.Random(11)  # noqa: S311 - places to flip, not secrets
    for at in (chance.randrange(len(whole)) for _ in range(12)):
        spoiled = bytearray(whole)
        spoiled[at] ^= 0x15
        (made.folder / part).write_bytes(spoiled)
        error = refusal(made.folder, tmp_path)
        assert error.facts["cause"] in ("backup-cut", "backup-foreign", "backup-missing")


@pytest.fixture
def foreign(tmp_path: Path) -> Backup:
    """A backup of another record."""
    other = practice_store(tmp_path / "another record")
    with other.transaction() as tx:
        tx.append(Scribe().founding())
    made = Backups(other, tmp_path / "another place").make(NOW, quiet)
    other.close()
    return made


@pytest.mark.parametrize("part", ["keyslots.json", MANIFEST])
def test_that_a_part_of_another_record_is_refused(
    part: str, made: Backup, foreign: Backup, tmp_path: Path
) -> None:
    shutil.copy(foreign.folder / part, made.folder / part)
    assert refusal(made.folder, tmp_path).facts["cause"] == "backup-foreign"


def test_that_a_database_of_another_day_is_refused(
    store: Store, backups: Backups, made: Backup, tmp_path: Path
) -> None:
    scribe = Scribe(uids="later")
    with store.transaction() as tx:
        tx.append([scribe.entry("access", EventNoted("later"))])
    later = backups.make(NOW + dt.timedelta(days=1), quiet)
    shutil.copy(later.folder / "record.db", made.folder / "record.db")
    assert refusal(made.folder, tmp_path).facts["cause"] == "backup-cut"


def test_that_a_draft_under_a_whole_ones_name_is_refused(made: Backup, tmp_path: Path) -> None:
    draft = tmp_path / "chairside-00000000-20260101T000000Z"
    draft.mkdir()
    shutil.copy(made.folder / "record.db", draft)
    shutil.copy(made.folder / "keyslots.json", draft)
    assert refusal(draft, tmp_path).facts["cause"] == "backup-missing"


def test_that_a_manifest_that_says_more_than_its_seal_covers_is_refused(
    made: Backup, tmp_path: Path
) -> None:
    said = json.loads((made.folder / MANIFEST).read_bytes())
    text = json.dumps(said | {"trust": "me"})
    (made.folder / MANIFEST).write_text(text, encoding="utf-8")
    assert refusal(made.folder, tmp_path).facts["cause"] == "backup-cut"


def test_that_a_manifest_made_without_the_ledger_key_is_refused(
    made: Backup, tmp_path: Path
) -> None:
    resealed(made.folder, Keys.make(), at=BEGINNING)
    assert refusal(made.folder, tmp_path).facts["cause"] == "backup-cut"


@pytest.mark.parametrize("head", [Head(6, "ab" * 32), Head(8, "ab" * 32)])
def test_that_a_record_of_another_head_than_the_manifests_is_refused(
    head: Head, made: Backup, store: Store, tmp_path: Path
) -> None:
    resealed(made.folder, store.keys, head=head)
    assert refusal(made.folder, tmp_path).facts["cause"] == "backup-broken"


def test_that_a_copy_that_was_tampered_with_is_refused_even_if_sealed(
    made: Backup, store: Store, tmp_path: Path
) -> None:
    copy = Store(made.folder, store.keys)
    with copy._engine.begin() as sql:
        sql.exec_driver_sql("UPDATE sessions SET chair = '9'")
    copy.close()
    files = tuple((part, manifests.sha256_of(made.folder / part)) for part in PARTS)
    resealed(made.folder, store.keys, files=files)
    assert refusal(made.folder, tmp_path).facts["cause"] == "backup-broken"


def test_that_a_backup_of_a_later_program_is_refused(
    made: Backup, store: Store, tmp_path: Path
) -> None:
    resealed(made.folder, store.keys, schema="9999")
    assert refusal(made.folder, tmp_path).code is Code.NEWER_RECORD


def test_that_a_wrong_passphrase_is_told_from_a_spoiled_backup(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "locked", PASSPHRASE)
    with store.transaction() as tx:
        tx.append(Scribe().founding())
    made = Backups(store, tmp_path / "backups").make(NOW, quiet)
    store.close()
    with pytest.raises(StorageError) as caught:
        restore(made.folder, tmp_path / "restored", "another one altogether")
    assert caught.value.code is Code.WRONG_KEY
    assert "backup" in sentence(caught.value)
    assert not (tmp_path / "restored").exists()
    restore(made.folder, tmp_path / "restored", PASSPHRASE)
    assert Store.exists(tmp_path / "restored")


def test_that_the_secret_is_asked_for_only_once_the_backup_is_known_to_be_whole(
    made: Backup, tmp_path: Path
) -> None:
    (made.folder / "record.db").write_bytes(b"short")
    asked: list[str] = []

    def ask() -> str:
        asked.append("asked")
        return PRACTICE_SECRET

    with pytest.raises(StorageError):
        Restoring(made.folder, tmp_path / "restored")(ask, lambda _store, _said: None, quiet)
    assert asked == []


def test_that_a_restoration_that_cannot_be_noted_leaves_nothing(
    made: Backup, tmp_path: Path
) -> None:
    def fail(_store: Store, _said: object) -> None:
        raise StorageError(Code.DISK_FULL)

    with pytest.raises(StorageError):
        Restoring(made.folder, tmp_path / "restored")(lambda: None, fail, quiet)
    assert not (tmp_path / "restored").exists()
