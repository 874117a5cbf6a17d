"""The chairs board on real widgets."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from hypothesis import given, strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from monitor.overview import SessionOverview
from monitor.ports import SessionHeader
from tests.fakes import open_sessions
from tests.fakes.clock import WARSAW
from tests.fakes.overview_parts import LOCAL, at
from ui.presenters.ahead import AheadMark
from ui.presenters.board_plan import LARGE, MEDIUM, Size
from ui.presenters.chair_card import card
from ui.presenters.chairs import ChairsPresenter
from ui.presenters.chairs_today import LeftToday, Today
from ui.screens.chairs.ahead_strip import arranged
from ui.screens.chairs.cards import ChairCard, FreeCard
from ui.screens.chairs.compact import CompactCard
from ui.screens.chairs.left_today import LeftTodayPanel
from ui.screens.chairs.screen import ChairsScreen
from ui.screens.chairs.seat import Seat
from ui.widgets.parts import Elided


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


def test_that_a_digit_that_waits_for_another_is_forgotten_when_one_leaves(qtbot: QtBot) -> None:
    screen = many(qtbot, 24, 2, (1200, 690))
    opened: list[str] = []
    screen.session_opened.connect(opened.append)
    qtbot.keyClick(screen, "1")
    assert screen._second.isActive()
    screen.hide()
    assert not screen._second.isActive()
    screen.show()
    qtbot.keyClick(screen, Qt.Key.Key_Return)
    qtbot.keyClick(screen, "2")  # and not chair 12
    qtbot.keyClick(screen, Qt.Key.Key_Return)
    assert opened == ["s2"]


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


def many(qtbot: QtBot, chairs: int, taken: int, size: tuple[int, int]) -> ChairsScreen:
    """Show a board of so many chairs, the first ones taken."""
    sessions = tuple(
        dataclasses.replace(
            open_sessions.infusing("10:22:20", overdue=place == taken),
            chair=str(place),
            session_id=f"s{place}",
        )
        for place in range(1, taken + 1)
    )
    gone = SessionHeader(
        "gone", sessions[0].patient, str(chairs), "", "", "", at("08:00"), at("09:40"), "closed"
    )
    screen = ChairsScreen()
    qtbot.addWidget(screen)
    presenter = ChairsPresenter(
        screen,
        overviews=lambda: sessions,
        chairs=lambda: [str(place) for place in range(1, chairs + 1)],
        now=lambda: at("10:22:20"),
        local=LOCAL,
        today=Today(lambda _: (gone,), WARSAW),
    )
    screen.wire(presenter)
    screen.resize(*size)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.hasFocus)
    QApplication.processEvents()
    return screen


def focused(screen: ChairsScreen) -> str:
    return next((each.chair for each in screen.findChildren(Seat) if each.hasFocus()), "")


def test_that_two_dozen_chairs_are_seen_without_scrolling(qtbot: QtBot) -> None:
    screen = many(qtbot, 24, 23, (1840, 1048))  # a window of 1920 by 1080 less rail and foot
    seats = [each for each in screen.findChildren(Seat) if each.isVisible()]
    assert len(seats) == 24
    assert all(each.visibleRegion().boundingRect().size() == each.size() for each in seats)
    assert sum(isinstance(each, CompactCard) for each in seats) == 23


def test_that_arrows_walk_over_the_cards_and_the_line_below_says_all(qtbot: QtBot) -> None:
    screen = many(qtbot, 24, 23, (1840, 1048))
    qtbot.keyClick(screen, Qt.Key.Key_Down)
    assert focused(screen) == "23"  # overdue, so it is the first
    here = QApplication.focusWidget()
    assert here is not None
    for key, chair in (("Right", "1"), ("Down", "7"), ("Left", "6"), ("Up", "23"), ("Up", "23")):
        qtbot.keyClick(QApplication.focusWidget(), getattr(Qt.Key, f"Key_{key}"))
        assert focused(screen) == chair
    assert here.accessibleName() in [label.text() for label in screen.findChildren(Elided)]
    with qtbot.waitSignal(screen.session_opened) as opened:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert opened.args == ["s23"]


def test_that_two_digits_open_a_chair_and_enter_waits_for_no_second(qtbot: QtBot) -> None:
    screen = many(qtbot, 24, 23, (1840, 1048))
    with qtbot.waitSignal(screen.session_opened) as opened:
        qtbot.keyClicks(screen, "12")
    assert opened.args == ["s12"]
    with qtbot.waitSignal(screen.session_opened) as opened:
        qtbot.keyClicks(screen, "1")
        qtbot.keyClick(screen, Qt.Key.Key_Return)
    assert opened.args == ["s1"]


def test_that_n_starts_where_the_focus_is_and_who_left_can_be_opened(qtbot: QtBot) -> None:
    screen = many(qtbot, 6, 3, (1200, 690))
    last = next(each for each in screen.findChildren(FreeCard) if each.chair == "6")
    last.setFocus()
    with qtbot.waitSignal(screen.start_requested) as started:
        qtbot.keyClick(last, "n")
    assert started.args == ["6"]
    earlier = next(b for b in last.findChildren(QPushButton) if "Earlier" in b.accessibleName())
    assert "Nowak, A. · left 09:40 · to sign" in earlier.accessibleName()
    with qtbot.waitSignal(screen.session_opened) as opened:
        earlier.click()
    assert opened.args == ["gone"]


def test_that_a_card_keeps_the_focus_when_the_order_changes(qtbot: QtBot) -> None:
    screen = many(qtbot, 6, 3, (1200, 690))
    qtbot.keyClick(screen, Qt.Key.Key_Down)
    assert focused(screen) == "3"
    screen._presenter.toggle_order()  # type: ignore[union-attr] # it was wired
    QApplication.processEvents()
    assert focused(screen) == "3"
    order = [each.chair for each in sorted(screen.findChildren(Seat), key=_spot)]
    assert order == ["1", "2", "3", "4", "5", "6"]
    screen.resize(1840, 1048)  # where each is made anew, larger
    QApplication.processEvents()
    assert focused(screen) == "3"


def _spot(seat: Seat) -> tuple[int, int]:
    return seat.y(), seat.x()


@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(1, 24)), max_size=60), st.integers(400, 1800)
)
def test_that_no_mark_of_the_line_ahead_lies_on_another(
    marks: list[tuple[float, int]], wide: int
) -> None:
    marks.sort()
    faces = [AheadMark(share, str(chair), "Vitals", "ketamine") for share, chair in marks]
    made = arranged(faces, [share * wide for share, _ in marks])
    for one, other in itertools.pairwise(made):
        assert other.x - one.x >= (one.wide + other.wide) / 2


@pytest.mark.parametrize("size", [MEDIUM, LARGE])
def test_that_a_card_cuts_neither_who_is_like_its_patient_nor_the_birth_date(
    qtbot: QtBot, size: Size
) -> None:
    full = ", ".join(f"Like Chair {n}: Wielogórska-Przybyszewska, Anna Maria" for n in (3, 5))
    short = "born 1984-03-12, like 3, 5"
    face = card(open_sessions.infusing(), at("10:22:20"))
    face = dataclasses.replace(
        face, like=full, like_short=short, dose="123.45 mg of 150.00 mg in 30 min"
    )
    made = ChairCard(face, roomy=size is LARGE)
    qtbot.addWidget(made)
    for width, said, other in ((size.least[0], short, full), (900, full, short)):
        made.resize(width, size.least[1])
        made.grab()  # lays it out
        labels = {label.text(): label for label in made.findChildren(Elided)}
        assert said in labels
        assert other not in labels
        for label in (labels[said], labels[face.facts]):
            whole = said if label.text() == said else face.facts.partition(" · ")[0]
            assert label.fontMetrics().horizontalAdvance(whole) <= label.width()


@pytest.mark.parametrize(("wide", "columns"), [(1168, 2), (1800, 3), (400, 1)])
def test_that_as_many_stand_side_by_side_of_those_who_left_as_have_room(
    qtbot: QtBot, wide: int, columns: int
) -> None:
    panel = LeftTodayPanel()
    qtbot.addWidget(panel)
    how = "home by override 09:40"
    gone = LeftToday("s", "5", "Wielogórska-Przybyszewska, A.", "ketamine", how, "to sign")
    panel.set_left([gone] * 4)
    panel.resize(wide, 200)
    panel.setVisible(True)
    QApplication.processEvents()
    made = [each for each in panel.findChildren(QPushButton) if gone.said == each.accessibleName()]
    assert len({each.x() for each in made}) == columns
    assert len({each.y() for each in made}) == -(-4 // columns)
