"""Draws a random sample that anybody can draw again with the same seed.

The rule needs nothing of ours: for each session, SHA-256 over the seed in UTF-8, a zero byte and
the session's identity in ASCII; the sessions with the smallest hashes are the sample, in that
order. So the same seed over the same sessions gives the same sample on every computer, whoever
found them in whatever order; and a greater sample begins with the smaller one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def drawn(sessions: Iterable[str], count: int, seed: str) -> tuple[str, ...]:
    """Return a sample of sessions; all of them where there are fewer than were asked for.

    Args:
        sessions: Their identities; one that is named twice counts once.
        count: How many, from 1.
        seed: Any text; another seed draws another sample.

    Example:
        >>> drawn(["a", "b", "c", "d"], 2, "audit 2026")
        ('a', 'd')
    """
    return tuple(sorted(set(sessions), key=lambda session: _lot(session, seed))[:count])


def _lot(session: str, seed: str) -> bytes:
    return hashlib.sha256(f"{seed}\0{session}".encode()).digest()
