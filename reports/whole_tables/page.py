"""The documentation's page of the tables, made from the columns themselves."""

from __future__ import annotations

import sys
from pathlib import Path

from reports.whole_tables.writing import DESCRIBED

_HEAD = """\
# The tables

Six tables, CSV in UTF-8 with a byte order mark (by it LibreOffice and Excel show every name
right), commas, every cell in quotes, lines ended by CR LF. `chairside export --all` writes them,
and what stands here as `formats/dictionary.csv`. A seventh, `access.csv`, is of no session: it is
the list of [who looked at what](../guide/audit.md), saved from the audit desk or by
`chairside access --csv`.

- **An empty cell is a value that nobody entered**, never 0 and never "no"; the last column says
  what else it can mean.
- Numbers are plain (`0.7`, `1204`), units stand in the column's name. Times are local, ISO 8601
  with their offset from UTC: `2026-03-02T10:15:00+01:00`. A session's are those of the computer
  that it was charted at, the register's those of the time zone that the exporting computer is set
  to, and are said on its paper; with the offset both name the same instant.
- `register.csv` is the controlled-drug register of the days that are exported, the oldest row
  first, what each lot came to before them above; it has no byte order mark.
- A text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or
  a line's end) has an apostrophe in front; the exact text stands in `record.json`. A planned
  observation is named so that it needs none: `end+15` is the one 15 minutes after the end of the
  dose, which the screen and the paper call `+15`.
- In LibreOffice choose UTF-8 and comma, and tick *format quoted field as text*: then every cell
  shows what was written, also a record number that begins with zeros
  ([held against it](../measurements.md#the-tables-in-libreoffice), `make libreoffice`). To convert
  without its window: `soffice --headless --infilter=CSV:44,34,UTF8,1,,0,true --convert-to ods`.
- Rows of one session belong together by `session`. The tables name patients: keep them where
  the record's papers are.
"""


def page() -> str:
    """Return the page, in Markdown."""
    parts = [_HEAD]
    for table in DESCRIBED:
        parts.append(f"\n## {table.file}\n\nOne row is {table.row}.\n")
        parts.append("| column | meaning | unit | empty when |\n|---|---|---|---|")
        parts += [
            f"| `{each.name}` | {each.meaning} | {each.unit} | {each.empty} |"
            for each in table.columns
        ]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
