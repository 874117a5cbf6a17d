"""Opens the encrypted database. Nothing else in the program knows that it is SQLite.

SQLCipher takes a malformed raw key for a passphrase, makes an empty file for a wrong path,
and answers both a wrong key and a foreign file with "not a database"; so the key is looked
at first, a path is only ever opened, and creation is a call of its own.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool
from sqlcipher3 import dbapi2 as driver

from monitor.errors import Code, StorageError

KEY_BYTES = 32
OLDEST_SQLITE = (3, 51, 3)
"""Before it, two connections could damage a WAL database (the WAL-reset bug)."""

READ_ONLY = "chairside_read_only"
"""Execution option of a connection that only looks."""

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


def open_engine(
    path: Path, key: bytes, *, wait_seconds: float = 10, create: bool = False
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
        raise StorageError(Code.STORAGE, cause="sqlite-too-old", found=driver.sqlite_version)
    if len(key) != KEY_BYTES:
        raise ValueError("the raw key must have 32 bytes")

    def connect() -> Any:  # noqa: ANN401 - the driver has no types
        return _connect(path, key, wait_seconds, "rwc" if create else "rw")

    engine = create_engine("sqlite://", module=driver, creator=connect, poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    return engine


def open_memory() -> Engine:
    """Return an engine on a new, empty database in memory, gone with the engine."""

    def connect() -> Any:  # noqa: ANN401 - the driver has no types
        return driver.connect(":memory:", isolation_level=None, check_same_thread=False)

    engine = create_engine("sqlite://", module=driver, creator=connect, poolclass=StaticPool)
    event.listen(engine, "begin", _begin)
    return engine


def prove_writable(sql: Connection) -> None:
    """Write something and undo it, since SQLite quietly opens read-only where it must.

    Raises:
        OperationalError: If nothing can be written.
    """
    with sql.begin() as probe:
        version = sql.exec_driver_sql("PRAGMA user_version").scalar()
        sql.exec_driver_sql(f"PRAGMA user_version={version}")
        probe.rollback()


def damage(engine: Engine) -> list[str]:
    """Return what the database says of damage to its own file; nothing if it is sound."""
    raw = engine.raw_connection()  # outside a transaction: a checkpoint must come first
    said: list[str] = []
    try:
        for question in ("wal_checkpoint(TRUNCATE)", "cipher_integrity_check", "integrity_check"):
            answers = raw.cursor().execute(f"PRAGMA {question}").fetchall()
            said += [str(row[0]) for row in answers if len(row) == 1 and row[0] != "ok"]
    except driver.Error as error:
        said.append(str(error))
    finally:
        raw.close()
    return said


def triggers(sql: Connection) -> dict[str, str]:
    """Return the triggers that the database holds, with their text."""
    rows = sql.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {str(name): str(text) for name, text in rows}


def _connect(path: Path, key: bytes, wait_seconds: float, mode: str) -> Any:  # noqa: ANN401
    address = f"{path.absolute().as_uri()}?mode={mode}"
    made = driver.connect(
        address, uri=True, isolation_level=None, check_same_thread=False, timeout=wait_seconds
    )
    try:
        made.execute("PRAGMA cipher_log_level=NONE").close()
        made.set_key(f"x'{key.hex()}'")  # not as SQL: a trace would show it
        made.execute("SELECT count(*) FROM sqlite_master").close()
        for setting in (*_SETTINGS, *(_MACOS_SETTINGS if sys.platform == "darwin" else ())):
            made.execute(f"PRAGMA {setting}").close()
    except driver.Error:
        made.close()
        raise
    return made


def _begin(sql: Connection) -> None:
    """Take the writer's place at once: one who reads first and then writes may be refused."""
    looks = sql.get_execution_options().get(READ_ONLY, False)
    sql.exec_driver_sql("BEGIN" if looks else "BEGIN IMMEDIATE")
