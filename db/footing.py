"""Whether the files that a connection stands on are still the ones in their place.

A file that is renamed, replaced or removed while it is open goes on taking writes, and nobody
ever finds them again. The operating system says nothing of it; the names have to be looked at.
"""

from __future__ import annotations

from pathlib import Path


class Footing:
    """The files of one connection, as they were when it was opened."""

    def __init__(self, *paths: Path) -> None:
        """Remember which files these are; one that is not there yet is remembered later."""
        self._known = {path: _identity(path) for path in paths}

    def holds(self) -> bool:
        """Tell whether each of the files is the one that it was."""
        for path, known in self._known.items():
            found = _identity(path)
            if known is None:
                self._known[path] = found
            elif found != known:
                return False
        return True


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
