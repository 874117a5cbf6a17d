"""Opens the tables in LibreOffice and holds every cell that it shows against what was written.

    python -m tests.benchmarks.tables_in_libreoffice DOCUMENT

It needs `soffice`. Each table is opened with the settings that are right for it (UTF-8, comma,
quotation marks), once as they are and once with "format quoted field as text", and saved again as
shown: a formula that was run, or a number or a name that was read as something else, differs then.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from monitor.overview import SessionOverview
from reports.register import register_csv
from reports.whole_tables import access_csv, tables
from reports.whole_tables.writing import MARK
from tests.benchmarks.entry_cost import write
from tests.fakes.esketamine_overview import esketamine
from tests.fakes.extreme_overview import extreme
from tests.fakes.ketamine_overview import ketamine
from tests.unit.reports.hostile import SHORT, spoiled
from tests.unit.reports.looked import LISTED
from tests.unit.reports.test_register import filled

PROGRAM = "soffice"
ROUTINE, AS_TEXT = "CSV:44,34,UTF8,1", "CSV:44,34,UTF8,1,,0,true"
_AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false"
_WAYS = (("as it is", ROUTINE), ("“format quoted field as text” ticked", AS_TEXT))

Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Apart:
    """A cell that is shown otherwise than it was written."""

    file: str
    column: str
    written: str
    shown: str


def sessions() -> list[SessionOverview]:
    """Return sessions as they are, one with a number that begins with zeros, and hostile ones.

    Control characters are left out: the record refuses them.
    """
    plain = ketamine()
    zeros = dataclasses.replace(plain, patient=dataclasses.replace(plain.patient, number="000123"))
    typed = [
        text
        for text in SHORT
        if not any(char < " " or "\ud800" <= char <= "\udfff" for char in text)
    ]
    return [plain, zeros, esketamine(), extreme(), *(spoiled(plain, text) for text in typed)]


def written() -> dict[str, bytes]:
    """Return every table that the program gives away, by its file's name."""
    others = {"register.csv": register_csv(filled().view()), "access.csv": access_csv(LISTED)}
    return {**tables(sessions()), **others}


def rows_of(content: bytes) -> Rows:
    """Return the cells of a table."""
    text = content.decode("utf-8").removeprefix(MARK)
    return list(csv.reader(io.StringIO(text, newline="")))


def apart(file: str, wrote: Rows, shown: Rows) -> list[Apart]:
    """Return every cell of a table that is shown otherwise; one that is missing is shown empty."""
    head, found = wrote[0], []
    for place, row in enumerate(wrote):
        there = shown[place] if place < len(shown) else []
        cells = [*there, *[""] * (len(row) - len(there))]
        found += [
            Apart(file, name, was, shows)
            for name, was, shows in zip(head, row, cells, strict=False)
            if was != shows
        ]
    return found


def shown_by(made: Mapping[str, bytes], reading: str, place: Path) -> dict[str, Rows]:
    """Return what LibreOffice shows of tables.

    Args:
        made: The tables, by their files' names.
        reading: With which settings it opens them.
        place: An empty folder.
    """
    for name, content in made.items():
        (place / name).write_bytes(content)
    told = [PROGRAM, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless"]
    told += [f"--infilter={reading}", "--convert-to", _AS_SHOWN, "--outdir", str(place / "out")]
    told += [str(place / name) for name in made]
    subprocess.run(told, check=True, capture_output=True)
    return {name: rows_of((place / "out" / name).read_bytes()) for name in made}


def table(made: Mapping[str, bytes], found: Mapping[str, Sequence[Apart]]) -> list[str]:
    """Return the lines of the table in the document."""
    cells = sum(len(row) for content in made.values() for row in rows_of(content))
    lines = [
        "| opened in LibreOffice | cells | shown otherwise than written | which |",
        "|---|---|---|---|",
    ]
    for way, each in found.items():
        said = dict.fromkeys(f"`{a.column}`: {a.written} as {a.shown}" for a in each)
        lines.append(f"| {way} | {cells:,} | **{len(each)}** | {'; '.join(said) or 'none'} |")
    version = subprocess.run([PROGRAM, "--version"], check=True, capture_output=True).stdout
    name = " ".join(version.decode("ascii").split()[:2])
    return [*lines, "", f"{name}; {len(made)} tables of {len(sessions())} sessions."]


def main(document: Path) -> None:
    """Open them all, and write what came of it."""
    if shutil.which(PROGRAM) is None:
        raise SystemExit(f"{PROGRAM} was not found; install LibreOffice and try again")
    made, found = written(), {}
    for way, reading in _WAYS:
        with tempfile.TemporaryDirectory(prefix="chairside-tables-") as name:
            shown = shown_by(made, reading, Path(name))
        found[way] = [a for file in made for a in apart(file, rows_of(made[file]), shown[file])]
    lines = table(made, found)
    print("\n".join(lines))  # noqa: T201 - it talks to a terminal
    write(document, lines, "make libreoffice")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
