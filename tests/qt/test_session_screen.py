"""The session screen, keyboard to record: real widgets over a visit in memory."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QPushButton,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from monitor.phases import Phase
from monitor.schedule import SlotState
from tests.fakes.seats import Seat
from tests.fakes.visit import Visit
from ui.screens.session.screen import SessionScreen


@pytest.fixture
def seat(qtbot: QtBot) -> Seat:
    return on_screen(Visit().started().at("10:20"), qtbot)


def on_screen(visit: Visit, qtbot: QtBot) -> Seat:
    """Return a seat before a real screen."""
    seat = Seat(visit)
    screen = SessionScreen()
    qtbot.addWidget(screen)
    screen.wire(seat.wired(screen))
    screen.resize(1200, 690)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.entry.line.hasFocus)
    seat.screen = screen  # type: ignore[attr-defined] # a seat at a real screen
    return seat


def screen_of(seat: Seat) -> SessionScreen:
    found = seat.screen  # type: ignore[attr-defined] # as put there
    assert isinstance(found, SessionScreen)
    return found


def keys(qtbot: QtBot, text: str, *, enter: bool = True) -> None:
    """Type where the focus is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClicks(focus, text)
    if enter:
        qtbot.keyClick(focus, Qt.Key.Key_Return)


def press(screen: QWidget, words: str, qtbot: QtBot) -> None:
    """Press the button that says so."""
    QApplication.processEvents()
    found = [b for b in screen.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    assert found, f"no button says {words!r}"
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def choose(screen: SessionScreen, name: str) -> None:
    """Choose the answer of that name."""
    found = [b for b in screen.findChildren(QRadioButton) if b.accessibleName() == name]
    assert found
    found[0].click()


def test_that_a_typed_line_reaches_record_sheet_and_chart(seat: Seat, qtbot: QtBot) -> None:
    screen = screen_of(seat)
    rows, chart = screen.sheet.model().rowCount(), screen.chart
    keys(qtbot, "128/82 76 98 16 s5 d3")
    assert seat.visit.slot("20").state is SlotState.ON_TIME
    assert screen.sheet.model().rowCount() == rows + 1
    assert screen.chart is chart, "the chart is fed, not made anew"
    assert screen.entry.line.text() == ""


def test_that_a_refused_line_stays_in_the_field(seat: Seat, qtbot: QtBot) -> None:
    keys(qtbot, "128/82 76 98 16 s5 9o")
    assert screen_of(seat).entry.line.text() == "128/82 76 98 16 s5 9o"


def test_that_a_reason_is_asked_for_under_the_line(seat: Seat, qtbot: QtBot) -> None:
    keys(qtbot, "128/82 76 98 -")
    keys(qtbot, "asleep")
    assert seat.visit.slot("20").state is SlotState.ON_TIME
    assert seat.visit.overview.readings[-1].reading.resp is None
    assert screen_of(seat).entry.line.hasFocus()


def test_that_esc_clears_the_line(seat: Seat, qtbot: QtBot) -> None:
    keys(qtbot, "128/82", enter=False)
    qtbot.keyClick(screen_of(seat).entry.line, Qt.Key.Key_Escape)
    assert screen_of(seat).entry.line.text() == ""


def test_that_the_fields_build_the_same_line(seat: Seat, qtbot: QtBot) -> None:
    screen = screen_of(seat)
    screen.toggle_fields()
    keys(qtbot, "128/82", enter=False)
    for value in ("76", "98", "16", "5"):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        keys(qtbot, value, enter=False)
    assert screen.entry.line.text() == "128/82 76 98 16 s5"
    keys(qtbot, "")
    assert seat.visit.slot("20").state is SlotState.ON_TIME
    assert screen.fields.line == "", "the fields are empty for the next reading"


def test_that_tab_never_leaves_the_fields(seat: Seat, qtbot: QtBot) -> None:
    screen = screen_of(seat)
    screen.toggle_fields()
    for _ in range(20):
        focus = QApplication.focusWidget()
        assert focus is not None
        assert screen.fields.isAncestorOf(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)


def test_that_pause_and_stop_are_pressed_and_answered(seat: Seat, qtbot: QtBot) -> None:
    screen = screen_of(seat)
    press(screen, "Pause infusion", qtbot)
    assert seat.visit.overview.phase is Phase.PAUSED
    seat.visit.at("10:22")
    press(screen, "Stop infusion…", qtbot)
    assert screen.side.question.isVisible()
    keys(qtbot, "anxiety")
    keys(qtbot, "")
    assert seat.visit.overview.ended_how == "stopped"
    assert not screen.side.question.isVisible()
    assert screen.entry.line.hasFocus()


def test_that_a_rating_is_taken_by_digits_alone(seat: Seat, qtbot: QtBot) -> None:
    screen = screen_of(seat)
    press(screen, "CADSS-6…", qtbot)
    for digit in "212211":
        qtbot.keyClick(screen.side.ratings, digit)
    qtbot.keyClick(screen.side.ratings, Qt.Key.Key_Return)
    assert seat.visit.overview.scores[0].total == 9
    assert screen.entry.line.hasFocus()


def test_that_an_alert_is_acknowledged_from_its_card(seat: Seat, qtbot: QtBot) -> None:
    screen = screen_of(seat)
    keys(qtbot, "182/111 92 97 15")
    assert screen.side.alerts.isVisible()
    press(screen, "Acknowledge…", qtbot)
    keys(qtbot, "repeated")
    keys(qtbot, "Dr Silva")
    assert not screen.side.alerts.isVisible()


def test_that_alerts_are_acknowledged_by_f8_and_digits(seat: Seat, qtbot: QtBot) -> None:
    screen = screen_of(seat)
    keys(qtbot, "182/111 92 91 15")
    qtbot.keyClick(screen.entry.line, Qt.Key.Key_F8)
    for typed in ("14", "1", "2", ""):
        keys(qtbot, typed)
    alerts = [(a.action, a.told) for a in seat.visit.overview.alerts]
    assert alerts == [("repeated, prescriber called", "Dana Silva"), ("watching", "")]
    assert not screen.side.alerts.isVisible()
    assert screen.entry.line.hasFocus()


def test_that_presses_of_picks_add_up(seat: Seat, qtbot: QtBot) -> None:
    screen = screen_of(seat)
    keys(qtbot, "182/111 92 97 15")
    qtbot.keyClick(screen.entry.line, Qt.Key.Key_F8)
    press(screen, "1  repeated", qtbot)
    press(screen, "5  paused", qtbot)
    press(screen, "Acknowledge", qtbot)
    assert [a.action for a in seat.visit.overview.alerts] == ["repeated, paused"]


def test_that_enter_on_a_row_amends_it(seat: Seat, qtbot: QtBot) -> None:
    screen = screen_of(seat)
    keys(qtbot, "128/82 76 98 16")
    screen.sheet.setFocus()
    screen.sheet.selectRow(screen.sheet.model().rowCount() - 1)
    qtbot.keyClick(screen.sheet, Qt.Key.Key_Return)
    keys(qtbot, "138/82 76 98 16")
    keys(qtbot, "digits transposed")
    newest = seat.visit.overview.readings[-1]
    assert newest.reading.bp is not None
    assert newest.reading.bp.text == "138/82"
    assert len(newest.replaced) == 1


def test_that_f9_walks_through_every_pane_and_comes_back(seat: Seat, qtbot: QtBot) -> None:
    screen = screen_of(seat)
    seen = set()
    for _ in range(6):
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.add(focus)
        qtbot.keyClick(focus, Qt.Key.Key_F9)
    assert screen.entry.line in seen
    assert screen.chart in seen
    assert screen.sheet in seen
    assert len(seen) >= 5


def test_that_f1_shows_what_can_be_typed_and_esc_takes_it_away(seat: Seat, qtbot: QtBot) -> None:
    screen = screen_of(seat)
    qtbot.keyClick(screen.entry.line, Qt.Key.Key_F1)
    assert screen.side.help.isVisible()
    qtbot.keyClick(screen.entry.line, Qt.Key.Key_Escape)
    assert not screen.side.help.isVisible()


def test_that_nothing_clinical_is_a_spin_box_and_every_control_has_a_name(seat: Seat) -> None:
    screen = screen_of(seat)
    seat.presenter.command("stop")
    assert not screen.findChildren(QAbstractSpinBox)
    unnamed = [
        widget
        for widget in screen.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not widget.accessibleName()
        and widget.objectName() != "qt_scrollarea_viewport"
    ]
    assert unnamed == []


def test_that_every_button_is_a_target_of_forty_pixels(seat: Seat) -> None:
    low = [
        button.text()
        for button in screen_of(seat).findChildren(QPushButton)
        if button.isVisible() and button.height() < 40
    ]
    assert low == []


@pytest.mark.parametrize("width", [1200, 1840])
def test_that_no_name_however_long_makes_the_screen_wider(qtbot: QtBot, width: int) -> None:
    seat = on_screen(Visit().started().at("10:20"), qtbot)
    screen = screen_of(seat)
    screen.resize(width, 690)
    screen.banner.set_patient("<b>x</b> & Θ " * 40, "facts " * 80, "allergy " * 80, "Chair 1")
    screen.entry.line.setText("128/82 76 98 16 s5 d3 a2 n0 p2 t36.8 2l fio21 co35 left sitting")
    qtbot.wait(10)
    assert screen.width() == width
    assert screen.minimumSizeHint().width() <= 1200
