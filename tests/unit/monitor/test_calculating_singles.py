"""A dose given in one go: what it rests on, what it refuses, what it keeps."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor.acts import Calculate, TakeOrder, Weigh
from monitor.entries import Basis, Given, SingleCalculated, VolumeMode, Weighing
from monitor.people import Author
from tests.fakes.visit import Visit
from tests.unit.monitor.orders import by_weight, ordered_whole, refusal, single

ABOVE = (
    "120 mg is more than the protocol's 100 mg; have a prescriber give the reason, or order less."
)


def made(visit: Visit, act: Calculate, by: Author | None = None) -> SingleCalculated:
    """Return the single dose that an act writes."""
    (entry,) = visit.do(act, by)
    assert isinstance(entry.what, SingleCalculated)
    return entry.what


def test_that_an_injection_is_drawn_up_by_weight_and_strength() -> None:
    dose = made(by_weight("im-ketamine", "0.5", "58.7"), single("ketamine-50"))
    assert (dose.calculated_mg, dose.drawn_ml) == (Decimal("29.35"), Decimal("0.59"))
    assert (dose.prepared_mg, dose.syringe_ml) == (Decimal("29.5"), Decimal(1))
    assert dose.deviation_percent == Decimal("0.5111")
    assert (dose.weight_kg, dose.basis, dose.pieces) == (Decimal("58.7"), Basis.ACTUAL, None)


def test_that_a_solution_can_be_named_by_its_strength_alone() -> None:
    assert made(by_weight("im-ketamine", "0.5"), single(strength="100")).product == "ketamine-100"


def test_that_another_syringe_can_be_chosen_for_an_injection() -> None:
    act = single("ketamine-50", syringe_ml=Decimal(3))
    dose = made(by_weight("im-ketamine", "0.5", "58.7"), act)
    assert (dose.drawn_ml, dose.prepared_mg) == (Decimal("0.6"), Decimal(30))


def test_that_tablets_are_counted_in_the_parts_they_can_be_given_in() -> None:
    dose = made(ordered_whole("oral-ketamine", "90"), single("ketamine-tablet-50"))
    assert (dose.pieces, dose.part) == (Decimal(2), Decimal("0.5"))
    assert dose.prepared_mg == Decimal(100)
    assert dose.deviation_percent == Decimal("11.1111")
    dose = made(ordered_whole("oral-ketamine", "80"), single("ketamine-tablet-50"))
    assert (dose.pieces, dose.prepared_mg) == (Decimal("1.5"), Decimal(75))


def test_that_a_whole_dose_needs_no_weight_and_keeps_one_that_was_taken() -> None:
    visit = ordered_whole("oral-ketamine", "50")
    assert made(visit, single("ketamine-tablet-50")).weight_kg is None
    dose = made(visit.weighed("104.2"), single("ketamine-tablet-50"))
    assert (dose.weight_kg, dose.basis, dose.dosing_weight_kg) == (Decimal("104.2"), None, None)


def test_that_a_single_dose_by_weight_rests_on_the_weight_chosen() -> None:
    visit = by_weight("im-ketamine", "0.5", "104.2")
    assert refusal(visit, single("ketamine-50")).startswith("A reason is needed")
    act = single("ketamine-50", basis=Basis.IDEAL, basis_reason="BMI 37")
    dose = made(visit, act)
    assert (dose.weight_kg, dose.dosing_weight_kg) == (Decimal("104.2"), Decimal("59.6"))
    assert (dose.basis, dose.basis_reason) == (Basis.IDEAL, "BMI 37")


@pytest.mark.parametrize(
    ("protocol", "per_kg", "act", "said"),
    [
        (
            "im-ketamine",
            "0.5",
            single(),
            "No product is chosen; choose what the dose is taken from.",
        ),
        (
            "im-ketamine",
            "0.5",
            single(strength="10"),
            "Strength in mg/mL must be one of these: 50, 100; choose one.",
        ),
        (
            "im-ketamine",
            "0.5",
            single("ketamine-10"),
            "The product must be one of these: ketamine 50 mg/mL, ketamine 100 mg/mL; choose one.",
        ),
        (
            "im-ketamine",
            "0.5",
            single("ketamine-50", volume_ml=Decimal(50)),
            "Volume in mL 50 cannot be taken: this way of giving has none.",
        ),
        (
            "im-ketamine",
            "0.5",
            single("ketamine-50", volume_mode=VolumeMode.ADDED),
            "Volume mode added cannot be taken: this way of giving has none.",
        ),
        (
            "im-ketamine",
            "0.5",
            single("ketamine-50", minutes=Decimal(2)),
            "Duration in minutes 2 cannot be taken: this way of giving has none.",
        ),
        (
            "im-ketamine",
            "0.5",
            single("ketamine-50", syringe_ml=Decimal(2)),
            "Syringe in mL must be one of these: 1, 3, 5, 10, 20, 50; choose one.",
        ),
        (
            "im-ketamine",
            "0.5",
            single("ketamine-50", syringe_ml=Decimal(50), per_kg_mg=Decimal("0.5")),
            "Drawn volume in mL must be at least 1; check it and type it again.",
        ),
        (
            "im-ketamine",
            "0.5",
            single("ketamine-50", per_kg_mg=Decimal(5)),
            "0.5 mg/kg was ordered and 5 mg/kg entered; make them agree, or order anew.",
        ),
        (
            "sublingual-ketamine",
            "0.5",
            single("ketamine-lozenge-100"),
            "Number of pieces must be at least 0.5; check it and type it again.",
        ),
    ],
    ids=str,
)
def test_that_a_single_dose_that_cannot_be_made_ready_is_refused(
    protocol: str, per_kg: str, act: Calculate, said: str
) -> None:
    visit = by_weight(protocol, per_kg, "44")  # 22 mg: nothing by whole mL, nor by half lozenges
    assert refusal(visit, act) == said


def test_that_a_single_dose_waits_for_order_and_weight() -> None:
    visit = Visit("im-ketamine")
    assert refusal(visit, single("ketamine-50")).startswith("There is no order yet")
    order = TakeOrder(how=Given.WRITTEN, per_kg_mg=Decimal("0.5"))
    visit.do(order, visit.prescriber)
    assert refusal(visit, single("ketamine-50")).startswith("There is no weight from today yet")


def test_that_the_cap_holds_for_a_single_dose() -> None:
    visit = by_weight("im-ketamine", "1", "70")
    visit.do(Weigh(kg=Decimal(120), how=Weighing.MEASURED, confirm=True))
    assert refusal(visit, single("ketamine-100", reason="tolerant"), visit.nurse) == ABOVE
    act = single("ketamine-100", reason="tolerant")
    assert made(visit, act, visit.prescriber).calculated_mg == Decimal(120)
