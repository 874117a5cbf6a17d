"""The store: one folder with an encrypted database and its key slots.

with store.transaction() as tx:      # all of it is kept, or none
    tx.append(entries)
# only now is each entry published
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from db import checking, engine as engines, export, keys as slots
from db.book import Book
from db.checking import CheckReport
from db.durable import move_file, sync_folder
from db.failures import file_error, storage_error
from db.keys import Keys
from db.transaction import SqlTransaction
from db.upgrade import schema_version, upgrade
from monitor.entries import Entry
from monitor.errors import Code, MonitorError, StorageError
from monitor.ledger import Break, Finding, Head

FILE_NAME = "record.db"

Listener = Callable[[Entry], None]


def _silent(_: Entry) -> None:
    """Tell nobody."""


def _unseen(_done: int, _of: int) -> None:
    """Show no progress."""


class Store:
    """Opens transactions on one record.

    Attributes:
        folder: Where the record lies.
        publish: Called with each entry once it is kept; never with one that is not.
    """

    def __init__(
        self,
        folder: Path,
        keys: Keys,
        *,
        publish: Listener = _silent,
        wait_seconds: float = 10,
    ) -> None:
        """Open the database; `Store.open` and `Store.create` bring the keys.

        Args:
            folder: Where the record lies.
            keys: As its slots hold them.
            publish: Called with each entry once it is kept.
            wait_seconds: How long to wait for another writer before `busy` is raised.
        """
        self.folder = folder
        self.publish = publish
        self._keys = keys
        self._engine = engines.open_engine(folder / FILE_NAME, keys.data, wait_seconds=wait_seconds)
        try:
            with self._guarded():
                self._guards_missing = _prepared(self._engine)
        except MonitorError:
            self.close()
            raise

    @classmethod
    def create(
        cls,
        folder: Path,
        passphrase: str,
        *,
        practice: bool = False,
        publish: Listener = _silent,
        wait_seconds: float = 10,
    ) -> Store:
        """Begin a new record in a folder and open it.

        Args:
            folder: Made if it is not there.
            passphrase: Opens the record from now on.
            practice: Keep the passphrase in the clear beside the record, so that it opens
                for everyone; for rehearsals.
            publish: Called with each entry once it is kept.
            wait_seconds: How long to wait for another writer before `busy` is raised.

        Raises:
            StorageError: `record-exists`, if there is one; it is not touched.
        """
        if (folder / FILE_NAME).exists() or (folder / slots.FILE_NAME).exists():
            raise StorageError(Code.RECORD_EXISTS)
        made = Keys.make()
        draft = folder / f"{FILE_NAME}.new"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            sync_folder(folder.parent)
            for leftover in folder.glob(f"{draft.name}*"):
                leftover.unlink()
            _make_database(draft, made)
            slots.create(folder, made, passphrase, practice=practice)
            move_file(draft, folder / FILE_NAME)
        except SQLAlchemyError as error:
            raise storage_error(error) from error
        except OSError as error:
            raise file_error(error) from error
        return cls(folder, made, publish=publish, wait_seconds=wait_seconds)

    @classmethod
    def open(
        cls,
        folder: Path,
        passphrase: str | None = None,
        *,
        publish: Listener = _silent,
        wait_seconds: float = 10,
    ) -> Store:
        """Open a record that is there; nothing is ever made in its place.

        Args:
            folder: Where it lies.
            passphrase: None tries whether it is one for practice.
            publish: Called with each entry once it is kept.
            wait_seconds: How long to wait for another writer before `busy` is raised.

        Raises:
            StorageError: `no-record`, `wrong-key`, `newer-record`, `storage`, or `unreadable`
                for a database without a ledger in it.
        """
        keys = slots.unlock(folder, passphrase)
        draft, place = folder / f"{FILE_NAME}.new", folder / FILE_NAME
        if draft.exists() and not place.exists():
            move_file(draft, place)  # its creation was cut short before the last step
        if not place.exists():
            raise StorageError(Code.NO_RECORD)
        return cls(folder, keys, publish=publish, wait_seconds=wait_seconds)

    @staticmethod
    def exists(folder: Path) -> bool:
        """Tell whether a folder holds a record, or a part of one."""
        return (folder / FILE_NAME).exists() or (folder / slots.FILE_NAME).exists()

    @staticmethod
    def is_practice(folder: Path) -> bool:
        """Tell whether a record opens without a passphrase.

        Raises:
            StorageError: `no-record`, if there is none.
        """
        return slots.is_practice(folder)

    def close(self) -> None:
        """Give back every connection; what is kept stays kept."""
        self._engine.dispose()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        """Run the body as one change: all of it is kept, or none.

        Raises:
            StorageError: If the database refuses. The change is undone, nothing is
                published, and the same may be tried again.
            IntegrityError: `broken-chain` on writing, if a guard of the ledger is gone.
        """
        with self._guarded(), self._engine.begin() as sql:
            tx = SqlTransaction(sql, self._keys, missing_guards=self._guards_missing)
            yield tx
        for entry in tx.written:
            self.publish(entry)

    def head(self) -> Head:
        """Return the ledger's last line: its number and hash."""
        with self._reading() as sql:
            return Book(sql, self._keys).head()

    def check(self, progress: checking.Progress = _unseen) -> CheckReport:
        """Hold the whole record against itself.

        Args:
            progress: Told how many lines have been looked at, and of how many.
        """
        damage = engines.damage(self._engine)
        try:
            with self._reading() as sql:
                report = checking.Check(sql, self._keys, progress).run()
        except StorageError:
            if not damage:
                raise
            report = CheckReport(0, Head(), 0, ())  # too damaged to be read through
        worst = tuple(Finding(0, Break.DAMAGE, said) for said in damage)
        return dataclasses.replace(report, findings=(*worst, *report.findings))

    def record_json(self, session_id: str) -> bytes:
        """Return a session's whole record as a document that needs nothing beside it.

        Raises:
            NotFoundError: If there is no such session.
        """
        with self._reading() as sql:
            content = SqlTransaction(sql, self._keys).session(session_id).protocol.content
            return export.record_json(Book(sql, self._keys), session_id, content)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Look at one state of the record while others may go on writing."""
        looking = self._engine.execution_options(**{engines.READ_ONLY: True})
        with self._guarded(), looking.begin() as sql:
            yield sql

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        """Say in our own codes what the database complains of, and start afresh after it."""
        try:
            yield
        except SQLAlchemyError as error:
            failure = storage_error(error)
            if failure.code is not Code.BUSY:
                self._engine.dispose()  # after an I/O error no connection is to be trusted
            raise failure from error


def _make_database(draft: Path, keys: Keys) -> None:
    """Make the empty database, whole and on the disk."""
    engine = engines.open_engine(draft, keys.data, create=True)
    try:
        upgrade(engine)
    finally:
        engine.dispose()  # the last connection brings everything into the one file
    draft.chmod(0o600)


def _prepared(engine: Engine) -> tuple[str, ...]:
    """Make a database ready for this program; return the guards that it lacks."""
    if not schema_version(engine):
        raise StorageError(Code.UNREADABLE)  # nothing is ever made in the place of what was there
    with engine.connect() as sql:
        engines.prove_writable(sql)
    upgrade(engine)
    with engine.begin() as sql:
        return checking.guards_missing(sql)
