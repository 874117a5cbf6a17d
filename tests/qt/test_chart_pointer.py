"""The pointer's line finds readings and events, and names all that happened in that minute."""

from __future__ import annotations

import dataclasses
import re

import pytest
from PySide6.QtWidgets import QApplication

from monitor.chart_page import ChartPage, EventMark, chart_page
from tests.fakes import open_sessions
from tests.fakes.overview_parts import LOCAL, at
from ui.charts.ground import Lane, State
from ui.charts.pointer import fitted, pointer_words
from ui.charts.stops import Stop, stops

LONG = "dizziness after sitting up, eased by lying down again"


def noted(*events: tuple[str, str, str]) -> ChartPage:
    """Return a page with readings at 10:10, 10:12 and others, and these events."""
    marks = [
        EventMark(number, at(clock), text, "event", severity=severity)
        for number, (clock, text, severity) in enumerate(events, 1)
    ]
    return dataclasses.replace(chart_page(open_sessions.infusing()), events=tuple(marks))


def stop_at(page: ChartPage, clock: str) -> Stop:
    (found,) = [stop for stop in stops(page) if f"{LOCAL(stop.at):%H:%M}" == clock]
    return found


def lane(page: ChartPage, clock: str) -> Lane:
    return Lane(State(page, LOCAL, stop_at(page, clock)), 0, 1)


def test_that_the_line_stops_at_events_between_readings_and_not_twice_in_a_minute() -> None:
    page = noted(
        ("10:12", "nausea", "mild"), ("10:13", "itching", ""), ("10:13", "told Dr Lee", "")
    )
    page = dataclasses.replace(page, events=(*page.events, EventMark(9, at("10:14"), "", "paused")))
    clocks = [f"{LOCAL(stop.at):%H:%M}" for stop in stops(page)]
    assert clocks == ["09:51", "10:05", "10:10", "10:12", "10:13", "10:15"]
    assert stop_at(page, "10:13").point is None
    assert [event.number for event in stop_at(page, "10:13").events] == [2, 3]


@pytest.mark.usefixtures("qapp")
def test_that_every_event_of_the_minute_is_named_with_its_number() -> None:
    page = noted(("10:12", "nausea", "mild"), ("10:12", LONG, ""), ("10:13", "itching", ""))
    values, more = pointer_words(lane(page, "10:12")).split("\n")
    assert values.startswith("10:12   BP 148/92")
    assert more.startswith(f"1 Nausea, mild   2 {LONG.capitalize()}   ")
    assert pointer_words(lane(page, "10:13")) == "10:13\n3 Itching"


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("count", "room", "numbers"),
    [(1, 90, ["1"]), (4, 90, ["1", "2", "3", "4"]), (4, 200, ["1", "2", "3", "4"]), (30, 90, [])],
)
def test_that_no_number_of_an_event_is_cut_where_there_is_little_room(
    count: int, room: int, numbers: list[str]
) -> None:
    page = noted(*(("10:12", LONG, "severe"),) * count)
    where = lane(page, "10:12")
    shown = [line[:room] for line in fitted(where, stop_at(page, "10:12"), len, room)]
    assert re.findall(r"(\d+) Dizz", "   ".join(shown)) == numbers
    assert numbers or f"events 1–{count}" in "   ".join(shown)


def test_that_a_place_is_found_again_on_the_next_page(qapp: QApplication) -> None:
    assert qapp is not None
    page = noted(("10:13", "itching", ""))
    again = noted(("10:13", "itching, red", ""), ("10:12", "nausea", ""))
    for clock in ("10:12", "10:13"):
        like = [stop for stop in stops(again) if stop.is_like(stop_at(page, clock))]
        assert like == [stop_at(again, clock)]
