"""What the paper says of a dose beside the protocol: never that it is within where it is not."""

from __future__ import annotations

from decimal import Decimal

from monitor.protocols.loading import shipped
from monitor.protocols.protocol import DeviceDose, InfusionDose
from monitor.units import BodyWeight
from ui.presenters.dose_working import Knowns, device_working, infusion_working

EU = next(each.dose for each in shipped() if each.id == "esketamine-eu")
IV = next(each.dose for each in shipped() if each.id == "iv-ketamine-40")


def test_that_a_dose_which_wants_a_reason_is_not_called_within_the_protocol() -> None:
    assert isinstance(EU, DeviceDose)
    asked = device_working(Decimal(84), EU, wants_reason=True)
    assert (asked.tone, "Within" in asked.verdict) == ("alert", False)
    low = device_working(Decimal(84), EU, starts_low=True)
    assert (low.tone, "A first dose is 28 mg" in low.verdict) == ("text_2", True)
    assert device_working(Decimal(28), EU, starts_low=True).tone == "good"


def test_that_nothing_is_judged_by_a_weight_that_is_refused() -> None:
    assert isinstance(IV, InfusionDose)
    known = Knowns(per_kg=Decimal("0.1"), minutes=Decimal(40), weight=BodyWeight(Decimal("7.0")))
    assert infusion_working(known, IV).tone == "text_2"


def test_that_a_whole_dose_is_judged_by_the_body_weight_too() -> None:
    assert isinstance(IV, InfusionDose)
    weight = BodyWeight(Decimal(50))
    known = Knowns(dose_mg=Decimal(90), minutes=Decimal(40), weight=weight)
    assert infusion_working(known, IV).verdict.startswith("90 mg, which is 1.8 mg/kg,")


def test_that_the_cap_is_called_what_it_is() -> None:
    assert isinstance(IV, InfusionDose)
    assert "above 100 mg a reason is asked" in infusion_working(Knowns(), IV).verdict
