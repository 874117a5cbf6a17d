"""Counting the pages of a finished report."""

from __future__ import annotations

import pytest

from monitor.errors import Code, InputError
from reports.pages import page_count
from reports.pdf.session_report import render
from tests.fakes.overviews import extreme


def test_that_pages_are_counted() -> None:
    assert page_count(render(extreme())) == 5


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.4\n%%EOF"])
def test_that_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(InputError) as refused:
        page_count(content)
    assert refused.value.code is Code.UNREADABLE
