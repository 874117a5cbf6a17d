"""Events at the chair: the pick list, an end with its time, and what is serious."""

from __future__ import annotations

import pytest

from monitor.acts import NoteEvent
from monitor.chart_page import chart_page
from monitor.entries import Criterion, Severity
from monitor.overview import EventView
from tests.fakes.seats import Seat
from tests.fakes.visit import Visit
from ui.presenters.door import gap_needs
from ui.presenters.event_picks import FAR, PickKind, PickRow, PicksFace
from ui.presenters.now_faces import Figure
from ui.presenters.sheet import sheet_rows
from ui.presenters.to_sign_gaps import gap_row


@pytest.fixture
def seat() -> Seat:
    return Seat(Visit().started().at("10:05"))


def picks(seat: Seat) -> PicksFace:
    assert seat.view.events is not None, "the pick list is not there"
    return seat.view.events


def here(seat: Seat) -> PickRow:
    (row,) = [row for row in picks(seat).rows if row.here]
    return row


def offer(seat: Seat, typed: str = "") -> None:
    seat.presenter.command("events:")
    if typed:
        seat.presenter.events.narrow(typed)


def noted(seat: Seat) -> list[EventView]:
    return [e for e in seat.visit.overview.events if e.kind == "event"]


def newest(seat: Seat) -> EventView:
    return noted(seat)[-1]


# --- the pick list --------------------------------------------------------------------------


def test_that_letters_narrow_the_list_and_enter_puts_the_word_into_the_line(seat: Seat) -> None:
    offer(seat, "nau")
    assert [row.words for row in picks(seat).rows] == ["Nausea", "“nau”"]
    seat.presenter.events.choose()
    assert seat.view.line == "nausea "
    assert seat.view.events is None


@pytest.mark.parametrize(("digit", "severity"), [("1", "mild"), ("2", "moderate"), ("3", "severe")])
def test_that_a_digit_says_how_bad(seat: Seat, digit: str, severity: str) -> None:
    offer(seat, "na")
    seat.presenter.events.choose(digit)
    assert seat.view.line == f"nausea {severity} "
    seat.presenter.entry.submit()
    assert newest(seat).severity is Severity(severity)
    assert newest(seat).text == f"nausea {severity}"


def test_that_a_drug_is_its_name_alone_and_no_digit_is_taken_for_it(seat: Seat) -> None:
    offer(seat, "lab")
    assert (here(seat).words, here(seat).more) == ("Labetalol", "given")
    assert not picks(seat).severities
    seat.presenter.events.choose("1")
    assert seat.view.events is not None
    seat.presenter.events.choose()
    assert seat.view.line == "labetalol "
    assert "not said" in seat.view.read.said


def test_that_whoever_works_here_can_be_told_but_not_oneself(seat: Seat) -> None:
    offer(seat, "told")
    assert [row.words for row in picks(seat).rows] == ["Told Dana Silva"]
    seat.presenter.events.choose()
    seat.presenter.entry.submit()
    assert newest(seat).text == "told Dana Silva"


def test_that_a_side_effect_of_no_list_is_noted_as_it_was_typed(seat: Seat) -> None:
    offer(seat, "fell ")
    assert here(seat).kind is PickKind.OTHER
    assert not picks(seat).severities
    seat.presenter.events.choose("2")
    assert not noted(seat), "a digit is a letter of it"
    seat.presenter.events.narrow("fell 2 times, moderate")
    seat.presenter.events.choose()
    assert newest(seat).text == "fell 2 times, moderate"
    assert newest(seat).severity is Severity.MODERATE


def test_that_a_digit_counts_only_for_an_effect_that_letters_or_arrows_chose(seat: Seat) -> None:
    offer(seat)
    assert not picks(seat).severities
    seat.presenter.events.choose("1")
    assert (seat.view.line, seat.view.events is None) == ("", False)
    seat.presenter.events.move(1)
    seat.presenter.events.choose("1")
    assert seat.view.line == "vomiting mild "


@pytest.mark.parametrize("command", ["stop", "account", "rate-scale:cadss-6"])
def test_that_the_list_goes_where_something_else_opens_and_never_comes_back_by_itself(
    seat: Seat, command: str
) -> None:
    offer(seat, "nau")
    seat.presenter.command(command)
    assert (seat.view.events, seat.presenter.events.is_open) == (None, False)
    seat.visit.line("128/82 76 98 16")
    seat.presenter.look_again()
    assert seat.view.events is None
    assert seat.view.picks_opened == 1


def test_that_the_list_is_shown_anew_but_not_opened_anew_while_it_is_there(seat: Seat) -> None:
    offer(seat, "nau")
    seat.visit.line("nausea")
    seat.presenter.look_again()
    assert len(picks(seat).rows) == 3
    assert seat.view.picks_opened == 1


def test_that_the_arrows_walk_the_list_round_and_only_six_rows_are_in_sight(seat: Seat) -> None:
    offer(seat)
    first = here(seat)
    assert len(picks(seat).rows) == 6
    whole = 6 + picks(seat).above + picks(seat).below
    seen = set()
    for _ in range(whole):
        seen.add((here(seat).kind, here(seat).value))
        seat.presenter.events.move(1)
    assert len(seen) == whole
    assert here(seat) == first
    seat.presenter.events.move(-1)
    assert picks(seat).below == 0


def test_that_a_half_typed_line_is_never_written_over(seat: Seat) -> None:
    seat.presenter.entry.typed("128/82 76")
    offer(seat, "ondansetron")
    seat.presenter.events.choose()
    assert "128/82 76" in picks(seat).problem
    seat.presenter.events.narrow("nausea")
    seat.presenter.events.choose("1")
    assert (newest(seat).text, newest(seat).severity) == ("nausea", Severity.MILD)
    assert seat.presenter.entry.text == "128/82 76"


def test_that_what_is_pressed_is_taken(seat: Seat) -> None:
    offer(seat)
    row = next(row for row in picks(seat).rows if row.value == "vomiting")
    seat.presenter.events.press(row)
    assert seat.view.line == "vomiting "


def test_that_the_row_in_hand_stays_where_something_else_is_written_meanwhile(seat: Seat) -> None:
    offer(seat)
    seat.presenter.events.move(2)
    before = here(seat)
    seat.visit.line("nausea")
    seat.presenter.look_again()
    assert here(seat) == before


def test_that_nothing_that_fits_leaves_a_name_of_nobody_untold(seat: Seat) -> None:
    offer(seat, "told nobody")
    assert picks(seat).rows == ()
    seat.presenter.events.choose()
    seat.presenter.events.move(1)
    seat.presenter.events.close()
    assert seat.view.events is None


def test_that_an_event_has_the_number_of_its_flag_wherever_it_is_listed(seat: Seat) -> None:
    seat.visit.line("nausea mild")
    seat.visit.line("dizziness")
    seat.presenter.look_again()
    flags = {mark.text: mark.number for mark in chart_page(seat.visit.overview).events}
    offer(seat)
    seat.presenter.events.move(-FAR)
    rows = [row for row in picks(seat).rows if row.kind is PickKind.OPEN]
    second, first = (str(flags[text]) for text in ("dizziness", "nausea mild"))
    assert [row.said for row in rows] == [f"{second}  Dizziness", f"{first}  Nausea mild"]
    offer(seat, first)
    assert [row.words for row in picks(seat).rows] == ["Nausea mild"]
    assert [each.said for each in seat.view.open_events] == [row.said for row in rows]


def test_that_the_number_of_a_flag_finds_its_event_whatever_it_is(seat: Seat) -> None:
    seat.visit.line("ondansetron 4 mg iv")
    seat.visit.line("nausea mild")
    seat.visit.line("nausea over")
    seat.presenter.look_again()
    drug, effect = noted(seat)[:2]
    for event, ways in ((drug, ["amend"]), (effect, ["amend", "serious"])):
        offer(seat, str(event.number))
        row = here(seat)
        assert (row.kind, row.value) == (PickKind.NOTED, event.uid)
        assert (row.said, row.more) == (f"{event.number}  {event.text.capitalize()}", "10:05")
        seat.presenter.events.choose()
        assert seat.view.question is not None
        (ask,) = seat.view.question.asks
        assert [way for way, _ in ask.choices] == ways


# --- over ---------------------------------------------------------------------------------------


def opened(seat: Seat, text: str = "nausea mild") -> str:
    seat.visit.line(text)
    seat.presenter.look_again()
    return newest(seat).uid


def test_that_an_open_effect_says_how_bad_and_since_when(seat: Seat) -> None:
    opened(seat, "nausea mild")
    seat.visit.do(NoteEvent(text="itching", severity=Severity.SEVERE))
    seat.presenter.look_again()
    assert [(each.words, each.since) for each in seat.view.open_events] == [
        ("Itching", "severe, since 10:05"),
        ("Nausea mild", "since 10:05"),
    ]


def test_that_an_open_effect_is_reached_by_keys_and_ends_when_that_is_said(seat: Seat) -> None:
    opened(seat)
    seat.visit.at("10:20")
    seat.presenter.look_again()
    offer(seat)
    seat.presenter.events.move(-1)
    assert here(seat).kind is PickKind.OPEN
    seat.presenter.events.choose()
    seat.answer(what="over")
    seat.answer(at="10:15")
    assert newest(seat).resolved == seat.visit.instant("10:15")
    assert seat.view.question is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("25:00", "no time of day"),
        ("soon", "no time of day"),
        ("10:30", "a time that has passed"),
        ("10:04", "began at 10:05"),
    ],
)
def test_that_a_time_that_cannot_be_is_said_in_its_field(seat: Seat, typed: str, said: str) -> None:
    uid = opened(seat)
    seat.visit.at("10:20")
    seat.presenter.look_again()
    seat.presenter.command(f"over:{uid}")
    seat.answer(at=typed)
    assert said in seat.view.question_problem
    assert seat.view.question_field == "at"
    assert newest(seat).resolved is None


def test_that_the_line_reads_back_what_will_be_over_and_what_cannot(seat: Seat) -> None:
    opened(seat)
    seat.presenter.entry.typed("nausea over -0m")
    assert [(c.name, c.value, c.more) for c in seat.view.read.chips] == [
        ("Over", "nausea mild", "since 10:05")
    ]
    assert seat.view.read.enter
    seat.presenter.entry.typed("nausea over @10:04")
    assert (seat.view.read.tone, seat.view.read.enter) == ("alert", "")
    seat.presenter.entry.typed("dizziness over")
    assert "No “dizziness” is open" in seat.view.read.said


def test_that_a_severity_is_read_back_beside_the_event(seat: Seat) -> None:
    seat.presenter.entry.typed("headache severe @10:01")
    assert [(c.name, c.value) for c in seat.view.read.chips] == [
        ("Event", "headache severe"),
        ("Severity", "severe"),
    ]
    assert seat.view.read.goes == "event at 10:01"


# --- serious ------------------------------------------------------------------------------------


def ticks(*criteria: Criterion) -> dict[str, str]:
    return {each.value: "yes" for each in criteria}


def test_that_an_event_is_marked_as_serious_with_all_that_is_asked(seat: Seat) -> None:
    uid = opened(seat, "headache severe")
    seat.presenter.command(f"serious:{uid}")
    assert seat.view.question is not None
    assert [ask.key for ask in seat.view.question.asks if ask.tick] == [c.value for c in Criterion]
    for answers, field in (
        ({"description": "BP 212/118"}, "death"),
        (ticks(Criterion.HOSPITALISED), "description"),
    ):
        seat.answer(**answers)
        assert seat.view.question_field == field
    seat.answer(**ticks(Criterion.HOSPITALISED), description="BP 212/118", treated="labetalol")
    said = newest(seat).serious
    assert said is not None
    assert (said.criteria, said.treated) == ((Criterion.HOSPITALISED,), "labetalol")
    assert seat.view.open_events[0].serious


def test_that_seriousness_is_taken_back_with_what_it_said_in_sight(seat: Seat) -> None:
    uid = opened(seat, "headache severe")
    seat.presenter.command(f"serious:{uid}")
    seat.answer(**ticks(Criterion.DEATH), description="none of it true")
    seat.presenter.command(f"serious:{uid}")
    assert seat.view.question is not None
    assert "none of it true" in seat.view.question.struck
    seat.answer(back="yes")
    assert seat.view.question_field == "reason"
    seat.answer(back="yes", reason="wrong patient")
    assert newest(seat).serious is None


def test_that_the_list_leads_to_a_serious_event_of_any_time(seat: Seat) -> None:
    uid = opened(seat, "headache severe")
    seat.visit.at("10:20").line("headache over")
    seat.presenter.look_again()
    offer(seat, "serious")
    seat.presenter.events.choose()
    seat.answer()
    assert seat.view.question_field == "event"
    seat.answer(event=uid)
    assert seat.view.question is not None
    assert seat.view.question.title == "Serious: Headache severe"
    assert seat.view.question.confirm == "Store: headache"
    seat.answer(**ticks(Criterion.IMPORTANT), description="x")
    assert newest(seat).serious is not None
    assert seat.view.now is not None
    assert seat.view.now.figures[-1] == Figure("Serious event", "10:05")


def test_that_only_side_effects_are_offered_as_serious_and_end_leads_to_the_last_row(
    seat: Seat,
) -> None:
    seat.visit.line("told Dr Lee")
    seat.presenter.look_again()
    seat.presenter.command("serious")
    assert not seat.presenter.question.is_open
    assert "Note the side effect first" in seat.view.problem
    uid = opened(seat, "headache severe")
    seat.visit.line("? walked to the bathroom")
    seat.presenter.look_again()
    seat.presenter.events.open()
    seat.presenter.events.move(FAR)
    seat.presenter.events.choose()
    assert seat.view.question is not None
    (which,) = seat.view.question.asks
    assert [choice for choice, _ in which.choices] == [uid]


def test_that_the_sheet_says_which_event_is_serious(seat: Seat) -> None:
    uid = opened(seat, "headache severe")
    seat.presenter.command(f"serious:{uid}")
    seat.answer(**ticks(Criterion.IMPORTANT), description="BP 212/118")
    rows = sheet_rows(seat.visit.overview, whole=True)
    (row,) = [each for each in rows if each.cells[1].words == "serious"]
    assert row.cells[2].words.startswith("headache severe: BP 212/118")


def test_that_more_of_an_event_is_asked_before_anything_is_done(seat: Seat) -> None:
    uid = opened(seat)
    seat.presenter.command(f"event-more:{uid}")
    seat.answer()
    assert seat.view.question_field == "what"
    seat.answer(what="amend")
    seat.answer(text="nausea severe", reason="worse")
    assert newest(seat).severity is Severity.SEVERE
    seat.presenter.command("event-more:nobody's")
    seat.presenter.command("over:nobody's")
    assert seat.view.question is None


def test_that_a_gap_of_an_open_event_names_it_and_asks_when_it_was_over(seat: Seat) -> None:
    seat.visit.do(NoteEvent(text="itching", severity=Severity.SEVERE))
    seat.presenter.look_again()
    overview = seat.visit.overview
    (need,) = [each for each in gap_needs(overview) if each.key.startswith("over:")]
    assert "Itching, severe, since 10:05" in need.more
    (row,) = [gap_row(g, overview) for g in overview.gaps if g.code == "event-open"]
    assert "Itching, severe, since 10:05" in row.more
    seat.presenter.command(need.key)
    assert seat.view.question is not None
    assert seat.view.question.title == "Itching, severe: over"
