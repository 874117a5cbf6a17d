"""Marks keep apart, and lines and words make way for them; decided without a pixel."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from PySide6.QtCore import QRectF, QSizeF

from monitor.chart_page import ChartPage, Was, chart_page
from monitor.vitals import BloodPressure, Sign
from tests.fakes.overview_parts import LOCAL
from tests.fakes.visit import Visit
from ui.charts.ground import Drawn, Lane, State
from ui.charts.standing import pulse_shifts, standing
from ui.charts.through import unbroken

SIZE = QSizeF(600, 160)
HALF_MARK, MARK_TALL, HALF_PULSE = 6.2, 11.0, 4.5


def page_of(*lines: tuple[str, str]) -> ChartPage:
    """Return the page of a session with these readings, the first of them the baseline."""
    visit = Visit().started()
    for at, line in lines:
        visit.at(at).line(line)
    return chart_page(visit.overview)


@pytest.fixture(scope="module")
def close() -> ChartPage:
    """Pulse on the diastolic, just over and under it, on mean and systolic, and far away."""
    lines = ("128/80 80 98", "128/80 84 98", "128/80 76 98", "128/80 96 98", "128/80 130 98")
    page = page_of(*((f"10:{4 * n + 5:02d}", line) for n, line in enumerate(lines)))
    return dataclasses.replace(page, now=None)


@pytest.fixture
def lane(close: ChartPage) -> Lane:
    return Lane(State(close, LOCAL), 40, 200)


@pytest.mark.usefixtures("qapp")
def test_that_no_pulse_lies_on_a_mark_of_the_pressure(lane: Lane) -> None:
    shifts, scale = pulse_shifts(lane, SIZE), SIZE.height() / 160
    assert shifts == pulse_shifts(lane, SIZE)
    met = 0
    for point in lane.chart.page.points:
        pulse, aside = point.level(Sign.HEART_RATE), abs(shifts.get(point.uid, 0.0))
        assert pulse is not None
        assert point.bp is not None
        systolic, diastolic = point.bp.systolic * scale, point.bp.diastolic * scale
        beside = aside >= HALF_MARK + HALF_PULSE
        y = pulse * scale
        for foot, top in ((systolic, systolic + MARK_TALL), (diastolic - MARK_TALL, diastolic)):
            clear = y - HALF_PULSE >= top or y + HALF_PULSE <= foot
            met += not clear
            assert clear or beside, point
    assert met >= 4


@pytest.mark.usefixtures("qapp")
def test_that_a_pulse_that_meets_nothing_stays_at_its_time(lane: Lane) -> None:
    page = page_of(("10:05", "128/80 60 98"), ("10:10", "128/80 110 98"))
    lane.chart.page = dataclasses.replace(page, points=page.points[1:])
    assert pulse_shifts(lane, SIZE) == {}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("wide", [20.0, 60.0, 150.0])
def test_that_pulses_keep_their_order_however_close_the_readings(lane: Lane, wide: float) -> None:
    shifts = pulse_shifts(lane, QSizeF(wide, 160))
    state = lane.chart
    xs = [state.x(p.at) * wide / state.span + shifts.get(p.uid, 0) for p in state.page.points]
    assert all(here < there for here, there in itertools.pairwise(xs))


@pytest.mark.usefixtures("qapp")
def test_that_a_pulse_goes_to_the_left_of_what_was_amended_and_of_the_present(lane: Lane) -> None:
    page = page_of(("10:05", "128/80 80 98"), ("10:30", "128/80 80 98"))
    lane.chart.page = dataclasses.replace(page, now=page.points[-1].at)
    *_, first, second = pulse_shifts(lane, SIZE).values()
    assert first > 0 > second
    lane.chart.page = dataclasses.replace(page, now=None)
    *before, last = page.points
    *_, first, second = pulse_shifts(lane, SIZE).values()
    assert (first, second) == (12, 12)
    was = Was(dataclasses.replace(last.reading, bp=BloodPressure(182, 108)), last.at)
    points = (*before, dataclasses.replace(last, was=(was,)))
    lane.chart.page = dataclasses.replace(page, now=None, points=points)
    *_, first, second = pulse_shifts(lane, SIZE).values()
    assert (first, second) == (12, -12)


def test_that_an_upright_line_makes_way_for_what_stands_in_it() -> None:
    stand = [(90.0, 20.0, 110.0, 40.0), (95.0, 30.0, 105.0, 60.0), (120.0, 0.0, 130.0, 100.0)]
    assert list(unbroken(0, 100, 100, 1, stand)) == [(0, 20.0), (60.0, 100)]
    assert list(unbroken(0, 100, 100, 1, [(0.0, -5.0, 200.0, 105.0)])) == []
    assert list(unbroken(0, 100, 200, 1, stand)) == [(0, 100)]


class Sketch(Drawn):
    """A lane of a given height, as while it is being painted."""

    def __init__(self, lane: Lane, size: QSizeF) -> None:
        super().__init__(lane)
        self._corners = QRectF(0, 0, size.width(), size.height())


@pytest.mark.usefixtures("qapp")
def test_that_the_line_of_the_present_meets_no_last_figure() -> None:
    page = page_of(("10:05", "128/80 80 98 s4 d3"))
    last = page.points[-1]
    for (low, high), signs in {
        (0, 16): (Sign.DISSOCIATION, Sign.SEDATION),
        (40, 200): (Sign.BP, Sign.HEART_RATE),
        (85, 100): (Sign.SPO2,),
    }.items():
        drawn = Sketch(Lane(State(page, LOCAL), low, high), SIZE)
        x = drawn.time(last.at).x()
        lines = tuple(unbroken(0, SIZE.height(), x, 2, standing(drawn, *signs)))
        levels = [last.level(sign) for sign in signs]
        assert lines, "above and below there is room for it"
        for y in (drawn.time(last.at, level).y() for level in levels if level is not None):
            assert not any(top < y < foot for top, foot in lines), signs
