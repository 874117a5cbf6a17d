"""The worksheet on paper."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import pickle

import pytest
from pypdf import PdfReader

from monitor.rems_form import shipped_forms
from monitor.rems_worksheet import Changed, Filed, Worksheet, worksheet
from reports.pdf.rems_sheet import render
from tests.fakes.esketamine_overview import esketamine
from tests.fakes.overview_parts import NINA, at


@pytest.fixture(scope="module")
def sheet() -> Worksheet:
    return worksheet(esketamine(), shipped_forms()[-1])


def words(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_that_every_value_stands_beside_its_source_and_the_same_gives_the_same_bytes(
    sheet: Worksheet,
) -> None:
    made = render(sheet)
    said = words(made)
    for row in sheet.rows:
        assert row.field.label.split("?")[0] in said.replace("\n", " ")
        assert row.value in said.replace("\n", " ")
    assert "reading 10:52 by Nina Kowal" in said
    assert "Not the official form" in said
    assert "Not yet filed" in said
    assert "Telephone * not answered a person says" in said.replace("\n", " ")
    assert made == render(sheet)


@pytest.mark.parametrize(("paper", "height"), [("letter", 792), ("a4", 842)])
def test_that_both_papers_hold_it(sheet: Worksheet, paper: str, height: int) -> None:
    reader = PdfReader(io.BytesIO(render(sheet, paper)))
    assert len(reader.pages) == 2
    assert round(float(reader.pages[0].mediabox.height)) == height


def test_that_a_filed_one_says_when_and_what_changed_since(sheet: Worksheet) -> None:
    filed = Filed("rems", dt.date(2026, 3, 4), "<b>Lee</b> & son", "C-771", NINA, at("13:00"))
    changed = (Changed("Sedation?", "", "yes"),)
    late = dataclasses.replace(sheet, filed=(filed,), changed=changed, filed_empty=2, approved=True)
    said = words(render(late))
    assert "Filed on 2026-03-04" in said
    assert "To be filed" not in said
    assert "Filed with 2 fields empty" in said
    assert "<b>Lee</b> & son" in said
    assert "Changed since it was filed: Sedation: filed empty, now yes." in said


def test_that_a_worksheet_can_be_sent_to_another_process(sheet: Worksheet) -> None:
    form = sheet.form
    assert pickle.loads(pickle.dumps(form)) == form  # noqa: S301 - our own
