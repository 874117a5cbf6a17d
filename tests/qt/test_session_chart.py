"""The chart: fixed axes, the same marks after each page, nothing lost off the scale."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.chart_page import ChartPage, chart_page
from monitor.overview import SessionOverview
from monitor.vitals import Sign
from tests.fakes import open_sessions, overviews
from tests.fakes.overview_parts import LOCAL, at
from ui.charts.ground import runs_of
from ui.charts.session_chart import SessionChart


def shown(overview: SessionOverview, qtbot: QtBot) -> SessionChart:
    chart = SessionChart(chart_page(overview), overview.local)
    qtbot.addWidget(chart)
    chart.resize(700, 400)
    chart.show()
    qtbot.waitExposed(chart)
    return chart


def picture(chart: SessionChart) -> bytes:
    """Return what is seen, pixel by pixel."""
    QApplication.processEvents()
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
    return [[f"{LOCAL(p.at):%H:%M}" for p in run] for run in runs_of(page, sign)]


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
