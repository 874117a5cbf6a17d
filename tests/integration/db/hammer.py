"""A process that writes entry after entry into a record that others write in too.

    python -m tests.integration.db.hammer FOLDER NAME ENTRIES WAIT

Each entry is the next of the stream "access", as that stands when its transaction begins.
Standard output hears "kept UID N" after each commit, and "busy UID" for each refusal, after
which the same entry is tried again.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from db.store import Store
from monitor.entries import Entry, LoggedIn
from monitor.errors import Code, StorageError
from tests.integration.db.scribe import Scribe


def say(words: str) -> None:
    """Write a line at once."""
    os.write(1, words.encode("ascii") + b"\n")


def keep(store: Store, entry: Entry) -> int:
    """Write an entry as the next of its stream; return its place."""
    while True:
        try:
            with store.transaction() as tx:
                place = tx.length(entry.stream) + 1
                tx.append([replace(entry, n=place)])
        except StorageError as error:
            if error.code is not Code.BUSY:
                raise
            say(f"busy {entry.uid}")
            continue
        return place


def main(folder: Path, name: str, entries: int, wait: float) -> None:
    """Write so many entries."""
    store = Store.open(folder, wait_seconds=wait)
    scribe = Scribe(uids=name)
    say("ready")
    sys.stdin.readline()
    for _ in range(entries):
        entry = scribe.entry("access", LoggedIn(name))
        say(f"kept {entry.uid} {keep(store, entry)}")
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
