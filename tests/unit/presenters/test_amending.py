"""Amending: an empty line under the old words, a reason, and everything else by its row."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor.acts import Acknowledge, ChangeRate, MissSlot, NoteEvent, Score
from monitor.acts.amending import AMENDABLE
from monitor.entries import KIND_OF, Measured, Severity
from monitor.schedule import SlotState
from tests.fakes.seats import Seat
from tests.fakes.visit import Visit
from ui.presenters.sheet import FIRST_FIGURE, SheetRow
from ui.presenters.things import NAMES


@pytest.fixture
def seat() -> Seat:
    made = Seat(Visit().started().at("10:10"))
    made.type("128/82 76 98 16")
    made.visit.at("10:12")
    return made


def amend_newest(seat: Seat, line: str) -> None:
    """Press Enter on the newest row and type the new line."""
    seat.presenter.command(f"amend:{seat.view.rows[-1].uid}")
    seat.type(line)


def row_called(seat: Seat, name: str) -> SheetRow:
    """Return the newest row of all that was entered that the sheet calls so."""
    seat.presenter.sheet.show_whole(whole=True)
    return [row for row in seat.view.rows if row.cells[1].words.rstrip(" 0123456789") == name][-1]


# --- a reading ------------------------------------------------------------------------------


def test_that_the_line_is_empty_and_the_old_words_stand_above_it(seat: Seat) -> None:
    seat.presenter.entry.typed("half a li")
    seat.presenter.command(f"amend:{seat.view.rows[-1].uid}")
    assert seat.view.line == ""
    assert seat.view.amended == (
        "Amends the reading of 10:10",
        "BP 128/82, HR 76, SpO₂ 98 %, Resp 16",
    )


def test_that_an_amended_value_stays_struck_through(seat: Seat) -> None:
    amend_newest(seat, "138/82 76 98 16")
    assert seat.view.why
    assert seat.visit.row("10:10").replaced == ()
    seat.presenter.entry.give_reason("")
    assert seat.view.why, "a reason is wanted"
    seat.presenter.entry.give_reason("digits transposed")
    row = seat.view.rows[-1]
    assert row.cells[2].words == "138/82"
    assert [cell.struck for cell in row.cells if cell.struck] == ["128/82"]
    assert seat.view.page is not None
    assert seat.view.page.points[-1].replaced[0].text == "128/82"
    assert seat.view.amended == ("", "")


def test_that_a_half_typed_line_survives_an_amendment_and_one_that_is_given_up(
    seat: Seat,
) -> None:
    seat.presenter.entry.typed("132/8")
    amend_newest(seat, "138/82 76 98 16")
    assert seat.presenter.entry.text == "132/8", "what is kept for a new entry"
    seat.presenter.entry.give_reason("1")
    assert (seat.view.line, seat.presenter.entry.text) == ("132/8", "132/8")
    amend_newest(seat, "999")
    seat.presenter.entry.cancel()
    assert (seat.view.line, seat.presenter.entry.text) == ("132/8", "132/8")
    assert len(seat.visit.row("10:10").replaced) == 1


def test_that_esc_goes_back_from_the_reason_to_the_new_line_first(seat: Seat) -> None:
    amend_newest(seat, "138/82 76 98 16")
    seat.presenter.entry.cancel()
    assert seat.view.why is None
    assert seat.view.amended[0], "it is still being amended"
    seat.presenter.entry.submit()
    seat.presenter.entry.give_reason("misread")
    assert seat.visit.overview.amendments[-1].reason == "misread"


def test_that_an_implausible_amendment_is_asked_about_once(seat: Seat) -> None:
    amend_newest(seat, "128/82 210 98 16")
    assert seat.view.read.enter == "confirms, then asks why"
    assert seat.view.why is None
    seat.presenter.entry.submit()
    seat.presenter.entry.give_reason("2")
    assert seat.view.rows[-1].cells[4].words == "210"
    assert seat.visit.overview.amendments[-1].reason == "misread"


@pytest.mark.parametrize("wrong", ["", "o2 ", "nausea mild", "- - - -", "12/82 ", "128/82 slot 99"])
def test_that_what_is_no_reading_amends_none(seat: Seat, wrong: str) -> None:
    before = len(seat.visit.store.entries)
    amend_newest(seat, wrong)
    assert seat.view.read.said
    assert (seat.view.read.tone, seat.view.why) == ("alert", None)
    assert len(seat.visit.store.entries) == before


def test_that_losing_a_sign_of_its_slot_is_told_before_enter(seat: Seat) -> None:
    seat.presenter.command(f"amend:{seat.view.rows[-1].uid}")
    seat.presenter.entry.typed("128/82 76")
    assert seat.view.read.said == "It closes Vitals 10 no more."
    seat.presenter.entry.typed("128/82 76 98 16 @10:02")
    assert (seat.view.read.goes, seat.view.read.said) == (
        "amends 10:10",
        "Measured 10:02. It closes Vitals 10 no more.",
    )


def test_that_a_line_that_names_its_slot_no_more_says_which_it_closes_then() -> None:
    seat = Seat(Visit().started().at("10:25"))
    seat.type("128/82 76 98 16 slot 10")
    seat.presenter.entry.give_reason("busy")
    seat.presenter.command(f"amend:{seat.view.rows[-1].uid}")
    seat.presenter.entry.typed("128/82 78 98 16 slot 10")
    assert seat.view.read.goes == "amends 10:25"
    seat.presenter.entry.typed("128/82 78 98 16")
    assert seat.view.read.goes == "amends 10:25, closes Vitals 20, 5 min late"


# --- everything else ------------------------------------------------------------------------


def test_that_all_that_acts_can_amend_has_a_row_with_a_name() -> None:
    kinds = {KIND_OF[fact] for fact in AMENDABLE if fact is not Measured}
    assert kinds == set(NAMES)


def test_that_an_event_is_amended_by_its_row(seat: Seat) -> None:
    seat.visit.do(NoteEvent(text="nausea mild"))
    seat.presenter.on_entries()
    row = row_called(seat, "event")
    assert row.cells[FIRST_FIGURE].words == "nausea mild"
    seat.presenter.command(f"amend:{row.uid}")
    asked = seat.view.question
    assert asked is not None
    assert asked.struck == "nausea mild"
    seat.answer(text="nausea moderate")
    assert seat.view.question_problem, "a reason is wanted"
    seat.answer(text="nausea moderate", reason="2", at="10:11")
    row = row_called(seat, "event")
    assert (row.cells[FIRST_FIGURE].words, row.cells[FIRST_FIGURE].struck) == (
        "nausea moderate",
        "nausea mild",
    )
    assert seat.visit.overview.events[-1].at == seat.visit.instant("10:11")
    assert seat.visit.overview.amendments[-1].reason == "misread"


def test_that_a_step_of_the_pump_is_amended_by_its_row(seat: Seat) -> None:
    seat.visit.do(ChangeRate(rate_ml_h=Decimal(60), reason="slower"))
    seat.presenter.on_entries()
    seat.presenter.command(f"amend:{row_called(seat, 'rate').uid}")
    seat.answer(rate_ml_h="sixty", reason="1")
    assert "“sixty”" in seat.view.question_problem
    seat.answer(rate_ml_h="62.5", pump_ml="12,5", reason="1")
    assert seat.visit.overview.segments[-1].rate_ml_h == Decimal("62.5")


def test_that_a_score_is_amended_by_its_row(seat: Seat) -> None:
    seat.visit.do(Score(scale="cadss-6", answers=(2, 1, 2, 2, 1, 1)))
    seat.presenter.on_entries()
    seat.presenter.command(f"amend:{row_called(seat, 'score').uid}")
    seat.answer(answers="2 1 2 2 1 -", reason="typing slip")
    assert seat.visit.overview.scores[0].total is None
    assert row_called(seat, "score").cells[FIRST_FIGURE].struck == "2 1 2 2 1 1"


def test_that_an_acknowledgement_is_amended_by_its_row(seat: Seat) -> None:
    seat.visit.line("182/111 92 97 15")
    seat.visit.do(Acknowledge(alert=seat.visit.overview.alerts[0].uid, action="repeated"))
    seat.presenter.on_entries()
    seat.presenter.command(f"amend:{row_called(seat, 'alert').uid}")
    seat.answer(told="Dr Silva", reason="forgotten")
    assert seat.visit.overview.alerts[0].told == "Dr Silva"


def test_that_the_reason_of_a_missed_slot_is_amended_by_its_row() -> None:
    seat = Seat(Visit().started().at("10:14"))
    (missed,) = seat.visit.do(MissSlot(slot="10", reason="in the bathroom"))
    seat.presenter.on_entries()
    row = next(row for row in seat.view.rows if row.cells[1].words == "10 missed")
    assert row.uid == missed.uid
    seat.presenter.command(f"amend:{row.uid}")
    seat.answer(reason="vomiting")
    assert (seat.visit.slot("10").state, seat.visit.slot("10").reason) == (
        SlotState.MISSED,
        "vomiting",
    )


def test_that_a_time_that_is_none_is_refused_in_one_sentence(seat: Seat) -> None:
    seat.visit.do(NoteEvent(text="nausea"))
    seat.presenter.on_entries()
    seat.presenter.command(f"amend:{row_called(seat, 'event').uid}")
    for wrong in ("later", "25:00", "10:30"):
        seat.answer(at=wrong, reason="1")
        assert seat.view.question_problem, wrong
    assert seat.visit.overview.amendments == ()


def test_that_the_sheet_shows_the_readings_alone_again(seat: Seat) -> None:
    before = seat.view.rows
    seat.presenter.sheet.turn()
    assert len(seat.view.rows) > len(before)
    seat.presenter.sheet.turn()
    assert seat.view.rows == before


def test_that_a_moved_time_and_a_sign_of_the_note_stand_struck_as_well(seat: Seat) -> None:
    seat.visit.line("130/80 76 98 16 t36.8")
    seat.presenter.on_entries()
    amend_newest(seat, "130/80 77 98 16 t37.1 @10:11")
    seat.presenter.entry.give_reason("misread")
    row = seat.view.rows[-1]
    assert row.is_amended
    struck = {place: cell.struck for place, cell in enumerate(row.cells) if cell.struck}
    assert struck == {0: "10:12", 4: "76", 9: "Temp. 36.8"}
    assert "HR 77, was 76" in row.said


def test_that_an_amendment_of_an_amendment_strikes_both_the_newest_first(seat: Seat) -> None:
    for pressure in ("138/82", "148/82"):
        amend_newest(seat, f"{pressure} 76 98 16")
        seat.presenter.entry.give_reason("1")
    assert seat.view.rows[-1].cells[2].struck == "138/82 128/82"


def test_that_a_severity_that_was_chosen_can_be_taken_back(seat: Seat) -> None:
    seat.presenter.asking.note(NoteEvent(text="itching", severity=Severity.MILD))
    event = seat.visit.overview.events[-1]
    seat.presenter.command(f"amend:{event.uid}")
    assert seat.view.question is not None
    (ask,) = [ask for ask in seat.view.question.asks if ask.key == "severity"]
    assert ask.choices[-1] == ("-", "Not said")
    seat.answer(severity="-", reason="1")
    event = seat.visit.overview.events[-1]
    assert (event.text, event.severity) == ("itching", None)
    seat.presenter.command(f"amend:{event.uid}")
    seat.answer(at="25:00", reason="1")
    assert "25:00" in seat.view.question_problem, "a time is read as it is everywhere"
