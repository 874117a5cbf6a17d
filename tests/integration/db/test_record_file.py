"""A session's whole record as one document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import rfc8785

from db.store import Store
from monitor.entries import Entry
from monitor.errors import NotFoundError
from tests.integration.db.scribe import PATIENT, Scribe, practice_store, protocol_text


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = practice_store(tmp_path / "record")
    yield made
    made.close()


def write(store: Store, *entries: Entry) -> None:
    with store.transaction() as tx:
        tx.append(entries)


def test_that_a_record_file_alone_is_enough_to_find_the_digest(store: Store) -> None:
    scribe = Scribe()
    write(store, *scribe.founding(), scribe.opened(), scribe.measured(), scribe.noted("Zoë"))
    with store.transaction() as tx:
        digest = tx.digest("s-1")
        tx.append([scribe.signed(digest), scribe.signed(digest, second=True)])
    record = json.loads(store.record_json("s-1"))
    digester = hashlib.sha256()
    for entry in record["entries"]:
        if entry["kind"] not in ("signed", "co-signed"):
            body = rfc8785.dumps(entry)
            digester.update(len(body).to_bytes(8, "big") + body)
    digester.update(record["protocol"]["hash"].encode("ascii"))
    assert digester.hexdigest() == record["digest"] == digest
    content = record["protocol"]["content"].encode("utf-8")
    assert hashlib.sha256(content).hexdigest() == record["protocol"]["hash"]


def test_that_a_record_file_says_whose_it_is(store: Store) -> None:
    scribe = Scribe()
    write(store, *scribe.founding(), scribe.opened(), scribe.measured())
    record = json.loads(store.record_json("s-1"))
    assert record["format"] == "chairside-record-v1"
    assert record["session"] == "s-1"
    assert record["patient"]["family"] == PATIENT.family
    assert record["clinic"]["name"] == "Riverside Clinic"
    assert record["protocol"]["content"] == protocol_text()
    assert [entry["kind"] for entry in record["entries"]] == ["opened", "reading"]


def test_that_the_same_entries_give_the_same_record_file(tmp_path: Path) -> None:
    made = []
    for name in ("one", "other"):
        store = practice_store(tmp_path / name)
        scribe = Scribe()
        write(store, *scribe.founding(), scribe.opened(), scribe.measured())
        made.append((store.record_json("s-1"), store.head()))
        store.close()
    assert made[0] == made[1]


def test_that_there_is_no_record_file_of_no_session(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.record_json("s-1")
