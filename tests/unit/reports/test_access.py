"""Who looked at what, as a table and on paper."""

from __future__ import annotations

import csv
import dataclasses
import io

import pytest
from pypdf import PdfReader

from monitor.access_list import AccessList
from reports.pdf import access_sheet
from reports.pdf.access_sheet import render
from reports.whole_tables import access_csv
from reports.whole_tables.writing import MARK
from tests.unit.reports.looked import LISTED

CLINIC = ("Riverside Clinic", "12 River Street", "ab" * 32)


def words(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def rows(listed: AccessList) -> list[dict[str, str]]:
    text = access_csv(listed).decode("utf-8")
    assert text.startswith(MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK), newline="")))


def test_that_the_table_says_who_when_what_where_to_and_the_hash() -> None:
    exported, patient, _, refused = rows(LISTED)
    assert exported["at"] == "2026-03-02T12:30:00+01:00"
    assert (exported["kind"], exported["what"]) == ("exported", "pdf")
    assert exported["in_words"] == "Report exported"
    assert (exported["session"], exported["report_version"]) == ("S-7F3A90C2", "2")
    assert (exported["to"], exported["sha256"]) == ("/media/audit/report.pdf", "ab" * 32)
    assert (patient["record_number"], patient["report_version"]) == ("100234", "")
    assert (patient["user"], patient["role"], patient["station"]) == ("nk", "nurse", "desk")
    assert refused["refused_because"] == "not-signed"


def test_that_no_cell_of_it_is_run_as_a_formula() -> None:
    exported, _, searched, _ = rows(LISTED)
    assert exported["name"] == "'=Uwe Auer"
    assert searched["asked"] == "'@SUM(A1)"


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_that_the_sheet_says_the_same_and_what_was_asked_for(paper: str) -> None:
    said = words(render(LISTED, *CLINIC, paper))
    for expected in (
        "Who looked at what",
        "2026-03-01 to today · 4 rows",
        "Report exported",
        "to /media/audit/report.pdf",
        "record number 100234",
        "Co-signature refused",
        "2026-03-02 12:30",
        "abababababab",
        "Times are those of this computer's time zone, here UTC+01:00.",
    ):
        assert expected in said


def test_that_no_rows_and_too_many_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "No rows" in words(render(dataclasses.replace(LISTED, rows=()), *CLINIC))
    monkeypatch.setattr(access_sheet, "MOST", 3)
    said = words(render(LISTED, *CLINIC))
    assert "the newest 3 of 4" in said
    assert "Co-signature refused" not in said  # the fourth
