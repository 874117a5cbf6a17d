"""What a dose that was worked out is held to: steps, volumes, syringes, mg/kg and the cap."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from monitor.acts import Override, Start, Weigh
from monitor.entries import Weighing
from tests.fakes.visit import Visit
from tests.unit.monitor.later_visits import approve, come_again
from tests.unit.monitor.orders import calculate, order, ordered_whole, refusal, whole

STEP = 'rate_step_ml_h = { value = "0.1"'


@pytest.fixture
def visit() -> Visit:
    return Visit().ordered().weighed()


# --- volumes and steps -----------------------------------------------------------------------


@pytest.mark.parametrize("ml", ["50", "60", "250"])
def test_that_a_volume_between_the_protocols_own_is_taken(visit: Visit, ml: str) -> None:
    visit.do(calculate(volume_ml=Decimal(ml)))
    assert visit.overview.dose.final_volume_ml == Decimal(ml)


@pytest.mark.parametrize(
    ("step", "rate"), [(None, "68.2"), ("1", "68"), ("0.1", "68.2"), ("0.01", "68.18")]
)
def test_that_a_pump_is_set_in_steps_that_pumps_have(step: str | None, rate: str) -> None:
    visit = Visit()
    visit.do(order(minutes=Decimal(44)), visit.prescriber)
    visit.weighed().do(calculate(rate_step_ml_h=None if step is None else Decimal(step)))
    assert visit.overview.dose.rate_ml_h == Decimal(rate)


def test_that_a_protocols_own_step_can_be_named() -> None:
    visit = Visit()
    approve(visit, "iv-ketamine-40", lambda text: text.replace(STEP, STEP.replace("0.1", "5")))
    come_again(visit, 1).ordered().weighed()
    assert "of these: 5, 1, 0.1, 0.01;" in refusal(visit, calculate(rate_step_ml_h=Decimal(2)))
    visit.do(calculate(rate_step_ml_h=Decimal(5)))


@pytest.mark.parametrize(
    ("minutes", "rate", "taken"),
    [("44", "76", True), ("44", "77", False), ("40", "77", True), ("40", "78", False)],
)
def test_that_the_fastest_rate_is_on_the_step_below_the_protocols_shortest_time(
    minutes: str, rate: str, *, taken: bool
) -> None:
    visit = Visit()
    visit.do(order(minutes=Decimal(minutes)), visit.prescriber)
    visit.weighed().do(calculate(volume_ml=Decimal(51), rate_step_ml_h=Decimal(1)))  # 76.5 mL/h
    visit.checked().at("09:55").line("122/76 72 98 16 s5 d0").at("10:00")
    act = Start(rate_ml_h=Decimal(rate), reason="as ordered")
    if taken:
        visit.do(act)
    else:
        assert "at most 7" in refusal(visit, act)


# --- the syringe -----------------------------------------------------------------------------


def test_that_a_syringe_with_coarser_marks_is_taken_while_the_dose_stays_the_same() -> None:
    visit = Visit().ordered().weighed("58.7")
    visit.do(calculate(syringe_ml=Decimal(3)))  # 0.6 mL instead of 0.59 mL: 2.2 %
    assert visit.overview.dose.prepared_mg == Decimal(30)
    assert "20 mL syringe" in refusal(visit, calculate(syringe_ml=Decimal(20)))


def test_that_no_syringe_doubles_a_push_past_the_cap() -> None:
    visit = Visit("iv-push-ed")
    visit.do(whole("25", minutes=Decimal(2)), visit.prescriber)
    visit.weighed("90")
    tenfold = calculate(strength_mg_per_ml=None, product="ketamine-50", volume_ml=Decimal(10))
    said = "By the marks of a 50 mL syringe 50 mg would be drawn up instead of 25 mg"
    assert said in refusal(visit, replace(tenfold, syringe_ml=Decimal(50)))
    visit.do(replace(tenfold, reason="none"))
    assert visit.overview.dose.prepared_mg == Decimal(25)


def test_that_a_dose_so_small_that_no_syringe_measures_it_is_flagged() -> None:
    visit = Visit("iv-push-ed")
    visit.do(order(per_kg_mg=Decimal("0.1"), minutes=Decimal(2)), visit.prescriber)
    visit.do(Weigh(kg=Decimal("22.5"), how=Weighing.MEASURED))
    visit.do(calculate(strength_mg_per_ml=Decimal(50), volume_ml=Decimal(5), syringe_ml=Decimal(1)))
    assert visit.overview.dose.flagged  # 0.05 mL instead of 0.045 mL


# --- mg/kg of an order in mg -----------------------------------------------------------------


def test_that_an_order_in_mg_is_held_to_the_protocols_mg_per_kg() -> None:
    visit = ordered_whole("iv-ketamine-40", "95").weighed("45")
    act = calculate(minutes=Decimal(40))
    said = "95 mg is 2.1111 mg/kg at 45 kg, outside the protocol's 0.1 to 1: order within it."
    assert refusal(visit, act) == said
    assert refusal(visit, replace(act, reason="tolerant"), visit.prescriber) == said
    visit.do(whole("45"), visit.prescriber)
    visit.do(act)
    visit.do(whole("4.5"), visit.prescriber)
    visit.do(act)
    visit.do(whole("4.4"), visit.prescriber)
    assert "0.0978 mg/kg" in refusal(visit, act)


def test_that_a_reason_lets_an_order_in_mg_outside_where_the_protocol_takes_one() -> None:
    visit = Visit()
    approve(
        visit,
        "iv-ketamine-40",
        lambda text: text.replace(
            "outside_with_reason = { value = false", "outside_with_reason = { value = true"
        ),
    )
    act = calculate(minutes=Decimal(40))
    come_again(visit, 1).do(whole("80"), visit.prescriber)
    visit.weighed("70")
    assert refusal(visit, act).endswith("order within it, or give the prescriber's reason.")
    assert "mg/kg at 70 kg" in refusal(visit, replace(act, reason="tolerant"), visit.nurse)
    visit.do(replace(act, reason="tolerant"), visit.prescriber)
    visit.do(whole("80", reason="tolerant"), visit.prescriber)
    visit.do(act, visit.nurse)
    assert visit.overview.dose.calculated_mg == Decimal(80)


# --- above the protocol's cap ----------------------------------------------------------------


@pytest.fixture
def heavy() -> Visit:
    """Return a visit whose dose is 120 mg, where 100 mg want a prescriber's reason."""
    visit = Visit()
    visit.do(order(per_kg_mg=Decimal(1)), visit.prescriber)
    visit.do(Weigh(kg=Decimal(120), how=Weighing.MEASURED))
    return visit


ABOVE = (
    "120 mg is more than the protocol's 100 mg; have a prescriber give the reason, or order less."
)


def test_that_a_nurses_reason_does_not_lift_the_cap(heavy: Visit) -> None:
    assert refusal(heavy, calculate()) == ABOVE
    assert refusal(heavy, calculate(reason="the order is right"), heavy.nurse) == ABOVE
    assert refusal(heavy, calculate(), heavy.prescriber) == ABOVE


def test_that_the_cap_itself_wants_no_reason(heavy: Visit) -> None:
    heavy.do(Weigh(kg=Decimal(100), how=Weighing.MEASURED, confirm=True))
    heavy.do(calculate(), heavy.nurse)
    assert heavy.overview.dose.calculated_mg == Decimal(100)


def test_that_a_prescribers_own_reason_lifts_the_cap_and_nothing_is_reduced(heavy: Visit) -> None:
    heavy.do(calculate(reason="tolerant"), heavy.prescriber)
    assert heavy.overview.dose.calculated_mg == Decimal(120)


def test_that_the_reason_of_an_order_by_weight_lifts_no_cap_that_nobody_knew_of() -> None:
    visit = Visit()
    visit.do(order(per_kg_mg=Decimal(1), reason="first infusion of the course"), visit.prescriber)
    visit.do(Weigh(kg=Decimal(120), how=Weighing.MEASURED))
    assert refusal(visit, calculate(), visit.nurse) == ABOVE
    visit.do(calculate(reason="tolerant"), visit.prescriber)


def test_that_an_order_in_mg_above_the_cap_with_its_reason_lifts_it() -> None:
    visit = Visit()
    visit.do(whole("120", minutes=Decimal(40), reason="tolerant"), visit.prescriber)
    visit.do(Weigh(kg=Decimal(120), how=Weighing.MEASURED))
    visit.do(calculate(), visit.nurse)
    assert visit.overview.dose.calculated_mg == Decimal(120)


def test_that_what_is_drawn_up_is_held_to_the_cap_as_well() -> None:
    visit = Visit()
    approve(
        visit,
        "iv-ketamine-40",
        lambda text: text.replace('cap_mg = { value = "100"', 'cap_mg = { value = "99"'),
    )
    come_again(visit, 1).do(whole("98", minutes=Decimal(40)), visit.prescriber)
    visit.do(Weigh(kg=Decimal(120), how=Weighing.MEASURED))
    assert refusal(visit, calculate()).startswith("100 mg is more than the protocol's 99 mg;")
    visit.do(calculate(strength_mg_per_ml=Decimal(100)))
    assert visit.overview.dose.prepared_mg == Decimal(98)


def test_that_an_override_lifts_the_cap_once(heavy: Visit) -> None:
    heavy.do(Override(what="too-much", reason="tolerant"), heavy.prescriber)
    heavy.do(calculate(), heavy.nurse)
    assert refusal(heavy, calculate(), heavy.nurse) == ABOVE
