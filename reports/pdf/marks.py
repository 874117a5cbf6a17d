"""The few drawn marks. Each state has a shape of its own, so that a photocopy loses nothing."""

from __future__ import annotations

from math import cos, pi, sin

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from monitor.schedule import SlotState
from reports.pdf import look

SIGNS = {
    SlotState.ON_TIME: "●",
    SlotState.EARLY: "○",
    SlotState.LATE: "◐",
    SlotState.MISSED: "✕",
    SlotState.OVERDUE: "○",
    SlotState.DUE: "○",
    SlotState.LATER: "○",
    None: "+",
}


def triangle(
    c: Canvas, tip: tuple[float, float], size: float, ink: Color, *, up: bool, fill: bool = True
) -> None:
    """Draw a triangle: its tip is the value."""
    x, y = tip
    base = y - size if up else y + size
    p = c.beginPath()
    p.moveTo(x, y)
    p.lineTo(x - size * 0.58, base)
    p.lineTo(x + size * 0.58, base)
    p.close()
    c.setFillColor(ink if fill else look.PAPER)
    c.setStrokeColor(ink)
    c.setLineWidth(0.7)
    c.drawPath(p, stroke=1, fill=1)


def disc(c: Canvas, x: float, y: float, r: float, *, state: SlotState) -> None:
    """Draw how a slot was closed: full, half, crossed or empty."""
    ink = look.LATE if state in (SlotState.LATE, SlotState.MISSED) else look.INK
    c.setLineWidth(0.8)
    c.setStrokeColor(ink)
    c.setFillColor(ink if state is SlotState.ON_TIME else look.PAPER)
    c.circle(x, y, r, stroke=1, fill=1)
    if state is SlotState.LATE:
        _half(c, x, y, r)
    elif state is SlotState.MISSED:
        d = r * 1.15
        c.setLineWidth(1)
        c.line(x - d, y - d, x + d, y + d)
        c.line(x - d, y + d, x + d, y - d)


def _half(c: Canvas, x: float, y: float, r: float) -> None:
    p = c.beginPath()
    p.moveTo(x, y - r)
    for step in range(13):
        angle = -pi / 2 - pi * step / 12
        p.lineTo(x + r * cos(angle), y + r * sin(angle))
    p.close()
    c.setFillColor(look.LATE)
    c.drawPath(p, stroke=0, fill=1)


def hatch(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    """Draw a stretch of time in which nothing ran."""
    c.saveState()
    p = c.beginPath()
    p.rect(x, y, w, h)
    c.clipPath(p, stroke=0, fill=0)
    c.setStrokeColor(look.LINE)
    c.setLineWidth(0.4)
    start = x - h
    while start < x + w:
        c.line(start, y, start + h, y + h)
        start += 4
    c.restoreState()
    c.setStrokeColor(look.LINE)
    c.setLineWidth(0.5)
    c.rect(x, y, w, h, stroke=1, fill=0)
