"""The audit desk's page on measured against entered."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

import pytest

from monitor.errors import Code, StorageError
from monitor.lateness import Lateness, lateness
from monitor.overview import SessionOverview
from monitor.searching import Progress, Wanted
from tests.fakes.ketamine_overview import ketamine
from tests.fakes.views_gate import at_once
from ui.presenters.audit_late import (
    ALL_SOON,
    LATE,
    NOT_COUNTED,
    NOTHING,
    STOPPED,
    LateDoors,
    LatePresenter,
    LateRow,
)

T = TypeVar("T")
FIRST, LAST = dt.date(2026, 3, 1), dt.date(2026, 3, 31)


class Page:
    """Implements `LateView` and what the presenter asks of the world."""

    def __init__(self, *sessions: SessionOverview) -> None:
        self.sessions, self.trouble = sessions, False
        self.people: Sequence[LateRow] = ()
        self.late: Sequence[LateRow] = ()
        self.summary = self.nothing = self.said = self.progress = self.asked = ""
        self.problem, self.well = ("", ""), True
        self.searching: float | None = None
        self.wanted: Wanted | None = None
        self.saved: list[Path] = []
        self.waiting: list[Callable[[], None]] = []
        self.papers: list[tuple[bytes, str]] = []
        doors = LateDoors(
            gather=self._gather,
            save=self._save,
            draw=lambda seen: f"sheet of {seen.sessions}".encode(),
            note_print=lambda content, printer: self.papers.append((content, printer)),
            run=self.run,
        )
        self.presenter = LatePresenter(self, doors)

    def look(self, first: str = "", last: str = "") -> None:
        self.presenter.look(first, last)
        self.end()

    def end(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()

    def run(self, work: Callable[[], T], then: Callable[[Future[T]], None]) -> None:
        self.waiting.append(lambda: at_once(work, then))

    def _gather(self, wanted: Wanted, progress: Progress) -> Lateness:
        self.wanted = wanted
        progress(0, max(1, len(self.sessions)))
        if self.trouble:
            raise StorageError(Code.STORAGE)
        return lateness(self.sessions, wanted.first or FIRST, wanted.last or LAST)

    def _save(self, path: Path, seen: Lateness) -> None:
        if path.name.startswith("full"):
            raise OSError(28, "No space left on device", str(path))
        assert seen.sessions
        self.saved.append(path)

    def show_late(
        self, people: Sequence[LateRow], late: Sequence[LateRow], said: str, nothing: str
    ) -> None:
        self.people, self.late, self.summary, self.nothing = people, late, said, nothing

    def show_searching(self, share: float | None, said: str) -> None:
        self.searching, self.progress = share, said

    def show_problem(self, field: str, said: str) -> None:
        self.problem = field, said

    def show_said(self, said: str, *, well: bool = True) -> None:
        self.said, self.well = said, well

    def ask_where(self, name: str) -> None:
        self.asked = name

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        assert pdf
        printed("Front desk")


def test_that_people_come_with_their_classes_and_everybody_last() -> None:
    page = Page(ketamine())
    page.look("2026-03-01", "2026-03-31")
    assert [row.cells[0][0] for row in page.people] == ["Nina Kowal", "Marek Baran", "Everybody"]
    everybody = page.people[-1]
    assert [upper for upper, _ in everybody.cells[1:6]] == ["19", "11", "6", "2", "–"]
    assert everybody.cells[6] == ("0 min", "9 in 10: 5 min")
    assert "Median 0 min, 9 in 10: 5 min" in everybody.said
    assert "Longest 9 min" in everybody.said
    assert page.wanted == Wanted(first=FIRST, last=LAST)


def test_that_the_late_ones_are_listed_with_both_times() -> None:
    page = Page(ketamine())
    page.look()
    assert [row.cells[2][0] for row in page.late] == ["9", "5"]
    first = page.late[0]
    assert (first.cells[0][1], first.cells[1][1]) == ("11:07", "11:16")
    assert first.cells[4][0] == "Reading: slot +15"
    assert page.late[1].cells[4][0] == "Event: ondansetron 4 mg IV"
    assert page.summary.startswith("19 entries in 1 session, 2026-03-01 to 2026-03-31: 2 were made")


def test_that_before_the_first_look_it_is_said_what_to_do() -> None:
    page = Page()
    assert (page.people, page.late, page.nothing) == ((), (), NOT_COUNTED)


def test_that_nothing_late_and_nothing_at_all_are_said() -> None:
    soon = dataclasses.replace(ketamine(), readings=ketamine().readings[:2], events=(), scores=())
    page = Page(soon)
    page.look()
    assert (page.nothing, page.late) == (ALL_SOON, [])
    assert f"0 were made {LATE} minutes late" in page.summary
    page = Page()
    page.look()
    assert (page.nothing, page.people) == (NOTHING, [])


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("1.3.2026", "", "first_day"),
        ("", "2026-02-30", "last_day"),
        ("2026-03-02", "2026-03-01", "last_day"),
    ],
)
def test_that_days_that_make_no_sense_are_said_at_their_field(
    first: str, last: str, field: str
) -> None:
    page = Page(ketamine())
    page.look(first, last)
    assert page.problem[0] == field
    assert page.problem[1].endswith(".")
    assert page.wanted is None


def test_that_it_is_saved_under_the_days_as_table_or_pdf() -> None:
    page = Page(ketamine())
    page.presenter.ask_where(".csv")
    assert (page.asked, page.well) == ("", False)
    page.look()
    page.presenter.ask_where(".pdf")
    assert page.asked == "entered-late-2026-03-01-to-2026-03-31.pdf"
    page.presenter.save(Path("/media/late.pdf"))
    page.end()
    assert page.saved == [Path("/media/late.pdf")]
    assert page.said == "Saved to /media/late.pdf."
    page.presenter.save(Path("/media/full.csv"))
    page.end()
    assert (page.said, page.well) == (
        "/media/full.csv cannot be written: No space left on device.",
        False,
    )


def test_that_what_was_counted_is_printed_and_put_on_record() -> None:
    page = Page(ketamine())
    page.presenter.print_it()
    assert (page.papers, page.well) == ([], False)
    page.look()
    page.presenter.print_it()
    page.end()
    assert page.papers == [(b"sheet of 1", "Front desk")]
    assert (page.said, page.well) == ("Handed to the printer Front desk.", True)


def test_that_a_page_that_is_gone_prints_nothing_but_what_was_printed_is_on_record() -> None:
    page = Page(ketamine())
    page.look("2026-03-01", "2026-03-31")
    page.presenter.print_it()
    page.waiting.pop(0)()  # drawn, and taken by the printer; not noted yet
    page.presenter.close()
    page.end()
    assert (len(page.papers), page.said) == (1, "")
    page.presenter.print_it()
    page.end()
    assert len(page.papers) == 1


def test_that_a_count_can_be_stopped_and_trouble_is_said() -> None:
    page = Page(ketamine())
    page.presenter.look("", "")
    page.presenter.on_step(1, 4)
    assert (page.searching, page.progress) == (0.25, "1 of 4 looked at")
    page.presenter.stop()
    page.end()
    assert (page.said, page.people, page.searching) == (STOPPED, (), None)
    page.trouble = True
    page.look()
    assert not page.well
