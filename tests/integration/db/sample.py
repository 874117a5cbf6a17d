"""Makes the sample of a schema: a small record for practice, kept for as long as there are others.

    python -m tests.integration.db.sample FOLDER

It plays a rehearsal with the program as it is, and lets a station sign it. Run it once, when a
schema is new and before another one follows it; FOLDER is tests/data/stores/<schema>.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from db.locks import slots
from db.store import FILE_NAME, Store
from db.witness.station import Station
from monitor.entries import (
    CountedLot,
    Entry,
    Inventory,
    StockCounted,
    StockLot,
    StockMove,
    StockMoved,
)
from tests.architecture.house import ROOT
from tests.integration.db.scribe import Scribe

REHEARSAL = "paused-for-pressure"
"""It is signed and co-signed, has alerts, amendments of the dose and a kept report."""


def written(store: Store, entry: Entry) -> None:
    """Write an entry as the next of its stream."""
    with store.transaction() as tx:
        tx.append([replace(entry, n=tx.length(entry.stream) + 1)])


def cupboard() -> tuple[StockCounted, StockMoved]:
    """An opening inventory, and a delivery."""
    lot = StockLot(
        "ketamine-50-10", "ketamine 50 mg/mL, 10 mL vial", Decimal(500), "K2311A", "2027-08"
    )
    found = CountedLot(lot, Decimal(4), Decimal(2000), Decimal(0))
    return (
        StockCounted(Inventory.OPENING, (found,)),
        StockMoved(StockMove.RECEIVED, lot, Decimal(10), Decimal(5000), "DN 4711"),
    )


def main(folder: Path) -> None:
    """Make the sample."""
    with tempfile.TemporaryDirectory() as name:
        script = ROOT / "tests" / "data" / "rehearsals" / f"{REHEARSAL}.toml"
        words = [sys.executable, "main.py", "rehearse", str(script), "--out", name]
        subprocess.run(words, check=True, cwd=ROOT)
        made = Path(name) / REHEARSAL / "store"
        station = Station.here(Path(name) / "state")
        store = Store.open(made, station=station)
        scribe = Scribe(uids="sample")
        written(store, scribe.named(station))
        with store.transaction() as tx:
            (session,) = (header.session_id for header in tx.sessions())
        written(store, scribe.added("She called the next day: all is well.", session))
        for what in cupboard():
            written(store, scribe.entry("register", what))
        assert store.check().is_sound
        store.close()
        folder.mkdir(parents=True, exist_ok=True)
        for part in (FILE_NAME, slots.FILE_NAME):
            shutil.copyfile(made / part, folder / part)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
