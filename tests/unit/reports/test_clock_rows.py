"""What was done to the clock, on paper and in the table."""

from __future__ import annotations

import csv
import io

import pytest

from monitor.overview import SessionOverview
from reports.pdf.session_report import render
from reports.sheet_rows import remarks, sheet_rows
from reports.summary import exceptions
from reports.tables import sheet_csv
from tests.fakes.computer import VisitAtComputer
from tests.fakes.overviews import ketamine
from tests.unit.reports.reading_back import text

FULL = "122/76 72 98 16 s5 d0"
WORDS = "Computer's clock jumped to 11:15, 1 h ahead; the record's did not"


@pytest.fixture
def disturbed() -> SessionOverview:
    visit = VisitAtComputer()
    visit.started("10:00").at("10:10")
    visit.line(FULL)
    visit.at("10:15").computer.jumps(hours=1)
    visit.watch()
    visit.at("10:16").answer.take_computers(visit.nurse)
    visit.at("10:20").line(FULL)
    return visit.overview


def test_that_the_clock_s_rows_stand_between_the_readings(disturbed: SessionOverview) -> None:
    rows = [row for row in sheet_rows(disturbed) if row.reading or row.clock]
    assert [row.clock.kind if row.clock else "" for row in rows] == [
        *("", "", "jumped", "confirmed", "")
    ]
    assert remarks(rows[2]) == (WORDS,)


def test_that_the_page_tells_them_under_the_time_that_the_clock_showed(
    disturbed: SessionOverview,
) -> None:
    said = text(render(disturbed))
    assert f"10:15 {WORDS}." in said
    assert "11:16 Record's clock was set from 10:16 to 11:16 (NK)." in said
    assert "11:20" in said
    assert "1 disturbance of the clock" in said


def test_that_the_table_has_them_as_rows_of_their_own(disturbed: SessionOverview) -> None:
    rows = list(csv.DictReader(io.StringIO(sheet_csv(disturbed).decode())))
    (jumped, confirmed) = [row for row in rows if row["closed"] == "clock"]
    assert (jumped["note"], jumped["by"]) == (WORDS, "")
    assert jumped["entered (local time)"] == "2026-03-02T10:15:00+01:00"
    assert confirmed["by"] == "Nina Kowal, RN"
    assert confirmed["entered (local time)"] == "2026-03-02T11:16:00+01:00"
    assert confirmed["systolic (mmHg)"] == ""


def test_that_a_quiet_clock_is_no_exception() -> None:
    assert not any("clock" in words for _, words in exceptions(ketamine()))
