"""The chairs board: overdue first, what is next, and the keys."""

from __future__ import annotations

import dataclasses
import datetime as dt

from monitor.overview import SessionOverview
from tests.fakes import open_sessions
from tests.fakes.overview_parts import LOCAL, at
from tests.fakes.views_chairs import FakeChairsView
from ui.presenters.chairs import ChairsPresenter

CHAIRS = ("1", "2", "3")


def seated(overview: SessionOverview, chair: str) -> SessionOverview:
    return dataclasses.replace(overview, chair=chair, session_id=f"session-{chair}")


class Board:
    """A board over sessions made by hand, and a clock that is told the time."""

    def __init__(self, *open_now: SessionOverview, chairs: tuple[str, ...] = CHAIRS) -> None:
        self.view = FakeChairsView()
        self.looks = 0
        self.now = at("10:22:20")
        self._open = open_now
        self.presenter = ChairsPresenter(
            self.view,
            overviews=self._look,
            chairs=lambda: chairs,
            now=lambda: self.now,
            local=LOCAL,
        )

    def _look(self) -> tuple[SessionOverview, ...]:
        self.looks += 1
        return self._open

    def names(self) -> list[str]:
        assert self.view.board is not None
        return [card.name for card in self.view.board.cards]


def busy() -> Board:
    late = dataclasses.replace(open_sessions.infusing("10:22:20", overdue=True))
    return Board(seated(open_sessions.infusing(), "1"), seated(late, "2"))


def test_that_overdue_chairs_come_first_until_told_otherwise() -> None:
    board = busy()
    assert board.names() == ["Chair 2", "Chair 1", "Chair 3"]
    board.presenter.toggle_order()
    assert board.names() == ["Chair 1", "Chair 2", "Chair 3"]


def test_that_like_patients_in_two_chairs_are_pointed_out_on_both() -> None:
    first = seated(open_sessions.infusing(), "1")
    patient = dataclasses.replace(first.patient, id="other", given="Ana", number="100402")
    second = dataclasses.replace(seated(open_sessions.infusing(), "3"), patient=patient)
    third = seated(open_sessions.ready(), "2")
    board = Board(first, second, third).view.board
    assert board is not None
    assert {card.name: card.like for card in board.cards} == {
        "Chair 1": "Like Chair 3: Nowak, Ana",
        "Chair 2": "",
        "Chair 3": "Like Chair 1: Nowak, Anna",
    }


def test_that_a_card_says_phase_ring_values_and_what_is_next() -> None:
    board = busy()
    assert board.view.board is not None
    card = board.view.board.cards[1]
    assert (card.patient, card.phase, card.drug, card.dose) == (
        "Nowak, Anna",
        "Infusing",
        "Ketamine IV",
        "35 mg",
    )
    assert card.ring is not None
    assert card.ring.middle == "20:40"
    values = {each.name: (each.value, each.change) for each in card.values}
    assert values["BP"] == ("142/88", "▲ +18/+10")
    assert values["SpO₂"] == ("97 %", "")
    assert card.due is not None
    assert (card.due.words, card.due.left) == ("Vitals 20 due 10:20", "now, till 10:23")


def test_that_the_note_counts_chairs_and_what_is_overdue() -> None:
    board = busy()
    assert board.view.board is not None
    assert board.view.board.note == "Monday 2 March 2026 · 2 of 3 in use · 1 overdue"


def test_that_digits_open_chairs_and_a_free_one_offers_a_start() -> None:
    board = busy()
    board.presenter.open_place(2)
    board.presenter.open_place(3)
    board.presenter.open_place(9)
    assert board.view.sessions == ["session-2"]
    assert board.view.starts == ["3"]


def test_that_named_chairs_are_opened_by_their_place() -> None:
    board = Board(seated(open_sessions.infusing(), "Window"), chairs=("Door", "Window"))
    board.presenter.open_place(2)
    assert board.view.sessions == ["session-Window"]


def test_that_n_starts_in_the_first_free_chair() -> None:
    board = busy()
    board.presenter.start()
    assert board.view.starts == ["3"]
    full = Board(seated(open_sessions.infusing(), "1"), chairs=("1",))
    full.presenter.start()
    assert full.view.starts == [""]


def test_that_the_line_ahead_shows_all_chairs_in_the_order_of_time() -> None:
    board = Board(
        seated(open_sessions.infusing(), "1"),
        seated(
            dataclasses.replace(
                open_sessions.devices(), device_opens_at=at("10:25"), seen_at=at("10:22:20")
            ),
            "3",
        ),
    )
    assert board.view.board is not None
    marks = [(mark.sign, mark.words) for mark in board.view.board.ahead.marks]
    assert marks == [("1", "Vitals"), ("3", "Device 3"), ("1", "Vitals"), ("1", "Vitals")]
    shares = [mark.share for mark in board.view.board.ahead.marks]
    assert shares == sorted(shares)


def test_that_a_tick_moves_the_clocks_and_looks_again_only_where_a_state_changed() -> None:
    board = busy()
    looks = board.looks
    board.now += dt.timedelta(seconds=1)
    board.presenter.on_tick(board.now)
    assert board.looks == looks
    assert board.view.board is not None
    assert board.view.board.cards[1].ring is not None
    assert board.view.board.cards[1].ring.middle == "20:39"
    board.now = at("10:23:01")
    board.presenter.on_tick(board.now)
    assert board.looks == looks + 1


def test_that_a_session_hears_what_the_other_chairs_need() -> None:
    board = busy()
    others = board.presenter.elsewhere(but="session-1")
    assert [other.nudge for other in others] == ["Chair 2 overdue 2 min"]
    assert others[0].words == "Vitals 20 overdue 2 min"
    others = board.presenter.elsewhere(but="session-2")
    assert [(other.chair, other.state, other.nudge) for other in others] == [("Chair 1", "due", "")]


def test_that_an_empty_clinic_is_a_board_of_free_chairs() -> None:
    board = Board()
    assert board.view.board is not None
    assert all(not card.session_id for card in board.view.board.cards)
    assert board.view.board.ahead.marks == ()


def test_that_every_phase_has_a_card() -> None:
    for overview in (
        open_sessions.set_up(),
        open_sessions.pre_dose(),
        open_sessions.devices(),
        open_sessions.observation(),
        open_sessions.ready(),
    ):
        board = Board(seated(overview, "1"))
        board.presenter.on_tick(overview.seen_at)
        assert board.view.board is not None
        assert board.view.board.cards[0].phase
