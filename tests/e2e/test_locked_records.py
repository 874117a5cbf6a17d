"""A clinic's own record is locked; the command line has the passphrase from where it may."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.store import Store
from tests.e2e.chairside import Chairside, Results

PASSPHRASE = "four quiet rooms by the river"  # noqa: S105 - of records made here


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A record that wants its passphrase."""
    folder = tmp_path / "record"
    Store.create(folder, PASSPHRASE).close()
    return folder


def test_that_the_environment_may_say_the_passphrase(locked: Path, chairside: Chairside) -> None:
    assert chairside("check", "--store", locked, CHAIRSIDE_PASSPHRASE=PASSPHRASE).status == 0


def test_that_a_file_may_say_the_passphrase(
    locked: Path, chairside: Chairside, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{PASSPHRASE}\nanything\n", encoding="utf-8")
    assert chairside("check", "--store", locked, "--passphrase-file", secret).status == 0


@pytest.mark.parametrize("said", ["", "not the one"])
def test_that_without_it_the_record_stays_shut(
    said: str, locked: Path, chairside: Chairside
) -> None:
    told = chairside("check", "--store", locked, CHAIRSIDE_PASSPHRASE=said)
    assert told.status == 2
    assert len(told.err.splitlines()) == 1
    assert "passphrase" in told.err.lower()


def test_that_a_locked_record_is_said_and_the_file_alone_tells_the_rest(
    ketamine: Results, locked: Path, chairside: Chairside
) -> None:
    told = chairside("verify", ketamine.report, "--store", locked)
    assert told.status == 2
    assert told.out.startswith("Nothing certain can be told of this PDF")
    assert f"The record at {locked} could not be asked. The record is locked" in told.out
    said = chairside("verify", ketamine.report, "--store", locked, CHAIRSIDE_PASSPHRASE=PASSPHRASE)
    assert said.status == 1
