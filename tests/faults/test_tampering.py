"""What somebody leaves behind who holds the key to the database and knows his SQL.

He drops the guards, changes what he likes and puts the guards back. What he cannot make
without the ledger key is a MAC; and with it he still cannot remember the old head away
from wherever it was written down outside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db import keys, schema
from db.engine import open_engine
from db.store import FILE_NAME, Store
from monitor.entries import ReportKept
from monitor.ledger import Break, link, mac
from tests.integration.db.scribe import Scribe, practice_store

PDF = b"%PDF-1.7 the report"
SHA256 = hashlib.sha256(PDF).hexdigest()
LAST = 12

Sql = Callable[..., list[tuple[object, ...]]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A clinic, a session between two others, and its kept report."""
    made = practice_store(tmp_path / "record")
    scribe = Scribe()
    with made.transaction() as tx:
        tx.append([*scribe.founding(), scribe.opened("s-2"), scribe.opened("s-3")])
        tx.append([scribe.opened(), *(scribe.measured() for _ in range(3))])
        tx.keep_file(SHA256, PDF)
        tx.append([scribe.entry("access", ReportKept("s-1", SHA256, 1, "signed", "d"))])
    assert made.check().is_sound
    assert made.head().seq == LAST
    yield made
    made.close()


def tamper(store: Store, change: Callable[[Sql], object]) -> None:
    """Do as the attacker does, and leave the guards as they were."""
    engine = open_engine(store.folder / FILE_NAME, keys.unlock(store.folder, None).data)
    raw = engine.raw_connection()

    def sql(statement: str, *values: object) -> list[tuple[object, ...]]:
        found: list[tuple[object, ...]] = raw.cursor().execute(statement, values).fetchall()
        return found

    for name in schema.TRIGGERS:
        sql(f"DROP TRIGGER {name}")
    change(sql)
    for text in schema.TRIGGERS.values():
        sql(text)
    raw.close()
    engine.dispose()


def found(store: Store) -> list[tuple[int, Break]]:
    return [(finding.seq, finding.code) for finding in store.check().findings]


def rechain(sql: Sql, ledger_key: bytes, start: int) -> None:
    """Make every hash and MAC anew from a line on."""
    ((before,),) = sql("SELECT hash FROM ledger WHERE seq = ?", start - 1)
    for seq, body in sql("SELECT seq, body FROM ledger WHERE seq >= ? ORDER BY seq", start):
        assert isinstance(before, bytes)
        assert isinstance(body, bytes)
        made = link(before, body)
        change = "UPDATE ledger SET prev_hash = ?, hash = ?, mac = ? WHERE seq = ?"
        sql(change, before, made, mac(ledger_key, made), seq)
        before = made


def lower_the_pulse(sql: Sql) -> None:
    ((body,),) = sql("SELECT body FROM ledger WHERE seq = 9")
    assert isinstance(body, bytes)
    assert b'"heart_rate":76' in body
    changed = body.replace(b'"heart_rate":76', b'"heart_rate":67')
    sql("UPDATE ledger SET body = ? WHERE seq = 9", changed)


def test_that_a_changed_value_is_found(store: Store) -> None:
    tamper(store, lower_the_pulse)
    assert found(store) == [(9, Break.HASH)]


def test_that_a_changed_value_with_its_hash_made_anew_is_found(store: Store) -> None:
    def change(sql: Sql) -> None:
        lower_the_pulse(sql)
        rechain(sql, b"not the ledger key", 9)

    tamper(store, change)
    assert found(store) == [(seq, Break.MAC) for seq in range(9, LAST + 1)]


def test_that_who_has_every_key_is_found_by_the_head_that_was_remembered(store: Store) -> None:
    remembered = store.head()
    ledger_key = keys.unlock(store.folder, None).ledger

    def change(sql: Sql) -> None:
        lower_the_pulse(sql)
        rechain(sql, ledger_key, 9)

    tamper(store, change)
    assert found(store) == []  # the bound that the documents state
    assert store.head() != remembered


def test_that_a_deleted_entry_is_found(store: Store) -> None:
    tamper(store, lambda sql: sql("DELETE FROM ledger WHERE seq = 9"))
    assert found(store) == [(10, Break.NUMBERING), (10, Break.LINK), (10, Break.STREAM)]


def test_that_a_deleted_entry_with_the_rest_moved_up_is_found(store: Store) -> None:
    def change(sql: Sql) -> None:
        sql("DELETE FROM ledger WHERE seq = 9")
        sql("UPDATE ledger SET seq = seq - 1 WHERE seq > 9")

    tamper(store, change)
    assert {(9, Break.LINK), (9, Break.STREAM)} <= set(found(store))


def test_that_a_cut_tail_shows_in_what_was_derived_from_it(store: Store) -> None:
    tamper(store, lambda sql: sql("DELETE FROM ledger WHERE seq = ?", LAST))
    report = store.check()
    assert [finding.about for finding in report.findings] == ["reports/u-12", SHA256]


def test_that_a_swapped_pair_is_found(store: Store) -> None:
    def change(sql: Sql) -> None:
        for old, new in ((9, 99), (10, 9), (99, 10)):
            sql("UPDATE ledger SET seq = ? WHERE seq = ?", new, old)

    tamper(store, change)
    assert {seq for seq, _ in found(store)} == {9, 10, 11}
    assert (9, Break.LINK) in found(store)


def test_that_two_swapped_bodies_are_found(store: Store) -> None:
    def change(sql: Sql) -> None:
        (nine,), (ten,) = sql("SELECT body FROM ledger WHERE seq IN (9, 10) ORDER BY seq")
        sql("UPDATE ledger SET body = ? WHERE seq = 9", ten)
        sql("UPDATE ledger SET body = ? WHERE seq = 10", nine)

    tamper(store, change)
    assert {(9, Break.HASH), (10, Break.HASH)} <= set(found(store))


def test_that_an_inserted_entry_is_found(store: Store) -> None:
    def change(sql: Sql) -> None:
        sql("UPDATE ledger SET seq = -seq WHERE seq > 9")
        sql("UPDATE ledger SET seq = 1 - seq WHERE seq < 0")
        sql(
            "INSERT INTO ledger SELECT 10, 'forged', stream, 77, kind, key_id, body,"
            " randomblob(32), randomblob(32), mac_key, mac FROM ledger WHERE seq = 9"
        )

    tamper(store, change)
    assert {seq for seq, _ in found(store)} >= {10, 11}
    assert (10, Break.MAC) in found(store)


@pytest.mark.parametrize("to", ["kind = 'event'", "uid = 'x'", "n = 40", "stream = 'session/s-2'"])
def test_that_a_changed_column_is_found(store: Store, to: str) -> None:
    tamper(store, lambda sql: sql(f"UPDATE ledger SET {to} WHERE seq = 9"))  # noqa: S608 - ours
    assert (9, Break.COLUMNS) in found(store)


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        (b"", {Break.HASH, Break.FORM, Break.UNREADABLE}),
        (b"\xff\xfe", {Break.HASH, Break.FORM, Break.UNREADABLE}),
        ("text", {Break.HASH, Break.FORM, Break.UNREADABLE}),
        (b"[]", {Break.HASH, Break.COLUMNS, Break.UNREADABLE}),
        (b"[" * 90_000, {Break.HASH, Break.FORM, Break.UNREADABLE}),
    ],
    ids=["empty", "no text", "as text", "no object", "deep"],
)
def test_that_a_body_that_cannot_be_read_is_found(
    store: Store, body: object, codes: set[Break]
) -> None:
    tamper(store, lambda sql: sql("UPDATE ledger SET body = ? WHERE seq = 9", body))
    assert {code for seq, code in found(store) if seq == 9} == codes


def test_that_another_spelling_of_the_same_is_found(store: Store) -> None:
    def change(sql: Sql) -> None:
        sql("UPDATE ledger SET body = CAST(body || ' ' AS BLOB) WHERE seq = 9")

    tamper(store, change)
    assert found(store) == [(9, Break.HASH), (9, Break.FORM)]


DERIVED = {
    "patients/p-1": "UPDATE patients SET family = 'Kowalska' WHERE id = 'p-1'",
    "sessions/s-1": "UPDATE sessions SET chair = '3' WHERE id = 's-1'",
    "sessions/s-2": "DELETE FROM sessions WHERE id = 's-2'",
    "accounts/nk": "UPDATE accounts SET role = 'prescriber' WHERE user = 'nk'",
    "approvals/u-4": "UPDATE approvals SET content = content || ' '",
    "clinics/c-1": "UPDATE clinics SET name = 'Other'",
    "reports/u-12": "UPDATE reports SET status = 'draft'",
    "exports/x": "INSERT INTO exports VALUES ('x', 's-1', 'pdf', '00', 'nk', '2026-03-02 08:00')",
}


@pytest.mark.parametrize("about", DERIVED)
def test_that_a_derived_table_that_differs_is_found(store: Store, about: str) -> None:
    tamper(store, lambda sql: sql(DERIVED[about]))
    (finding,) = store.check().findings
    assert (finding.code, finding.about) == (Break.PROJECTION, about)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE files SET content = x'00'",
        "DELETE FROM files",
        "UPDATE files SET sha256 = 'other'",
    ],
)
def test_that_an_altered_or_missing_file_is_found(store: Store, change: str) -> None:
    tamper(store, lambda sql: sql(change))
    findings = store.check().findings
    assert {finding.code for finding in findings} == {Break.KEPT_FILE}
    assert (LAST, SHA256) in {(finding.seq, finding.about) for finding in findings}


def test_that_a_flipped_bit_in_the_file_is_found(store: Store) -> None:
    store.close()
    path = store.folder / FILE_NAME
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)
    assert Break.DAMAGE in {code for _, code in found(store)}


def test_that_a_check_says_how_far_it_is_and_what_it_saw(store: Store) -> None:
    seen: list[tuple[int, int]] = []
    report = store.check(lambda done, of: seen.append((done, of)))
    assert seen[-1] == (LAST, LAST)
    assert (report.entries, report.files, report.head) == (LAST, 1, store.head())
    assert report.is_sound
