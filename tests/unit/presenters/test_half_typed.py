"""Half-typed lines: none is lost, none is stored twice, whatever is begun or asked between."""

from __future__ import annotations

import pytest

from monitor.entries import Severity
from tests.fakes.seats import Seat
from tests.fakes.visit import Visit
from ui.presenters.kept_lines import KeptLine, kept_words

FULL = "128/82 76 98 16 s5 d0"


@pytest.fixture
def seat() -> Seat:
    return Seat(Visit().started().at("10:20"))


def lines(seat: Seat) -> tuple[str, ...]:
    return seat.presenter.entry.lines


def test_that_nothing_is_begun_while_a_reason_is_asked(seat: Seat) -> None:
    seat.type("128/82 76")
    assert seat.view.why
    seat.presenter.command("begin:? ")
    assert seat.presenter.entry.text == "128/82 76"
    assert lines(seat) == ("128/82 76",)
    seat.presenter.entry.give_reason("refused")
    assert len(seat.visit.overview.readings) == 2
    assert lines(seat) == ()


def test_that_every_line_that_was_begun_between_comes_back(seat: Seat) -> None:
    line = seat.presenter.entry
    line.typed("128/8")
    seat.presenter.command("begin:? ")
    line.typed("? walked")
    seat.presenter.command("begin:told ")
    line.typed("told Dr Lee")
    assert lines(seat) == ("128/8", "? walked", "told Dr Lee")
    line.submit()
    assert (seat.view.line, lines(seat)) == ("? walked", ("128/8", "? walked"))
    line.submit()
    assert (seat.view.line, lines(seat)) == ("128/8", ("128/8",))
    texts = [event.text for event in seat.visit.overview.events]
    assert texts[-2:] == ["told Dr Lee", "walked"]


def test_that_a_word_that_was_only_put_there_is_no_line_to_keep(seat: Seat) -> None:
    seat.presenter.command("begin:? ")
    seat.presenter.command("begin:told ")
    assert lines(seat) == ()
    seat.presenter.entry.cancel()
    assert seat.view.line == ""


def test_that_the_line_and_the_fields_are_both_kept(seat: Seat) -> None:
    line = seat.presenter.entry
    line.typed("128/8")
    assert line.swap() == ""
    line.typed("131/84 - - -")
    assert lines(seat) == ("128/8", "131/84 - - -")
    assert line.swap() == "128/8"
    assert set(lines(seat)) == {"128/8", "131/84 - - -"}


def test_that_an_amendment_is_none_of_them_and_leaves_the_others(seat: Seat) -> None:
    seat.visit.line(FULL)
    seat.presenter.look_again()
    line = seat.presenter.entry
    line.typed("128/8")
    line.swap()
    line.typed("131/84 - - -")
    seat.presenter.command(f"amend:{seat.view.rows[-1].uid}")
    line.typed("138/8")
    assert lines(seat) == ("128/8", "131/84 - - -")
    line.swap()
    line.typed("138/82")
    line.cancel()
    assert lines(seat) == ("128/8", "131/84 - - -"), "of the amendment nothing is left"


def test_that_a_note_between_gives_the_amendment_back(seat: Seat) -> None:
    seat.visit.line(FULL)
    seat.presenter.look_again()
    line, (one, other) = seat.presenter.entry, (row.uid for row in seat.view.rows[-2:])
    seat.presenter.command(f"amend:{one}")
    line.typed("138/8")
    seat.presenter.command("begin:? ")
    assert (seat.view.line, seat.view.amended) == ("? ", ("", ""))
    line.typed("? walked")
    seat.presenter.command(f"amend:{other}")
    line.typed("129/82 76 98 16 s5 d0")
    assert lines(seat) == ("? walked",), "an amendment is no line of a new entry"
    line.submit()
    line.give_reason("digits transposed")
    assert (seat.view.line, seat.view.amended) == ("? walked", ("", ""))
    line.submit()
    assert seat.visit.overview.events[-1].text == "walked"
    assert seat.view.line == "138/8"
    assert seat.view.amended[0], "and what it is to replace stands above it"
    line.typed("138/82 76 98 16 s5 d0")
    line.submit()
    line.give_reason("digits transposed")
    assert {row.uid for row in seat.visit.overview.readings if row.replaced} == {one, other}
    assert (seat.view.line, seat.view.amended) == ("", ("", ""))


def test_that_the_same_amendment_once_more_keeps_what_was_typed(seat: Seat) -> None:
    uid = seat.view.rows[-1].uid
    for _ in range(2):
        seat.presenter.command(f"amend:{uid}")
        seat.presenter.entry.typed("138/8")
    seat.presenter.command(f"amend:{uid}")
    assert seat.view.line == "138/8"
    seat.presenter.entry.cancel()
    assert (seat.view.line, seat.view.amended) == ("", ("", ""))


def kept(seat: Seat, *lines: str) -> Seat:
    """Let these have been kept and given back."""
    seat.presenter.give_back(KeptLine(lines, seat.visit.instant("10:19")))
    assert "kept from 10:19" in seat.view.notice
    return seat


@pytest.mark.parametrize("edits", [("",), ("128/8", "128/", "12", "1", ""), ("1",), ("? walked",)])
def test_that_the_notice_goes_with_the_line(seat: Seat, edits: tuple[str, ...]) -> None:
    kept(seat, "128/82")
    seat.presenter.notices.tell("The computer slept.")
    for edit in edits:
        assert "kept from 10:19" in seat.view.notice
        seat.presenter.entry.typed(edit)
    assert seat.view.notice == "The computer slept."


def test_that_the_notice_stays_while_the_line_is_gone_on_with_or_waits(seat: Seat) -> None:
    kept(seat, "128/8")
    seat.presenter.entry.typed("128/82 76")
    seat.presenter.command("begin:? ")
    seat.presenter.entry.typed("? walked")
    assert "kept from 10:19" in seat.view.notice
    seat.presenter.entry.submit()
    assert seat.view.line == "128/82 76"
    assert "kept from 10:19" in seat.view.notice
    seat.type("128/82 76 98 16 s5 d0")
    assert seat.view.notice == ""


def test_that_the_notice_stays_until_the_last_of_several_is_gone(seat: Seat) -> None:
    kept(seat, "128/8", "? walked")
    seat.presenter.entry.submit()
    assert seat.view.line == "128/8"
    assert "kept from 10:19" in seat.view.notice
    seat.presenter.entry.cancel()
    assert seat.view.notice == ""


def test_that_several_lines_are_given_back_with_a_word(seat: Seat) -> None:
    seat.presenter.give_back(KeptLine(("128/8", "? walked"), seat.visit.instant("10:19")))
    assert seat.view.line == "? walked"
    assert lines(seat) == ("128/8", "? walked")
    assert seat.view.notice.startswith("2 lines, one after the other, were kept from 10:19;")
    assert kept_words("10:19").startswith("The line was kept from 10:19; nothing of it")


def test_that_the_pick_list_leaves_an_amendment_as_it_is(seat: Seat) -> None:
    seat.presenter.command(f"amend:{seat.view.rows[-1].uid}")
    seat.presenter.entry.typed("138/8")
    seat.presenter.command("events:told")
    seat.presenter.events.choose()
    assert seat.view.events is not None
    assert "138/8" in seat.view.events.problem
    seat.presenter.events.narrow("nausea")
    seat.presenter.events.choose("1")
    event = seat.visit.overview.events[-1]
    assert (event.text, event.severity) == ("nausea", Severity.MILD)
    assert seat.view.amended[0]


@pytest.mark.parametrize("key", ["miss:", "acknowledge:"])
def test_that_f3_and_f8_wait_for_what_is_asked_or_picked(seat: Seat, key: str) -> None:
    seat.visit.line("190/111 76 98 16 s5 d0")
    seat.visit.at("10:45")
    seat.presenter.look_again()
    seat.presenter.command("cancel")
    asked = seat.view.question
    assert asked is not None
    seat.presenter.command(key)
    assert seat.view.question is asked
    seat.presenter.question.cancel()
    seat.presenter.command("events:itch")
    seat.presenter.command(key)
    assert seat.presenter.events.is_open
    assert not seat.presenter.question.is_open
    seat.presenter.events.close()
    seat.presenter.command(key)
    assert seat.presenter.question.is_open
