"""How much of the harness is run, and settings of the database that only a test changes."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

LARGE = os.environ.get("CHAIRSIDE_FAULTS") == "large"
"""Whether `make faults` runs us, with all there is, or the usual tests, with a sample."""

LONG = 7_200
"""Seconds that a large test may take: a limit against standing still, no measure."""


@contextlib.contextmanager
def pragmas(*texts: str) -> Iterator[None]:
    """Give every connection that is made meanwhile these settings, over the program's own."""

    def connected(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver has no types
        for text in texts:
            connection.execute(f"PRAGMA {text}").close()

    event.listen(Pool, "connect", connected)
    try:
        yield
    finally:
        event.remove(Pool, "connect", connected)
