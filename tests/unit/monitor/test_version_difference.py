"""What was written between two versions of a session's report."""

from __future__ import annotations

import pytest

from monitor.acts import Amend, Cancel
from monitor.errors import NotFoundError
from monitor.printing import PrintReport
from monitor.signing import AddToSession, ExportReport
from monitor.version_difference import CompareVersions, Version, VersionDifference
from tests.fakes.visit import PASSWORDS, Visit

ADDED = "The escort called: the patient slept well."


class Reports:
    """A draft that left, an amendment and a reading, a second draft."""

    def __init__(self) -> None:
        self.visit = Visit().started()
        self.visit.at("10:10").line("131/82 76 97 15")
        self.export("10:12")
        row = self.visit.row("10:10")
        right = Amend(entry=row.uid, text="131/84 76 97 15", reason="typing error")
        self.visit.at("10:14").do(right)
        self.visit.at("10:20").line("134/84 77 97 15")
        self.visit.at("10:21").line("nausea mild")
        self.export("10:22")
        self.visit.at("10:30").line("133/80 75 97 15")
        self.compare = CompareVersions(self.visit.world)

    def export(self, hhmm: str) -> None:
        self.visit.at(hhmm)
        ExportReport(self.visit.world)(self.visit.session_id, self.visit.nurse)

    @property
    def kept(self) -> tuple[Version, ...]:
        return self.compare.versions(self.visit.session_id)

    def differ(self, one: int, other: int) -> VersionDifference:
        hashes = [version.sha256 for version in self.kept]
        return self.compare(self.visit.session_id, hashes[one], hashes[other])


@pytest.fixture(scope="module")
def reports() -> Reports:
    return Reports()


def test_that_every_report_that_was_kept_is_a_version(reports: Reports) -> None:
    first, second = reports.kept
    assert (first.status, second.status) == ("draft", "draft")
    assert first.kept_at == reports.visit.instant("10:12")
    assert len({first.sha256, second.sha256}) == 2
    assert first.size > 0


def test_that_it_says_what_was_written_between_and_nothing_else(reports: Reports) -> None:
    found = reports.differ(0, 1)
    assert [(each.kind, each.was, each.now) for each in found.changes] == [
        ("reading", "131/82", "131/84"),
        ("reading", "", "134/84 77 97 15"),
        ("event", "", "nausea mild"),
    ]
    amended, reading, _ = found.changes
    assert (amended.is_amendment, amended.reason) == (True, "typing error")
    assert (reading.is_amendment, reading.by) == (False, reports.visit.nurse)
    assert f"{reading.at:%H:%M}" == "10:20"


def test_that_the_older_is_the_older_in_whatever_order_they_are_named(reports: Reports) -> None:
    assert reports.differ(1, 0) == reports.differ(0, 1)
    assert reports.differ(0, 0).changes == ()


def test_that_what_is_written_in_the_same_instant_lies_between_where_it_stands() -> None:
    visit = Visit().started()
    export, compare = ExportReport(visit.world), CompareVersions(visit.world)
    visit.at("10:10").line("131/82 76 97 15")
    export(visit.session_id, visit.nurse)
    visit.line("nausea mild")
    export(visit.session_id, visit.nurse)
    visit.line("134/84 77 97 15")
    first, second = (version.sha256 for version in compare.versions(visit.session_id))
    found = compare(visit.session_id, second, first)
    assert [(each.kind, each.now) for each in found.changes] == [("event", "nausea mild")]
    assert (found.older.sha256, found.newer.sha256) == (first, second)


def test_that_a_draft_that_was_kept_late_holds_what_it_shows() -> None:
    visit = Visit().started().at("10:10")
    draw, compare = PrintReport(visit.world), CompareVersions(visit.world)
    drawn = draw.draw(visit.session_id)
    visit.line("nausea mild")
    ExportReport(visit.world)(visit.session_id, visit.nurse)
    draw.note(visit.nurse, drawn, "front desk")
    exported, printed = (version.sha256 for version in compare.versions(visit.session_id))
    found = compare(visit.session_id, exported, printed)
    assert [each.now for each in found.changes] == ["nausea mild"]
    assert found.older.sha256 == printed


def test_that_a_report_of_another_session_is_not_compared(reports: Reports) -> None:
    with pytest.raises(NotFoundError):
        reports.compare(reports.visit.session_id, reports.kept[0].sha256, "0" * 64)


def test_that_an_addendum_is_what_a_second_version_says_more() -> None:
    visit = Visit().at("09:50")
    visit.do(Cancel(reason="the patient was unwell"))
    visit.at("10:00").signed()
    visit.at("10:05").co_signed()
    seen = len(visit.session.entries)
    visit.at("10:30")
    AddToSession(visit.world)(visit.session_id, "ds", PASSWORDS["ds"], ADDED, seen=seen)
    compare = CompareVersions(visit.world)
    first, second = compare.versions(visit.session_id)
    assert (first.version, second.version) == (1, 2)
    (change,) = compare(visit.session_id, first.sha256, second.sha256).changes
    assert (change.kind, change.now, change.by) == ("addendum", ADDED, visit.prescriber)
