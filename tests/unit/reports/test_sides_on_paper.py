"""On paper, too, the mark of an alert points to the side of the limit its value lies on."""

from __future__ import annotations

import pytest

from reports.pdf.session_report import render
from reports.summary import exceptions
from tests.fakes.visit import Visit
from tests.unit.reports.reading_back import pages


@pytest.fixture
def visit() -> Visit:
    return Visit().started().at("10:10").line("122/76 72 92 16")


def test_that_exceptions_are_marked_on_the_side_of_their_limits(visit: Visit) -> None:
    assert exceptions(visit.overview)[0] == ("▼", "1 alert, 1 not acknowledged")
    visit.at("10:12").line("190/112 72 98 16")
    assert exceptions(visit.overview)[0][0] == "▲▼"


def test_that_the_sheet_and_the_table_of_alerts_mark_a_low_value_downward(visit: Visit) -> None:
    words = " ".join(pages(render(visit.overview)))
    assert "▼ A1" in words
    assert "▼ A1 10:10 92" in words
    assert "▲" not in words
