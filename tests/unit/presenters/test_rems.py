"""The room of the REMS forms: what is shown, answered, filed, handed out."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from monitor.entries import Exported, RemsAnswered, RemsFiled
from monitor.people import Author, Role
from monitor.rems import rems_stream
from monitor.rems_looking import RemsDue
from tests.fakes.views_rems import Office, PlainRemsRoom, treated
from tests.fakes.visit import Visit
from ui.presenters.rems import RemsPresenter
from ui.presenters.rems_faces import NONE_DUE, days_words, pressing


class Desk:
    """The room over one treatment."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.office, self.room = visit, Office(visit), PlainRemsRoom()
        self.presenter = RemsPresenter(self.room, self.office.doors())
        self.presenter.refresh()

    def files(self, confirmation: str, **others: str) -> None:
        """Note it under that number, whatever is empty."""
        said = {"confirmation": confirmation, "with_empty": "yes", **others}
        for key, words in said.items():
            self.presenter.filing.typed(key, words)
        self.presenter.filing.submit()

    def written(self) -> list[object]:
        with self.visit.world.transaction() as tx:
            return [each.what for each in tx.stream(rems_stream(self.visit.session_id))]


@pytest.fixture
def desk() -> Desk:
    return Desk(treated())


def test_that_the_first_due_worksheet_is_shown_and_the_look_is_noted(desk: Desk) -> None:
    (row,) = desk.room.rows
    assert (row.days, row.state, row.here) == ("7 days left", "later", True)
    assert row.more.endswith("fields without a value")
    assert desk.room.field("bp-40").shown == "150/90"
    assert desk.room.field("bp-40").source == "reading 10:50 by Nina Kowal"
    assert desk.room.field("opioids").asks == "yes-no"
    assert desk.room.field("ready").shown == "does not apply"
    assert desk.office.looks == [desk.visit.session_id]


def test_that_an_answer_is_written_and_a_refused_one_says_why_at_its_field(desk: Desk) -> None:
    desk.presenter.answer("opioids", "no")
    assert desk.room.field("opioids").value == "no"
    (written,) = desk.written()
    assert isinstance(written, RemsAnswered)
    desk.presenter.answer("middle", "x" * 501)
    assert desk.room.problems["middle"] == "The answer takes at most 500 characters; shorten it."
    assert desk.room.problems["opioids"] == ""
    assert len(desk.written()) == 1


def test_that_a_tick_is_stored_nowhere(desk: Desk) -> None:
    desk.presenter.tick("given")
    assert desk.room.field("given").copied
    desk.presenter.tick("given")
    assert not desk.room.field("given").copied
    assert desk.written() == []


def test_that_a_filing_is_noted_once_its_day_can_be(desk: Desk) -> None:
    filing = desk.presenter.filing
    filing.begin()
    assert desk.room.form.held == {"filed_on": "2026-03-02", "filed_by": "Nina Kowal"}
    filing.typed("filed_on", "2026-02-28")
    filing.submit()
    assert desk.room.form.problem == (
        "filed_on",
        "2026-02-28 is before the treatment of 2026-03-02; check the day it was filed on.",
    )
    desk.files("C-1", filed_on="2026-03-02")
    assert not desk.room.is_open
    (filed,) = desk.written()
    assert isinstance(filed, RemsFiled)
    assert desk.room.sheet is not None
    filed_so = "Filed 2026-03-02 by Nina Kowal, confirmation C-1, with 13 fields empty"
    assert (desk.room.sheet.status, desk.room.sheet.tone) == (filed_so, "overdue")
    assert desk.room.rows[0].more == "with 13 fields empty"


def test_that_what_was_noted_is_put_right_with_a_reason_and_both_are_shown(desk: Desk) -> None:
    filing = desk.presenter.filing
    filing.begin()
    desk.files("C-1")
    desk.visit.clock.advance(days=2)
    filing.begin()
    assert "reason" in {each.key for each in desk.room.form.fields}
    noted = {"filed_on": "2026-03-02", "filed_by": "Nina Kowal", "confirmation": "C-1"}
    assert desk.room.form.held == noted, "not today's"
    desk.files("C-2")
    assert desk.room.form.problem[0] == "reason"
    desk.files("C-2", reason="misread")
    assert len(desk.written()) == 2
    assert desk.room.sheet is not None
    newest, first = desk.room.sheet.filings
    said = "Nina Kowal: filed 2026-03-02 by Nina Kowal, confirmation"
    assert newest == f"2026-03-04 12:20 {said} C-2. Put right: misread"
    assert first == f"2026-03-02 12:20 {said} C-1."


def test_that_empty_fields_are_named_before_a_filing_and_one_says_that_it_was_filed_so(
    desk: Desk,
) -> None:
    filing = desk.presenter.filing
    filing.begin()
    said, *named = desk.room.form.notes["with_empty"].splitlines()
    assert said == "Fields without a value (13):"
    assert named[:2] == ["6 Is this the first treatment?", "8 Benzodiazepines?"]
    filing.submit()
    assert desk.room.form.problem == (
        "with_empty",
        "Required fields have no value (13); answer them, or tick that it was filed so.",
    )
    desk.presenter.answer("benzodiazepines", "no")
    assert "Benzodiazepines" not in desk.room.form.notes["with_empty"]
    filing.typed("with_empty", "yes")
    filing.submit()
    desk.presenter.answer("opioids", "yes")
    assert desk.room.sheet is not None
    assert desk.room.sheet.changed == "Opioids: filed empty, now yes"
    assert desk.room.done == "", "what was noted is no longer what holds"
    assert desk.room.rows[0].more == "with 12 fields empty, 1 changed since"


def test_that_what_was_typed_of_a_filing_is_there_again_and_no_tick_is(desk: Desk) -> None:
    filing = desk.presenter.filing
    filing.begin()
    filing.give_up()
    assert desk.room.done == ""
    filing.begin()
    filing.typed("confirmation", "C-77")
    filing.typed("with_empty", "yes")
    filing.give_up()
    assert desk.room.done.startswith("Not noted. What was typed stays")
    filing.begin()
    assert desk.room.form.held["confirmation"] == "C-77"
    filing.submit()
    assert desk.room.form.problem[0] == "with_empty"
    assert desk.written() == []


def test_that_a_file_is_an_entry_with_where_to_and_no_name_in_its_name(desk: Desk) -> None:
    desk.presenter.out.export()
    assert desk.room.asked == f"rems-{desk.visit.overview.code}.pdf"
    desk.presenter.out.export_to(Path("/out/rems.pdf"))
    last = desk.visit.store.entries[-1].what
    assert isinstance(last, Exported)
    assert (last.form, last.to) == ("rems", "/out/rems.pdf")
    desk.presenter.out.print_it()
    last = desk.visit.store.entries[-1].what
    assert isinstance(last, Exported)
    assert (last.form, last.to) == ("rems print", "Front desk")
    assert desk.room.done == "Handed to the printer Front desk."


def test_that_a_file_that_cannot_be_written_is_no_entry(desk: Desk) -> None:
    desk.office.full = True
    before = len(desk.visit.store.entries)
    desk.presenter.out.export_to(Path("/out/rems.pdf"))
    assert not desk.room.well
    assert desk.room.done == "The file could not be written there; choose another folder."
    assert len(desk.visit.store.entries) == before


def test_that_an_auditor_reads_and_nothing_else(desk: Desk) -> None:
    desk.office.who = Author("au", Role.AUDITOR, "Ada Unger")
    desk.presenter.refresh()
    assert desk.room.sheet is not None
    assert not desk.room.sheet.may_write
    assert not any(each.asks for each in desk.room.sheet.fields)
    assert not desk.room.may_set
    desk.presenter.filing.begin()
    assert not desk.room.is_open
    desk.presenter.versions.begin()
    assert desk.room.versions is None


def test_that_an_empty_list_says_so() -> None:
    desk = Desk(Visit("esketamine"))
    assert (desk.room.rows, desk.room.nothing) == ((), NONE_DUE)
    assert desk.room.sheet is None
    desk.presenter.out.export()
    assert desk.room.asked == ""


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (7, ("7 days left", "later")),
        (3, ("3 days left", "later")),
        (2, ("2 days left", "soon")),
        (1, ("1 day left", "soon")),
        (0, ("due today", "soon")),
        (-1, ("1 day overdue", "over")),
    ],
)
def test_that_the_days_left_press_from_two_on(left: int, words: tuple[str, str]) -> None:
    day = dt.date(2026, 3, 2)
    due = RemsDue("s", "S-1", "Nowak, Anna", day, day, left, None, 0, 0)
    assert days_words(due) == words
    assert pressing([due, dataclasses.replace(due, days_left=9)]) == (words[1] != "later")
