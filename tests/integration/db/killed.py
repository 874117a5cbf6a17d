"""A process that writes a visit and is killed in the midst of its next entry.

    python -m tests.integration.db.killed FOLDER

It says the visit's entries in one line once they are kept, begins one more, and waits.
"""

from __future__ import annotations

import sys
from pathlib import Path

from monitor.entries import session_stream
from tests.integration.db.scribe import Scribe, practice_store


def main(folder: Path) -> None:
    """Write, say what is kept, and wait for the end."""
    store, scribe = practice_store(folder), Scribe()
    with store.transaction() as tx:
        tx.append([*scribe.founding(), scribe.opened()])
        tx.append([scribe.measured() for _ in range(4)])
    with store.transaction() as tx:
        kept = " ".join(entry.uid for entry in tx.stream(session_stream("s-1")))
        tx.append([scribe.measured()])
        sys.stdout.write(f"{kept}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
