"""Measured against entered, as a table and on paper."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io

import pytest
from pypdf import PdfReader

from monitor.lateness import Lateness, lateness
from reports.lateness import HEAD, lateness_csv
from reports.pdf.lateness_sheet import MOST, render
from tests.fakes.ketamine_overview import ketamine

FIRST, LAST = dt.date(2026, 3, 1), dt.date(2026, 3, 31)
CLINIC = ("Riverside Clinic", "12 River Street", "ab" * 32)


def seen() -> Lateness:
    return lateness([ketamine()], FIRST, LAST)


def words(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_that_the_table_has_a_row_for_each_entry_and_no_formula() -> None:
    first, *others = seen().lags
    spoiled = dataclasses.replace(seen(), lags=(dataclasses.replace(first, what="=1+1"), *others))
    rows = list(csv.DictReader(io.StringIO(lateness_csv(spoiled).decode(), newline="")))
    assert tuple(rows[0]) == HEAD
    assert len(rows) == seen().all.entries
    assert rows[0]["which"] == "'=1+1"
    assert rows[0]["measured (local time)"] == "2026-03-02T11:07:00+01:00"
    assert (rows[0]["minutes between"], rows[0]["user"]) == ("9", "mb")


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_that_the_sheet_names_people_classes_and_the_late_ones(paper: str) -> None:
    said = words(render(seen(), *CLINIC, paper))
    for expected in ("Measured and entered", "from 2026-03-01 to 2026-03-31", "5 to 14 min"):
        assert expected in said
    assert "reading, slot +15" in said
    assert "event: ondansetron 4 mg IV" in said
    assert "reading, slot 10\n" not in said  # a minute later is not late


def test_that_nothing_to_show_is_said() -> None:
    said = words(render(lateness([], FIRST, FIRST), *CLINIC))
    assert "No entries" in said
    assert "on 2026-03-01" in said


def test_that_a_long_list_is_cut_and_says_so() -> None:
    late = seen().lags[0]
    many = dataclasses.replace(seen(), lags=(late,) * (MOST + 1))
    assert f"the latest {MOST} of {MOST + 1}" in words(render(many, *CLINIC))
