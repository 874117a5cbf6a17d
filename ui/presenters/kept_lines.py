"""Half-typed lines, kept in memory for whoever typed them; nobody else is ever shown one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeptLine:
    """What was typed in one session and not stored.

    Attributes:
        lines: In the order in which they were begun, the one that was being typed last.
        since: When its owner's rooms were locked or closed.
    """

    lines: tuple[str, ...]
    since: dt.datetime


class KeptLines:
    """Keeps the lines of each person in each session, until they are given back."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], KeptLine] = {}

    def keep(self, user: str, session_id: str, line: KeptLine) -> None:
        """Keep a line for its owner; an older one in that session gives way."""
        self._kept[user, session_id] = line

    def give_back(self, user: str, session_id: str) -> KeptLine | None:
        """Return what that person had typed in that session, once; None for nothing."""
        return self._kept.pop((user, session_id), None)


def kept_words(since: str, count: int = 1) -> str:
    """Say of what stands in the entry line again that it is not of this minute.

    Args:
        since: When it was kept.
        count: How many lines were; each comes back when the one before it is stored or cleared.
    """
    kept = "The line was" if count <= 1 else f"{count} lines, one after the other, were"
    stored = "it" if count <= 1 else "them"
    return (
        f"{kept} kept from {since}; nothing of {stored} is stored. Without a time of its own, "
        f"“@{since}”, a reading counts as measured now."
    )
