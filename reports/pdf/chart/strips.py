"""The lanes below the pressures: heart rate, saturation, respiration, dissociation, sedation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from monitor.chart_axes import DISSOCIATION, HEART_RATE, RESP, SPO2, Axis
from monitor.chart_page import LimitLine, ScoreMark
from monitor.vitals import Sign
from reports.pdf import look, marks
from reports.pdf.chart.ground import Ground
from reports.pdf.chart.raised import raised
from reports.pdf.drawn import rule
from reports.pdf.look import Types

STRIP, BARS, NUMBERS = 18.0, 25.0, 10.0
_BESIDE = 6.6  # leading of the words at the right
_NEAR, _NEAR_CROWDED, _ARROWED = 9.0, 16.0, 14.0  # figures closer than this would meet

STRIPS: tuple[Axis, ...] = (HEART_RATE, SPO2, RESP)


def strip(g: Ground, y: float, axis: Axis) -> None:
    """Draw one value over time, with its figures; never joined across a missing one."""
    g.divide(y + STRIP)
    g.name(y + 7, axis.name, axis.unit)
    _limits(g, y, axis)
    found = [
        [
            (g.x(point.at), _high(y, axis, value), value)
            for point in stretch
            if (value := point.level(axis.sign)) is not None
        ]
        for stretch in g.page.stretches(axis.sign)
    ]
    g.c.setStrokeColor(look.LINE)
    g.c.setLineWidth(0.7)
    for spots in found:
        for (x0, y0, _), (x1, y1, _) in pairwise(spots):
            g.c.line(x0, y0, x1, y1)
    taken = list(_replaced(g, y, axis))
    every = [spot for spots in found for spot in spots]
    for x, yy, _ in every:
        g.c.setFillColor(look.INK)
        g.c.circle(x, yy, 1.5, stroke=0, fill=1)
    for alert in g.page.alerts:
        if alert.sign is axis.sign:
            level = axis.low if alert.level is None else alert.level
            raised(g, alert, _high(y, axis, level))
    _figures(g, every, axis, taken)


def _high(y: float, axis: Axis, value: float) -> float:
    return y + 2.5 + (STRIP - 12) * axis.share(value)


def _replaced(g: Ground, y: float, axis: Axis) -> Iterator[float]:
    """Draw what amendments took out: hollow, struck through, led to by a dashed line.

    Tells where its figures stand.
    """
    for point in g.page.points:
        for place, was in enumerate(point.out(axis.sign), 1):
            old, now = was.reading.value(axis.sign), point.level(axis.sign)
            if not isinstance(old, int):
                continue
            aside = 5.0 * place if was.at == point.at else 0.0
            x, high = g.x(was.at) + aside, _high(y, axis, old)
            if now is not None:
                marks.dashed(g.c, (g.x(point.at), _high(y, axis, now)), (x, high))
            g.c.setFillColor(look.PAPER)
            g.c.setStrokeColor(look.SOFT)
            g.c.setLineWidth(0.7)
            g.c.circle(x, high, 1.6, stroke=1, fill=1)
            g.c.line(x - 3, high, x + 3, high)
            middle = x + 4 + g.pen.width(str(old), Types.MARK_ITALIC) / 2
            g.put_over(middle, high - 1.8, str(old), Types.MARK_ITALIC)
            yield middle


def _figures(
    g: Ground, spots: list[tuple[float, float, int]], axis: Axis, taken: list[float]
) -> None:
    """Write the values above their dots: first those off the scale, then what finds room."""
    for x, y, value in spots:
        if axis.beyond(value):
            arrow = "↑" if value > axis.high else "↓"
            while any(abs(x - other) < _ARROWED for other in taken):
                x += 1  # noqa: PLW2901 - aside, never left out
            how = Types.MARK_STRONG.inked(look.ALERT)
            g.put_over(x, y + 3.2, f"{arrow}{value}", how)
            taken.append(x)
    before = None
    for x, y, value in spots:
        near = _NEAR_CROWDED if g.crowded else _NEAR
        free = all(abs(x - other) >= near for other in taken)
        if not axis.beyond(value) and free and not (g.crowded and value == before):
            g.put_clear(x, y + 3.2, str(value), Types.MARK)
            taken.append(x)
            before = value


def _limits(g: Ground, y: float, axis: Axis) -> None:
    """Draw the bounds at the right end, with their words; an upper and a lower one keep apart."""
    own = sorted((limit for limit in g.page.limits if limit.sign is axis.sign), key=_by_value)
    free = y - _BESIDE
    for n, limit in enumerate(own):
        yy = _high(y, axis, limit.value)
        rule(g.c, g.end - 6, yy, g.end, ink=look.ALERT, width=0.8)
        wanted = yy - 2 - (_BESIDE / 2 if n + 1 < len(own) else 0)
        free = max(wanted, free + _BESIDE)
        g.put(g.end + 3, free, str(limit.value), Types.TINY_STRONG.inked(look.ALERT))
        g.put(g.end + 16, free, "limit", Types.TINY.inked(look.ALERT))


def _by_value(limit: LimitLine) -> int:
    return limit.value


def dissociation(g: Ground, y: float) -> None:
    """Draw dissociation as bars from 0 to 10."""
    g.divide(y + BARS)
    g.base(y + 2)
    g.name(y + 15, DISSOCIATION.name)
    g.put(0, y + 7, DISSOCIATION.unit, Types.TINY)
    said, wide = -99.0, 2.2 if g.crowded else 5.0
    _struck_bars(g, y, wide)
    _raised_at(g, Sign.DISSOCIATION, y + 4)
    for point in g.page.points:
        score = point.reading.dissociation
        if score is None:
            continue
        x, tall = g.x(point.at), (BARS - 11) * DISSOCIATION.share(score)
        g.c.setFillColor(look.SOFT)
        g.c.rect(x - wide / 2, y + 2, wide, max(tall, 0.8), stroke=0, fill=1)
        if x - said >= _NEAR:
            g.put_clear(x, y + 4 + tall, str(score), Types.MARK_STRONG)
            said = x


def _raised_at(g: Ground, sign: Sign, y: float) -> None:
    for alert in g.page.alerts:
        if alert.sign is sign:
            raised(g, alert, y)


def _struck_bars(g: Ground, y: float, wide: float) -> None:
    """Draw a replaced score beside the one that counts: hollow and struck through."""
    for point in g.page.points:
        for place, was in enumerate(point.out(Sign.DISSOCIATION), 1):
            score = was.reading.dissociation or 0
            x = g.x(was.at) + (wide + 1) * (place if was.at == point.at else 0)
            tall = max((BARS - 11) * DISSOCIATION.share(score), 2)
            g.c.setStrokeColor(look.SOFT)
            g.c.setLineWidth(0.6)
            g.c.rect(x - wide / 2, y + 2, wide, tall, stroke=1, fill=0)
            g.c.line(x - wide / 2 - 2, y + 2 + tall / 2, x + wide / 2 + 2, y + 2 + tall / 2)


def ratings(g: Ground, y: float) -> None:
    """Draw each rating where it was taken; the words of close ones give way, the table has them."""
    g.divide(y + NUMBERS)
    g.name(y + 2.5, "Ratings")
    scores = sorted(g.page.scores, key=lambda score: score.at)
    ends = [*(g.x(score.at) - 4 for score in scores[1:]), g.end]
    for score, end in zip(scores, ends, strict=True):
        x = g.x(score.at)
        marks.lozenge(g.c, (x, y + 4.8), 2.6)
        for said in _scored(score):
            if x + 5 + g.pen.width(said, Types.MARK_STRONG) <= end:
                g.put(x + 5, y + 2.5, said, Types.MARK_STRONG)
                break


def _scored(score: ScoreMark) -> tuple[str, str]:
    if score.total is None:
        part = f"{score.answered} of {score.items}"
        return f"{score.title} {part} answered", part
    return f"{score.title} {score.total} of {score.most}", str(score.total)


def sedation(g: Ground, y: float) -> None:
    """Write MOAA/S as numbers; below 5, which is alert, they are bold."""
    g.divide(y + NUMBERS)
    g.name(y + 2.5, "MOAA/S")
    _raised_at(g, Sign.SEDATION, y + 4.6)
    said, before = -99.0, None
    for point in g.page.points:
        value, x = point.reading.sedation, g.x(point.at)
        if value is None or x - said < _NEAR or (g.crowded and value == before):
            continue
        how = Types.MARK_STRONG if value < 5 else Types.MARK  # noqa: PLR2004 - MOAA/S, alert
        g.put_clear(x, y + 2.5, str(value), how)
        said, before = x, value
