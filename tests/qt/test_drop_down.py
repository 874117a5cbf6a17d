"""A list that opens does not look like a line to be typed in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from ui import theme
from ui.presenters.form import FormField, Option, Shape
from ui.widgets.controls import control_for
from ui.widgets.drop_down import ARROW

_SEEN = 60  # of 255: so far an ink lies from the ground
OPTIONS = (Option("nurse", "Nurse"), Option("prescriber", "Prescriber"))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_that_a_list_shows_the_arrow_that_opens_it(
    qtbot: QtBot, qapp: QApplication, mode: str
) -> None:
    theme.wear(qapp, mode)
    made = control_for(FormField("role", "Role", Shape.LIST, hint="Choose one", options=OPTIONS))
    qtbot.addWidget(made)
    made.resize(360, 90)
    made.show()
    (box,) = made.findChildren(QComboBox)
    right = QRect(box.width() - 2 * ARROW, 6, ARROW + 4, box.height() - 12)
    shot = box.grab(right).toImage()
    grounds = QColor(theme.c.surface).lightness()
    spots = ((x, y) for x in range(shot.width()) for y in range(shot.height()))
    inked = [abs(QColor(shot.pixel(x, y)).lightness() - grounds) > _SEEN for x, y in spots]
    assert sum(inked) > ARROW / 2
    theme.wear(qapp)
