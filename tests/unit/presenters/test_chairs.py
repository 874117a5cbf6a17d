"""The chairs board: overdue first, what is next, and the keys."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from monitor.departure import WayOut
from monitor.entries import Leaving
from monitor.overview import ConditionView, SessionOverview
from monitor.ports import SessionHeader
from monitor.schedule import SlotState
from tests.fakes import open_sessions
from tests.fakes.clock import WARSAW
from tests.fakes.overview_parts import LOCAL, at
from tests.fakes.overviews import ketamine
from tests.fakes.views_chairs import FakeChairsView
from ui.presenters.alerts import alert_words
from ui.presenters.chair_card import CardFace, Earlier
from ui.presenters.chairs import ChairsPresenter
from ui.presenters.chairs_today import Today
from ui.presenters.next_due import next_due

CHAIRS = ("1", "2", "3")


def seated(overview: SessionOverview, chair: str) -> SessionOverview:
    return dataclasses.replace(overview, chair=chair, session_id=f"session-{chair}")


class Board:
    """A board over sessions made by hand, and a clock that is told the time."""

    def __init__(
        self,
        *open_now: SessionOverview,
        chairs: tuple[str, ...] = CHAIRS,
        day: tuple[SessionHeader, ...] = (),
    ) -> None:
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
            today=Today(lambda _: day, WARSAW),
        )

    def _look(self) -> tuple[SessionOverview, ...]:
        self.looks += 1
        return self._open

    def names(self) -> list[str]:
        assert self.view.board is not None
        return [card.name for card in self.view.board.cards]

    def card(self, chair: str) -> CardFace:
        assert self.view.board is not None
        return next(card for card in self.view.board.cards if card.chair == chair)

    def press(self, digits: str) -> None:
        for digit in digits:
            self.presenter.press_digit(digit)


def header(
    overview: SessionOverview, status: str = "open", closed: str = "", **changes: object
) -> SessionHeader:
    made = SessionHeader(
        session_id=overview.session_id,
        patient=overview.patient,
        chair=overview.chair,
        protocol=overview.protocol_id,
        drug=overview.drug,
        route=overview.route,
        opened_at=overview.opened_at,
        closed_at=at(closed) if closed else None,
        status=status,
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type] # fields by name


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
    assert {card.name: (card.like, card.like_short) for card in board.cards} == {
        "Chair 1": ("Like Chair 3: Nowak, Ana", "born 1984-03-12, like 3"),
        "Chair 2": ("", ""),
        "Chair 3": ("Like Chair 1: Nowak, Anna", "born 1984-03-12, like 1"),
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
    board.press("239")
    assert board.view.sessions == ["session-2"]
    assert board.view.starts == ["3"]


def test_that_named_chairs_are_opened_by_their_place() -> None:
    board = Board(seated(open_sessions.infusing(), "Window"), chairs=("Door", "Window"))
    board.press("2")
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


def test_that_of_the_other_chairs_the_longest_overdue_comes_first() -> None:
    board = busy()
    board.now = at("11:30")
    others = board.presenter.elsewhere(but="")
    late = [other.words.partition("overdue ")[2] for other in others if other.state == "overdue"]
    assert len(late) > 1
    assert late == sorted(late, key=_minutes_late, reverse=True)


def _minutes_late(said: str) -> int:
    hours, _, minutes = said.rpartition(" h ")
    return 60 * int(hours or 0) + int(minutes.removesuffix(" min"))


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


def test_that_chairs_stand_in_the_order_of_what_presses_most() -> None:
    now = "10:22:20"
    later = dataclasses.replace(open_sessions.infusing(now), slots=())
    alert = dataclasses.replace(ketamine().alerts[0], state="open")
    whole = open_sessions.infusing(now)
    coming = tuple(
        dataclasses.replace(s, state=SlotState.LATER, due=at("10:50"), opens=at("10:47"))
        if s.name == "20"
        else s
        for s in whole.slots
    )
    board = Board(
        seated(later, "1"),
        seated(dataclasses.replace(whole, slots=coming, alerts=(alert,)), "2"),
        seated(whole, "3"),
        seated(open_sessions.infusing(now, overdue=True), "4"),
        seated(dataclasses.replace(whole, slots=coming), "5"),
        chairs=("1", "2", "3", "4", "5", "6"),
    )
    order = ["Chair 2", "Chair 4", "Chair 3", "Chair 5", "Chair 1", "Chair 6"]
    assert board.names() == order
    board.now += dt.timedelta(seconds=20)
    board.presenter.on_tick(board.now)
    assert board.names() == order


def test_that_equal_chairs_stay_in_the_clinics_own_order() -> None:
    same = open_sessions.infusing()
    board = Board(seated(same, "3"), seated(same, "1"), seated(same, "2"))
    assert board.names() == ["Chair 1", "Chair 2", "Chair 3"]


def test_that_who_has_left_today_is_seen_on_the_free_chair_and_in_the_list() -> None:
    gone = seated(open_sessions.ready(), "3")
    against, through = WayOut(Leaving.AGAINST_ADVICE), WayOut(Leaving.HOME, let_through=True)
    day = (
        header(gone, "closed", "09:10", session_id="first", left=against),
        header(gone, "co-signed", "09:40", session_id="last", left=through),
        header(gone, "cancelled", "08:30", session_id="none", chair="1"),
        header(gone, "closed", "08:20", session_id="spoilt", chair="1"),
        header(gone, "closed", "09:40", session_id="old", closed_at=at("09:40") - dt.timedelta(1)),
    )
    board = Board(seated(open_sessions.infusing(), "1"), day=day)
    last = "Haddad, S. · home by override 09:40 · signed"
    here = Earlier("last", f"Earlier today: {last} · and 1 more", f"{last} +1")
    assert [board.card(chair).earlier for chair in "123"] == [None, None, here]
    assert board.view.board is not None
    assert [(each.session_id, each.words) for each in board.view.board.left] == [
        ("last", last),
        ("first", "Haddad, S. · against advice 09:10 · to sign"),
        ("none", "Haddad, S. · cancelled 08:30 · to sign"),
        ("spoilt", "Haddad, S. · left 08:20 · to sign"),
    ]


def test_that_a_chair_whose_session_cannot_be_read_is_not_free() -> None:
    bad = seated(open_sessions.infusing(), "2")
    board = Board(day=(header(bad),))
    card = board.card("2")
    assert card.is_unread
    assert card.said == "Chair 2, cannot be read: see the shield"
    assert board.names()[0] == "Chair 2"
    board.press("2")
    assert (board.view.shields, board.view.starts, board.view.sessions) == (1, [], [])
    board.presenter.start("2")
    assert board.view.starts == ["1"]


def test_that_a_start_goes_to_the_free_chair_that_has_the_focus() -> None:
    board = Board(seated(open_sessions.infusing(), "1"))
    board.presenter.start("3")
    board.presenter.start("1")
    assert board.view.starts == ["3", "2"]


def test_that_a_second_digit_is_waited_for_only_where_one_can_follow() -> None:
    board = Board(chairs=tuple(str(each) for each in range(1, 25)))
    board.press("3")
    assert board.view.starts == ["3"]
    board.press("1")
    assert (board.view.starts, board.presenter.typed) == (["3"], "1")
    board.press("4")
    assert (board.view.starts, board.presenter.typed) == (["3", "14"], "")
    board.press("2")
    board.presenter.settle()
    assert (board.view.starts, board.presenter.typed) == (["3", "14", "2"], "")
    board.press("0")
    board.presenter.settle()
    assert board.view.starts == ["3", "14", "2"]


def test_that_a_card_says_all_in_one_sentence_in_which_no_second_runs() -> None:
    board = busy()
    said = board.card("1").said
    assert said == (
        "Chair 1, Nowak, Anna, 1984-03-12 (41) · MRN 100234 · 70 kg, Ketamine IV, 35 mg, Infusing,"
        " Vitals 20 due 10:20, now, till 10:23, BP 142/88 +18/+10 from baseline falling,"
        " HR 65 +9 from baseline falling, SpO₂ 97 % rising, Diss. 4"
    )
    board.now += dt.timedelta(seconds=20)
    board.presenter.on_tick(board.now)
    assert board.card("1").said == said


def test_that_a_card_shows_the_trend_and_the_highest_rise() -> None:
    values = {each.name: each for each in busy().card("1").values}
    assert (values["BP"].trend, values["BP"].note) == ("↘", "peak +24/+14")
    assert (values["HR"].trend, values["SpO₂"].trend, values["Diss."].trend) == ("↘", "↗", "")


def test_that_one_open_alert_is_told_with_its_value_and_several_with_their_number() -> None:
    alerts = [dataclasses.replace(each, state="open") for each in ketamine().alerts]
    one = dataclasses.replace(open_sessions.infusing(), alerts=tuple(alerts[:1]))
    two = dataclasses.replace(open_sessions.infusing(), alerts=(alerts[0], alerts[0]))
    board = Board(seated(one, "1"), seated(two, "2"))
    assert board.card("1").alert == f"1 alert open: {alert_words(alerts[0])}"
    assert board.card("2").alerts == "2 alerts open"


def test_that_a_new_day_forgets_who_left_the_day_before() -> None:
    gone = header(seated(open_sessions.ready(), "3"), "closed", "09:40")
    board = Board(day=(gone,))
    assert board.card("3").earlier is not None
    board.now += dt.timedelta(days=1)
    board.presenter.on_tick(board.now)
    assert board.card("3").earlier is None


def test_that_a_ready_chair_says_since_when_and_who_takes_the_patient_home() -> None:
    whole = open_sessions.ready()
    door = (
        ConditionView(
            "time-since-end",
            met=True,
            evidence="30",
            needed="30",
            measured=at("10:45"),
            opens_at=at("11:15"),
        ),
        ConditionView("sedation", met=True, evidence="5", needed="5", measured=at("11:20")),
        ConditionView("escort", met=True, evidence="Ines Haddad", needed=""),
    )
    due = next_due(dataclasses.replace(whole, door=door), whole.seen_at)
    assert due is not None
    assert (due.state, due.left, due.more) == ("ready", "since 11:20", "escort Ines Haddad")
    assert due.short == "Ready to leave"


@pytest.mark.parametrize(
    ("now", "words", "left"),
    [
        ("12:02", "Time is up at 12:10", "in 8:00"),
        ("12:11", "Before leaving: dissociation, escort", ""),
    ],
)
def test_that_a_chair_without_slots_says_what_the_door_waits_for(
    now: str, words: str, left: str
) -> None:
    whole = open_sessions.observation()
    door = (*whole.door, ConditionView("escort", met=False, evidence=None, needed=""))
    due = next_due(dataclasses.replace(whole, slots=(), door=door), at(now))
    assert due is not None
    assert (due.state, due.words, due.left) == ("later", words, left)
