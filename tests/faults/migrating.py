"""A process that opens an older record, and so brings it up to today's schema.

    python -m tests.faults.migrating FOLDER

It says "ready" once all that it needs is loaded, begins when standard input has a line or ends,
and says "done" once the record is open.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import alembic.command  # noqa: F401 - loaded before it says that it is ready

from db.store import Store


def main(folder: Path) -> None:
    """Open the record."""
    os.write(1, b"ready\n")
    sys.stdin.readline()
    Store.open(folder)
    os.write(1, b"done\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
