"""The due grid is as its rules' second reading has it, and the comparison would notice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from monitor.overseeing.dose import clocks as clocks_by_the_program
from tests.second_opinion.compare_grid import GridOutcome, ask, ask_all
from tests.second_opinion.grid import FULL, Course, Reading, clocks, grid
from tests.second_opinion.grid_both import (
    GridDisagreement,
    compared,
    course_of,
    grid_by_the_program,
    grid_by_the_rules,
    instant,
    session_of,
)
from tests.second_opinion.grid_cases import (
    DEVICES,
    INFUSION,
    GridQuestion,
    Written,
    grid_questions,
)
from tests.vectors import cases

SEEDS = (20260302, 7)


@pytest.fixture(scope="module")
def outcome() -> GridOutcome:
    """Two thousand random courses, compared."""
    made = [ask_all(seed, 1_000, processes=1) for seed in SEEDS]
    states = made[0].slots + made[1].slots
    found = (*made[0].disagreements, *made[1].disagreements)
    return GridOutcome(sum(o.asked for o in made), sum(o.differ for o in made), found, states)


def minute(clock: str) -> float:
    """Return "10:20" as a minute of the day."""
    hours, minutes = clock.split(":")
    return int(hours) * 60.0 + int(minutes)


def course(case: dict[str, Any]) -> Course:
    """Return a worked example as the second reading takes it."""
    full = [(clock, FULL) for clock in case["readings"]]
    part = [(clock, FULL - {"resp"}) for clock in case.get("partial", ())]
    return Course(
        rules=INFUSION[1:],
        repeat=10,
        readings=[Reading(n, minute(c), signs) for n, (c, signs) in enumerate((*full, *part))],
        look=minute(case["look_at"]),
        start=minute("10:00"),
        end=minute(case["end"]) if "end" in case else None,
    )


@pytest.mark.parametrize("case", cases("due_grid"), ids=lambda case: str(case["name"]))
def test_that_the_second_reading_holds_for_every_worked_example(case: dict[str, Any]) -> None:
    asked = course(case)
    told = grid(asked)
    at = {reading.id: reading.at for reading in asked.readings}

    assert [
        [name, each.state, *([] if each.off is None else [each.off])]
        for name, each in told.slots.items()
    ] == case["expect"]
    assert [at[one] for one in told.extra] == [minute(clock) for clock in case["expect_extra"]]


@pytest.mark.parametrize("case", cases("esketamine"), ids=lambda case: str(case["name"]))
def test_that_both_count_a_worked_examples_minutes_since_first_and_last_device(
    case: dict[str, Any],
) -> None:
    given = [minute(clock) for clock in case["devices"]]
    lines = tuple(Written("device", at, at) for at in given)
    look = minute(case["door_at"])
    asked = GridQuestion(DEVICES, 0, by_device=True, ordered=len(lines), lines=lines, look=look)
    told = clocks_by_the_program(session_of(asked), instant(look))
    wanted = case["expect"]["minutes_since_first"], case["expect"]["minutes_since_last"]

    assert clocks(course_of(asked)) == wanted
    assert (told.minutes_since_first, told.minutes_since_last) == wanted
    assert (case["expect"]["minutes_since_last"] >= 120) is case["expect"]["time_is_up"]


def test_that_both_count_the_same_minutes_since_devices_in_random_courses() -> None:
    asked = [each for each in grid_questions("clocks", 300) if each.by_device]
    told = [clocks_by_the_program(session_of(each), instant(each.look)) for each in asked]

    assert len(asked) > 80
    assert [clocks(course_of(each)) for each in asked] == [
        (each.minutes_since_first, each.minutes_since_last) for each in told
    ]


def test_that_two_thousand_random_courses_agree(outcome: GridOutcome) -> None:
    told = "\n\n".join(found.text for found in outcome.disagreements)

    assert outcome.asked == 2_000
    assert not told
    assert outcome.differ == 0


def test_that_every_way_a_slot_can_end_is_asked_about_often(outcome: GridOutcome) -> None:
    wanted = {"later", "due", "overdue", "missed", "early", "on time", "late", "extra"}

    assert set(outcome.slots) == wanted
    assert min(outcome.slots.values()) > 100


def test_that_amendments_devices_pauses_and_every_way_of_leaving_are_asked_about() -> None:
    questions = list(grid_questions("kinds", 400))
    lines = [line for question in questions for line in question.lines]
    moved = [question for question in questions if course_of(question).pauses]
    kinds = Counter(line.kind for line in lines)
    ways = {line.how for line in lines if line.kind == "left"}

    assert len(moved) > 40
    assert min(kinds.values()) > 50
    assert len(kinds) == 8
    assert ways == {"home", "transferred", "against advice"}
    assert sum(line.amends is not None for line in lines) > 50
    assert sum(line.entered > line.at for line in lines) > 100


def test_that_a_grid_drawn_a_minute_off_is_told_as_a_disagreement() -> None:
    lines = (
        Written("start", 600, 600),
        Written("reading", 614, 614, signs=FULL),
    )
    asked = GridQuestion(INFUSION, 10, by_device=False, ordered=0, lines=lines, look=616)
    moved = replace(asked, lines=(replace(lines[0], at=601), lines[1]))
    found = GridDisagreement(asked, grid_by_the_rules(asked), grid_by_the_program(moved))

    assert compared(asked) is None
    assert "10: rules Told(due=610, state='late', off=4, by=1)" in found.text
    assert "10: program Told(due=611.0, state='on time', off=3, by=1)" in found.text


def test_that_a_reading_amended_away_closes_nothing_to_either() -> None:
    lines = (
        Written("start", 600, 600),
        Written("reading", 610, 610, signs=FULL),
        Written("reading", 610, 612, reason=True, amends=1),
    )
    asked = GridQuestion(INFUSION, 10, by_device=False, ordered=0, lines=lines, look=615)

    assert course_of(asked).readings[0].signs == frozenset()
    assert grid_by_the_rules(asked)[0]["10"].state == "overdue"
    assert compared(asked) is None


def test_that_a_seed_always_asks_the_same_courses() -> None:
    assert list(grid_questions("a", 40)) == list(grid_questions("a", 40))
    assert list(grid_questions("a", 40)) != list(grid_questions("b", 40))
    assert ask("count", 30).asked == 30
