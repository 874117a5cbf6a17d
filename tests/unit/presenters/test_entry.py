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
    assert read.goes == "slot 20"
    assert read.enter == "stores it"
    assert seat.view.line == "", "nothing is put into the field while somebody types"


def test_that_a_chip_says_how_far_the_value_is_from_the_baseline(seat: Seat) -> None:
    seat.presenter.entry.typed("128/82 76 98 16 s4")
    more = {chip.name: chip.more for chip in seat.view.read.chips}
    assert more["BP"] == "+6/+6"
    assert more["HR"] == "+4"
    assert more["Sed."] == "was 5"


def test_that_a_value_over_the_limit_is_told_before_enter(seat: Seat) -> None:
    seat.presenter.entry.typed("182/111 92 97 15")
    read = seat.view.read
    assert read.tone == "alert"
    assert "over the limit 180/110" in read.said
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


def test_that_what_was_left_out_is_told_and_not_asked_about(seat: Seat) -> None:
    seat.presenter.entry.typed("128/82 76")
    assert seat.view.read.goes == "extra reading"
    assert "SpO₂, Resp" in seat.view.read.said
    seat.presenter.entry.submit()
    assert seat.view.why is None


def test_that_an_event_is_read_back_as_one(seat: Seat) -> None:
    seat.presenter.entry.typed("told Dr Lee")
    assert [(chip.name, chip.value) for chip in seat.view.read.chips] == [("Told", "Dr Lee")]
    seat.presenter.entry.submit()
    assert seat.visit.overview.events[-1].text == "told Dr Lee"


def test_that_time_passing_changes_the_slot_that_the_line_will_close(seat: Seat) -> None:
    seat.presenter.entry.typed("128/82 76 98 16")
    assert seat.view.read.goes == "slot 20"
    seat.visit.at("10:26")
    seat.presenter.on_tick(seat.visit.clock.now())
    assert seat.view.read.goes == "slot 20, late 6 min"


def test_that_a_line_can_be_begun_for_the_nurse(seat: Seat) -> None:
    seat.presenter.command("begin:told ")
    assert seat.view.line == "told "
    assert seat.presenter.entry.text == "told "
