"""Whole sessions come to the figures that were worked out by hand in their files."""

from __future__ import annotations

from typing import Any, cast

import pytest

from monitor.entries import ClockDisturbed, ClockTrouble
from monitor.rehearsal.script import Script
from monitor.rehearsal.summary import Played, summarise
from tests.unit.monitor.rehearsal.playing import DayPlaying
from tests.unit.monitor.rehearsal.test_rehearsed import played, script_of

CHAIRS = ("chair-1-infusion", "chair-2-devices", "chair-3-syringe")


def told(name: str) -> dict[str, Any]:
    """Play a rehearsal, each act as its file expects, and return its summary."""
    return cast("dict[str, Any]", summarise(Played([], 0, ""), played(name).overview))


def grid(summary: dict[str, Any]) -> list[tuple[str, str, str, int | None]]:
    """Return (name, due, state, minutes) of every slot but the baseline."""
    return [
        (slot["name"], slot["due"], slot["state"], slot["minutes"])
        for slot in summary["slots"]
        if slot["name"] != "baseline"
    ]


def figures(summary: dict[str, Any]) -> tuple[str | None, ...]:
    """Return the mg given, wasted and not accounted for."""
    names = ("given_mg", "wasted_mg", "unaccounted_mg")
    return tuple(summary["dose"][name] for name in names)


def on_time(*slots: tuple[str, str]) -> list[tuple[str, str, str, int | None]]:
    return [(name, due, "on time", 0) for name, due in slots]


def signed(summary: dict[str, Any]) -> list[str]:
    return [signature["by"] for signature in summary["signed"]]


def test_that_an_infusion_goes_by_uninterrupted() -> None:
    summary = told("ketamine-70kg")
    assert grid(summary) == [
        ("10", "10:10", "on time", 0),
        ("20", "10:20", "on time", -1),
        ("30", "10:30", "on time", 1),
        ("40", "10:40", "on time", 1),
        *on_time(("+15", "10:55"), ("+30", "11:10"), ("+45", "11:25"), ("+60", "11:40")),
    ]
    assert figures(summary) == ("35", "0", "0")
    assert summary["extra"] == summary["alerts"] == summary["gaps"] == []


def test_that_a_pause_past_the_last_slot_prolongs_the_series() -> None:
    summary = told("prolonged-by-pause")
    assert grid(summary) == [
        *on_time(("10", "10:10"), ("20", "10:20"), ("30", "10:30"), ("40", "10:40")),
        ("50", "10:50", "on time", 1),
        *on_time(("60", "11:00"), ("+15", "11:18"), ("+30", "11:33")),
        *on_time(("+45", "11:48"), ("+60", "12:03")),
    ]
    assert figures(summary) == ("35", "0", "0")
    assert summary["clocks"]["infusion_minutes"] == "40"
    assert summary["clocks"]["minutes_since_end"] == 62
    assert summary["extra"] == summary["gaps"] == []
    assert signed(summary) == ["nk", "ds"]


def test_that_every_observation_ends_as_what_it_was() -> None:
    summary = told("late-early-missed-extra")
    assert grid(summary) == [
        ("10", "10:10", "late", 5),
        ("20", "10:20", "on time", 0),
        ("30", "10:30", "early", -4),
        ("40", "10:40", "missed", None),
        ("+15", "10:55", "on time", 1),
        ("+30", "11:10", "late", 8),
        ("+45", "11:25", "on time", 0),
        ("+60", "11:40", "on time", 4),
    ]
    slots = {slot["name"]: slot for slot in summary["slots"]}
    assert (slots["+15"]["measured"], slots["+15"]["entered"]) == ("10:56", "11:02")
    assert slots["30"]["reason"] == "before going to the toilet"
    assert slots["40"]["reason"] == "oximeter taken for an emergency next door"
    assert slots["+60"]["was_missed"] == "forgotten"
    assert summary["extra"] == ["10:22", "10:39"]


def test_that_a_pause_shifts_no_slot_from_the_start() -> None:
    summary = told("pause-shifts-nothing")
    assert grid(summary) == [
        *on_time(("10", "10:10"), ("20", "10:20")),
        ("30", "10:30", "on time", 1),
        *on_time(("40", "10:40"), ("50", "10:50"), ("+15", "11:05"), ("+30", "11:20")),
        *on_time(("+45", "11:35"), ("+60", "11:50")),
    ]
    assert summary["extra"] == ["10:25"]
    assert figures(summary) == ("35", "0", "0")


def test_that_a_pause_shifts_slots_where_the_clinics_own_protocol_says_so() -> None:
    summary = told("pause-shifts-slots")
    assert grid(summary) == [
        *on_time(("10", "10:10")),
        ("20", "10:30", "on time", 1),
        *on_time(("30", "10:40"), ("40", "10:50"), ("+15", "11:05"), ("+30", "11:20")),
        *on_time(("+45", "11:35"), ("+60", "11:50")),
    ]
    assert summary["extra"] == ["10:20", "10:25"]
    assert figures(summary) == ("35", "0", "0")


def test_that_a_stop_for_pressure_is_told_with_the_repeat() -> None:
    summary = told("stopped-for-pressure")
    assert [(a["limit"], a["at"], a["value"], a["state"]) for a in summary["alerts"]] == [
        ("bp-high", "10:20", "186/112", "acknowledged"),
        ("bp-high", "10:24", "184/110", "acknowledged"),
    ]
    assert grid(summary) == on_time(
        *(("10", "10:10"), ("20", "10:20"), ("+15", "10:40"), ("+30", "10:55")),
        *(("+45", "11:10"), ("+60", "11:25")),
    )
    assert summary["extra"] == ["10:24", "10:30"]
    assert figures(summary) == ("21.875", "13.09", "0.035")
    assert summary["clocks"]["infusion_minutes"] == "25"


def test_that_the_door_waits_for_the_last_device_and_for_sedation_to_go() -> None:
    playing = played("esketamine-delayed-device")
    summary = cast("dict[str, Any]", summarise(Played([], 0, ""), playing.overview))
    assert grid(summary) == [
        ("40", "11:02", "on time", 0),
        ("60", "11:22", "on time", 2),
        ("90", "11:52", "on time", 0),
        ("closing", "12:22", "on time", 38),
    ]
    assert summary["extra"] == ["10:15", "12:22", "12:40"]
    assert summary["clocks"]["minutes_since_first"] == 182
    assert summary["clocks"]["minutes_since_last"] == 160
    assert summary["rems"] == {
        "minutes": 182,
        "bp": {"before": "126/78", "at_40": "134/83", "closing": "125/78"},
        "due": "2026-03-17",
    }
    assert [(a["limit"], a["at"], a["value"]) for a in summary["alerts"]] == [
        ("sedation-deep", "11:24", "3")
    ]
    assert figures(summary)[0] == "84"
    assert summary["dose"]["devices"] == 3


def test_that_a_sedated_patient_is_all_that_shuts_the_door_once_its_time_is_up() -> None:
    script = script_of("esketamine-delayed-device")
    playing = DayPlaying(script)
    missing = {}
    for act in script.acts:
        error = playing.company.step().error
        if error is not None and act.do == "discharge":
            missing[f"{act.at.astimezone(script.zone):%H:%M}"] = error.facts["missing"]
    assert "time-since-last-device" in str(missing["12:05"])
    assert missing["12:24"] == missing["12:42"] == ("sedation",)


def test_that_a_hold_and_a_door_are_decided_by_a_prescriber_and_stay_to_be_seen() -> None:
    summary = told("held-then-decided")
    assert [(o["what"], o["by"], o["at"]) for o in summary["overrides"]] == [
        ("pre-dose-hold", "ds", "10:03"),
        ("door-closed", "ds", "12:01"),
    ]
    about = {(gap["code"], gap["about"]) for gap in summary["gaps"]}
    assert {("override", "pre-dose-hold"), ("override", "door-closed")} <= about
    assert grid(summary) == on_time(("40", "10:56"), ("60", "11:16"), ("90", "11:46"))
    assert summary["clocks"]["minutes_since_last"] == 106
    assert figures(summary)[0] == "28"
    assert summary["rems"]["bp"]["before"] == "138/88"


def test_that_nothing_moves_at_midnight() -> None:
    summary = told("across-midnight")
    assert grid(summary) == on_time(
        *(("10", "23:50"), ("20", "00:00"), ("30", "00:10"), ("40", "00:20")),
        *(("+15", "00:35"), ("+30", "00:50"), ("+45", "01:05"), ("+60", "01:20")),
    )
    assert summary["clocks"]["minutes_since_end"] == 61
    assert figures(summary) == ("35", "0", "0")


@pytest.mark.parametrize(
    ("name", "dues"),
    [
        ("clocks-go-forward", "01:50 03:00 03:10 03:20 03:35 03:50 04:05 04:20"),
        ("clocks-go-back", "02:50 02:00 02:10 02:20 02:35 02:50 03:05 03:20"),
    ],
)
def test_that_nothing_moves_when_the_clocks_change(name: str, dues: str) -> None:
    summary = told(name)
    assert [due for _, due, _, _ in grid(summary)] == dues.split()
    assert {(state, minutes) for _, _, state, minutes in grid(summary)} == {("on time", 0)}
    assert summary["clocks"]["infusion_minutes"] == "40"
    assert summary["clocks"]["minutes_since_end"] == 61
    assert figures(summary) == ("35", "0", "0")


def test_that_after_a_sleep_what_fell_due_is_told_and_nothing_has_moved() -> None:
    playing = played("suspended")
    summary = cast("dict[str, Any]", summarise(Played([], 0, ""), playing.overview))
    assert grid(summary) == [
        ("10", "10:10", "on time", 0),
        ("20", "10:20", "missed", None),
        ("30", "10:30", "late", 6),
        ("40", "10:40", "on time", 1),
        *on_time(("+15", "10:55"), ("+30", "11:10"), ("+45", "11:25"), ("+60", "11:40")),
    ]
    assert figures(summary) == ("35", "0", "0")
    disturbed = [e.what for e in playing.store.entries if isinstance(e.what, ClockDisturbed)]
    assert [what.trouble for what in disturbed] == [ClockTrouble.SLEPT]
    zone = playing.player.script.zone
    assert [f"{t.astimezone(zone):%H:%M}" for t in (disturbed[0].shown, disturbed[0].kept)] == [
        "10:11",
        "10:36",
    ]


@pytest.fixture(scope="module")
def three() -> tuple[tuple[Script, ...], DayPlaying]:
    scripts = tuple(script_of(name) for name in CHAIRS)
    playing = DayPlaying(*scripts)
    for place, outcome in playing.all():
        act = scripts[place].acts[outcome.number - 1]
        assert act.expect.met_by(recorded=outcome.recorded, code=outcome.code), act
    return scripts, playing


WORKED_OUT = [
    [
        *(("10", "09:40"), ("20", "09:50"), ("30", "10:00"), ("40", "10:10", 1)),
        *(("+15", "10:25"), ("+30", "10:40"), ("+45", "10:55"), ("+60", "11:10")),
    ],
    [("40", "10:30"), ("60", "10:50", 2), ("90", "11:20"), ("closing", "11:50", 1)],
    [("+15", "10:20"), ("+30", "10:35"), ("+60", "11:05", 7), ("+90", "11:35", 1)],
]


@pytest.mark.parametrize(("place", "given"), [(0, "35"), (1, "56"), (2, "35")])
def test_that_three_chairs_at_once_are_three_true_records(
    three: tuple[tuple[Script, ...], DayPlaying], place: int, given: str
) -> None:
    overview = three[1].overview(place)
    summary = cast("dict[str, Any]", summarise(Played([], 0, ""), overview))
    assert grid(summary) == [
        (name, due, "on time", minutes[0] if minutes else 0)
        for name, due, *minutes in cast("list[Any]", WORKED_OUT[place])
    ]
    assert summary["dose"]["given_mg"] == given
    assert summary["extra"] == summary["alerts"] == summary["gaps"] == []
    assert overview.status == "co-signed"
    assert overview.chair == str(place + 1)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_that_a_chair_among_three_is_told_as_it_is_alone(
    three: tuple[tuple[Script, ...], DayPlaying], place: int
) -> None:
    among = cast("dict[str, Any]", summarise(Played([], 0, ""), three[1].overview(place)))
    alone = told(CHAIRS[place])
    for part in ("dose", "slots", "extra", "alerts", "clocks", "rems", "gaps", "signed", "checks"):
        assert among[part] == alone[part], part


def test_that_three_chairs_overlap() -> None:
    spans = [(s.acts[0].at, s.acts[-1].at) for s in map(script_of, CHAIRS)]
    assert max(first for first, _ in spans) < min(last for _, last in spans)
