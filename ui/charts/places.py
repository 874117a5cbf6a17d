"""Where words may stand: what is drawn takes its place, and words look for what is left."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""


class Places:
    """The free and the taken places of one lane, while it is being painted."""

    def __init__(self, area: QRectF) -> None:
        self._left, self._right = area.left(), area.right()
        self._top, self._foot = area.top(), area.bottom()
        self._taken: list[Box] = []

    def take(self, *boxes: Box) -> None:
        """Let nothing else stand here."""
        self._taken += boxes

    def is_free(self, box: Box) -> bool:
        """Tell whether a box lies in the lane and meets nothing."""
        left, top, right, foot = box
        inside = self._left <= left and right <= self._right and self._holds(top, foot)
        return inside and not any(
            left < x1 and x0 < right and top < y1 and y0 < foot for x0, y0, x1, y1 in self._taken
        )

    def first(self, boxes: Iterable[Box]) -> Box | None:
        """Return the first box that is free, and take it; None where none is."""
        for box in boxes:
            if self.is_free(box):
                self.take(box)
                return box
        return None

    def rightmost(self, top: float, foot: float, wide: float) -> float | None:
        """Return the right edge of the rightmost free room of that width; None for none."""
        if not self._holds(top, foot):
            return None
        edge = self._right - 8
        busy = [(x1, x0) for x0, y0, x1, y1 in self._taken if top < y1 and y0 < foot]
        for end, start in sorted(busy, reverse=True):
            if edge - end >= wide:
                return edge
            edge = min(edge, start)
        return edge if edge - self._left >= wide else None

    def _holds(self, top: float, foot: float) -> bool:
        return self._top <= top and foot <= self._foot
