"""The store: one folder with an encrypted database and its key slots.

with store.transaction() as tx:      # all of it is kept, or none
    tx.append(entries)
# only now is each entry published
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypedDict, Unpack

from sqlalchemy import Engine

from db import engine as engines, opening
from db.checking import guards_missing
from db.connections import Connections
from db.engine import WAIT_SECONDS
from db.locks import rekey, slots
from db.locks.keys import Keys
from db.opening import FILE_NAME
from db.reader import Reader
from db.transaction import SqlTransaction
from db.witness import checkpoints
from db.witness.heads import Heads
from db.witness.marks import Marks
from db.witness.station import Station
from monitor.entries import Entry
from monitor.errors import MonitorError

__all__ = ["FILE_NAME", "Listener", "Store"]

Listener = Callable[[Entry], None]


def _silent(_: Entry) -> None:
    """Tell nobody."""


class Terms(TypedDict, total=False):
    """How a record is opened; see `Store`."""

    publish: Listener
    wait_seconds: float
    station: Station | None


class Store(Reader):
    """Opens transactions on one record.

    Attributes:
        folder: Where the record lies.
        id: The record's identity, as its key file says it.
        publish: Called with each entry once it is kept; never with one that is not.
    """

    def __init__(
        self,
        folder: Path,
        keys: Keys,
        *,
        publish: Listener = _silent,
        wait_seconds: float = WAIT_SECONDS,
        station: Station | None = None,
    ) -> None:
        """Open the database; `Store.open` and `Store.create` bring the keys.

        Args:
            folder: Where the record lies.
            keys: As its slots hold them.
            publish: Called with each entry once it is kept.
            wait_seconds: How long to wait for another writer before `busy` is raised.
            station: Makes checkpoints and remembers heads; None for a record for practice.
        """
        self.folder = folder
        self.publish = publish
        self._station = station
        connections = Connections(folder / FILE_NAME, keys, wait_seconds)
        try:
            with connections.guarded():
                opening.prepare(connections.engine, folder, keys)
            with connections.reading() as sql:
                missing = guards_missing(sql)
            self.id = slots.read(folder).store
            marks = None if station is None else Marks.of(station, self.id)
            super().__init__(connections, Heads(connections, marks), guards_missing=missing)
            self._guards_missing = bool(missing)
        except MonitorError:
            connections.close()
            raise

    @classmethod
    def create(
        cls, folder: Path, passphrase: str, *, practice: bool = False, **terms: Unpack[Terms]
    ) -> Store:
        """Begin a new record in a folder and open it.

        For practice, the passphrase is kept beside the record, so that it opens for everyone.

        Raises:
            StorageError: `record-exists`, if there is one; it is not touched.
        """
        made = Keys.make()
        opening.make_record(folder, made, passphrase, practice=practice)
        return cls(folder, made, **terms)

    @classmethod
    def open(cls, folder: Path, passphrase: str | None = None, **terms: Unpack[Terms]) -> Store:
        """Open a record that is there; without a passphrase, try what needs no typing.

        Raises:
            StorageError: `no-record`, `wrong-key`, `newer-record`, `damaged`, `read-only`,
                `busy`, `disk-full`, `storage`, or `unreadable` for a database without a
                ledger in it.
        """
        keys = rekey.opened(folder, passphrase)
        opening.find_record(folder)
        return cls(folder, keys, **terms)

    @staticmethod
    def exists(folder: Path) -> bool:
        """Tell whether a folder holds a record, or a part of one."""
        return opening.record_exists(folder)

    @staticmethod
    def is_practice(folder: Path) -> bool:
        """Tell whether a record opens without a passphrase.

        Raises:
            StorageError: `no-record`, if there is none.
        """
        return slots.is_practice(folder)

    @property
    def station_key(self) -> str:
        """Return the public key under which checkpoints are made here; empty if none are."""
        return "" if self._station is None or self._station.visits else self._station.key

    def close(self) -> None:
        """Give back every connection; what is kept stays kept."""
        self._connections.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        """Run the body as one change: all of it is kept, or none.

        Raises:
            StorageError: If the database refuses. The change is undone, nothing is
                published, and the same may be tried again.
        """
        sealed = False
        with self._connections.writing() as sql:
            tx = SqlTransaction(sql, self.keys, guards_missing=self._guards_missing)
            yield tx
            if self._station is not None and self.station_key:
                sealed = checkpoints.attest(sql, self._station, tx.head, tx.written)
        if tx.written:
            self._guards_missing = False  # they were put back with the first entry
            self._heads.wrote(tx.head, tuple(tx.written), sealed=sealed)
        for entry in tx.written:
            self.publish(entry)

    def copy_into(self, path: Path) -> None:
        """Write the database as it stands now to a new file; others may go on writing.

        Raises:
            StorageError: If it cannot be written; then a part of it may be there.
        """
        with self._connections.using() as engine:
            engines.copy_into(engine, path)

    def rekey(self, change: Callable[[Keys], Keys]) -> None:
        """Stand alone with the record closed while its keys are replaced; then go on with them.

        Raises:
            StorageError: `busy`, if somebody here does not let go of the record in time.
        """
        self._connections.rekey(change)

    @property
    def _engine(self) -> Engine:
        return self._connections.engine
