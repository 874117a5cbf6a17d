"""The focus on the real screen: it stays where it is, walks as one reads, and Esc leads home."""

from __future__ import annotations

from itertools import groupby, pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.seats import Seat
from tests.fakes.visit import Visit
from tests.qt.screens import screen_of
from ui.screens.session.screen import SessionScreen
from ui.widgets.parts import button, col, empty
from ui.widgets.walking import keeping_focus
from ui.window import Window

ESC, F9, TAB = Qt.Key.Key_Escape, Qt.Key.Key_F9, Qt.Key.Key_Tab
FULL = "128/82 76 98 16 s5 d0"


def begun() -> Visit:
    return Visit().started().at("10:05").line(FULL).line("nausea").at("10:06")


def focused() -> QWidget:
    QApplication.processEvents()
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def named(screen: QWidget, name: str) -> QPushButton:
    found = [b for b in screen.findChildren(QPushButton) if b.isVisible()]
    return next(b for b in found if b.accessibleName().startswith(name))


def test_that_the_focus_stays_when_somebody_else_writes(qtbot: QtBot) -> None:
    seat, screen = screen_of(begun(), qtbot)
    over = named(screen, "Nausea is over")
    over.setFocus()
    seat.visit.line("headache")
    seat.presenter.look_again()
    assert not over.isVisible(), "or nothing was made anew"
    assert focused() is named(screen, "Nausea is over")
    seat.visit.line("nausea over")
    seat.presenter.look_again()
    assert focused() is screen.entry.line, "what it meant is gone"


def test_that_the_focus_stays_when_an_alert_comes_and_goes(qtbot: QtBot) -> None:
    visit = begun().line("190/112 76 98 16 s5 d0")
    seat, screen = screen_of(visit, qtbot)
    named(screen, "Acknowledge alert A1").setFocus()
    visit.at("10:07").line("128/82 132 98 16 s5 d0")
    seat.presenter.look_again()
    assert focused() is named(screen, "Acknowledge alert A1")
    named(screen, "Told").setFocus()
    seat.presenter.look_again()
    assert focused() is named(screen, "Told")


def test_that_a_notice_that_is_seen_by_keys_leads_back_to_the_line(qtbot: QtBot) -> None:
    seat, screen = screen_of(begun(), qtbot)
    seat.presenter.notices.tell("The computer slept.")
    screen.notice_seen.setFocus()
    qtbot.keyClick(screen.notice_seen, Qt.Key.Key_Return)
    assert not screen.has_notice
    assert focused() is screen.entry.line


@pytest.mark.parametrize("enabled", [True, False])
def test_that_the_focus_goes_to_what_means_the_same_where_it_can_be_pressed(
    qtbot: QtBot,
    enabled: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    panel, line = QWidget(), QLineEdit()
    layout = col(button("Go on", means="start"))
    panel.setLayout(col(layout, line))
    qtbot.addWidget(panel)
    panel.show()
    panel.activateWindow()
    panel.findChildren(QPushButton)[0].setFocus()
    with keeping_focus(panel, line.setFocus):
        empty(layout)
        inner = QWidget()
        inner.setLayout(col(button("Go on now", means="start", enabled=enabled)))
        layout.addWidget(inner)
    there = focused()
    assert there is (panel.findChildren(QPushButton)[-1] if enabled else line)


def test_that_what_has_only_just_come_keeps_the_focus(qtbot: QtBot) -> None:
    seat, screen = screen_of(begun(), qtbot)
    seat.presenter.command("stop")
    held = QApplication.focusWidget()
    assert held is not None
    seat.presenter.look_again()
    assert focused() is held
    assert screen.side.question.isAncestorOf(held)


def in_a_window(visit: Visit, qtbot: QtBot) -> tuple[Seat, SessionScreen, Window]:
    """Return a screen among rail and foot, with the focus at the rail."""
    seat, screen, window = Seat(visit), SessionScreen(), Window()
    qtbot.addWidget(window)
    screen.wire(seat.wired(screen))
    window.add_room(screen)
    window.rail.set_user("NK", "Nina Kowal")
    window.show_room(screen, "Chairs")
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    window.rail.places["Chairs"].setFocus()
    return seat, screen, window


def pane_of(screen: SessionScreen, widget: QWidget) -> int:
    """Return the place of its pane; -1 outside the screen."""
    panes = list(screen.panes)
    return next((n for n, p in enumerate(panes) if p is widget or p.isAncestorOf(widget)), -1)


@pytest.mark.parametrize("visit", ["before", "during"])
def test_that_tab_walks_pane_by_pane_and_the_rail_splits_none(qtbot: QtBot, visit: str) -> None:
    made = begun() if visit == "during" else Visit("esketamine").at("09:50").ordered()
    seat, screen, window = in_a_window(made, qtbot)
    made.line("dizziness") if visit == "during" else None
    seat.presenter.look_again()
    walked: list[QWidget] = []
    while (focus := focused()) not in walked:
        walked.append(focus)
        qtbot.keyClick(focus, TAB)
    runs = [place for place, _ in groupby(pane_of(screen, each) for each in walked)]
    inside = [place for place in runs if place >= 0]
    assert inside == sorted(set(inside)), "a pane is left and entered again"
    assert len(inside) >= 4
    assert runs.index(-1) == 0
    assert runs.count(-1) <= 2, "before the room, and after it"
    for one, other in pairwise(walked):
        if pane_of(screen, one) == pane_of(screen, other) >= 0 and not one.isAncestorOf(other):
            top, below = one.mapTo(window, one.rect().center()), other.mapTo(window, other.pos())
            assert other.mapTo(window, other.rect().bottomLeft()).y() >= top.y(), (top, below)
    qtbot.keyClick(focused(), Qt.Key.Key_Backtab)
    assert focused() is walked[-1]


def test_that_f9_goes_on_from_every_pane_and_from_the_rail(qtbot: QtBot) -> None:
    seat, screen, _ = in_a_window(begun(), qtbot)
    qtbot.keyClick(focused(), F9)
    assert focused() is screen.entry.line
    places = []
    for _ in range(len(list(screen.panes))):
        qtbot.keyClick(focused(), F9)
        places.append(pane_of(screen, focused()))
        if focused() is screen.entry.line:
            break
    assert focused() is screen.entry.line
    assert places == sorted(places)
    assert screen.side.quick in [list(screen.panes)[place] for place in places]
    assert screen.side.due not in [list(screen.panes)[p] for p in places], "nothing there to press"
    assert seat.presenter.overview.readings


@pytest.mark.parametrize("name", ["Pause", "Told", "Nausea is over"])
def test_that_esc_leads_back_to_the_entry_line(qtbot: QtBot, name: str) -> None:
    _, screen = screen_of(begun(), qtbot)
    screen.entry.line.setText("128/8")
    held = named(screen, name)
    held.setFocus()
    qtbot.keyClick(held, ESC)
    assert focused() is screen.entry.line
    assert screen.entry.line.text() == "128/8"


def test_that_esc_leads_back_from_the_chart_and_the_sheet(qtbot: QtBot) -> None:
    _, screen = screen_of(begun(), qtbot)
    for pane in (screen.chart, screen.sheet):
        assert pane is not None
        pane.setFocus()
        assert focused() is pane
        qtbot.keyClick(pane, ESC)
        assert focused() is screen.entry.line
