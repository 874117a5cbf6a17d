"""What is kept stays: the database refuses, and a guard that was taken away comes back."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError
from sqlcipher3 import dbapi2 as driver

from db.store import Store
from monitor.entries import Entry, EventNoted, GuardsPutBack
from monitor.ledger import Break, Finding
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
    "seals": "seals",
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
    "UPDATE checkpoints SET seq = 4",
    "DELETE FROM checkpoints",
    "INSERT OR REPLACE INTO checkpoints SELECT seq, '', at, key_id, '' FROM checkpoints",
    "INSERT INTO checkpoints SELECT seq - 1, hash, at, key_id, signature FROM checkpoints",
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
    with store._engine.begin() as sql:
        sql.exec_driver_sql("INSERT INTO checkpoints VALUES (5, 'x', '2026-03-02', 'y', 'z')")
    raw = store._engine.raw_connection()
    raw.cursor().execute(f"PRAGMA recursive_triggers={recursive}")
    with pytest.raises(driver.IntegrityError, match=r"ledger|file|checkpoint"):
        raw.cursor().execute(grab)
    raw.close()
    with store._engine.begin() as sql:
        kept = [sql.exec_driver_sql(question).fetchall() for question in KEPT]
    assert kept == [[(5, 15)], [(sha256, b"%PDF")], [(5, "x")]]


KEPT = (
    "SELECT count(*), sum(seq) FROM ledger",
    "SELECT sha256, content FROM files",
    "SELECT seq, hash FROM checkpoints",
)


def test_that_an_honest_next_line_would_have_been_taken(store: Store) -> None:
    write(store, *Scribe().founding())
    with store._engine.begin() as sql:  # so the refusals above have no other reason
        sql.exec_driver_sql(next_line())
    assert store.head().seq == 6


def test_that_a_co_signed_session_takes_addenda_only_whoever_asks(store: Store) -> None:
    scribe = Scribe()
    write(store, *scribe.founding(), scribe.opened(), scribe.signed("00", second=True))
    line = {"uid": "'x'", "seq": "8", "prev_hash": "hash", "stream": "'session/s-1'"}
    with store._engine.begin() as sql:
        (last,) = sql.exec_driver_sql("SELECT hex(hash) FROM ledger WHERE seq = 7").scalars()
    line |= {"prev_hash": f"x'{last}'", "n": "3"}
    with pytest.raises(DatabaseError, match="addenda only"), store._engine.begin() as sql:
        sql.exec_driver_sql(next_line(kind="'reading'", **line))
    with store._engine.begin() as sql:  # so that the refusal above has no other reason
        sql.exec_driver_sql(next_line(kind="'addendum'", **line))
    assert store.head().seq == 8


@pytest.mark.parametrize("change", ["DROP TRIGGER {0}", "DROP TRIGGER {0}; {1}"])
def test_that_a_guard_that_was_gone_is_put_back_with_the_next_entry_and_stays_told(
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
    missing = Finding(0, Break.TRIGGER, "ledger_no_delete", count=1)
    assert again.check().findings == (missing,)
    write(again, scribe.noted("x"))
    assert again.check().findings == (dataclasses.replace(missing, kind="back"),)
    with again.looking() as tx:
        (told,) = tx.stream("history")
        assert tx.session("s-1").entries[-1].what == EventNoted("x")
    assert told.what == GuardsPutBack(("ledger_no_delete",))
    with pytest.raises(DatabaseError, match="never cut"), again._engine.begin() as sql:
        sql.exec_driver_sql("DELETE FROM ledger WHERE seq = 1")
    again.close()
    after = Store.open(store.folder)
    assert after.check().is_sound
    after.close()
