"""What a confirmed entry costs: against a bare durable insert, and beside a check of everything.

    python -m tests.benchmarks.entry_cost DOCUMENT

It writes its table into the document, between the two marks that stand there. Ratios come
first, since times are those of one machine.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from db.engine import open_engine
from db.store import Store
from monitor.entries import EventNoted
from tests.benchmarks.clinic import BusyClinic
from tests.faults import vfs
from tests.faults.vfs import Call, Deed
from tests.integration.db.scribe import Scribe

BEGIN, END = "<!-- written by {} -->\n", "<!-- end -->\n"
TIMES = 300
BODY = 700
"""Bytes of a bare row: as many as a reading's canonical body has."""

LINES = 50_000
SLOW_SYNC = 0.005
"""Seconds: what an ordinary disk needs to make something last."""


@dataclass(frozen=True, slots=True)
class Cost:
    """How long something took, in milliseconds."""

    usual: float
    rarely: float
    worst: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Cost:
        """Sum up single durations."""
        ordered = sorted(second * 1000 for second in seconds)
        return cls(statistics.median(ordered), ordered[int(len(ordered) * 0.95)], ordered[-1])

    def row(self, name: str, against: Cost) -> str:
        """Return it as a row of the table."""
        ratio = f"{self.usual / against.usual:.1f}"
        return f"| {name} | **{ratio}** | {self.usual:.2f} | {self.rarely:.2f} | {self.worst:.1f} |"


class SlowDisk:
    """Satisfies `tests.faults.vfs.Watcher`: every sync takes as long as on an ordinary disk."""

    def before(self, deed: Deed) -> None:
        """Wait, where something is made to last."""
        if deed.call is Call.SYNC:
            time.sleep(SLOW_SYNC)

    def after(self, deed: Deed) -> None:
        """Take no note."""


def timed(what: Callable[[], object]) -> float:
    """Return how long something takes, in seconds."""
    begin = time.perf_counter()
    what()
    return time.perf_counter() - begin


def bare_insert(engine: Engine) -> Callable[[], None]:
    """Return what inserts one row, durably, without anything of ours."""
    raw = engine.raw_connection().cursor()
    raw.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, body BLOB)")

    def insert() -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT INTO bare (body) VALUES (?)", (secrets.token_bytes(BODY),))
        raw.execute("COMMIT")

    return insert


def entry_against_insert(place: Path) -> tuple[Cost, Cost]:
    """Take turns at both, so that what disturbs one disturbs the other; (insert, entry)."""
    clinic = BusyClinic(place)
    engine = open_engine(place / "bare.db", secrets.token_bytes(32), create=True)
    insert = bare_insert(engine)
    inserts, entries = [], []
    for _ in range(TIMES):
        clinic.make_ready()
        inserts.append(timed(insert))
        entries.append(timed(clinic.take_reading))
    clinic.record.close()
    return Cost.of(inserts), Cost.of(entries)


def entry_beside_check(place: Path) -> tuple[Cost, Cost, float]:
    """Return an entry's cost alone, its cost beside a check of a long ledger, and the check's.

    The check runs on a thread of its own, as it does beside the window.
    """
    clinic = BusyClinic(place)
    lengthen(clinic.record._store)
    alone = []
    for _ in range(TIMES):
        clinic.make_ready()
        alone.append(timed(clinic.take_reading))
    whole = timed(clinic.record._store.check)
    with checking(clinic.record._store) as runs:
        beside = []
        while runs.is_set():
            clinic.make_ready()
            beside.append(timed(clinic.take_reading))
            time.sleep(0.05)  # nobody types without a pause
    clinic.record.close()
    return Cost.of(alone), Cost.of(beside), whole


def lengthen(store: Store) -> None:
    """Bring a ledger to its length."""
    scribe = Scribe(uids="long")
    for _ in range(LINES // 500):
        with store.transaction() as tx:
            tx.append([scribe.entry("patient/long", EventNoted("a line")) for _ in range(500)])


@contextlib.contextmanager
def checking(store: Store) -> Iterator[threading.Event]:
    """Check a whole record on another thread; the event is set while that goes on."""
    runs = threading.Event()
    runs.set()

    def check() -> None:
        assert store.check().is_sound
        runs.clear()

    thread = threading.Thread(target=check)
    thread.start()
    try:
        yield runs
    finally:
        thread.join()


def sync_cost(place: Path) -> Cost:
    """Return what this disk needs to make four kilobytes last."""
    opened = os.open(place / "sync", os.O_CREAT | os.O_WRONLY)

    def sync() -> None:
        os.pwrite(opened, secrets.token_bytes(4096), 0)
        os.fsync(opened)

    made = Cost.of([timed(sync) for _ in range(TIMES)])
    os.close(opened)
    return made


def table(place: Path) -> Iterator[str]:
    """Measure, and give the lines of the table."""
    sync = sync_cost(place)
    insert, entry = entry_against_insert(place / "fast")
    with vfs.watched(SlowDisk()):
        slow_insert, slow_entry = entry_against_insert(place / "slow")
    alone, beside, whole = entry_beside_check(place / "long")
    yield "| | ratio | median ms | 95 % ms | worst ms |"
    yield "|---|---|---|---|---|"
    yield insert.row("bare durable insert", insert)
    yield entry.row("confirmed reading", insert)
    yield slow_insert.row("bare durable insert, each sync 5 ms longer", slow_insert)
    yield slow_entry.row("confirmed reading, each sync 5 ms longer", slow_insert)
    yield alone.row(f"reading, ledger of {LINES:,} lines", alone)
    yield beside.row("the same while the whole record is checked", alone)
    yield ""
    yield f"A sync of this disk takes {sync.usual:.2f} ms (median of {TIMES});"
    yield f"the whole check of {LINES:,} lines took {whole:.0f} s alone."


def write(document: Path, lines: Sequence[str], target: str = "make bench") -> None:
    """Put the table of a target in its place."""
    text, begin = document.read_text(encoding="utf-8"), BEGIN.format(target)
    before, _, rest = text.partition(begin)
    _, mark, after = rest.partition(END)
    if not mark:
        raise SystemExit(f"{document} has no place for the figures")
    document.write_text(before + begin + "\n".join(lines) + "\n" + END + after, encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="chairside-bench-") as name:
        here = Path(name)
        for folder in ("fast", "slow", "long"):
            (here / folder).mkdir()
        measured = tuple(table(here))
    print("\n".join(measured))  # noqa: T201 - it talks to a terminal
    write(Path(sys.argv[1]), measured)
