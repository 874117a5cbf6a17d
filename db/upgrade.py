"""Brings a database up to the schema this program was built for.

Alembic is loaded only where there is something to do: it costs a fifth of a second.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Engine, func, inspect, select, table, text

from db import stock_table
from db.engine import loose_ends, set_foreign_keys
from monitor.errors import Code, IntegrityError, StorageError

NEWEST = "0003"
"""The last migration, as its file is numbered; a test holds this to the files."""

STOCK_SINCE = "0003"
"""Since this one the database has a table of what the cupboard's lots went through."""


_VERSION_TABLE = "alembic_version"


def schema_version(engine: Engine) -> str:
    """Return the number of the last migration that the database has seen, empty if none."""
    with engine.connect() as sql:
        if not inspect(sql).has_table(_VERSION_TABLE):
            return ""
        return str(sql.scalar(text(f"SELECT version_num FROM {_VERSION_TABLE}")) or "")  # noqa: S608


def upgrade(engine: Engine, *, copy_first: Callable[[], None] | None = None) -> None:
    """Run every migration the database has not seen yet, all of them or none.

    Args:
        engine: On the database.
        copy_first: Makes a copy to go back to; called only if something will change.

    Raises:
        StorageError: `newer-record`, if a later program has written in it.
        IntegrityError: `broken-chain`, if a migration would leave loose ends or lose a row of
            any table that it leaves; nothing is changed.
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
        set_foreign_keys(sql, on=False)
        try:
            with sql.begin():
                before = row_counts(sql)
                _migrate(sql)
                if found < STOCK_SINCE:
                    stock_table.fill(sql)
                after = row_counts(sql)
                kept = all(after.get(name, count) == count for name, count in before.items())
                if loose_ends(sql) or not kept:
                    raise IntegrityError(Code.BROKEN_CHAIN)
        finally:
            set_foreign_keys(sql, on=True)


def _migrate(sql: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "db:migrations")
    config.attributes["connection"] = sql
    command.upgrade(config, "head")


def row_counts(sql: Connection) -> dict[str, int]:
    """Return how many rows each table holds, the ledger's and all others."""
    names = [name for name in inspect(sql).get_table_names() if name != _VERSION_TABLE]
    return {
        name: int(sql.scalar(select(func.count()).select_from(table(name))) or 0) for name in names
    }
