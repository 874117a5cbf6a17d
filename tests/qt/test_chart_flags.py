"""Flags of alerts cover no mark, and the chart keeps the room its words need."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.chart_page import EventMark, chart_page
from monitor.vitals import Sign
from tests.fakes.visit import Visit
from tests.qt.real_windows import RealClinic, RealWindow
from ui import theme
from ui.charts.flag_places import box_around, flags_placed
from ui.charts.ground import Drawn, Lane, State
from ui.charts.happened import _texts
from ui.screens.session.screen import SessionScreen

WIDE = 480.0


class Sketch(Drawn):
    """A lane of a given height, as while it is being painted."""

    def __init__(self, visit: Visit, low: float, high: float, height: float) -> None:
        overview = visit.overview
        super().__init__(Lane(State(chart_page(overview), overview.local), low, high))
        self._corners = QRectF(0, 0, WIDE, height)


@pytest.fixture(scope="module")
def visit() -> Visit:
    made = Visit().started()
    for at, line in (
        ("10:01", "128/82 76 98 16"),
        ("10:05", "182/112 160 93 9 s3 d9"),
        ("10:10", "80/42 38 91 7 s3 d9"),
        ("10:12", "184/114 100 92 8"),
    ):
        made.at(at).line(line)
    return made


@pytest.mark.parametrize(
    ("signs", "low", "high", "height"),
    [
        ((Sign.BP, Sign.HEART_RATE), 40, 200, 110),
        ((Sign.BP, Sign.HEART_RATE), 40, 200, 400),
        ((Sign.SPO2,), 85, 100, 28),
        ((Sign.RESP,), 0, 30, 28),
    ],
)
def test_that_no_flag_covers_a_mark_or_another_flag(
    qapp: QApplication,
    visit: Visit,
    signs: tuple[Sign, ...],
    low: float,
    high: float,
    height: float,
) -> None:
    assert qapp is not None, "pictures need an application"
    lane = Sketch(visit, low, high, height)
    placed = flags_placed(lane, *signs)
    assert len(placed) >= 3
    flags = [_rect(box_around(spot)) for _, spot in placed]
    for n, flag in enumerate(flags):
        assert not any(flag.intersects(other) for other in flags[n + 1 :])
        assert lane.area.contains(flag)
        for point in lane.state.page.points:
            for sign in signs:
                level = point.level(sign)
                if level is not None and low <= level <= high:
                    assert not flag.contains(lane.time(point.at, level)), (sign, level)
            if Sign.BP in signs and point.diastolic:
                assert not flag.contains(lane.time(point.at, point.diastolic))


def _rect(box: tuple[float, float, float, float]) -> QRectF:
    return QRectF(box[0], box[1], box[2] - box[0], box[3] - box[1])


def test_that_rows_of_the_sheet_give_way_before_the_lane_of_pressure(
    qtbot: QtBot, tmp_path: Path
) -> None:
    clinic = RealClinic(tmp_path / "record")
    record = clinic.record()
    clinic.infuse(record)
    for minute in (1, 2, 3, 4):
        clinic.clock.set(f"10:0{minute}")
        clinic.line(record, "128/82 76 98 16")
    window = RealWindow(qtbot, clinic, record)
    window.go_to_session()
    screen = window.window.findChildren(SessionScreen)[0]
    chart = screen.chart
    assert chart is not None
    (pressure,) = [i for i in chart.scene().items() if isinstance(i, Lane) and i.low == 40]
    rows = screen.sheet.height()
    screen.show_notice("Dana Silva wrote in this session in another window. " * 3)
    qtbot.waitUntil(lambda: screen.sheet.height() < rows)
    qtbot.waitUntil(lambda: pressure.height() >= 96)
    screen.show_notice("")
    qtbot.waitUntil(lambda: screen.sheet.height() == rows)
    window.close()
    clinic.close()


@pytest.mark.usefixtures("qapp")
def test_that_what_the_dose_waits_for_stands_whole_on_its_flag_where_there_is_room(
    visit: Visit,
) -> None:
    at = visit.instant("10:01")
    mark = EventMark(1, at, "Waits: BP 168/104 before the dose", "event")
    whole, cut = _texts(mark, QFontMetricsF(theme.font(12, 600)))
    assert whole == "Waits: BP 168/104 before the dose"
    assert cut.startswith("Waits: BP 168/104 b")
