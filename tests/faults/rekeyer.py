"""A process that gives a record new keys again and again, and says so each time.

    python -m tests.faults.rekeyer FOLDER PASSPHRASE [STEP]

With STEP it ends as if killed when it comes to that step of a replacement for the first
time: steps are counted over everything that lasts, so that each instant between two of them
has a number. It says "steps N" after a replacement without an end.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from db import engine
from db.locks import slots, wrapping
from db.locks.locksmith import Locksmith
from db.store import Store

P = ParamSpec("P")
R = TypeVar("R")

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


class Steps:
    """Counts what lasts, before and after it is done; ends the process at one of them."""

    def __init__(self, last: int) -> None:
        self.count, self._last = 0, last

    def __call__(self, does: Callable[P, R]) -> Callable[P, R]:
        """Return the same, counted."""

        def counted(*args: P.args, **kwargs: P.kwargs) -> R:
            self._take()
            result = does(*args, **kwargs)
            self._take()
            return result

        return counted

    def _take(self) -> None:
        self.count += 1
        if self.count == self._last:
            os.kill(os.getpid(), signal.SIGKILL)


def main(folder: Path, passphrase: str, last: int) -> None:
    """Replace the keys for ever, or until that step."""
    wrapping.CLINIC = wrapping.PRACTICE  # as the record was made: quick to open
    steps = Steps(last)
    slots.write = steps(slots.write)
    slots.keep_before = steps(slots.keep_before)
    slots.drop_before = steps(slots.drop_before)
    engine.rekey = steps(engine.rekey)
    smith = Locksmith(Store.open(folder, passphrase), "here")
    say("open")
    while True:
        smith.replace_keys(passphrase, passphrase, AT)
        say(f"steps {steps.count}")


def say(words: str) -> None:
    """Write a line at once, so that a killed process has said it."""
    os.write(1, words.encode("ascii") + b"\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int((sys.argv[3:] or ["0"])[0]))
