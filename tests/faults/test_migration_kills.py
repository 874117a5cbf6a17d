"""Killed at any instant of a migration, a record is wholly the old one or wholly the new one."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from db.engine import GUARDS, open_engine
from db.locks import slots
from db.opening import BEFORE
from db.store import FILE_NAME, Store
from db.upgrade import NEWEST, row_counts, schema_version
from monitor.entries import Entry, LoggedIn
from tests.architecture.house import ROOT
from tests.integration.db.scribe import Scribe, practice_store

KILLS = 40 if os.environ.get("CHAIRSIDE_FAULTS") == "large" else 6
LINES = 3000
OLD = "0001"
NEW_TABLES = {"checkpoints", "stations", "stock"}


@dataclass(frozen=True)
class State:
    """What a database holds, as far as a migration may change it."""

    version: str
    schema: frozenset[tuple[str, str]]
    rows: tuple[tuple[str, int], ...]


def alembic(engine: Engine, version: str) -> None:
    """Bring a database down to an older version."""
    with engine.begin() as sql:
        config = Config()
        config.set_main_option("script_location", "db:migrations")
        config.attributes["connection"] = sql
        command.downgrade(config, version)


def state_of(database: Path, folder: Path) -> State:
    """Look at a database without changing it."""
    engine = open_engine(database, slots.unlock(folder, None).data)
    try:
        version = schema_version(engine)
        with engine.begin() as sql:
            said = sql.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL")
            schema = frozenset((str(name), str(text)) for name, text in said)
            rows = sorted(row_counts(sql).items())
    finally:
        engine.dispose()
    return State(version, schema, tuple((n, count) for n, count in rows if n not in NEW_TABLES))


@pytest.fixture(scope="module")
def old_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the first schema, with some thousand lines."""
    folder = tmp_path_factory.mktemp("old") / "record"
    store = practice_store(folder)
    scribe = Scribe()
    entries: list[Entry] = [*scribe.founding(), scribe.opened(), scribe.measured()]
    entries += [scribe.entry("access", LoggedIn("nk")) for _ in range(LINES - len(entries))]
    with store.transaction() as tx:
        tx.append(entries)
    alembic(store._engine, OLD)
    store.close()
    return folder


@pytest.fixture
def record(old_record: Path, tmp_path: Path) -> Path:
    return shutil.copytree(old_record, tmp_path / "record")


def migrating(folder: Path) -> subprocess.Popen[str]:
    """Start a process that is about to open the record."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.migrating", str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="ascii",
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def begin(process: subprocess.Popen[str]) -> None:
    """Let it open the record."""
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


@pytest.fixture(scope="module")
def whole(old_record: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[State, State, float]:
    """The old and the new state, and how long it takes from one to the other."""
    folder = shutil.copytree(old_record, tmp_path_factory.mktemp("whole") / "record")
    old = state_of(folder / FILE_NAME, folder)
    with migrating(folder) as process:
        begun = time.monotonic()
        begin(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "done\n"
        taken = time.monotonic() - begun
    return old, state_of(folder / FILE_NAME, folder), taken


def instants(taken: float) -> Iterator[float]:
    """Give instants to kill at, spread over the whole migration."""
    chance = random.Random(3)  # noqa: S311 - when to kill, not a secret
    step = taken * 1.1 / KILLS
    return (step * (number + chance.random()) for number in range(KILLS))


def test_that_the_two_schemas_differ(whole: tuple[State, State, float]) -> None:
    old, new, _ = whole
    assert (old.version, new.version) == (OLD, NEWEST)
    assert {name for name, _ in new.schema - old.schema} >= NEW_TABLES | {"ledger_signed"}
    assert dict(new.schema).items() >= GUARDS.items()
    assert old.rows == new.rows
    assert dict(old.rows)["ledger"] == LINES


def test_that_a_killed_migration_leaves_the_old_record_or_the_new_one(
    old_record: Path, whole: tuple[State, State, float], tmp_path: Path
) -> None:
    old, new, taken = whole
    for number, instant in enumerate(instants(taken)):
        folder = shutil.copytree(old_record, tmp_path / str(number))
        with migrating(folder) as process:
            begin(process)
            time.sleep(instant)
            process.kill()
        found = state_of(folder / FILE_NAME, folder)
        assert found in (old, new), f"killed after {instant:.3f} s of {taken:.3f} s"
        if (folder / BEFORE).exists():
            assert state_of(folder / BEFORE / FILE_NAME, folder / BEFORE) == old
        else:
            assert found == old  # nothing is changed before there is a copy
        Store.open(folder).close()
        assert state_of(folder / FILE_NAME, folder) == new
        assert not list(folder.glob("*.new"))
        shutil.rmtree(folder)


def test_that_of_two_processes_one_brings_it_up_and_the_other_finds_it_done(
    record: Path, whole: tuple[State, State, float]
) -> None:
    with migrating(record) as one, migrating(record) as other:
        for process in (one, other):
            begin(process)
        said = [process.communicate()[0] for process in (one, other)]
    assert said == ["done\n", "done\n"]
    old, new, _ = whole
    assert state_of(record / FILE_NAME, record) == new
    assert state_of(record / BEFORE / FILE_NAME, record / BEFORE) == old
    assert not list(record.glob("*.new"))


def test_that_a_record_killed_while_migrating_is_sound_in_the_end(
    record: Path, whole: tuple[State, State, float]
) -> None:
    with migrating(record) as process:
        begin(process)
        time.sleep(whole[2] / 2)
        process.kill()
    store = Store.open(record)
    report = store.check()
    assert report.is_sound, report.findings
    assert report.entries == LINES
    store.close()
