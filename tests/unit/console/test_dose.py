"""`chairside dose`: what it prints, refuses and leaves to others."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from tests.vectors import cases
from ui.console import dose

FIGURES = set(cases("dose")[0]["expect"])
INPUTS = {"weight_kg", "per_kg_mg", "minutes", "strength_mg_per_ml", "volume_ml", "volume_mode"}


def run(*extra: str, **changes: str) -> Result:
    """Run it for 70 kg, 0.5 mg/kg over 40 min, 50 mg/mL in 50 mL; "" leaves an option out."""
    options = {
        "weight-kg": "70",
        "per-kg-mg": "0.5",
        "minutes": "40",
        "strength": "50",
        "volume": "50",
        "mode": "replaces",
    } | {name.replace("_", "-"): value for name, value in changes.items()}
    said = [part for name, value in options.items() if value for part in (f"--{name}", value)]
    app = typer.Typer()
    app.callback()(lambda: None)  # with one command alone, typer would drop its name
    dose.register(app)
    return CliRunner().invoke(app, ["dose", *said, *extra])


def as_json(**changes: str) -> dict[str, Any]:
    result = run("--json", **changes)
    assert result.exit_code == 0
    said: dict[str, Any] = json.loads(result.stdout)
    return said


@pytest.mark.parametrize(
    "case", cases("dose"), ids=lambda c: " ".join(map(str, list(c.values())[:6]))
)
def test_that_the_worked_examples_hold(case: dict[str, Any]) -> None:
    said = as_json(
        weight_kg=case["weight_kg"],
        per_kg_mg=case["per_kg_mg"],
        minutes=case["minutes"],
        strength=case["strength_mg_per_ml"],
        volume=case["volume_ml"],
        mode=case["volume_mode"],
    )
    assert {name: said[name] for name in FIGURES} == case["expect"]
    assert {name: said[name] for name in INPUTS} == {name: case[name] for name in INPUTS}


def test_that_json_holds_strings_and_the_lines_of_working_alone() -> None:
    said = as_json()
    assert set(said) == INPUTS | FIGURES | {"working"}
    assert all(isinstance(said[name], str) for name in INPUTS | FIGURES)
    assert said["working"] == [
        "70 kg × 0.5 mg/kg = 35 mg",
        "35 mg ÷ 50 mg/mL = 0.7 mL",
        "1 mL, marks of 0.01 mL = 0.7 mL",
        "0.7 mL × 50 mg/mL = 35 mg",
        "35 mg ÷ 50 mL = 0.7 mg/mL",
        "50 mL × 60 ÷ 40 min = 75 mL/h",
        "0.875 mg/min = 12.5 mcg/kg/min = 0.75 mg/kg/h",
    ]


def test_that_without_json_a_person_can_read_it_and_is_told_what_it_is_not() -> None:
    result = run()
    assert result.exit_code == 0
    assert "70 kg × 0.5 mg/kg" in result.stdout
    assert "75 mL/h" in result.stdout
    assert result.stdout.splitlines()[-1] == dose.LIMITS
    assert "no medical device" in dose.LIMITS


def test_that_pounds_are_converted_before_anything_is_worked_out() -> None:
    said = as_json(weight_kg="", weight_lb="154")
    assert (said["weight_kg"], said["calculated_mg"]) == ("69.9", "34.95")


def test_that_a_decimal_comma_is_read() -> None:
    assert as_json(weight_kg="63,4")["weight_kg"] == "63.4"


def test_that_pump_step_and_syringe_can_be_chosen() -> None:
    said = as_json(minutes="44", rate_step="1", syringe="3")
    assert (said["rate_ml_h"], said["syringe_ml"], said["drawn_ml"]) == ("68", "3", "0.7")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"weight_kg": "19.9"}, "20 to 350"),
        ({"weight_kg": "350.1"}, "20 to 350"),
        ({"weight_kg": "-70"}, "-70 is impossible"),
        ({"weight_kg": "1,205"}, "1,205"),
        ({"weight_kg": "", "weight_lb": "7o"}, "7o"),
        ({"per_kg_mg": "0"}, "mg/kg"),
        ({"per_kg_mg": "40"}, "50 mL"),
        ({"per_kg_mg": "0.001"}, "0.01"),
        ({"minutes": "0"}, "0"),
        ({"strength": "NaN"}, "NaN"),
        ({"volume": "0.5"}, "0.5 mL"),
        ({"rate_step": "500"}, "1, 0.1, 0.01"),
        ({"syringe": "2"}, "1, 3, 5, 10, 20, 50"),
    ],
    ids=str,
)
@pytest.mark.parametrize("form", ["", "--json"])
def test_that_a_refusal_is_one_sentence_that_names_its_cause(
    changes: dict[str, str], named: str, form: str
) -> None:
    result = run(*filter(None, [form]), **changes)
    assert result.exit_code == 1
    assert result.stdout == ""
    (sentence,) = result.stderr.splitlines()
    assert named in sentence
    assert sentence.endswith(".")


NO_NUMBERS = ["0", "-5", "seventy", "１２０", "1_20", "NaN", "1,2.3"]


@pytest.mark.parametrize(
    "option",
    [
        "weight_kg",
        "weight_lb",
        "per_kg_mg",
        "minutes",
        "strength",
        "volume",
        "rate_step",
        "syringe",
    ],
)
@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_that_what_is_no_amount_is_refused_in_one_sentence_that_names_the_field(
    option: str, typed: str
) -> None:
    changes = {option: typed} | ({"weight_kg": ""} if option == "weight_lb" else {})
    result = run(**changes)
    assert result.exit_code == 1
    assert result.stdout == ""
    (sentence,) = result.stderr.splitlines()
    assert re.search(" (kg|lb|mg/kg|minutes|mg/mL|mL|mL/h)\\b", sentence)
    assert sentence.endswith(".")


@pytest.mark.parametrize("option", ["per_kg_mg", "minutes", "strength", "volume", "rate_step"])
def test_that_an_option_left_empty_is_said_to_be(option: str) -> None:
    result = run(f"--{option.replace('_', '-')}", "")
    assert result.exit_code == 1
    assert result.stderr.startswith("Nothing was typed for ")


@pytest.mark.parametrize(
    ("changes", "read"),
    [
        ({"weight_kg": "7"}, "7 kg (15.4 lb) is impossible; a weight must be 20 to 350 kg.\n"),
        (
            {"weight_kg": "700"},
            "700 kg (1543.2 lb) is impossible; a weight must be 20 to 350 kg.\n",
        ),
        (
            {"weight_kg": "", "weight_lb": "15"},
            "6.8 kg (15 lb) is impossible; a weight must be 20 to 350 kg.\n",
        ),
    ],
    ids=str,
)
def test_that_a_weight_tenfold_or_a_tenth_is_read_back_in_both_units(
    changes: dict[str, str], read: str
) -> None:
    result = run(**changes)
    assert (result.exit_code, result.stderr) == (1, read)


def test_that_pounds_typed_as_kilograms_are_seen_in_the_read_back() -> None:
    assert "Weight 154 kg (339.5 lb)." in run(weight_kg="154").stdout.splitlines()
    assert "Weight 69.9 kg (154 lb)." in run(weight_kg="", weight_lb="154").stdout.splitlines()


@pytest.mark.parametrize(
    "changes",
    [
        {"weight_kg": ""},
        {"weight_lb": "154"},
        {"per_kg_mg": ""},
        {"mode": "stirred"},
        {"colour": "red"},
    ],
    ids=str,
)
def test_that_wrong_usage_is_told_apart_from_a_refusal(changes: dict[str, str]) -> None:
    result = run(**changes)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr
