"""The session chart: lanes over one time axis, as the paper anaesthesia chart has them."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from typing_extensions import override

from monitor.chart_axes import BLOOD_PRESSURE, DISSOCIATION, RESP, SPO2, Axis
from monitor.chart_page import ChartPage
from monitor.overview import LocalTime
from monitor.vitals import Sign
from ui import theme
from ui.charts.amended import Struck, StruckBars
from ui.charts.bounds import Bounds
from ui.charts.clock import TimeAxis
from ui.charts.edges import AlertFlags, OffScaleMarks
from ui.charts.ground import Drawn, Lane, State
from ui.charts.happened import Flags, Ratings
from ui.charts.lanes import Band, Devices, Gutter, Portions
from ui.charts.marks import Bars, Joined, Pressure
from ui.charts.pointer import PointerWords, pointer_words
from ui.charts.stops import Stop, stops
from ui.charts.through import Through

_SNAP = 32.0  # pixels from the pointer to what it finds
_SCORES_ROOM = 16  # the lane's height in points: 0 to 10, and the number over the bar
_ALL = 10**6
_DRUG_LOW = 38  # pixels: the band, and a line of words over it
_LEAST_PRESSURE = 100  # pixels: limits, baseline and their words keep apart
_STEPS: dict[int, int] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Home: -_ALL,
    Qt.Key.Key_End: _ALL,
}
Title = tuple[str, str, int]


_DRUG_LANE = {"infusion": "Infusion", "devices": "Devices", "given": "Given"}


class SessionChart(pg.GraphicsLayoutWidget):  # type: ignore[misc] # pyqtgraph is untyped
    """Draws a `ChartPage`; the page is given anew whenever something has changed."""

    def __init__(self, page: ChartPage, local: LocalTime, *, roomy: bool = False) -> None:
        super().__init__()
        self._state = State(page, local)
        self._lanes: list[Lane] = []
        self._series: list[Joined | Pressure] = []
        self._heights: list[tuple[int, int]] = []
        self._look()
        self._events = self._add_lane(
            [("Events", theme.c.text_2, 500)], 34, 36, Lane(self._state, 0, 1)
        )
        self._events.draw(Flags(self._events, 25))
        self._events.draw(PointerWords(self._events))
        self._main = self._add_pressure()
        self._add_strip(SPO2, "■ SpO₂ %", theme.series.spo2, "s", 8)
        self._add_strip(RESP, "◆ Resp", theme.series.resp, "d", 10)
        self._add_scored()
        self._ratings = self._add_ratings()
        self._drug = self._add_drug()
        axis = Lane(self._state, 0, 1)
        axis.draw(TimeAxis(axis))
        titles = [("Time", theme.c.text_2, 400), ("Due", theme.c.text_2, 500)]
        self._put(Gutter(axis, titles), axis, 50, 52)
        self.set_roomy(roomy=roomy)
        self.scene().sigMouseMoved.connect(self._point_at)
        self._main.sigResized.connect(self._fit_marks)
        self.set_page(page, local)

    def set_page(self, page: ChartPage, local: LocalTime) -> None:
        """Show this page; nothing is rebuilt, only what changed is painted anew."""
        state = self._state
        kept = state.at_pointer
        state.page, state.local = page, local
        again = (stop for stop in stops(page) if kept is not None and stop.is_like(kept))
        state.at_pointer = next(again, None)
        title = _DRUG_LANE.get(page.band, "Drug")
        self._drug_gutter.set_titles([(title, theme.drug(page.drug)[0], 500)])
        self.set_roomy(roomy=self._roomy)
        for lane in self._lanes:
            lane.follow()
        self._fit_marks()
        self.setAccessibleDescription(self.pointer_says or _counted(page))

    def set_roomy(self, *, roomy: bool) -> None:
        """Give the small lanes more height where the window has it."""
        grid, self._roomy = self.ci.layout, roomy
        grid.setVerticalSpacing(8 if roomy else 3)
        rated = bool(self._state.page.scores)
        for column in (0, 1):
            grid.itemAt(self._ratings, column).setVisible(rated)
        for place, (low, high) in enumerate(self._heights):
            if place == self._ratings and not rated:
                grid.setRowFixedHeight(place, 0)
            elif low:
                grid.setRowFixedHeight(place, high if roomy else low)
            else:
                grid.setRowStretchFactor(place, 1)

    @property
    def wanted_height(self) -> int:
        """Return the height at which the pressure lane still has room for the limits' words."""
        rated = bool(self._state.page.scores)
        lows = [low for n, (low, _) in enumerate(self._heights) if rated or n != self._ratings]
        return sum(lows) + _LEAST_PRESSURE + 3 * len(self._heights)

    @property
    def pointer_says(self) -> str:
        """Return the values under the pointer's line, empty where it is nowhere."""
        return pointer_words(self._events)

    def step(self, by: int) -> None:
        """Move the pointer's line by so many places: 1 is the next, -1 the previous one."""
        found = stops(self._state.page)
        if not found:
            return
        here = self._state.at_pointer
        outside = -1 if by > 0 else len(found)
        place = by + (found.index(here) if here in found else outside)
        self._snap(found[min(max(place, 0), len(found) - 1)])

    def _fit_marks(self) -> None:
        for series in self._series:
            series.follow()

    def _look(self) -> None:
        pg.setConfigOptions(antialias=True)
        self.setBackground(theme.c.paper)
        self.setFrameShape(self.Shape.NoFrame)
        self.setViewportUpdateMode(self.ViewportUpdateMode.FullViewportUpdate)
        self.setAccessibleName("Session chart")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAccessibleName("Session chart")
        self.setMinimumHeight(240)
        self.ci.layout.setContentsMargins(0, 0, 0, 0)
        self.ci.layout.setHorizontalSpacing(0)

    def _add_lane(self, titles: list[Title], low: int, high: int, lane: Lane, *signs: Sign) -> Lane:
        """Add a lane that holds these signs, with the lines through it."""
        self._put(Gutter(lane, titles, lane.step), lane, low, high)
        lane.draw(Through(lane, *signs))
        return lane

    def _put(self, gutter: Gutter, lane: Lane, low: int, high: int) -> None:
        self.addItem(gutter, len(self._lanes), 0)
        self.addItem(lane, len(self._lanes), 1)
        self._lanes.append(lane)
        self._heights.append((low, high))

    def _add_pressure(self) -> Lane:
        s, axis = theme.series, BLOOD_PRESSURE
        lane = Lane(self._state, axis.low, axis.high, 40, axis.step)
        lane.draw(Bounds(lane, Sign.BP, Sign.HEART_RATE))
        pulse = Joined(lane, Sign.HEART_RATE, s.hr, "o", 9)
        self._series += [pulse, Pressure(lane)]
        lane.draw(Struck(lane, Sign.BP, Sign.HEART_RATE))
        lane.draw(OffScaleMarks(lane, (Sign.BP, s.bp), (Sign.HEART_RATE, s.hr)))
        lane.draw(AlertFlags(lane, Sign.BP, Sign.HEART_RATE))
        return self._add_lane(_pressure_titles(), 0, 0, lane, Sign.BP, Sign.HEART_RATE)

    def _add_strip(self, axis: Axis, title: str, tone: str, symbol: str, size: int) -> None:
        """Add the lane of one joined series."""
        lane = Lane(self._state, axis.low, axis.high, axis.high - axis.low, axis.step)
        lane.draw(Bounds(lane, axis.sign))
        self._series.append(Joined(lane, axis.sign, tone, symbol, size))
        lane.draw(Struck(lane, axis.sign))
        lane.draw(OffScaleMarks(lane, (axis.sign, tone)))
        lane.draw(AlertFlags(lane, axis.sign))
        self._add_lane([(title, tone, 500)], 28, 56, lane, axis.sign)

    def _add_scored(self) -> None:
        lane, tone = Lane(self._state, DISSOCIATION.low, _SCORES_ROOM), theme.series.dissociation
        lane.draw(Bars(lane))
        lane.draw(StruckBars(lane))
        signs = (Sign.DISSOCIATION, Sign.SEDATION)
        lane.draw(AlertFlags(lane, *signs))
        self._add_lane([("▮ Diss.", tone, 500), ("▯ Sed.", tone, 500)], 36, 56, lane, *signs)

    def _add_ratings(self) -> int:
        """Add the lane of the ratings and return its row; it is there only where one was taken."""
        lane = Lane(self._state, 0, 1)
        lane.draw(Ratings(lane))
        self._add_lane([("◇ Ratings", theme.c.text_2, 500)], 20, 24, lane)
        return len(self._lanes) - 1

    def _add_drug(self) -> Lane:
        lane = Lane(self._state, 0, 1)
        drawn: list[Drawn] = [Band(lane), Portions(lane), Devices(lane, 22)]  # over the now-line
        for item in drawn:
            lane.draw(item)
        self._drug_gutter = Gutter(lane, [], 0, middle=True)
        self._put(self._drug_gutter, lane, _DRUG_LOW, 44)
        lane.draw(Through(lane))
        return lane

    def _point_at(self, where: QPointF) -> None:
        """Snap to the reading or event nearest to the pointer, or let go."""
        area = self._main.sceneBoundingRect()
        inside = area.left() <= where.x() <= area.right()
        x = where.x() - area.left()
        self._snap(_nearest(self._state, area.width(), x) if inside else None)

    def _snap(self, stop: Stop | None) -> None:
        if stop != self._state.at_pointer and not self.closed:
            self._state.at_pointer = stop
            for lane in self._lanes:
                lane.repaint_lane()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = _STEPS.get(event.key())
        if by is None:
            event.ignore()
            return
        self.step(by)
        self.setAccessibleDescription(self.pointer_says)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a ring around the chart while the keys are its own."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(theme.colour(theme.c.focus), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
            painter.end()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._snap(None)
        super().leaveEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._snap(None)
        super().focusOutEvent(event)


def _nearest(state: State, width: float, x: float) -> Stop | None:
    """Return the place that is nearest, so many pixels from the left; None afar."""
    scale = width / state.span
    found = enumerate(stops(state.page))
    near = min(((abs(state.x(stop.at) * scale - x), n, stop) for n, stop in found), default=None)
    return near[2] if near and near[0] <= _SNAP else None


def _counted(page: ChartPage) -> str:
    """Say how much there is to step through."""
    events = sum(event.kind == "event" for event in page.events)
    said = f"{len(page.points)} reading{'' if len(page.points) == 1 else 's'}"
    if events:
        said += f" and {events} event{'' if events == 1 else 's'}"
    return f"{said}; arrow keys step through them"


def _pressure_titles() -> list[Title]:
    s = theme.series
    return [
        ("▼▲ BP", s.bp, 500),
        ("▬ MAP", s.map, 500),
        ("● HR", s.hr, 500),
        ("mmHg /min", theme.c.text_3, 400),
        ("╌limit ┈base", theme.c.text_3, 400),
    ]
