"""What the database says of damage to its own file, while others use it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from db.engine import READ_ONLY, damage, open_engine

KEY = bytes(range(32))
PAGE = 4096


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "some.db"


@pytest.fixture
def engine(place: Path) -> Iterator[Engine]:
    made = open_engine(place, KEY, create=True)
    with made.begin() as sql:
        sql.exec_driver_sql("CREATE TABLE things (content BLOB)")
    add(made)
    assert damage(made) == []
    yield made
    made.dispose()


def add(engine: Engine, count: int = 20) -> None:
    with engine.begin() as sql:
        for _ in range(count):
            sql.exec_driver_sql("INSERT INTO things VALUES (randomblob(9000))")


def spoil(place: Path, page: int) -> None:
    """Leave a page half-written, as a power cut in the middle of copying the log does."""
    with place.open("r+b") as file:
        file.seek((page - 1) * PAGE + 100)
        file.write(bytes(PAGE // 2))


def test_that_a_reader_who_holds_the_log_back_is_not_taken_for_damage(engine: Engine) -> None:
    with engine.execution_options(**{READ_ONLY: True}).begin() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM things").all()
        add(engine)
        with engine.begin() as sql:
            sql.exec_driver_sql("DELETE FROM things WHERE rowid < 15")
        assert damage(engine) == []
    assert damage(engine) == []


def test_that_nobody_who_writes_waits_for_a_check_behind_a_reader(
    engine: Engine, place: Path
) -> None:
    impatient = open_engine(place, KEY, wait_seconds=0)
    found: list[list[str]] = []
    with engine.execution_options(**{READ_ONLY: True}).begin() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM things").all()
        add(engine)
        check = threading.Thread(target=lambda: found.append(damage(engine)))
        check.start()
        refused = 0
        while check.is_alive():
            try:
                add(impatient, 1)
            except OperationalError:
                refused += 1
        check.join()
    impatient.dispose()
    assert found == [[]]
    assert refused == 0


@pytest.mark.parametrize("held", [False, True])
def test_that_a_power_cut_while_the_log_is_copied_is_not_taken_for_damage(
    engine: Engine, place: Path, *, held: bool
) -> None:
    with engine.begin() as sql:
        sql.exec_driver_sql("UPDATE things SET content = randomblob(9000)")
    after = place.with_name("after.db")
    shutil.copy(place, after)
    shutil.copy(f"{place}-wal", f"{after}-wal")
    pages = after.stat().st_size // PAGE
    for page in range(pages - 10, pages + 1):
        spoil(after, page)
    again = open_engine(after, KEY)
    with again.execution_options(**{READ_ONLY: True}).begin() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM things").all()
        if not held:
            reader.rollback()
        else:
            add(again)
        assert damage(again) == []
    again.dispose()


@pytest.mark.parametrize("held", [False, True])
def test_that_a_spoiled_page_is_damage_also_behind_a_reader(
    engine: Engine, place: Path, *, held: bool
) -> None:
    pages = place.stat().st_size // PAGE
    with engine.execution_options(**{READ_ONLY: True}).begin() as reader:
        reader.exec_driver_sql("SELECT 1").all()
        if held:
            reader.exec_driver_sql("SELECT count(*) FROM sqlite_master").all()
            with engine.begin() as sql:
                sql.exec_driver_sql("CREATE TABLE more (content BLOB)")
        spoil(place, pages - 3)
        assert any(f"page {pages - 3}" in line for line in damage(engine))
