"""Writes docs/forgeries.md: each kind of forgery, and what is said of it by us and by others.

Run as `python -m tests.forgeries.table docs/forgeries.md`; it needs the programs of `judges`.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from db.certification import PracticeCertification
from monitor.judging import without_store
from monitor.verdict import OK, Standing, Verdict
from reports.reading import read
from tests.forgeries.clinic import LookAlike, lived
from tests.forgeries.judges import JUDGES
from tests.forgeries.kinds import KINDS, Scene
from ui.wording.verdicts import PRACTICE, verdict_sentence

BEGIN, END = "<!-- forgeries -->", "<!-- /forgeries -->"

OURS = ("with the record", "with the certificate", "with nothing")
HEAD = ("what was done", *OURS, *JUDGES)

_SHORT = (
    (PRACTICE, ""),
    ("the record at R holds no report that is this file to the last byte; ", ""),
    ("Nothing certain can be told of this PDF: ", "cannot tell: "),
    ("Not genuine: ", "not genuine: "),
)
_NUMBERS = (
    (re.compile(r"it is most like that of session S-[0-9A-F]{8}, but "), ""),
    (re.compile(r"\b\d+ bytes"), "n bytes"),
    (re.compile(r"the first at \d+"), "the first at n"),
)


def ours(scene: Scene, content: bytes) -> tuple[str, str, str]:
    """What we say of a file: with the record, with the certificate alone, with nothing."""
    facts, clinic = read(content), scene.clinic
    verdicts = (
        clinic.verify.of(facts, content),
        without_store(facts, [clinic.fingerprint]),
        without_store(facts),
    )
    told = [cell(verdict) for verdict in verdicts]
    return told[0], told[1], told[2]


def cell(verdict: Verdict) -> str:
    """A verdict in a few words, without what changes with each layout of the page."""
    if verdict.standing in OK:
        return f"**{verdict.standing.value}**"
    if verdict.standing is Standing.NOT_A_PDF:
        return "not genuine: no PDF"
    said = verdict_sentence(verdict, "R")
    for long, short in _SHORT:
        said = said.replace(long, short)
    for pattern, short in _NUMBERS:
        said = pattern.sub(short, said)
    return said.rstrip(".")


def rows(scene: Scene, folder: Path) -> Iterator[str]:
    """The rows of the table, each judge asked."""
    authority = folder / "authority.pem"
    authority.write_text(scene.clinic.authority, "ascii")
    for name, make in KINDS.items():
        content = make(scene)
        file = folder / "brought.pdf"
        file.write_bytes(content)
        others = [judge(file, authority, folder) for judge in JUDGES.values()]
        yield line(name, *ours(scene, content), *others)


def line(*cells: str) -> str:
    """A row of a table."""
    return f"| {' | '.join(cells)} |"


def written(path: Path) -> dict[str, list[str]]:
    """What the document says of each kind."""
    said = path.read_text("utf-8").partition(BEGIN)[2].partition(END)[0]
    cells = [row.strip("| ").split(" | ") for row in said.strip().splitlines()[2:]]
    return {first: rest for first, *rest in cells}


def write(path: Path, begin: str, end: str, lines: list[str]) -> None:
    """Put lines between two marks of a document."""
    before, _, rest = path.read_text("utf-8").partition(begin)
    _, _, after = rest.partition(end)
    body = "\n".join(lines)
    path.write_text(f"{before}{begin}\n{body}\n{end}{after}", "utf-8")


def main(path: Path) -> None:
    """Make every forgery, ask everybody, and write what they say."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (
            lived(folder / "clinic", PracticeCertification()) as clinic,
            lived(folder / "other", LookAlike()) as other,
        ):
            told = list(rows(Scene(clinic, other), folder))
    write(path, BEGIN, END, [line(*HEAD), line(*(["---"] * len(HEAD))), *told])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
