"""One byte changed, anywhere in a report: is it found? And what by those who look less closely?

Run as `python -m tests.forgeries.flips docs/forgeries.md` (minutes); the tests run a sample.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from db.certification import PracticeCertification
from monitor.judging import without_store
from monitor.verdict import Standing, Verdict
from reports.reading import read
from tests.forgeries.clinic import Clinic, lived
from tests.forgeries.pieces import seal_digits
from tests.forgeries.table import line, write

BEGIN, END = "<!-- flips -->", "<!-- /flips -->"

COUNT, SEED = 1000, 20260302

DEGREES = ("with the record", "with the certificate", "with nothing")


def flipped(content: bytes, count: int, seed: int = SEED) -> Iterator[tuple[int, bytes]]:
    """Give the same file again and again, each time with another byte changed.

    Every second change is a single bit; every fourth is aimed at the seal's own digits, which no
    signature covers.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret, the same in each run
    first, last = seal_digits(content)
    for number in range(count):
        aimed = number % 4 == 3
        place = chance.randrange(first, last) if aimed else chance.randrange(len(content))
        change = 1 << chance.randrange(8) if number % 2 else chance.randrange(1, 256)
        yield place, content[:place] + bytes((content[place] ^ change,)) + content[place + 1 :]


def told(clinic: Clinic, content: bytes) -> tuple[Verdict, Verdict, Verdict]:
    """What is said of a file, by what is known."""
    facts = read(content)
    return (
        clinic.verify.of(facts, content),
        without_store(facts, [clinic.fingerprint]),
        without_store(facts),
    )


def figures(clinic: Clinic, count: int) -> list[str]:
    """The rows of the table."""
    first, last = seal_digits(clinic.report)
    aimed, standings = 0, [Counter[Standing]() for _ in DEGREES]
    for place, content in flipped(clinic.report, count):
        aimed += first <= place < last
        for found, verdict in zip(standings, told(clinic, content), strict=True):
            found[verdict.standing] += 1
    said = [
        f"{count} changes of one byte in a report of {len(clinic.report)} bytes, {aimed} of them",
        f"in the {last - first} digits of the seal itself:",
        "",
        line("", "called genuine", "not genuine", "cannot tell"),
        line("---", "---", "---", "---"),
    ]
    for degree, found in zip(DEGREES, standings, strict=True):
        unsure, genuine = found[Standing.CANNOT_TELL], found[Standing.GENUINE]
        rest = count - unsure - genuine
        said.append(line(degree, f"**{genuine}**", str(rest), str(unsure)))
    return said


def main(path: Path) -> None:
    """Flip, and write what came of it."""
    with (
        tempfile.TemporaryDirectory() as name,
        lived(Path(name) / "clinic", PracticeCertification()) as clinic,
    ):
        write(path, BEGIN, END, figures(clinic, COUNT))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
