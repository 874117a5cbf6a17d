"""The connections to one record's database, and what happens when one of them fails."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DisconnectionError, SQLAlchemyError

from db import engine as engines
from db.engine import READ_ONLY, Watch, open_engine
from db.failures import storage_error
from db.locks.keys import Keys
from db.turnstile import Turnstile
from monitor.errors import Code, StorageError


class Connections:
    """Opens connections as they are needed, and all of them anew after a failure.

    Attributes:
        keys: What opens the database.
        engine: On the database.
    """

    def __init__(self, place: Path, keys: Keys, wait_seconds: float) -> None:
        """Open nothing yet.

        Args:
            place: The database file.
            keys: The record's.
            wait_seconds: How long to wait for another writer before `busy` is raised.
        """
        self.keys = keys
        self._place = place
        self._wait_seconds = wait_seconds
        self._turnstile = Turnstile()
        self._watch: Watch | None = None
        self._looking = threading.Lock()
        self.engine = self._opened()

    def close(self) -> None:
        """Give every connection back."""
        with self._looking:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        self.engine.dispose()

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Run the body in a transaction that takes the writer's place at once.

        Raises:
            StorageError: If the database refuses; then nothing of it is kept.
        """
        with self._turnstile.passing(), self.guarded():
            self._hold()
            with self.engine.connect() as sql:
                with sql.begin():
                    yield sql
                engines.insist_on_place(sql)  # or it was kept where nobody finds it

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Look at one state of the record while others may go on writing.

        Raises:
            StorageError: If the database refuses.
        """
        with self._turnstile.passing(), self.guarded():
            looking = self.engine.execution_options(**{READ_ONLY: True})
            with looking.begin() as sql:
                yield sql

    @contextlib.contextmanager
    def using(self) -> Iterator[Engine]:
        """Give the engine itself, for what is no transaction.

        Raises:
            StorageError: If the database refuses.
        """
        with self._turnstile.passing(), self.guarded():
            yield self.engine

    @contextlib.contextmanager
    def guarded(self) -> Iterator[None]:
        """Say in our own codes what the database complains of, and start afresh after it."""
        try:
            yield
        except SQLAlchemyError as error:
            failure = storage_error(error, self._place)
            if failure.code is Code.NO_RECORD or isinstance(error, DisconnectionError):
                self.close()  # its files are gone from their place
            elif failure.code is not Code.BUSY:
                self.engine.dispose()  # after an I/O error no connection is to be trusted
            if failure.code is Code.NO_RECORD:  # it was there when it was opened
                failure = StorageError(Code.STORAGE, cause="record-moved")
            raise failure from error

    def moved(self) -> bool:
        """Tell whether any connection but the one that looks committed since the last look.

        Raises:
            StorageError: If the database refuses.
        """
        with self.using() as engine, self._looking:
            self._watch = self._watch or Watch(engine)
            return self._watch.moved()

    def _hold(self) -> None:
        """Keep one connection open that never writes, whatever becomes of those that do.

        A commit whose sync failed is undone, but still stands in the log. Only as long as
        somebody has the database open is it known that the log ends before it: the first to
        open it anew would take it for kept, though it was refused.
        """
        with self._looking:
            self._watch = self._watch or Watch(self.engine)

    def damage(self) -> list[str]:
        """Return what the database says of damage to its own file; nothing if it is sound."""
        with self.using() as engine:
            return engines.damage(engine)

    def rekey(self, change: Callable[[Keys], Keys]) -> None:
        """Stand alone with every connection given back while the keys are replaced.

        Whoever needs the record meanwhile waits.

        Args:
            change: Gives the record other keys and returns them.

        Raises:
            StorageError: `busy`, if it stays in use.
        """
        with self._turnstile.alone(self._wait_seconds):
            self.close()
            try:
                self.keys = change(self.keys)
            finally:
                self.engine = self._opened()

    def _opened(self) -> Engine:
        return open_engine(self._place, self.keys.data, wait_seconds=self._wait_seconds)
