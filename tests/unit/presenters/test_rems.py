"""The room of the REMS forms: what is shown, answered, filed, handed out."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from monitor.entries import Exported, RemsAnswered, RemsFiled
from monitor.people import Author, Role
from monitor.rems import rems_stream
from monitor.rems_form import shipped_forms
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


def test_that_a_filing_is_noted_and_put_right_with_a_reason(desk: Desk) -> None:
    filing = desk.presenter.filing
    filing.begin()
    assert desk.room.form.held == {"filed_on": "2026-03-02", "filed_by": "Nina Kowal"}
    filing.typed("filed_on", "2026-02-28")
    filing.submit()
    assert desk.room.form.problem == (
        "filed_on",
        "2026-02-28 is before the treatment of 2026-03-02; check the day it was filed on.",
    )
    filing.typed("filed_on", "2026-03-02")
    filing.typed("confirmation", "C-1")
    filing.submit()
    assert not desk.room.is_open
    (filed,) = desk.written()
    assert isinstance(filed, RemsFiled)
    assert desk.room.sheet is not None
    assert desk.room.sheet.status == "Filed 2026-03-02 by Nina Kowal, confirmation C-1"
    desk.visit.clock.advance(days=2)
    filing.begin()
    assert "reason" in {each.key for each in desk.room.form.fields}
    noted = {"filed_on": "2026-03-02", "filed_by": "Nina Kowal", "confirmation": "C-1"}
    assert desk.room.form.held == noted, "not today's"
    filing.typed("confirmation", "C-2")
    filing.submit()
    assert desk.room.form.problem[0] == "reason"
    filing.typed("reason", "misread")
    filing.submit()
    assert len(desk.written()) == 2


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


def test_that_a_version_is_checked_at_each_key_and_holds_once_approved(desk: Desk) -> None:
    desk.office.who = desk.visit.prescriber
    versions = desk.presenter.versions
    versions.begin()
    assert desk.room.text == shipped_forms()[-1].content
    versions.choose("rems-2021-11")
    assert desk.room.check.startswith("The text holds: 39 fields")
    text = desk.room.text.replace('fill = "bp-40"', 'fill = "bp-50"')
    versions.typed(text)
    assert not desk.room.well
    assert "there is no rule “bp-50”" in desk.room.check
    versions.typed(desk.room.text.replace("Sex", "Gender"))
    versions.approve()
    assert desk.room.check.endswith("give the changed text an id of its own.")
    versions.typed(desk.room.text)
    versions.approve()
    assert desk.room.versions is None
    assert desk.room.done == "Form version rems-2021-11 holds from now on."
    assert desk.room.sheet is not None
    assert "draft" not in desk.room.sheet.form


def test_that_a_brought_version_that_is_no_text_is_refused(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "form.toml").write_bytes(b"\xff\xfe\x00")
    desk.presenter.versions.imported(tmp_path / "form.toml")
    assert desk.room.check == "That file is no text; choose a TOML file."
    desk.presenter.versions.imported(tmp_path / "none.toml")
    assert desk.room.check == "That file could not be read; choose another one."


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
