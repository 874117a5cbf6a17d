"""Figures for the second opinion: text in, exact fractions between, text out."""

from __future__ import annotations

import re
from fractions import Fraction

HALF = Fraction(1, 2)
PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def read(text: str) -> Fraction | None:
    """Return the number a plain decimal text names, or None where it names none."""
    return Fraction(text) if PLAIN_NUMBER.fullmatch(text) else None


def half_up(value: Fraction, step: Fraction) -> Fraction:
    """Return the multiple of `step` nearest to `value`; a tie goes away from zero."""
    steps = abs(value) / step
    whole = (steps + HALF).__floor__() * step
    return -whole if value < 0 else whole


def fixed(value: Fraction, places: int) -> str:
    """Return `value` half-up with exactly so many places, and never "-0"."""
    unit = 10**places
    digits = str((abs(value) * unit + HALF).__floor__()).rjust(places + 1, "0")
    sign = "-" if value < 0 and digits.strip("0") else ""
    if not places:
        return sign + digits
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def stripped(value: Fraction, places: int) -> str:
    """Return `value` half-up to so many places, without its trailing zeros."""
    text = fixed(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_full(value: Fraction) -> str:
    """Return every place of a fraction that comes to an end."""
    places = 0
    while (value * 10**places).denominator > 1:
        places += 1
    return stripped(value, places)
