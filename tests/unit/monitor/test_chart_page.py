"""The chart as data."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

from hypothesis import given, strategies as st

from monitor.chart_axes import BLOOD_PRESSURE, SPO2
from monitor.chart_page import LimitLine, OffScale, RunKind, chart_page
from monitor.schedule import SlotState
from monitor.vitals import BloodPressure, Sign
from tests.fakes.overview_parts import at
from tests.fakes.overviews import esketamine, extreme, ketamine


def test_that_points_stand_at_the_measured_instant() -> None:
    page = chart_page(ketamine())
    assert [point.at for point in page.points] == [r.measured for r in ketamine().readings]
    first = page.points[0]
    assert (first.systolic, first.diastolic, first.mean) == (138, 86, 103)


def test_that_a_replaced_pressure_stays_on_the_page() -> None:
    page = chart_page(ketamine())
    assert [p.replaced for p in page.points if p.replaced] == [(BloodPressure(165, 95),)]


def test_that_values_off_the_axis_are_named() -> None:
    found = [off for point in chart_page(extreme()).points for off in point.off_scale]
    assert found == [
        OffScale(Sign.BP, 236, above=True),
        OffScale(Sign.BP, 36, above=False),
        OffScale(Sign.SPO2, 84, above=False),
    ]


def test_that_the_axes_never_move() -> None:
    assert BLOOD_PRESSURE.share(40) == 0
    assert BLOOD_PRESSURE.share(200) == 1
    assert BLOOD_PRESSURE.share(236) == 1
    assert SPO2.share(60) == 0
    assert SPO2.beyond(84)
    assert not SPO2.beyond(85)


def test_that_the_band_tells_run_and_pause_with_their_height() -> None:
    runs = chart_page(ketamine()).runs
    assert [(run.kind, run.share) for run in runs] == [
        (RunKind.RUN, 1.0),
        (RunKind.PAUSE, 0.0),
        (RunKind.RUN, 0.5),
    ]
    assert sum((run.given_mg for run in runs), Decimal(0)) == Decimal("24.5")


def test_that_a_running_infusion_has_a_planned_stretch() -> None:
    whole = ketamine()
    running = dataclasses.replace(
        whole,
        status="open", seen_at=at("10:12"), closed_at=None, ended_at=None,
        planned_end=at("10:40"), segments=(dataclasses.replace(whole.segments[0], end=None),),
    )  # fmt: skip
    page = chart_page(running)
    assert page.now == at("10:12")
    assert [(run.kind, run.start, run.end) for run in page.runs] == [
        (RunKind.RUN, at("10:00"), at("10:12")),
        (RunKind.PLANNED, at("10:12"), at("10:40")),
    ]
    assert page.last > at("10:40")


def test_that_devices_bring_both_clocks_and_the_door_s_time() -> None:
    page = chart_page(esketamine())
    assert page.band == "devices"
    assert [(c.since, c.minutes, c.reached) for c in page.clocks] == [
        (1, 138, None),
        (3, 129, at("12:09")),
    ]


def test_that_due_marks_stand_at_their_due_time() -> None:
    late = next(s for s in chart_page(ketamine()).slots if s.state is SlotState.LATE)
    assert (late.due, late.measured) == (at("11:00"), at("11:07"))


def test_that_baseline_and_limits_are_there() -> None:
    page = chart_page(ketamine())
    assert page.baseline == BloodPressure(138, 86)
    assert page.limits == (
        LimitLine(Sign.BP, 180, "systolic"),
        LimitLine(Sign.BP, 110, "diastolic"),
        LimitLine(Sign.SPO2, 94),
    )


def test_that_ticks_count_from_the_start() -> None:
    page = chart_page(ketamine())
    assert page.zero == at("10:00")
    assert all(page.minute(tick) % page.tick_minutes == 0 for tick in page.ticks)
    assert page.first <= page.ticks[0]
    assert page.ticks[-1] <= page.last


def test_that_a_session_just_opened_has_a_page() -> None:
    bare = dataclasses.replace(
        ketamine(),
        status="open", seen_at=at("09:40"), started_at=None, ended_at=None, closed_at=None,
        readings=(), slots=(), events=(), alerts=(), segments=(), reference=None,
    )  # fmt: skip
    page = chart_page(bare)
    assert page.zero is None
    assert page.last - page.first >= dt.timedelta(hours=1)
    assert page.runs == ()


@given(st.integers(0, 60 * 24 * 40))
def test_that_everything_lies_on_the_axis_and_ticks_stay_few(minutes: int) -> None:
    whole = ketamine()
    late = dataclasses.replace(whole.events[-1], at=at("11:55") + dt.timedelta(minutes=minutes))
    page = chart_page(dataclasses.replace(whole, events=(*whole.events[:-1], late)))
    marks = [p.at for p in page.points] + [e.at for e in page.events] + [a.at for a in page.alerts]
    assert all(0 < page.share(mark) < 1 for mark in marks)
    assert 1 <= len(page.ticks) <= 17
