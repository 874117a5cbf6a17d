"""Killed, or out of room, in the midst of a backup: what has a backup's name is one."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db.backups.backup import DRAFT, Backups
from db.backups.restoring import Restoring
from db.store import Store
from monitor.entries import EventNoted
from monitor.errors import Code, StorageError
from tests.faults.conftest import Tally
from tests.faults.restoring import DIED
from tests.faults.settings import LARGE, LONG
from tests.faults.small import small_disk
from tests.integration.db.scribe import BEGINNING, Scribe, practice_store
from ui.wording import sentence

ROOT = Path(__file__).parents[2]
KILLS = 40 if LARGE else 5
LONGEST = 0.25
"""Seconds from the beginning of a backup within which the process is killed."""


def quiet(_done: int, _of: int) -> None:
    """Show no progress."""


def killed_in_a_backup(record: Path, backups: Path, after: float, *, finished: int = 0) -> None:
    """Let a process make so many backups, and kill it so long after the next was begun."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.backing_up", str(record), str(backups)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    with process:
        assert process.stdout is not None
        begun = [process.stdout.readline() for _ in range(2 * finished + 1)]
        assert begun[::2] == [b"begun\n"] * (finished + 1)
        time.sleep(after)
        process.kill()
        process.stdout.read()


@pytest.mark.timeout(LONG)
def test_that_whatever_has_a_backups_name_is_whole_after_every_kill(
    tmp_path: Path, tally: Tally
) -> None:
    record, folder = tmp_path / "record", tmp_path / "backups"
    store = practice_store(record)
    scribe = Scribe()
    with store.transaction() as tx:
        tx.append([*scribe.founding(), scribe.opened()])
        tx.append([scribe.noted("x" * 400) for _ in range(200)])
    store.close()
    chance, drafts = random.Random(20260302), 0  # noqa: S311 - instants, not secrets
    proved = set[Path]()
    for _ in range(KILLS):
        after, finished = chance.uniform(0, LONGEST), chance.randrange(2)
        killed_in_a_backup(record, folder, after, finished=finished)
        drafts += len(list(folder.glob(f"*{DRAFT}")))
        store = Store.open(record)
        whole = [path for path in folder.glob("chairside-*") if path.suffix != DRAFT]
        assert {each.folder for each in Backups(store, folder).found()} == set(whole)
        store.close()
        for each in set(whole) - proved:
            to = tmp_path / f"restored {each.name}"
            Restoring(each, to)(lambda: None, lambda _store, _said: None, quiet)
            proved.add(each)
    tally("kills while backups were made", {"a draft was left": drafts, "none": KILLS - drafts})
    tally("backups that killed processes left", {"whole": len(proved), "unsound": 0})
    assert proved, "no process finished a backup"
    assert drafts, "no process was killed in the midst of a backup"


def test_that_the_next_backup_sweeps_what_was_left(tmp_path: Path) -> None:
    store = practice_store(tmp_path / "record")
    with store.transaction() as tx:
        tx.append([Scribe().entry("access", EventNoted("one"))])
    backups = Backups(store, tmp_path / "backups")
    killed_in_a_backup(store.folder, backups.folder, 0)
    backups.make(BEGINNING, quiet)
    assert not list(backups.folder.glob(f"*{DRAFT}"))
    store.close()


def test_that_a_full_disk_for_backups_is_said_and_costs_nothing(tmp_path: Path) -> None:
    store = practice_store(tmp_path / "record")
    scribe = Scribe()
    with store.transaction() as tx:
        tx.append(scribe.founding())
    with small_disk(kilobytes=900) as disk:
        backups = Backups(store, disk / "backups")
        first = backups.make(BEGINNING, quiet)
        room = shutil.disk_usage(disk).free
        for taken in (room - 100_000, room - 4_096, room):
            (disk / "ballast").write_bytes(bytes(taken))
            with pytest.raises(StorageError) as caught:
                backups.make(BEGINNING, quiet)
            assert caught.value.code is Code.DISK_FULL
            assert "backup" in sentence(caught.value)
            assert [each.folder for each in backups.found()] == [first.folder]
            assert not list(backups.folder.glob(f"*{DRAFT}"))
            (disk / "ballast").unlink()
            with store.transaction() as tx:
                tx.append([scribe.entry("access", EventNoted("charting goes on"))])
        backups.make(BEGINNING, quiet)
        assert len(backups.found()) == 2
    store.close()


@pytest.mark.parametrize("moves", [0, 1, 2])
def test_that_restoring_cut_short_leaves_no_record_or_one_that_opens(
    moves: int, tmp_path: Path
) -> None:
    store = practice_store(tmp_path / "record")
    with store.transaction() as tx:
        tx.append(Scribe().founding())
    made = Backups(store, tmp_path / "backups").make(BEGINNING, quiet)
    store.close()
    to = tmp_path / "restored"
    died = subprocess.run(
        [sys.executable, "-m", "tests.faults.restoring", str(made.folder), str(to), str(moves)],
        cwd=ROOT,
        check=False,
    )
    assert died.returncode == DIED
    if not Store.exists(to):
        Restoring(made.folder, to)(lambda: None, lambda _store, _said: None, quiet)
    again = Store.open(to)
    assert again.head() == made.head
    assert again.check().is_sound
    again.close()
