"""What a report costs: drawing, archive form and seal, beside bare reportlab and WeasyPrint.

    python -m tests.benchmarks.report_cost DOCUMENT

It writes its table into the document. WeasyPrint is measured where `CHAIRSIDE_WEASYPRINT` names
a Python that has it (a venv made for the day): it is in no lock, and nothing else needs it.
"""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from monitor.overview import SessionOverview
from monitor.ports import PersonalKey
from reports.pdf.session_report import Drawing, drawing
from reports.sealing.archive import archived
from reports.sealing.seal import sealed
from tests.benchmarks.entry_cost import Cost, timed, write
from tests.benchmarks.plain_report import as_web_page, by_bare_reportlab, content
from tests.fakes.overview_parts import DANA
from tests.fakes.overviews import extreme, ketamine
from tests.fakes.sealing import practice_key
from tests.unit.reports.vouched import keyed

TIMES = 15
RECORD = 30_000
"""Bytes: what the record of such a session comes to."""

_WEASYPRINT = """
import sys, time
import weasyprint
page, times = open(sys.argv[1], encoding="utf-8").read(), int(sys.argv[2])
for _ in range(times):
    begin = time.perf_counter()
    made = weasyprint.HTML(string=page).write_pdf()
    print(time.perf_counter() - begin, len(made))
"""
_IMPORT = "import time; t = time.perf_counter(); import {}; print(time.perf_counter() - t)"


@dataclass(frozen=True, slots=True)
class Step:
    """One way to make a file, or one step of ours.

    Attributes:
        size: Of the file, in bytes.
    """

    cost: Cost
    size: int

    def cells(self, against: Step) -> str:
        """Return its part of a row."""
        ratio = self.cost.usual / against.cost.usual
        return f"**{ratio:.1f}** | {self.cost.usual:.0f} | {self.size / 1000:.0f}"


def steps(overview: SessionOverview, key: PersonalKey) -> dict[str, Step]:
    """Measure every way and step, in turns, so that what disturbs one disturbs all."""
    said, record = content(overview), os.urandom(RECORD // 2).hex().encode()
    drawn: Drawing = drawing(overview)
    archive = archived(drawn.content, overview, record)
    if drawn.seal is None:
        raise SystemExit("a draft is not sealed")
    ways: dict[str, Callable[[], bytes]] = {
        "bare reportlab, the same content": functools.partial(by_bare_reportlab, said),
        "drawn": lambda: drawing(overview).content,
        "made PDF/A-3b with the record, validated": functools.partial(
            archived, drawn.content, overview, record
        ),
        "stamped and signed": functools.partial(sealed, archive, overview, drawn.seal, key),
    }
    sizes = {name: len(make()) for name, make in ways.items()}
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(TIMES):
        for name, make in ways.items():
            seconds[name].append(timed(make))
    made = {name: Step(Cost.of(seconds[name]), sizes[name]) for name in ways}
    ours = list(ways)[1:]
    whole = [sum(each) for each in zip(*(seconds[name] for name in ours), strict=True)]
    made["all three: a sealed report"] = Step(Cost.of(whole), sizes[ours[-1]])
    return made | weasyprint(as_web_page(said))


def weasyprint(page: str) -> dict[str, Step]:
    """Measure WeasyPrint, where there is one."""
    python = os.environ.get("CHAIRSIDE_WEASYPRINT")
    if not python:
        return {}
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "page.html"
        place.write_text(page, "utf-8")
        said = _output([python, "-c", _WEASYPRINT, str(place), str(1 + TIMES // 3)])
    found = [line.split() for line in said.splitlines()]
    seconds = [float(second) for second, _ in found[1:]]  # the first one loads the typefaces
    return {"WeasyPrint, the same content": Step(Cost.of(seconds), int(found[0][1]))}


def first_use(module: str) -> float:
    """Return what importing costs that needs a module, in milliseconds."""
    return min(
        float(_output([sys.executable, "-c", _IMPORT.format(module)])) * 1000 for _ in range(3)
    )


def _output(words: list[str]) -> str:
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def table() -> Iterator[str]:
    """Measure, and give the lines of the table."""
    key = practice_key(DANA)
    usual, worst = steps(keyed(ketamine()), key), steps(keyed(extreme()), key)
    bare = "bare reportlab, the same content"
    yield "| | ratio, ten readings | ms | kB | ratio, sixty and long notes | ms | kB |"
    yield "|---|---|---|---|---|---|---|"
    for name in usual:
        yield f"| {name} | {usual[name].cells(usual[bare])} | {worst[name].cells(worst[bare])} |"
    yield ""
    yield f"Medians of {TIMES}. The first report of a process also imports: reportlab"
    yield f"{first_use('reports.pdf.session_report'):.0f} ms; with pikepdf"
    yield f"{first_use('reports.sealing.archive, reports.pdf.session_report'):.0f} ms; with pyHanko"
    yield f"{first_use('reports.sealing.seal, reports.sealing.archive'):.0f} ms."


if __name__ == "__main__":
    write(Path(sys.argv[1]), list(table()), "make bench-report")
