"""The recovery key as it is printed and typed: 13 groups of five letters and figures.

256 random bits in Crockford's base 32, which has neither I, L, O nor U. The last character
of each group is a check over the other four and over the group's place, so that a slip of
the hand is not only seen but named: one wrong character, two that changed places, two groups
that did. What it opens stands in `db.locks.slots`.
"""

from __future__ import annotations

import re
import secrets

from db.locks.keys import KEY_BYTES
from monitor.errors import Code, InputError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 13
_PAYLOAD = 4  # characters of a group that carry the key; the fifth is the check
_GROUP = _PAYLOAD + 1
_SPARE_BITS = GROUPS * _PAYLOAD * 5 - KEY_BYTES * 8
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_APART = re.compile(r"[\s\u00a0\u2010-\u2015\u2212.,;:·_-]+")
_LOOKS_LIKE_ONE = 8
"""So many groups of the right form at least: no passphrase looks like that by chance."""

_REDUCE = 0b100101  # x^5 + x^2 + 1, which makes the 32 values a field


def make() -> bytes:
    """Return a new random recovery key."""
    return secrets.token_bytes(KEY_BYTES)


def groups(key: bytes) -> tuple[str, ...]:
    """Return the groups to be printed.

    Example:
        >>> groups(bytes(32))[:2]
        ('00000', '0000G')
    """
    number = int.from_bytes(key, "big") << _SPARE_BITS
    digits = [number >> (5 * place) & 31 for place in reversed(range(GROUPS * _PAYLOAD))]
    parts = [digits[at : at + _PAYLOAD] for at in range(0, len(digits), _PAYLOAD)]
    return tuple(
        "".join(ALPHABET[digit] for digit in (*part, _check(part, place)))
        for place, part in enumerate(parts)
    )


def read(typed: str) -> bytes | None:
    """Return the key that was typed; None for something else altogether.

    Small letters, missing or other marks between the groups, O for 0, I and L for 1 are read
    as they were meant.

    Raises:
        InputError: `wrong-key` for what is meant as a recovery key and cannot be one, with
            the `group` that is mistyped (from 1), or how many of how many were `found`.
    """
    parts = _parts(typed)
    if parts is None:
        return None
    if len(parts) != GROUPS:
        raise InputError(Code.WRONG_KEY, "recovery", found=len(parts), needed=GROUPS)
    digits: list[int] = []
    for place, part in enumerate(parts):
        read_as = [ALPHABET.index(sign) for sign in part] if _is_group(part) else [-1]
        if read_as[-1] != _check(read_as[:-1], place):
            raise InputError(Code.WRONG_KEY, "recovery", group=place + 1)
        digits += read_as[:-1]
    number = 0
    for digit in digits:
        number = number << 5 | digit
    if number & ((1 << _SPARE_BITS) - 1):
        raise InputError(Code.WRONG_KEY, "recovery", group=GROUPS)
    return (number >> _SPARE_BITS).to_bytes(KEY_BYTES, "big")


def _parts(typed: str) -> list[str] | None:
    """Return the groups of what looks like a recovery key, None for what does not."""
    parts = [p for p in _APART.split(typed.strip().upper().translate(_READ_AS)) if p]
    if len(parts) == 1 and len(parts[0]) == GROUPS * _GROUP:
        parts = [parts[0][at : at + _GROUP] for at in range(0, GROUPS * _GROUP, _GROUP)]
    return parts if sum(map(_is_group, parts)) >= _LOOKS_LIKE_ONE else None


def _is_group(part: str) -> bool:
    return len(part) == _GROUP and all(sign in ALPHABET for sign in part)


def _check(part: list[int], place: int) -> int:
    """Return the check over a group: each place counts by another power of two in the field."""
    total = place
    for digit in part:
        total = _doubled(total ^ digit)
    return total


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ _REDUCE if value > 31 else value  # noqa: PLR2004 - five bits


def same_group(group: str, typed: str) -> bool:
    """Tell whether a group was typed, in whatever letters."""
    return _APART.sub("", typed.strip().upper().translate(_READ_AS)) == group
