"""The program answers as the rules' second reading does, and the comparison would notice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from tests.second_opinion.both import by_the_program, by_the_rules
from tests.second_opinion.cases import questions
from tests.second_opinion.compare import (
    CHUNK,
    Disagreement,
    ask,
    ask_all,
    chunks,
    is_within_step,
)
from tests.second_opinion.questions import DeliveryQuestion, Stretch

HOUR = 3_600_000_000
RUN_OUT = DeliveryQuestion("35", "50", "0.1", (Stretch(0, HOUR, "50"),), at=2 * HOUR)


@pytest.mark.parametrize("seed", [20260302, 7, 41, 350])
def test_that_ten_thousand_random_cases_agree(seed: int) -> None:
    outcome = ask_all(seed, 2_500, processes=1)
    told = "\n".join(found.text for found in outcome.disagreements)

    assert outcome.asked == 2_500
    assert not told


def test_that_a_seed_always_asks_the_same() -> None:
    assert list(questions("a", 50)) == list(questions("a", 50)) != list(questions("b", 50))


def test_that_every_kind_of_question_is_asked_and_some_are_refused() -> None:
    asked = list(questions("kinds", 2_000))
    kinds = Counter(type(question).__name__ for question in asked)
    refused = sum("refused" in by_the_rules(question) for question in asked)

    assert min(kinds.values()) > 80
    assert len(kinds) == 5
    assert 100 < refused < 1_000


def test_that_no_case_is_lost_in_parting_them() -> None:
    parts = list(chunks(3, 2 * CHUNK + 1))

    assert [count for _, count in parts] == [CHUNK, CHUNK, 1]
    assert len({seed for seed, _ in parts}) == 3


def test_that_only_what_the_pumps_step_explains_is_no_disagreement() -> None:
    tolerated = replace(RUN_OUT, stretches=(Stretch(0, HOUR, "50.05"),))
    overrun = replace(RUN_OUT, stretches=(Stretch(0, HOUR, "50.051"),))
    missed = {"overrun": "True"}, {"overrun": "False"}

    assert is_within_step(Disagreement(tolerated, *missed))
    assert not is_within_step(Disagreement(overrun, *missed))
    assert not is_within_step(Disagreement(RUN_OUT, *reversed(missed)))


def test_that_running_an_hour_too_long_is_an_overrun_to_both() -> None:
    longer = replace(RUN_OUT, stretches=(Stretch(0, None, "50"),))

    assert by_the_rules(longer) == by_the_program(longer)
    assert by_the_rules(longer)["overrun"] == "True"


def test_that_a_disagreement_is_told_with_its_figures() -> None:
    found = Disagreement(RUN_OUT, {"given_mg": "35"}, {"given_mg": "34.9"})

    assert found.figures == "given_mg"
    assert "34.9" in found.text
    assert "50" in found.text


def test_that_the_outcome_counts_what_was_asked() -> None:
    assert ask("count", 20).asked == 20
