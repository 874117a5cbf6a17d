"""On which side of a limit a value lies, and the one mark that says so on screen and paper."""

from __future__ import annotations

import enum
from decimal import Decimal
from typing import Protocol

from monitor.protocols.limit_part import Part
from monitor.protocols.protocol import Limit

_PERCENT = 100


class Side(enum.StrEnum):
    """Above a limit, below it, or beyond it where nothing tells which."""

    ABOVE = "above"
    BELOW = "below"
    BEYOND = "beyond"

    @property
    def mark(self) -> str:
        """Return the sign that stands beside the value: it points to where the value lies."""
        return _MARKS[self]


_MARKS = {Side.ABOVE: "▲", Side.BELOW: "▼", Side.BEYOND: "◆"}


def side(limit: Limit, value: str, change: tuple[int | Decimal, ...] = ()) -> Side:
    """Return on which side of a limit a value lies that crossed it.

    Where a blood pressure lies beyond several bounds, the systolic one tells.

    Example:
        >>> side(Limit("spo2-low", Sign.SPO2, below=94), "92")
        <Side.BELOW: 'below'>

    Args:
        limit: As the protocol has it.
        value: As an alert has it: "182/111", "92".
        change: How far that was from the baseline, signed; empty where it was not compared.
    """
    held = list(zip(map(_figure, value.split("/")), limit.parts, strict=False))
    absolute = [_absolute(part, figure) for figure, part in held if figure is not None]
    changed = [
        _changed(part, figure, Decimal(by))
        for (figure, part), by in zip(held, change, strict=False)
        if figure is not None
    ]
    return next(filter(None, absolute + changed), None) or _only(limit)


class Crossed(Protocol):
    """Whatever tells of a limit that was crossed: an alert, or what a line would raise."""

    @property
    def limit(self) -> Limit:
        """Return the limit."""
        ...

    @property
    def value(self) -> str:
        """Return what crossed it."""
        ...

    @property
    def change(self) -> tuple[int | Decimal, ...]:
        """Return how far that was from the baseline."""
        ...


def side_of(crossed: Crossed) -> Side:
    """Return on which side of its limit a value lies."""
    return side(crossed.limit, crossed.value, crossed.change)


def _absolute(part: Part, figure: Decimal) -> Side | None:
    if part.below is not None and figure < part.below:
        return Side.BELOW
    return Side.ABOVE if part.above is not None and figure > part.above else None


def _changed(part: Part, figure: Decimal, by: Decimal) -> Side | None:
    before, hundredfold = figure - by, by * _PERCENT  # so many percent of the baseline
    if _reaches(-by, part.fall) or _share(-hundredfold, part.fall_percent, before):
        return Side.BELOW
    up = _reaches(by, part.rise) or _share(hundredfold, part.rise_percent, before)
    return Side.ABOVE if up else None


def _only(limit: Limit) -> Side:
    """Return the side of a limit that has bounds on one side alone."""
    low = any(part.is_low for part in limit.parts)
    high = any(part.is_high for part in limit.parts)
    if low is high:
        return Side.BEYOND
    return Side.BELOW if low else Side.ABOVE


def _reaches(moved: Decimal, bound: int | Decimal | None) -> bool:
    return bound is not None and moved > 0 and moved >= bound


def _share(hundredfold: Decimal, percent: int | None, baseline: Decimal) -> bool:
    return percent is not None and hundredfold > 0 and hundredfold >= percent * baseline


def _figure(found: str) -> Decimal | None:
    try:
        return Decimal(found)
    except ArithmeticError:
        return None
