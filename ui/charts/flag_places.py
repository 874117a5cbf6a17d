"""Where the flags of alerts stand: beside the mark that raised them, and on no mark at all."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF

from monitor.chart_page import AlertMark
from monitor.vitals import Sign
from ui.charts.ground import Drawn
from ui.charts.places import Box, Places
from ui.charts.standing import standing

FULL = 12.0
"""Size of a flag."""
_HALF = FULL / 2 + 0.5
_OVER, _OVER_DOT = 19.0, 13.0  # from the value to the flag over a pressure mark, or any other
_BESIDE = (14.0, 27.0, 40.0)
_HIGHER = (0.0, -FULL - 1, FULL + 1)
_SCORED = {Sign.DISSOCIATION: -7.0, Sign.SEDATION: 7.0}  # over the bars, left and right

Placed = tuple[AlertMark, QPointF]


def flags_placed(drawn: Drawn, *signs: Sign) -> tuple[Placed, ...]:
    """Return the flags of these signs with their places, in pixels, while painting.

    A flag stands over the mark that raised it, else beside it; where nothing is free, over it
    all the same, for none is left out.

    Args:
        drawn: Whose lane it is.
        signs: All that stand in the lane.
    """
    return drawn.lane.kept((flags_placed, signs), drawn.area, lambda: _all_placed(drawn, signs))


def _all_placed(drawn: Drawn, signs: tuple[Sign, ...]) -> tuple[Placed, ...]:
    places = Places(drawn.area)
    places.take(*standing(drawn, *signs))
    own = (alert for alert in drawn.state.page.alerts if alert.sign in signs)
    return tuple(
        (alert, _placed(drawn, alert, places)) for alert in sorted(own, key=lambda each: each.at)
    )


def box_around(spot: QPointF) -> Box:
    """Return what a flag takes."""
    return spot.x() - _HALF, spot.y() - _HALF, spot.x() + _HALF, spot.y() + _HALF


def _placed(drawn: Drawn, alert: AlertMark, places: Places) -> QPointF:
    if alert.sign in _SCORED:
        return drawn.time(alert.at, drawn.lane.high) + QPointF(_SCORED[alert.sign], FULL / 2 + 2)
    wanted = list(_around(drawn, alert))
    found = next((spot for spot in wanted if places.is_free(box_around(spot))), wanted[0])
    places.take(box_around(found))
    return found


def _around(drawn: Drawn, alert: AlertMark) -> Iterator[QPointF]:
    """Tell where a flag may stand, the best place first."""
    area, mark = drawn.area, _at(drawn, alert)
    over = _OVER if alert.sign is Sign.BP else _OVER_DOT
    yield QPointF(mark.x(), max(mark.y() - over, area.top() + _HALF))
    for aside in _BESIDE:
        for higher in _HIGHER:
            y = min(max(mark.y() + higher, area.top() + _HALF), area.bottom() - _HALF)
            for side in (-1, 1):
                yield QPointF(mark.x() + side * aside, y)


def _at(drawn: Drawn, alert: AlertMark) -> QPointF:
    lane = drawn.lane
    level = alert.level if alert.level is not None else (lane.low + lane.high) / 2
    return drawn.time(alert.at, min(max(level, lane.low), lane.high))
