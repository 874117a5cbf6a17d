"""What stays in sight and in hand on a small session screen: the account, a form, the focus."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from monitor.acts import Start, Stop
from monitor.protocols.loading import shipped
from tests.fakes import by_hand
from tests.qt.screens import screen_of
from tests.qt.test_session_giving import choose, field, is_seen, press
from ui.presenters.start_session import ProtocolCard
from ui.screens.session.screen import SessionScreen
from ui.screens.starting.room import StartSessionRoom


def with_two_alerts(qtbot: QtBot) -> SessionScreen:
    visit = by_hand.infusion()
    visit.do(Start())
    visit.line("192/115 98 91 14 s5 d4")
    visit.do(Stop(reason="pressure"))
    return screen_of(visit, qtbot)[1]


def is_whole(screen: SessionScreen, words: str) -> bool:
    """Tell whether a label that says so is not cut off by anything."""
    QApplication.processEvents()
    found = [e for e in screen.side.findChildren(QLabel) if e.text() == words and e.isVisible()]
    return any(e.visibleRegion().boundingRect() == e.rect() for e in found)


def test_that_all_six_figures_are_seen_under_two_open_alerts(qtbot: QtBot) -> None:
    screen = with_two_alerts(qtbot)
    screen.toggle_account()
    for name in ("Ordered", "Calculated", "Prepared", "Given (computed)", "Wasted", "Unaccounted"):
        assert is_whole(screen, name), name
    assert is_whole(screen, "2 alerts open")
    screen.toggle_account()
    assert not is_whole(screen, "2 alerts open")


def test_that_all_of_the_waste_form_is_seen_under_two_open_alerts(qtbot: QtBot) -> None:
    screen = with_two_alerts(qtbot)
    screen.toggle_account()
    press(screen, "Waste…")
    for name in ("Waste drug", "What is wasted", "Measured, mL", "Witness"):
        assert is_whole(screen, name), name
    assert is_whole(screen, "The witness's password")
    assert is_seen(screen, "Wasted")


def test_that_the_entry_line_has_the_focus_after_what_a_button_did(qtbot: QtBot) -> None:
    seat, screen = screen_of(by_hand.infusion(), qtbot)
    for words in ("Start infusion", "Pause infusion", "Resume infusion"):
        press(screen, words)
        assert screen.entry.line.hasFocus(), words
    assert seat.visit.overview.started_at is not None


def test_that_a_sentence_goes_when_its_field_is_typed_in_again(qtbot: QtBot) -> None:
    screen = with_two_alerts(qtbot)
    screen.toggle_account()
    press(screen, "Waste…")
    choose(screen, "What is wasted: Vial, lot 23KG104")
    choose(screen, "Witness: Dana Silva")
    field(screen, "Measured, mL").setText("9.3")
    press(screen, "Wasted")
    refused = field(screen, "The witness's password")
    assert refused.property("bad")
    refused.setText("w")
    assert not refused.property("bad")


def test_that_six_protocols_are_seen_at_once_in_the_smallest_window(qtbot: QtBot) -> None:
    room = StartSessionRoom()
    qtbot.addWidget(room)
    room.resize(1200, 688)
    cards = tuple(
        ProtocolCard(each.id, each.drug, each.drug, each.title, ("a", "b", "c"), "by", chosen=False)
        for each in shipped()
    )
    room.show_protocols(cards, "")
    room.show()
    QApplication.processEvents()
    whole = [
        card
        for card in room.protocols.findChildren(QPushButton)
        if card.visibleRegion().boundingRect() == card.rect()
    ]
    assert len(whole) >= 6
