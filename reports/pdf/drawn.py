"""What is drawn at a place of its own rather than set as running text."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable
from typing_extensions import override


class Drawn(Flowable):  # type: ignore[misc] # reportlab carries no types
    """A block of fixed size that draws itself, the origin at its lower left corner."""

    canv: Canvas

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        self.width, self.height = width, height

    @override
    def wrap(self, room: float, tall: float) -> tuple[float, float]:
        """Return the size that it takes."""
        return self.width, self.height

    @override
    def draw(self) -> None:
        """Draw it on `self.canv`."""
        raise NotImplementedError


def rule(c: Canvas, x0: float, y: float, x1: float, *, ink: object, width: float) -> None:
    """Draw a horizontal line."""
    c.setStrokeColor(ink)
    c.setLineWidth(width)
    c.line(x0, y, x1, y)
