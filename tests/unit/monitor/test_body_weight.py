"""Ideal and adjusted weight."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

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


@given(
    kg=st.decimals("20", "350", places=1),
    height=st.decimals("100", "250", places=0),
    sex=st.sampled_from(Sex),
)
def test_that_another_basis_is_offered_only_for_less_drug(
    kg: Decimal, height: Decimal, sex: Sex
) -> None:
    actual, *others = offered(HALF, BodyWeight(kg), height, sex)
    assert actual.weight == BodyWeight(kg)
    for other in others:
        assert (other.weight is None) == (other.dose is None)
        assert other.weight is None or other.weight < BodyWeight(kg)


def test_that_devine_begins_at_sixty_inches() -> None:
    sixty = Decimal("152.4")
    assert ideal_weight(sixty, Sex.FEMALE) == BodyWeight(Decimal("45.5"))
    assert ideal_weight(sixty - Decimal("0.1"), Sex.FEMALE) is None


def test_that_the_adjusted_weight_comes_from_the_unrounded_ideal() -> None:
    actual, height = BodyWeight(Decimal("61.1")), Decimal("152.6")  # ideal 45.68…, shown 45.7
    assert adjusted_weight(actual, height, Sex.FEMALE) == BodyWeight(Decimal("51.8"))
    from_shown = Decimal("45.7") + Decimal("0.4") * (actual.kg - Decimal("45.7"))
    assert half_up(from_shown, 1) == Decimal("51.9")
