"""The numbers on the rail stand beside the signs of their places."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ui.widgets.frame import Rail

_MARGIN = 2  # pixels around a sign in which nothing of it is drawn


@pytest.mark.parametrize("count", [3, 30])
def test_that_a_number_covers_nothing_of_the_sign(qtbot: QtBot, count: int) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.show()
    rail.set_waiting("To sign", count, f"{count} sessions wait")
    place = rail.places["To sign"]
    sign = place._icon.geometry().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
    assert place._waiting.isVisible()
    assert not place._waiting.geometry().intersects(sign)
    assert place.rect().contains(place._waiting.geometry())
