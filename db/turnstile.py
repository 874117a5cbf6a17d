"""Lets many through at a time, or one alone."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

from monitor.errors import Code, StorageError


class Turnstile:
    """Keeps what needs a record for itself apart from all that uses it side by side."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._alone: int | None = None

    @contextlib.contextmanager
    def passing(self) -> Iterator[None]:
        """Go through beside others; wait while somebody is alone."""
        with self._changed:
            self._changed.wait_for(lambda: self._alone in (None, threading.get_ident()))
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextlib.contextmanager
    def alone(self, wait_seconds: float) -> Iterator[None]:
        """Be alone; who comes meanwhile waits.

        Raises:
            StorageError: `busy`, if those inside do not leave in time.
        """
        with self._changed:
            free = lambda: self._inside == 0 and self._alone is None  # noqa: E731 - said once
            if not self._changed.wait_for(free, wait_seconds):
                raise StorageError(Code.BUSY, field="keys")
            self._alone = threading.get_ident()
        try:
            yield
        finally:
            with self._changed:
                self._alone = None
                self._changed.notify_all()
