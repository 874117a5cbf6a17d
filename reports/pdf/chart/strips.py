"""The lanes below the pressures: heart rate, saturation, respiration, dissociation, sedation."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from monitor.chart_axes import DISSOCIATION, HEART_RATE, RESP, SPO2, Axis
from monitor.chart_page import Point
from reports.pdf import look
from reports.pdf.chart.ground import Ground
from reports.pdf.drawn import rule
from reports.pdf.look import Types

STRIP, BARS, NUMBERS = 18.0, 25.0, 10.0
_NEAR, _NEAR_CROWDED, _ARROWED = 9.0, 16.0, 14.0  # figures closer than this would meet

Pick = Callable[[Point], int | None]

STRIPS: tuple[tuple[Axis, Pick], ...] = (
    (HEART_RATE, lambda point: point.heart_rate),
    (SPO2, lambda point: point.spo2),
    (RESP, lambda point: point.resp),
)


def strip(g: Ground, y: float, axis: Axis, pick: Pick) -> None:
    """Draw one value over time, with its figures."""
    g.divide(y + STRIP)
    g.name(y + 7, axis.name, axis.unit)
    _limits(g, y, axis)
    spots = [
        (g.x(point.at), y + 2.5 + (STRIP - 12) * axis.share(value), value)
        for point in g.page.points
        if (value := pick(point)) is not None
    ]
    g.c.setStrokeColor(look.LINE)
    g.c.setLineWidth(0.7)
    for (x0, y0, _), (x1, y1, _) in pairwise(spots):
        g.c.line(x0, y0, x1, y1)
    for x, yy, _ in spots:
        g.c.setFillColor(look.INK)
        g.c.circle(x, yy, 1.5, stroke=0, fill=1)
    _figures(g, spots, axis)


def _figures(g: Ground, spots: list[tuple[float, float, int]], axis: Axis) -> None:
    """Write the values above their dots: first those off the scale, then what finds room."""
    taken: list[float] = []
    for x, y, value in spots:
        if axis.beyond(value):
            arrow = "↑" if value > axis.high else "↓"
            while any(abs(x - other) < _ARROWED for other in taken):
                x += 1  # noqa: PLW2901 - aside, never left out
            how = Types.MARK_STRONG.inked(look.ALERT)
            g.put(x, y + 3.2, f"{arrow}{value}", how, "middle")
            taken.append(x)
    before = None
    for x, y, value in spots:
        near = _NEAR_CROWDED if g.crowded else _NEAR
        free = all(abs(x - other) >= near for other in taken)
        if not axis.beyond(value) and free and not (g.crowded and value == before):
            g.put(x, y + 3.2, str(value), Types.MARK, "middle")
            taken.append(x)
            before = value


def _limits(g: Ground, y: float, axis: Axis) -> None:
    for limit in g.page.limits:
        if limit.sign is axis.sign:
            yy = y + 2.5 + (STRIP - 12) * axis.share(limit.value)
            rule(g.c, g.end - 6, yy, g.end, ink=look.ALERT, width=0.8)
            g.put(g.end + 3, yy - 2, str(limit.value), Types.TINY_STRONG.inked(look.ALERT))
            g.put(g.end + 16, yy - 2, "limit", Types.TINY.inked(look.ALERT))


def dissociation(g: Ground, y: float) -> None:
    """Draw dissociation as bars from 0 to 10."""
    g.divide(y + BARS)
    g.base(y + 2)
    g.name(y + 15, DISSOCIATION.name)
    g.put(0, y + 7, DISSOCIATION.unit, Types.TINY)
    said, wide = -99.0, 2.2 if g.crowded else 5.0
    for point in g.page.points:
        if point.dissociation is None:
            continue
        x, tall = g.x(point.at), (BARS - 11) * DISSOCIATION.share(point.dissociation)
        g.c.setFillColor(look.SOFT)
        g.c.rect(x - wide / 2, y + 2, wide, max(tall, 0.8), stroke=0, fill=1)
        if x - said >= _NEAR:
            g.put(x, y + 4 + tall, str(point.dissociation), Types.MARK_STRONG, "middle")
            said = x


def sedation(g: Ground, y: float) -> None:
    """Write MOAA/S as numbers; below 5, which is alert, they are bold."""
    g.divide(y + NUMBERS)
    g.name(y + 2.5, "MOAA/S")
    said, before = -99.0, None
    for point in g.page.points:
        value, x = point.sedation, g.x(point.at)
        if value is None or x - said < _NEAR or (g.crowded and value == before):
            continue
        how = Types.MARK_STRONG if value < 5 else Types.MARK  # noqa: PLR2004 - MOAA/S, alert
        g.put(x, y + 2.5, str(value), how, "middle")
        said, before = x, value
