"""What is kept stays: the database refuses, and without its guards nothing is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as driver

from db.store import Store
from monitor.entries import Entry
from monitor.errors import Code, IntegrityError
from tests.integration.db.scribe import Scribe, practice_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = practice_store(tmp_path / "record")
    yield made
    made.close()


def write(store: Store, *entries: Entry) -> None:
    with store.transaction() as tx:
        tx.append(entries)


COLUMNS = {
    "seq": "seq + 1",
    "uid": "uid || 'x'",
    "stream": "stream",
    "n": "n + 1",
    "kind": "kind",
    "key_id": "key_id",
    "body": "body",
    "prev_hash": "hash",
    "hash": "zeroblob(32)",
    "mac_key": "mac_key",
    "mac": "mac",
}
"""What stands in the next line, as SQL over the last one."""


def next_line(**but: str) -> str:
    """SQL that puts an honest next line into the ledger, but for these columns."""
    wanted = ", ".join((COLUMNS | but).values())
    return f"INSERT INTO ledger SELECT {wanted} FROM ledger WHERE seq = 5"  # noqa: S608 - ours


GRABS = [
    "UPDATE ledger SET kind = 'event' WHERE seq = 2",
    "UPDATE OR REPLACE ledger SET uid = 'u-1' WHERE seq = 2",
    "UPDATE ledger SET mac = zeroblob(32)",
    "DELETE FROM ledger WHERE seq = 5",
    "DELETE FROM ledger",
    "INSERT OR REPLACE INTO ledger SELECT * FROM ledger WHERE seq = 5",
    "REPLACE INTO ledger SELECT * FROM ledger WHERE seq = 2",
    "INSERT INTO ledger SELECT * FROM ledger WHERE seq = 5 ON CONFLICT (seq) DO UPDATE SET n = 9",
    next_line(seq="seq + 2"),
    next_line(seq="NULL"),
    next_line(prev_hash="prev_hash"),
    next_line(uid="'u-2'"),
    next_line(n="n + 2"),
    next_line(stream="'other'"),
    "UPDATE files SET content = x'00'",
    "DELETE FROM files",
    "INSERT OR REPLACE INTO files SELECT sha256, x'00' FROM files",
]


@pytest.mark.parametrize("grab", GRABS)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_that_the_database_itself_refuses_to_rewrite_what_is_kept(
    store: Store, grab: str, recursive: str
) -> None:
    sha256 = hashlib.sha256(b"%PDF").hexdigest()
    with store.transaction() as tx:
        tx.append(Scribe().founding())
        tx.keep_file(sha256, b"%PDF")
    raw = store._engine.raw_connection()
    raw.cursor().execute(f"PRAGMA recursive_triggers={recursive}")
    with pytest.raises(driver.IntegrityError, match=r"ledger|file"):
        raw.cursor().execute(grab)
    raw.close()
    assert store.head().seq == 5
    findings = store.check().findings
    assert [finding.about for finding in findings] == [sha256]  # kept but not entered; else sound


def test_that_an_honest_next_line_would_have_been_taken(store: Store) -> None:
    write(store, *Scribe().founding())
    with store._engine.begin() as sql:  # so the refusals above have no other reason
        sql.exec_driver_sql(next_line())
    assert store.head().seq == 6


@pytest.mark.parametrize("change", ["DROP TRIGGER {0}", "DROP TRIGGER {0}; {1}"])
def test_that_without_its_guards_a_ledger_is_read_but_not_written(
    store: Store, change: str
) -> None:
    scribe = Scribe()
    write(store, *scribe.founding(), scribe.opened())
    weak = "CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN SELECT 1; END"
    raw = store._engine.raw_connection()
    raw.cursor().executescript(change.format("ledger_no_delete", weak))
    raw.close()
    store.close()
    again = Store.open(store.folder)
    with again.transaction() as tx:
        assert tx.session("s-1").entries
    with pytest.raises(IntegrityError) as caught:
        write(again, scribe.noted("x"))
    assert caught.value.code is Code.BROKEN_CHAIN
    assert [finding.about for finding in again.check().findings] == ["ledger_no_delete"]
    again.close()
