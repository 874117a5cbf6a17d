"""How a check is done: with progress, from a known line on, beside those who write."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from db.book import Book
from db.engine import GUARDS
from db.store import Store
from monitor.ledger import Break, Head
from tests.integration.db.scribe import Scribe, practice_store

LAST = 12


@pytest.fixture
def scribe() -> Scribe:
    """Whoever writes in the record."""
    return Scribe()


@pytest.fixture
def store(tmp_path: Path, scribe: Scribe) -> Iterator[Store]:
    """A clinic and three sessions."""
    with contextlib.closing(practice_store(tmp_path / "record")) as made:
        with made.transaction() as tx:
            tx.append([*scribe.founding(), scribe.opened("s-2"), scribe.opened("s-3")])
            tx.append([scribe.opened(), *(scribe.measured() for _ in range(4))])
        yield made


@pytest.fixture
def known(store: Store) -> Head:
    """A line in the middle that is known to be right."""
    with store._connections.reading() as sql:
        return Head(8, Book(sql, store.keys).hashes([8])[8])


LOWER_THE_PULSE = (
    "UPDATE ledger SET body = CAST(replace(body, '\"heart_rate\":76', '\"heart_rate\":67') AS BLOB)"
    " WHERE seq = 9"
)


def tamper(store: Store, change: str) -> None:
    """Change something behind the program's back."""
    with store._connections.writing() as sql:
        for name in GUARDS:
            sql.execute(text(f"DROP TRIGGER {name}"))
        sql.exec_driver_sql(change)
        for guard in GUARDS.values():
            sql.exec_driver_sql(guard)


def test_that_a_check_says_how_far_it_is_and_what_it_saw(store: Store) -> None:
    seen: list[tuple[int, int]] = []
    report = store.check(lambda done, of: seen.append((done, of)))
    assert seen[-1] == (LAST, LAST)
    assert (report.entries, report.files, report.head) == (LAST, 0, store.head())
    assert dict(report.compared)["sessions"] == 3
    assert (report.checked_from, report.bound) == (1, None)
    assert report.is_sound


def test_that_what_the_progress_raises_ends_the_check(store: Store) -> None:
    class StopError(Exception):
        pass

    def stop(_: int, __: int) -> None:
        raise StopError

    with pytest.raises(StopError):
        store.check(stop)
    assert store.check().is_sound


def test_that_a_later_check_looks_at_what_came_after_a_known_line(
    store: Store, known: Head
) -> None:
    report = store.check(since=known)
    assert (report.is_sound, report.checked_from, report.entries) == (True, 9, LAST)
    assert report.compared == ()
    tamper(store, LOWER_THE_PULSE)
    assert [each.seq for each in store.check(since=known).findings] == [9]
    tamper(store, "DELETE FROM ledger WHERE seq = 10")
    codes = [(each.seq, each.code) for each in store.check(since=known).findings]
    assert codes == [(9, Break.VALUE), (10, Break.DELETED)]


def test_that_everything_is_looked_at_where_the_known_line_is_another_one(store: Store) -> None:
    assert store.check(since=Head(8, "ab" * 32)).checked_from == 1
    assert store.check(since=Head()).checked_from == 1


def test_that_what_is_written_during_a_check_is_no_finding(store: Store, scribe: Scribe) -> None:
    def write(done: int, _: int) -> None:
        if done == LAST:
            with store.transaction() as tx:  # nobody waits for the check, and it for nobody
                tx.append([scribe.opened("s-4"), scribe.weighed("70", "s-4")])

    report = store.check(write)
    assert report.is_sound
    assert report.entries == LAST + 2
