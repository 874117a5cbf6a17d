"""The migrations and the schema must tell the same story."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from db import schema
from db.engine import open_memory, triggers
from db.upgrade import NEWEST, schema_version, upgrade
from monitor.errors import Code, IntegrityError, StorageError


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = open_memory()
    yield made
    made.dispose()


def alembic(sql: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", "db:migrations")
    config.attributes["connection"] = sql
    return config


def test_that_up_down_and_up_again_ends_at_the_declared_schema(engine: Engine) -> None:
    with engine.begin() as sql:
        config = alembic(sql)
        command.upgrade(config, "head")
        command.downgrade(config, "base")
        assert set(inspect(sql).get_table_names()) == {"alembic_version"}
        assert triggers(sql) == {}
        command.upgrade(config, "head")
        command.check(config)  # no migration is missing


def test_that_the_guards_are_the_declared_ones(engine: Engine) -> None:
    upgrade(engine)
    with engine.begin() as sql:
        assert triggers(sql) == schema.TRIGGERS


def test_that_the_newest_version_is_the_last_migration(engine: Engine) -> None:
    assert ScriptDirectory.from_config(alembic()).get_heads() == [NEWEST]
    assert schema_version(engine) == ""
    upgrade(engine)
    assert schema_version(engine) == NEWEST


def test_that_a_failing_migration_leaves_nothing_behind(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.upgrade._loose_ends", lambda _: 1)
    with pytest.raises(IntegrityError):
        upgrade(engine)
    with engine.begin() as sql:
        assert inspect(sql).get_table_names() == []
        assert sql.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_that_a_copy_is_made_before_an_old_record_is_changed(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies: list[str] = []

    def copy() -> None:
        copies.append(schema_version(engine))

    upgrade(engine, copy_first=copy)  # a new record: nothing to copy
    upgrade(engine, copy_first=copy)  # nothing to do
    assert copies == []
    monkeypatch.setattr("db.upgrade.NEWEST", "0002")
    upgrade(engine, copy_first=copy)
    assert copies == ["0001"]


def test_that_a_record_of_a_later_program_is_not_touched(engine: Engine) -> None:
    upgrade(engine)
    with engine.begin() as sql:
        sql.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    with pytest.raises(StorageError) as caught:
        upgrade(engine)
    assert caught.value.code is Code.NEWER_RECORD


def test_that_opening_a_record_of_today_does_not_load_alembic(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from db.store import Store;"
        "folder = Path(sys.argv[1]);"
        "Store.open(folder).close() if sys.argv[2] == 'open' else"
        " Store.create(folder, 'x', practice=True).close();"
        "print('alembic' in sys.modules)"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", script, tmp_path / "record", how],
            check=True,
            capture_output=True,
            encoding="utf-8",
        ).stdout.strip()
        for how in ("create", "open")
    ]
    assert said == ["True", "False"]
