"""The sheet as a table."""

from __future__ import annotations

import csv
import dataclasses
import io

import pytest
from hypothesis import given, strategies as st

from reports.tables import HEAD, harmless, sheet_csv
from tests.fakes.overviews import draft, ketamine
from tests.unit.reports.hostile import SHORT, spoiled

BAD = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0", "＝1+1", "－1", "  =1", "\ufeff=1", "\n+1",
)  # fmt: skip


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


@pytest.mark.parametrize("typed", BAD)
def test_that_no_cell_is_taken_for_a_formula(typed: str) -> None:
    assert harmless(typed) == f"'{typed}"
    noted = dataclasses.replace(ketamine().readings[0], note=typed)
    table = rows(sheet_csv(dataclasses.replace(ketamine(), readings=(noted,))))
    assert f"'{typed}" in [row["note"] for row in table]


@pytest.mark.parametrize("typed", ["normal", '"quoted"', "a,b", "a=b", "", "   "])
def test_that_harmless_text_stays_as_it_is(typed: str) -> None:
    assert harmless(typed) == typed


@given(st.text(max_size=30))
def test_that_text_is_kept_whole(text: str) -> None:
    assert str(harmless(text)).removeprefix("'") == text.removeprefix("'")


def test_that_numbers_stay_numbers() -> None:
    assert harmless(-3) == -3
    table = rows(sheet_csv(ketamine()))
    assert table[-1]["off due time (min)"] == "-1"
    assert table[0]["systolic (mmHg)"] == "138"
    assert table[0]["MAP, calculated (mmHg)"] == "103"


def test_that_there_is_a_row_for_each_reading_and_each_missed_slot() -> None:
    table = rows(sheet_csv(ketamine()))
    assert len(table) == len(ketamine().readings) + 1
    missed = next(row for row in table if row["closed"] == "missed")
    assert missed["slot"] == "end+30"
    assert missed["measured (local time)"] == ""
    assert missed["slot's reason"] == "in bathroom, accompanied by NK"
    assert [row["closed"] for row in rows(sheet_csv(draft()))].count("overdue") == 1


def test_that_times_are_local_with_their_offset() -> None:
    first = rows(sheet_csv(ketamine()))[1]
    assert first["measured (local time)"] == "2026-03-02T10:10:00+01:00"
    assert first["entered (local time)"] == "2026-03-02T10:11:00+01:00"


def test_that_replaced_values_stay_visible() -> None:
    assert rows(sheet_csv(ketamine()))[1]["replaced by amendment"] == "BP 165/95"


@pytest.mark.parametrize("typed", [text for text in SHORT if text != "\ud800"])
def test_that_every_row_keeps_its_columns(typed: str) -> None:
    content = sheet_csv(spoiled(ketamine(), typed))
    table = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    assert {len(row) for row in table} == {len(HEAD)}
