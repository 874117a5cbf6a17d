"""Two processes on one file: everything is kept, in one order, or the second is told."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import Store
from monitor.entries import Entry, LoggedIn
from monitor.errors import Code, StorageError
from monitor.ledger import Head
from tests.architecture.house import ROOT
from tests.integration.db.scribe import Scribe, practice_store

EACH = 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "record"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    made = practice_store(folder)
    yield made
    made.close()


@pytest.fixture
def other(store: Store) -> Iterator[Store]:
    made = Store.open(store.folder)
    yield made
    made.close()


def write(store: Store, *entries: Entry) -> None:
    with store.transaction() as tx:
        tx.append(entries)


def hammering(folder: Path, name: str, wait: float) -> subprocess.Popen[str]:
    """Start a process that waits for a line before it writes."""
    words = ["-m", "tests.integration.db.hammer", str(folder), name, str(EACH), str(wait)]
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="ascii",
    )


def hammered(folder: Path, wait: float) -> list[list[str]]:
    """Let two processes write at the same time; return what each said."""
    processes = [hammering(folder, name, wait) for name in ("one", "other")]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate()[0].splitlines() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    return said


@pytest.mark.parametrize("wait", [3, 0])
def test_that_of_two_processes_nothing_is_lost_and_all_is_in_order(
    store: Store, folder: Path, wait: float
) -> None:
    said = hammered(folder, wait)
    with store.transaction() as tx:
        stream = tx.stream("access")
    assert [entry.n for entry in stream] == list(range(1, 2 * EACH + 1))
    places = {entry.uid: entry.n for entry in stream}
    for lines in said:
        kept = [line.split() for line in lines if line.startswith("kept")]
        assert len(kept) == EACH
        assert [int(n) for _, _, n in kept] == sorted(int(n) for _, _, n in kept)
        assert all(places[uid] == int(n) for _, uid, n in kept)
    if wait:
        assert not any(line.startswith("busy") for lines in said for line in lines)
    else:  # who does not wait at all is told so, and comes through in the end
        assert any(line.startswith("busy") for lines in said for line in lines)
    assert store.check().is_sound


def test_that_who_writes_at_a_place_that_was_taken_meanwhile_is_told(
    store: Store, other: Store
) -> None:
    mine, theirs = Scribe(uids="mine"), Scribe(uids="theirs")
    write(store, *mine.founding())
    late = theirs.entry("clinic", LoggedIn("nk"))
    with pytest.raises(StorageError) as caught:
        write(other, late)
    assert caught.value.code is Code.BUSY
    with other.transaction() as tx:
        assert tx.length("clinic") == 2  # what was written first stands, nothing else


def test_that_what_another_wrote_is_noticed_once(store: Store, other: Store) -> None:
    assert not store.changed_elsewhere()
    write(other, *Scribe().founding())
    assert store.changed_elsewhere()
    assert not store.changed_elsewhere()


def test_that_what_was_written_here_is_not_taken_for_anothers(store: Store, other: Store) -> None:
    scribe = Scribe()
    for entry in scribe.founding():
        write(store, entry)
        assert not store.changed_elsewhere()
    assert other.changed_elsewhere()
    write(store, scribe.opened())
    assert not store.changed_elsewhere()


def test_that_anothers_entry_is_noticed_among_ones_own(store: Store, other: Store) -> None:
    scribe, theirs = Scribe(), Scribe(uids="theirs")
    assert not store.changed_elsewhere()
    write(store, *scribe.founding())
    write(other, theirs.entry("access", LoggedIn("nk")))
    write(store, scribe.opened())
    assert store.changed_elsewhere()
    assert not store.changed_elsewhere()


def test_that_a_look_by_another_is_no_change(store: Store, other: Store) -> None:
    write(store, *Scribe().founding())
    store.changed_elsewhere()
    with other.transaction() as tx:
        assert tx.patients()
    assert not store.changed_elsewhere()


def test_that_what_another_gave_up_is_no_change(store: Store, other: Store) -> None:
    store.changed_elsewhere()
    with pytest.raises(ZeroDivisionError), other.transaction() as tx:
        tx.append(Scribe().founding())
        raise ZeroDivisionError
    assert not store.changed_elsewhere()


def test_that_a_record_that_cannot_be_read_is_not_called_changed(
    store: Store, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> Head:
        raise StorageError(Code.STORAGE)

    write(other, *Scribe().founding())
    with monkeypatch.context() as patch:
        patch.setattr(store._heads, "head", refuse)
        assert not store.changed_elsewhere()
    assert store.changed_elsewhere()  # but when it can be read again


def test_that_after_a_failure_changes_are_still_noticed(store: Store, other: Store) -> None:
    assert not store.changed_elsewhere()
    with pytest.raises(StorageError), store.transaction() as tx:
        tx._sql.exec_driver_sql("SELECT * FROM nowhere")
    assert not store.changed_elsewhere()
    write(other, *Scribe().founding())
    assert store.changed_elsewhere()
