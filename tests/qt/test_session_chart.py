"""The chart: fixed axes, the same marks after each page, nothing lost off the scale."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.chart_page import ChartPage, chart_page
from monitor.overview import SessionOverview
from monitor.vitals import Sign
from tests.fakes import crowded_overview, open_sessions, overviews
from tests.fakes.crowded_overview import BANDS, crowded, kinds, marked, moved
from tests.fakes.overview_parts import LOCAL, at
from ui import theme
from ui.charts.bounds import Bounds
from ui.charts.ground import LEFT, RIGHT, Align, words
from ui.charts.marks import number_boxes
from ui.charts.places import Places
from ui.charts.session_chart import SessionChart


def shown(overview: SessionOverview, qtbot: QtBot) -> SessionChart:
    chart = SessionChart(chart_page(overview), overview.local)
    qtbot.addWidget(chart)
    chart.resize(700, 400)
    chart.show()
    qtbot.waitExposed(chart)
    return chart


def picture(chart: SessionChart) -> bytes:
    """Return what is seen, pixel by pixel, but for the ring of the focus."""
    QApplication.processEvents()
    chart.clearFocus()
    image = chart.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return bytes(image.constBits())


@pytest.mark.parametrize(
    "make",
    [
        open_sessions.infusing,
        open_sessions.observation,
        open_sessions.set_up,
        overviews.extreme,
        overviews.draft,
    ],
)
def test_that_every_kind_of_session_is_drawn(
    qtbot: QtBot, make: Callable[[], SessionOverview]
) -> None:
    chart = shown(make(), qtbot)
    colours = set(np.frombuffer(picture(chart), np.uint32)[::7].tolist())
    assert len(colours) > 20


def marks(chart: SessionChart) -> list[int]:
    """Return how many symbols each series shows."""
    found = [i for i in chart.scene().items() if isinstance(i, pg.ScatterPlotItem)]
    return [len(item.data) for item in found]


def test_that_each_reading_has_its_marks_in_every_series(qtbot: QtBot) -> None:
    overview = open_sessions.infusing()
    before = dataclasses.replace(overview, readings=overview.readings[:2])
    chart = shown(before, qtbot)
    assert marks(chart) == [2] * 6  # systolic, diastolic, MAP, HR, SpO₂, Resp
    chart.set_page(chart_page(overview), overview.local)
    assert marks(chart) == [5] * 6


def test_that_the_pointer_finds_the_nearest_reading_and_lets_go(qtbot: QtBot) -> None:
    chart = shown(open_sessions.infusing(), qtbot)
    area = chart._main.sceneBoundingRect()
    x = area.left() + chart._state.x(at("10:05")) / chart._state.span * area.width()
    chart._point_at(QPointF(x + 3, area.center().y()))
    assert chart.pointer_says.startswith("10:05")
    chart._point_at(QPointF(area.left() - 20, area.center().y()))
    assert chart.pointer_says == ""


def test_that_a_new_page_draws_what_a_new_chart_would(qtbot: QtBot) -> None:
    overview = open_sessions.infusing()
    before = dataclasses.replace(overview, readings=overview.readings[:2])
    fed = shown(before, qtbot)
    fed.set_page(chart_page(overview), overview.local)
    assert picture(fed) == picture(shown(overview, qtbot))


def test_that_a_reading_more_can_be_seen(qtbot: QtBot) -> None:
    overview = open_sessions.infusing()
    before = dataclasses.replace(overview, readings=overview.readings[:-1])
    chart = shown(before, qtbot)
    seen = picture(chart)
    chart.set_page(chart_page(overview), overview.local)
    assert picture(chart) != seen


def test_that_the_value_axes_never_move(qtbot: QtBot) -> None:
    chart = shown(open_sessions.infusing(), qtbot)
    before = [lane.viewRange()[1] for lane in chart._lanes]
    chart.set_page(chart_page(overviews.extreme()), LOCAL)
    assert [lane.viewRange()[1] for lane in chart._lanes] == before


def test_that_the_pointer_steps_through_readings_and_says_their_values(qtbot: QtBot) -> None:
    chart = shown(open_sessions.infusing(), qtbot)
    assert chart.pointer_says == ""
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.pointer_says.startswith("09:51   BP 124/78   MAP 93   HR 56   SpO₂ 98 %")
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.pointer_says.startswith("09:51")
    for _ in range(9):
        qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.pointer_says.startswith("10:15")
    assert chart.pointer_says.endswith("was 182/108")


def test_that_the_pointer_stays_on_its_reading_when_the_page_changes(qtbot: QtBot) -> None:
    overview = open_sessions.infusing()
    chart = shown(overview, qtbot)
    chart.step(1)
    chart.set_page(chart_page(overview), overview.local)
    assert chart.pointer_says.startswith("09:51")


def joined(page: ChartPage, sign: Sign) -> list[list[str]]:
    return [[f"{LOCAL(p.at):%H:%M}" for p in run] for run in page.stretches(sign)]


def test_that_no_line_crosses_a_missing_reading() -> None:
    overview = open_sessions.infusing()
    rows = list(overview.readings)
    lacking = dataclasses.replace(rows[2].reading, heart_rate=None)
    rows[2] = dataclasses.replace(rows[2], reading=lacking)
    page = chart_page(dataclasses.replace(overview, readings=tuple(rows)))
    assert joined(page, Sign.HEART_RATE) == [["09:51", "10:05"], ["10:12", "10:15"]]
    assert len(joined(page, Sign.SPO2)) == 1


def test_that_no_line_crosses_a_missed_slot() -> None:
    page = chart_page(overviews.ketamine())
    before, after = joined(page, Sign.BP)
    assert before[-1] == "11:07"
    assert after == ["11:30", "11:44"]


def grey(chart: SessionChart) -> bytes:
    """Return what a photocopy shows."""
    QApplication.processEvents()
    chart.clearFocus()
    image = chart.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    return bytes(image.constBits())


def test_that_every_kind_of_mark_is_drawn(qtbot: QtBot) -> None:
    chart = shown(overviews.ketamine(), qtbot)
    unseen = []
    for kind in kinds():
        page = dataclasses.replace(marked(), band=BANDS.get(kind, "infusion"))
        assert getattr(page, kind), f"the sample has no {kind}"
        chart.set_page(page, LOCAL)
        seen = grey(chart)
        chart.set_page(moved(page, kind), LOCAL)
        if grey(chart) == seen:
            unseen.append(kind)
    assert unseen == []


@pytest.mark.parametrize("states", [crowded_overview.slot_states, crowded_overview.alert_states])
def test_that_states_differ_without_colour(
    qtbot: QtBot, states: Callable[[], list[ChartPage]]
) -> None:
    chart = shown(overviews.ketamine(), qtbot)
    seen = set()
    for page in states():
        chart.set_page(page, LOCAL)
        seen.add(grey(chart))
    assert len(seen) == len(states())


def test_that_symbols_of_the_series_differ_in_shape(qtbot: QtBot) -> None:
    chart = shown(open_sessions.infusing(), qtbot)
    found = [i for i in chart.scene().items() if isinstance(i, pg.ScatterPlotItem)]
    shapes = {
        item.opts["symbol"] if isinstance(item.opts["symbol"], str) else id(item.opts["symbol"])
        for item in found
    }
    assert len(shapes) == len(found)


def test_that_the_pointer_tells_how_a_reading_was_entered(qtbot: QtBot) -> None:
    chart = shown(crowded(), qtbot)
    while not chart.pointer_says.startswith("00:00"):
        qtbot.keyClick(chart, Qt.Key.Key_Right)
    values, entered = chart.pointer_says.split("\n")
    assert values == "00:00   BP 145/85   MAP 105   SpO₂ 96 %   Resp 16   Sed. 5   Diss. 4"
    assert entered == "extra   entered 00:01 by Nina Kowal   HR not taken"
    assert chart.accessibleDescription() == chart.pointer_says


def test_that_a_ring_shows_that_the_arrow_keys_are_the_chart_s(qtbot: QtBot) -> None:
    chart = shown(open_sessions.infusing(), qtbot)
    chart.activateWindow()
    chart.setFocus()
    qtbot.waitUntil(chart.hasFocus)
    edge = chart.grab().toImage().pixelColor(1, 200).name()
    assert edge == theme.c.focus.lower()
    chart.clearFocus()
    assert chart.grab().toImage().pixelColor(1, 200).name() != edge


def test_that_home_and_end_reach_the_first_and_the_last_reading(qtbot: QtBot) -> None:
    chart = shown(crowded(), qtbot)
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.pointer_says.startswith("01:44")
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.pointer_says.startswith("22:00")


def test_that_a_line_may_be_written_only_where_nothing_stands() -> None:
    places = Places(QRectF(0, 0, 200, 100))
    places.take((150, 0, 160, 100), (100, 40, 120, 60))
    assert places.rightmost(45, 55, 20) == 192
    assert places.rightmost(45, 55, 33) == 100
    assert places.rightmost(5, 15, 33) == 150
    assert places.rightmost(45, 55, 120) is None
    assert places.rightmost(-5, 5, 20) is None
    assert places.first([(145, 0, 155, 10), (130, 0, 140, 10)]) == (130, 0, 140, 10)
    assert places.first([(130, 0, 140, 10)]) is None


@dataclasses.dataclass(frozen=True, slots=True)
class Written:
    """Words as they were painted, and the room they take."""

    said: str
    room: QRectF


def written(chart: SessionChart, module: str, monkeypatch: pytest.MonkeyPatch) -> list[Written]:
    """Return what one module writes when the chart is painted."""
    found: list[Written] = []

    def note(
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
        found.append(Written(said, QRectF(left, spot.y() - 4.5, wide, 9)))

    monkeypatch.setattr(f"{module}.words", note)
    chart.grab()
    return found


def test_that_no_value_off_the_scale_is_left_out_and_no_two_meet(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    overview = crowded()
    chart = shown(overview, qtbot)
    marks_at_edges = written(chart, "ui.charts.edges", monkeypatch)
    numbers = [each for each in marks_at_edges if each.said.isdigit()]
    beyond = [str(off.value) for p in chart_page(overview).points for off in p.off_scale]
    assert sorted(each.said for each in numbers) == sorted(beyond)
    assert len(beyond) == 10
    for n, one in enumerate(numbers):
        assert not any(one.room.intersects(other.room) for other in numbers[n + 1 :]), one


@pytest.mark.parametrize("make", [crowded, overviews.ketamine, open_sessions.infusing])
def test_that_words_of_limits_lie_under_no_mark_and_on_no_other(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, make: Callable[[], SessionOverview]
) -> None:
    chart = shown(make(), qtbot)
    said = written(chart, "ui.charts.bounds", monkeypatch)
    assert said
    bounds = [i for i in chart.scene().items() if isinstance(i, Bounds)]
    stand = [QRectF(a, b, c - a, d - b) for item in bounds for a, b, c, d in item._marks()]
    for n, one in enumerate(said):
        assert not any(one.room.intersects(box) for box in stand), one
        assert not any(one.room.intersects(other.room) for other in said[n + 1 :]), one
    del bounds


def test_that_a_score_stands_beside_its_bar_where_a_flag_is_over_it() -> None:
    places = Places(QRectF(0, 0, 200, 60))
    bar = QRectF(100, 20, 8, 40)
    over, beside = number_boxes(Sign.DISSOCIATION, bar, half=4)
    assert over == places.first([over, beside])
    flagged = Places(QRectF(0, 0, 200, 60))
    flagged.take((95, 4, 115, 19))
    assert flagged.first([over, beside]) == beside
    assert beside[2] <= bar.left()
    assert number_boxes(Sign.SEDATION, bar, half=4)[1][0] >= bar.right()
