"""Events by keys alone, on the real screen: the pick list, what is over, what is serious."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from monitor.entries import Criterion, Severity
from monitor.overview import EventView
from tests.fakes.seats import Seat
from tests.fakes.visit import Visit
from tests.qt.screens import screen_of
from ui.screens.session.events_panel import PickedRow
from ui.screens.session.screen import SessionScreen

UP, ENTER, ESC, F6 = Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F6


@dataclass
class AtScreen:
    """Somebody at the screen who uses the keys only, and counts them."""

    seat: Seat
    screen: SessionScreen
    qtbot: QtBot
    pressed: int = 0

    def press(self, *keys: Qt.Key | str) -> None:
        """Press keys where the focus is."""
        for key in keys:
            focus = QApplication.focusWidget()
            assert focus is not None
            self.pressed += 1
            self.qtbot.keyClick(focus, key)

    def events(self) -> list[EventView]:
        """Return the events of the record."""
        return [e for e in self.seat.visit.overview.events if e.kind == "event"]


@pytest.fixture
def hands(qtbot: QtBot) -> AtScreen:
    seat, screen = screen_of(Visit().started().at("10:20"), qtbot)
    return AtScreen(seat, screen, qtbot)


def test_that_an_event_with_its_severity_takes_four_keys(hands: AtScreen) -> None:
    hands.press(F6, "n", "1", ENTER)
    (event,) = hands.events()
    assert (event.text, event.severity) == ("nausea mild", Severity.MILD)
    assert hands.pressed == 4
    assert hands.screen.entry.line.hasFocus()


def test_that_what_was_given_is_typed_behind_its_name(hands: AtScreen) -> None:
    hands.press(F6, *"ond", ENTER)
    line = hands.screen.entry.line
    assert (line.text(), line.cursorPosition()) == ("ondansetron ", 12)
    hands.press(*"4 mg iv", ENTER)
    assert hands.events()[0].text == "ondansetron 4 mg iv"


def test_that_esc_and_f6_take_the_list_away_and_leave_the_line_as_it_was(hands: AtScreen) -> None:
    hands.press(*"128/82", F6)
    assert hands.screen.side.events.isVisible()
    for key in (ESC, F6, F6):
        hands.press(key)
    assert not hands.screen.side.events.isVisible()
    assert hands.screen.entry.line.hasFocus()
    assert hands.screen.entry.line.text() == "128/82"
    hands.seat.presenter.command("stop")
    hands.press(F6)
    assert hands.screen.side.question.isVisible(), "what is being asked stays"


def test_that_an_open_effect_is_over_by_keys(hands: AtScreen) -> None:
    hands.press(*"nausea @10:15", ENTER)
    hands.press(F6, UP, ENTER, ENTER)
    hands.press(*"-2m", ENTER)
    (event,) = hands.events()
    assert event.resolved == hands.seat.visit.instant("10:18")
    assert hands.screen.entry.line.hasFocus()


def test_that_criteria_are_ticked_by_digits(hands: AtScreen) -> None:
    hands.press(*"headache severe", ENTER)
    hands.seat.presenter.command(f"serious:{hands.events()[0].uid}")
    hands.press("2", "3", ENTER, ENTER, ENTER, *"BP 212/118", ENTER, *"labetalol", ENTER)
    said = hands.events()[0].serious
    assert said is not None
    assert said.criteria == (Criterion.LIFE_THREATENING, Criterion.HOSPITALISED)
    assert (said.description, said.treated) == ("BP 212/118", "labetalol")


def test_that_the_list_fits_and_a_row_of_it_can_be_pressed(hands: AtScreen) -> None:
    hands.press(F6)
    hands.qtbot.wait(10)
    panel: QWidget = hands.screen.side.events
    assert panel.width() <= hands.screen.side.width()
    assert panel.height() >= panel.sizeHint().height()
    rows = [r for r in hands.screen.side.events.findChildren(PickedRow) if r.isVisible()]
    assert rows
    assert all(row.accessibleName() and row.height() >= 40 for row in rows)
    hands.qtbot.mouseClick(rows[1], Qt.MouseButton.LeftButton)
    assert hands.screen.entry.line.text() == "vomiting "
