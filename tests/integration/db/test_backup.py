"""Backups: whole and checked, or not there; and taken back only where everything fits."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest
from typing_extensions import override

from db.backups.backup import Backup, Backups, choose_folder, remembered, same_disk
from db.backups.manifest import FILE_NAME as MANIFEST
from db.locks.keys import Keys
from db.place import backups_place
from db.store import Store
from monitor.entries import EventNoted
from monitor.errors import Code, StorageError
from monitor.ledger import Remembered, Where
from tests.integration.db.backing import NOW, quiet, resealed, small_record
from tests.integration.db.scribe import PATIENT, Scribe
from ui.wording import sentence


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


# --- making ---------------------------------------------------------------------------------------


def test_that_a_backup_is_one_folder_that_says_what_it_holds(made: Backup, store: Store) -> None:
    assert made.folder.name == f"chairside-{store.id[:8]}-20260302T201530Z"
    assert sorted(path.name for path in made.folder.iterdir()) == [
        *("backup.json", "keyslots.json", "record.db"),
    ]
    said = json.loads((made.folder / MANIFEST).read_bytes())
    assert said["head"] == {"seq": store.head().seq, "hash": store.head().hash}
    assert said["at"] == NOW.isoformat()
    assert (said["store"], said["entries"]) == (store.id, store.head().seq)
    assert (made.head, made.entries) == (store.head(), store.head().seq)


@pytest.mark.skipif(os.name == "nt", reason="permissions are told otherwise there")
def test_that_nobody_else_may_read_a_backup(made: Backup) -> None:
    assert made.folder.stat().st_mode & 0o077 == 0
    assert all(
        path.stat().st_mode & 0o077 == 0 for path in made.folder.iterdir() if path.name != MANIFEST
    )


def test_that_nothing_of_a_patient_is_in_the_clear(made: Backup) -> None:
    names = (PATIENT.family, PATIENT.given, PATIENT.number, "awake")
    for path in made.folder.iterdir():
        assert not any(name in path.name for name in names)
        assert not any(name.encode() in path.read_bytes() for name in names)


class Writer(threading.Thread):
    """Writes one entry after another through a store of its own.

    Attributes:
        kept: The number of each line, once it is kept.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.kept: list[int] = []
        self._store = Store.open(folder)
        self._going, self._done = threading.Event(), threading.Event()

    @override
    def run(self) -> None:
        scribe = Scribe(uids="w")
        while not self._done.is_set():
            with self._store.transaction() as tx:
                tx.append([scribe.entry("access", EventNoted("x" * 200))])
            self.kept.append(self._store.head().seq)
            self._going.set()

    def __enter__(self) -> Self:
        self.start()
        self._going.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self.join()
        self._store.close()


def test_that_what_was_kept_before_the_call_is_in_it_while_others_write(
    store: Store, backups: Backups
) -> None:
    with Writer(store.folder) as writer:
        for hour in range(3):
            count, newest = len(writer.kept), writer.kept[-1]
            made = backups.make(NOW + dt.timedelta(hours=hour), quiet)
            assert made.entries == made.head.seq >= newest
            assert len(writer.kept) > count, "nobody wrote meanwhile"
    for each in backups.found():
        copy = Store.open(each.folder)
        assert copy.check().is_sound
        assert copy.head() == each.head
        copy.close()


def test_that_a_backup_ended_half_way_leaves_nothing(backups: Backups) -> None:
    class EndedError(Exception):
        """The window was closed."""

    def end(_done: int, _of: int) -> None:
        raise EndedError

    with pytest.raises(EndedError):
        backups.make(NOW, end)
    assert not list(backups.folder.glob("chairside-*"))
    assert backups.found() == ()


def test_that_what_a_killed_one_left_is_swept_and_nothing_else(
    backups: Backups, made: Backup
) -> None:
    left = made.folder.with_name(f"{made.folder.name[:-9]}999999Z.new")
    foreign = backups.folder / "chairside-ffffffff-20200101T000000Z.new"
    for folder in (left, foreign):
        folder.mkdir()
        (folder / "record.db").write_bytes(b"half")
    backups.make(NOW + dt.timedelta(days=1), quiet)
    assert not left.exists()
    assert foreign.exists()
    assert made.folder.exists()


def test_that_two_of_one_second_both_have_a_place(backups: Backups, made: Backup) -> None:
    second = backups.make(NOW, quiet)
    assert second.folder != made.folder
    assert len(backups.found()) == 2


def test_that_a_second_one_at_the_same_time_is_told_to_wait(backups: Backups) -> None:
    def another(_done: int, _of: int) -> None:
        backups.make(NOW, quiet)

    with pytest.raises(StorageError) as caught:
        backups.make(NOW, another)
    assert caught.value.code is Code.BUSY
    assert "backup" in sentence(caught.value)


def test_that_a_folder_in_the_way_is_said(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        Backups(store, tmp_path / "file" / "backups").make(NOW, quiet)
    assert "backup" in sentence(caught.value)


# --- keeping --------------------------------------------------------------------------------------


def copies(made: Backup, backups: Backups, days: int) -> None:
    """Let there be one backup a day, sealed as if each had been made then."""
    for day in range(1, days):
        at = NOW - dt.timedelta(days=day)
        folder = backups.folder / f"{made.folder.name[:19]}{at:%Y%m%dT%H%M%SZ}"
        shutil.copytree(made.folder, folder)
        resealed(folder, backups.store.keys, at=at)


def test_that_pruning_removes_only_what_it_may(backups: Backups, made: Backup) -> None:
    copies(made, backups, 12)
    own = sorted(path.name for path in backups.folder.glob("chairside-*"))
    oldest = backups.folder / own[0]
    (oldest / MANIFEST).write_bytes(b"{}")  # nobody can tell what that is: it stays
    foreign = backups.folder / "chairside-ffffffff-20200101T000000Z"
    foreign.mkdir()
    gone = backups.prune()
    assert 1 <= len(gone) <= 3
    left = {path.name for path in backups.folder.glob("chairside-*")}
    assert left == {*own, foreign.name} - {each.folder.name for each in gone}
    assert oldest.name in left
    assert made.folder.name in left
    assert backups.prune() == ()


def test_that_the_backups_remember_their_heads(
    store: Store, backups: Backups, made: Backup
) -> None:
    assert remembered(backups.folder, store.id, store.keys) == (
        Remembered(store.head(), NOW, Where.BACKUP),
    )
    assert remembered(backups.folder / "nowhere", store.id, store.keys) == ()
    said = json.loads((made.folder / MANIFEST).read_bytes())
    said["head"]["seq"] += 1
    (made.folder / MANIFEST).write_text(json.dumps(said), encoding="utf-8")
    assert remembered(backups.folder, store.id, store.keys) == ()
    assert backups.found() == ()


def test_that_backups_from_before_a_change_of_keys_are_still_listened_to(
    store: Store, backups: Backups, made: Backup
) -> None:
    later = store.keys.successor()
    (head,) = remembered(backups.folder, store.id, later)
    assert head.head == made.head
    assert remembered(backups.folder, store.id, Keys.make()) == ()


def test_that_a_folder_is_proved_before_it_is_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    choose_folder(tmp_path / "new" / "one")
    assert list((tmp_path / "new" / "one").iterdir()) == []
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        choose_folder(tmp_path / "file")
    assert "backup" in sentence(caught.value)
    assert backups_place() == tmp_path / "new" / "one"


def test_that_one_disk_is_told_from_another(tmp_path: Path) -> None:
    assert same_disk(tmp_path / "not there yet" / "backups", tmp_path)
    elsewhere = Path("/dev/shm")  # noqa: S108 - only asked which disk it is
    if elsewhere.is_dir() and elsewhere.stat().st_dev != tmp_path.stat().st_dev:
        assert not same_disk(elsewhere, tmp_path)
