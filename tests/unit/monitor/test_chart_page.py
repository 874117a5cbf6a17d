"""The chart as data."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, strategies as st

from monitor.acts import Finish, NoteEvent
from monitor.chart_axes import BLOOD_PRESSURE, SPO2
from monitor.chart_page import LimitLine, OffScale, RunKind, chart_page
from monitor.entries import Severity
from monitor.schedule import SlotState
from monitor.vitals import BloodPressure, Sign
from tests.fakes.crowded_overview import clocks_go_back, crowded
from tests.fakes.overview_parts import LOCAL, at
from tests.fakes.overviews import esketamine, extreme, ketamine
from tests.fakes.visit import Visit


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


def test_that_an_infusion_that_has_run_out_is_drawn_no_further_than_its_drug() -> None:
    visit = Visit().started("10:00")
    page = chart_page(visit.at("11:14").overview)
    ran, empty = page.runs
    assert (ran.kind, ran.end) == (RunKind.RUN, visit.instant("10:40"))
    assert (empty.kind, empty.start) == (RunKind.RAN_OUT, visit.instant("10:40"))
    assert empty.end == visit.instant("11:14")


def test_that_no_stretch_crosses_a_slot_that_nobody_made() -> None:
    visit = Visit().started("10:00")
    visit.at("10:20").line("128/82 76 98 16 s4 d3")
    visit.at("11:12").line("128/82 76 98 16 s4 d3")
    (before, after) = list(chart_page(visit.overview).stretches(Sign.HEART_RATE))[-2:]
    assert before[-1].at == visit.instant("10:20")
    assert after[0].at == visit.instant("11:12")


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
        LimitLine(Sign.SPO2, 94, above=False),
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


def test_that_only_the_outermost_bounds_that_one_reading_can_cross_are_lines() -> None:
    assert chart_page(crowded()).limits == (
        LimitLine(Sign.BP, 180, "systolic"),
        LimitLine(Sign.BP, 90, "systolic", above=False),
        LimitLine(Sign.BP, 110, "diastolic"),
        LimitLine(Sign.HEART_RATE, 150),
        LimitLine(Sign.HEART_RATE, 50, above=False),
        LimitLine(Sign.SPO2, 94, above=False),
        LimitLine(Sign.RESP, 30),
        LimitLine(Sign.RESP, 10, above=False),
        LimitLine(Sign.SEDATION, 4, above=False),
        LimitLine(Sign.DISSOCIATION, 8),
    )


def test_that_a_side_effect_lasts_until_it_was_over_or_until_now() -> None:
    overview = crowded()
    page = chart_page(overview)
    over, still, drug = page.events[0], page.events[2], page.events[6]
    assert (over.until, over.is_open) == (overview.events[0].resolved, False)
    assert (still.until, still.is_open) == (overview.seen_at, True)
    assert (drug.until, drug.is_open) == (None, False)
    assert [event.severity for event in page.events[:4]] == ["mild", "moderate", "severe", ""]


def test_that_every_alert_stands_on_its_reading_and_on_its_sign() -> None:
    overview = crowded()
    page = chart_page(overview)
    by_number = {number: point for point in page.points for number in point.alerts}
    for alert in page.alerts:
        assert alert.at == by_number[alert.number].at
        assert alert.level == by_number[alert.number].level(alert.sign)
    assert {alert.sign for alert in page.alerts} == {
        Sign.BP, Sign.HEART_RATE, Sign.SPO2, Sign.RESP, Sign.SEDATION
    }  # fmt: skip
    assert {alert.state for alert in page.alerts} == {"open", "acknowledged", "withdrawn"}


def test_that_ratings_are_marks_and_only_a_whole_one_has_a_total() -> None:
    scores = chart_page(crowded()).scores
    assert [(s.title, s.total, s.answered, s.items) for s in scores] == [
        ("CADSS-6", 9, 6, 6),
        ("CADSS-6", None, 4, 6),
    ]


def test_that_no_stretch_crosses_a_reading_that_lacks_the_sign() -> None:
    overview = crowded()
    page = dataclasses.replace(chart_page(overview), slots=())
    before, after = page.stretches(Sign.HEART_RATE)
    lacking = overview.readings[30].measured
    assert before[-1].at < lacking < after[0].at
    assert len(list(page.stretches(Sign.SPO2))) == 1


def test_that_a_pressure_not_taken_breaks_the_course() -> None:
    overview = crowded()
    rows = list(overview.readings)
    rows[5] = dataclasses.replace(rows[5], reading=dataclasses.replace(rows[5].reading, bp=None))
    page = dataclasses.replace(
        chart_page(dataclasses.replace(overview, readings=tuple(rows))), slots=()
    )
    assert [len(stretch) for stretch in page.stretches(Sign.BP)] == [5, len(rows) - 6]


def test_that_every_value_an_amendment_took_out_is_there() -> None:
    page = chart_page(crowded())
    out = {
        sign: [was.reading.value(sign) for point in page.points for was in point.out(sign)]
        for sign in Sign
    }
    assert {sign: found for sign, found in out.items() if found} == {
        Sign.BP: [BloodPressure(182, 108)],
        Sign.HEART_RATE: [165],
        Sign.SPO2: [88],
        Sign.RESP: [24],
        Sign.DISSOCIATION: [9],
    }


def test_that_the_date_stands_at_the_first_tick_of_a_new_day() -> None:
    page = chart_page(crowded())
    ticks = list(page.clock(LOCAL))
    dated = [(f"{tick.local:%H:%M}", tick.date) for tick in ticks if tick.date]
    assert dated == [("00:00", dt.date(2026, 3, 3))]
    assert not any(tick.shifted for tick in ticks)


def test_that_the_time_axis_stays_true_when_the_clocks_go_back() -> None:
    overview = clocks_go_back()
    page = chart_page(overview)
    ticks = list(page.clock(overview.local))
    apart = {b.at - a.at for a, b in pairwise(ticks)}
    assert apart == {dt.timedelta(minutes=page.tick_minutes)}
    assert [tick.shifted for tick in ticks if tick.shifted] == [-60]
    shown = [f"{tick.local:%H:%M}" for tick in ticks]
    assert len(shown) > len(set(shown))


def test_that_what_happened_days_after_the_stay_does_not_stretch_the_axis() -> None:
    visit = Visit().started("10:00").at("10:40")
    visit.do(Finish())
    visit.at("11:40").line("122/76 72 98 16 s5 d0").ready("Jan Nowak").left()
    before = chart_page(visit.overview)
    visit.do(NoteEvent(text="nausea", severity=Severity.SEVERE))
    event = visit.overview.events[-1]
    days = dt.timedelta(days=4)
    later = dataclasses.replace(event, at=event.at + days, resolved=event.at + 2 * days)
    after = chart_page(dataclasses.replace(visit.overview, events=(later,)))
    assert (after.first, after.last) == (before.first, before.last)
    (mark,) = after.events
    assert before.last - dt.timedelta(minutes=5) < mark.at < before.last
    assert mark.text == "nausea, 06 Mar 11:40"
    assert mark.until is not None
    assert mark.until <= before.last
