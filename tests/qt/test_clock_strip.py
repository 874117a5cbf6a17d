"""The strip about the clock in a real window: shown, answered by key, out of the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.entries import ClockConfirmed
from monitor.people import Author
from tests.fakes.computer import AUDITOR, VisitAtComputer
from ui.clock_watch import ClockWatch
from ui.ticker import Ticker
from ui.window import Window


class Desk:
    """A window with nothing in it but the strip, over a visit in memory."""

    def __init__(self, qtbot: QtBot) -> None:
        self.visit = VisitAtComputer()
        self.visit.started("10:00").at("10:15")
        self.window = Window()
        qtbot.addWidget(self.window)
        self.author: Author | None = self.visit.nurse
        self.open()
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def open(self) -> None:
        """Open the program, again if it was open before."""
        self.visit.open()
        self.ticker = Ticker(self.visit.world.clock)
        self.watch = ClockWatch(self.window, self.visit.world, lambda: self.author, self.ticker)
        self.strip = self.watch.strip
        QApplication.processEvents()

    def tick(self) -> None:
        """Let the window beat once."""
        self.ticker.tick()
        QApplication.processEvents()

    def press(self, qtbot: QtBot, key: Qt.Key) -> None:
        """Press Alt and a key; a button is seen going down before it does anything."""
        with qtbot.waitSignal(self.strip.pressed):
            qtbot.keyClick(self.window, key, Qt.KeyboardModifier.AltModifier)
        QApplication.processEvents()

    @property
    def said(self) -> str:
        """Return what the strip says, empty where it is not there."""
        return "" if self.strip.isHidden() else self.strip.accessibleName()

    @property
    def offers(self) -> list[str]:
        """Return the words on its buttons."""
        return [button.text() for button in self.strip.buttons]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_that_there_is_no_strip_while_the_clocks_agree(desk: Desk) -> None:
    desk.tick()
    assert desk.said == ""


def test_that_a_jump_is_asked_about_with_both_times(desk: Desk) -> None:
    desk.visit.computer.jumps(hours=-13)
    desk.tick()
    assert desk.said == (
        "The computer's clock jumped to 21:15 on 1 March, 13 h behind. "
        "The record goes on with its own time, 10:15. Which is right?"
    )
    assert desk.offers == ["Keep 10:15", "21:15 is right"]
    desk.visit.at("10:16")
    desk.tick()
    assert desk.offers[0] == "Keep 10:16"


@pytest.mark.parametrize(
    ("key", "set_by"), [(Qt.Key.Key_K, 0), (Qt.Key.Key_C, -13 * 3600)], ids=["keep", "computer"]
)
def test_that_it_is_answered_from_the_keyboard(
    desk: Desk, qtbot: QtBot, key: Qt.Key, set_by: int
) -> None:
    desk.visit.computer.jumps(hours=-13)
    desk.tick()
    desk.press(qtbot, key)
    answer = desk.visit.store.entries[-1]
    assert isinstance(answer.what, ClockConfirmed)
    assert (answer.what.chosen - answer.what.kept).total_seconds() == set_by
    assert answer.by == desk.visit.nurse
    assert desk.said == ""
    desk.tick()
    assert desk.said == ""


def test_that_who_is_no_clinician_is_told_and_asked_nothing(desk: Desk) -> None:
    desk.author = AUDITOR
    desk.visit.computer.jumps(hours=-13)
    desk.tick()
    assert desk.said.endswith("A clinician says which is right.")
    assert desk.offers == []


def test_that_of_a_sleep_the_strip_says_nothing(desk: Desk) -> None:
    desk.visit.computer.sleeps(minutes=27)
    desk.tick()
    assert desk.said == ""  # each session's own screen tells it, with what fell due there


def test_that_a_new_zone_is_told(desk: Desk) -> None:
    desk.visit.computer.moves_to("America/New_York")
    desk.tick()
    assert desk.said.startswith("The computer's time zone was changed: it is UTC−5 now.")
    assert desk.offers == ["Seen"]


def after_a_restart(desk: Desk, **off: float) -> None:
    desk.visit.at("10:20").computer.is_started_anew(**off)
    desk.open()


def test_that_a_restart_is_asked_about_at_the_opening(desk: Desk, qtbot: QtBot) -> None:
    after_a_restart(desk)
    assert desk.said == (
        "The computer was started anew; its clock shows 10:20. "
        "The last entry was at 10:00; nothing else tells how long it was off. Is 10:20 right?"
    )
    assert desk.offers == ["10:20 is right", "Another time…"]
    desk.press(qtbot, Qt.Key.Key_K)
    assert desk.said == ""
    desk.open()
    assert desk.said == ""


def typed(desk: Desk, qtbot: QtBot) -> Callable[[str], None]:
    desk.press(qtbot, Qt.Key.Key_O)
    qtbot.waitUntil(desk.strip.time.hasFocus)

    def type_it(text: str) -> None:
        desk.strip.time.clear()
        qtbot.keyClicks(desk.strip.time, text)
        qtbot.keyClick(desk.strip.time, Qt.Key.Key_Return)

    return type_it


def test_that_another_time_can_be_typed(desk: Desk, qtbot: QtBot) -> None:
    after_a_restart(desk, hours=3)
    typed(desk, qtbot)("10:20")
    assert desk.said == ""
    assert desk.visit.steady.now() == desk.visit.computer.real
    assert desk.visit.overview.clocks.infusion_minutes == 20


@pytest.mark.parametrize("text", ["now", "25:00", ""])
def test_that_what_is_no_time_is_said_and_sets_nothing(desk: Desk, qtbot: QtBot, text: str) -> None:
    after_a_restart(desk)
    before = len(desk.visit.store.entries)
    typed(desk, qtbot)(text)
    assert desk.strip.time.isVisible()
    assert desk.said.endswith("write it as 10:20.")
    assert len(desk.visit.store.entries) == before
    desk.tick()
    assert desk.strip.time.text() == text


def test_that_escape_goes_back_to_the_question(desk: Desk, qtbot: QtBot) -> None:
    after_a_restart(desk)
    typed(desk, qtbot)
    qtbot.keyClick(desk.strip.time, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert desk.strip.time.isHidden()
    assert desk.offers == ["10:20 is right", "Another time…"]


def test_that_the_beat_carries_the_record_s_time_through_a_jump(desk: Desk, qtbot: QtBot) -> None:
    desk.visit.computer.jumps(days=-400)
    desk.ticker.start()
    with qtbot.waitSignal(desk.ticker.ticked, timeout=5000) as ticked:
        pass
    desk.ticker.stop()
    assert ticked.args == [desk.visit.computer.real]
