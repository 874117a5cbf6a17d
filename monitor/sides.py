"""On which side of a limit a value lies, and the one mark that says so on screen and paper."""

from __future__ import annotations

import enum
from decimal import Decimal
from typing import Protocol

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
    first, _, second = value.partition("/")
    found = _absolute(limit, _figure(first), _figure(second)) or _changed(limit, first, change)
    return found or _only(limit)


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


def _absolute(limit: Limit, first: Decimal | None, second: Decimal | None) -> Side | None:
    if first is not None and limit.below is not None and first < limit.below:
        return Side.BELOW
    upper = ((first, limit.above), (second, limit.above_diastolic))
    over = any(v is not None and bound is not None and v > bound for v, bound in upper)
    return Side.ABOVE if over else None


def _changed(limit: Limit, first: str, change: tuple[int | Decimal, ...]) -> Side | None:
    now = _figure(first)
    if not change or now is None:
        return None
    by = Decimal(change[0])
    shares = by * _PERCENT, now - by  # so many percent of the baseline
    down = _reaches(-by, limit.fall) or _share(-shares[0], limit.fall_percent, shares[1])
    up = _reaches(by, limit.rise) or _share(shares[0], limit.rise_percent, shares[1])
    if down or up:
        return Side.BELOW if down else Side.ABOVE
    return Side.ABOVE if _reaches(Decimal(change[-1]), limit.rise_diastolic) else None


def _only(limit: Limit) -> Side:
    """Return the side of a limit that has bounds on one side alone."""
    lower = (limit.below, limit.fall, limit.fall_percent)
    upper = (limit.above, limit.above_diastolic, limit.rise, limit.rise_diastolic)
    low = any(bound is not None for bound in lower)
    high = any(bound is not None for bound in (*upper, limit.rise_percent))
    if low is high:
        return Side.BEYOND
    return Side.BELOW if low else Side.ABOVE


def _reaches(moved: Decimal, bound: int | None) -> bool:
    return bound is not None and moved > 0 and moved >= bound


def _share(hundredfold: Decimal, percent: int | None, baseline: Decimal) -> bool:
    return percent is not None and hundredfold > 0 and hundredfold >= percent * baseline


def _figure(found: str) -> Decimal | None:
    try:
        return Decimal(found)
    except ArithmeticError:
        return None
