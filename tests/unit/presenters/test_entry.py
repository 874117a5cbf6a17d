"""The entry line: reading back, asking once, asking why, storing, refusing without loss."""

from __future__ import annotations

import pytest

from monitor.schedule import SlotState
from tests.fakes.seats import Seat
from tests.fakes.visit import Visit


@pytest.fixture
def seat() -> Seat:
    return Seat(Visit().started().at("10:20"))


def test_that_the_line_is_read_back_while_it_is_typed(seat: Seat) -> None:
    seat.presenter.entry.typed("128/82 76 98 16 s5 d3")
    read = seat.view.read
    said = [f"{chip.name} {chip.value}" for chip in read.chips]
    assert said == ["BP 128/82", "HR 76", "SpO₂ 98 %", "Resp 16", "Sed. 5 (alert)", "Diss. 3"]
    assert read.goes == "closes Vitals 20"
    assert read.enter == "stores it"
    assert seat.view.line == "", "nothing is put into the field while somebody types"


def test_that_a_chip_says_how_far_the_value_is_from_the_baseline(seat: Seat) -> None:
    seat.presenter.entry.typed("128/82 76 98 16 s4")
    more = {chip.name: chip.more for chip in seat.view.read.chips}
    assert more["BP"] == "+6/+6"
    assert more["HR"] == "+4"
    assert more["Sed."] == "was 5"


def test_that_words_that_end_nothing_are_told_as_a_new_event(seat: Seat) -> None:
    seat.presenter.entry.typed("rash")
    seat.presenter.entry.submit()
    seat.presenter.entry.typed("rash all over")
    assert (seat.view.read.goes, seat.view.read.tone) == ("new event", "alert")
    seat.presenter.entry.typed("rash, over.")
    assert seat.view.read.goes == "over"


def test_that_a_second_event_of_one_kind_says_that_one_is_open(seat: Seat) -> None:
    seat.type("rash mild @10:05")
    seat.presenter.entry.typed("rash")
    read = seat.view.read
    assert (read.goes, read.tone, read.enter) == ("new event", "alert", "stores it")
    assert read.said == "rash mild is open since 10:05: this is another. “rash over” ends it."
    seat.type("rash over")
    seat.presenter.entry.typed("rash")
    assert (seat.view.read.goes, seat.view.read.said) == ("event", "")


def test_that_a_value_over_the_limit_is_told_before_enter(seat: Seat) -> None:
    seat.presenter.entry.typed("182/111 92 97 15")
    read = seat.view.read
    assert read.tone == "alert"
    assert read.said == "BP 182/111, +60/+35 from baseline 122/76, over 180/110."
    assert [chip.name for chip in read.chips if chip.bad] == ["BP"]
    assert read.enter == "stores it and opens an alert"


def test_that_enter_stores_the_line_and_empties_it(seat: Seat) -> None:
    seat.type("128/82 76 98 16")
    assert seat.visit.slot("20").state is SlotState.ON_TIME
    assert seat.presenter.entry.text == ""
    assert seat.view.read.chips == ()


def test_that_a_half_typed_word_is_not_called_wrong(seat: Seat) -> None:
    seat.presenter.entry.typed("128/")
    assert seat.view.read.tone != "alert"


@pytest.mark.parametrize("wrong", ["9o", "o2 ", "12/82 ", "128/820 ", "d3 d4 ", "- "])
def test_that_a_refused_line_stays_and_leaves_no_trace(seat: Seat, wrong: str) -> None:
    before = len(seat.visit.store.entries)
    seat.type(wrong)
    assert seat.presenter.entry.text == wrong
    assert seat.view.read.tone == "alert"
    assert seat.view.read.said
    assert seat.view.read.enter == ""
    assert len(seat.visit.store.entries) == before


def test_that_an_empty_line_stores_nothing_and_says_so(seat: Seat) -> None:
    before = len(seat.visit.store.entries)
    seat.type("")
    assert "nothing was stored" in seat.view.read.said
    assert len(seat.visit.store.entries) == before


def test_that_an_implausible_value_is_asked_about_once(seat: Seat) -> None:
    seat.type("128/82 210 98 16")
    assert seat.visit.overview.readings[-1].reading.heart_rate == 72
    assert seat.view.read.enter == "confirms and stores it"
    seat.presenter.entry.submit()
    assert seat.visit.overview.readings[-1].reading.heart_rate == 210


def test_that_a_changed_line_is_asked_about_anew(seat: Seat) -> None:
    seat.type("128/82 210 98 16")
    seat.type("128/82 211 98 16")
    assert seat.visit.overview.readings[-1].reading.heart_rate == 72
    assert seat.view.read.enter == "confirms and stores it"


def test_that_looking_again_does_not_wipe_the_question_away(seat: Seat) -> None:
    seat.type("128/82 210 98 16")
    said = seat.view.read.said
    seat.presenter.on_entries()
    assert seat.view.read.said == said


def test_that_a_sign_said_not_to_be_taken_wants_a_reason(seat: Seat) -> None:
    seat.type("128/82 76 98 -")
    assert seat.view.why is not None
    assert "Resp" in seat.view.why
    assert seat.visit.slot("20").state is SlotState.DUE
    seat.presenter.entry.give_reason("asleep, not disturbed")
    assert seat.visit.slot("20").state is SlotState.ON_TIME
    assert seat.view.why is None


def test_that_without_the_reason_it_becomes_an_extra_reading(seat: Seat) -> None:
    seat.type("128/82 76 98 -")
    seat.presenter.entry.give_reason("")
    assert seat.visit.slot("20").state is SlotState.DUE
    assert seat.visit.overview.readings[-1].slot == ""


def test_that_esc_goes_back_from_the_reason_with_the_line_untouched(seat: Seat) -> None:
    seat.type("128/82 76 98 -")
    seat.presenter.entry.cancel()
    assert seat.view.why is None
    assert seat.presenter.entry.text == "128/82 76 98 -"
    seat.presenter.entry.cancel()
    assert seat.presenter.entry.text == ""


def test_that_a_slot_named_outside_its_window_wants_a_reason(seat: Seat) -> None:
    seat.type("128/82 76 98 16 slot 10")
    assert seat.view.why is not None
    seat.presenter.entry.give_reason("was with chair 3")
    assert seat.visit.slot("10").state is SlotState.LATE


def test_that_a_part_of_a_set_that_is_due_asks_why_before_it_is_stored(seat: Seat) -> None:
    seat.presenter.entry.typed("128/82 76")
    assert (seat.view.read.goes, seat.view.read.enter) == ("extra reading", "asks why")
    assert "Without SpO₂, Resp it closes no slot" in seat.view.read.said
    before = len(seat.visit.store.entries)
    seat.presenter.entry.submit()
    assert len(seat.visit.store.entries) == before
    assert seat.view.picks[1] == "asleep, not woken"
    seat.presenter.entry.give_reason(" 2 ")
    assert seat.visit.slot("20").state is SlotState.ON_TIME
    assert seat.visit.slot("20").reason == "asleep, not woken"


def test_that_ratings_alone_are_no_part_of_a_set_and_ask_nothing(seat: Seat) -> None:
    seat.type("s5 d3")
    assert seat.view.why is None
    assert seat.visit.overview.readings[-1].reading.dissociation == 3


def test_that_a_pressure_between_two_slots_asks_nothing() -> None:
    seat = Seat(Visit().started().at("10:10").line("128/82 76 98 16").at("10:14"))
    seat.type("128/82")
    assert seat.view.why is None
    assert len(seat.visit.overview.readings) == 3


def test_that_a_pressure_taken_again_before_the_start_asks_nothing_once_there_is_a_set() -> None:
    seat = Seat(Visit().ordered().at("09:55"))
    seat.presenter.entry.typed("128/82")
    assert seat.view.read.enter == "asks why"
    seat.type("128/82 76 98 16")
    seat.presenter.entry.typed("126/80")
    assert seat.view.read.enter == "stores it"


def test_that_an_event_is_read_back_as_one(seat: Seat) -> None:
    seat.presenter.entry.typed("told Dr Lee")
    assert [(chip.name, chip.value) for chip in seat.view.read.chips] == [("Told", "Dr Lee")]
    seat.presenter.entry.submit()
    assert seat.visit.overview.events[-1].text == "told Dr Lee"


def test_that_time_passing_changes_the_slot_that_the_line_will_close(seat: Seat) -> None:
    seat.presenter.entry.typed("128/82 76 98 16")
    assert seat.view.read.goes == "closes Vitals 20"
    seat.visit.at("10:26")
    seat.presenter.on_tick(seat.visit.clock.now())
    assert seat.view.read.goes == "closes Vitals 20, 6 min late"


def test_that_a_line_can_be_begun_for_the_nurse(seat: Seat) -> None:
    seat.presenter.command("begin:told ")
    assert seat.view.line == "told "
    assert seat.presenter.entry.text == "told "


# --- what Enter will do -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "typed", "goes", "enter"),
    [
        ("10:21", "128/82 76 98 16", "closes Vitals 20, +1 min", "stores it"),
        ("10:18", "128/82 76 98 16", "closes Vitals 20, \u22122 min", "stores it"),
        ("10:24", "128/82 76 98 16", "closes Vitals 20, 4 min late", "stores it"),
        ("10:15", "128/82 76 98 16", "closes Vitals 10, 5 min late", "stores it"),
        ("10:24", "128/82 76 98 16 @10:20", "closes Vitals 20", "stores it"),
        ("10:24", "128/82 76 98 16 slot 10", "closes Vitals 10", "asks why"),
        ("10:24", "128/82 slot 20", "closes Vitals 20", "asks why"),
        ("10:20", "128/82 76 98 16 slot 99", "", ""),
        ("10:20", "128/82 76 98 16 slot baseline", "", ""),
        ("10:20", "128/82 210 98 16", "closes Vitals 20", "asks once more"),
        ("10:20", "128/82 76 98 16 s", "", ""),
        ("10:20", "-", "", ""),
    ],
)
def test_that_the_read_back_says_what_enter_will_do(
    now: str, typed: str, goes: str, enter: str
) -> None:
    seat = Seat(Visit().started().at(now))
    seat.presenter.entry.typed(typed)
    assert (seat.view.read.goes, seat.view.read.enter) == (goes, enter)


def test_that_before_the_start_a_full_set_is_the_baseline() -> None:
    seat = Seat(Visit().ordered().at("09:55"))
    seat.presenter.entry.typed("128/82 76 98 16")
    assert seat.view.read.goes == "before the start: baseline"


def test_that_a_reading_of_yesterday_is_said_to_be_and_is_no_baseline() -> None:
    seat = Seat(Visit().ordered().at("10:00"))
    seat.presenter.entry.typed("128/82 76 98 16 @23:50")
    assert seat.view.read.said.startswith("Measured 23:50 yesterday. Too old for Baseline vitals")
    assert seat.view.read.goes == "extra reading"
    seat.presenter.entry.submit()
    assert seat.visit.slot("baseline").state is not SlotState.ON_TIME


def test_that_the_time_of_measuring_is_said(seat: Seat) -> None:
    seat.presenter.entry.typed("128/82 76 98 16 @10:19")
    assert seat.view.read.said == "Measured 10:19."


def test_that_the_chips_stand_in_the_order_of_typing(seat: Seat) -> None:
    seat.presenter.entry.typed("128/82 - 98 16 d3 s5 t36.8 left")
    names = [chip.name for chip in seat.view.read.chips]
    assert names == ["BP", "HR", "SpO₂", "Resp", "Diss.", "Sed.", "Temp.", ""]


def test_that_a_slot_that_is_closed_is_told_before_enter(seat: Seat) -> None:
    seat.type("128/82 76 98 16")
    seat.presenter.entry.typed("128/82 76 98 16 slot 20")
    assert "already closed" in seat.view.read.said
    seat.presenter.entry.submit()
    assert seat.presenter.entry.text == "128/82 76 98 16 slot 20"
    assert len(seat.visit.overview.readings) == 2


# --- nothing invented, nothing lost -------------------------------------------------------


@pytest.mark.parametrize("empty", ["", "   ", "-", "- - - -", "@10:20", "slot 20", "left"])
def test_that_an_empty_save_moves_no_due_time_and_no_clock(seat: Seat, empty: str) -> None:
    before = seat.visit.overview
    seat.type(empty)
    after = seat.visit.overview
    assert seat.view.read.said
    assert (after.slots, after.clocks, after.entries) == (
        before.slots,
        before.clocks,
        before.entries,
    )


def test_that_the_unlikely_is_confirmed_before_a_reason_is_asked(seat: Seat) -> None:
    seat.type("128/82 210")
    assert not seat.view.picks
    assert seat.view.read.enter == "confirms, then asks why"
    seat.presenter.entry.submit()
    assert seat.view.why
    seat.presenter.entry.give_reason("refused")
    newest = seat.visit.overview.readings[-1]
    assert (newest.reading.heart_rate, newest.note) == (210, "refused")


def test_that_a_reason_that_is_refused_stays_to_be_put_right(seat: Seat) -> None:
    seat.type("128/82 76")
    seat.presenter.entry.give_reason("x" * 501)
    assert seat.view.why
    assert "500" in seat.view.reason_problem
    seat.presenter.entry.give_reason("refused")
    assert seat.visit.slot("20").state is SlotState.ON_TIME


def test_that_enter_in_the_line_does_nothing_while_the_reason_is_asked(seat: Seat) -> None:
    seat.type("128/82 76")
    seat.presenter.entry.submit()
    assert len(seat.visit.overview.readings) == 1


def test_that_a_begun_line_gives_the_half_typed_one_back(seat: Seat) -> None:
    seat.presenter.entry.typed("128/8")
    seat.presenter.command("begin:told ")
    seat.presenter.command("begin:? ")
    seat.type("? calls home")
    assert seat.visit.overview.events[-1].text == "calls home"
    assert (seat.view.line, seat.presenter.entry.text) == ("128/8", "128/8")
    seat.presenter.entry.cancel()
    assert seat.presenter.entry.text == ""
