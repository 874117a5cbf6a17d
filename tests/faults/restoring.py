"""A process that restores a backup and dies when it is about to move so-many-th file.

    python -m tests.faults.restoring BACKUP TO MOVES

It has moved MOVES files into their places by then; nothing is cleaned up after it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from db.backups import restoring
from db.durable import move_file

DIED = 9


def main(backup: Path, to: Path, moves: int) -> None:
    """Restore until death."""
    left = iter(range(moves))

    def move_or_die(source: Path, target: Path) -> None:
        if next(left, None) is None:
            os._exit(DIED)
        move_file(source, target)

    vars(restoring)["move_file"] = move_or_die
    restoring.Restoring(backup, to)(
        lambda: None, lambda _store, _said: None, lambda _done, _of: None
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
