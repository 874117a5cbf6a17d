"""What is half-typed on the real screen: it stays where it is, and Enter takes what is seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.seats import Seat
from tests.fakes.visit import Visit
from tests.qt.screens import screen_of
from ui.presenters.sheet import HEADS, NOTE
from ui.screens.session.screen import SessionScreen

ENTER, UP, F2, F6, F8 = (
    *(Qt.Key.Key_Return, Qt.Key.Key_Up),
    *(Qt.Key.Key_F2, Qt.Key.Key_F6, Qt.Key.Key_F8),
)
CROWDED = "182/111 126 91 8 s2 d9"


@pytest.fixture
def visit() -> Visit:
    return Visit().started().at("10:05").line("128/82 76 98 16 s5 d0").at("10:20")


def focused() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def press(qtbot: QtBot, *keys: Qt.Key | str) -> None:
    """Press keys where the focus is; words are typed."""
    for key in keys:
        if isinstance(key, str):
            qtbot.keyClicks(focused(), key)
        else:
            qtbot.keyClick(focused(), key)


def readings(seat: Seat) -> list[str]:
    pressures = (row.reading.bp for row in seat.visit.overview.readings)
    return [f"{each.systolic}/{each.diastolic}" for each in pressures if each]


def aside(screen: SessionScreen) -> QWidget | None:
    return screen.side.aside


def reason_of(screen: SessionScreen) -> QLineEdit:
    lines = screen.entry.findChildren(QLineEdit)
    return next(line for line in lines if line is not screen.entry.line)


def test_that_a_question_is_never_under_the_pick_list(visit: Visit, qtbot: QtBot) -> None:
    seat, screen = screen_of(visit, qtbot)
    press(qtbot, F6, "nau")
    seat.presenter.command("stop")
    field = focused()
    visit.line("? from another chair")
    seat.presenter.look_again()
    assert aside(screen) is screen.side.question
    assert focused() is field


def test_that_digits_of_free_words_are_letters(visit: Visit, qtbot: QtBot) -> None:
    _, screen = screen_of(visit, qtbot)
    press(qtbot, F6, "fell 2 times", ENTER)
    event = visit.overview.events[-1]
    assert (event.text, event.severity) == ("fell 2 times", None)
    assert screen.entry.line.hasFocus()


def test_that_the_keyboard_stays_with_a_reason_that_is_asked(visit: Visit, qtbot: QtBot) -> None:
    visit.at("10:12").line("190/112 76 98 16 s5 d0")
    visit.at("10:20")
    seat, screen = screen_of(visit, qtbot)
    press(qtbot, "128/82 76", ENTER)
    reason = reason_of(screen)
    assert focused() is reason
    screen.sheet.enter()
    press(qtbot, "x")
    assert focused() is reason, "a letter in the sheet leads to the reason"
    assert screen.entry.line.text() == "128/82 76"
    press(qtbot, F8, "1", ENTER, ENTER)
    while aside(screen) is not None:
        seat.presenter.question.cancel()
    assert focused() is reason, "an answer leads back to the reason"
    press(qtbot, "refused", ENTER)
    assert screen.entry.line.text() == ""
    assert len(visit.overview.readings) == 4


def test_that_an_amendment_in_the_fields_begins_and_ends_empty(visit: Visit, qtbot: QtBot) -> None:
    seat, screen = screen_of(visit, qtbot)
    press(qtbot, F2, "119/70", F2, "132/8")
    press(qtbot, UP, ENTER, F2)
    assert screen.fields.line == "", "nothing is filled in beforehand"
    press(qtbot, "138/82", ENTER, "1", ENTER)
    assert readings(seat)[-1] == "138/82"
    assert seat.presenter.entry.lines == ("119/70 - - -", "132/8")
    assert (screen.entry.line.text(), screen.fields.line) == ("132/8", "")
    assert screen.fields.isHidden()
    press(qtbot, "4 70 98 16 s5 d0", ENTER)
    assert readings(seat)[-1] == "132/84", "Enter took what was seen"
    assert screen.entry.line.text() == "119/70 - - -"


def keys_of_esc(screen: SessionScreen) -> list[str]:
    """What is said that Esc does, once for each time that it is said."""
    said = ("clears", "entry line", "leaves it as it was")
    labels = [label for label in screen.findChildren(QLabel) if label.isVisible()]
    return [label.text() for label in labels if label.text() in said]


def test_that_esc_is_said_once_whoever_it_belongs_to(visit: Visit, qtbot: QtBot) -> None:
    _, screen = screen_of(visit, qtbot)
    press(qtbot, "128/82 76")
    qtbot.waitUntil(lambda: keys_of_esc(screen) == ["clears"])
    press(qtbot, F2, "128/84")
    qtbot.waitUntil(lambda: keys_of_esc(screen) == ["entry line"])
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: keys_of_esc(screen) == ["clears"])
    press(qtbot, Qt.Key.Key_Escape, UP, ENTER)
    qtbot.waitUntil(lambda: keys_of_esc(screen) == ["leaves it as it was"])
    press(qtbot, F2)
    qtbot.waitUntil(lambda: keys_of_esc(screen) == ["entry line"])


def test_that_the_fields_are_empty_after_each_store_and_the_line_waits(
    visit: Visit, qtbot: QtBot
) -> None:
    seat, screen = screen_of(visit, qtbot)
    press(qtbot, "? wal", F2, "131/84", ENTER)
    assert not screen.fields.isEnabled(), "what a reason is asked about stays as it is"
    press(qtbot, "1", ENTER)
    assert readings(seat)[-1] == "131/84"
    assert (screen.fields.line, screen.entry.line.text()) == ("", "")
    press(qtbot, F2)
    assert screen.entry.line.text() == "? wal"


def test_that_a_half_answered_rating_comes_back_after_a_question(
    visit: Visit, qtbot: QtBot
) -> None:
    visit.line("190/112 76 98 16 s5 d0")
    seat, screen = screen_of(visit, qtbot)
    seat.presenter.command("rate-scale:cadss-6")
    press(qtbot, "1", "2", F8)
    assert aside(screen) is screen.side.question
    while aside(screen) is screen.side.question:
        seat.presenter.question.cancel()
    assert aside(screen) is screen.side.ratings
    assert focused() is screen.side.ratings
    assert "2 of 6 answered" in screen.side.ratings.accessibleName()
    press(qtbot, Qt.Key.Key_Escape)
    assert aside(screen) is None
    assert screen.entry.line.hasFocus()


def test_that_a_question_comes_back_after_the_account(visit: Visit, qtbot: QtBot) -> None:
    seat, screen = screen_of(visit, qtbot)
    seat.presenter.command("cancel")
    press(qtbot, "fever")
    seat.presenter.command("account")
    assert aside(screen) is screen.side.account
    seat.presenter.command("close-account")
    assert aside(screen) is screen.side.question
    field = focused()
    assert isinstance(field, QLineEdit)
    assert field.text() == "fever"


def test_that_everything_that_was_understood_can_be_read(visit: Visit, qtbot: QtBot) -> None:
    for minute in range(21, 27):
        visit.at(f"10:{minute}").line("188/116 126 91 8 s2 d9")
    _, screen = screen_of(visit, qtbot)
    place = screen.entry
    for line, count in ((CROWDED, 6), (f"{CROWDED} a3 n2 p1 t36.8 left sitting", 11)):
        place.line.clear()
        press(qtbot, line)
        QApplication.processEvents()
        QApplication.processEvents()
        frames = [each for each in place.findChildren(QFrame) if each.isVisible()]
        chips = [each for each in frames if each.objectName() == "chip"]
        assert len(chips) == count
        tops = [chip.mapTo(place, chip.rect().topLeft()) for chip in chips]
        for chip, top in zip(chips, tops, strict=True):
            assert chip.visibleRegion().boundingRect() == chip.rect()
            assert chip.width() >= chip.sizeHint().width()
            assert top.y() + chip.height() <= place.height()


def test_that_a_note_is_whole_and_says_that_more_stands_above(qtbot: QtBot) -> None:
    visit = Visit().started()
    for minute in range(2, 16, 2):
        visit.at(f"10:{minute:02}").line("128/82 76 98 16 s5 d0")
    seat, screen = screen_of(visit, qtbot)
    sheet = screen.sheet
    assert not sheet.isColumnHidden(HEADS.index("MAP"))
    visit.at("10:16").line(CROWDED)
    seat.presenter.look_again()
    qtbot.waitUntil(lambda: sheet.rowAt(6) == 5)
    assert sheet.isColumnHidden(HEADS.index("MAP"))
    words = seat.presenter.overview.readings[-1].alerts
    assert len(words) > 2
    room = sheet.columnWidth(NOTE) - 16
    assert sheet.fontMetrics().horizontalAdvance("A11\u2013A15") <= room
    said = [label for label in screen.findChildren(QWidget) if label.property("text")]
    assert "↑ 5 more above" in [str(each.property("text")) for each in said if each.isVisible()]
    sheet.enter()
    press(qtbot, Qt.Key.Key_Home)
    shown = [str(each.property("text")) for each in said if each.isVisible()]
    assert not [each for each in shown if "more above" in each]


def test_that_the_fields_give_way_to_the_chart_in_the_smallest_window(
    visit: Visit, qtbot: QtBot
) -> None:
    _, screen = screen_of(visit, qtbot)
    chart, fields = screen.chart, screen.fields
    assert chart is not None
    press(qtbot, F2, "131/84")
    whole = fields.sizeHint().height()
    screen.show_notice("The computer slept from 10:21 to 10:31, 10 minutes. " * 2)
    qtbot.waitUntil(lambda: chart.height() >= chart.wanted_height)
    assert fields.sizeHint().height() < whole
    assert focused().accessibleName() == "Blood pressure"
    for line in fields.findChildren(QLineEdit):
        assert line.visibleRegion().boundingRect() == line.rect()
    screen.show_notice("")
    screen.resize(1840, 1000)
    qtbot.waitUntil(lambda: fields.sizeHint().height() > whole)
    assert fields.line == "131/84 - - -"
