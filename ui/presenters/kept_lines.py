"""Half-typed lines, kept in memory for whoever typed them; nobody else is ever shown one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from itertools import takewhile

from ui.presenters.entry import EntryPresenter
from ui.presenters.interruptions import Notices


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


class KeptNotice:
    """Says of kept lines that they are not of this minute, as long as one of them stands."""

    def __init__(self, notices: Notices, entry: EntryPresenter) -> None:
        self._notices, self._entry = notices, entry
        self._said: list[str] = []
        self._left: Counter[str] = Counter()
        entry.changed = self._follow

    def tell(self, since: str) -> None:
        """Say it of what is half-typed now.

        Args:
            since: When it was kept.
        """
        lines = self._entry.lines
        self._left = Counter(lines)
        self._said.append(kept_words(since, len(lines)))
        self._notices.tell(self._said[-1])

    def _follow(self, before: str, after: str) -> None:
        """Take it back once each of them is entered, emptied or replaced."""
        if self._left[before] and not _replaces(before, after):
            self._left[before] -= 1
            self._left[after] += 1
        self._left &= Counter(self._entry.lines)
        if not self._left:
            for said in self._said:
                self._notices.withdraw(said)
            self._said.clear()


def _replaces(before: str, after: str) -> bool:
    """Tell whether one edit has left less than half of a line."""
    ahead = _same(before, after)
    behind = _same(before[ahead:][::-1], after[ahead:][::-1])
    return 2 * (ahead + behind) < len(before)


def _same(one: str, other: str) -> int:
    """Return in how many letters they begin alike."""
    alike = takewhile(lambda both: both[0] == both[1], zip(one, other, strict=False))
    return sum(1 for _ in alike)


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
