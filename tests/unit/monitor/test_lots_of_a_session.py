"""What was opened, drawn, wasted and kept of each lot, and of each dose that was made ready."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from monitor.acts import (
    Amend,
    Calculate,
    Cancel,
    KeepRemainder,
    Prepare,
    Start,
    Stop,
    TakeOrder,
    Waste,
)
from monitor.entries import Entry, Given, VolumeMode, Wasted, WasteOf
from monitor.errors import Code, MonitorError
from monitor.stock_keeping import ShowRegister
from tests.fakes import by_hand
from tests.fakes.visit import EXPIRY, LOT, Visit
from tests.unit.monitor.amounts import written
from ui.wording import sentence

DRAW = Prepare(lot=LOT, expiry=EXPIRY, drawn_ml=Decimal("0.7"), vial_ml=Decimal(10), vials=1)
INTO_100 = Calculate(
    strength_mg_per_ml=Decimal(50), volume_ml=Decimal(100), volume_mode=VolumeMode.REPLACES
)
STRONGER = Calculate(
    strength_mg_per_ml=Decimal(100), volume_ml=Decimal(50), volume_mode=VolumeMode.REPLACES
)


@pytest.fixture
def visit() -> Visit:
    """35 mg in 50 mL, worked out and checked; nothing drawn up yet."""
    return Visit().ordered().weighed().calculated().checked()


def waste(visit: Visit, ml: str, of: WasteOf = WasteOf.MIXTURE, **said: object) -> Entry:
    made = Waste(of=of, ml=Decimal(ml), witness=visit.prescriber, **said)  # type: ignore[arg-type]
    (entry,) = visit.do(made)
    return entry


def milligrams(entry: Entry) -> list[str]:
    assert isinstance(entry.what, Wasted)
    return written(entry.what.mg)


def vial(visit: Visit, ml: str, **said: object) -> Entry:
    return waste(visit, ml, WasteOf.VIAL, **said)


def keep(visit: Visit, ml: str, *, lot: str = "", product: str = "") -> Entry:
    (entry,) = visit.do(KeepRemainder(ml=Decimal(ml), lot=lot, product=product))
    return entry


def amend(visit: Visit, entry: Entry, **changes: object) -> None:
    visit.do(Amend(entry=entry.uid, changes=changes, reason="misread"))


def listed(visit: Visit) -> list[str]:
    found = (f"{gap.code} {gap.about}".strip() for gap in visit.overview.gaps)
    return [gap for gap in found if not gap.startswith("slot")]


def said(visit: Visit, **changes: object) -> str:
    """What is said to an amendment of the one preparation that there is."""
    (made,) = visit.session.preparations
    with pytest.raises(MonitorError) as caught:
        amend(visit, made.entry, **changes)
    return sentence(caught.value)


def running(visit: Visit) -> Visit:
    visit.at("09:55").line("122/76 72 98 16 s5 d0").at("10:00").do(Start())
    return visit


# --- a dose that was made ready before --------------------------------------------------------


def test_that_the_dose_made_ready_before_is_wasted_at_its_own_concentration(visit: Visit) -> None:
    visit.do(DRAW)
    visit.do(INTO_100)
    visit.do(DRAW)
    with visit.refused(Code.EMPTY):  # 50 mL of which?
        waste(visit, "50")
    assert milligrams(waste(visit, "50", earlier=True)) == ["35"]
    assert listed(visit) == []
    dose = visit.overview.dose
    assert written(dose.prepared_mg, dose.wasted_mg) == ["35", "-"]
    assert milligrams(waste(visit, "10")) == ["3.5"]  # nothing is left of the other


def test_that_the_dose_made_ready_before_is_wasted_while_the_new_one_runs(visit: Visit) -> None:
    visit.do(DRAW)
    visit.do(INTO_100)
    visit.checked().do(DRAW)
    running(visit).at("10:05")
    with visit.refused(Code.WRONG_PHASE):
        waste(visit, "50", earlier=False)
    waste(visit, "50")
    with visit.refused(Code.TOO_MUCH):
        waste(visit, "2", earlier=True)
    assert "unaccounted earlier" not in listed(visit)


def test_that_what_one_graduation_lets_through_is_let_through_once(visit: Visit) -> None:
    visit.do(DRAW)
    running(visit).at("10:28").do(Stop(reason="nausea"))
    waste(visit, "16")  # 15 mL are left, and its syringe is marked in mL
    with visit.refused(Code.TOO_MUCH):
        waste(visit, "0.01")
    keep(visit, "9.31")
    with visit.refused(Code.TOO_MUCH):
        vial(visit, "0.01")


# --- what was opened --------------------------------------------------------------------------


def test_that_nothing_goes_back_of_a_vial_that_nobody_said_to_have_opened(visit: Visit) -> None:
    (made,) = visit.do(replace(DRAW, vial_ml=None, vials=None))
    for act in (keep, vial):
        with visit.refused(Code.NOTHING_OPEN):
            act(visit, "9.3")
    amend(visit, made, vial_ml=Decimal(10), vials=1)
    with visit.refused(Code.TOO_MUCH):
        keep(visit, "9.32")
    keep(visit, "9.3")


def test_that_vials_are_not_amended_away_from_under_what_was_kept(visit: Visit) -> None:
    visit.do(replace(DRAW, vials=2))
    keep(visit, "19.3")
    assert "lot 23KG104" in said(visit, vials=1)
    assert "say what was opened" in said(visit, vials=None, vial_ml=None)
    assert written(visit.overview.dose.vials[0].opened_mg) == ["1000"]


def test_that_a_third_half_opens_the_second_tablet() -> None:
    visit = Visit("oral-ketamine")
    visit.do(TakeOrder(how=Given.WRITTEN, dose_mg=Decimal(75)), visit.prescriber)
    visit.do(Calculate(product="ketamine-tablet-50"))
    half = Prepare(lot=LOT, expiry=EXPIRY, pieces=Decimal("0.5"), reason="one by one")
    for _ in range(3):
        visit.do(half)
    made = [each.opened_mg for each in visit.overview.dose.preparations]
    assert written(*made) == ["50", "0", "50"]


def test_that_half_a_tablet_is_wasted_and_not_put_back() -> None:
    visit = by_hand.tablets()
    with pytest.raises(MonitorError) as caught:
        keep(visit, "1")
    assert "waste it" in sentence(caught.value)
    assert "pieces or mL" in said(visit, vial_ml=Decimal(10), vials=1)


# --- lots -------------------------------------------------------------------------------------


def test_that_case_and_blanks_make_no_other_lot(visit: Visit) -> None:
    visit.do(replace(DRAW, lot="AB 12", drawn_ml=Decimal("0.3"), reason="the rest follows"))
    visit.do(replace(DRAW, lot="ab12", vial_ml=None, vials=None, drawn_ml=Decimal("0.4")))
    keep(visit, "9.3", lot="Ab12")
    (balance,) = visit.overview.dose.vials
    assert written(balance.drawn_mg, balance.kept_mg, balance.open_mg) == ["35", "465", "0"]


def test_that_of_one_lot_of_two_products_the_product_is_named(visit: Visit) -> None:
    visit.do(DRAW)
    visit.do(STRONGER)
    visit.do(replace(DRAW, drawn_ml=Decimal("0.35"), vial_ml=Decimal(5)))
    with visit.refused(Code.EMPTY):
        keep(visit, "4.65", lot=LOT)
    keep(visit, "4.65", lot=LOT, product="ketamine-100")
    vial(visit, "9.3", product="ketamine-50")
    assert [written(each.open_mg) for each in visit.overview.dose.vials] == [["0"], ["0"]]


def test_that_what_was_kept_goes_along_with_the_lot_that_was_misread(visit: Visit) -> None:
    (made,) = visit.do(DRAW)
    keep(visit, "4.3")
    vial(visit, "5")
    amend(visit, made, lot="B2")
    (balance,) = visit.overview.dose.vials
    assert [balance.lot, *written(balance.open_mg)] == ["B2", "0"]
    assert {each.lot for each in visit.overview.dose.wastes} == {"B2"}
    assert {row.lot for row in ShowRegister(visit.world)().rows} == {"B2"}


def test_that_nothing_is_amended_to_a_lot_that_was_not_opened_here(visit: Visit) -> None:
    visit.do(replace(DRAW, drawn_ml=Decimal("0.3"), reason="the rest follows"))
    visit.do(replace(DRAW, lot="B", drawn_ml=Decimal("0.4")))
    kept = keep(visit, "9.6", lot="B")
    with visit.refused(Code.NOTHING_OPEN):
        amend(visit, kept, lot="C")
    amend(visit, kept, lot=LOT)
    assert visit.overview.dose.wastes[0].lot == LOT


def test_that_a_mixture_is_of_no_lot_and_its_time_can_be_put_right(visit: Visit) -> None:
    visit.do(DRAW)
    running(visit).at("10:20").do(Stop(reason="nausea"))
    visit.at("10:30")
    entry = waste(visit, "25")
    amend(visit, entry, at=visit.instant("10:25"))
    with visit.refused(Code.OUT_OF_RANGE):
        amend(visit, entry, lot="QQ")
    assert visit.overview.dose.wastes[0].at == visit.instant("10:25")


@pytest.mark.parametrize(
    "changes",
    [
        {"vials": "many"},
        {"vials": Decimal("1.5")},
        {"vial_ml": "ten"},
        {"lot": 7},
        {"expiry": None},
        {"expiry": "9999-12"},
        {"expiry": "2207-08"},
    ],
)
def test_that_what_no_label_can_say_is_not_understood(
    visit: Visit, changes: dict[str, object]
) -> None:
    (made,) = visit.do(DRAW)
    with visit.refused(Code.NOT_UNDERSTOOD):
        amend(visit, made, **changes)


def test_that_an_amount_is_said_not_to_be_amendable(visit: Visit) -> None:
    visit.do(DRAW)
    assert said(visit, drawn_ml=Decimal(1)).startswith("Drawn volume in mL cannot be amended")


# --- devices ----------------------------------------------------------------------------------


def test_that_no_more_devices_are_wasted_than_were_ordered() -> None:
    nasal = Visit("esketamine")
    spoilt = Waste(of=WasteOf.DEVICE, count=Decimal(1), lot="D7", witness=nasal.prescriber)
    with nasal.refused(Code.ORDER_MISSING):
        nasal.do(spoilt)
    nasal.ordered()  # three
    nasal.do(replace(spoilt, count=Decimal(2)))
    with nasal.refused(Code.TOO_MUCH):
        nasal.do(replace(spoilt, count=Decimal(2)))
    nasal.do(spoilt)


def test_that_a_dose_that_was_replaced_and_never_given_is_wasted_after_cancelling(
    visit: Visit,
) -> None:
    visit.do(DRAW)
    visit.weighed("71")
    visit.do(Cancel(reason="not today"))
    waste(visit, "50")
    keep(visit, "9.3")
    assert listed(visit) == []
