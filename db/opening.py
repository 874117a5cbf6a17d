"""Making a record, finding one, and bringing an older one up to this program."""

from __future__ import annotations

import re
import shutil
import uuid
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from db import engine as engines
from db.durable import move_file, sync_file, sync_folder
from db.failures import file_error, folder_error, storage_error
from db.locks import slots
from db.locks.keys import Keys
from db.upgrade import NEWEST, row_counts, schema_version, upgrade
from monitor.errors import Code, StorageError

FILE_NAME = "record.db"
BEFORE = f"before-{NEWEST}"
"""The folder in which an older record is kept as it was before this program's schema."""

_COPY = re.compile(r"before-\d{4}(\.[0-9a-f]{8}\.new)?")


def make_record(folder: Path, keys: Keys, passphrase: str, *, practice: bool) -> None:
    """Make an empty record; cut short, it is none, or one that `find_record` finishes.

    Raises:
        StorageError: `record-exists`, if there is one; it is not touched.
    """
    if record_exists(folder):
        raise StorageError(Code.RECORD_EXISTS)
    draft = folder / f"{FILE_NAME}.new"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync_folder(folder.parent)
        for leftover in folder.glob(f"{draft.name}*"):
            leftover.unlink()
        _make_database(draft, keys)
        slots.create(folder, keys, passphrase, practice=practice)
        move_file(draft, folder / FILE_NAME)
    except SQLAlchemyError as error:
        raise storage_error(error) from error
    except OSError as error:
        raise file_error(error) from error


def find_record(folder: Path) -> None:
    """Make sure that the database is in its place; nothing is ever made in the place of one.

    Raises:
        StorageError: `no-record`, if it is not.
    """
    draft, place = folder / f"{FILE_NAME}.new", folder / FILE_NAME
    try:
        if draft.exists() and not place.exists():
            move_file(draft, place)  # its creation was cut short before the last step
        there = place.exists()
    except OSError as error:
        raise file_error(error) from error
    if not there:
        raise StorageError(Code.NO_RECORD, path=str(folder))


def record_exists(folder: Path) -> bool:
    """Tell whether a folder holds a record, or a part of one.

    Raises:
        StorageError: If it cannot be looked into.
    """
    try:
        return (folder / FILE_NAME).exists() or (folder / slots.FILE_NAME).exists()
    except OSError as error:
        raise folder_error(error, "looking", path=folder) from error


def prepare(engine: Engine, folder: Path, keys: Keys) -> None:
    """Make sure that this program can write in a database, and bring it up to its schema.

    Raises:
        StorageError: `unreadable` for a database without a ledger, `newer-record` for one of
            a later program, `read-only` where nothing can be written, `busy` while another
            process brings it up.
        SQLAlchemyError: What the database itself refuses.
    """
    found = schema_version(engine)
    if not found:
        raise StorageError(Code.UNREADABLE)
    with engine.connect() as sql:
        engines.prove_writable(sql)

    def copy_first() -> None:
        try:
            _keep_as_it_was(engine, folder, keys)
        except OSError as error:
            raise file_error(error) from error

    if found == NEWEST:
        return
    with slots.changing(folder):  # whoever comes second finds it done
        upgrade(engine, copy_first=copy_first)


def drop_copies(folder: Path) -> None:
    """Remove what was kept of a record before migrations, since it opens by the old secrets.

    What cannot be removed stays: it never keeps the record from being opened.
    """
    for found in folder.iterdir():
        if _COPY.fullmatch(found.name):
            shutil.rmtree(found, ignore_errors=True)


def _make_database(draft: Path, keys: Keys) -> None:
    """Make the empty database, whole and on the disk."""
    engine = engines.open_engine(draft, keys.data, create=True)
    try:
        upgrade(engine)
        engines.bring_home(engine)  # closing would do so too, and say nothing if it could not
    finally:
        engine.dispose()
    draft.chmod(0o600)


def _keep_as_it_was(engine: Engine, folder: Path, keys: Keys) -> None:
    """Keep a whole copy of a record and its key file in a folder beside it.

    A copy that was begun and never finished ends in ".new" and is swept away; one of an
    earlier try gives way to a new one, since an older program may have written meanwhile.
    """
    for leftover in folder.glob(f"{BEFORE}.*.new"):
        shutil.rmtree(leftover, ignore_errors=True)
    draft = folder / f"{BEFORE}.{uuid.uuid4().hex[:8]}.new"
    draft.mkdir(mode=0o700)
    try:
        engines.copy_into(engine, draft / FILE_NAME)
        (draft / FILE_NAME).chmod(0o600)
        shutil.copyfile(folder / slots.FILE_NAME, draft / slots.FILE_NAME)
        (draft / slots.FILE_NAME).chmod(0o600)
        _compare(engine, draft / FILE_NAME, keys)
        for part in draft.iterdir():
            sync_file(part)
        sync_folder(draft)
        shutil.rmtree(folder / BEFORE, ignore_errors=True)
        move_file(draft, folder / BEFORE)
    finally:
        shutil.rmtree(draft, ignore_errors=True)  # not there any more if all went well


def _compare(engine: Engine, copy: Path, keys: Keys) -> None:
    """Make sure that a copy opens and holds what its original does.

    Raises:
        StorageError: `storage`, if it does not; then nothing is to be built on it.
    """
    other = engines.open_engine(copy, keys.data)
    try:
        with engine.connect() as sql, other.connect() as copied:
            same = row_counts(copied) == row_counts(sql)
        if not same or schema_version(other) != schema_version(engine):
            raise StorageError(Code.STORAGE, cause="copy-differs")
    finally:
        other.dispose()
