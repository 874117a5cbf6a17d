"""What the pointer has found: the values of a reading, and every event of that minute."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from typing_extensions import override

from monitor.chart_page import EventMark, Point
from monitor.units import plain
from monitor.vitals import BloodPressure, Sign
from ui import theme
from ui.charts.ground import Drawn, Lane, words
from ui.charts.stops import Stop
from ui.presenters.words import SIGN_NAMES, UNITS, clock

_APART = "   "
_MOST = 10**6
_CUTS = (_MOST, 40, 24, 14, 0)  # letters that the words of an event have
_LINE = 16.0  # pixels from line to line
Widths = Callable[[str], float]


class PointerWords(Drawn):
    """What was measured and what happened under the pointer, above the data and never over it."""

    def __init__(self, lane: Lane) -> None:
        super().__init__(lane, 30)

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint what stands where the pointer's line has snapped to."""
        stop = self.state.at_pointer
        if stop is None:
            return
        painter.setFont(theme.font(12, 500))
        metrics, room = painter.fontMetrics(), self.area.width() - 14
        right = Qt.TextElideMode.ElideRight
        lines = fitted(self.lane, stop, metrics.horizontalAdvance, room)
        said = [metrics.elidedText(line, right, int(room)) for line in lines]
        wide = max(metrics.horizontalAdvance(line) for line in said)
        area, x = self.area, self.time(stop.at).x()
        left = area.right() - wide - 14
        if x > left - 12 and x - area.left() > area.right() - x:  # its own flags stay in sight
            left = area.left()
        painter.setPen(QPen(theme.colour(theme.c.focus), 1))
        painter.setBrush(theme.colour(theme.c.paper))
        frame = QRectF(left, area.top(), wide + 14, area.height() - 1)
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        for n, line in enumerate(said):
            spot = QPointF(left + 7, area.top() + 9 + _LINE * n)
            words(painter, spot, line, theme.c.focus, weight=500)


def pointer_words(lane: Lane) -> str:
    """Return what is known of the place under the pointer; empty without any.

    The values stand in the first line, "10:10   BP 138/86   HR 63"; every event of that minute
    and how the reading was entered in the second.
    """
    stop = lane.chart.at_pointer
    if stop is None:
        return ""
    values, events, entered = _values(lane, stop), _events(stop, _MOST), _entered(lane, stop)
    return "\n".join(filter(None, (_APART.join(values), _APART.join([*events, *entered]))))


def fitted(lane: Lane, stop: Stop, wide: Widths, room: float) -> tuple[str, str]:
    """Return two lines in which no event is left out: words are cut rather than numbers.

    How the reading was entered comes last, and is what the second line may have to cut.

    Args:
        lane: Whose clock and signs it speaks of.
        stop: The place.
        wide: Measures words.
        room: How wide a line may be.
    """
    values, entered = _values(lane, stop), _entered(lane, stop)
    lines = ("", "")
    for letters in _CUTS:
        told = [*values, *_events(stop, letters)]
        most = len(told)
        while most > 1 and wide(_APART.join(told[:most])) > room:
            most -= 1
        lines = (_APART.join(told[:most]), _APART.join([*told[most:], *entered]))
        if wide(_APART.join(told[most:])) <= room:
            break
    return lines


def _values(lane: Lane, stop: Stop) -> list[str]:
    """Tell when it is, and what was measured."""
    return [clock(lane.chart.local, stop.at), *(_measured(stop.point) if stop.point else ())]


def _measured(point: Point) -> Iterator[str]:
    for sign in point.reading.taken():
        yield f"{SIGN_NAMES[sign]} {_shown(point.reading.value(sign))}{UNITS.get(sign, '')}"
        if sign is Sign.BP:
            yield f"MAP {point.mean}"


def _events(stop: Stop, letters: int) -> list[str]:
    """Name every event, each with so many letters; with none, from which to which."""
    if not letters and len(stop.events) > 1:
        numbers = [event.number for event in stop.events]
        return [f"events {min(numbers)}–{max(numbers)}"]
    return [_named(event, letters) for event in stop.events]


def _named(event: EventMark, letters: int) -> str:
    """Return an event's number and words, and how bad it was where they do not say it."""
    said = event.text[:1].upper() + event.text[1:]
    if event.severity not in said.casefold():
        said = f"{said}, {event.severity}"
    cut = said if len(said) <= letters else f"{said[: letters - 1].rstrip()}…"
    return f"{event.number} {cut}"


def _entered(lane: Lane, stop: Stop) -> list[str]:
    """Tell which slot a reading closed, who entered it when, and what is known of it besides."""
    point = stop.point
    if point is None:
        return []
    said = [f"slot {point.slot}" if point.slot else "extra"]
    said += [f"entered {clock(lane.chart.local, point.entered)} by {point.by}"]
    said += [f"{SIGN_NAMES[sign]} not taken" for sign in point.not_taken]
    said += point.alerts
    for sign in Sign:
        said += [f"{SIGN_NAMES[sign]} was {_shown(w.reading.value(sign))}" for w in point.out(sign)]
    return said


def _shown(found: BloodPressure | int | Decimal | None) -> str:
    if isinstance(found, BloodPressure):
        return found.text
    return plain(Decimal(found or 0))
