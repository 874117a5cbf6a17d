"""A record whose files are moved while it is open acknowledges nothing that would be lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.footing import Footing
from db.store import FILE_NAME, Store
from monitor.entries import Entry
from monitor.errors import Code, StorageError
from tests.integration.db.scribe import Scribe, practice_store

pytestmark = pytest.mark.skipif(os.name == "nt", reason="an open file cannot be moved there")


@pytest.fixture
def scribe() -> Scribe:
    return Scribe()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "record"


@pytest.fixture
def store(folder: Path, scribe: Scribe) -> Iterator[Store]:
    made = practice_store(folder)
    write(made, *scribe.founding())
    yield made
    made.close()


def write(store: Store, *entries: Entry) -> None:
    with store.transaction() as tx:
        tx.append(entries)


def refused(store: Store, *entries: Entry) -> None:
    """Write and be told that the record is not where it was."""
    published: list[Entry] = []
    store.publish = published.append
    with pytest.raises(StorageError) as caught:
        write(store, *entries)
    assert (caught.value.code, caught.value.facts) == (Code.STORAGE, {"cause": "record-moved"})
    assert published == []


def test_that_nothing_is_acknowledged_in_a_file_that_was_removed(
    store: Store, folder: Path, scribe: Scribe
) -> None:
    (folder / FILE_NAME).unlink()
    entry = scribe.opened()
    refused(store, entry)
    refused(store, entry)
    assert not (folder / FILE_NAME).exists()  # nothing is made in its place


def test_that_a_record_that_was_moved_and_brought_back_goes_on(
    store: Store, folder: Path, scribe: Scribe
) -> None:
    elsewhere = folder.with_name("elsewhere")
    folder.rename(elsewhere)
    entry = scribe.opened()
    refused(store, entry)
    elsewhere.rename(folder)
    write(store, entry)
    assert store.head().seq == 6
    assert store.check().is_sound


def test_that_a_record_whose_place_another_took_goes_on_when_it_is_back(
    store: Store, folder: Path, scribe: Scribe
) -> None:
    place, copy, aside = (folder / name for name in (FILE_NAME, "copy", "aside"))
    store.copy_into(copy)
    entry, later = scribe.opened(), scribe.measured()
    write(store, entry)
    place.rename(aside)
    copy.rename(place)
    refused(store, later)
    aside.rename(place)
    write(store, later)
    assert store.head().seq == 7
    assert store.check().is_sound


def test_that_a_log_that_was_removed_costs_no_entry(
    store: Store, folder: Path, scribe: Scribe
) -> None:
    (folder / f"{FILE_NAME}-wal").unlink()
    entry = scribe.opened()
    refused(store, entry)
    write(store, entry)
    assert store.head().seq == 6
    assert store.check().is_sound


def test_that_what_was_kept_in_a_file_moved_that_very_moment_is_not_acknowledged(
    store: Store, folder: Path, scribe: Scribe
) -> None:
    published: list[Entry] = []
    store.publish = published.append
    entry = scribe.opened()
    elsewhere = folder.with_name("elsewhere")
    with pytest.raises(StorageError), store.transaction() as tx:
        tx.append([entry])
        shutil.copytree(folder, elsewhere)
        shutil.rmtree(folder)
        elsewhere.rename(folder)
    assert published == []
    write(store, entry)
    assert published == [entry]
    assert store.head().seq == 6


def test_that_a_look_at_a_file_that_was_removed_is_refused(store: Store, folder: Path) -> None:
    (folder / FILE_NAME).unlink()
    with pytest.raises(StorageError):
        store.head()


def test_that_a_file_that_comes_later_is_remembered_then(tmp_path: Path) -> None:
    path = tmp_path / "log"
    footing = Footing(path)
    assert footing.holds()
    path.write_bytes(b"")
    assert footing.holds()
    path.unlink()
    assert not footing.holds()
