"""The patient's own baseline and the protocol's limits: lines, and words where there is room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import tee

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from typing_extensions import override

from monitor.chart_page import LimitLine
from monitor.vitals import Sign
from ui import theme
from ui.charts.flag_places import box_around, flags_placed
from ui.charts.ground import RIGHT, Drawn, Lane, words
from ui.charts.places import Box, Places
from ui.charts.standing import joining, standing
from ui.presenters.words import SIGN_NAMES

_TALL = 13.0  # of a line of words
_MARK, _AMENDED = 9.0, 16.0  # half of what an amended pressure takes, and how far aside
_NUMBER, _NUMBER_TALL = 34.0, 16.0  # from a value off the scale to the end of its number


@dataclass(frozen=True, slots=True)
class _Line:
    """One line across the lane, and what may be written at it, the longest first."""

    level: int
    said: tuple[str, ...]
    tone: str
    style: Qt.PenStyle
    strong: bool = True


class Bounds(Drawn):
    """Baseline dotted and limits dashed; their words never lie under a mark or on one another."""

    def __init__(self, lane: Lane, *signs: Sign) -> None:
        super().__init__(lane, -5)
        self._signs = signs

    @override
    def draw_on(self, painter: QPainter) -> None:
        """Paint the lines across the whole lane, then the words."""
        lines = list(self._lines())
        places, over_lines = Places(self.area), Places(self.area)
        for each, taken in zip((places, over_lines), tee(self._marks()), strict=True):
            each.take(*taken)
        for line in lines:
            y = self.spot(0, line.level).y()
            tone = theme.colour(line.tone, 0.75 if line.strong else 0.5)
            painter.setPen(QPen(tone, 1.2 if line.strong else 1, line.style))
            painter.drawLine(QPointF(self.area.left(), y), QPointF(self.area.right(), y))
            places.take((self.area.left(), y - 0.5, self.area.right(), y + 0.5))
        for line in lines:
            if not self._write_at(painter, (places, over_lines), line):
                self._write_over(painter, (places, over_lines), line)

    def _write_over(self, painter: QPainter, both: tuple[Places, Places], line: _Line) -> None:
        """Write on the line itself, over plain paper: where lines stand close nothing is free."""
        y = self.spot(0, line.level).y()
        for said in line.said:
            wide = painter.fontMetrics().horizontalAdvance(said) + 6.0
            edge = both[1].rightmost(y - _TALL / 2, y + _TALL / 2, wide)
            if edge is not None:
                box = QRectF(edge - wide, y - _TALL / 2, wide, _TALL)
                for each in both:
                    each.take((box.left(), box.top(), box.right(), box.bottom()))
                self.clear(painter, box.adjusted(0, 1, 0, -1))
                words(painter, QPointF(edge - 3, y), said, line.tone, align=RIGHT)
                return

    def _write_at(self, painter: QPainter, both: tuple[Places, Places], line: _Line) -> bool:
        """Write at the line where nothing stands; tells whether there was room."""
        painter.setFont(theme.font(12))
        places = both[0]
        y = self.spot(0, line.level).y()
        for said in line.said:
            wide = painter.fontMetrics().horizontalAdvance(said) + 6.0
            for top in (y - _TALL - 1, y + 1):
                edge = places.rightmost(top, top + _TALL, wide)
                if edge is not None:
                    for each in both:
                        each.take((edge - wide, top, edge, top + _TALL))
                    at = QPointF(edge - 3, top + _TALL / 2)
                    words(painter, at, said, line.tone, align=RIGHT)
                    return True
        return not line.said

    def _lines(self) -> Iterator[_Line]:
        page, lane = self.state.page, self.lane
        for limit in page.limits:
            if limit.sign in self._signs and lane.low <= limit.value <= lane.high:
                strong = limit.sign is self._signs[0]
                tone, dashes = theme.series.limit, Qt.PenStyle.DashLine
                yield _Line(limit.value, self._words(limit), tone, dashes, strong)
        if Sign.BP in self._signs and page.baseline:
            base, tone, dots = page.baseline, theme.series.baseline, Qt.PenStyle.DotLine
            said = (f"baseline {base.text}", "baseline")
            yield _Line(base.systolic, said, tone, dots)
            yield _Line(base.diastolic, (), tone, dots)

    def _words(self, limit: LimitLine) -> tuple[str, ...]:
        if limit.sign is Sign.BP:
            part = limit.part
            return f"limit {limit.value} {part}", f"{limit.value} {part[:3]}."
        name = f" {SIGN_NAMES[limit.sign]}" if len(self._signs) > 1 else ""
        return f"limit {limit.value}{name}", f"{limit.value}{name}"

    def _marks(self) -> Iterator[Box]:
        """Tell where nothing may be written: at marks, flags, lines and what was amended."""
        page, area = self.state.page, self.area
        lasting = [event.at for event in page.events if event.kind == "event"]
        for at in (*lasting, *([page.now] if page.now else [])):
            x = self.time(at).x()
            yield (x - 2, area.top(), x + 2, area.bottom())
        yield from standing(self, *self._signs)
        yield from joining(self, *self._signs)
        yield from (box_around(spot) for _, spot in flags_placed(self, *self._signs))
        for point in page.points:
            x = self.time(point.at).x()
            for off in point.off_scale:
                if off.sign in self._signs:
                    top = area.top() if off.above else area.bottom() - _NUMBER_TALL
                    yield (x - _NUMBER, top, x + _NUMBER, top + _NUMBER_TALL)
            for place in range(1, len(point.replaced) + 1):
                aside = x + place * _AMENDED
                yield (aside - _MARK, area.top(), aside + _MARK, area.bottom())
