"""Pages: how many a finished report has, and what fits on them."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from monitor.errors import Code, InputError
from reports import pdf
from reports.pages import page_count
from reports.pdf.look import MEASURE
from reports.pdf.parts import Column
from reports.pdf.session_report import render
from tests.fakes.overviews import extreme


def test_that_pages_are_counted() -> None:
    assert page_count(render(extreme())) == 5


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.4\n%%EOF"])
def test_that_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(InputError) as refused:
        page_count(content)
    assert refused.value.code is Code.UNREADABLE


def test_that_no_table_is_wider_than_the_page() -> None:
    """Every tuple of columns that stands in a module of the papers."""
    widths = {}
    for found in pkgutil.walk_packages(pdf.__path__, f"{pdf.__name__}."):
        for name, value in vars(importlib.import_module(found.name)).items():
            if isinstance(value, tuple) and value and all(isinstance(c, Column) for c in value):
                widths[f"{found.name}.{name}"] = sum(column.width for column in value)
    assert {name: wide for name, wide in widths.items() if wide > MEASURE} == {}
    assert len(widths) > 12
