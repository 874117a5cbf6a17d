"""The program playing a rehearsal, which also says of each entry that it has appeared.

    python tests/faults/player.py play-part  < plan

It is the process that `chairside rehearse` starts, window and all. Beside its reports it
writes each entry's canonical body to standard output once the entry is kept, after the word
"shown": whoever reads that line may rely on the entry.
"""

from __future__ import annotations

import os
import sys

import pytest

import main
from db.codec import encode
from monitor.entries import Entry
from ui.console.stage import PracticeOrder

SHOWN = b"shown "

_OUT = os.dup(1)  # the program keeps standard output for its reports


def show(entry: Entry) -> None:
    """Say that an entry has appeared: one write, so that a killed process has said it."""
    os.write(_OUT, SHOWN + encode(entry) + b"\n")


open_practice = main.open_practice


def listening(order: PracticeOrder) -> main.OpenRecord:
    """Open the record as the program does, and listen to it."""
    record = open_practice(order)
    record.listen(show)
    return record


if __name__ == "__main__":
    pytest.MonkeyPatch().setattr(main, "open_practice", listening)
    sys.exit(main.main())
