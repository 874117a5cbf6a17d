"""Keeps two exports from writing into one folder at the same time."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from ui.files import PRIVATE

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = ".export.lock"


class TakenError(Exception):
    """Somebody else writes there."""


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder while the body runs; the death of the process gives it back, too.

    Raises:
        TakenError: If another process, or another window of this one, holds it.
    """
    opened = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, PRIVATE)
    try:
        _take(opened)
        try:
            yield
        finally:
            if os.name == "posix":  # elsewhere what is open stays
                (folder / LOCK).unlink(missing_ok=True)
    finally:
        os.close(opened)


def _take(opened: int) -> None:
    try:
        if sys.platform == "win32":
            msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        raise TakenError from error
    except OSError:
        return  # a folder elsewhere in the network that knows no locks
