"""The printed working: reckoned again from the paper alone, it gives what is printed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given, strategies as st

from monitor.dosing import DoseInputs, WorkedDose, calculated_from, printed, work_out
from monitor.entries import Basis, VolumeMode
from monitor.errors import InputError
from monitor.protocols.protocol import Way
from monitor.single_dose import SingleInputs, WorkedSingle, single_from, work_out_single
from monitor.units import BodyWeight, FlowRate, Mass, Strength, Volume, WeightedDose
from monitor.working import WorkingLine, working, working_of, working_of_devices, working_of_single
from tests.unit.monitor.paper import agree

weights = st.decimals("20", "350", places=2).map(BodyWeight)
per_kilogram = st.one_of(
    st.decimals("0.05", "7", places=2), st.decimals("0.0001", "0.9999", places=4)
).map(WeightedDose)
amounts = st.decimals("0.1", "300", places=2).map(Mass)
strengths = st.sampled_from(["10", "50", "100", "3", "28", "0.5"]).map(
    lambda mg: Strength(Decimal(mg))
)
syringes = st.sampled_from([0, 1, 3, 5, 10, 20, 50]).map(
    lambda ml: Volume(Decimal(ml)) if ml else None
)


@st.composite
def infusions(draw: st.DrawFn) -> WorkedDose:
    """Return a dose into a vein that can be made up."""
    by_weight = draw(st.booleans())
    try:
        return work_out(
            DoseInputs(
                weight=draw(weights),
                per_kg=draw(per_kilogram) if by_weight else None,
                dose=None if by_weight else draw(amounts),
                minutes=draw(st.decimals("1", "180", places=1)),
                strength=draw(strengths),
                volume=Volume(draw(st.decimals("0.1", "250", places=1))),
                mode=draw(st.sampled_from(VolumeMode)),
                rate_step=FlowRate(Decimal(draw(st.sampled_from(["0.1", "0.01", "1", "5"])))),
                syringe=draw(syringes),
            )
        )
    except InputError:
        assume(False)  # noqa: FBT003 - hypothesis has no other way to say so
        raise


@st.composite
def singles(draw: st.DrawFn) -> WorkedSingle:
    """Return a dose given in one go, in mL or in pieces, that can be made ready."""
    by_weight, counted = draw(st.booleans()), draw(st.booleans())
    try:
        return work_out_single(
            SingleInputs(
                weight=draw(weights) if by_weight else None,
                per_kg=draw(per_kilogram) if by_weight else None,
                dose=None if by_weight else draw(amounts),
                strength=None if counted else draw(strengths),
                syringe=None if counted else draw(syringes),
                piece=Mass(Decimal(draw(st.sampled_from([25, 50, 100, 30])))) if counted else None,
                part=Decimal(draw(st.sampled_from(["1", "0.5", "0.25"]))),
            )
        )
    except InputError:
        assume(False)  # noqa: FBT003 - hypothesis has no other way to say so
        raise


@given(infusions(), st.sampled_from([Way.PUMP, Way.PUSH]))
def test_that_the_working_of_an_infusion_or_a_push_comes_out_as_printed(
    worked: WorkedDose, way: Way
) -> None:
    assert agree(working(worked, way)) == []


@given(singles())
def test_that_the_working_of_a_single_dose_comes_out_as_printed(worked: WorkedSingle) -> None:
    assert agree(working_of_single(worked)) == []


@given(st.sampled_from(["28", "56", "84"]))
def test_that_the_working_of_devices_comes_out_as_printed(mg: str) -> None:
    assert agree(working_of_devices(Decimal(mg), Decimal(28), 5)) == []


@pytest.mark.parametrize(
    ("line", "comes_out"),
    [
        (WorkingLine("Dose", "70 kg × 0.5 mg/kg", "35 mg"), True),
        (WorkingLine("Dose", "70 kg × 0.5 mg/kg", "36 mg"), False),
        (WorkingLine("Draw up", "35 mg ÷ 30 mg/mL", "1.1667 mL"), True),
        (WorkingLine("Draw up", "35 mg ÷ 30 mg/mL", "1.1666 mL"), False),
        (WorkingLine("Pump", "50 mL × 60 ÷ 44 min", "68.2 mL/h"), True),
        (WorkingLine("Pump", "50 mL × 60 ÷ 44 min", "68 mL/h"), False),
        (WorkingLine("Pump", "0.1 mL × 60 ÷ 12.5 min", "0.48 mL/h"), True),
        (WorkingLine("Pump", "50 mL × 60 ÷ 44 min, in steps of 1 mL/h", "68 mL/h"), True),
        (
            WorkingLine("Cross-check", "0.875 mg/min = 12.5 mcg/kg/min", "0.75 mg/kg/h"),
            True,
        ),
        (
            WorkingLine("Cross-check", "0.875 mg/min = 12.5 mcg/kg/min", "7.5 mg/kg/h"),
            False,
        ),
    ],
    ids=lambda case: getattr(case, "text", str(case)),
)
def test_that_the_reader_of_the_paper_finds_a_wrong_line(
    line: WorkingLine, *, comes_out: bool
) -> None:
    assert agree([line]) == ([] if comes_out else [line.text])


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ("7.1 mg/min = 100 mcg/kg/min", "6 mg/kg/h"),
        ("14 mg/min = 200 mcg/kg/min", "12 mg/kg/h"),
        ("7 mg/min = 100.01 mcg/kg/min", "6 mg/kg/h"),
        ("7 mg/min = 100 mcg/kg/min", "6.0001 mg/kg/h"),
    ],
)
@pytest.mark.parametrize("way", [Way.PUMP, Way.PUSH])
def test_that_the_reader_of_the_paper_finds_a_rate_that_is_not_that_of_the_lines_above(
    said: str, result: str, way: Way
) -> None:
    last = WorkingLine("Cross-check", said, result)
    assert agree([*working(push(), way)[:-1], last]) == [last.text]


def test_that_a_rate_on_a_tie_is_rounded_once() -> None:
    worked = work_out(
        DoseInputs(
            weight=BodyWeight(Decimal(80)),
            per_kg=WeightedDose(Decimal("0.08")),
            minutes=Decimal(60),
            strength=Strength(Decimal(50)),
            volume=Volume(Decimal(250)),
            mode=VolumeMode.REPLACES,
        )
    )
    line = working(worked)[-1]
    assert line.result == f"{printed(worked)['mg_per_kg_h']} mg/kg/h" == "0.0813 mg/kg/h"


def push() -> WorkedDose:
    """Return 14 mg by hand over 2 min."""
    return work_out(
        DoseInputs(
            weight=BodyWeight(Decimal(70)),
            per_kg=WeightedDose(Decimal("0.2")),
            minutes=Decimal(2),
            strength=Strength(Decimal(10)),
            volume=Volume(Decimal(10)),
            mode=VolumeMode.REPLACES,
        )
    )


PUSHED = [
    "70 kg × 0.2 mg/kg = 14 mg",
    "14 mg ÷ 10 mg/mL = 1.4 mL",
    "3 mL, marks of 0.1 mL = 1.4 mL",
    "1.4 mL × 10 mg/mL = 14 mg",
    "14 mg ÷ 10 mL = 1.4 mg/mL",
    "14 mg ÷ 2 min = 7 mg/min",
    "7 mg/min = 100 mcg/kg/min = 6 mg/kg/h",
]


def test_that_a_push_by_hand_has_minutes_in_the_place_of_a_pump() -> None:
    lines = working(push(), Way.PUSH)
    assert [line.text for line in lines] == PUSHED
    assert lines[-2].name == "Push 10 mL over 2 min"


def test_that_a_kept_push_reads_the_same() -> None:
    kept = calculated_from(
        push(), weight=BodyWeight(Decimal(70)), basis=Basis.ACTUAL, basis_reason=""
    )
    assert [line.text for line in working_of(kept, Way.PUSH)] == PUSHED
    assert [line.name for line in working_of(kept)][-2] == "Pump"


def test_that_an_injection_reads_as_on_paper() -> None:
    worked = work_out_single(
        SingleInputs(
            weight=BodyWeight(Decimal("58.7")),
            per_kg=WeightedDose(Decimal("0.5")),
            strength=Strength(Decimal(50)),
        )
    )
    lines = [
        "58.7 kg × 0.5 mg/kg = 29.35 mg",
        "29.35 mg ÷ 50 mg/mL = 0.587 mL",
        "1 mL, marks of 0.01 mL = 0.59 mL",
        "0.59 mL × 50 mg/mL = 29.5 mg",
    ]
    assert [line.text for line in working_of_single(worked)] == lines
    kept = single_from(worked, "ketamine-50", weight=BodyWeight(Decimal("58.7")))
    assert [line.text for line in working_of(kept)] == lines


def test_that_pieces_read_as_on_paper() -> None:
    worked = work_out_single(
        SingleInputs(dose=Mass(Decimal(80)), piece=Mass(Decimal(50)), part=Decimal("0.5"))
    )
    lines = [
        "as ordered = 80 mg",
        "80 mg ÷ 50 mg in each = 1.6 pieces",
        "in parts of 0.5 = 1.5 pieces",
        "1.5 × 50 mg = 75 mg",
    ]
    assert [line.text for line in working_of_single(worked)] == lines
    assert [line.text for line in working_of(single_from(worked, "tablet-50"))] == lines


def test_that_one_piece_is_no_pieces() -> None:
    worked = work_out_single(SingleInputs(dose=Mass(Decimal(50)), piece=Mass(Decimal(50))))
    assert [line.result for line in working_of_single(worked)][1:3] == ["1 piece", "1 piece"]


def test_that_a_draw_is_printed_so_that_its_rounding_can_be_followed() -> None:
    worked = work_out_single(
        SingleInputs(
            weight=BodyWeight(Decimal("51.87")),
            per_kg=WeightedDose(Decimal("0.8")),
            strength=Strength(Decimal(100)),
        )
    )
    lines = [line.text for line in working_of_single(worked)]
    assert lines[1:3] == [
        "41.496 mg ÷ 100 mg/mL = 0.41496 mL",  # 0.415 would be drawn up as 0.42
        "1 mL, marks of 0.01 mL = 0.41 mL",
    ]


def test_that_another_step_of_the_pump_is_named_where_it_rounds() -> None:
    def pump(minutes: str) -> str:
        worked = work_out(
            DoseInputs(
                weight=BodyWeight(Decimal(70)),
                per_kg=WeightedDose(Decimal("0.5")),
                minutes=Decimal(minutes),
                strength=Strength(Decimal(50)),
                volume=Volume(Decimal(50)),
                mode=VolumeMode.REPLACES,
                rate_step=FlowRate(Decimal(1)),
            )
        )
        return next(line.text for line in working(worked) if line.name == "Pump")

    assert pump("44") == "50 mL × 60 ÷ 44 min, in steps of 1 mL/h = 68 mL/h"
    assert pump("40") == "50 mL × 60 ÷ 40 min = 75 mL/h"
