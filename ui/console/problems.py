"""What stops a sub-command, in one sentence, with the exit status that it leads to."""

from __future__ import annotations

CANNOT_TELL = 2


class ConsoleError(Exception):
    """A sub-command that cannot go on.

    Attributes:
        status: The exit status that it leads to.
    """

    def __init__(self, sentence: str, status: int = CANNOT_TELL) -> None:
        super().__init__(sentence)
        self.status = status


def why(error: OSError) -> str:
    """Return the system's own words for what went wrong with a file."""
    return (error.strerror or "the system does not say why").lower()
