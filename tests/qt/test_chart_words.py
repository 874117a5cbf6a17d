"""Words on the chart are whole: nothing runs through them, and none lies on another."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from monitor.chart_page import MINUTE, ChartPage, LimitLine, Run, RunKind, chart_page
from monitor.vitals import Reading, Sign
from tests.fakes import open_sessions, overviews
from tests.fakes.overview_parts import LOCAL, at
from ui.charts import bounds, edges, ground, lanes
from ui.charts.ground import LEFT, RIGHT, Align, Drawn, Lane, State, words
from ui.charts.session_chart import _DRUG_LOW

pytestmark = pytest.mark.usefixtures("qapp")


class Writing:
    """Takes down what is written while something is painted on a lane of a given size."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.found: list[tuple[str, QRectF]] = []
        for module in (bounds, edges, ground, lanes):
            monkeypatch.setattr(module, "words", self._note)

    def of(self, drawn: Drawn, wide: float, tall: float) -> list[tuple[str, QRectF]]:
        """Return the words, each with the room that its letters take."""
        self.found.clear()
        image = QImage(round(wide), round(tall), QImage.Format.Format_RGB32)
        painter = QPainter(image)
        drawn._corners = QRectF(0, 0, wide, tall)
        drawn.draw_on(painter)
        painter.end()
        return list(self.found)

    def _note(
        self,
        painter: QPainter,
        spot: QPointF,
        said: str,
        tone: str,
        *,
        weight: int = 400,
        align: Align = LEFT,
    ) -> None:
        words(painter, spot, said, tone, weight=weight, align=align)
        wide = painter.fontMetrics().horizontalAdvance(said)
        left = spot.x() - wide if align == RIGHT else spot.x()
        self.found.append((said, QRectF(left, spot.y() - 5, wide, 10)))


@pytest.fixture
def writing(monkeypatch: pytest.MonkeyPatch) -> Writing:
    return Writing(monkeypatch)


def page_with(resp: Iterable[tuple[str, int]], *limits: int) -> ChartPage:
    """Return a page with these counts of breaths, and limits of them."""
    page = chart_page(open_sessions.infusing())
    points = tuple(
        dataclasses.replace(
            page.points[0], uid=clock, at=at(clock), reading=Reading(resp=count), was=()
        )
        for clock, count in resp
    )
    lines = tuple(LimitLine(Sign.RESP, value, "", above=value > 15) for value in limits)
    return dataclasses.replace(
        page, points=points, limits=lines, slots=(), events=(), alerts=(), now=None, baseline=None
    )


def apart(found: list[tuple[str, QRectF]]) -> bool:
    return not any(a.intersects(b) for (_, a), (_, b) in itertools.combinations(found, 2))


def test_that_no_line_between_readings_runs_through_the_words_of_a_limit(writing: Writing) -> None:
    page = page_with((("10:36", 23), ("10:49", 6)), 10)
    drawn = bounds.Bounds(Lane(State(page, LOCAL), 0, 30), Sign.RESP)
    ((said, room),) = writing.of(drawn, 600, 100)
    assert said.startswith("limit 10")
    here, there = (drawn.time(point.at, point.level(Sign.RESP)) for point in page.points)
    for share in (n / 400 for n in range(401)):
        assert not room.contains(here + (there - here) * share)


@pytest.mark.parametrize("tall", [28, 40, 60, 100])
@pytest.mark.parametrize("limits", [(10, 12), (8, 10, 12), (10, 10)])
def test_that_words_of_limits_that_stand_close_never_lie_on_one_another(
    writing: Writing, tall: int, limits: tuple[int, ...]
) -> None:
    readings = [(f"{9 + minute // 60:02d}:{minute % 60:02d}", 11) for minute in range(50, 100, 2)]
    drawn = bounds.Bounds(Lane(State(page_with(readings, *limits), LOCAL), 0, 30), Sign.RESP)
    found = writing.of(drawn, 500, tall)
    assert found
    assert apart(found)


@pytest.mark.parametrize("tall", [_DRUG_LOW, 44])
def test_that_how_long_a_pause_was_stands_whole_over_it_and_apart(
    writing: Writing, tall: int
) -> None:
    page = chart_page(overviews.ketamine())
    (low,) = {run.rate_ml_h for run in page.runs if 0 < run.share < 1}
    clocks = ("10:00", "10:08", "10:10", "10:11", "10:14", "11:00")
    shares = (1.0, 0.0, 0.4, 0.0, 0.4)
    spans = zip(itertools.pairwise(clocks), shares, strict=True)
    runs = tuple(
        Run(RunKind.RUN if share else RunKind.PAUSE, at(a), at(b), low, share, low)
        for (a, b), share in spans
    )
    drawn = lanes.Band(Lane(State(dataclasses.replace(page, runs=runs), LOCAL), 0, 1))
    found = writing.of(drawn, 500, tall)
    assert "2 min" in {said for said, _ in found}
    assert all(room.top() >= 0 and room.bottom() <= tall for _, room in found)
    assert apart(found)


def test_that_a_number_off_the_scale_does_not_lie_on_the_line_of_the_present(
    writing: Writing,
) -> None:
    page = chart_page(overviews.extreme())
    (point,) = (p for p in page.points if any(off.sign is Sign.SPO2 for off in p.off_scale))
    for minutes in range(8):
        now = point.at + minutes * MINUTE
        page = dataclasses.replace(page, points=(point,), alerts=(), now=now)
        drawn = edges.OffScaleMarks(Lane(State(page, LOCAL), 85, 100), (Sign.SPO2, "#000000"))
        *_, (said, room) = writing.of(drawn, 600, 60)
        assert said == "84"
        assert not room.left() < drawn.time(now).x() < room.right()
