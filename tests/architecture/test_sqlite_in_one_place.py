"""Another database could be taken: only one module and the migrations know which one it is."""

from __future__ import annotations

import re

import pytest

from tests.architecture.house import PACKAGES, ROOT, python_files

MAY = ("db/engine.py", "db/migrations/")
OTHERS = [name for name in python_files(*PACKAGES, "main.py") if not name.startswith(MAY)]

DEPENDS = re.compile(
    r"sqlite|sqlcipher|pragma|vacuum|zeroblob|julianday|\browid\b|\bwal\b|-(?:wal|shm|journal)\b"
    r"|begin\s+(?:immediate|exclusive|deferred)|insert\s+or\s|raise\s*\(\s*abort"
    r"|(?:create|drop)\s+trigger|dbapi|raw_connection|driver_connection|exec_driver_sql"
    r"|func\.(?:instr|strftime|date|datetime|ifnull|hex|group_concat|json_\w+|total_changes)\b"
    r"|isolation_level|check_same_thread|wal_checkpoint|synchronous|busy_timeout",
    re.IGNORECASE,
)
"""What is SQLite's own, or SQLCipher's, or their driver's: in code, in text and in comments."""


def dependences(source: str) -> list[str]:
    """Lines of a source that depend on SQLite."""
    return [line.strip() for line in source.splitlines() if DEPENDS.search(line)]


def test_that_nothing_else_depends_on_sqlite() -> None:
    found = {name: dependences((ROOT / name).read_text(encoding="utf-8")) for name in OTHERS}
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize(
    "line",
    [
        'sql.exec_driver_sql("SELECT 1")',
        'event.listen(engine, "begin", lambda sql: sql.execute(text("begin IMMEDIATE")))',
        '_CODES = {"SQLITE_FULL": Code.DISK_FULL}',
        'cursor.execute("pragma foreign_keys = on")',
        "from sqlcipher3 import dbapi2 as driver",
        "query = query.where(func.instr(table.c.found_by, word) > 0)",
        'text("INSERT OR REPLACE INTO patients VALUES (1)")',
        'leftover = folder / "record.db-wal"',
    ],
)
def test_that_a_dependence_is_found(line: str) -> None:
    assert dependences(f"import sqlalchemy\n{line}\n") == [line]


def test_that_the_one_place_is_looked_for_in_vain_elsewhere() -> None:
    engine = (ROOT / "db/engine.py").read_text(encoding="utf-8")
    assert len(dependences(engine)) > 30  # the words are those that it needs
    assert "db/store.py" in OTHERS
    assert "db/engine.py" not in OTHERS
