"""One session at the audit desk: its kept reports, read and compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

from monitor.access_list import AccessRow, Happened
from monitor.errors import NotFoundError
from monitor.people import Author, Role
from monitor.version_difference import Change, Version, VersionDifference
from tests.fakes.clock import WARSAW
from tests.fakes.ketamine_overview import ketamine
from ui.presenters.audit_access import AccessFace
from ui.presenters.audit_versions import (
    NOBODY,
    NONE_KEPT,
    SAME,
    ChangeRow,
    VersionRow,
    VersionsDoors,
    VersionsPresenter,
    change_row,
)

T = TypeVar("T")
AT = dt.datetime(2026, 3, 2, 11, 40, tzinfo=dt.UTC)
NURSE = Author("nk", Role.NURSE, "Nina Kowal")
FIRST = Version(1, "draft", AT, "aa" * 32, 94_100)
SECOND = Version(1, "signed", AT + dt.timedelta(hours=1), "bb" * 32, 151_000)
AMENDED = Change(AT, NURSE, "reading", "131/84", "131/82", "typing error")


class Page:
    """Implements `VersionsView` and what the presenter asks of the world."""

    def __init__(self, *kept: Version, changes: tuple[Change, ...] = ()) -> None:
        self.kept, self.changes = kept, changes
        self.title = self.nothing = self.trouble = self.shown = ""
        self.rows: Sequence[VersionRow] = ()
        self.differs: Sequence[ChangeRow] = ()
        self.pdf = self.paper = b""
        self.papers: list[tuple[str, bytes, str]] = []
        self.printed = ""
        self.looks: tuple[AccessRow, ...] = ()
        self.seen: Sequence[AccessFace] = ()
        self.gone = False
        self.marked: str = ""
        self.compared: tuple[str, ...] = ()
        self.waiting: list[Callable[[], None]] | None = None  # work, where it is not done at once
        self.presenter = VersionsPresenter(
            self,
            VersionsDoors(
                versions=lambda _: self.kept,
                read=self._read,
                compare=self._compare,
                looks=lambda _: self.looks,
                note_print=lambda *printed: self.papers.append(printed),
                zone=WARSAW,
                run=self.run,
            ),
        )

    def _kept(self, sha256: str) -> Version:
        return next(version for version in self.kept if version.sha256 == sha256)

    def _compare(self, _session: str, one: str, other: str) -> VersionDifference:
        older, newer = sorted(map(self._kept, (one, other)), key=self.kept.index)
        return VersionDifference(older, newer, self.changes)

    def run(self, work: Callable[[], T], then: Callable[[Future[T]], None]) -> None:
        future: Future[Any] = Future()
        try:
            future.set_result(work())
        except NotFoundError as error:
            future.set_exception(error)
        if self.waiting is None:
            then(future)
        else:
            self.waiting.append(lambda: then(future))

    def _read(self, _session: str, sha256: str) -> bytes:
        if self.gone:
            raise NotFoundError("report", name=sha256[:12])
        return sha256.encode()

    def show_versions(self, title: str, rows: Sequence[VersionRow], nothing: str) -> None:
        self.title, self.rows, self.nothing = title, rows, nothing

    def show_report(self, title: str, pdf: bytes) -> None:
        self.shown, self.pdf = title, pdf

    def show_marks(self, shown: str, compared: tuple[str, ...]) -> None:
        self.marked, self.compared = shown, compared

    def show_changes(self, title: str, rows: Sequence[ChangeRow], nothing: str) -> None:
        self.shown, self.differs, self.nothing = title, rows, nothing

    def show_looks(self, title: str, rows: Sequence[AccessFace], nothing: str) -> None:
        self.shown, self.seen, self.nothing = title, rows, nothing

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        self.paper = pdf
        printed("Front desk")

    def show_printed(self, said: str, *, well: bool = True) -> None:
        self.printed = said if well else f"problem: {said}"

    def show_trouble(self, said: str) -> None:
        self.trouble = said


def test_that_the_newest_version_comes_first_and_is_read_at_once() -> None:
    page = Page(FIRST, SECOND)
    page.presenter.open(ketamine())
    assert page.title == "S-7F3A90C2 · Nowak, Anna"
    assert [row.name for row in page.rows] == ["version 1", "draft of 2026-03-02 12:40"]
    assert page.rows[0].about == "sealed, kept 2026-03-02 13:40 · 151 kB · bbbbbbbbbbbb"
    assert (page.shown, page.pdf) == ("version 1", SECOND.sha256.encode())


def test_that_an_older_version_is_printed_as_it_was_kept_and_put_on_record() -> None:
    page = Page(FIRST, SECOND)
    page.presenter.open(ketamine())
    page.presenter.print_it(FIRST.sha256)
    assert page.paper == FIRST.sha256.encode()
    assert page.papers == [(ketamine().session_id, page.paper, "Front desk")]
    assert page.printed == "Handed to the printer Front desk."
    page.gone = True
    page.presenter.print_it(FIRST.sha256)
    assert page.printed.startswith("problem: ")
    assert len(page.papers) == 1


def test_that_a_session_that_was_left_prints_nothing_but_what_was_printed_is_on_record() -> None:
    page = Page(FIRST, SECOND)
    page.presenter.open(ketamine())
    page.waiting = []
    page.presenter.print_it(FIRST.sha256)
    page.presenter.close()
    page.waiting.pop(0)()  # drawn, and nobody looks at it any more
    assert (page.paper, page.papers, page.waiting) == (b"", [], [])
    page.waiting = None
    page.presenter.open(ketamine())
    page.waiting = []
    page.presenter.print_it(FIRST.sha256)
    page.waiting.pop(0)()  # drawn, and taken by the printer; not told yet
    page.presenter.close()
    page.waiting.pop(0)()
    assert (len(page.papers), page.printed) == (1, "")


def test_that_a_session_without_a_kept_report_says_so() -> None:
    page = Page()
    page.presenter.open(ketamine())
    assert (page.rows, page.nothing, page.pdf) == ([], NONE_KEPT, b"")


def test_that_what_differs_is_told_with_old_new_reason_and_who() -> None:
    page = Page(FIRST, SECOND, changes=(AMENDED,))
    page.presenter.open(ketamine())
    page.presenter.compare(FIRST.sha256)
    assert page.shown == "From draft of 2026-03-02 12:40 to version 1: 1 written between"
    (row,) = page.differs
    assert (row.kind, row.was, row.now) == ("Reading amended", "131/82", "131/84")
    assert row.why == "typing error · Nina Kowal, 2026-03-02 11:40"


def test_that_any_two_are_compared_and_marked_with_the_one_that_is_shown() -> None:
    third = Version(2, "signed", AT + dt.timedelta(hours=2), "cc" * 32, 152_000)
    page = Page(FIRST, SECOND, third)
    page.presenter.open(ketamine())
    assert [page.marked, *page.compared] == [third.sha256]
    page.presenter.compare(FIRST.sha256)
    assert page.shown == "From draft of 2026-03-02 12:40 to version 2: 0 written between"
    assert [page.marked, *page.compared] == ["", FIRST.sha256, third.sha256]
    page.presenter.read(SECOND.sha256)
    page.presenter.compare(FIRST.sha256)
    assert [page.marked, *page.compared] == ["", FIRST.sha256, SECOND.sha256]
    page.presenter.compare(SECOND.sha256)  # with itself: nothing to say
    assert [page.marked, *page.compared] == ["", FIRST.sha256, SECOND.sha256]


def test_that_two_that_say_the_same_say_so() -> None:
    page = Page(FIRST, SECOND)
    page.presenter.open(ketamine())
    page.presenter.compare(FIRST.sha256)
    assert (page.differs, page.nothing) == ([], SAME)


def test_that_a_gap_that_was_explained_stands_in_words() -> None:
    row = change_row(Change(AT, NURSE, "explained", "slot-missed +30", reason="in the bathroom"))
    assert (row.kind, row.now) == ("Gap explained", "slot +30 was missed")
    assert change_row(Change(AT, NURSE, "clock confirmed", "")).kind == "Clock confirmed"


def test_that_a_report_that_is_gone_is_said_and_nothing_is_shown_after_leaving() -> None:
    page = Page(FIRST)
    page.gone = True
    page.presenter.open(ketamine())
    assert page.trouble.endswith(".")
    page.gone = False
    page.presenter.close()
    page.presenter.read(FIRST.sha256)
    assert page.pdf == b""


def test_that_who_looked_at_the_session_is_told_and_nobody_too() -> None:
    page = Page(FIRST)
    page.presenter.look_up()
    assert page.shown == ""  # no session is open
    page.presenter.open(ketamine())
    page.presenter.look_up()
    assert (page.seen, page.nothing) == ([], NOBODY)
    page.looks = (AccessRow("u", AT, NURSE, "desk", Happened.LOOKED, "session"),)
    page.presenter.look_up()
    assert page.shown == "Who looked at it, and what left: 1"
    assert [face.cells[2][0] for face in page.seen] == ["Looked at a session"]
