"""The controlled-drug register: what stands in it follows from the record alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from monitor.entries import Inventory, Prepared, StockCounted, StockMove, WasteOf
from monitor.protocols.protocol import Form, Product
from monitor.register import Asked, LotStock, RegisterRow, StockItem, stock_items
from monitor.running_stock import last_day
from monitor.stock_lines import Change, stock_lines
from tests.fakes.cupboard import BEGINNING, DEVICE, KETAMINE, Cupboard


@pytest.fixture
def cupboard() -> Cupboard:
    return Cupboard()


def stocks(cupboard: Cupboard) -> list[str]:
    """The running stock of the lot after each row, in mg."""
    return [str(row.stock_mg) for row in cupboard.view().rows]


def last(cupboard: Cupboard) -> RegisterRow:
    return cupboard.view().rows[-1]


def only_lot(cupboard: Cupboard) -> LotStock:
    (lot,) = cupboard.view().lots
    return lot


def test_that_a_delivery_and_what_sessions_take_make_a_running_stock(cupboard: Cupboard) -> None:
    cupboard.received("5", "2500")
    cupboard.prepared("35")
    cupboard.prepared("40", session="s2")
    assert stocks(cupboard) == ["2500", "2000", "1500"]
    row = last(cupboard)
    assert (row.out_mg, row.drawn_mg, row.in_mg) == (Decimal(500), Decimal(40), None)
    assert (row.product, row.name) == ("ketamine-50-10", "ketamine 50 mg/mL, 10 mL vial")
    assert (row.visit.code, row.visit.patient, row.visit.number) == (
        *("S-S2", "Nowak, Anna"),
        "100234",
    )
    assert only_lot(cupboard).containers == 3


def test_that_what_is_wasted_of_an_opened_vial_is_told_and_not_taken_out_twice(
    cupboard: Cupboard,
) -> None:
    cupboard.received("1", "500")
    cupboard.prepared("35")
    cupboard.wasted("465", WasteOf.VIAL, product="ketamine-50", lot="A1")
    cupboard.wasted("10.5", WasteOf.MIXTURE)
    assert stocks(cupboard) == ["500", "0", "0", "0"]
    vial, mixture = cupboard.view().rows[-2:]
    assert (vial.wasted_mg, vial.out_mg, mixture.wasted_mg) == (Decimal(465), None, Decimal("10.5"))
    assert (mixture.product, mixture.lot) == ("ketamine-50-10", "A1")
    assert mixture.witness is not None
    assert cupboard.view().in_stock == ()


def test_that_a_remainder_that_is_kept_comes_back_and_can_be_drawn_from(cupboard: Cupboard) -> None:
    cupboard.received("2", "1000")
    cupboard.prepared("35")
    cupboard.kept("465")
    assert only_lot(cupboard).containers == 1
    assert only_lot(cupboard).loose_mg == 465
    cupboard.prepared("40", vials=None, session="s2")
    assert stocks(cupboard) == ["1000", "500", "965", "925"]
    assert (only_lot(cupboard).containers, only_lot(cupboard).loose_mg) == (
        Decimal(1),
        Decimal(425),
    )


def test_that_unopened_ones_are_not_guessed_where_nobody_said_how_many_were_opened(
    cupboard: Cupboard,
) -> None:
    cupboard.received("2", "1000")
    cupboard.prepared("35", vials=None)
    assert only_lot(cupboard).stock_mg == 965
    assert only_lot(cupboard).containers is None
    assert only_lot(cupboard).loose_mg is None
    cupboard.counted("1", "965", "965")
    assert (only_lot(cupboard).containers, only_lot(cupboard).loose_mg) == (
        Decimal(1),
        Decimal(465),
    )


def test_that_fewer_whole_ones_than_none_are_not_known(cupboard: Cupboard) -> None:
    cupboard.counted("1", "1100", "1100")
    cupboard.moved(StockMove.RETURNED, "2", "1000")
    assert (only_lot(cupboard).stock_mg, only_lot(cupboard).containers) == (
        Decimal(100),
        None,
    )


def test_that_a_second_draw_from_an_opened_vial_takes_nothing_more_out(cupboard: Cupboard) -> None:
    cupboard.received("5", "2500")
    cupboard.prepared("20")
    cupboard.prepared("15", vials=None, lot="a 1")
    assert stocks(cupboard) == ["2500", "2000", "2000"]
    assert [str(mg) for mg in (last(cupboard).out_mg, last(cupboard).drawn_mg)] == ["0", "15"]
    assert only_lot(cupboard).containers == 4
    cupboard.prepared("500", vials=None)  # more than is still in it
    cupboard.prepared("15", vials=None, session="s2")
    assert stocks(cupboard)[3:] == ["1965", "1950"]


def test_that_a_session_puts_back_what_it_took_out(cupboard: Cupboard) -> None:
    small = replace(KETAMINE, id="ketamine-50-5", mg_each=Decimal(250), ml_each=Decimal(5))
    cupboard.received("5", "1250", small)
    cupboard.received("5", "2500")
    cupboard.prepared("35")
    cupboard.kept("465")
    assert [row.product for row in cupboard.view().rows[2:]] == ["ketamine-50-10"] * 2
    assert stocks(cupboard)[2:] == ["2000", "2465"]


def test_that_the_date_that_was_received_stands_and_another_one_is_flagged(
    cupboard: Cupboard,
) -> None:
    typed = cupboard.prepared("35")
    assert last(cupboard).other_date == ""
    cupboard.received("5", "2500")
    assert isinstance(typed.what, Prepared)
    cupboard.write("session/s2", replace(typed.what, expiry="2037-08"))
    lot = only_lot(cupboard)
    assert (lot.expiry, lot.vouched) == ("2027-08", True)
    assert (last(cupboard).expiry, last(cupboard).other_date) == ("2037-08", "2027-08")


def test_that_devices_count_and_a_wasted_one_is_taken_out_too(cupboard: Cupboard) -> None:
    cupboard.received("4", "112", DEVICE, lot="E1")
    cupboard.device()
    cupboard.device(product="")  # in records from before products had ids
    cupboard.wasted("28", WasteOf.DEVICE, session="e1", product="esketamine-28", lot="e 1")
    assert stocks(cupboard) == ["112", "84", "56", "28"]
    assert {row.product for row in cupboard.view().rows} == {"esketamine-28"}
    assert only_lot(cupboard).containers == 1
    assert last(cupboard).change is Change.DEVICE_WASTED


def test_that_the_register_goes_on_from_what_was_counted(cupboard: Cupboard) -> None:
    cupboard.received("5", "2500")
    cupboard.prepared("35")
    cupboard.counted("3", "1500", "2000", reason="one is missing")
    cupboard.prepared("35", session="s2")
    assert stocks(cupboard) == ["2500", "2000", "1500", "1000"]
    count = cupboard.view().rows[2]
    assert (count.found_mg, count.expected_mg) == (Decimal(1500), Decimal(2000))
    assert count.difference_mg == -500
    assert last(cupboard).difference_mg is None


def test_that_what_is_entered_late_changes_no_stock_that_was_counted_since(
    cupboard: Cupboard,
) -> None:
    cupboard.received("5", "2500")
    cupboard.counted("4", "2000", "2500", reason="one was opened, and not yet entered")
    cupboard.prepared("35", at="2026-03-02T08:00:30+00:00")
    rows = cupboard.view().rows
    assert [row.change for row in rows] == [Change.RECEIVED, Change.TAKEN, Change.COUNTED]
    assert only_lot(cupboard).stock_mg == 2000


def test_that_more_taken_out_than_there_was_is_flagged(cupboard: Cupboard) -> None:
    cupboard.received("1", "500")
    cupboard.prepared("35")
    cupboard.prepared("35", session="s2")
    assert [row.short for row in cupboard.view().rows] == [False, False, True]
    assert only_lot(cupboard).short
    assert only_lot(cupboard) in cupboard.view().in_stock


def test_that_a_lot_that_never_came_is_flagged_once_the_register_has_begun(
    cupboard: Cupboard,
) -> None:
    cupboard.prepared("35", lot="OLD")
    cupboard.received("1", "500")
    cupboard.prepared("35", lot="B2")
    before, _, after = cupboard.view().rows
    assert (before.stock_mg, before.short) == (None, False)
    assert (after.stock_mg, after.short) == (Decimal(-500), True)


def test_that_a_register_that_has_not_begun_has_no_stock(cupboard: Cupboard) -> None:
    cupboard.prepared("35")
    view = cupboard.view()
    assert view.began is None
    assert view.rows[0].stock_mg is None
    assert (view.lots[0].stock_mg, view.lots[0].containers) == (None, None)
    assert view.total_mg("ketamine-50-10") is None
    assert view.in_stock == ()


def test_that_an_amended_entry_takes_its_place_and_says_so(cupboard: Cupboard) -> None:
    cupboard.received("5", "2500")
    first = cupboard.prepared("35", lot="A7")
    cupboard.prepared("35", session="s2")
    cupboard.prepared("35", lot="A1", amends=first.uid, at=first.at.isoformat(), reason="misread")
    rows = cupboard.view().rows
    assert [row.lot for row in rows] == ["A1", "A1", "A1"]
    assert stocks(cupboard) == ["2500", "2000", "1500"]
    amended = rows[1]
    assert [old.lot for old in amended.replaced] == ["A7"]
    assert amended.reason == "misread"
    assert [row.replaced for row in (rows[0], rows[2])] == [(), ()]


def test_that_an_amendment_of_an_amendment_stands_alone(cupboard: Cupboard) -> None:
    cupboard.received("5", "2500")
    first = cupboard.prepared("35", vials=2)
    second = cupboard.prepared("35", vials=3, amends=first.uid, reason="three")
    cupboard.prepared("35", vials=1, amends=second.uid, reason="one, after all")
    assert stocks(cupboard) == ["2500", "2000"]
    assert [old.mg for old in last(cupboard).replaced] == [1000, 1500]


def test_that_each_lot_and_product_has_its_own_stock(cupboard: Cupboard) -> None:
    cupboard.received("1", "500", lot="A1")
    cupboard.received("2", "1000", lot="B1")
    cupboard.received("2", "56", DEVICE, lot="E1")
    cupboard.prepared("35", lot="b1")
    row = last(cupboard)
    assert (row.stock_mg, row.product_mg) == (Decimal(500), Decimal(1000))
    view = cupboard.view()
    assert [(lot.product, lot.lot, lot.stock_mg) for lot in view.lots] == [
        ("esketamine-28", "E1", Decimal(56)),
        ("ketamine-50-10", "A1", Decimal(500)),
        ("ketamine-50-10", "B1", Decimal(500)),
    ]
    assert view.total_mg("ketamine-50-10") == 1000


def test_that_stock_goes_out_by_return_destruction_and_loss(cupboard: Cupboard) -> None:
    cupboard.received("5", "2500")
    cupboard.moved(StockMove.RETURNED, "1", "500")
    cupboard.moved(StockMove.DESTROYED, "2", "1000", reason="past its date")
    cupboard.moved(StockMove.LOST, "0", "465", reason="dropped")
    assert stocks(cupboard) == ["2500", "2000", "1000", "535"]
    destroyed = cupboard.view().rows[2]
    assert destroyed.witness is not None
    assert (destroyed.document, destroyed.reason) == ("note 7", "past its date")


def test_that_the_next_inventory_is_due_two_years_after_the_last_whole_one(
    cupboard: Cupboard,
) -> None:
    assert cupboard.view().inventory_due is None
    cupboard.counted("5", "2500", inventory="opening", at="2026-03-02T08:00:00+00:00")
    cupboard.counted("5", "2500", "2500", inventory="spot", at="2026-05-02T08:00:00+00:00")
    view = cupboard.view(now=dt.datetime(2028, 3, 2, 23, 0, tzinfo=dt.UTC))
    assert (view.inventory_due, view.inventory_overdue) == (dt.date(2028, 3, 2), False)
    view = cupboard.view(now=dt.datetime(2028, 3, 3, tzinfo=dt.UTC))
    assert view.inventory_overdue
    cupboard.counted("5", "2500", "2500", inventory="biennial", at="2028-02-29T08:00:00+00:00")
    assert cupboard.view().inventory_due == dt.date(2030, 2, 28)


def test_that_an_inventory_of_an_empty_cupboard_begins_the_register(cupboard: Cupboard) -> None:
    cupboard.write("register", StockCounted(Inventory.OPENING, ()))
    view = cupboard.view()
    assert view.began == BEGINNING
    assert view.inventory_due == dt.date(2028, 3, 2)
    assert view.lots == ()
    (row,) = view.rows
    assert (row.product, row.stock_mg, row.found_mg) == ("", None, None)


def test_that_days_and_a_product_can_be_asked_for_with_what_is_carried_forward(
    cupboard: Cupboard,
) -> None:
    cupboard.received("5", "2500")
    cupboard.received("2", "56", DEVICE, lot="E1")
    cupboard.prepared("35")
    cupboard.prepared("35", session="s2", at="2026-03-05T10:00:00+00:00")
    cupboard.prepared("35", session="s2", at="2026-03-07T10:00:00+00:00")
    asked = Asked(product="ketamine-50-10", first=dt.date(2026, 3, 3), last=dt.date(2026, 3, 5))
    view = cupboard.view(asked)
    assert [row.stock_mg for row in view.rows] == [1500]
    assert [(lot.product, lot.stock_mg) for lot in view.carried] == [
        ("ketamine-50-10", Decimal(2000))
    ]
    assert [(lot.product, lot.stock_mg) for lot in view.lots] == [("ketamine-50-10", Decimal(1000))]
    later = cupboard.view(Asked(first=dt.date(2027, 1, 1)))
    assert later.rows == ()
    assert [lot.stock_mg for lot in later.carried] == [56, 1000]


def test_that_a_lot_is_expired_the_day_after_its_last(cupboard: Cupboard) -> None:
    cupboard.received("5", "2500")
    on_its_last = cupboard.view(now=dt.datetime(2027, 8, 31, 12, tzinfo=dt.UTC))
    assert not on_its_last.lots[0].expired
    assert cupboard.view(now=dt.datetime(2027, 9, 1, tzinfo=dt.UTC)).lots[0].expired


@pytest.mark.parametrize(
    ("expiry", "day"),
    [("2027-02", "2027-02-28"), ("2028-02", "2028-02-29"), ("2027-12", "2027-12-31")],
)
def test_that_a_month_lasts_to_its_last_day(expiry: str, day: str) -> None:
    assert last_day(expiry).isoformat() == day


def test_that_pieces_count_by_what_was_opened(cupboard: Cupboard) -> None:
    what = Prepared("lozenge", "L1", "2027-08", Decimal(150), Decimal(200), pieces=Decimal("1.5"))
    (line,) = stock_lines(cupboard.write("session/s1", what))
    assert (line.mg_each, line.containers, line.mg) == (Decimal(100), Decimal(2), Decimal(200))


def test_that_each_size_of_vial_is_an_item_and_no_size_is_none() -> None:
    class Named:
        products = (
            Product(
                "k-50", "k 50 mg/mL", Form.SOLUTION, Decimal(50), (Decimal(10), Decimal("2.5"))
            ),
            Product("k-100", "k 100 mg/mL", Form.SOLUTION, Decimal(100)),
            Product("loz", "k lozenge", Form.PIECE, piece_mg=Decimal(100), part=Decimal("0.5")),
        )

    found = stock_items([Named(), Named()])  # type: ignore[list-item] # all that is asked of one
    assert [(item.id, item.mg_each, item.ml_each) for item in found] == [
        ("k-50-2.5", Decimal(125), Decimal("2.5")),
        ("k-50-10", Decimal(500), Decimal(10)),
        ("loz", Decimal(100), None),
    ]
    assert found[1].name == "k 50 mg/mL, 10 mL vial"
    assert found[2].part == Decimal("0.5")


# --- whatever happens ----------------------------------------------------------------------

STEPS = st.lists(
    st.tuples(st.sampled_from(["in", "out", "kept", "lost", "waste"]), st.integers(1, 5)),
    max_size=25,
)


@given(STEPS)
def test_that_stock_is_always_what_came_less_what_went(steps: list[tuple[str, int]]) -> None:
    cupboard = Cupboard()
    cupboard.received("1", "500")
    for step, count in steps:
        if step == "in":
            cupboard.received(str(count), str(500 * count))
        elif step == "out":
            cupboard.prepared("35", vials=count)
        elif step == "kept":
            cupboard.kept(str(count))
        elif step == "lost":
            cupboard.moved(StockMove.LOST, str(count), str(500 * count))
        else:
            cupboard.wasted(str(count), WasteOf.VIAL, product="ketamine-50", lot="A1")
    rows = cupboard.view().rows
    came = sum((row.in_mg or Decimal(0) for row in rows), Decimal(0))
    went = sum((row.out_mg or Decimal(0) for row in rows), Decimal(0))
    assert only_lot(cupboard).stock_mg == rows[-1].stock_mg == came - went
    assert rows[-1].product_mg == came - went
    assert all(row.short == (row.stock_mg is not None and row.stock_mg < 0) for row in rows)


def test_that_the_item_of_a_lot_of_which_a_session_says_no_size_is_found(
    cupboard: Cupboard,
) -> None:
    small = StockItem(
        *("ketamine-50-2", "ketamine-50", "ketamine 50 mg/mL, 2 mL vial", Form.SOLUTION),
        *(Decimal(100), Decimal(50), Decimal(2)),
    )
    cupboard.received("5", "500", small, lot="S 1")
    cupboard.prepared("35", vials=None, lot="s1")
    assert last(cupboard).product == "ketamine-50-2"
    assert last(cupboard).stock_mg == 465
    cupboard.prepared("35", vials=None, lot="never seen")
    assert last(cupboard).product == "ketamine-50"
    assert KETAMINE.id != small.id
