"""A process that makes one backup after another, and writes an entry before each.

    python -m tests.faults.backing_up RECORD BACKUPS

It says "begun" before each backup and the number of its last line after it; the rest is
silence, until it is killed.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from db.backups.backup import Backups
from db.store import Store
from monitor.entries import EventNoted
from tests.faults.writer import keep, say
from tests.integration.db.scribe import BEGINNING, Scribe


def main(record: Path, backups: Path) -> None:
    """Write and back up for ever."""
    store = Store.open(record)
    place = Backups(store, backups)
    at = BEGINNING + dt.timedelta(days=len(place.found()))
    scribe = Scribe(uids=f"b{store.head().seq}")
    with store.transaction() as tx:
        for _ in range(tx.length("access")):
            scribe.entry("access", EventNoted(""))
    while True:
        keep(store, scribe.entry("access", EventNoted("x" * 100)))
        say("begun")
        at += dt.timedelta(days=1)
        made = place.make(at, lambda _done, _of: None)
        place.prune()
        say(str(made.head.seq))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
