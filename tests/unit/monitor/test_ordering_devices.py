"""Orders of nasal devices: the doses, the low start, the steps."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from monitor.acts import TakeOrder
from monitor.entries import Given
from tests.fakes.visit import DEVICE, Visit
from tests.unit.monitor.later_visits import another, come_again
from tests.unit.monitor.orders import order, refusal, whole


@pytest.mark.parametrize("mg", ["60", "112", "5.6", "560", "0", "NaN"])
def test_that_esketamine_is_ordered_in_the_labels_doses_alone(mg: str) -> None:
    said = refusal(Visit("esketamine"), whole(mg, reason="as discussed"))
    assert said == "Dose in mg must be one of these: 56, 84; choose one."


def test_that_a_dose_of_a_device_is_neither_by_weight_nor_over_minutes() -> None:
    visit = Visit("esketamine")
    assert refusal(visit, order()) == (
        "Dose in mg/kg 0.5 cannot be taken: this protocol's dose is ordered in mg."
    )
    assert refusal(visit, replace(whole("56"), minutes=Decimal(40))) == (
        "Duration in minutes 40 cannot be taken: this way of giving has none."
    )
    assert "dose in mg" in refusal(visit, TakeOrder(how=Given.WRITTEN))


def test_that_28_mg_in_the_us_want_a_prescribers_reason() -> None:
    visit = Visit("esketamine")
    assert refusal(visit, whole("28")) == (
        "28 mg is not one of the usual doses (56, 84 mg); order one of them, or give the"
        " prescriber's reason."
    )
    visit.do(whole("28", reason="86 years old"), visit.prescriber)
    assert visit.overview.devices_ordered == 1


def test_that_84_mg_are_three_devices() -> None:
    assert Visit("esketamine").ordered().overview.devices_ordered == 3


def told(mg: str, *, ancestry: bool = False, reason: str = "") -> TakeOrder:
    """Return an order under the European rules, with what was told of the ancestry."""
    return whole(mg, japanese_ancestry=ancestry, reason=reason)


def test_that_in_europe_the_ancestry_is_asked_before_the_dose_is_ordered() -> None:
    visit = Visit("esketamine-eu")
    assert refusal(visit, whole("56")) == (
        "Nothing is said of Japanese ancestry, on which the first dose depends; say yes or no."
    )
    visit.do(told("56"), visit.prescriber)
    seen = visit.overview.order
    assert seen is not None
    assert seen.japanese_ancestry is False


LOW = (
    "56 mg is not the usual first dose of 28 mg at this age or ancestry; order 28 mg, or give the"
    " prescriber's reason."
)


def test_that_who_is_of_japanese_ancestry_starts_with_28_mg() -> None:
    visit = Visit("esketamine-eu")
    assert refusal(visit, told("56", ancestry=True)) == LOW
    visit.do(told("56", ancestry=True, reason="took it abroad"), visit.prescriber)
    visit.do(told("28", ancestry=True), visit.prescriber)
    assert visit.overview.devices_ordered == 1


@pytest.mark.parametrize(("born", "low"), [("1961-03-02", True), ("1961-03-03", False)])
def test_that_one_starts_with_28_mg_from_the_65th_birthday_on(born: str, *, low: bool) -> None:
    visit = another(Visit("esketamine-eu"), born)
    if low:
        assert refusal(visit, told("56")) == LOW
    else:
        visit.do(told("56"), visit.prescriber)


def dosed(visit: Visit, mg: str) -> Visit:
    """Have so much esketamine ordered and given."""
    reason = "as at the other clinic"
    visit.do(told(mg, reason=reason), visit.prescriber)
    visit.at("09:55").line("122/76 72 98 16 s5 d0")
    for minute in range(int(mg) // 28):
        visit.at(f"10:{minute * 5:02}").do(DEVICE)
    return visit


def test_that_a_dose_differs_from_the_last_by_one_step_at_most() -> None:
    visit = come_again(dosed(Visit("esketamine-eu"), "28"), 3)
    assert refusal(visit, told("84")) == (
        "84 mg is more than one step of 28 mg from the 28 mg of 2026-03-02; order a dose nearer to"
        " it, or give the prescriber's reason."
    )
    visit.do(told("56"), visit.prescriber)
    visit.do(told("84", reason="severe again"), visit.prescriber)


def test_that_a_step_down_is_a_step_as_well() -> None:
    visit = come_again(dosed(Visit("esketamine-eu"), "84"), 3)
    assert "one step" in refusal(visit, told("28", ancestry=True))
    visit.do(told("56", ancestry=True), visit.prescriber)
