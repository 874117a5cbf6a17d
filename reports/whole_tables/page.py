"""The documentation's page of the tables, made from the columns themselves."""

from __future__ import annotations

import sys
from pathlib import Path

from reports.whole_tables.writing import TABLES

_HEAD = """\
# The tables

Five tables, CSV in UTF-8 with a byte order mark (by it LibreOffice and Excel show every name
right), commas, every cell in quotes, lines ended by CR LF. `chairside export --all` writes them,
and what stands here as `formats/dictionary.csv`.

- **An empty cell is a value that nobody entered**, never 0 and never "no"; the last column says
  what else it can mean.
- Numbers are plain (`0.7`, `1204`), units stand in the column's name. Times are local, ISO 8601
  with their offset from UTC: `2026-03-02T10:15:00+01:00`.
- A text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or
  a line's end) has an apostrophe in front; the exact text stands in `record.json`. A slot named
  `+15` therefore reads `'+15`.
- Rows of one session belong together by `session`. The tables name patients: keep them where
  the record's papers are.
"""


def page() -> str:
    """Return the page, in Markdown."""
    parts = [_HEAD]
    for table in TABLES:
        parts.append(f"\n## {table.file}\n\nOne row is {table.row}.\n")
        parts.append("| column | meaning | unit | empty when |\n|---|---|---|---|")
        parts += [
            f"| `{each.name}` | {each.meaning} | {each.unit} | {each.empty} |"
            for each in table.columns
        ]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
