"""A record that somebody tampered with, as an auditor sees it at the terminal."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.e2e.chairside import Chairside, Results
from tests.faults import mutations
from tests.faults.forging import Level, opened_for
from tests.faults.test_mutations import chance_of


@pytest.fixture
def copied(ketamine: Results, tmp_path: Path) -> Path:
    """A copy of a whole rehearsal's results."""
    return Path(shutil.copytree(ketamine.folder, tmp_path / "results"))


def test_that_a_changed_value_is_named_and_the_report_is_not_called_genuine(
    copied: Path, chairside: Chairside
) -> None:
    store, report = copied / "store", copied / "report.pdf"
    assert chairside("verify", report).status == 0
    record = opened_for(store, Level.HASHES, chance_of("console"), remembered=20)
    mutations.value(record)
    said = chairside("check", "--store", store)
    assert said.status == 1
    assert "what it says was changed after it was written" in said.err
    assert "does not agree with itself" in said.out
    block = json.loads(chairside("check", "--store", store, "--json").out)
    assert block["findings"][0]["kind"] == "value"
    verdict = chairside("verify", report)
    assert verdict.status == 2
    assert verdict.out.startswith("Nothing certain can be told of this PDF")


def test_that_a_proof_remembers_what_was_cut_off(copied: Path, chairside: Chairside) -> None:
    store = copied / "store"
    session = json.loads((copied / "record.json").read_bytes())["session"]
    made = copied / "handed-out.pdf"
    assert chairside("export", session, "--store", store, "--out", made).status == 0
    proof = next(copied.glob("handed-out*.proof.json"))
    assert chairside("check", "--store", store, "--against", proof).status == 0
    record = opened_for(store, Level.EVERY_KEY, chance_of("console"))
    record.write(record.before(record.rows[-1].seq - 3))
    with record.sql() as sql:
        sql.exec_driver_sql("DELETE FROM files")
    said = chairside("check", "--store", store, "--against", proof)
    assert said.status == 1
    assert "the proof of an exported file remembers entry" in said.err
    assert "put back to an older copy, or its end was cut off" in said.err


def test_that_damage_is_named_and_counted(copied: Path, chairside: Chairside) -> None:
    place = copied / "store" / "record.db"
    raw = bytearray(place.read_bytes())
    raw[len(raw) // 2] ^= 1
    place.write_bytes(raw)
    said = chairside("check", "--store", copied / "store")
    assert said.status == 1
    assert said.err.startswith("The file of the record is damaged")
    assert " 0 entries" not in said.out
    assert chairside("verify", copied / "report.pdf").status == 2
