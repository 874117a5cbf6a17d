"""What was acknowledged is there: after kill -9, on a full disk, through a failing commit."""

from __future__ import annotations

import ctypes
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from db.store import Store
from monitor.entries import Entry, EventNoted
from monitor.errors import Code, StorageError
from tests.architecture.house import ROOT
from tests.integration.db.scribe import Scribe, practice_store

ROUNDS = 5


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = practice_store(tmp_path / "record")
    yield made
    made.close()


def writing(folder: Path, first: int, limit: int = 0) -> subprocess.Popen[str]:
    """Start the other process."""
    words = ["-m", "tests.faults.writer", str(folder), str(first), str(limit)]
    return subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, stdout=subprocess.PIPE, encoding="ascii"
    )


def test_that_a_killed_process_loses_nothing_it_acknowledged(store: Store) -> None:
    chance = random.Random(7)  # noqa: S311 - when to kill, not a secret
    kept = 0
    for _ in range(ROUNDS):
        with writing(store.folder, kept + 1) as process:
            assert process.stdout is not None
            said = [process.stdout.readline()]
            time.sleep(chance.uniform(0, 0.1))
            process.kill()
            said += process.stdout.read().splitlines()
        acknowledged = int(said[-1])
        with store.transaction() as tx:
            kept = tx.length("access")
        assert acknowledged <= kept <= acknowledged + 1  # the last may have died unsaid
        report = store.check()
        assert report.is_sound, report.findings
    assert kept > ROUNDS


def test_that_a_file_that_may_not_grow_keeps_all_or_nothing(store: Store) -> None:
    store.close()  # one process only, so that the write-ahead file starts small
    with writing(store.folder, 1, limit=400_000) as process:
        assert process.stdout is not None
        said = process.stdout.read().splitlines()
    assert process.returncode == 0
    *_, last, refused, kept = said
    assert refused in ("refused storage", "refused disk-full")
    assert kept == f"kept {int(last) + 1}"
    again = Store.open(store.folder)
    assert again.head().seq == int(last) + 1
    report = again.check()
    assert report.is_sound, report.findings
    again.close()


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of 600 KB; only a superuser can have one."""
    libc = ctypes.CDLL(None, use_errno=True)
    # Not below pytest's own folder: a killed run would leave it something it cannot remove.
    with tempfile.TemporaryDirectory(prefix="small-disk-", ignore_cleanup_errors=True) as name:
        if libc.mount(b"tmpfs", name.encode(), b"tmpfs", 0, b"size=600k") != 0:
            pytest.skip("no small file system could be mounted here")
        yield Path(name)
        assert libc.umount(name.encode()) == 0


def test_that_a_full_disk_is_said_and_a_retry_works(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    store = practice_store(small_disk / "record")
    ballast.write_bytes(bytes(100_000))
    published: list[Entry] = []
    store.publish = published.append
    scribe = Scribe()

    def keep(entry: Entry) -> None:
        with store.transaction() as tx:
            tx.append([entry])

    with pytest.raises(StorageError) as caught:
        while True:
            entry = scribe.entry("access", EventNoted("x" * 900))
            keep(entry)
    assert caught.value.code is Code.DISK_FULL
    assert len(published) == store.head().seq == entry.n - 1
    ballast.unlink()
    keep(entry)
    assert published[-1] == entry
    assert store.head().seq == entry.n
    assert store.check().is_sound
    store.close()


def test_that_a_record_that_finds_no_room_is_not_begun(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(bytes(560_000))
    with pytest.raises(StorageError) as caught:
        practice_store(small_disk / "record")
    assert caught.value.code is Code.DISK_FULL
    (small_disk / "ballast").unlink()
    store = practice_store(small_disk / "record")
    assert store.check().is_sound
    store.close()


def test_that_a_commit_that_fails_may_be_tried_again(store: Store) -> None:
    scribe = Scribe()
    entries = scribe.founding()
    before = store._engine.pool
    failing = {"commits": 1}

    def fail(sql: object) -> None:
        del sql
        if failing["commits"]:
            failing["commits"] -= 1
            with store._engine.connect().execution_options(chairside_read_only=True) as other:
                other.exec_driver_sql("SELECT * FROM nowhere")

    event.listen(store._engine, "commit", fail)
    published: list[Entry] = []
    store.publish = published.append
    with pytest.raises(StorageError), store.transaction() as tx:
        tx.append(entries)
    assert published == []
    assert store.head().seq == 0
    with store.transaction() as tx:
        tx.append(entries)
    assert published == entries
    assert store._engine.pool is not before  # no connection from before the failure is used
