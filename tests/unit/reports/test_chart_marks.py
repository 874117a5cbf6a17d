"""The chart on paper draws every kind of mark that a page can hold, and never two alike."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from monitor.chart_page import ChartPage
from reports.pdf import faces
from reports.pdf.chart import SessionChart
from reports.pdf.pen import Pen
from reports.pdf.session_report import render
from tests.fakes.crowded_overview import (
    BANDS,
    alert_states,
    clocks_go_back,
    crowded,
    kinds,
    marked,
    moved,
    slot_states,
)
from tests.fakes.overview_parts import LOCAL
from tests.unit.reports.reading_back import pages


def drawn(page: ChartPage) -> bytes:
    """Return the drawing, as it stands in the file."""
    faces.load()
    into = io.BytesIO()
    canvas = Canvas(into, initialFontName=faces.TEXT, invariant=True, pageCompression=0)
    chart = SessionChart(Pen(), page, LOCAL)
    chart.wrap(1000, 1000)
    chart.drawOn(canvas, 0, 0)
    canvas.save()
    return into.getvalue()


def test_that_every_kind_of_mark_is_drawn() -> None:
    unseen = []
    for kind in kinds():
        page = dataclasses.replace(marked(), band=BANDS.get(kind, "infusion"))
        assert getattr(page, kind), f"the sample has no {kind}"
        if drawn(page) == drawn(moved(page, kind)):
            unseen.append(kind)
    assert unseen == []


@pytest.mark.parametrize("states", [slot_states, alert_states])
def test_that_no_two_states_are_drawn_alike(states: Callable[[], list[ChartPage]]) -> None:
    assert len({drawn(page) for page in states()}) == len(states())


def test_that_midnight_and_a_change_of_the_clocks_are_said() -> None:
    assert "2026-03-03" in pages(render(crowded()))[0]
    assert "clock back 60 min" in pages(render(clocks_go_back()))[0]


def test_that_ratings_and_severities_stand_on_the_chart() -> None:
    first = pages(render(crowded()))[0]
    assert "CADSS-6 9 of 24" in first
    assert "CADSS-6 4 of 6 answered" in first
    assert "moderate" in first
