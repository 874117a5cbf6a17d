"""The audit desk's page of sessions: what is asked for, found, drawn and saved."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

import pytest

from monitor.errors import Code, InputError, StorageError
from monitor.overview import SessionOverview
from monitor.searching import Progress, Wanted
from tests.fakes.esketamine_overview import esketamine
from tests.fakes.ketamine_overview import ketamine
from tests.fakes.views_gate import at_once
from ui.presenters.audit_asked import Asked, SessionRow, found_choices, in_words, wanted_of
from ui.presenters.audit_sessions import (
    NOT_LOOKED,
    NOTHING_FOUND,
    NOTHING_YET,
    STOPPED,
    Choices,
    SessionsDoors,
    SessionsPresenter,
)
from ui.wording.fields import GAPS

T = TypeVar("T")
MANY = tuple(
    dataclasses.replace(ketamine(), session_id=f"s-{n}", code=f"S-0000000{n}") for n in range(9)
)


class Page:
    """Implements `SessionsView` and what the presenter asks of the world."""

    def __init__(self, found: Sequence[SessionOverview] = MANY) -> None:
        self.found: Sequence[SessionOverview] | Exception = found
        self.rows: Sequence[SessionRow] = ()
        self.count = self.nothing = self.said = self.seed = self.asked_where = ""
        self.problem = ("", "")
        self.searching: float | None = None
        self.noted: list[tuple[str, str]] = []
        self.saved: list[tuple[Path, int]] = []
        self.waiting: list[Callable[[], None]] = []
        self.held = False
        self.presenter = SessionsPresenter(
            self,
            SessionsDoors(
                search=self._search,
                choices=lambda: Choices((("1", "Chair 1"),), (), found_choices([])),
                note=lambda what, asked: self.noted.append((what, asked)),
                save=self._save,
                chance=lambda: "4711",
                run=self.run,
            ),
        )
        self.wanted = Wanted()

    def run(self, work: Callable[[], T], then: Callable[[Future[T]], None]) -> None:
        if self.held:
            self.waiting.append(lambda: at_once(work, then))
        else:
            at_once(work, then)

    def _search(self, wanted: Wanted, progress: Progress) -> tuple[SessionOverview, ...]:
        self.wanted = wanted
        if isinstance(self.found, Exception):
            raise self.found
        for done in range(len(self.found)):
            progress(done, len(self.found))
        return tuple(self.found)

    def _save(self, path: Path, shown: Sequence[SessionOverview]) -> None:
        if path.name == "full.csv":
            raise OSError(28, "No space left on device", str(path))
        self.saved.append((path, len(shown)))

    def show_choices(self, choices: Choices) -> None:
        self.choices = choices

    def show_sessions(self, rows: Sequence[SessionRow], count: str, nothing: str) -> None:
        self.rows, self.count, self.nothing = rows, count, nothing

    def show_searching(self, share: float | None, said: str) -> None:
        self.searching, self.progress = share, said

    def show_problem(self, field: str, said: str) -> None:
        self.problem = field, said

    def show_said(self, said: str, *, well: bool = True) -> None:
        self.said, self.well = said, well

    def put_seed(self, seed: str) -> None:
        self.seed = seed

    def ask_where(self, name: str) -> None:
        self.asked_where = name


def test_that_what_there_is_is_shown_at_first_with_what_can_be_chosen() -> None:
    page = Page()
    page.presenter.refresh()
    assert (len(page.rows), page.count) == (9, "9 sessions")
    assert page.choices.chairs == (("1", "Chair 1"),)
    page.found = ()
    page.presenter.refresh()  # what is shown stays: nobody asked for anything else
    assert len(page.rows) == 9


def test_that_a_row_says_whose_what_by_whom_and_what_is_odd() -> None:
    page = Page([esketamine()])
    page.presenter.search(Asked())
    (row,) = page.rows
    for expected in ("2026-03-02", "S-19D4E6B0", "chair 1", "Okafor, Daniel", "co-signed"):
        assert expected in row.said
    assert row.cells[-1][1].endswith(("alert", "alerts"))


def test_that_what_is_typed_becomes_what_is_asked_for() -> None:
    page = Page()
    page.presenter.search(
        Asked("2026-03-01", "2026-03-31", "2", "kowal", "iv", "closed", "gap slot-missed")
    )
    days = dt.date(2026, 3, 1), dt.date(2026, 3, 31)
    assert page.wanted == Wanted(*days, "2", "kowal", "iv", "closed", "slot-missed")
    words = "2026-03-01 to 2026-03-31, chair 2, person kowal, protocol iv, state closed"
    assert page.noted == [("search", f"{words}, gap slot-missed")]


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("", Wanted()),
        ("alert any", Wanted(alert="any")),
        ("alert bp-high", Wanted(alert="bp-high")),
        ("gap open", Wanted(unexplained=True)),
        ("gap overrun", Wanted(gap="overrun")),
    ],
)
def test_that_each_thing_found_is_asked_for_as_it_is_meant(found: str, wanted: Wanted) -> None:
    assert wanted_of(Asked(found=found)) == wanted
    assert in_words(Asked()) == "all days"


def test_that_every_gap_can_be_asked_for_in_words() -> None:
    offered = dict(found_choices([("bp-high", "bp high")]))
    assert {f"gap {code}" for code in GAPS if " " not in code} <= offered.keys()
    assert offered["alert bp-high"] == "Alert: bp high"
    assert not any("{" in words or "()" in words for words in offered.values())
    assert offered["gap slot-overdue"] == "Gap: an observation is overdue"
    assert offered["gap vial-open"] == "Gap: nothing is said of the rest of a vial"
    assert offered["gap devices-left"] == "Gap: nothing is said of some of the devices ordered"
    assert not any(words.endswith((",", " of", " though")) for words in offered.values())


@pytest.mark.parametrize(
    ("asked", "field", "code"),
    [
        (Asked(first="1.3.2026"), "first_day", Code.NOT_UNDERSTOOD),
        (Asked(first="20260301"), "first_day", Code.NOT_UNDERSTOOD),
        (Asked(last="2026-02-30"), "last_day", Code.NOT_UNDERSTOOD),
        (Asked("2026-03-02", "2026-03-01"), "last_day", Code.OUT_OF_RANGE),
    ],
)
def test_that_days_that_make_no_sense_are_said_at_their_field(
    asked: Asked, field: str, code: Code
) -> None:
    with pytest.raises(InputError) as caught:
        wanted_of(asked)
    assert (caught.value.field, caught.value.code) == (field, code)
    page = Page()
    page.presenter.search(asked)
    assert page.problem[0] == field
    assert page.problem[1].endswith(".")
    assert page.noted == []


def test_that_what_another_question_found_does_not_stand_under_one_that_is_refused() -> None:
    page = Page()
    page.presenter.refresh()
    page.presenter.draw("3", "4711")
    page.presenter.search(Asked(first="abc"))
    assert (page.rows, page.count, page.nothing) == ((), "", NOT_LOOKED)
    page.presenter.ask_where()
    assert page.asked_where == ""
    page.presenter.draw("3", "4711")
    assert page.rows == []


def test_that_nothing_found_says_what_to_loosen() -> None:
    page = Page(())
    page.presenter.search(Asked())
    assert page.nothing == NOTHING_YET
    page.presenter.search(Asked(chair="9"))
    assert page.nothing == NOTHING_FOUND


def test_that_a_sample_is_the_same_for_the_same_seed_and_is_noted() -> None:
    page = Page()
    page.presenter.search(Asked())
    page.presenter.draw("3", "42")
    first = [row.session_id for row in page.rows]
    page.presenter.all()
    assert len(page.rows) == 9
    page.presenter.draw("3", "42")
    assert [row.session_id for row in page.rows] == first
    assert page.count == "3 sessions of 9, a sample"
    assert page.noted[-1] == ("sample", "seed 42, 3 of 9")
    assert "seed 42" in page.said


def test_that_without_a_seed_one_is_drawn_and_shown() -> None:
    page = Page()
    page.presenter.search(Asked())
    page.presenter.draw("2", " ")
    assert page.seed == "4711"
    page.presenter.draw("99", "")
    assert page.said.startswith("That is all there are: 9.")


@pytest.mark.parametrize("count", ["", "0", "-3", "ten", "1.5", "1000000"])
def test_that_a_sample_of_no_number_is_refused(count: str) -> None:
    page = Page()
    page.presenter.search(Asked())
    page.presenter.draw(count, "42")
    assert page.problem[0] == "count"
    assert len(page.rows) == 9


def test_that_what_is_shown_is_saved_under_a_name_without_patients() -> None:
    page = Page()
    page.presenter.ask_where()
    assert page.asked_where == ""
    page.presenter.search(Asked())
    page.presenter.draw("4", "42")
    page.presenter.ask_where()
    assert page.asked_where == "sample-4-of-9-seed-42.csv"
    page.presenter.save(Path("/media/sample-4.csv"))
    assert page.saved == [(Path("/media/sample-4.csv"), 4)]
    assert page.said == (
        "Saved to /media/sample-4.csv: 4 sessions (seed 42, 4 of 9). It names patients."
    )
    page.presenter.draw("4", "Nowak")
    page.presenter.ask_where()
    assert page.asked_where == "sample-4-of-9.csv"
    page.presenter.save(Path("/media/full.csv"))
    assert "No space left" in page.said
    assert not page.well
    assert len(page.saved) == 1


def test_that_a_search_can_be_stopped_and_another_one_takes_its_place() -> None:
    page = Page()
    page.presenter.search(Asked())
    page.held, before = True, page.rows
    page.presenter.search(Asked(chair="1"))
    page.presenter.on_step(3, 9)
    assert page.searching == pytest.approx(1 / 3)
    assert page.progress == "3 of 9 looked at"
    page.presenter.stop()
    page.waiting.pop()()
    assert (page.said, page.rows, page.searching) == (STOPPED, before, None)
    page.presenter.search(Asked(chair="1"))
    page.found = MANY[:2]
    page.presenter.search(Asked(chair="2"))
    for do in page.waiting:
        do()
    assert len(page.rows) == 2


def test_that_a_record_that_cannot_be_read_is_said() -> None:
    page = Page()
    page.found = StorageError(Code.STORAGE)
    page.presenter.search(Asked())
    assert page.said.endswith(".")
    assert page.searching is None
