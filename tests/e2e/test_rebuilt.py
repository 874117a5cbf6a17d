"""The report rebuilt from its record alone: the same bytes as before it was signed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import main
from monitor.errors import Code, InputError
from tests.e2e.chairside import Chairside, Results

SCHEMA = Path(__file__).parents[2] / "docs" / "formats" / "record.schema.json"
PLAYED = ("ketamine", "paused", "addenda")


@pytest.mark.parametrize("name", PLAYED)
def test_that_a_sealed_report_begins_with_what_its_record_gives(
    name: str, request: pytest.FixtureRequest
) -> None:
    results: Results = request.getfixturevalue(name)
    record = (results.folder / "record.json").read_bytes()
    sealed = results.report.read_bytes()
    rebuilt = main.rebuilt(record)
    assert sealed.startswith(rebuilt)
    assert len(rebuilt) > len(sealed) // 2
    assert main.rebuilt(record) == rebuilt


@pytest.mark.parametrize("name", PLAYED)
def test_that_a_real_record_keeps_to_the_published_schema(
    name: str, request: pytest.FixtureRequest
) -> None:
    results: Results = request.getfixturevalue(name)
    said = json.loads((results.folder / "record.json").read_bytes())
    Draft202012Validator(json.loads(SCHEMA.read_bytes())).validate(said)


def spoiled(said: dict[str, Any], part: str) -> bytes:
    """Return a record in which one part was changed by hand."""
    if part == "entry":
        said["entries"][0]["chair"] = "9"
    elif part == "place":
        said["entries"].pop(1)
    elif part == "drawn_with":
        said["drawn_with"] = {"approved_by": 5}
    elif part == "older":
        del said["drawn_with"]
    elif part == "format":
        said["format"] = "another"
    elif part == "protocol":
        said["protocol"]["content"] += "\n"
    return json.dumps(said).encode()


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("entry", Code.RECORD_FILE_CHANGED),
        ("place", Code.NO_RECORD_FILE),
        ("drawn_with", Code.NO_RECORD_FILE),
        ("older", Code.RECORD_FILE_OLDER),
        ("format", Code.NO_RECORD_FILE),
        ("protocol", Code.NO_RECORD_FILE),
    ],
)
def test_that_a_record_that_was_changed_gives_no_report(
    ketamine: Results, part: str, code: Code
) -> None:
    said = json.loads((ketamine.folder / "record.json").read_bytes())
    with pytest.raises(InputError) as caught:
        main.rebuilt(spoiled(said, part))
    assert caught.value.code is code


@pytest.mark.parametrize("content", [b"", b"{}", b"[" * 100_000, b"%PDF-1.7", b"\xff\xfe{}"])
def test_that_another_file_is_no_record(content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        main.rebuilt(content)
    assert caught.value.code is Code.NO_RECORD_FILE


def test_that_the_command_says_whether_a_report_is_this_records(
    ketamine: Results, addenda: Results, chairside: Chairside, tmp_path: Path
) -> None:
    record, out = ketamine.folder / "record.json", tmp_path / "again.pdf"
    same = chairside("rebuild", record, "--out", out, "--against", ketamine.report)
    assert (same.status, ketamine.report.read_bytes().startswith(out.read_bytes())) == (0, True)
    other = chairside("rebuild", record, "--against", addenda.report)
    assert other.status == 1
    assert "differs from what this record gives" in other.out
    gone = chairside("rebuild", tmp_path / "none.json", "--out", out)
    assert (gone.status, "cannot be read" in gone.err) == (2, True)
