"""The chairs board on real widgets."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from monitor.overview import SessionOverview
from tests.fakes import open_sessions
from tests.fakes.overview_parts import LOCAL, at
from ui.presenters.chairs import ChairsPresenter
from ui.screens.chairs.cards import ChairCard
from ui.screens.chairs.screen import ChairsScreen


def board(qtbot: QtBot) -> ChairsScreen:
    late = open_sessions.infusing("10:22:20", overdue=True)
    sessions: tuple[SessionOverview, ...] = (
        dataclasses.replace(open_sessions.infusing(), chair="1", session_id="one"),
        dataclasses.replace(late, chair="2", session_id="two"),
    )
    screen = ChairsScreen()
    qtbot.addWidget(screen)
    presenter = ChairsPresenter(
        screen,
        overviews=lambda: sessions,
        chairs=lambda: ("1", "2", "3"),
        now=lambda: at("10:22:20"),
        local=LOCAL,
    )
    screen.wire(presenter)
    screen.resize(1200, 690)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.hasFocus)
    return screen


def cards(screen: ChairsScreen) -> list[ChairCard]:
    return [card for card in screen.findChildren(ChairCard) if card.isVisible()]


def test_that_a_digit_opens_a_chair(qtbot: QtBot) -> None:
    screen = board(qtbot)
    with qtbot.waitSignal(screen.session_opened) as opened:
        qtbot.keyClick(screen, "2")
    assert opened.args == ["two"]
    with qtbot.waitSignal(screen.start_requested) as started:
        qtbot.keyClick(screen, "3")
    assert started.args == ["3"]


def test_that_n_starts_a_session(qtbot: QtBot) -> None:
    screen = board(qtbot)
    with qtbot.waitSignal(screen.start_requested) as started:
        qtbot.keyClick(screen, "n")
    assert started.args == ["3"]


def test_that_a_card_is_opened_by_click_and_by_enter(qtbot: QtBot) -> None:
    screen = board(qtbot)
    first = cards(screen)[0]
    with qtbot.waitSignal(screen.session_opened) as opened:
        qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert opened.args == ["two"]
    with qtbot.waitSignal(screen.session_opened):
        qtbot.keyClick(first, Qt.Key.Key_Return)


def test_that_cards_stay_while_only_their_clocks_move(qtbot: QtBot) -> None:
    screen = board(qtbot)
    before: list[QWidget] = list(cards(screen))
    screen._presenter.on_tick(at("10:22:21"))  # type: ignore[union-attr] # it was wired
    assert cards(screen) == before


def test_that_each_card_says_everything_to_a_screen_reader(qtbot: QtBot) -> None:
    said = cards(board(qtbot))[0].accessibleName()
    for part in ("Chair 2", "Nowak, Anna", "Ketamine IV", "35 mg", "Infusing", "Overdue 2 min"):
        assert part in said
