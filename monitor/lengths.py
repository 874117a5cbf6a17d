"""How long what people type may be: a longer text is refused, never cut.

The numbers are a project choice: longer than any true name, number, address or reason, and
short enough for a screen and a page. A note in the entry line has its own, wider limit.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from monitor.errors import Code, InputError

LONGEST_NAME = 120
"""Characters of a name: of a person, a user, the clinic, an allergy."""

LONGEST_NUMBER = 40
"""Characters of a record number, a chair or a credential."""

LONGEST_ADDRESS = 400
LONGEST_REASON = 500

OF_AN_ACT: Mapping[str, int] = MappingProxyType(
    {
        "reason": LONGEST_REASON,
        "basis_reason": LONGEST_REASON,
        "by_whom": LONGEST_NAME,
        "escort": LONGEST_NAME,
        "site": LONGEST_NAME,
        "meaning": LONGEST_REASON,
        "told": LONGEST_NAME,
    }
)
"""The free texts of the acts, beside notes and labels, which have limits of their own."""


def within(text: str, field: str, most: int) -> str:
    """Return a text that is not too long.

    Args:
        text: As it is to be kept.
        field: What the sentence calls it.
        most: Characters.

    Raises:
        InputError: `too-much`, with the limit.
    """
    if len(text) > most:
        raise InputError(Code.TOO_MUCH, field, most=most, unit="characters")
    return text
