"""The second opinion holds every worked example that came with the rules."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from tests.second_opinion.figures import fixed, half_up, in_full, read, stripped
from tests.second_opinion.rules import (
    DoseQuestion,
    PumpRun,
    Refused,
    delivered,
    dose,
    needs_explaining,
    unaccounted_mg,
    vial_balances,
    weight_basis,
)
from tests.vectors import cases

PLAIN = DoseQuestion("70", "0.5", "40", "50", "50", "replaces")


@pytest.mark.parametrize("case", cases("dose"))
def test_that_the_worked_doses_hold(case: dict[str, Any]) -> None:
    asked = {name: value for name, value in case.items() if name != "expect"}

    assert dose(DoseQuestion(**asked)) == case["expect"]


@pytest.mark.parametrize("case", cases("weight_basis"))
def test_that_the_worked_weights_hold(case: dict[str, Any]) -> None:
    told = weight_basis(case["sex"], case["height_cm"], case["weight_kg"], "0.5")

    assert told == case["expect"]


@pytest.mark.parametrize("case", cases("delivery"), ids=lambda case: case["name"])
def test_that_the_worked_deliveries_hold(case: dict[str, Any]) -> None:
    prepared = Fraction(case["prepared_mg"])
    runs = [
        PumpRun(Fraction(run["from"]) * 60, Fraction(run["to"]) * 60, Fraction(run["rate_ml_h"]))
        for run in case["segments"]
    ]
    had = delivered(runs, prepared / Fraction(case["volume_ml"]), prepared, Fraction(7200))

    assert stripped(had.given, 4) == case["expect"]["given_mg"]
    assert stripped(had.left, 4) == case["expect"]["remaining_mg"]
    assert had.overrun is (case["name"].startswith("left running past the end"))


@pytest.mark.parametrize(
    "refused",
    [
        {"weight_kg": "19.99"},
        {"weight_kg": "350.01"},
        {"weight_kg": "seventy"},
        {"per_kg_mg": "0"},
        {"minutes": "-40"},
        {"volume_ml": "NaN"},
        {"strength_mg_per_ml": "25", "strengths": ("10", "50", "100")},
        {"weight_kg": "100.1", "per_kg_mg": "5", "strength_mg_per_ml": "10", "volume_ml": "90"},
        {"volume_ml": "0.69"},
        {"per_kg_mg": "0.0035"},
        {"volume_ml": "0.7", "minutes": "841"},
        {"syringe_ml": "2"},
        {"per_kg_mg": "1", "syringe_ml": "1"},
    ],
)
def test_that_what_the_rules_refuse_is_refused(refused: dict[str, Any]) -> None:
    assert isinstance(dose(replace(PLAIN, **refused)), Refused)


@pytest.mark.parametrize(
    "allowed",
    [
        {"weight_kg": "20"},
        {"weight_kg": "350"},
        {"weight_kg": "100", "per_kg_mg": "5", "strength_mg_per_ml": "10"},
        {"volume_ml": "0.7"},
        {"per_kg_mg": "0.003572"},
        {"volume_ml": "0.7", "minutes": "840"},
        {"syringe_ml": "50"},
    ],
)
def test_that_what_only_just_passes_passes(allowed: dict[str, Any]) -> None:
    assert not isinstance(dose(replace(PLAIN, **allowed)), Refused)


def test_that_ties_go_away_from_zero_and_zero_has_no_sign() -> None:
    assert half_up(Fraction("0.3"), Fraction(1, 5)) == Fraction("0.4")
    assert fixed(Fraction("-0.25"), 1) == "-0.3"
    assert fixed(Fraction("-0.04"), 1) == "0.0"
    assert stripped(Fraction("-0.00004"), 4) == "0"
    assert stripped(Fraction(100), 0) == in_full(Fraction(100)) == "100"
    assert in_full(Fraction("-0.00000125")) == "-0.00000125"


def test_that_only_plain_decimals_are_numbers() -> None:
    assert read("-1.50") == Fraction(-3, 2)
    assert [read(text) for text in ("", "1/2", "1e3", "NaN", "1.", " 1")] == [None] * 6


def test_that_a_weight_as_heavy_as_the_actual_one_is_not_offered() -> None:
    assert set(weight_basis("male", "152.4", "50", "0.5")) == {
        "bmi",
        "ideal_kg",
        "adjusted_kg",
        "mg_actual",
    }


def test_that_what_is_neither_given_nor_wasted_stays_unaccounted() -> None:
    mg_per_ml, mark = Fraction("0.7"), Fraction(1)
    missing = unaccounted_mg(Fraction(35), Fraction("24.5"), [Fraction(14)], mg_per_ml)

    assert missing == Fraction("0.7")
    assert not needs_explaining(missing, mark, mg_per_ml)
    assert needs_explaining(-missing - Fraction(1, 10**9), mark, mg_per_ml)


def test_that_a_vial_balances_to_a_hundredth() -> None:
    assert vial_balances(Fraction(10), Fraction("0.41"), Fraction("9.59"))
    assert not vial_balances(Fraction(10), Fraction("0.41"), Fraction("9.58"))
