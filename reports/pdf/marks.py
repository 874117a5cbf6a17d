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


def dashed(c: Canvas, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw the line that leads to a value which an amendment replaced."""
    c.setStrokeColor(look.SOFT)
    c.setLineWidth(0.5)
    c.setDash(1.6, 1.2)
    c.line(*start, *end)
    c.setDash()


def lozenge(c: Canvas, middle: tuple[float, float], size: float) -> None:
    """Draw the mark of a rating."""
    x, y = middle
    p = c.beginPath()
    p.moveTo(x, y + size)
    p.lineTo(x + size * 0.8, y)
    p.lineTo(x, y - size)
    p.lineTo(x - size * 0.8, y)
    p.close()
    c.setFillColor(look.PAPER)
    c.setStrokeColor(look.INK)
    c.setLineWidth(0.8)
    c.drawPath(p, stroke=1, fill=1)


def disc(c: Canvas, x: float, y: float, r: float, *, state: SlotState) -> None:
    """Draw how a slot stands: closed full or half, crossed, due with a hand, overdue with "!"."""
    timely = state in (SlotState.ON_TIME, SlotState.EARLY)
    ink = look.INK if timely or state is SlotState.LATER else look.LATE
    c.setLineWidth(0.8)
    c.setStrokeColor(ink)
    c.setFillColor(ink if state in (SlotState.ON_TIME, SlotState.OVERDUE) else look.PAPER)
    if state is SlotState.LATER:
        c.setDash(1.2, 0.9)
    c.circle(x, y, r, stroke=1, fill=1)
    c.setDash()
    if state is SlotState.DUE:
        c.line(x, y + r * 0.7, x, y)
        c.line(x, y, x + r * 0.5, y - r * 0.3)
    elif state is SlotState.OVERDUE:
        c.setStrokeColor(look.PAPER)
        c.line(x, y + r * 0.65, x, y - r * 0.1)
        c.line(x, y - r * 0.5, x, y - r * 0.65)
    elif state is SlotState.LATE:
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
