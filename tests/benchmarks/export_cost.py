"""What exporting everything costs in seconds and memory, and every file checked afterwards.

    python -m tests.benchmarks.export_cost DOCUMENT [--sessions 1000] [--record FOLDER]

First it lives through so many visits of four kinds, really sealed, in two processes at once; a
record that is there already is used. Then it exports them all, each time in a fresh process, and
holds every file against the lists, the ledger and the record; and the second export against the
published schema, the sealed bytes and FHIR validators that are not ours.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import multiprocessing
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from monitor.judging import without_store
from monitor.verdict import Standing
from monitor.verifying import VerifyReport
from reports.press import ReportPress
from reports.reading import read
from tests.benchmarks.entry_cost import write
from tests.benchmarks.export_judges import judged
from tests.benchmarks.export_visits import A_DAY, BEGAN, make_record
from tests.integration.whole_export.clinic import AUDITOR, Exporter
from tests.integration.whole_export.reading import by_the_readme, sums_hold
from ui.whole_export.driver import Order, Step, WholeExport

BUNDLES = 60
"""So many FHIR bundles go to the validators, which need most of a second for each."""


# --- one export, in a process of its own ------------------------------------------------------


def _megabytes(pid: int | str, what: str) -> float:
    """Return what a process holds ("VmRSS"), or held at most ("VmHWM")."""
    text = Path(f"/proc/{pid}/status").read_text("ascii")
    found = next(line for line in text.splitlines() if line.startswith(what))
    return int(found.split()[1]) / 1024


@dataclass
class Watch:
    """Notes what the processes hold while an export goes on."""

    share: float = 0.1
    next: float = 0.0
    held: list[float] = field(default_factory=list)
    helper: float = 0.0

    def __call__(self, step: Step) -> None:
        """Take note, ten times in all."""
        if step.done < self.next:
            return
        self.next += step.of * self.share
        self.held.append(_megabytes("self", "VmRSS"))
        for each in multiprocessing.active_children():
            self.helper = max(self.helper, _megabytes(each.pid or 0, "VmHWM"))


def export_once(record: Path, to: Path, sessions: int, processes: int) -> None:
    """Export everything, and say as JSON what that cost."""
    exporter, watch = Exporter(record, quick=False), Watch()
    days = (BEGAN + dt.timedelta(days=each) for each in (1, 2 + sessions // A_DAY))
    order = Order(author=AUDITOR, first=next(days), last=next(days), to=to, processes=processes)
    begin, used = time.perf_counter(), time.process_time()
    outcome = WholeExport(exporter.record, order, watch, lambda: False).run()
    seconds = time.perf_counter() - begin
    said = {
        "seconds": seconds,
        "own": time.process_time() - used,
        "sessions": outcome.sessions,
        "files": outcome.files,
        "megabytes": outcome.size / 1e6,
        "held": watch.held,
        "most": _megabytes("self", "VmHWM"),
        "helper": watch.helper,
    }
    exporter.record.close()
    sys.stdout.write(json.dumps(said) + "\n")


def exported(record: Path, to: Path, sessions: int, processes: int) -> dict[str, Any]:
    """Let a fresh process export everything of a copy of the record."""
    copy = to.with_name(f"{to.name} record")
    shutil.copytree(record, copy)
    program = (
        "import sys; from pathlib import Path; from tests.benchmarks.export_cost import *;"
        "export_once(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))"
    )
    told = [sys.executable, "-c", program, str(copy), str(to), str(sessions), str(processes)]
    done = subprocess.run(told, check=True, capture_output=True, text=True)
    made: dict[str, Any] = json.loads(done.stdout)
    return made


# --- every file, held against all there is ----------------------------------------------------


def verified(record: Path, to: Path) -> Counter[str]:
    """Count what every file turned out to be; anything but what it should be ends it."""
    found = Counter[str]()
    if not sums_hold(to):
        raise SystemExit("a file is not what the list says")
    found["files as SHA256SUMS says, by the system's own tool"] = len(
        (to / "SHA256SUMS").read_text("utf-8").splitlines()
    )
    found["lines of the ledger in an unbroken chain"] = int(by_the_readme(to).split()[1])
    authority = ReportPress.read_certificate((to / "authority.pem").read_text(encoding="ascii"))
    if authority is None:
        raise SystemExit("the authority's certificate cannot be read")
    trusted = [authority.fingerprint]
    exporter = Exporter(record)
    world = exporter.record.world
    verify, now = VerifyReport(world), world.clock.now()
    for path in sorted((to / "sessions").rglob("*")):
        if path.match("report-v*.pdf"):
            content = path.read_bytes()
            facts = read(content)
            for verdict in (verify.of(facts, content), without_store(facts, trusted, now)):
                if verdict.standing is not Standing.GENUINE:
                    raise SystemExit(f"{path} is {verdict.standing}")
            found["sealed reports genuine, by the record and by the certificate alone"] += 1
        elif path.suffix == ".json":
            json.loads(path.read_bytes())
            found["JSON files that can be read"] += 1
    exporter.record.close()
    return found


def table(record: Path, place: Path, sessions: int) -> Iterator[str]:
    """Measure, and give the lines of the table."""
    runs = {n: exported(record, place / f"by {n}", sessions, n) for n in (1, 2)}
    count = runs[1]["sessions"]
    yield f"| {count:,} sessions, {runs[1]['files']:,} files | 1 process | 2 helpers |"
    yield "|---|---|---|"
    rows: tuple[tuple[str, Callable[[dict[str, Any]], str]], ...] = (
        ("seconds", lambda run: f"**{run['seconds']:.0f}**"),
        ("sessions a second", lambda run: f"{run['sessions'] / run['seconds']:.1f}"),
        ("processor seconds of the process itself", lambda run: f"{run['own']:.0f}"),
        ("size of it all, MB", lambda run: f"{run['megabytes']:.0f}"),
        ("memory of the process, at most, MB", lambda run: f"{run['most']:.0f}"),
        ("memory of a helper, at most, MB", lambda run: f"{run['helper']:.0f}"),
        (
            "memory after a tenth, half and all of it, MB",
            lambda run: ", ".join(f"{run['held'][n]:.0f}" for n in (1, 5, -1)),
        ),
    )
    for name, of in rows:
        yield f"| {name} | {of(runs[1])} | {of(runs[2])} |"
    yield ""
    yield "| verified afterwards, of both | |"
    yield "|---|---|"
    total = sum((verified(record, place / f"by {n}") for n in (1, 2)), Counter[str]())
    for name, times in total.items():
        yield f"| {name} | {times:,} |"
    yield ""
    yield "| judged afterwards, of the second | |"
    yield "|---|---|"
    for name, times in judged(place / "by 2" / "sessions", BUNDLES).items():
        yield f"| {name} | {times:,} |"


def run() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("document", type=Path, nargs="?")
    parser.add_argument("--sessions", type=int, default=1000)
    parser.add_argument("--record", type=Path)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chairside-export-") as name:
        record = told.record or Path(name) / "record"
        if not record.exists():
            seconds = make_record(record, told.sessions)
            sys.stdout.write(f"the record was made in {seconds:.0f} s\n")
        lines = list(table(record, Path(name), told.sessions))
    sys.stdout.write("\n".join(lines) + "\n")
    if told.document is not None:
        write(told.document, lines, "make bench-export")


if __name__ == "__main__":
    run()
