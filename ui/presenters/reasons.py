"""Reasons that are given often: each is one digit, or free words instead. None is ever preset."""

from __future__ import annotations

from collections.abc import Sequence

NOT_TAKEN = ("refused", "asleep, not woken", "device failed", "in the bathroom")
"""Why a sign was not taken, or a whole observation not made."""

OUTSIDE = ("with another patient", "in the bathroom", "asleep, not woken", "device failed")
"""Why a slot is closed by a reading from outside its window."""

AMENDED = ("typing slip", "misread", "wrong time", "wrong patient")
"""Why something that was entered is amended."""


def numbered(picks: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return picks as a question offers them, each with its digit.

    Example:
        >>> numbered(("refused",))
        (('refused', '1  refused'),)
    """
    return tuple((pick, f"{place}  {pick}") for place, pick in enumerate(picks, 1))


def reason_of(typed: str, picks: Sequence[str]) -> str:
    """Return the reason that was typed: a pick by its number, or the words themselves.

    Example:
        >>> reason_of(" 2 ", NOT_TAKEN)
        'asleep, not woken'
        >>> reason_of("2 attempts failed", NOT_TAKEN)
        '2 attempts failed'
    """
    words = typed.strip()
    places = {str(place): pick for place, pick in enumerate(picks, 1)}
    return places.get(words, words)
