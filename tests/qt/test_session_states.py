"""The session screen in every phase: what is on it, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from monitor.overview import SessionOverview
from monitor.protocols.loading import shipped
from tests.fakes import open_sessions, overviews
from tests.fakes.clock import WARSAW
from tests.fakes.overview_parts import NINA
from ui.presenters.acting import Colleagues
from ui.presenters.session import SessionDoors, SessionPresenter
from ui.screens.session.screen import SessionScreen

NOBODY = Colleagues(
    accounts=tuple,
    me=lambda: NINA,
    override=lambda _user, _password, _act, done: done(None),
    waste=lambda _act, _user, _password, done: done(None),
)

MAKERS = (
    open_sessions.set_up,
    open_sessions.pre_dose,
    open_sessions.infusing,
    open_sessions.devices,
    open_sessions.observation,
    open_sessions.ready,
    overviews.draft,
    overviews.ketamine,
    overviews.extreme,
)


def seen(overview: SessionOverview, qtbot: QtBot, *, width: int = 1200) -> SessionScreen:
    screen = SessionScreen()
    qtbot.addWidget(screen)
    doors = SessionDoors(
        overview=lambda: overview,
        perform=lambda _act: (),
        sign=lambda: None,
        now=lambda: overview.seen_at,
        zone=WARSAW,
        protocol=next(p for p in shipped() if p.id == overview.protocol_id),
        colleagues=NOBODY,
    )
    screen.wire(SessionPresenter(screen, doors))
    screen.resize(width, 690)
    screen.show()
    QApplication.processEvents()
    return screen


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("width", [1200, 1840])
def test_that_every_phase_fits_the_smallest_window(
    make: Callable[[], SessionOverview], width: int, qtbot: QtBot
) -> None:
    screen = seen(make(), qtbot, width=width)
    assert (screen.width(), screen.height()) == (width, 690)
    assert screen.minimumSizeHint().height() <= 688, "720 less the foot"


@pytest.mark.parametrize("make", MAKERS)
def test_that_nothing_in_the_left_panel_is_cut_at_its_side(
    make: Callable[[], SessionOverview], qtbot: QtBot
) -> None:
    panel = seen(make(), qtbot).now_panel
    cut = [
        button.text()
        for button in panel.findChildren(QPushButton)
        if button.isVisible() and button.mapTo(panel, button.rect().topRight()).x() > panel.width()
    ]
    assert cut == []


def words(screen: SessionScreen) -> list[str]:
    return [b.text() for b in screen.findChildren(QPushButton) if b.isVisible()]


def test_that_each_phase_offers_what_can_be_done_in_it(qtbot: QtBot) -> None:
    assert "Start infusion" in words(seen(open_sessions.pre_dose(), qtbot))
    assert "Pause infusion" in words(seen(open_sessions.infusing(), qtbot))
    assert "Device 3 given" in words(seen(open_sessions.devices(), qtbot))
    assert "Leaves…" in words(seen(open_sessions.ready(), qtbot))
    assert "Sign the record…" in words(seen(overviews.draft(), qtbot))
    assert "Sign the record…" not in words(seen(overviews.ketamine(), qtbot))


def test_that_the_notice_of_a_restart_can_be_put_away(qtbot: QtBot) -> None:
    screen = seen(open_sessions.infusing(), qtbot)
    screen.show_notice("The program was closed 10:14 to 10:22.")
    QApplication.processEvents()
    seen_button = next(b for b in screen.findChildren(QPushButton) if b.text() == "Seen")
    assert seen_button.isVisible()
    seen_button.click()
    assert not seen_button.isVisible()
