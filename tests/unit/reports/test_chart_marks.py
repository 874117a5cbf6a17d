"""The chart on paper draws every kind of mark that a page can hold, and never two alike."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas
from typing_extensions import override

from monitor.chart_page import ChartPage, chart_page
from monitor.overview import SessionOverview
from reports.pdf import faces
from reports.pdf.chart import SessionChart
from reports.pdf.chart.ground import Box, Ground
from reports.pdf.look import Types
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
from tests.fakes.visit import Visit
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


def every(minutes: int, count: int) -> SessionOverview:
    """An infusion with so many readings, each with a systolic of its own."""
    visit = Visit().started("10:00")
    for number in range(1, count + 1):
        visit.at(f"10:{number * minutes:02}").line(f"{180 + number}/80 76 97 15 s5 d0")
    return visit.overview


def figures(overview: SessionOverview) -> set[int]:
    """The systolic figures that stand on the chart: in the table each is before a stroke."""
    found = re.findall(r"(?<![/\d:])(?:1[89]|20)\d(?![/\d:])", " ".join(pages(render(overview))))
    return set(map(int, found)) & set(range(181, 180 + len(overview.readings)))


def test_that_figures_stand_where_there_is_room_for_them_however_many_there_are() -> None:
    assert figures(every(2, 19)) == set(range(181, 200))
    assert figures(every(1, 19)) == {199}, "of readings a minute apart the highest alone"


def test_that_the_line_of_the_present_stops_for_the_last_figures() -> None:
    page = chart_page(every(10, 4))
    cleared = list[Box]()

    class Watched(Ground):
        @override
        def blank(self, box: Box) -> None:
            cleared.append(box)

    faces.load()
    ground = Watched(Canvas(io.BytesIO(), initialFontName=faces.TEXT), Pen(), page, LOCAL)
    last = ground.x(page.points[-1].at)
    assert page.now == page.points[-1].at
    ground.put_clear(last, 50, "97", Types.MARK)
    ground.put_clear(last - 30, 50, "97", Types.MARK)
    ((left, foot, right, top),) = cleared
    assert left < last < right
    assert foot < 50 < top
