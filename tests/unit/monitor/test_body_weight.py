"""Ideal and adjusted weight."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from monitor.body_weight import adjusted_weight, bmi, dosing_weight, ideal_weight, offered
from monitor.entries import Basis
from monitor.people import Sex
from monitor.units import BodyWeight, WeightedDose, half_up, plain
from tests.vectors import cases

HALF = WeightedDose(Decimal("0.5"))


def shown(weight: BodyWeight | None) -> str:
    return "not defined" if weight is None else f"{weight.kg:.1f}"


@pytest.mark.parametrize("case", cases("weight_basis"), ids=lambda c: f"{c['weight_kg']} kg")
def test_that_the_worked_examples_hold(case: dict[str, Any]) -> None:
    sex, height = Sex(case["sex"]), Decimal(case["height_cm"])
    actual, expect = BodyWeight(Decimal(case["weight_kg"])), case["expect"]
    assert str(half_up(bmi(actual, height), 1)) == expect["bmi"]
    assert shown(ideal_weight(height, sex)) == expect["ideal_kg"]
    assert shown(adjusted_weight(actual, height, sex)) == expect["adjusted_kg"]
    doses = {
        f"mg_{each.basis.value}": plain(each.dose.mg)
        for each in offered(HALF, actual, height, sex)
        if each.dose
    }
    assert doses == {key: mg for key, mg in expect.items() if key.startswith("mg_")}


def test_that_a_basis_that_is_not_below_the_actual_weight_is_not_offered() -> None:
    light = BodyWeight(Decimal(60))
    assert dosing_weight(Basis.IDEAL, light, Decimal(180), Sex.MALE) is None
    assert dosing_weight(Basis.ACTUAL, light, Decimal(180), Sex.MALE) == light


@pytest.mark.parametrize(("height", "sex"), [(None, Sex.MALE), (Decimal(170), Sex.OTHER)])
def test_that_an_undefined_weight_is_never_guessed(height: Decimal | None, sex: Sex) -> None:
    assert dosing_weight(Basis.ADJUSTED, BodyWeight(Decimal(120)), height, sex) is None
