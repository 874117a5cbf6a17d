"""Records as they were written under each schema there was: all of them still open."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, Row

from db.engine import GUARDS, open_engine, triggers
from db.locks import slots
from db.opening import BEFORE
from db.store import FILE_NAME, Store
from db.upgrade import NEWEST, row_counts, schema_version, upgrade
from monitor.errors import Code, StorageError
from monitor.ledger import Head
from tests.architecture.house import ROOT

STORES = ROOT / "tests" / "data" / "stores"
HEADS = {
    "0001": Head(33, "5b3e9304d9da9f744abcb3679f00cdb6bfa8626dd35634fe8074cce3c2f066e9"),
    "0002": Head(35, "7254b52c0e87d7396162bfc1e553d4d13b6bd7ab50486b762e0fdd91eb9214d1"),
    "0003": Head(41, "c6192cd9648f6bc25e64d97bc779b2d05f3b9471dede6a3cf6df4089a13b4df9"),
}
"""The last line of each sample, written down here so that none is exchanged unseen."""

SCHEMAS = sorted(HEADS)
OLDER = [schema for schema in SCHEMAS if schema != NEWEST]
LINES = (
    "SELECT seq, uid, stream, n, kind, key_id, body, prev_hash, hash, mac_key, mac"
    " FROM ledger ORDER BY seq"
)


@dataclass(frozen=True)
class Found:
    """What stands in a database, told apart from what a migration adds."""

    version: str
    lines: list[Row[Any]]
    rows: dict[str, int]
    guards: dict[str, str]


@pytest.fixture
def folder(tmp_path: Path, schema: str) -> Path:
    return shutil.copytree(STORES / schema, tmp_path / "record")


@pytest.fixture
def engine(folder: Path) -> Iterator[Engine]:
    made = open_engine(folder / FILE_NAME, slots.unlock(folder, None).data)
    yield made
    made.dispose()


def found_in(engine: Engine) -> Found:
    version = schema_version(engine)
    with engine.begin() as sql:
        lines = list(sql.exec_driver_sql(LINES).all())
        return Found(version, lines, row_counts(sql), triggers(sql))


def downgrade(engine: Engine, version: str) -> None:
    with engine.begin() as sql:
        config = Config()
        config.set_main_option("script_location", "db:migrations")
        config.attributes["connection"] = sql
        command.downgrade(config, version)


def test_that_each_schema_has_its_sample() -> None:
    config = Config()
    config.set_main_option("script_location", "db:migrations")
    written = ScriptDirectory.from_config(config).walk_revisions()
    assert sorted(script.revision for script in written) == SCHEMAS
    assert sorted(path.name for path in STORES.iterdir() if path.is_dir()) == SCHEMAS
    assert NEWEST in SCHEMAS


@pytest.mark.parametrize("schema", SCHEMAS)
def test_that_a_sample_is_of_its_schema(engine: Engine, schema: str) -> None:
    assert found_in(engine).version == schema


@pytest.mark.parametrize("schema", SCHEMAS)
def test_that_an_old_record_opens_with_every_entry_as_it_was(
    engine: Engine, folder: Path, schema: str
) -> None:
    before = found_in(engine)
    engine.dispose()
    store = Store.open(folder)
    after = found_in(store._engine)
    assert after.version == NEWEST
    assert after.guards == GUARDS
    assert after.lines == before.lines
    assert {name: after.rows[name] for name in before.rows} == before.rows
    assert store.head() == HEADS[schema]
    report = store.check()
    assert report.findings == ()
    assert report.entries == HEADS[schema].seq
    with store.transaction() as tx:
        (header,) = tx.sessions(status="co-signed")
        assert tx.session(header.session_id).entries
        assert tx.report(header.session_id) is not None
    store.close()


@pytest.mark.parametrize("schema", OLDER)
def test_that_an_old_record_is_kept_as_it_was_beside_the_new_one(
    engine: Engine, folder: Path, schema: str
) -> None:
    before = found_in(engine)
    engine.dispose()
    Store.open(folder).close()
    assert {path.name for path in (folder / BEFORE).iterdir()} == {FILE_NAME, slots.FILE_NAME}
    slot_file = (STORES / schema / slots.FILE_NAME).read_bytes()
    assert (folder / BEFORE / slots.FILE_NAME).read_bytes() == slot_file
    keys = slots.unlock(folder / BEFORE, None)
    copy = open_engine(folder / BEFORE / FILE_NAME, keys.data)
    assert found_in(copy) == before
    copy.dispose()
    assert {path.stat().st_mode & 0o777 for path in (folder / BEFORE).iterdir()} == {0o600}


@pytest.mark.parametrize("schema", OLDER)
def test_that_what_an_earlier_try_left_is_swept(folder: Path) -> None:
    (folder / f"{BEFORE}.abc.new").mkdir()
    (folder / BEFORE).mkdir()
    (folder / BEFORE / FILE_NAME).write_bytes(b"of another day")
    Store.open(folder).close()
    assert not list(folder.glob("*.new"))
    assert (folder / BEFORE / FILE_NAME).stat().st_size > 1000


@pytest.mark.parametrize("schema", OLDER)
def test_that_a_record_that_cannot_be_copied_is_not_touched(
    engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = found_in(engine)

    def refuse(*_: object) -> None:
        raise OSError(28, "no space left")

    with monkeypatch.context() as patch:
        patch.setattr("db.opening.sync_file", refuse)
        with pytest.raises(StorageError) as caught:
            Store.open(folder)
    assert caught.value.code is Code.DISK_FULL
    assert found_in(engine) == before
    assert not list(folder.glob(f"{BEFORE}*"))


@pytest.mark.parametrize("schema", OLDER)
def test_that_a_copy_that_is_not_the_same_is_not_built_upon(
    engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = found_in(engine)
    counted = iter([{"ledger": 1}, {"ledger": 2}])
    with monkeypatch.context() as patch:
        patch.setattr("db.opening.row_counts", lambda _: next(counted))
        with pytest.raises(StorageError):
            Store.open(folder)
    assert found_in(engine) == before


@pytest.mark.parametrize("schema", OLDER)
def test_that_up_down_and_up_again_leaves_every_line_as_it_was(engine: Engine, schema: str) -> None:
    before = found_in(engine)
    upgrade(engine)
    up = found_in(engine)
    downgrade(engine, schema)
    down = found_in(engine)
    upgrade(engine)
    assert down == before
    assert found_in(engine) == up
    assert up.lines == before.lines


@pytest.mark.parametrize("schema", SCHEMAS)
def test_that_a_newer_record_is_refused_and_not_touched(engine: Engine, folder: Path) -> None:
    with engine.begin() as sql:
        sql.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    before = found_in(engine)
    with pytest.raises(StorageError) as caught:
        Store.open(folder)
    assert caught.value.code is Code.NEWER_RECORD
    assert found_in(engine) == before
    assert not (folder / BEFORE).exists()
