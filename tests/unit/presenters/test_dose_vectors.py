"""The worked examples hold in the dose set-up, from the order to the second check."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import pytest

from monitor.people import Sex
from monitor.units import plain
from tests.fakes.dose_hands import SetUp
from tests.fakes.visit import PASSWORDS
from tests.vectors import cases
from ui.presenters.dose_setup import DoseSetUpPresenter


def ordered_and_weighed(case: dict[str, Any]) -> SetUp:
    push = Decimal(case["minutes"]) < 40
    setup = SetUp("iv-push-ed" if push else "iv-ketamine-40")
    setup.choose(how="written").type(reason="as tolerated before")
    setup.order(case["per_kg_mg"], case["minutes"])
    assert setup.presenter.here == "weight", setup.room.problem
    return setup.weigh(case["weight_kg"], height="")


def results(setup: SetUp) -> dict[str, str]:
    """Return the working's results by their names."""
    return {line.name: line.result for line in setup.room.working.lines}


@pytest.mark.parametrize("case", cases("dose"), ids=lambda c: " ".join(list(c.values())[:4]))
def test_that_a_dose_is_worked_out_and_checked_as_in_the_example(case: dict[str, Any]) -> None:
    want, setup = case["expect"], ordered_and_weighed(case)
    setup.tray(case["strength_mg_per_ml"], case["volume_ml"], case["volume_mode"])
    if Decimal(want["calculated_mg"]) > 100:
        setup.type(reason="as tolerated before", cap_password=PASSWORDS["ds"])
    shown = results(setup)
    assert shown["Dose"] == f"{want['calculated_mg']} mg"
    assert shown["Draw up"] == f"{want['draw_ml']} mL"
    assert shown["Syringe"] == f"{want['drawn_ml']} mL"
    assert shown["Prepared"] == f"{want['prepared_mg']} mg"
    assert shown["Mixture"] == f"{want['concentration_mg_per_ml']} mg/mL"
    pump = "Pump" in shown
    if pump:
        assert shown["Pump"] == f"{want['rate_ml_h']} mL/h"
        assert setup.rates() == [
            f"{want['mg_per_min']} mg/min",
            f"{want['mcg_per_kg_min']} mcg/kg/min",
            f"{want['mg_per_kg_h']} mg/kg/h",
        ]
    setup.submit()
    assert setup.presenter.here == "check", setup.room.problem
    setup.choose(checker="ds", volume_mode=case["volume_mode"]).type(password=PASSWORDS["ds"])
    setup.type(weight_kg=case["weight_kg"], strength_mg_per_ml=case["strength_mg_per_ml"])
    setup.type(volume_ml=want["final_volume_ml"], drawn_ml=want["drawn_ml"])
    setup.type(rate_ml_h=want["rate_ml_h"]).submit()
    assert setup.room.check is not None, setup.room.problem
    assert setup.room.check.same
    dose = setup.visit.overview.dose
    assert plain(dose.deviation_percent or Decimal(0), 2) == want["deviation_percent"]


@pytest.mark.parametrize("case", cases("weight_basis"), ids=lambda c: f"{c['height_cm']} cm")
def test_that_the_bodies_are_side_by_side_as_in_the_example(case: dict[str, Any]) -> None:
    setup = SetUp().order().weigh(case["weight_kg"], case["height_cm"])
    doors = setup.doors

    def of_that_sex() -> Any:  # noqa: ANN401 - an overview
        seen = doors.overview()
        return dataclasses.replace(
            seen, patient=dataclasses.replace(seen.patient, sex=Sex(case["sex"]))
        )

    setup.presenter = DoseSetUpPresenter(
        setup.room, dataclasses.replace(doors, overview=of_that_sex)
    )
    setup.presenter.begin()
    want = case["expect"]
    shown = {each.value: each for each in setup.room.options["basis"]}
    assert shown["actual"].more == (f"{want['mg_actual']} mg", f"{case['weight_kg']} kg")
    for basis in ("ideal", "adjusted"):
        kilograms = want[f"{basis}_kg"]
        if kilograms == "not defined":
            assert shown[basis].more[0] == "not defined"
            assert not shown[basis].offered
        else:
            kg = plain(Decimal(kilograms))
            assert shown[basis].more == (f"{want[f'mg_{basis}']} mg", f"{kg} kg")
