"""What the marks of the readings take up in a lane: words, flags and lines give way to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QSizeF

from monitor.chart_page import Point
from monitor.vitals import BloodPressure, Sign
from ui.charts.ground import Drawn, Lane, State
from ui.charts.places import Box

_ROOM = 14.0  # readings closer than this have smaller marks
_SMALLEST = 0.5  # part of full size
_COLUMN, _POINTED, _DASH = 7.0, 11.0, 2.0  # of a pressure mark: half its width, height; the mean
_DOT, _PULSE = 6.0, 5.5  # half a symbol; half a pulse with its halo
_ARROW = 15.0  # what an arrow at the edge takes
_ASIDE = 12.0  # from a pressure mark to a pulse that would lie on it
_NARROW, _FREE = 1.3, 3.0  # as parts of that: too near a neighbour, and one that is out of reach
_STEP = 8.0  # a joining line is taken in pieces of this width
_BARS, _DIGIT = 13.0, 13.0  # half of both bars with their numbers, the height of these
_FLAGGED = 23.0  # the same where the numbers stand beside the bars
_LEAST_BAR = 0.25
_SCORED = (Sign.DISSOCIATION, Sign.SEDATION)


def size_part(state: State, width: float) -> float:
    """Return which part of their full size marks have, where readings stand close."""
    return min(1.0, max(_SMALLEST, state.gap(width) / _ROOM))


def pulse_shifts(lane: Lane, size: QSizeF) -> dict[str, float]:
    """Return how far a pulse stands aside where it would lie on a pressure mark, in pixels.

    It keeps its height, which is its value, and goes to the right, but never farther than
    half the way to the next reading. It goes to the left where that is free and the right is
    not: an amended value stands there, the next reading, or time not yet lived.

    Args:
        lane: Of pressure and pulse.
        size: Of the lane, in pixels.
    """
    state = lane.chart
    points, part = state.page.points, size_part(state, size.width())
    scale, most = size.width() / state.span, _ASIDE * part
    xs = [float("-inf"), *(state.x(point.at) * scale for point in points), float("inf")]
    found: dict[str, float] = {}
    for n, point in enumerate(points, 1):
        if not _meets(lane, point, size.height(), part):
            continue
        before, after = xs[n] - xs[n - 1], xs[n + 1] - xs[n]
        is_taken = any(point.out(Sign.BP)) or after < _NARROW * most
        ahead = state.page.now is not None and xs[n] + most > state.now * scale
        left = before >= _FREE * most and (is_taken or ahead)
        found[point.uid] = -most if left else min(most, after / 2)
    return found


def _meets(lane: Lane, point: Point, height: float, part: float) -> bool:
    """Tell whether a pulse lies on a mark of its own reading's pressure."""
    pulse = point.level(Sign.HEART_RATE)
    if pulse is None or point.bp is None or not lane.low <= pulse <= lane.high:
        return False
    scale, half = height / (lane.high - lane.low), _PULSE * part
    here = pulse * scale
    return any(
        foot < here + half and here - half < top
        for foot, top in _pressure_spans(lane, point.bp, scale, part)
    )


def _pressure_spans(
    lane: Lane, pressure: BloodPressure, scale: float, part: float
) -> Iterator[tuple[float, float]]:
    """Tell from where to where, in pixels above 0, a pressure's marks reach."""
    for level, side in ((pressure.systolic, 1), (pressure.diastolic, -1)):
        tip = min(max(level, lane.low), lane.high)
        reach = side * _POINTED * part
        if tip != level:
            reach = _ARROW if level < lane.low else -_ARROW
        foot, top = sorted((tip * scale, tip * scale + reach))
        yield foot, top
    yield pressure.mean * scale - _DASH, pressure.mean * scale + _DASH


def standing(drawn: Drawn, *signs: Sign) -> tuple[Box, ...]:
    """Return where the marks of these signs stand while painting, arrows at the edge included."""
    key = (standing, signs)
    return drawn.lane.kept(key, drawn.area, lambda: tuple(_standing(drawn, signs)))


def _standing(drawn: Drawn, signs: Sequence[Sign]) -> Iterator[Box]:
    shifts = shifts_of(drawn, *signs)
    for point in drawn.state.page.points:
        for sign in signs:
            if point.level(sign) is not None:
                yield _box(drawn, point, sign, shifts.get(point.uid, 0.0))
        for off in point.off_scale:
            if off.sign in signs:
                edge = drawn.time(point.at, drawn.lane.high if off.above else drawn.lane.low)
                high, low = sorted((edge.y(), edge.y() + (_ARROW if off.above else -_ARROW)))
                yield edge.x() - _DOT, high, edge.x() + _DOT, low


def joining(drawn: Drawn, *signs: Sign) -> Iterator[Box]:
    """Tell where the lines run that join the readings of these signs, in small pieces."""
    shifts = shifts_of(drawn, *signs)
    for sign in signs:
        if sign is Sign.BP or sign in _SCORED:
            continue
        for run in drawn.state.page.stretches(sign):
            spots = [_spot(drawn, p, sign, shifts.get(p.uid, 0.0)) for p in run]
            for here, there in pairwise(spots):
                yield from _pieces(here, there)


def shifts_of(drawn: Drawn, *signs: Sign) -> dict[str, float]:
    """Return the shifts of pulses while painting; none where a lane has no pressure."""
    if Sign.BP not in signs or Sign.HEART_RATE not in signs:
        return {}
    lane, area = drawn.lane, drawn.area
    return lane.kept(shifts_of, area, lambda: pulse_shifts(lane, area.size()))


def _spot(drawn: Drawn, point: Point, sign: Sign, shift: float) -> QPointF:
    """Return where a value stands; what its axis does not reach stands at the edge."""
    lane = drawn.lane
    level = min(max(point.level(sign) or 0, lane.low), lane.high)
    return drawn.time(point.at, level) + QPointF(shift if sign is Sign.HEART_RATE else 0, 0)


def _box(drawn: Drawn, point: Point, sign: Sign, shift: float) -> Box:
    spot = _spot(drawn, point, sign, shift)
    x, y = spot.x(), spot.y()
    if sign is Sign.BP and point.bp:
        foot = drawn.time(point.at, max(point.bp.diastolic, drawn.lane.low)).y()
        return x - _COLUMN, y - _POINTED - 1, x + _COLUMN, foot + _POINTED + 1
    if sign in _SCORED:
        flagged = any(a.at == point.at and a.sign in _SCORED for a in drawn.state.page.alerts)
        wide = _FLAGGED if flagged else _BARS
        top = drawn.time(point.at, max(point.level(sign) or 0, _LEAST_BAR)).y()
        return x - wide, top - _DIGIT, x + wide, drawn.area.bottom()
    return x - _DOT, y - _DOT, x + _DOT, y + _DOT


def _pieces(here: QPointF, there: QPointF) -> Iterator[Box]:
    """Cut a line into boxes that are hardly higher than the line itself."""
    count = max(1, round(abs(there.x() - here.x()) / _STEP))
    along = [here + (there - here) * (n / count) for n in range(count + 1)]
    for one, other in pairwise(along):
        high, low = sorted((one.y(), other.y()))
        yield one.x(), high - 1, other.x(), low + 1
