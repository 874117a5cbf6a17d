"""Brings a database up to the schema this program was built for.

Alembic is loaded only where there is something to do: it costs a fifth of a second.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Engine, inspect, text

from monitor.errors import Code, IntegrityError, StorageError

NEWEST = "0002"
"""The last migration, as its file is numbered; a test holds this to the files."""


def schema_version(engine: Engine) -> str:
    """Return the number of the last migration that the database has seen, empty if none."""
    with engine.connect() as sql:
        if not inspect(sql).has_table("alembic_version"):
            return ""
        return str(sql.scalar(text("SELECT version_num FROM alembic_version")) or "")


def upgrade(engine: Engine, *, copy_first: Callable[[], None] | None = None) -> None:
    """Run every migration the database has not seen yet, all of them or none.

    Args:
        engine: On the database.
        copy_first: Makes a copy to go back to; called only if something will change.

    Raises:
        StorageError: `newer-record`, if a later program has written in it.
        IntegrityError: `broken-chain`, if a migration would leave loose ends or lose a
            line of the ledger; nothing is changed.
    """
    found = schema_version(engine)
    if found == NEWEST:
        return
    if found > NEWEST:  # numbered in four digits, so that text sorts as numbers do
        raise StorageError(Code.NEWER_RECORD)
    if found and copy_first is not None:
        copy_first()
    with engine.connect() as sql:
        # Rebuilding a table would empty those that point to it, and inside a
        # transaction this setting changes nothing.
        _set_foreign_keys(sql, on=False)
        try:
            with sql.begin():
                before = _count_lines(sql)
                _migrate(sql)
                if _loose_ends(sql) or _count_lines(sql) != before:
                    raise IntegrityError(Code.BROKEN_CHAIN)
        finally:
            _set_foreign_keys(sql, on=True)


def _migrate(sql: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "db:migrations")
    config.attributes["connection"] = sql
    command.upgrade(config, "head")


def _set_foreign_keys(sql: Connection, *, on: bool) -> None:
    cursor = sql.connection.cursor()  # the driver's own: not part of a transaction
    cursor.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
    cursor.close()


def _loose_ends(sql: Connection) -> int:
    return len(sql.exec_driver_sql("PRAGMA foreign_key_check").fetchall())


def _count_lines(sql: Connection) -> int:
    if not inspect(sql).has_table("ledger"):
        return 0
    return int(sql.scalar(text("SELECT count(*) FROM ledger")) or 0)
