"""A record that can only be read is refused in one word, and not touched."""

from __future__ import annotations

import ctypes
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlcipher3 import dbapi2 as driver

from db.failures import file_error, storage_error
from db.store import FILE_NAME, Store
from monitor.entries import Entry
from monitor.errors import Code, StorageError
from tests.integration.db.scribe import Scribe, practice_store

_READ_ONLY, _AGAIN = 1, 32
"""Linux's own flags of `mount`."""


class Disk:
    """A file system of its own that can be made read-only."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._libc = ctypes.CDLL(None, use_errno=True)

    def mount(self) -> bool:
        """Tell whether it could be made; only a superuser can."""
        return self._mount(0) == 0

    def freeze(self, *, on: bool) -> None:
        """Let nobody write on it, or everybody again."""
        assert self._mount(_AGAIN | (_READ_ONLY if on else 0)) == 0, os.strerror(ctypes.get_errno())

    def unmount(self) -> None:
        """Take it away."""
        assert self._libc.umount(os.fsencode(self.place)) == 0

    def _mount(self, flags: int) -> int:
        place = os.fsencode(self.place)
        return int(self._libc.mount(b"tmpfs", place, b"tmpfs", flags, b"size=8m"))


@pytest.fixture
def disk() -> Iterator[Disk]:
    with tempfile.TemporaryDirectory(prefix="frozen-", ignore_cleanup_errors=True) as name:
        made = Disk(Path(name))
        if not made.mount():
            pytest.skip("no file system could be mounted here")
        yield made
        made.unmount()


def write(store: Store, *entries: Entry) -> None:
    with store.transaction() as tx:
        tx.append(entries)


def test_that_a_record_on_a_read_only_disk_is_refused_and_not_touched(disk: Disk) -> None:
    folder = disk.place / "record"
    store = practice_store(folder)
    write(store, *Scribe().founding())
    store.close()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    disk.freeze(on=True)
    with pytest.raises(StorageError) as caught:
        Store.open(folder)
    assert caught.value.code is Code.READ_ONLY
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    disk.freeze(on=False)
    again = Store.open(folder)
    assert again.head().seq == 5
    assert again.check().is_sound
    again.close()


def test_that_no_record_is_begun_on_a_read_only_disk(disk: Disk) -> None:
    disk.freeze(on=True)
    with pytest.raises(StorageError) as caught:
        practice_store(disk.place / "record")
    assert caught.value.code is Code.READ_ONLY


def test_that_a_file_that_may_not_be_written_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = practice_store(tmp_path / "record")
    write(store, *Scribe().founding())
    store.close()
    connect = driver.connect

    def only_reading(address: str, **how: object) -> object:
        return connect(address.replace("mode=rw", "mode=ro"), **how)

    with monkeypatch.context() as patch:
        patch.setattr(driver, "connect", only_reading)
        with pytest.raises(StorageError) as caught:
            Store.open(tmp_path / "record")
    assert caught.value.code is Code.READ_ONLY


def cannot_open() -> OperationalError:
    """What the database says of a file that it cannot open."""
    with pytest.raises(driver.OperationalError) as caught:
        driver.connect("file:/nowhere/record.db?mode=rw", uri=True)
    return OperationalError("", None, caught.value)


def test_that_a_file_that_is_there_and_cannot_be_opened_is_not_called_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / FILE_NAME
    assert storage_error(cannot_open(), place).code is Code.NO_RECORD
    place.write_bytes(b"")
    assert storage_error(cannot_open(), place).code is Code.STORAGE  # no file handle was left
    monkeypatch.setattr(os, "access", lambda path, _: path != tmp_path)
    assert storage_error(cannot_open(), place).code is Code.READ_ONLY


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, Code.DISK_FULL),
        (errno.EDQUOT, Code.DISK_FULL),
        (errno.EROFS, Code.READ_ONLY),
        (errno.EACCES, Code.READ_ONLY),
        (errno.EIO, Code.STORAGE),
    ],
)
def test_that_a_disk_s_refusal_has_its_code(number: int, code: Code) -> None:
    found = file_error(OSError(number, os.strerror(number)))
    assert (found.code, found.facts) == (code, {"cause": errno.errorcode[number]})
