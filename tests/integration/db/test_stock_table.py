"""The table of stock: what entries say about lots, also in a record from before there was one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from db import codec
from db.checking.derived import Rebuilt
from db.checking.walk import Gathered
from db.store import Store
from monitor.entries import Entry, Exported, Inventory, StockCounted, StockMove, WasteOf
from monitor.stock_lines import StockLine, stock_lines
from tests.fakes.cupboard import Cupboard
from tests.fakes.store import FakeStore
from tests.integration.db.scribe import PRESCRIBER, Scribe, practice_store
from tests.integration.db.test_contract import AnyStore, write


def as_before(engine: Engine, *statements: str) -> None:
    """Bring a record down to the schema that knew no stock."""
    with engine.begin() as sql:
        config = Config()
        config.set_main_option("script_location", "db:migrations")
        config.attributes["connection"] = sql
        command.downgrade(config, "0002")
        for statement in statements:
            sql.exec_driver_sql(statement)


@pytest.fixture
def entries() -> list[Entry]:
    """A visit in which devices were given, before products had ids."""
    scribe, cupboard = Scribe(), Cupboard()
    cupboard.device(product="")
    cupboard.device(product="")
    begun = [*scribe.founding(), scribe.opened()]
    return [*begun, *(scribe.entry("session/s-1", entry.what) for entry in cupboard.entries)]


@pytest.fixture(params=["real", "fake"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AnyStore]:
    if request.param == "fake":
        yield FakeStore()
        return
    real = practice_store(tmp_path / "record")
    yield real
    assert real.check().findings == ()
    real.close()


def lines_in(store: Store) -> tuple[StockLine, ...]:
    with store.looking() as tx:
        return tx.stock_lines()


def test_that_what_happened_to_the_cupboard_is_told_line_by_line(
    any_store: AnyStore,
) -> None:
    scribe, cupboard = Scribe(), Cupboard()
    taken = cupboard.prepared("35", lot="A7", session="s-1")
    cupboard.prepared("35", session="s-1", amends=taken.uid, reason="misread")
    cupboard.kept("465", session="s-1")
    cupboard.wasted("10.5", WasteOf.MIXTURE, session="s-1")
    cupboard.device(lot="E1")
    counted = cupboard.counted("5", "2500", inventory="opening").what
    assert isinstance(counted, StockCounted)
    many = StockCounted(Inventory.SPOT, counted.lots * 11, PRESCRIBER)
    cupboard.write("register", many, reason="one is missing")
    cupboard.moved(StockMove.DESTROYED, "1", "500", reason="broken")
    made = [scribe.entry(e.stream, e.what, reason=e.reason) for e in cupboard.entries]
    made[1] = replace(made[1], amends=made[0].uid)
    write(any_store, *scribe.founding(), *made)
    lines = [line for entry in made for line in stock_lines(entry)]
    assert len(lines) == 18
    with any_store.transaction() as tx:
        assert tx.stock_lines() == tuple(lines)


def test_that_a_record_without_stock_tells_of_none(any_store: AnyStore) -> None:
    scribe = Scribe()
    write(any_store, *scribe.founding(), scribe.opened(), scribe.measured())
    with any_store.transaction() as tx:
        assert tx.stock_lines() == ()


def test_that_an_old_records_devices_are_in_the_register(
    tmp_path: Path, entries: list[Entry]
) -> None:
    store = practice_store(tmp_path / "record")
    with store.transaction() as tx:
        tx.append(entries)
    before = lines_in(store)
    assert len(before) == 2
    as_before(store._engine)
    store.close()
    store = Store.open(tmp_path / "record")
    assert lines_in(store) == before
    assert store.check().findings == ()
    store.close()


def test_that_a_line_that_cannot_be_read_keeps_no_record_from_opening(
    tmp_path: Path, entries: list[Entry]
) -> None:
    store = practice_store(tmp_path / "record")
    with store.transaction() as tx:
        tx.append(entries)
    as_before(
        store._engine,
        "DROP TRIGGER ledger_no_update",
        "UPDATE ledger SET body = CAST('{}' AS BLOB)"
        " WHERE seq = (SELECT max(seq) FROM ledger WHERE kind = 'device given')",
    )
    store.close()
    store = Store.open(tmp_path / "record")
    assert len(lines_in(store)) == 1
    assert store.check().findings != ()
    store.close()


def alter(said: dict[str, Any], how: str) -> None:
    """Let a line say what no program would write."""
    if how == "another line's uid":
        said["uid"] = "u-1"
    else:
        said |= {"mg": "0", "pieces": "2", "opened_mg": "100"}
        del said["vial_ml"]


@pytest.mark.parametrize("schema", ["0002", "0003"])
@pytest.mark.parametrize("how", ["pieces of no drug", "another line's uid"])
def test_that_one_altered_line_is_named_and_keeps_no_record_from_opening(
    tmp_path: Path, schema: str, how: str
) -> None:
    store, scribe, cupboard = practice_store(tmp_path / "record"), Scribe(), Cupboard()
    made = [cupboard.device(), cupboard.prepared("35"), cupboard.kept("465")]
    written = [scribe.entry(entry.stream, entry.what) for entry in made]
    with store.transaction() as tx:
        tx.append(written)
    if schema == "0002":
        as_before(store._engine)
    with store._engine.begin() as sql:
        said = json.loads(codec.encode(written[1]))
        alter(said, how)
        sql.exec_driver_sql("DROP TRIGGER ledger_no_update")
        sql.exec_driver_sql("UPDATE ledger SET body = ? WHERE seq = 2", (codec.canonical(said),))
    store.close()
    store = Store.open(tmp_path / "record")
    assert {line.uid for line in lines_in(store)} >= {written[0].uid, written[2].uid}
    assert 2 in {finding.seq for finding in store.check().findings}
    store.close()


def test_that_a_table_that_says_otherwise_than_the_ledger_is_found(
    tmp_path: Path, entries: list[Entry]
) -> None:
    store = practice_store(tmp_path / "record")
    with store.transaction() as tx:
        tx.append(entries)
    with store._engine.begin() as sql:
        sql.exec_driver_sql("UPDATE stock SET mg = '280' WHERE lot = 'E1'")
    assert {finding.about for finding in store.check().findings} >= {
        f"stock/{line.key}" for line in lines_in(store)
    }
    store.close()


def test_that_an_export_of_the_register_is_no_trace_of_a_lost_session(tmp_path: Path) -> None:
    store, scribe = practice_store(tmp_path / "record"), Scribe()
    exported = [Exported("", "register csv", "00"), Exported("s-9", "pdf", "01")]
    made = [scribe.entry("access", what) for what in exported]
    gathered = Gathered()
    for seq, entry in enumerate(made, 1):
        gathered.hear(seq, entry)
    assert gathered.sessions == {"session/s-9"}
    with store.transaction() as tx:
        tx.append(made)
    rebuilt = Rebuilt()
    with store._engine.begin() as sql:
        assert rebuilt.compare(sql).sessions == {"session/s-9"}
    rebuilt.close()
    store.close()
