"""A process that writes one entry after another and says so once each is kept.

    python -m tests.faults.writer FOLDER FIRST LIMIT

It writes events into the stream "access", numbered from FIRST; each number goes to
standard output after its commit. With LIMIT, files may grow to so many bytes only: at the
first refusal it says "refused CODE", lifts the limit, tries the same entry again and says
"kept NUMBER".
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

from db.store import Store
from monitor.entries import Entry, EventNoted
from monitor.errors import StorageError
from tests.integration.db.scribe import Scribe


def say(words: str) -> None:
    """Write a line at once, so that a killed process has said it."""
    os.write(1, words.encode("ascii") + b"\n")


def keep(store: Store, entry: Entry) -> None:
    """Write one entry."""
    with store.transaction() as tx:
        tx.append([entry])


def write_until_refused(store: Store, scribe: Scribe) -> Entry:
    """Write until the disk gives no more; return what could not be written."""
    while True:
        entry = scribe.entry("access", EventNoted("x" * 600))
        try:
            keep(store, entry)
        except StorageError as error:
            say(f"refused {error.code}")
            return entry
        say(str(entry.n))


def main(folder: Path, first: int, limit: int) -> None:
    """Write for ever, or until the limit has been met and lifted."""
    store = Store.open(folder)
    scribe = Scribe()
    for _ in range(first - 1):
        scribe.entry("access", EventNoted(""))
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))
    entry = write_until_refused(store, scribe)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    keep(store, entry)
    say(f"kept {entry.n}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
