"""What somebody leaves behind who holds the key to the database and knows his SQL.

He drops the guards, changes what he likes and puts the guards back. What he cannot make
without the ledger key is a MAC; and with it he still cannot remember the old head away
from wherever it was written down outside.
"""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from db.engine import GUARDS, open_engine
from db.locks import slots
from db.store import FILE_NAME, Store
from monitor.entries import HistoryGapExplained, ReportKept
from monitor.history import HISTORY
from monitor.ledger import Break, Head, Remembered, Where, link, mac
from tests.integration.db.scribe import Scribe, practice_store

PDF = b"%PDF-1.7 the report"
SHA256 = hashlib.sha256(PDF).hexdigest()
LAST = 12
EARLIER = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)

Sql = Callable[..., list[tuple[object, ...]]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that is copied for each test, and whoever wrote in it."""

    folder: Path
    scribe: Scribe


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A clinic, a session between two others, and its kept report."""
    folder, scribe = tmp_path_factory.mktemp("kept") / "record", Scribe()
    with contextlib.closing(practice_store(folder)) as made:
        with made.transaction() as tx:
            tx.append([*scribe.founding(), scribe.opened("s-2"), scribe.opened("s-3")])
            tx.append([scribe.opened(), *(scribe.measured() for _ in range(3))])
            tx.keep_file(SHA256, PDF)
            tx.append([scribe.entry("access", ReportKept("s-1", SHA256, 1, "signed", "d"))])
        assert made.check().is_sound
        assert made.head().seq == LAST
    return Kept(folder, scribe)


@pytest.fixture
def scribe(kept: Kept) -> Scribe:
    """Whoever wrote in the record goes on."""
    return copy.deepcopy(kept.scribe)


@pytest.fixture
def store(kept: Kept, tmp_path: Path) -> Iterator[Store]:
    """The record, opened."""
    with contextlib.closing(Store.open(shutil.copytree(kept.folder, tmp_path / "record"))) as made:
        yield made


def tamper(store: Store, *changes: Callable[[Sql], object] | str) -> None:
    """Do as the attacker does, and leave the guards as they were."""
    engine = open_engine(store.folder / FILE_NAME, slots.unlock(store.folder, None).data)
    raw = engine.raw_connection()

    def sql(statement: str, *values: object) -> list[tuple[object, ...]]:
        found: list[tuple[object, ...]] = raw.cursor().execute(statement, values).fetchall()
        return found

    for name in GUARDS:
        sql(f"DROP TRIGGER {name}")
    for change in changes:
        sql(change) if isinstance(change, str) else change(sql)
    for text in GUARDS.values():
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


def remembered(store: Store) -> Remembered:
    """The head as it is now, noted elsewhere."""
    return Remembered(store.head(), EARLIER, Where.SIDECAR)


# --- one line ---------------------------------------------------------------------------------


def test_that_a_changed_value_is_told_from_a_changed_author(store: Store) -> None:
    tamper(store, lower_the_pulse)
    (finding,) = store.check().findings
    assert (finding.seq, finding.code) == (9, Break.VALUE)
    assert (finding.stream, finding.kind) == ("session/s-1", "reading")
    assert finding.at is not None
    assert f"{finding.at:%H:%M %z}" == "09:09 +0100"


def test_that_a_changed_author_is_called_so(store: Store) -> None:
    tamper(
        store,
        "UPDATE ledger SET body = CAST(replace(body, 'Nina Kowal', 'Someone') AS BLOB)"
        " WHERE seq = 9",
    )
    assert found(store) == [(9, Break.AUTHOR)]


def test_that_a_changed_value_with_its_hash_made_anew_is_found(store: Store) -> None:
    tamper(store, lower_the_pulse, lambda sql: rechain(sql, b"not the ledger key", 9))
    first, chained = store.check().findings
    assert (first.seq, first.code) == (9, Break.VALUE)
    assert (chained.seq, chained.last, chained.code) == (9, LAST, Break.RECHAINED)


def test_that_a_value_is_found_by_its_seals_where_the_ledger_key_made_the_chain(
    store: Store,
) -> None:
    ledger_key = store.keys.ledger
    tamper(store, lower_the_pulse, lambda sql: rechain(sql, ledger_key, 9))
    assert found(store) == [(9, Break.PROOF)]  # whoever holds the key might have made them, too


def test_that_in_lines_without_seals_the_part_is_not_guessed(store: Store) -> None:
    tamper(store, "UPDATE ledger SET seals = NULL")
    report = store.check()
    assert (report.is_sound, report.unsealed) == (True, LAST)
    tamper(store, lower_the_pulse)
    assert found(store) == [(9, Break.CHANGED)]


def test_that_seals_that_were_taken_away_are_missed(store: Store) -> None:
    tamper(store, "UPDATE ledger SET seals = NULL WHERE seq > 8")
    (finding, *_) = store.check().findings
    assert (finding.seq, finding.code, finding.about) == (9, Break.PROOF, "seals")


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe", "text", b"[]", b"[" * 90_000, b'{"a":1e999}'],
    ids=["empty", "no text", "as text", "no object", "deep", "endless"],
)
def test_that_a_body_that_cannot_be_read_is_found(store: Store, body: object) -> None:
    tamper(store, lambda sql: sql("UPDATE ledger SET body = ? WHERE seq = 9", body))
    assert found(store) == [(9, Break.CHANGED)]


def test_that_another_spelling_of_the_same_is_found(store: Store) -> None:
    tamper(store, "UPDATE ledger SET body = CAST(body || ' ' AS BLOB) WHERE seq = 9")
    assert found(store) == [(9, Break.FORM)]


COLUMNS = ["kind = 'event'", "uid = 'x'", "n = 40", "stream = 'session/s-2'", "key_id = 2"]


@pytest.mark.parametrize("to", [*COLUMNS, "kind = CAST(x'ff' AS TEXT)"])
def test_that_a_changed_column_is_found(store: Store, to: str) -> None:
    tamper(store, f"UPDATE ledger SET {to} WHERE seq = 9")  # noqa: S608 - ours
    (finding,) = store.check().findings
    assert (finding.seq, finding.code) == (9, Break.LABEL)
    assert finding.about == to.partition(" ")[0]


# --- lines that came, went and moved ----------------------------------------------------------


def test_that_a_deleted_entry_is_found_with_its_session(store: Store) -> None:
    tamper(store, "DELETE FROM ledger WHERE seq = 9")
    (finding,) = store.check().findings
    assert (finding.seq, finding.code, finding.about) == (9, Break.DELETED, "session/s-1")


def test_that_a_deleted_entry_with_the_rest_moved_up_is_found(store: Store) -> None:
    tamper(
        store,
        "DELETE FROM ledger WHERE seq = 9",
        "UPDATE ledger SET seq = seq - 1 WHERE seq > 9",
        lambda sql: rechain(sql, b"not the ledger key", 9),
    )
    moved_up = (0, Break.PROJECTION)  # the report's row names the line that it was kept with
    assert found(store) == [(9, Break.DELETED), (9, Break.RECHAINED), moved_up]


def test_that_a_deleted_entry_is_found_where_nothing_is_sealed(store: Store) -> None:
    tamper(
        store,
        "UPDATE ledger SET seals = NULL",
        "DELETE FROM ledger WHERE seq = 9",
        "UPDATE ledger SET seq = seq - 1 WHERE seq > 9",
    )
    assert found(store) == [(9, Break.DELETED), (0, Break.PROJECTION)]


def test_that_swapped_entries_are_found_where_nothing_is_sealed(store: Store) -> None:
    def swap(sql: Sql) -> None:
        for was, to in ((9, 99), (11, 9), (99, 11)):
            sql("UPDATE ledger SET seq = ? WHERE seq = ?", to, was)

    tamper(store, "UPDATE ledger SET seals = NULL", swap)
    (finding,) = store.check().findings
    assert (finding.seq, finding.last, finding.code) == (9, 11, Break.SWAPPED)


def test_that_an_inserted_entry_is_found(store: Store) -> None:
    tamper(
        store,
        "UPDATE ledger SET seq = -seq WHERE seq > 9",
        "UPDATE ledger SET seq = 1 - seq WHERE seq < 0",
        "INSERT INTO ledger SELECT 10, 'forged', stream, 77, kind, key_id, body,"
        " randomblob(32), randomblob(32), mac_key, mac, seals FROM ledger WHERE seq = 9",
    )
    assert found(store) == [(10, Break.INSERTED), (0, Break.PROJECTION)]


@pytest.mark.parametrize("seq", [0, -5, LAST + 1, 10**12])
def test_that_an_entry_outside_the_row_is_found(store: Store, seq: int) -> None:
    tamper(
        store,
        f"INSERT INTO ledger SELECT {seq}, 'forged', stream, 77, kind, key_id, body,"  # noqa: S608
        " randomblob(32), randomblob(32), mac_key, randomblob(32), seals"
        " FROM ledger WHERE seq = 9",
    )
    assert found(store) == [(seq, Break.INSERTED)]


def test_that_a_moved_entry_is_found(store: Store) -> None:
    tamper(store, "UPDATE ledger SET seq = 500 WHERE seq = 9")
    (finding,) = store.check().findings
    assert (finding.seq, finding.last, finding.code) == (500, 9, Break.MOVED)


def test_that_a_session_is_missed_where_its_report_names_it(store: Store) -> None:
    tamper(store, "DELETE FROM ledger WHERE stream = 'session/s-1'")
    first, *rest = store.check().findings
    assert (first.code, first.about) == (Break.SESSION_REMOVED, "session/s-1")
    assert (first.seq, first.last, first.count) == (8, 11, 4)
    assert {finding.code for finding in rest} == {Break.PROJECTION}


# --- the end ----------------------------------------------------------------------------------


def test_that_a_cut_tail_shows_in_what_was_derived_from_it(store: Store) -> None:
    tamper(store, "DELETE FROM ledger WHERE seq = 12")
    first, rest = store.check().findings
    assert (first.seq, first.last, first.code) == (LAST, LAST, Break.CUT)
    assert rest.code is Break.PROJECTION


def test_that_a_cut_tail_without_a_trace_is_seen_by_whoever_remembers(store: Store) -> None:
    head = remembered(store)
    tamper(store, "DELETE FROM ledger WHERE seq >= 12", "DELETE FROM reports")
    tamper(store, "DELETE FROM files")
    assert store.check().is_sound  # the bound that the documents state
    (finding,) = store.check(against=[head]).findings
    assert (finding.seq, finding.code, finding.about) == (LAST, Break.ROLLED_BACK, "sidecar")
    assert (finding.last, finding.at) == (LAST, EARLIER)


def test_that_an_explained_loss_is_not_found_again(store: Store, scribe: Scribe) -> None:
    head = remembered(store)
    tamper(store, "DELETE FROM ledger WHERE seq >= 12", "DELETE FROM reports")
    tamper(store, "DELETE FROM files")
    explained = HistoryGapExplained(head.head.seq, head.head.hash)
    with store.transaction() as tx:
        tx.append([scribe.entry(HISTORY, explained, reason="restored")])
    assert store.check(against=[head]).is_sound
    other = Remembered(Head(3, "ab" * 32), EARLIER + dt.timedelta(days=99), Where.BACKUP)
    assert [each.code for each in store.check(against=[head, other]).findings] == [Break.REWRITTEN]


def test_that_who_has_every_key_is_found_by_the_head_that_was_remembered(store: Store) -> None:
    before, head = Remembered(Head(8, hash_at(store, 8)), EARLIER, Where.BACKUP), remembered(store)
    tamper(store, lambda sql: sql("DELETE FROM ledger WHERE seq > 8"), "DELETE FROM reports")
    tamper(store, "DELETE FROM files")
    with store.transaction() as tx:
        again = Scribe(uids="again")
        tx.append([again.opened("s-9")] + [again.measured("s-9") for _ in range(4)])
    report = store.check(against=[before, head])
    (finding,) = report.findings
    assert (finding.seq, finding.last, finding.code) == (9, LAST, Break.REWRITTEN)
    assert report.bound == before
    assert store.check(against=[before]).is_sound


def hash_at(store: Store, seq: int) -> str:
    found: list[str] = []

    def look(sql: Sql) -> None:
        ((made,),) = sql("SELECT hash FROM ledger WHERE seq = ?", seq)
        assert isinstance(made, bytes)
        found.append(made.hex())

    tamper(store, look)
    return found[0]


# --- beside the ledger ------------------------------------------------------------------------


DERIVED = {
    "patients/p-1": "UPDATE patients SET family = 'Kowalska' WHERE id = 'p-1'",
    "sessions/s-1": "UPDATE sessions SET chair = '3' WHERE id = 's-1'",
    "sessions/s-2": "DELETE FROM sessions WHERE id = 's-2'",
    "sessions/s-3": "UPDATE sessions SET opened_at = 'never' WHERE id = 's-3'",
    "accounts/nk": "UPDATE accounts SET role = 'prescriber' WHERE user = 'nk'",
    "approvals/u-4": "UPDATE approvals SET content = content || ' '",
    "clinics/c-1": "UPDATE clinics SET chairs = 'no list'",
    "reports/u-12": "UPDATE reports SET status = 'draft'",
    "exports/x": "INSERT INTO exports VALUES ('x', 's-1', 'pdf', '00', 'nk', '2026-03-02 08:00')",
}


@pytest.mark.parametrize("about", DERIVED)
def test_that_a_derived_table_that_differs_is_found(store: Store, about: str) -> None:
    tamper(store, DERIVED[about])
    (finding,) = store.check().findings
    assert (finding.code, finding.about) == (Break.PROJECTION, about)


@pytest.mark.parametrize(
    ("change", "about"),
    [
        ("UPDATE files SET content = x'00'", ["altered"]),
        ("DELETE FROM files", ["missing"]),
        ("UPDATE files SET sha256 = 'other'", ["strange", "missing"]),
    ],
)
def test_that_an_altered_or_missing_file_is_found(
    store: Store, change: str, about: list[str]
) -> None:
    tamper(store, change)
    findings = store.check().findings
    assert {finding.code for finding in findings} == {Break.KEPT_FILE}
    assert [finding.about for finding in findings] == about
    assert findings[-1].seq == LAST


def test_that_a_trigger_of_somebody_else_is_found(store: Store) -> None:
    tamper(store, "CREATE TRIGGER mine AFTER INSERT ON ledger BEGIN DELETE FROM files; END")
    (finding,) = store.check().findings
    assert (finding.code, finding.about, finding.kind) == (Break.TRIGGER, "mine", "added")


def test_that_damage_is_named_with_the_entries_that_it_took(store: Store) -> None:
    head = remembered(store)
    store.close()
    path = store.folder / FILE_NAME
    whole = path.read_bytes()
    taken: list[int] = []
    for page in range(1, len(whole) // 4096):
        at = page * 4096 + 2000
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        report = store.check(against=[head])
        (finding,) = report.findings
        assert finding.code is Break.DAMAGE
        assert report.entries == (0 if finding.about else LAST - finding.count)
        taken.append(finding.count)
        store.close()
    assert 0 in taken  # a page of something else than entries
    assert any(0 < count < LAST for count in taken)
    path.write_bytes(whole)
    assert store.check().is_sound
