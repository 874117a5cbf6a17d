"""Opens the encrypted database. Nothing else in the program knows that it is SQLite.

SQLCipher takes a malformed raw key for a passphrase, makes an empty file for a wrong path,
and answers both a wrong key and a foreign file with "not a database"; so the key is looked
at first, a path is only ever opened, and creation is a call of its own.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, create_engine, event, func
from sqlalchemy.exc import DBAPIError, DisconnectionError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool, StaticPool
from sqlcipher3 import dbapi2 as driver

from db.footing import Footing
from monitor.errors import Code, StorageError

KEY_BYTES = 32
OLDEST_SQLITE = (3, 51, 3)
"""Before it, two connections could damage a WAL database (the WAL-reset bug)."""

READ_ONLY = "chairside_read_only"
"""Execution option of a connection that only looks."""

_FOOTING = "chairside_footing"
"""What a connection remembers of its files."""

_BARE = "chairside_bare"
"""Execution option of a connection whose statements stand in no transaction."""

WAIT_SECONDS = 3.0
"""How long a writer waits for another one; the window stands still meanwhile."""

_SETTINGS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # with WAL: a commit that was acknowledged survives a power cut
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "secure_delete=ON",
    "temp_store=MEMORY",  # nothing of a record in temporary files
    "recursive_triggers=ON",
    "mmap_size=0",
)
_MACOS_SETTINGS = ("fullfsync=ON", "checkpoint_fullfsync=ON")

_CODES = {
    "SQLITE_FULL": Code.DISK_FULL,
    "SQLITE_BUSY": Code.BUSY,
    "SQLITE_LOCKED": Code.BUSY,
    "SQLITE_NOTADB": Code.DAMAGED,  # its key is known by then: a slot has given it
    "SQLITE_CORRUPT": Code.DAMAGED,
    "SQLITE_READONLY": Code.READ_ONLY,
    "SQLITE_PERM": Code.READ_ONLY,
    "SQLITE_CANTOPEN": Code.NO_RECORD,
}

GUARDS = {
    "ledger_in_order": (
        "CREATE TRIGGER ledger_in_order BEFORE INSERT ON ledger WHEN"
        " NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM ledger)"
        " OR NEW.prev_hash <>"
        " coalesce((SELECT hash FROM ledger ORDER BY seq DESC LIMIT 1), zeroblob(32))"
        " OR NEW.n <> (SELECT coalesce(max(n), 0) + 1 FROM ledger WHERE stream = NEW.stream)"
        " OR EXISTS (SELECT 1 FROM ledger WHERE seq = NEW.seq OR uid = NEW.uid"
        " OR hash = NEW.hash) "
        "BEGIN SELECT raise(ABORT, 'the ledger only grows, line by line'); END"
    ),
    "ledger_no_update": (
        "CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger "
        "BEGIN SELECT raise(ABORT, 'the ledger is never changed'); END"
    ),
    "ledger_no_delete": (
        "CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger "
        "BEGIN SELECT raise(ABORT, 'the ledger is never cut'); END"
    ),
    "ledger_signed": (
        "CREATE TRIGGER ledger_signed BEFORE INSERT ON ledger WHEN"
        " NEW.kind <> 'addendum' AND NEW.stream LIKE 'session/%'"
        " AND EXISTS (SELECT 1 FROM ledger WHERE stream = NEW.stream AND kind = 'co-signed') "
        "BEGIN SELECT raise(ABORT, 'a co-signed session takes addenda only'); END"
    ),
    "checkpoints_once": (
        "CREATE TRIGGER checkpoints_once BEFORE INSERT ON checkpoints WHEN"
        " NEW.seq <= (SELECT coalesce(max(seq), 0) FROM checkpoints) "
        "BEGIN SELECT raise(ABORT, 'checkpoints only grow, one after the other'); END"
    ),
    "checkpoints_no_update": (
        "CREATE TRIGGER checkpoints_no_update BEFORE UPDATE ON checkpoints "
        "BEGIN SELECT raise(ABORT, 'a checkpoint is never changed'); END"
    ),
    "checkpoints_no_delete": (
        "CREATE TRIGGER checkpoints_no_delete BEFORE DELETE ON checkpoints "
        "BEGIN SELECT raise(ABORT, 'a checkpoint is never removed'); END"
    ),
    "files_once": (
        "CREATE TRIGGER files_once BEFORE INSERT ON files WHEN"
        " EXISTS (SELECT 1 FROM files WHERE sha256 = NEW.sha256) "
        "BEGIN SELECT raise(ABORT, 'a file is kept once'); END"
    ),
    "files_no_update": (
        "CREATE TRIGGER files_no_update BEFORE UPDATE ON files "
        "BEGIN SELECT raise(ABORT, 'a kept file is never changed'); END"
    ),
    "files_no_delete": (
        "CREATE TRIGGER files_no_delete BEFORE DELETE ON files "
        "BEGIN SELECT raise(ABORT, 'a kept file is never removed'); END"
    ),
}
"""The guards of what is append-only, as the database must hold them, word for word."""


def open_engine(
    path: Path, key: bytes, *, wait_seconds: float = WAIT_SECONDS, create: bool = False
) -> Engine:
    """Return an engine on the encrypted file; the first connection checks the key.

    Args:
        path: The database file.
        key: 32 random bytes, used as they are.
        wait_seconds: How long a writer waits for another one to finish.
        create: Make the file; otherwise it must be there.

    Raises:
        StorageError: `storage`, if the SQLite at hand is too old to be trusted.
    """
    if driver.sqlite_version_info < OLDEST_SQLITE:
        raise StorageError(Code.STORAGE, cause="database-too-old", found=driver.sqlite_version)

    def connect() -> Any:  # noqa: ANN401 - the driver has no types
        return _connect(path, key, wait_seconds, "rwc" if create else "rw")

    _checked(key)

    def stand(_: object, record: ConnectionPoolEntry) -> None:
        record.info[_FOOTING] = Footing(path, path.with_name(f"{path.name}-wal"))

    engine = create_engine("sqlite://", module=driver, creator=connect, poolclass=QueuePool)
    event.listen(engine, "connect", stand)
    event.listen(engine, "begin", _begin)
    return engine


def open_memory() -> Engine:
    """Return an engine on a new, empty database in memory, gone with the engine."""

    def connect() -> Any:  # noqa: ANN401 - the driver has no types
        return driver.connect(":memory:", isolation_level=None, check_same_thread=False)

    engine = create_engine("sqlite://", module=driver, creator=connect, poolclass=StaticPool)
    event.listen(engine, "begin", _begin)
    return engine


def opens(path: Path, key: bytes) -> bool:
    """Tell whether a key opens a database.

    Returns:
        False for another database's key, and where the file is damaged at its very beginning.

    Raises:
        SQLAlchemyError: If it cannot be read at all.
    """
    engine = open_engine(path, key)
    try:
        engine.connect().close()
    except SQLAlchemyError as error:
        if engine_name(error) != "SQLITE_NOTADB":
            raise
        return False
    finally:
        engine.dispose()
    return True


def rekey(path: Path, old: bytes, new: bytes) -> None:
    """Encrypt a database under a new key, in one transaction; only one key ever opens it.

    Nobody else may have it open meanwhile: they would go on with the old key.

    Raises:
        StorageError: `busy` if anyone has it open; then the old key opens it as before. After
            any other one either key may: the log could not be emptied, or nothing was done.
    """
    in_use = True
    try:
        made = _connect(path, old, WAIT_SECONDS, "rw", alone=True)
        try:
            made.reset_key(_checked(new))
            in_use = False
            made.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()  # no page under the old key
        finally:
            made.close()
    except driver.Error as error:
        name = str(getattr(error, "sqlite_errorname", ""))
        code = _code(name)
        if code is Code.BUSY and not in_use:  # it never says that it failed; what comes next does
            code = Code.STORAGE
        raise StorageError(code, cause=name) from error


def copy_into(engine: Engine, path: Path) -> None:
    """Write the database as it stands now to a new file, under the same key.

    Others may go on writing meanwhile. The file is whole and on the disk when this returns;
    its folder's entry is not.
    """
    with _bare(engine) as sql:
        sql.exec_driver_sql("VACUUM INTO ?", (str(path),))


def bring_home(engine: Engine) -> None:
    """Bring all that stands in the log into the one file; what the disk refuses is raised."""
    with _bare(engine) as sql:
        sql.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def prove_writable(sql: Connection) -> None:
    """Write something and undo it, since SQLite quietly opens read-only where it must.

    Raises:
        OperationalError: If nothing can be written.
    """
    with sql.begin() as probe:
        version = sql.exec_driver_sql("PRAGMA user_version").scalar()
        sql.exec_driver_sql(f"PRAGMA user_version={version}")
        probe.rollback()


_COPY_LOG = "PRAGMA wal_checkpoint(PASSIVE)"
"""Copies what it can; unlike the other ways it waits for nobody, and nobody waits for it."""

_IN_THE_WAY = frozenset({Code.BUSY, Code.DISK_FULL, Code.READ_ONLY})


def damage(engine: Engine) -> list[str]:
    """Return what the database says of damage to its own file; nothing if it is sound.

    Raises:
        DBAPIError: If the disk or another writer is in the way: that tells nothing of the file.
    """
    said: list[str] = []
    try:
        with _bare(engine) as sql:
            # A power cut while the log was copied leaves pages that are whole in the log only.
            sql.exec_driver_sql(_COPY_LOG)
            if _answers(sql, "cipher_integrity_check"):  # or was it just being written?
                sql.exec_driver_sql(_COPY_LOG)
                sql.exec_driver_sql("BEGIN IMMEDIATE")
                said += _answers(sql, "cipher_integrity_check")
                sql.exec_driver_sql("ROLLBACK")
            said += _answers(sql, "integrity_check")
    except DBAPIError as error:
        if complaint(error)[0] in _IN_THE_WAY or engine_name(error).startswith("SQLITE_IOERR"):
            raise
        said.append(str(error.orig))
    return said


def insist_on_place(sql: Connection) -> None:
    """Refuse to go on with files that lie in their place no more: what they take is lost.

    Raises:
        DisconnectionError: If one was moved, replaced or removed.
    """
    footing: Footing | None = sql.info.get(_FOOTING)
    if footing is not None and not footing.holds():
        raise DisconnectionError


def triggers(sql: Connection) -> dict[str, str]:
    """Return the triggers that the database holds, with their text."""
    rows = sql.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {str(name): str(text) for name, text in rows}


def set_foreign_keys(sql: Connection, *, on: bool) -> None:
    """Have references between tables checked or not; inside a transaction it changes nothing."""
    cursor = sql.connection.cursor()  # the driver's own: not part of a transaction
    cursor.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
    cursor.close()


def loose_ends(sql: Connection) -> int:
    """Count the rows that point to one which is not there."""
    return len(sql.exec_driver_sql("PRAGMA foreign_key_check").fetchall())


def holds(text: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """Return the condition that a text holds a word, case and all."""
    return func.instr(text, word) > 0


def complaint(error: SQLAlchemyError) -> tuple[Code, str]:
    """Return what the database complains of: our code, and its own name for it."""
    if isinstance(error, DisconnectionError):
        return Code.STORAGE, "record-moved"
    name = engine_name(error)
    return _code(name), name


def engine_name(error: SQLAlchemyError) -> str:
    """Return the database's own name for an error, "SQLITE_FULL" or so; empty if it has none."""
    if not isinstance(error, DBAPIError):
        return ""
    return str(getattr(error.orig, "sqlite_errorname", ""))


class Watch:
    """Sees whether any other connection has committed, at the cost of a look at shared memory.

    It keeps a connection of its own, outside the pool, since what it compares is counted for
    each connection apart.
    """

    def __init__(self, engine: Engine) -> None:
        self._sql = engine.execution_options(**{_BARE: True}).connect()
        self._sql.detach()
        self._seen: int | None = None

    def moved(self) -> bool:
        """Tell whether someone committed since the last look; True at the first one."""
        found = self._sql.exec_driver_sql("PRAGMA data_version").scalar_one()
        before, self._seen = self._seen, int(found)
        return self._seen != before

    def close(self) -> None:
        """Give the connection back."""
        self._sql.close()


def _connect(path: Path, key: bytes, wait_seconds: float, mode: str, *, alone: bool = False) -> Any:  # noqa: ANN401 - the driver has no types
    address = f"{path.absolute().as_uri()}?mode={mode}"
    made = driver.connect(
        address, uri=True, isolation_level=None, check_same_thread=False, timeout=wait_seconds
    )
    try:
        made.execute("PRAGMA cipher_log_level=NONE").close()
        made.set_key(_checked(key))  # not as SQL: a trace would show it
        if alone:  # before the first look, or those who are in already would not be seen
            made.execute("PRAGMA locking_mode=EXCLUSIVE").close()
        made.execute("SELECT count(*) FROM sqlite_master").close()
        for setting in (*_SETTINGS, *(_MACOS_SETTINGS if sys.platform == "darwin" else ())):
            made.execute(f"PRAGMA {setting}").close()
    except driver.Error:
        made.close()
        raise
    return made


def put_guards_back(sql: Connection) -> tuple[str, ...]:
    """Make anew the guards that are gone or altered; return their names.

    Args:
        sql: In a transaction.
    """
    held = triggers(sql)
    names = tuple(name for name, text in GUARDS.items() if held.get(name) != text)
    for name in names:
        sql.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        sql.exec_driver_sql(GUARDS[name])
    return names


def _checked(key: bytes) -> str:
    """Return a raw key as SQLCipher takes it; anything malformed it would take for a passphrase."""
    if len(key) != KEY_BYTES:
        raise ValueError("the raw key must have 32 bytes")
    return f"x'{key.hex()}'"


def _begin(sql: Connection) -> None:
    """Take the writer's place at once: one who reads first and then writes may be refused."""
    insist_on_place(sql)
    how = sql.get_execution_options()
    if not how.get(_BARE, False):
        sql.exec_driver_sql("BEGIN" if how.get(READ_ONLY, False) else "BEGIN IMMEDIATE")


@contextlib.contextmanager
def _bare(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose statements each stand for themselves."""
    with engine.execution_options(**{_BARE: True}).connect() as sql:
        yield sql


def _answers(sql: Connection, question: str) -> list[str]:
    """Return what the database says to a question about itself, "ok" left out."""
    said = (str(row[0]) for row in sql.exec_driver_sql(f"PRAGMA {question}"))
    return [line for line in said if line != "ok"]


def _code(name: str) -> Code:
    return _CODES.get("_".join(name.split("_")[:2]), Code.STORAGE)
