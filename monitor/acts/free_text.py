"""What people write in their own words, held against what screen, page and file can show."""

from __future__ import annotations

from monitor.errors import Code, InputError

LONGEST_TEXT = 10_000
"""Characters of a note: more is refused, not cut."""


def plain_text(text: str, field: str) -> str:
    """Return *text* without blanks around it.

    Raises:
        InputError: `empty`, `too-much` characters, or `not-understood` where it holds
            control characters or directional marks that would change how others read it.
    """
    text = text.strip()
    if not text:
        raise InputError(Code.EMPTY, field)
    if len(text) > LONGEST_TEXT:
        raise InputError(Code.TOO_MUCH, field, most=LONGEST_TEXT, unit="characters")
    return readable(text, field)


def plain_or_none(text: str, field: str) -> str:
    """Return *text* without blanks around it; it may say nothing.

    Raises:
        InputError: As `plain_text`, but for `empty`.
    """
    return plain_text(text, field) if text.strip() else ""


_JOINERS = ("\u200c", "\u200d")
"""They keep letters apart or together, as Persian, Hindi and Sinhala write some names."""


def _joins(text: str, n: int) -> bool:
    """Tell whether a joiner stands between two signs of such a script, or of one emoji."""
    around = text[n - 1 : n] + text[n + 1 : n + 2]
    both = len(around) == len("ab") and not any(map(str.isascii, around))
    return text[n] in _JOINERS and both and all(map(str.isprintable, around))


def readable(text: str, field: str) -> str:
    """Return *text*, which others read as it was written.

    Raises:
        InputError: `not-understood`, with the first character that cannot be shown.
    """
    hidden = (n for n, char in enumerate(text) if not char.isprintable() and char != "\n")
    bad = next((text[n] for n in hidden if not _joins(text, n)), None)
    if bad is not None:
        raise InputError(
            Code.NOT_UNDERSTOOD, field, unshown=f"U+{ord(bad):04X}", token=ascii(text)[:40]
        )
    return text
