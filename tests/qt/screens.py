"""A session's real screen before a visit, as small as it gets."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.fakes.seats import Seat
from tests.fakes.visit import Visit
from ui.screens.session.screen import SessionScreen

SMALL = (1200, 688)
"""What a window of 1280 by 720 leaves a room."""


def screen_of(visit: Visit, qtbot: QtBot) -> tuple[Seat, SessionScreen]:
    """Return a seat before a real screen that has the focus."""
    seat, screen = Seat(visit), SessionScreen()
    qtbot.addWidget(screen)
    screen.wire(seat.wired(screen))
    screen.resize(*SMALL)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.entry.line.hasFocus)
    return seat, screen
