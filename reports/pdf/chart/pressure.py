"""The blood pressure panel: the tip of a triangle is the value, a stem joins both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color

from monitor.chart_axes import BLOOD_PRESSURE
from monitor.chart_page import Point, Was
from monitor.vitals import BloodPressure, Sign
from reports.pdf import look, marks
from reports.pdf.chart.ground import LEFT, TALL, Box, Ground
from reports.pdf.chart.raised import raised
from reports.pdf.drawn import rule
from reports.pdf.look import Type, Types

_BESIDE = 6.6  # leading of the words at the right


@dataclass(frozen=True, slots=True)
class Panel:
    """Where the panel lies."""

    ground: Ground
    y: float
    height: float

    def at(self, value: float) -> float:
        """Return how high a value lies."""
        return self.y + self.height * BLOOD_PRESSURE.share(value)


def pressure(g: Ground, y: float, height: float) -> None:
    """Draw the panel."""
    panel = Panel(g, y, height)
    _ruling(panel)
    _legend(panel)
    _bounds(panel)
    for part in (_replaced, _mark, _replaced_figures, _beyond):  # the later lies above
        for point in g.page.points:
            part(panel, point)
    for alert in g.page.alerts:
        if alert.sign is Sign.BP and alert.level is not None:
            raised(g, alert, panel.at(alert.level) + _size(g) / 2)
    shown = _labelled(g)
    for point in g.page.points:
        if point.uid in shown:
            _figures(panel, point)


def _ruling(p: Panel) -> None:
    g, axis = p.ground, BLOOD_PRESSURE
    for value in range(axis.low, axis.high + 1, axis.step):
        rule(g.c, LEFT, p.at(value), g.end, ink=look.HAIR, width=0.35)
        if value % (2 * axis.step) == 0:
            g.put(LEFT - 4, p.at(value) - 2, str(value), Types.TINY, "right")


def _legend(p: Panel) -> None:
    g, c, y = p.ground, p.ground.c, p.y + p.height - 8
    g.name(y, "BP")
    g.put(12, y, "mmHg", Types.TINY)
    marks.triangle(c, (3, y - 11), 4.4, look.INK, up=False)
    g.put(9, y - 11, "systolic", Types.TINY)
    marks.triangle(c, (3, y - 15.9), 4.4, look.INK, up=True)
    g.put(9, y - 20.5, "diastolic", Types.TINY)
    if any(point.replaced for point in g.page.points):
        marks.triangle(c, (3, y - 30), 4.2, look.LINE, up=False, fill=False)
        _strike(g, -1, y - 30, 8, 4)
        g.put(9, y - 30, "amended", Types.TINY)


def _bounds(p: Panel) -> None:
    """Limits in long dashes, the patient's own baseline in dots, each with its value."""
    g, base, since = p.ground, p.ground.page.baseline, p.ground.page.baseline_at
    beside: list[tuple[float, int, str, Color]] = []
    for limit in g.page.limits:
        if limit.sign is Sign.BP:
            g.c.setDash(5, 2)
            rule(g.c, LEFT, p.at(limit.value), g.end, ink=look.ALERT, width=0.6)
            beside.append((p.at(limit.value), limit.value, "limit", look.ALERT))
    if base and since:
        g.c.setDash(1, 2)
        for value in (base.systolic, base.diastolic):
            rule(g.c, g.x(since), p.at(value), g.end, ink=look.SOFT, width=0.5)
            beside.append((p.at(value), value, "base", look.SOFT))
    g.c.setDash()
    free = -99.0
    for y, value, words, ink in sorted(beside, key=lambda b: b[0]):
        free = max(y - 2, free + _BESIDE)
        g.put(g.end + 3, free, str(value), Types.TINY_STRONG.inked(ink))
        g.put(g.end + 16, free, words, Types.TINY.inked(ink))


def _replaced(p: Panel, point: Point) -> None:
    """A replaced value stays: hollow and struck through, beside the one that counts."""
    g = p.ground
    for was in point.out(Sign.BP):
        bp = was.reading.bp
        if bp is None:
            continue
        x = _aside(p, point, was)
        marks.dashed(g.c, (x, p.at(bp.systolic)), (x, p.at(bp.diastolic)))
        for value, up in _changed(point, bp):
            y = p.at(value)
            marks.triangle(g.c, (x, y), 4.2, look.SOFT, up=up, fill=False)
            _strike(g, x - 4, y + (-4 if up else 0), 8, 4)
            g.taken.append((x - 2.5, y, x + 2.5, y + TALL))


def _replaced_figures(p: Panel, point: Point) -> None:
    """Write the replaced values beside their marks, over whatever runs there."""
    for was in point.out(Sign.BP):
        x, bp = _aside(p, point, was), was.reading.bp
        for value, _ in _changed(point, bp) if bp else ():
            y = p.at(value) + 0.4
            spots = [(x - 5.5, y, 1.0), (x + 5.5, y, 0.0)]
            _write(p, str(value), Types.MARK_ITALIC, spots, spots[0])


def _aside(p: Panel, point: Point, was: Was) -> float:
    """Return where a replaced reading stands: beside the one that counts, if it was then."""
    return p.ground.x(was.at) - (6.5 if was.at == point.at else 0)


def _changed(point: Point, was: BloodPressure) -> Iterator[tuple[int, bool]]:
    """Give the values that were replaced by others, and whether each is the lower one."""
    if was.systolic != point.systolic:
        yield was.systolic, False
    if was.diastolic != point.diastolic:
        yield was.diastolic, True


def _strike(g: Ground, x: float, y: float, wide: float, tall: float) -> None:
    g.c.setStrokeColor(look.INK)
    g.c.setLineWidth(0.8)
    g.c.line(x, y, x + wide, y + tall)


def _mark(p: Panel, point: Point) -> None:
    if point.bp is None:
        return
    g, x = p.ground, p.ground.x(point.at)
    size = _size(g)
    top, foot = p.at(point.bp.systolic), p.at(point.bp.diastolic)
    g.c.setStrokeColor(look.INK)
    g.c.setLineWidth(0.6 if g.crowded else 0.8)
    g.c.line(x, top, x, foot)
    marks.triangle(g.c, (x, top), size, look.INK, up=False)
    marks.triangle(g.c, (x, foot), size, look.INK, up=True)
    half = size * 0.58
    g.taken.append((x - half, top, x + half, top + size))
    g.taken.append((x - half, foot - size, x + half, foot))


def _size(g: Ground) -> float:
    return 3.2 if g.crowded else 4.2


def _labelled(g: Ground) -> set[str]:
    """Choose whose figures are printed: everybody's, or the highest and the lowest alone."""
    taken = [point for point in g.page.points if point.bp]
    if not g.crowded:
        return {point.uid for point in taken}
    by_systolic = sorted(taken, key=lambda point: point.systolic or 0)
    return {point.uid for point in (by_systolic[:1] + by_systolic[-1:])}


def _beyond(p: Panel, point: Point) -> None:
    """Write values that are off the scale at its edge; none of them is left out."""
    for off in point.off_scale:
        if off.sign is Sign.BP:
            arrow, step = ("↑", -_BESIDE) if off.above else ("↓", _BESIDE)
            how = Types.TINY_STRONG.inked(look.ALERT)
            edge = p.at(off.value) + (-4.6 if off.above else 0.8)
            spots = [spot for n in range(4) for spot in _sides(p, point, edge + n * step)]
            _write(p, f"{arrow} {off.value} off scale", how, spots, spots[0])


def _figures(p: Panel, point: Point) -> None:
    """Write both values at the first free place around their marks; the table has the rest."""
    size = _size(p.ground)
    x = p.ground.x(point.at)
    for value, dy, away in (
        (point.systolic, 0.8, size + 1.4),
        (point.diastolic, -4.8, -size - 5.2),
    ):
        if value is not None and not BLOOD_PRESSURE.beyond(value):
            y = p.at(value)
            spots = [*_sides(p, point, y + dy), (x, y + away, 0.5)]
            _write(p, str(value), Types.MARK_STRONG, spots)


Spot = tuple[float, float, float]  # x, y, and which part of the words lies left of x


def _sides(p: Panel, point: Point, y: float) -> list[Spot]:
    aside = _size(p.ground) * 0.58 + 1.6
    x = p.ground.x(point.at)
    return [(x + aside, y, 0.0), (x - aside, y, 1.0)]


def _write(
    p: Panel, words: str, how: Type, spots: Sequence[Spot], last: Spot | None = None
) -> None:
    """Write words at the first free spot, else at the last resort, if there is one."""
    g = p.ground
    wide = g.pen.width(words, how)
    for x, y, part in (*spots, *([last] if last else [])):
        left = x - wide * part
        box: Box = (left, y - 0.6, left + wide + 0.4, y + TALL - 0.6)
        if (g.is_free(box) and box[2] < g.end + 1) or (x, y, part) is last:
            g.blank(box)
            g.put(left, y, words, how)
            g.taken.append(box)
            return
