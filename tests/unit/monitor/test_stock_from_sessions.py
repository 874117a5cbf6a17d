"""What sessions say of the cupboard, beside what was received and counted."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from monitor.acts import Prepare
from monitor.entries import Inventory, StockMoved
from monitor.errors import InputError
from monitor.register import RegisterView
from monitor.stock_keeping import CountStock, ReceiveStock, ShowRegister
from monitor.stock_reading import NewCount, NewMove
from tests.fakes.visit import Visit

VIAL = "ketamine-50-10"
DELIVERY = NewMove(
    product=VIAL, lot="23KG104", expiry="2027-08", containers="5", document="DN 4711"
)
COUNT = NewCount(product=VIAL, lot="23KG104", expiry="2027-08", containers="5")


@pytest.fixture
def visit() -> Visit:
    """35 mg, worked out; nothing drawn up yet."""
    return Visit().ordered().weighed().calculated()


def received(visit: Visit, **changed: str) -> StockMoved:
    return ReceiveStock(visit.world)(visit.nurse, dataclasses.replace(DELIVERY, **changed))


def view(visit: Visit) -> RegisterView:
    return ShowRegister(visit.world)()


def test_that_a_lot_of_vials_of_no_known_size_is_counted_by_what_is_opened(visit: Visit) -> None:
    received(visit)
    visit.do(Prepare(lot="ZZ9", expiry="2027-08", drawn_ml=Decimal("0.7")))
    unsized = NewCount(product="ketamine-50", lot="zz9", expiry="2027-08", containers="0")
    for wrong in ({"containers": "1"}, {"opened_ml": "51"}):
        with pytest.raises(InputError):
            CountStock(visit.world)(
                visit.nurse,
                Inventory.BIENNIAL,
                [COUNT, dataclasses.replace(unsized, **wrong)],
                reason="a vial of which nobody said the size",
            )
    CountStock(visit.world)(
        visit.nurse,
        Inventory.BIENNIAL,
        [COUNT, dataclasses.replace(unsized, opened_ml="9.3")],
        reason="a vial of which nobody said the size",
    )
    stock = {each.product: each.stock_mg for each in view(visit).lots}
    assert stock == {VIAL: 2500, "ketamine-50": 465}


def test_that_a_delivery_outranks_the_date_that_a_session_typed(visit: Visit) -> None:
    typed = Prepare(
        lot="23KG104",
        expiry="2037-08",
        drawn_ml=Decimal("0.7"),
        vial_ml=Decimal(10),
        vials=1,
    )
    visit.do(typed)
    assert view(visit).lots[0].expiry == "2037-08"
    received(visit)
    assert (view(visit).lots[0].expiry, view(visit).rows[0].other_date) == ("2027-08", "")
    with pytest.raises(InputError):
        received(visit, expiry="2037-08")
