"""The calculation, by every way of giving: what it rests on, what it refuses, what it keeps."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from monitor.acts import Start, TakeOrder, Weigh
from monitor.entries import Basis, Calculated, Given, VolumeMode, Weighing
from monitor.errors import Code
from monitor.people import Sex
from tests.fakes.visit import Visit
from tests.unit.monitor.later_visits import another, approve, come_again
from tests.unit.monitor.orders import (
    by_weight,
    calculate,
    ordered_whole,
    refusal,
)
from tests.vectors import cases


@pytest.fixture
def visit() -> Visit:
    return Visit().ordered().weighed()


@pytest.fixture
def small() -> Visit:
    """Return a visit under a protocol that allows volumes of less than a millilitre."""
    visit = Visit()
    approve(visit, "iv-ketamine-40", unbounded)
    return come_again(visit, 1).ordered().weighed()


# --- what it rests on ------------------------------------------------------------------------


def test_that_the_dose_waits_for_order_and_weight() -> None:
    visit = Visit()
    assert refusal(visit, calculate()).startswith("There is no order yet")
    visit.ordered()
    assert refusal(visit, calculate()).startswith("There is no weight from today yet")


def test_that_the_dose_is_worked_out_from_the_order(visit: Visit) -> None:
    dose = visit.calculated().overview.dose
    assert {dose.ordered_mg, dose.calculated_mg, dose.prepared_mg} == {Decimal(35)}
    assert dose.drawn_ml == Decimal("0.7")
    assert dose.rate_ml_h == Decimal(75)


@pytest.mark.parametrize(
    "case", cases("dose"), ids=lambda c: " ".join(map(str, list(c.values())[:6]))
)
def test_that_the_worked_examples_hold_through_the_acts(case: dict[str, Any]) -> None:
    visit = Visit()
    free = approve(visit, "iv-ketamine-40", unbounded)
    come_again(visit, 1)
    per_kg, minutes = Decimal(case["per_kg_mg"]), Decimal(case["minutes"])
    visit.do(TakeOrder(how=Given.WRITTEN, per_kg_mg=per_kg, minutes=minutes), visit.prescriber)
    visit.do(Weigh(kg=Decimal(case["weight_kg"]), how=Weighing.MEASURED, confirm=True))
    (entry,) = visit.do(
        calculate(
            strength_mg_per_ml=Decimal(case["strength_mg_per_ml"]),
            volume_ml=Decimal(case["volume_ml"]),
            volume_mode=VolumeMode(case["volume_mode"]),
            reason="a worked example",
        ),
        visit.prescriber,
    )
    assert isinstance(entry.what, Calculated)
    assert free.id == visit.session.opened.protocol
    for name in ("calculated_mg", "drawn_ml", "prepared_mg", "final_volume_ml", "rate_ml_h"):
        assert getattr(entry.what, name) == Decimal(case["expect"][name])


def unbounded(text: str) -> str:
    """Return the infusion's text with bounds that every worked example is within."""
    for old, new in (
        ('per_kg_most = { value = "1"', 'per_kg_most = { value = "5"'),
        ('minutes_most = { value = "60"', 'minutes_most = { value = "180"'),
        ('minutes_least = { value = "40"', 'minutes_least = { value = "2"'),
        ('volumes_ml = { value = ["50"', 'volumes_ml = { value = ["0.1", "50"'),
    ):
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("case", cases("weight_basis"), ids=lambda c: f"{c['weight_kg']} kg")
@pytest.mark.parametrize("basis", list(Basis))
def test_that_the_doses_by_each_body_weight_hold_through_the_acts(
    case: dict[str, Any], basis: Basis
) -> None:
    visit = another(Visit(), "1984-03-12", Sex(case["sex"])).ordered()
    kg, height = Decimal(case["weight_kg"]), Decimal(case["height_cm"])
    visit.do(Weigh(kg=kg, height_cm=height, how=Weighing.MEASURED, confirm=True))
    act = calculate(basis=basis, basis_reason="as agreed")
    wanted = case["expect"].get(f"mg_{basis.value}")
    if wanted is None:
        assert "body weight is not" in refusal(visit, act)
    else:
        visit.do(act)
        assert visit.overview.dose.calculated_mg == Decimal(wanted)


# --- refusals of an infusion -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"strength_mg_per_ml": None}, "Nothing was typed for strength in mg/mL; type a value."),
        (
            {"strength_mg_per_ml": Decimal(5)},
            "Strength in mg/mL must be one of these: 10, 50, 100; choose one.",
        ),
        (
            {"strength_mg_per_ml": Decimal(500)},
            "Strength in mg/mL must be one of these: 10, 50, 100; choose one.",
        ),
        (
            {"strength_mg_per_ml": Decimal(0)},
            "Strength in mg/mL must be one of these: 10, 50, 100; choose one.",
        ),
        ({"volume_ml": None}, "Nothing was typed for volume in mL; type a value."),
        (
            {"volume_ml": Decimal(0)},
            "Volume in mL 0 is impossible; check it and type it again.",
        ),
        (
            {"volume_ml": Decimal(-50)},
            "Volume in mL -50 is impossible; check it and type it again.",
        ),
        (
            {"volume_ml": Decimal("NaN")},
            "Volume in mL NaN is impossible; check it and type it again.",
        ),
        (
            {"volume_ml": Decimal("0.5")},
            "0.7 mL is more than the 0.5 mL that fit; choose another volume in mL.",
        ),
        (
            {"volume_mode": None},
            ("Nothing is said of the drug's volume; say whether it replaces diluent or is added."),
        ),
        (
            {"per_kg_mg": Decimal(5)},
            "0.5 mg/kg was ordered and 5 mg/kg entered; make them agree, or order anew.",
        ),
        (
            {"minutes": Decimal(4)},
            "40 min was ordered and 4 min entered; make them agree, or order anew.",
        ),
        (
            {"rate_step_ml_h": Decimal(0)},
            "Pump step in mL/h must be one of these: 1, 0.1, 0.01; choose one.",
        ),
        (
            {"rate_step_ml_h": Decimal(500)},
            "Pump step in mL/h must be one of these: 1, 0.1, 0.01; choose one.",
        ),
        (
            {"rate_step_ml_h": Decimal("1E-40")},
            "Pump step in mL/h must be one of these: 1, 0.1, 0.01; choose one.",
        ),
        (
            {"rate_step_ml_h": Decimal("NaN")},
            "Pump step in mL/h must be one of these: 1, 0.1, 0.01; choose one.",
        ),
        (
            {"volume_ml": Decimal("49.9")},
            "Volume in mL must be 50 to 250; check it and type it again.",
        ),
        (
            {"volume_ml": Decimal("1E+9")},
            "Volume in mL must be 50 to 250; check it and type it again.",
        ),
        (
            {"volume_ml": Decimal("250.1"), "volume_mode": VolumeMode.ADDED},
            "Volume in mL must be 50 to 250; check it and type it again.",
        ),
        (
            {"syringe_ml": Decimal(50)},
            (
                "By the marks of a 50 mL syringe 50 mg would be drawn up instead of 35 mg; choose"
                " a smaller one."
            ),
        ),
        (
            {"syringe_ml": Decimal(2)},
            "Syringe in mL must be one of these: 1, 3, 5, 10, 20, 50; choose one.",
        ),
        (
            {"product": "ketamine-100"},
            "Ketamine 100 mg/mL was chosen and 50 mg/mL entered; make them agree.",
        ),
        (
            {"product": "water"},
            (
                "The product must be one of these: ketamine 10 mg/mL, ketamine 50 mg/mL,"
                " ketamine 100 mg/mL; choose one."
            ),
        ),
    ],
    ids=str,
)
def test_that_what_cannot_be_made_up_is_refused_in_one_sentence(
    visit: Visit, changes: dict[str, object], said: str
) -> None:
    assert refusal(visit, calculate(**changes)) == said


def test_that_a_draw_that_rounds_to_nothing_is_refused() -> None:
    visit = Visit().ordered().weighed("44")
    assert refusal(visit, calculate(syringe_ml=Decimal(50))) == (
        "Drawn volume in mL must be at least 1; check it and type it again."
    )


def test_that_a_product_can_be_named_by_its_id_alone(visit: Visit) -> None:
    visit.do(calculate(product="ketamine-50", strength_mg_per_ml=None))
    assert visit.overview.dose.drawn_ml == Decimal("0.7")


@pytest.mark.parametrize(
    ("volume", "mode", "enough"),
    [
        ("0.69", VolumeMode.REPLACES, False),
        ("0.7", VolumeMode.REPLACES, True),
        ("0.34", VolumeMode.ADDED, False),
        ("0.35", VolumeMode.ADDED, True),
    ],
)
def test_that_100_mg_per_ml_is_given_into_a_vein_with_as_much_diluent_at_least(
    small: Visit, volume: str, mode: VolumeMode, *, enough: bool
) -> None:
    act = calculate(strength_mg_per_ml=Decimal(100), volume_ml=Decimal(volume), volume_mode=mode)
    if enough:
        small.do(act)
    else:
        assert refusal(small, act) == (
            "100 mg/mL may not be given undiluted; choose a final volume of at least 0.7 mL."
        )


def test_that_50_mg_per_ml_needs_no_diluent_by_this_rule(small: Visit) -> None:
    small.do(calculate(volume_ml=Decimal("0.7")))


def test_that_a_new_weight_asks_for_a_new_calculation(visit: Visit) -> None:
    visit.calculated().weighed("71")
    visit.at("09:55").line("122/76 72 98 16 s5 d0")
    with visit.refused(Code.DOSE_MISSING):
        visit.at("10:00").do(Start())


def test_that_an_order_in_mg_takes_its_minutes_from_the_calculation() -> None:
    visit = ordered_whole("iv-ketamine-40", "30").weighed()
    assert refusal(visit, calculate()) == (
        "Nothing was typed for duration in minutes; type a value."
    )
    assert refusal(visit, calculate(minutes=Decimal(4))) == (
        "Duration in minutes 4 is outside the protocol's 40 to 60: order within it."
    )
    assert "mg/kg" in refusal(visit, calculate(per_kg_mg=Decimal("0.5")))
    visit.do(calculate(minutes=Decimal(40)))
    assert visit.overview.dose.calculated_mg == 30


def test_that_a_dose_of_devices_is_not_calculated() -> None:
    visit = Visit("esketamine").ordered()
    with visit.refused(Code.WRONG_PHASE):
        visit.do(calculate())


# --- body weight -----------------------------------------------------------------------------


def test_that_above_the_bmi_trigger_the_choice_of_weight_wants_a_reason(visit: Visit) -> None:
    visit.do(
        Weigh(kg=Decimal("104.2"), height_cm=Decimal(168), how=Weighing.MEASURED, confirm=True)
    )
    assert refusal(visit, calculate()) == (
        "A reason is needed for the body weight chosen at this BMI; give one."
    )
    assert refusal(visit, calculate(basis_reason="  ")).startswith("A reason")
    visit.do(calculate(basis_reason="as in the trials"))
    assert visit.overview.dose.calculated_mg == Decimal("52.1")


@pytest.mark.parametrize(("kg", "asked"), [("84.7", False), ("84.8", False), ("84.9", True)])
def test_that_the_bmi_trigger_goes_by_the_bmi_as_it_is_shown(
    visit: Visit, kg: str, *, asked: bool
) -> None:
    visit.do(
        Weigh(kg=Decimal(kg), height_cm=Decimal(168), how=Weighing.MEASURED, confirm=True)
    )  # 30.01, 30.045 and 30.08, shown as 30, 30 and 30.1
    if asked:
        assert refusal(visit, calculate()).startswith("A reason is needed")
    else:
        visit.do(calculate())


def test_that_a_whole_dose_rests_on_no_choice_of_weight() -> None:
    visit = ordered_whole("iv-ketamine-40", "30").weighed("104.2")
    visit.do(calculate(minutes=Decimal(40)))
    assert visit.overview.dose.calculated_mg == 30


@pytest.mark.parametrize(
    ("kg", "height", "sex", "said"),
    [
        (
            "50",
            "168",
            Sex.FEMALE,
            "The ideal body weight is not below the actual one; use the actual weight.",
        ),
        (
            "61",
            "150",
            Sex.FEMALE,
            "The ideal body weight is not defined for this patient; use the actual weight.",
        ),
        (
            "80",
            "168",
            Sex.OTHER,
            "The ideal body weight is not defined for this patient; use the actual weight.",
        ),
        (
            "80",
            "",
            Sex.FEMALE,
            (
                "The ideal body weight needs the height; enter it with the weight, or use the"
                " actual weight."
            ),
        ),
    ],
)
def test_that_a_body_weight_that_is_not_offered_says_why(
    kg: str, height: str, sex: Sex, said: str
) -> None:
    visit = another(Visit(), "1984-03-12", sex).ordered()
    height_cm = Decimal(height) if height else None
    visit.do(Weigh(kg=Decimal(kg), height_cm=height_cm, how=Weighing.MEASURED))
    assert refusal(visit, calculate(basis=Basis.IDEAL, basis_reason="lighter")) == said


# --- pushed by hand --------------------------------------------------------------------------


def test_that_a_push_is_worked_out_with_its_minutes() -> None:
    visit = by_weight("iv-push-ed", "0.2")
    (entry,) = visit.do(calculate(strength_mg_per_ml=Decimal(10), volume_ml=Decimal(10)))
    assert isinstance(entry.what, Calculated)
    assert (entry.what.calculated_mg, entry.what.drawn_ml) == (Decimal(14), Decimal("1.4"))
    assert entry.what.rate_ml_h == Decimal(300)  # 10 mL × 60 ÷ 2 min


def test_that_a_push_of_100_mg_per_ml_is_diluted_as_well() -> None:
    visit = by_weight("iv-push-ed", "0.2")
    act = calculate(strength_mg_per_ml=Decimal(100), volume_ml=Decimal("0.2"))
    assert "at least 0.28 mL" in refusal(visit, act)


def test_that_a_push_without_its_volume_is_refused() -> None:
    visit = by_weight("iv-push-ed", "0.2")
    assert "volume in mL" in refusal(visit, calculate(volume_ml=None))
