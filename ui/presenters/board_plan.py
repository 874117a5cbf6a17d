"""How many columns the board has and how large its cards are, by number and room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """One of the sizes a card comes in, in pixels.

    Attributes:
        name: "large", "medium" or "compact".
        least: Narrowest and lowest it may be; what it shows would not fit in less.
        best: As it was drawn.
        highest: Beyond that it would be a tall, nearly empty card.
    """

    name: str
    least: tuple[int, int]
    best: tuple[int, int]
    highest: int
    gap: int


LARGE = Size("large", (520, 330), (586, 424), 430, 16)
MEDIUM = Size("medium", (350, 222), (378, 252), 278, 16)
COMPACT = Size("compact", (264, 148), (300, 190), 216, 12)

_LEAST_COLUMNS = 3  # a single card is as wide as one of three


@dataclass(frozen=True, slots=True)
class Plan:
    """The board: the size of its cards, how many stand side by side, and how high they are."""

    size: Size
    columns: int
    height: int

    @property
    def name(self) -> str:
        """Return the name of the size."""
        return self.size.name


def plan(count: int, width: int, height: int) -> Plan:
    """Return the largest size at which all cards can be seen at once.

    Where there is no such size the board scrolls: the smallest cards, as many columns as fit.
    """
    for size in (LARGE, MEDIUM, COMPACT):
        fitting = list(_fitting(size, count, width, height))
        if fitting:
            return max(fitting, key=lambda each: _ease(each, width))
    columns = max(_LEAST_COLUMNS, (width + COMPACT.gap) // (COMPACT.least[0] + COMPACT.gap))
    return Plan(COMPACT, columns, COMPACT.least[1])


def _fitting(size: Size, count: int, width: int, height: int) -> Iterator[Plan]:
    most = (width + size.gap) // (size.least[0] + size.gap)
    for columns in range(_LEAST_COLUMNS, most + 1):
        rows = max(1, -(-count // columns))
        high = (height - (rows - 1) * size.gap) // rows
        if high >= size.least[1]:
            yield Plan(size, columns, min(high, size.highest))


def _ease(made: Plan, width: int) -> float:
    """Return how near a plan comes to the card as it was drawn, in its tighter direction."""
    wide = (width - (made.columns - 1) * made.size.gap) / made.columns
    return min(wide / made.size.best[0], made.height / made.size.best[1])
