"""From the line into the rows and back, and the labelled fields: by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.fakes.seats import Seat
from tests.fakes.visit import Visit
from tests.qt.test_session_screen import keys, on_screen, screen_of
from ui.screens.session.screen import SessionScreen


@pytest.fixture
def seat(qtbot: QtBot) -> Seat:
    visit = Visit().started().at("10:10").line("128/82 76 98 16").at("10:20")
    return on_screen(visit, qtbot)


def press(qtbot: QtBot, *pressed: Qt.Key) -> None:
    """Press keys where the focus is."""
    for key in pressed:
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, key)
        QApplication.processEvents()


def here(screen: SessionScreen) -> int:
    """Return the row that the focus is on."""
    assert screen.sheet.hasFocus()
    return screen.sheet.currentIndex().row()


def test_that_up_walks_the_rows_and_never_fills_the_line(seat: Seat, qtbot: QtBot) -> None:
    screen = screen_of(seat)
    keys(qtbot, "132/8", enter=False)
    press(qtbot, Qt.Key.Key_Up)
    assert here(screen) == 1, "the newest row stands next to the line"
    press(qtbot, Qt.Key.Key_Up)
    assert here(screen) == 0
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert screen.entry.line.hasFocus()
    assert screen.entry.line.text() == "132/8"
    press(qtbot, Qt.Key.Key_Up)
    keys(qtbot, "4", enter=False)
    assert screen.entry.line.hasFocus()
    assert screen.entry.line.text() == "132/84"


def test_that_a_row_is_amended_under_its_old_words_and_esc_leaves_it(
    seat: Seat, qtbot: QtBot
) -> None:
    screen = screen_of(seat)
    keys(qtbot, "132/8", enter=False)
    press(qtbot, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert screen.entry.line.hasFocus()
    assert screen.entry.line.text() == ""
    assert "BP 128/82" in screen.entry.line.accessibleName()
    press(qtbot, Qt.Key.Key_Escape)
    assert screen.entry.line.text() == "132/8"
    press(qtbot, Qt.Key.Key_Up, Qt.Key.Key_Return)
    keys(qtbot, "138/82 76 98 16")
    keys(qtbot, "2")
    assert seat.visit.overview.amendments[-1].reason == "misread"
    assert screen.entry.line.text() == "132/8"


def test_that_sixty_rows_are_walked_by_page_and_to_their_ends(qtbot: QtBot) -> None:
    visit = Visit().started()
    for minute in range(58):
        visit.at(f"10:{minute + 1:02}").line("128/82 76 98 16")
    screen = screen_of(on_screen(visit, qtbot))
    last = screen.sheet.model().rowCount() - 1
    press(qtbot, Qt.Key.Key_Up)
    assert here(screen) == last
    press(qtbot, Qt.Key.Key_PageUp)
    assert 0 < here(screen) < last
    press(qtbot, Qt.Key.Key_Home)
    assert here(screen) == 0
    press(qtbot, Qt.Key.Key_End)
    assert here(screen) == last
    bottom = screen.sheet.visualRect(screen.sheet.currentIndex()).bottom()
    assert bottom <= screen.sheet.viewport().height()


def test_that_all_that_was_entered_is_shown_by_one_key(seat: Seat, qtbot: QtBot) -> None:
    screen = screen_of(seat)
    readings = screen.sheet.model().rowCount()
    press(qtbot, Qt.Key.Key_Up, Qt.Key.Key_Right)
    assert screen.sheet.model().rowCount() > readings
    press(qtbot, Qt.Key.Key_Escape)
    assert screen.entry.line.hasFocus()
    assert screen.sheet.model().rowCount() == readings, "Esc leads back to the readings"
    press(qtbot, Qt.Key.Key_Left)
    assert screen.sheet.model().rowCount() == readings
    press(qtbot, Qt.Key.Key_F4)
    assert screen.sheet.hasFocus()
    assert screen.sheet.model().rowCount() > readings


def test_that_tab_never_leaves_the_fields_and_esc_gives_the_line_back(
    seat: Seat, qtbot: QtBot
) -> None:
    screen = screen_of(seat)
    keys(qtbot, "nausea", enter=False)
    press(qtbot, Qt.Key.Key_F2)
    first = QApplication.focusWidget()
    fields = screen.fields.findChildren(QLineEdit)
    press(qtbot, *(Qt.Key.Key_Tab,) * len(fields))
    assert QApplication.focusWidget() is first
    before = len(seat.visit.store.entries)
    keys(qtbot, "")
    assert "nothing was stored" in seat_said(screen)
    assert len(seat.visit.store.entries) == before
    keys(qtbot, "128/82")
    assert not screen.entry.line.hasFocus(), "the reason is asked"
    press(qtbot, Qt.Key.Key_F2)
    assert screen.fields.isVisible(), "not while a reason is asked"
    press(qtbot, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is first
    keys(qtbot, "", enter=True)
    keys(qtbot, "1")
    assert seat.visit.overview.readings[-1].note == "refused"
    assert QApplication.focusWidget() is first, "and the fields are empty again"
    assert screen.fields.line == ""
    press(qtbot, Qt.Key.Key_Escape)
    assert screen.entry.line.hasFocus()
    assert screen.entry.line.text() == "nausea"


def seat_said(screen: SessionScreen) -> str:
    """Return what stands beside the line."""
    return screen.entry.line.accessibleDescription()
