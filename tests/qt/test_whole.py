"""At 200 % text on a common screen the window scrolls: nothing is cut, the focus is in sight."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.qt.real_windows import RealClinic, RealWindow
from tests.qt.screens import SMALL
from ui.screens.session.screen import SessionScreen
from ui.widgets.whole import Whole

DOUBLED = QSize(960, 540)
"""A screen of 1920 by 1080 with everything twice as large."""


def test_that_a_doubled_text_size_cuts_nothing_and_keeps_the_entry_line_in_sight(
    qtbot: QtBot, tmp_path: Path
) -> None:
    clinic = RealClinic(tmp_path / "record")
    record = clinic.record()
    clinic.infuse(record)
    real = RealWindow(qtbot, clinic, record)
    real.window.setMinimumSize(DOUBLED)
    real.window.resize(DOUBLED)
    real.go_to_session()
    screen = real.window.findChildren(SessionScreen)[0]
    (whole,) = real.window.findChildren(Whole)
    assert (screen.width(), screen.height()) == SMALL  # as in the smallest window
    line = screen.entry.line
    QApplication.processEvents()
    assert in_sight(whole, line)
    assert screen.chart is not None
    screen.chart.setFocus()
    qtbot.waitUntil(lambda: not in_sight(whole, line))
    line.setFocus()
    qtbot.waitUntil(lambda: in_sight(whole, line))
    real.close()
    clinic.close()


def in_sight(area: QScrollArea, widget: QWidget) -> bool:
    place = QRect(widget.mapTo(area, QPoint(0, 0)), widget.size())
    return area.viewport().rect().contains(place)
