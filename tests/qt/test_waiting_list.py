"""The list of what waits for a signature: it can be long, and grows while it is read."""

from __future__ import annotations

import dataclasses

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.fakes.signing_desk import Desk
from ui.screens.to_sign.waiting import WaitingCard, WaitingList


def test_that_a_longer_list_keeps_the_cards_that_stay_and_puts_each_in_its_place(
    qtbot: QtBot,
) -> None:
    (row,) = Desk().presenter.list.rows
    names = "abcd"
    a, b, c, d = (dataclasses.replace(row, session_id=name, here=name == "b") for name in names)
    waiting = WaitingList()
    qtbot.addWidget(waiting)
    waiting.show()
    waiting.show_waiting((b, d), mine=False)
    before = list(waiting.cards)
    waiting.show_waiting((a, b, c, d), mine=False)
    assert [card.session_id for card in waiting.cards] == list(names)
    assert [waiting.cards[1], waiting.cards[3]] == before
    assert sorted(waiting.cards, key=lambda card: card.y()) == waiting.cards
    waiting.show_waiting((dataclasses.replace(a, gaps=7), d), mine=False)
    assert waiting.cards[1] is before[1]
    assert "7 block" in waiting.cards[0].accessibleName()
    shown = {card.session_id for card in waiting.findChildren(WaitingCard) if card.isVisible()}
    assert shown == {"a", "d"}
    waiting.show_waiting((), mine=True)
    said = [label.text() for label in waiting.findChildren(QLabel) if label.isVisible()]
    assert "Nothing here is yours to sign." in said


def test_that_of_a_long_list_the_first_cards_are_there_at_once_and_the_others_follow(
    qtbot: QtBot,
) -> None:
    (row,) = Desk().presenter.list.rows
    rows = [dataclasses.replace(row, session_id=f"{n}", here=n == 50) for n in range(70)]
    waiting = WaitingList()
    qtbot.addWidget(waiting)
    waiting.show()
    waiting.show_waiting((*rows[:60], *rows[61:]), mine=False)
    assert 50 < len(waiting.cards) < 69  # as far as the one that is looked at, and no further
    qtbot.waitUntil(lambda: len(waiting.cards) == 69)
    before = list(waiting.cards)
    waiting.show_waiting(tuple(rows), mine=False)
    assert [card.session_id for card in waiting.cards] == [each.session_id for each in rows]
    assert [*waiting.cards[:60], *waiting.cards[61:]] == before
    assert waiting.enter()
    assert waiting.focusWidget() is waiting.cards[50]


def test_that_a_list_that_is_changed_while_its_cards_follow_ends_as_it_should(
    qtbot: QtBot,
) -> None:
    (row,) = Desk().presenter.list.rows
    rows = tuple(dataclasses.replace(row, session_id=f"{n}", here=False) for n in range(90))
    waiting = WaitingList()
    qtbot.addWidget(waiting)
    waiting.show()
    waiting.show_waiting(rows[45:], mine=False)
    waiting.show_waiting(rows, mine=False)
    waiting.show_waiting((*rows[:3], *rows[88:]), mine=False)
    qtbot.wait(20)
    shown = [card for card in waiting.findChildren(WaitingCard) if card.isVisible()]
    assert sorted(card.session_id for card in shown) == ["0", "1", "2", "88", "89"]
    waiting.show_waiting(rows, mine=False)
    qtbot.waitUntil(lambda: len(waiting.cards) == len(rows))
    assert [card.session_id for card in waiting.cards] == [each.session_id for each in rows]
