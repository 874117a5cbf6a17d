"""Order, weight and calculation."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor.acts import Calculate, Start, TakeOrder, Weigh
from monitor.entries import Basis, Given, VolumeMode, Weighing
from monitor.errors import Code, InputError
from tests.fakes.visit import Visit


@pytest.fixture
def visit() -> Visit:
    return Visit()


@pytest.fixture
def nasal() -> Visit:
    return Visit("esketamine")


def calculate(basis: Basis = Basis.ACTUAL, basis_reason: str = "", reason: str = "") -> Calculate:
    return Calculate(
        strength_mg_per_ml=Decimal(50),
        volume_ml=Decimal(50),
        volume_mode=VolumeMode.REPLACES,
        basis=basis,
        basis_reason=basis_reason,
        reason=reason,
    )


def test_that_only_a_prescriber_orders(visit: Visit) -> None:
    order = TakeOrder(how=Given.VERBAL, per_kg_mg=Decimal("0.5"), minutes=Decimal(40))
    with visit.refused(Code.NOT_ALLOWED):
        visit.do(order, visit.nurse)


@pytest.mark.parametrize(("per_kg", "minutes"), [("1.2", "40"), ("0.05", "40"), ("0.5", "5")])
def test_that_an_order_outside_the_protocol_is_refused(
    visit: Visit, per_kg: str, minutes: str
) -> None:
    order = TakeOrder(how=Given.WRITTEN, per_kg_mg=Decimal(per_kg), minutes=Decimal(minutes))
    with visit.refused(Code.OUT_OF_RANGE):
        visit.do(order, visit.prescriber)


@pytest.mark.parametrize("mg", ["28", "60", "112"])
def test_that_esketamine_is_ordered_in_the_labels_doses_alone(nasal: Visit, mg: str) -> None:
    with nasal.refused(Code.OUT_OF_RANGE):
        nasal.do(TakeOrder(how=Given.WRITTEN, dose_mg=Decimal(mg)), nasal.prescriber)


def test_that_84_mg_are_three_devices(nasal: Visit) -> None:
    assert nasal.ordered().overview.devices_ordered == 3


def test_that_pounds_typed_for_kilograms_are_asked_about_with_both_units(visit: Visit) -> None:
    visit.weighed("70")
    with pytest.raises(InputError) as caught:
        visit.do(Weigh(kg=Decimal(154), how=Weighing.MEASURED))
    assert caught.value.code is Code.IMPLAUSIBLE
    assert caught.value.facts["kg"] == Decimal(154)
    assert caught.value.facts["lb"] == Decimal("339.5")
    assert caught.value.facts["before_kg"] == Decimal(70)


def test_that_a_confirmed_weight_is_kept_with_what_was_asked(visit: Visit) -> None:
    visit.weighed("70")
    visit.do(Weigh(kg=Decimal(79), how=Weighing.MEASURED, confirm=True))
    weight = visit.overview.weight
    assert weight is not None
    assert weight.kg == Decimal(79)


def test_that_an_earlier_visits_weight_is_remembered(visit: Visit) -> None:
    visit.started().at("10:40")
    first = visit.session_id
    with visit.store.transaction() as tx:
        patient = tx.session(first).opened.patient
        assert tx.past_weight(patient.id, "another") is not None


def test_that_pounds_are_converted_and_kept_as_typed(visit: Visit) -> None:
    (entry,) = visit.do(Weigh(lb=Decimal(154), how=Weighing.STATED))
    weight = visit.overview.weight
    assert weight is not None
    assert weight.kg == Decimal("69.9")
    assert getattr(entry.what, "typed_lb", None) == Decimal(154)


@pytest.mark.parametrize("kg", ["19.9", "350.5", "0"])
def test_that_an_impossible_weight_is_refused_even_if_confirmed(visit: Visit, kg: str) -> None:
    with visit.refused(Code.OUT_OF_RANGE):
        visit.do(Weigh(kg=Decimal(kg), how=Weighing.MEASURED, confirm=True))


def test_that_the_dose_waits_for_order_and_weight(visit: Visit) -> None:
    with visit.refused(Code.ORDER_MISSING):
        visit.do(calculate())
    visit.ordered()
    with visit.refused(Code.WEIGHT_MISSING):
        visit.do(calculate())


def test_that_the_dose_is_worked_out_from_the_order(visit: Visit) -> None:
    dose = visit.ordered().weighed().calculated().overview.dose
    assert {dose.ordered_mg, dose.calculated_mg, dose.prepared_mg} == {Decimal(35)}
    assert dose.drawn_ml == Decimal("0.7")
    assert dose.rate_ml_h == Decimal(75)


def test_that_another_dose_per_kilogram_than_ordered_is_refused(visit: Visit) -> None:
    visit.ordered().weighed()
    other = Calculate(
        strength_mg_per_ml=Decimal(50),
        volume_ml=Decimal(50),
        volume_mode=VolumeMode.REPLACES,
        per_kg_mg=Decimal("0.75"),
    )
    with visit.refused(Code.DIFFERS):
        visit.do(other)


def test_that_a_new_weight_asks_for_a_new_calculation(visit: Visit) -> None:
    visit.ordered().weighed().calculated().weighed("71")
    visit.at("09:55").line("122/76 72 98 16 s5 d0")
    with visit.refused(Code.DOSE_MISSING):
        visit.at("10:00").do(Start())


def test_that_above_the_bmi_trigger_the_choice_of_weight_wants_a_reason(visit: Visit) -> None:
    visit.ordered().weighed("104.2")
    with visit.refused(Code.REASON_MISSING):
        visit.do(calculate())
    visit.do(calculate(basis_reason="as in the trials"))
    assert visit.overview.dose.calculated_mg == Decimal("52.1")


def test_that_an_ideal_weight_that_is_not_below_the_actual_is_not_offered(visit: Visit) -> None:
    visit.ordered().weighed("50")
    with visit.refused(Code.BASIS_UNDEFINED):
        visit.do(calculate(Basis.IDEAL, "lighter"))


def test_that_an_order_in_mg_takes_its_minutes_from_the_calculation(visit: Visit) -> None:
    visit.do(TakeOrder(how=Given.WRITTEN, dose_mg=Decimal(30)), visit.prescriber)
    visit.weighed()
    with visit.refused(Code.EMPTY):
        visit.do(calculate())
    timed = Calculate(
        strength_mg_per_ml=Decimal(50),
        volume_ml=Decimal(50),
        volume_mode=VolumeMode.REPLACES,
        minutes=Decimal(40),
    )
    visit.do(timed)
    assert visit.overview.dose.calculated_mg == 30
