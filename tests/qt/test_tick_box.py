"""A box that is ticked and a choice that is made are no plain dark shapes, in light and dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.widgets.tick_box import TickBox

_ROOM = 38


@pytest.fixture(params=["light", "dark"])
def mode(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    theme.wear(qapp, request.param)
    yield request.param
    theme.wear(qapp)


def inks(widget: QWidget) -> set[str]:
    """Return the colours where the box stands."""
    shot = widget.grab().toImage()
    high = shot.height() // 2
    spots = ((x, y) for x in range(_ROOM) for y in range(high - 8, high + 8))
    return {QColor(shot.pixel(x, y)).name() for x, y in spots}


@pytest.mark.parametrize("kind", [TickBox, QRadioButton])
def test_that_what_is_chosen_shows_a_mark_inside(
    qtbot: QtBot, mode: str, kind: type[TickBox | QRadioButton]
) -> None:
    box = kind("Spray 1")
    qtbot.addWidget(box)
    box.show()
    mark, ground = QColor(theme.c.on_ink).name(), QColor(theme.c.ink).name()
    assert ground not in inks(box), mode
    box.setChecked(True)
    assert {mark, ground} <= inks(box), mode
