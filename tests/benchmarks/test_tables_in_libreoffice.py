"""What a spreadsheet program shows is held against what was written, cell by cell."""

from __future__ import annotations

from reports.whole_tables import tables
from tests.benchmarks.tables_in_libreoffice import Apart, apart, rows_of, sessions


def test_that_a_cell_that_is_shown_otherwise_or_not_at_all_is_found() -> None:
    written = [["session", "note"], ["S-1", "=1+1"], ["S-2", "007"]]
    assert apart("events.csv", written, written) == []
    shown = [["session", "note"], ["S-1", "2"]]
    assert apart("events.csv", written, shown) == [
        Apart("events.csv", "note", "=1+1", "2"),
        Apart("events.csv", "session", "S-2", ""),
        Apart("events.csv", "note", "007", ""),
    ]


def test_that_every_table_is_opened_with_cells_that_could_go_wrong() -> None:
    first = sessions()[:2]
    made = {name: rows_of(content) for name, content in tables(first).items()}
    assert all(len(rows) > 1 for rows in made.values())
    assert any("000123" in row for row in made["sessions.csv"])
