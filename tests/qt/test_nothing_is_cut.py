"""The session screen in the smallest window: rows, sentences and buttons are whole."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from monitor.acts import KeepRemainder, Pause, Start
from tests.fakes.visit import Visit
from tests.qt.screens import SMALL, screen_of
from ui.screens.session.screen import SessionScreen
from ui.widgets.fitting import FittingScroll
from ui.widgets.parts import button, col, keyed, row, set_kind
from ui.widgets.ring import Ring
from ui.widgets.sentence import Sentence

LONG = "182/111 126 91 8 s2 d9"


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


@pytest.mark.parametrize("kind", ["", "primary", "quiet", "stop", "chosen"])
def test_that_a_button_needs_no_more_room_with_the_focus(qtbot: QtBot, kind: str) -> None:
    around, made = QWidget(), button("Decide…", kind)
    around.setLayout(col(made, button("Other")))
    qtbot.addWidget(around)
    around.show()
    around.activateWindow()
    without = made.sizeHint()
    made.setFocus()
    settle()
    assert made.hasFocus()
    made.setText("")  # or it would say what it said before
    made.setText("Decide…")
    assert made.sizeHint() == without


def cut(screen: SessionScreen) -> int:
    """Return by how much the list at the left is higher than its place."""
    settle()
    return screen.now_panel.findChildren(QScrollArea)[0].verticalScrollBar().maximum()


def test_that_no_row_at_the_left_runs_under_the_buttons(qtbot: QtBot) -> None:
    visit = Visit().started().at("10:05").line("188/116 76 98 16 s5 d0").at("10:20")
    _, screen = screen_of(visit, qtbot)
    ring = screen.now_panel.findChildren(Ring)[0]
    for height in (SMALL[1] + 240, SMALL[1] + 60, SMALL[1], SMALL[1] - 60):
        screen.resize(SMALL[0], height)
        assert cut(screen) == 0, height
        large = ring.height()
        assert ring.isVisible() or height < SMALL[1]
        screen.entry.line.setText(LONG)
        assert cut(screen) == 0, "the entry line takes some of the room while it is typed in"
        screen.entry.line.clear()
        settle()
        assert ring.height() == large


def test_that_the_sentence_beside_many_chips_is_whole(qtbot: QtBot) -> None:
    visit = Visit().started().at("10:05").line("128/82 76 98 16 s5 d0").at("10:20")
    _, screen = screen_of(visit, qtbot)
    said = screen.entry.findChildren(Sentence)[0]
    for line in (LONG, f"{LONG} a3 n2 p1 t36.8 left sitting -3m"):
        screen.entry.line.setText(line)
        settle()
        words = said.fontMetrics().boundingRect(said.rect(), Qt.TextFlag.TextWordWrap, said.text())
        assert said.text()
        assert words.height() <= said.height()
        assert words.width() <= said.width()
        assert said.visibleRegion().boundingRect() == said.rect()


def test_that_a_sentence_takes_a_line_more_where_it_must(qtbot: QtBot) -> None:
    around, said = QWidget(), Sentence(13)
    around.setLayout(col(said, keyed("Enter", "stores it")))
    qtbot.addWidget(around)
    said.setText("BP 182/111, over 180/110; SpO₂ 91 %, below 94.")
    said.fit(600)
    one = said.height()
    said.fit(200)
    assert said.height() > one
    assert not said.hasHeightForWidth()


def test_that_what_goes_on_below_fades_and_has_an_edge_until_its_end_is_seen(qtbot: QtBot) -> None:
    inside = QLabel("\n".join(["a line"] * 40))
    scroll = FittingScroll(inside)
    qtbot.addWidget(scroll)
    scroll.resize(200, 120)
    scroll.show()
    assert scroll.more_below.isVisible()
    assert scroll.more_below.geometry().bottom() == scroll.height() - 1
    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
    assert not scroll.more_below.isVisible()
    inside.setText("a line")
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() == 0)
    assert not scroll.more_below.isVisible()


def test_that_the_buttons_beside_a_paused_pump_are_whole(qtbot: QtBot) -> None:
    visit = Visit().ordered().weighed().calculated().checked().prepared(vial_ml="10", vials=1)
    visit.do(KeepRemainder(ml=Decimal("9.3")))
    visit.at("09:55").line("122/76 72 98 16 s5 d0").at("10:00").do(Start())
    visit.at("10:12").do(Pause(reason="cannula checked"))
    _, screen = screen_of(visit, qtbot)
    settle()
    buttons = screen.now_panel.findChildren(QPushButton)
    seen = {each.text(): each for each in buttons if each.isVisible()}
    assert "Resume infusion" in seen
    assert [words for words, each in seen.items() if each.width() < each.sizeHint().width()] == []


def test_that_a_button_that_is_chosen_has_the_room_that_it_wants_then(qtbot: QtBot) -> None:
    made, other = button("Hand out", "quiet", "export"), button("Integrity", "quiet")
    beside = QWidget()
    qtbot.addWidget(beside)
    beside.setLayout(row(..., made, other))
    beside.resize(600, 60)
    beside.show()
    settle()
    set_kind(made, "chosen")
    settle()
    assert made.width() >= made.sizeHint().width()
