"""The published JSON Schema: current, and kept by every record; held by a foreign library."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from db import record_schema
from monitor.entries import KINDS
from tests.integration.db.scribe import Scribe, practice_store

PUBLISHED = Path(__file__).parents[3] / "docs" / "formats" / "record.schema.json"
SAMPLES = Path(__file__).parents[2] / "data" / "entries"
SCHEMA = json.loads(PUBLISHED.read_bytes())
Said = dict[str, Any]
Spoil = Callable[[Said], object]


def entry_validator(kind: str) -> Draft202012Validator:
    ref = f"#/$defs/entry%20{kind.replace(' ', '%20')}"
    return Draft202012Validator({"$ref": ref, "$defs": SCHEMA["$defs"]})


def test_that_what_is_published_is_a_schema_and_current() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert PUBLISHED.read_bytes() == record_schema.written(), "make schemas writes it anew"


def test_that_every_kind_of_entry_has_its_place() -> None:
    assert {f"entry {kind}" for kind in KINDS} <= SCHEMA["$defs"].keys()
    assert len(SCHEMA["$defs"]["entry"]["oneOf"]) == len(KINDS)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_that_every_entry_that_was_ever_written_keeps_to_it(path: Path) -> None:
    said = json.loads(path.read_bytes())
    entry_validator(said["kind"]).validate(said)


SPOILED_ENTRIES: dict[str, Spoil] = {
    "instant without zone": lambda said: said.update(at="2026-03-02 09:48"),
    "unknown kind": lambda said: said.update(kind="weighted"),
    "number as text": lambda said: said.update(n="1"),
    "field too many": lambda said: said.update(extra=1),
    "envelope short": lambda said: said.pop("recorded_at"),
    "field missing": lambda said: said.pop("kg"),
    "amount as number": lambda said: said.update(kg=70),
    "amount with zeros": lambda said: said.update(kg="70.0"),
    "unknown word": lambda said: said.update(how="guessed"),
    "author without user": lambda said: said["by"].pop("user"),
}


@pytest.mark.parametrize("spoil", SPOILED_ENTRIES.values(), ids=SPOILED_ENTRIES)
def test_that_an_entry_that_was_spoiled_does_not(spoil: Spoil) -> None:
    said = json.loads((SAMPLES / "weighed.v1.json").read_bytes())
    entry_validator("weighed").validate(said)
    spoil(said)
    with pytest.raises(ValidationError):
        entry_validator("weighed").validate(said)


@pytest.fixture
def record(tmp_path: Path) -> Said:
    scribe, store = Scribe(), practice_store(tmp_path / "record")
    entries = (*scribe.founding(), scribe.opened(), scribe.measured(), scribe.noted("Zoë"))
    with store.transaction() as tx:
        tx.append(entries)
        tx.append([scribe.signed(tx.digest("s-1"))])
    written = store.record_json("s-1")
    store.close()
    return dict(json.loads(written))


def test_that_a_record_as_a_whole_keeps_to_it(record: Said) -> None:
    Draft202012Validator(SCHEMA).validate(record)


SPOILED_RECORDS: dict[str, Spoil] = {
    "other format": lambda said: said.update(format="chairside-record-v2"),
    "no digest": lambda said: said.pop("digest"),
    "digest not hex": lambda said: said.update(digest="ABC"),
    "date not ISO": lambda said: said["patient"].update(born="12.03.1984"),
    "protocol without text": lambda said: said["protocol"].pop("content"),
    "no entries": lambda said: said["entries"].clear(),
    "fields of another kind": lambda said: said["entries"][0].update(kind="logged in"),
    "word too many": lambda said: said.update(note="seen"),
}


@pytest.mark.parametrize("spoil", SPOILED_RECORDS.values(), ids=SPOILED_RECORDS)
def test_that_a_record_that_was_spoiled_does_not(record: Said, spoil: Spoil) -> None:
    spoiled = copy.deepcopy(record)
    spoil(spoiled)
    formats = Draft202012Validator.FORMAT_CHECKER
    with pytest.raises(ValidationError):
        Draft202012Validator(SCHEMA, format_checker=formats).validate(spoiled)
