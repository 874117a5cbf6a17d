"""A dose given in one go: drawn up, or counted out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st

from monitor.dosing import SYRINGES
from monitor.entries import Basis
from monitor.errors import Code, InputError
from monitor.single_dose import SingleInputs, single_again, single_from, work_out_single
from monitor.units import BodyWeight, Mass, Strength, Volume, WeightedDose

HALF = WeightedDose(Decimal("0.5"))
weights = st.decimals("20", "350", places=1).map(BodyWeight)


def inputs(**changes: object) -> SingleInputs:
    """Return 0.5 mg/kg at 70 kg, of 50 mg/mL, with changes."""
    usual: dict[str, Any] = {
        "weight": BodyWeight(Decimal(70)),
        "per_kg": HALF,
        "strength": Strength(Decimal(50)),
    }
    return SingleInputs(**(usual | changes))


def pieces(mg: str, piece: str, part: str = "1") -> SingleInputs:
    """Return a whole dose in pieces."""
    return SingleInputs(dose=Mass(Decimal(mg)), piece=Mass(Decimal(piece)), part=Decimal(part))


@given(lighter=weights, heavier=weights, strength=st.sampled_from(["10", "50", "100"]))
def test_that_more_weight_never_means_less_drug_drawn_up_or_counted_out(
    lighter: BodyWeight, heavier: BodyWeight, strength: str
) -> None:
    light, heavy = sorted([lighter, heavier])
    by_volume = [
        work_out_single(inputs(weight=kg, strength=Strength(Decimal(strength))))
        for kg in (light, heavy)
    ]
    assert by_volume[0].calculated <= by_volume[1].calculated
    if by_volume[0].syringe == by_volume[1].syringe:
        assert by_volume[0].prepared <= by_volume[1].prepared
    counted = [
        work_out_single(inputs(weight=kg, strength=None, piece=Mass(Decimal(10))))
        for kg in (light, heavy)
    ]
    assert counted[0].prepared <= counted[1].prepared


@given(weight=weights, strength=st.sampled_from(["10", "50", "100"]))
def test_that_what_is_drawn_up_is_off_by_half_a_graduation_at_most(
    weight: BodyWeight, strength: str
) -> None:
    worked = work_out_single(inputs(weight=weight, strength=Strength(Decimal(strength))))
    assert worked.draw is not None
    assert worked.drawn is not None
    assert worked.syringe is not None
    assert abs(worked.drawn.ml - worked.draw.ml) <= SYRINGES[worked.syringe.ml] / 2


@given(
    mg=st.decimals("1", "300", places=1),
    piece=st.sampled_from(["25", "50", "100"]),
    part=st.sampled_from(["1", "0.5", "0.25"]),
)
def test_that_what_is_counted_out_is_off_by_half_a_part_at_most(
    mg: Decimal, piece: str, part: str
) -> None:
    assume(mg / Decimal(piece) >= Decimal(part) / 2)
    worked = work_out_single(pieces(str(mg), piece, part))
    assert worked.pieces is not None
    assert worked.pieces % Decimal(part) == 0
    assert abs(worked.prepared.mg - mg) <= Decimal(piece) * Decimal(part) / 2


@pytest.mark.parametrize(
    ("mg", "piece", "part", "count"),
    [
        ("75", "50", "1", "2"),
        ("74.9", "50", "1", "1"),
        ("75", "50", "0.5", "1.5"),
        ("25", "50", "1", "1"),
    ],
)
def test_that_half_a_piece_is_rounded_up(mg: str, piece: str, part: str, count: str) -> None:
    assert work_out_single(pieces(mg, piece, part)).pieces == Decimal(count)


@given(weight=weights)
def test_that_a_kept_single_dose_works_out_the_same_again(weight: BodyWeight) -> None:
    for asked in (
        inputs(weight=weight),
        inputs(weight=weight, syringe=Volume(Decimal(50)), strength=Strength(Decimal(10))),
        inputs(weight=weight, strength=None, piece=Mass(Decimal(10)), part=Decimal("0.5")),
        inputs(weight=None, per_kg=None, dose=Mass(weight.kg)),
    ):
        worked = work_out_single(asked)
        kept = single_from(worked, "product", weight=weight, basis=Basis.ACTUAL)
        again = single_again(kept)
        assert (again.calculated, again.prepared) == (worked.calculated, worked.prepared)
        assert (again.draw, again.drawn, again.pieces) == (worked.draw, worked.drawn, worked.pieces)


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        (inputs(weight=BodyWeight(Decimal("19.9"))), Code.OUT_OF_RANGE, "weight_kg"),
        (inputs(weight=BodyWeight(Decimal("NaN"))), Code.OUT_OF_RANGE, "weight_kg"),
        (inputs(weight=None), Code.EMPTY, "weight_kg"),
        (inputs(per_kg=None), Code.EMPTY, "per_kg_mg"),
        (inputs(per_kg=WeightedDose(Decimal(0))), Code.OUT_OF_RANGE, "per_kg_mg"),
        (inputs(per_kg=WeightedDose(Decimal(-1))), Code.OUT_OF_RANGE, "per_kg_mg"),
        (inputs(dose=Mass(Decimal(35))), Code.DIFFERS, "dose_mg"),
        (inputs(per_kg=None, dose=Mass(Decimal(0))), Code.OUT_OF_RANGE, "dose_mg"),
        (inputs(per_kg=None, dose=Mass(Decimal("NaN"))), Code.OUT_OF_RANGE, "dose_mg"),
        (inputs(strength=None), Code.EMPTY, "strength_mg_per_ml"),
        (inputs(strength=Strength(Decimal(0))), Code.OUT_OF_RANGE, "strength_mg_per_ml"),
        (inputs(per_kg=WeightedDose(Decimal(40))), Code.TOO_MUCH, "draw_ml"),
        (inputs(syringe=Volume(Decimal("0.5"))), Code.OUT_OF_RANGE, "syringe_ml"),
        (inputs(per_kg=WeightedDose(Decimal("0.001"))), Code.OUT_OF_RANGE, "drawn_ml"),
        (pieces("24.9", "50"), Code.OUT_OF_RANGE, "pieces"),
        (pieces("50", "0"), Code.OUT_OF_RANGE, "piece_mg"),
        (pieces("50", "50", "0"), Code.OUT_OF_RANGE, "part"),
    ],
)
def test_that_what_cannot_be_drawn_up_or_counted_out_is_refused_at_its_field(
    asked: SingleInputs, code: Code, field: str
) -> None:
    with pytest.raises(InputError) as caught:
        work_out_single(asked)
    assert (caught.value.code, caught.value.field) == (code, field)
