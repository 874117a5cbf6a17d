"""The dose chain."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from monitor.dosing import (
    SYRINGES,
    DoseInputs,
    calculated_dose,
    calculated_from,
    is_flagged,
    printed,
    to_mark,
    work_out,
    worked_again,
)
from monitor.entries import Basis, VolumeMode
from monitor.errors import Code, InputError
from monitor.units import BodyWeight, FlowRate, Mass, Strength, Volume, WeightedDose
from monitor.working import working, working_of, working_of_devices
from tests.vectors import cases

HALF = WeightedDose(Decimal("0.5"))
weights = st.decimals("20", "350", places=1).map(BodyWeight)


def inputs(**changes: object) -> DoseInputs:
    """Return 70 kg, 0.5 mg/kg over 40 min, 50 mg/mL in 50 mL, with changes."""
    usual: dict[str, Any] = {
        "weight": BodyWeight(Decimal(70)),
        "per_kg": HALF,
        "minutes": Decimal(40),
        "strength": Strength(Decimal(50)),
        "volume": Volume(Decimal(50)),
        "mode": VolumeMode.REPLACES,
    }
    return DoseInputs(**(usual | changes))


@pytest.mark.parametrize(
    "case", cases("dose"), ids=lambda c: " ".join(map(str, list(c.values())[:6]))
)
def test_that_the_worked_examples_hold(case: dict[str, Any]) -> None:
    worked = work_out(
        inputs(
            weight=BodyWeight(Decimal(case["weight_kg"])),
            per_kg=WeightedDose(Decimal(case["per_kg_mg"])),
            minutes=Decimal(case["minutes"]),
            strength=Strength(Decimal(case["strength_mg_per_ml"])),
            volume=Volume(Decimal(case["volume_ml"])),
            mode=VolumeMode(case["volume_mode"]),
        )
    )
    assert printed(worked) == case["expect"]


def test_that_a_heavy_patients_dose_is_worked_out_in_full() -> None:
    assert calculated_dose(HALF, BodyWeight(Decimal(150))) == Mass(Decimal(75))


@given(lighter=weights, heavier=weights)
def test_that_more_weight_never_means_less_drug(lighter: BodyWeight, heavier: BodyWeight) -> None:
    light, heavy = sorted([lighter, heavier])
    assert calculated_dose(HALF, light) <= calculated_dose(HALF, heavy)


def test_that_a_tie_between_two_marks_is_rounded_up() -> None:
    assert to_mark(Decimal("0.415"), Decimal("0.01")) == Decimal("0.42")


@given(weight=weights, strength=st.sampled_from(["10", "50", "100"]))
def test_that_drawing_up_differs_from_the_exact_draw_by_half_a_mark_at_most(
    weight: BodyWeight, strength: str
) -> None:
    worked = work_out(inputs(weight=weight, strength=Strength(Decimal(strength))))
    assert abs(worked.drawn.ml - worked.draw.ml) <= SYRINGES[worked.syringe.ml] / 2


@given(weight=weights, mode=st.sampled_from(VolumeMode))
def test_that_a_printed_figure_has_no_ornament(weight: BodyWeight, mode: VolumeMode) -> None:
    for shown in printed(work_out(inputs(weight=weight, mode=mode))).values():
        assert re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?", shown)
        assert shown != "-0"


@pytest.mark.parametrize(
    ("percent", "flagged"), [("5", False), ("5.01", True), ("-5", False), ("-5.01", True)]
)
def test_that_a_deviation_beyond_the_protocols_is_flagged_either_way(
    percent: str, *, flagged: bool
) -> None:
    assert is_flagged(Decimal(percent), Decimal(5)) is flagged


def test_that_a_deviation_too_small_to_print_is_nought() -> None:
    just_over = WeightedDose(Decimal("0.500001"))  # 35.00007 mg wanted, 35 mg drawn up
    assert printed(work_out(inputs(per_kg=just_over)))["deviation_percent"] == "0"


def test_that_the_syringe_chosen_sets_the_marks() -> None:
    worked = work_out(inputs(weight=BodyWeight(Decimal("58.7")), syringe=Volume(Decimal(10))))
    assert (worked.drawn, worked.prepared) == (Volume(Decimal("0.6")), Mass(Decimal(30)))


@pytest.mark.parametrize(
    ("mg", "draw", "syringe"),
    [("30", "3", "3"), ("30.1", "3.01", "5"), ("500", "50", "50")],
)
def test_that_a_draw_that_fills_a_syringe_stays_in_it(mg: str, draw: str, syringe: str) -> None:
    dose, strength = Mass(Decimal(mg)), Strength(Decimal(10))
    worked = work_out(inputs(per_kg=None, dose=dose, strength=strength))
    assert (worked.draw, worked.syringe) == (Volume(Decimal(draw)), Volume(Decimal(syringe)))


@given(weight=weights, minutes=st.integers(2, 120), volume=st.sampled_from([50, 100, 250]))
def test_that_the_rounded_rate_is_the_nearest_the_pump_can_be_set_to(
    weight: BodyWeight, minutes: int, volume: int
) -> None:
    worked = work_out(
        inputs(weight=weight, minutes=Decimal(minutes), volume=Volume(Decimal(volume)))
    )
    exact = worked.final_volume.ml * 60 / minutes
    assert abs(worked.rate.ml_per_h - exact) <= Decimal("0.05")
    assert worked.rate.ml_per_h % Decimal("0.1") == 0


@given(weight=weights)
def test_that_the_three_rates_are_one_rate(weight: BodyWeight) -> None:
    worked = work_out(inputs(weight=weight))
    hourly = worked.mcg_per_kg_min * 60 / 1000
    assert abs(hourly - worked.mg_per_kg_h) < Decimal("1e-20")
    assert abs(worked.mg_per_min * worked.runs_minutes - worked.prepared.mg) < Decimal("1e-20")


@given(weight=weights)
def test_that_a_kept_calculation_works_out_the_same_again(weight: BodyWeight) -> None:
    worked = work_out(inputs(weight=weight))
    kept = calculated_from(worked, weight=weight, basis=Basis.ACTUAL, basis_reason="")
    assert printed(worked_again(kept)) == printed(worked)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"weight": BodyWeight(Decimal("19.9"))}, Code.OUT_OF_RANGE, "weight_kg"),
        ({"weight": BodyWeight(Decimal(351))}, Code.OUT_OF_RANGE, "weight_kg"),
        ({"weight": BodyWeight(Decimal("NaN"))}, Code.OUT_OF_RANGE, "weight_kg"),
        ({"minutes": Decimal(0)}, Code.OUT_OF_RANGE, "minutes"),
        ({"minutes": Decimal("NaN")}, Code.OUT_OF_RANGE, "minutes"),
        ({"volume": Volume(Decimal(-1))}, Code.OUT_OF_RANGE, "volume_ml"),
        ({"per_kg": WeightedDose(Decimal(0))}, Code.OUT_OF_RANGE, "per_kg_mg"),
        ({"per_kg": WeightedDose(Decimal("NaN"))}, Code.OUT_OF_RANGE, "per_kg_mg"),
        ({"per_kg": None}, Code.EMPTY, "per_kg_mg"),
        ({"per_kg": None, "dose": Mass(Decimal(-1))}, Code.OUT_OF_RANGE, "dose_mg"),
        ({"per_kg": None, "dose": Mass(Decimal("NaN"))}, Code.OUT_OF_RANGE, "dose_mg"),
        ({"dose": Mass(Decimal(20))}, Code.DIFFERS, "dose_mg"),
        ({"per_kg": WeightedDose(Decimal(40))}, Code.TOO_MUCH, "draw_ml"),
        ({"volume": Volume(Decimal("0.5"))}, Code.TOO_MUCH, "volume_ml"),
        ({"per_kg": WeightedDose(Decimal("0.001"))}, Code.OUT_OF_RANGE, "drawn_ml"),
        ({"syringe": Volume(Decimal(2))}, Code.OUT_OF_RANGE, "syringe_ml"),
        ({"rate_step": FlowRate(Decimal(200))}, Code.OUT_OF_RANGE, "rate_step_ml_h"),
        ({"minutes": Decimal("1E+5")}, Code.OUT_OF_RANGE, "rate_ml_h"),
        ({"strengths": (Strength(Decimal(10)),)}, Code.OUT_OF_RANGE, "strength_mg_per_ml"),
    ],
)
def test_that_what_cannot_be_drawn_up_or_run_is_refused_at_its_field(
    changes: dict[str, object], code: Code, field: str
) -> None:
    with pytest.raises(InputError) as caught:
        work_out(inputs(**changes))
    assert (caught.value.code, caught.value.field) == (code, field)


def test_that_the_working_reads_as_on_paper() -> None:
    assert [line.text for line in working(work_out(inputs()))] == [
        "70 kg × 0.5 mg/kg = 35 mg",
        "35 mg ÷ 50 mg/mL = 0.7 mL",
        "1 mL, marks of 0.01 mL = 0.7 mL",
        "0.7 mL × 50 mg/mL = 35 mg",
        "35 mg ÷ 50 mL = 0.7 mg/mL",
        "50 mL × 60 ÷ 40 min = 75 mL/h",
        "0.875 mg/min = 12.5 mcg/kg/min = 0.75 mg/kg/h",
    ]


def test_that_the_working_shows_drug_that_is_added_to_its_diluent() -> None:
    lines = [line.text for line in working(work_out(inputs(mode=VolumeMode.ADDED)))]
    assert "50 mL + 0.7 mL = 50.7 mL" in lines


def test_that_a_kept_calculation_keeps_the_weight_and_the_syringe_that_were_chosen() -> None:
    ideal = BodyWeight(Decimal("56.9"))
    worked = work_out(inputs(weight=ideal, syringe=Volume(Decimal(3))))
    kept = calculated_from(
        worked, weight=BodyWeight(Decimal("104.2")), basis=Basis.IDEAL, basis_reason="BMI 38.3"
    )
    assert (kept.weight_kg, kept.dosing_weight_kg) == (Decimal("104.2"), Decimal("56.9"))
    assert (kept.basis, kept.basis_reason) == (Basis.IDEAL, "BMI 38.3")
    assert kept.deviation_percent == Decimal("5.4482")  # 30 mg for 28.45 mg
    assert printed(worked_again(kept)) == printed(worked)


def test_that_a_dose_ordered_in_milligrams_is_shown_as_ordered() -> None:
    worked = work_out(inputs(per_kg=None, dose=Mass(Decimal(40))))
    kept = calculated_from(worked, weight=worked.inputs.weight, basis=Basis.ACTUAL, basis_reason="")
    assert [line.text for line in working_of(kept)][:2] == [
        "as ordered = 40 mg",
        "40 mg ÷ 50 mg/mL = 0.8 mL",
    ]
    assert working_of(kept) == working(worked)


def test_that_one_device_needs_no_rest() -> None:
    lines = working_of_devices(Decimal(28), Decimal(28), 5)
    assert [line.text for line in lines] == ["28 mg ÷ 28 mg per device = 1 device"]


def test_that_devices_are_counted_with_their_rests() -> None:
    lines = working_of_devices(Decimal(84), Decimal(28), 5)
    assert [line.text for line in lines] == [
        "84 mg ÷ 28 mg per device = 3 devices",
        "2 × 5 min between devices = 10 min",
    ]
