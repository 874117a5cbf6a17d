"""What lies under the data: lanes, ruled paper, the lines through all, and what all share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar, cast

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from typing_extensions import override

from monitor.chart_page import MINUTE, ChartPage
from monitor.overview import LocalTime
from ui import theme
from ui.charts.stops import Stop

Kept = TypeVar("Kept")
Align = Qt.AlignmentFlag
MIDDLE = Align.AlignHCenter | Align.AlignVCenter
LEFT = Align.AlignLeft | Align.AlignVCenter
RIGHT = Align.AlignRight | Align.AlignVCenter
_RULINGS = ((160, 5, 10), (320, 10, 30), (720, 30, 60), (10**9, 60, 240))
"""For a time axis up to so many minutes: the fine and the strong ruling, in minutes."""
_AROUND = ((-2, 0), (2, 0), (0, -2), (0, 2), (-1.4, -1.4), (1.4, 1.4), (-1.4, 1.4), (1.4, -1.4))
_ROOM = 960.0  # wide enough for any words at a mark


@dataclass(slots=True)
class State:
    """What every lane of one chart draws from; the chart changes it, the lanes follow.

    Attributes:
        at_pointer: Where the pointer's line has snapped to.
    """

    page: ChartPage
    local: LocalTime
    at_pointer: Stop | None = None

    def x(self, at: dt.datetime) -> float:
        """Return an instant as minutes from the left edge."""
        return (at - self.page.first) / MINUTE

    @property
    def span(self) -> float:
        """Return the length of the time axis in minutes."""
        return (self.page.last - self.page.first) / MINUTE

    def gap(self, width: float) -> float:
        """Return how far apart readings mostly stand, in pixels of a lane of that width."""
        apart = sorted(self.x(b.at) - self.x(a.at) for a, b in pairwise(self.page.points))
        return apart[len(apart) // 2] / self.span * width if apart else width

    @property
    def now(self) -> float:
        """Return where the session stands; the right edge once it is over."""
        return self.x(self.page.now) if self.page.now else self.span

    def rulings(self) -> Iterator[tuple[float, bool]]:
        """Tell where the paper is ruled, and whether strongly; counted from minute 0."""
        fine, strong = next((f, s) for most, f, s in _RULINGS if self.span <= most)
        zero = self.x(self.page.zero or self.page.first)
        step = -int(zero // fine)
        while zero + step * fine <= self.span:
            yield zero + step * fine, step * fine % strong == 0
            step += 1


class Lane(pg.ViewBox):  # type: ignore[misc] # pyqtgraph is untyped
    """One strip with a fixed vertical axis; nothing is ever fitted to the data."""

    def __init__(
        self, state: State, low: float, high: float, step: int = 0, minor: int = 0
    ) -> None:
        super().__init__(enableMenu=False, enableMouse=False)
        self.chart, self.low, self.high, self.step = state, low, high, step
        self._drawn: list[Drawn] = []
        self._kept: dict[object, object] = {}
        self._kept_of: tuple[ChartPage, QRectF] | None = None
        self.setDefaultPadding(0)
        self.draw(Paper(self, minor or step))

    def draw(self, item: Drawn) -> None:
        """Add something that is painted by hand."""
        self._drawn.append(item)
        self.addItem(item)

    def kept(self, key: object, area: QRectF, make: Callable[[], Kept]) -> Kept:
        """Work something out once for a page and a size, for all that is painted in the lane."""
        known = self._kept_of
        if known is None or known[0] is not self.chart.page or known[1] != area:
            self._kept.clear()
            self._kept_of = self.chart.page, QRectF(area)
        if key not in self._kept:
            self._kept[key] = make()
        return cast(Kept, self._kept[key])

    def follow(self) -> None:
        """Take the range of the page and paint anew."""
        for item in self._drawn:
            item.prepareGeometryChange()
        self.setRange(
            xRange=(0, self.chart.span),
            yRange=(self.low, self.high),
            padding=0,
            disableAutoRange=True,
        )
        self.repaint_lane()

    def repaint_lane(self) -> None:
        """Paint anew without a change of range."""
        for item in self._drawn:
            item.update()


class Drawn(pg.GraphicsObject):  # type: ignore[misc] # pyqtgraph is untyped
    """Something painted by hand; text and shapes stay upright and crisp."""

    def __init__(self, lane: Lane, z: float = 0) -> None:
        super().__init__()
        self.lane = lane
        self.setZValue(z)

    @property
    def state(self) -> State:
        """Return what the chart shows."""
        return self.lane.chart

    def boundingRect(self) -> QRectF:
        """Return the whole lane, in view coordinates."""
        lane = self.lane
        return QRectF(0, lane.low, lane.chart.span, lane.high - lane.low)

    def paint(self, painter: QPainter, *_: object) -> None:
        """Paint in device pixels: `spot` and `area` say where."""
        transform = painter.transform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._corners = transform.mapRect(self.boundingRect())
        self.draw_on(painter)
        painter.restore()

    def draw_on(self, painter: QPainter) -> None:
        """Paint; the transform is already reset."""
        raise NotImplementedError

    @property
    def area(self) -> QRectF:
        """Return the lane in device pixels, while painting."""
        return self._corners

    def spot(self, x: float, y: float) -> QPointF:
        """Return a view position in device pixels, while painting."""
        area, lane = self._corners, self.lane
        across = x / lane.chart.span * area.width()
        up = (y - lane.low) / (lane.high - lane.low) * area.height()
        return QPointF(area.left() + across, area.bottom() - up)

    @property
    def gap(self) -> float:
        """Return how far apart readings mostly stand, in pixels, while painting."""
        return self.state.gap(self._corners.width())

    def time(self, at: dt.datetime, y: float | None = None) -> QPointF:
        """Return the place of an instant, at half height unless said otherwise."""
        middle = (self.lane.low + self.lane.high) / 2
        return self.spot(self.state.x(at), middle if y is None else y)

    def clear(self, painter: QPainter, box: QRectF) -> None:
        """Paint bare ground, so that no line runs through what is written there."""
        now = self.spot(self.state.now, self.lane.low).x()
        painter.fillRect(box, theme.colour(theme.c.paper))
        ahead = box.intersected(QRectF(now, box.top(), max(0.0, box.right() - now), box.height()))
        painter.fillRect(ahead, theme.colour(theme.series.future))

    def write(self, painter: QPainter, spot: QPointF, said: str, *, weight: int = 400) -> None:
        """Write words on bare ground: no line through the lane runs through them."""
        painter.setFont(theme.font(12, weight))
        wide = painter.fontMetrics().horizontalAdvance(said)
        if said:
            self.clear(painter, QRectF(spot.x() - 1, spot.y() - 7, wide + 2, 14))
        words(painter, spot, said, theme.c.text, weight=weight)


def words(
    painter: QPainter,
    spot: QPointF,
    said: str,
    tone: str,
    *,
    weight: int = 400,
    align: Align = LEFT,
) -> None:
    """Write 12 px words whose middle line runs through *spot*."""
    painter.setFont(theme.font(12, weight))
    painter.setPen(theme.colour(tone))
    left = -_ROOM if align & Align.AlignRight else 0.0
    if align & Align.AlignHCenter:
        left = -_ROOM / 2
    painter.drawText(QRectF(spot.x() + left, spot.y() - 10, _ROOM, 20), align, said)


def halo(painter: QPainter, spot: QPointF, said: str, *, weight: int = 400) -> None:
    """Write words in the colour of the paper a little larger: lines end before what comes over."""
    for aside in _AROUND:
        words(painter, spot + QPointF(*aside), said, theme.c.paper, weight=weight)


class Paper(Drawn):
    """The ruled ground: time not yet lived is a shade darker."""

    def __init__(self, lane: Lane, minor: int) -> None:
        super().__init__(lane, -10)
        self._minor = minor

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint ground and ruling."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        area, lane, state = self.area, self.lane, self.state
        painter.fillRect(area, theme.colour(theme.c.paper))
        here = self.spot(state.now, lane.low).x()
        rest = QRectF(here, area.top(), area.right() - here, area.height())
        painter.fillRect(rest, theme.colour(theme.series.future))
        fine = QPen(theme.colour(theme.c.grid), 1)
        strong = QPen(theme.colour(theme.c.grid_strong), 1)
        for x, heavy in state.rulings():
            painter.setPen(strong if heavy else fine)
            at = self.spot(x, lane.low).x()
            painter.drawLine(QPointF(at, area.top()), QPointF(at, area.bottom()))
        if self._minor:
            self._levels(painter, fine, strong)
        painter.setPen(strong)
        painter.drawLine(area.topLeft(), area.topRight())
        painter.drawLine(area.bottomLeft(), area.bottomRight())

    def _levels(self, painter: QPainter, fine: QPen, strong: QPen) -> None:
        lane, area = self.lane, self.area
        for level in range(int(lane.low), int(lane.high) + 1, self._minor):
            painter.setPen(strong if lane.step and level % lane.step == 0 else fine)
            y = self.spot(0, level).y()
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
