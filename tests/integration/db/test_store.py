"""The store on real files."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2 as driver

from db import engine as engines
from db.locks import slots
from db.locks.keys import Keys
from db.store import FILE_NAME, Store
from monitor.entries import Entry, EventNoted, LoggedIn
from monitor.errors import Code, IntegrityError, MonitorError, StorageError
from monitor.ledger import Head
from tests.integration.db.scribe import PATIENT, Scribe, practice_store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "record"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    made = practice_store(folder)
    yield made
    made.close()


def write(store: Store, *entries: Entry) -> None:
    with store.transaction() as tx:
        tx.append(entries)


def code_of(caught: pytest.ExceptionInfo[MonitorError]) -> Code:
    return caught.value.code


def test_that_a_record_opens_again_as_it_was(store: Store, folder: Path) -> None:
    entries = Scribe().founding()
    write(store, *entries)
    head = store.head()
    store.close()
    again = Store.open(folder)
    with again.transaction() as tx:
        assert tx.stream("clinic") == (entries[0], entries[3])
    assert again.head() == head
    assert head.seq == len(entries)
    again.close()


def test_that_a_new_record_has_no_head(store: Store) -> None:
    assert store.head() == Head(0, "00" * 32)


def test_that_a_record_is_never_made_by_opening_it(folder: Path) -> None:
    with pytest.raises(StorageError) as caught:
        Store.open(folder)
    assert code_of(caught) is Code.NO_RECORD
    assert not folder.exists()


def test_that_a_lost_database_is_not_made_anew(store: Store, folder: Path) -> None:
    store.close()
    (folder / FILE_NAME).unlink()
    with pytest.raises(StorageError) as caught:
        Store.open(folder)
    assert code_of(caught) is Code.NO_RECORD
    assert not (folder / FILE_NAME).exists()


@pytest.mark.parametrize("lost", [FILE_NAME, slots.FILE_NAME])
def test_that_a_record_is_never_written_over(store: Store, folder: Path, lost: str) -> None:
    store.close()
    (folder / lost).unlink()
    left = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(StorageError) as caught:
        practice_store(folder)
    assert code_of(caught) is Code.RECORD_EXISTS
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == left


def test_that_a_creation_cut_short_is_finished_when_it_is_opened(
    store: Store, folder: Path
) -> None:
    store.close()
    (folder / FILE_NAME).rename(folder / f"{FILE_NAME}.new")  # all but the last step
    again = Store.open(folder)
    assert again.check().is_sound
    again.close()


def test_that_the_left_overs_of_a_creation_are_cleared_away(folder: Path) -> None:
    folder.mkdir()
    (folder / f"{FILE_NAME}.new").write_bytes(b"half")
    store = practice_store(folder)
    assert {path.name for path in folder.iterdir()} >= {FILE_NAME, slots.FILE_NAME}
    assert not (folder / f"{FILE_NAME}.new").exists()
    store.close()


def test_that_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError) as caught:
        practice_store(tmp_path / "file" / "record")
    assert code_of(caught) is Code.STORAGE


def test_that_a_record_beside_another_ones_keys_is_called_damaged(
    store: Store, folder: Path
) -> None:
    store.close()
    slots.create(folder, Keys.make(), "other", practice=True)
    with pytest.raises(StorageError) as caught:
        Store.open(folder)
    assert code_of(caught) is Code.DAMAGED


def test_that_a_record_damaged_at_its_very_beginning_is_not_taken_for_a_wrong_key(
    store: Store, folder: Path
) -> None:
    write(store, *Scribe().founding())
    store.close()
    with (folder / FILE_NAME).open("r+b") as file:
        file.write(bytes(16))
    with pytest.raises(StorageError) as caught:
        Store.open(folder)
    assert code_of(caught) is Code.DAMAGED


def test_that_only_its_owner_may_read_a_record(store: Store, folder: Path) -> None:
    write(store, *Scribe().founding())
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert set(modes.values()) == {0o600}, modes
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_that_a_record_of_a_later_program_is_refused(store: Store, folder: Path) -> None:
    with store._engine.begin() as sql:
        sql.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    with pytest.raises(StorageError) as caught:
        Store.open(folder)
    assert code_of(caught) is Code.NEWER_RECORD


def test_that_entries_are_published_after_they_are_kept(folder: Path) -> None:
    published: list[tuple[Entry, int]] = []
    store = practice_store(folder)
    store.publish = lambda entry: published.append((entry, store.head().seq))
    entries = Scribe().founding()
    write(store, *entries)
    assert published == [(entry, len(entries)) for entry in entries]
    store.close()


def test_that_nothing_is_published_of_a_change_that_failed(folder: Path) -> None:
    published: list[Entry] = []
    store = practice_store(folder, publish=published.append)
    with pytest.raises(ZeroDivisionError), store.transaction() as tx:
        tx.append(Scribe().founding())
        raise ZeroDivisionError
    assert published == []
    store.close()


def test_that_an_entry_written_twice_is_published_once(folder: Path) -> None:
    published: list[Entry] = []
    store = practice_store(folder, publish=published.append)
    entries = Scribe().founding()
    write(store, *entries)
    write(store, *entries)
    assert published == entries
    store.close()


def test_that_of_two_writers_at_one_place_the_second_is_busy(store: Store, folder: Path) -> None:
    other = Store.open(folder)
    write(store, *Scribe().founding())
    with pytest.raises(StorageError) as caught:
        write(other, *Scribe(uids="other").founding())
    assert code_of(caught) is Code.BUSY
    assert other.check().is_sound
    other.close()


def test_that_two_stores_write_in_turn(store: Store, folder: Path) -> None:
    other = Store.open(folder)
    scribe = Scribe()
    for turn in range(6):
        write((store, other)[turn % 2], scribe.entry("access", LoggedIn(f"user {turn}")))
    assert store.head() == other.head()
    assert store.head().seq == 6
    assert store.check().is_sound
    other.close()


def test_that_a_writer_who_waits_too_long_is_told_so(store: Store, folder: Path) -> None:
    other = Store.open(folder, wait_seconds=0.05)
    with store.transaction() as tx:
        tx.append(Scribe().founding())
        with pytest.raises(StorageError) as caught:
            write(other, *Scribe(uids="other").founding())
    assert code_of(caught) is Code.BUSY
    write(other, Scribe(uids="later").entry("access", LoggedIn("nk")))
    assert store.head().seq == 6
    other.close()


def test_that_threads_write_in_turn(store: Store) -> None:
    def work(name: str) -> None:
        for turn in range(10):
            with store.transaction() as tx:
                what = LoggedIn(f"{name} {turn}")
                entry = Scribe(uids=f"{name}-{turn}").entry("access", what)
                tx.append([replace(entry, n=tx.length("access") + 1)])

    with ThreadPoolExecutor() as pool:
        list(pool.map(work, ("window", "export", "check")))
    assert store.head().seq == 30
    assert store.check().is_sound


def test_that_reading_waits_for_nobody(store: Store, folder: Path) -> None:
    other = Store.open(folder, wait_seconds=0.05)
    with store.transaction() as tx:
        tx.append(Scribe().founding())
        assert other.head().seq == 0
        assert other.check().is_sound
    assert other.head().seq == 5
    other.close()


def test_that_names_stand_nowhere_in_the_clear(store: Store, folder: Path) -> None:
    scribe = Scribe()
    write(store, *scribe.founding(), scribe.opened(), scribe.noted("Xanthippe was here"))
    raw = b"".join(path.read_bytes() for path in folder.glob(f"{FILE_NAME}*"))
    assert {path.name for path in folder.iterdir()} >= {f"{FILE_NAME}-wal", f"{FILE_NAME}-shm"}
    for word in (PATIENT.family, PATIENT.number, "Xanthippe", "Kowal", "ledger"):
        for encoding in ("utf-8", "utf-16-le"):
            assert word.encode(encoding) not in raw
    assert b"SQLite format 3" not in raw


def test_that_the_connection_keeps_what_it_promises(store: Store) -> None:
    with store._engine.connect() as sql:
        found = {
            name: sql.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        }
    full = 2
    assert found == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "recursive_triggers": 1,
    }


def test_that_an_old_sqlite_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "sqlite_version_info", (3, 51, 2))
    with pytest.raises(StorageError) as caught:
        practice_store(folder)
    assert caught.value.facts["cause"] == "database-too-old"


def test_that_the_sqlite_at_hand_is_new_enough() -> None:
    assert driver.sqlite_version_info >= engines.OLDEST_SQLITE


def test_that_a_short_key_is_no_key(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32"):
        engines.open_engine(tmp_path / FILE_NAME, b"short")


def test_that_an_entry_that_cannot_be_read_is_named(store: Store) -> None:
    scribe = Scribe()
    write(store, *scribe.founding(), scribe.opened())
    raw = store._engine.raw_connection()
    raw.cursor().execute("DROP TRIGGER ledger_no_update")
    raw.cursor().execute("UPDATE ledger SET body = CAST('{}' AS BLOB) WHERE seq = 6")
    raw.close()
    with pytest.raises(IntegrityError) as caught, store.transaction() as tx:
        tx.stream("session/s-1")
    assert code_of(caught) is Code.UNREADABLE
    assert caught.value.facts == {"seq": 6}


def test_that_a_failing_database_is_named_by_its_own_words(store: Store) -> None:
    with pytest.raises(StorageError) as caught, store.transaction() as tx:
        tx._sql.execute(text("SELECT * FROM nowhere"))
    assert code_of(caught) is Code.STORAGE
    assert caught.value.facts["cause"] == "SQLITE_ERROR"
    write(store, *Scribe().founding())  # and the store goes on


def test_that_an_amended_opening_counts(store: Store) -> None:
    scribe = Scribe()
    opened = scribe.opened()
    write(store, *scribe.founding(), opened)
    mended = scribe.opened(chair="3")
    write(store, replace(mended, amends=opened.uid, reason="other chair"))
    with store.transaction() as tx:
        assert [header.chair for header in tx.sessions()] == ["3"]
    assert store.check().is_sound


def test_that_the_event_text_may_be_anything(store: Store) -> None:
    scribe = Scribe()
    words = "'); DROP TABLE ledger; -- \0 \u202e <b>x</b> & Θ"
    write(store, *scribe.founding(), scribe.opened(), scribe.noted(words))
    with store.transaction() as tx:
        assert tx.session("s-1").entries[-1].what == EventNoted(words)
    assert store.check().is_sound


def test_that_a_look_sees_one_state_and_writes_nothing(store: Store, folder: Path) -> None:
    other = Store.open(folder)
    scribe = Scribe()
    write(store, *scribe.founding())
    with store.looking() as look:
        assert look.length("session/s-1") == 0
        write(other, scribe.opened())  # whoever writes does not wait
        assert look.length("session/s-1") == 0
        with pytest.raises(RuntimeError):
            look.append([scribe.measured()])
        with pytest.raises(RuntimeError):
            look.keep_file(hashlib.sha256(b"x").hexdigest(), b"x")
    assert store.head().seq == 6
    other.close()


def test_that_the_last_moment_is_that_of_the_newest_line(store: Store) -> None:
    assert store.last_moment() is None
    entries = Scribe().founding()
    write(store, *entries)
    assert store.last_moment() == entries[-1].moment


def test_that_a_last_line_that_cannot_be_read_has_no_moment(store: Store) -> None:
    write(store, *Scribe().founding())
    with store._engine.begin() as sql:
        sql.exec_driver_sql("DROP TRIGGER ledger_no_update")
        sql.exec_driver_sql("UPDATE ledger SET body = CAST('{}' AS BLOB) WHERE seq = 5")
    with pytest.raises(IntegrityError) as caught:
        store.last_moment()
    assert code_of(caught) is Code.UNREADABLE


def test_that_a_copy_is_a_whole_record_under_the_same_key(store: Store, folder: Path) -> None:
    write(store, *Scribe().founding())
    there = folder.with_name("copy")
    there.mkdir()
    store.copy_into(there / FILE_NAME)
    (there / slots.FILE_NAME).write_bytes((folder / slots.FILE_NAME).read_bytes())
    copy = Store.open(there)
    assert copy.head() == store.head()
    assert copy.check().is_sound
    copy.close()


def test_that_a_copy_into_no_folder_is_refused(store: Store, folder: Path) -> None:
    with pytest.raises(StorageError):
        store.copy_into(folder / "nowhere" / FILE_NAME)
    write(store, *Scribe().founding())  # and the store goes on


def test_that_a_record_somebody_holds_is_busy_at_opening(store: Store, folder: Path) -> None:
    with store.transaction() as tx:
        assert tx.patients() == ()  # nothing is written, but the writer's place is taken
        with pytest.raises(StorageError) as caught:
            Store.open(folder, wait_seconds=0.05)
    assert code_of(caught) is Code.BUSY
    Store.open(folder).close()


def test_that_a_damaged_page_is_called_damage(store: Store, folder: Path) -> None:
    write(store, *Scribe().founding())
    store.close()
    with (folder / FILE_NAME).open("r+b") as file:
        file.seek(4096 + 100)
        file.write(b"spoiled")
    with pytest.raises(StorageError) as caught:
        Store.open(folder)
    assert code_of(caught) is Code.DAMAGED
