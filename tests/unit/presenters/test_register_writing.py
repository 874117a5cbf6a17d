"""The forms of the cupboard, without a window."""

from __future__ import annotations

import pytest

from monitor.stock_keeping import REGISTER, ReceiveStock, ReturnStock
from monitor.stock_reading import NewMove
from tests.fakes.views_register import DEVICE, VIAL, Storeroom
from tests.fakes.visit import PASSWORDS


@pytest.fixture
def room() -> Storeroom:
    return Storeroom()


def entries(room: Storeroom) -> int:
    with room.visit.world.transaction() as tx:
        return len(tx.stream(REGISTER))


def accesses(room: Storeroom) -> int:
    with room.visit.world.transaction() as tx:
        return len(tx.stream("access"))


# --- one lot --------------------------------------------------------------------------------


def test_that_a_delivery_is_read_back_and_written(room: Storeroom) -> None:
    writing = room.presenter.writing
    writing.begin("receive")
    for key, value in (("product", VIAL), ("lot", "23KG104"), ("expiry", "2027-08")):
        room.fill(key, value)
    room.fill("containers", "10")
    assert room.view.form.notes["containers"] == "= 5,000 mg"
    room.fill("document", "WZ 1")
    writing.submit()
    assert not room.view.open
    assert room.view.done == "Received: lot 23KG104 = 5,000 mg"
    assert room.face.lots[0].amount == "5,000 mg"
    assert room.face.may_take


@pytest.mark.parametrize("typed", ["", "0", "-1", "ten", "１２０", "1_20", "nan", "1,5", "10000"])
def test_that_a_number_that_is_none_is_refused_at_its_field(room: Storeroom, typed: str) -> None:
    values = {"product": VIAL, "lot": "A1", "expiry": "2027-08", "document": "WZ 1"}
    field, said = room.do("receive", containers=typed, **values)
    assert field == "containers"
    assert said.endswith(".")
    assert entries(room) == 0
    assert room.view.open


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("product", ""), ("lot", ""), ("lot", "x" * 60), ("expiry", ""), ("expiry", "2025-01"),
        ("expiry", "08/2027"), ("expiry", "2027-13"), ("document", ""),
    ],
)  # fmt: skip
def test_that_what_is_wrong_with_a_delivery_stands_at_its_field(
    room: Storeroom, field: str, typed: str
) -> None:
    values = {
        "product": VIAL, "lot": "A1", "expiry": "2027-08", "containers": "1", "document": "WZ 1",
    }  # fmt: skip
    at, said = room.do("receive", **{name: v for name, v in (values | {field: typed}).items() if v})
    assert at == field
    assert said.endswith(".")
    assert entries(room) == 0


def test_that_stock_is_returned_and_lost_with_a_reason(room: Storeroom) -> None:
    room.receive()
    assert room.do("return", lot="0", containers="2") == ("", "")
    assert room.view.form.notes["lot"] == "In stock: 10 whole."
    assert room.face.lots[0].amount == "4,000 mg"
    field, said = room.do("lose", lot="0", containers="1")
    assert field == "reason"
    assert "reason" in said
    assert room.do("lose", lot="0", containers="1", reason="glass broken") == ("", "")
    assert room.face.lots[0].amount == "3,500 mg"


def test_that_no_more_goes_out_than_there_is_and_no_lot_is_guessed(room: Storeroom) -> None:
    room.receive("2")
    field, said = room.do("return", lot="0", containers="3")
    assert field == "containers"
    assert "1,000" in said or "1000" in said
    assert room.do("return", containers="1")[0] == "lot"
    assert entries(room) == 1


def test_that_stock_is_destroyed_before_a_witness_who_proves_it(room: Storeroom) -> None:
    room.receive()
    out = {"lot": "0", "containers": "1", "reason": "past its date"}
    assert room.do("destroy", **out)[0] == "witness"
    before = accesses(room)
    assert room.do("destroy", witness="ds", **out)[0] == "password"
    assert accesses(room) == before  # nobody is asked for what was not typed
    wrong = {"password": "somebody else's"}
    assert room.do("destroy", witness="ds", **wrong, **out)[0] == "password"
    assert entries(room) == 1
    assert room.do("destroy", witness="ds", password=PASSWORDS["ds"], **out) == ("", "")
    assert "witness Dana Silva" in room.face.rows[0].detail
    assert room.view.form.texts["password"] == ""


def test_that_a_wrong_password_of_the_witness_is_emptied(room: Storeroom) -> None:
    room.receive()
    out = {"lot": "0", "containers": "1", "reason": "past its date"}
    wrong = {"password": "somebody else's"}
    room.do("destroy", witness="ds", **wrong, **out)
    assert room.view.form.texts["password"] == ""
    room.presenter.writing.submit()
    assert room.view.form.problem[0] == "password"
    assert "Nothing" in room.view.form.problem[1]


def test_that_what_is_typed_stays_with_its_lot_when_somebody_else_writes(room: Storeroom) -> None:
    room.receive(lot="B2")
    writing = room.presenter.writing
    writing.begin("return")
    room.fill("lot", "0")
    room.fill("containers", "2")
    typed = NewMove(
        product=VIAL, lot="A1", containers="1", expiry="2027-01", document="WZ 2"
    )  # stands before the other lot
    ReceiveStock(room.visit.world)(room.visit.prescriber, typed)
    gone = NewMove(product=VIAL, lot="B2", containers="7")
    ReturnStock(room.visit.world)(room.visit.prescriber, gone)
    room.presenter.refresh()
    assert room.view.form.notes["lot"] == "In stock: 3 whole."
    room.fill("lot", "1")
    assert room.view.form.notes["lot"] == "In stock: 1 whole."
    room.fill("lot", "0")
    writing.submit()
    assert [lot.lot for lot in room.face.lots] == ["lot A1 · 2027-01", "lot B2 · 2027-08"]
    assert [lot.pieces for lot in room.face.lots] == ["1 whole", "1 whole"]


def test_that_a_count_goes_by_lot_when_somebody_else_writes(room: Storeroom) -> None:
    room.receive(lot="B2")
    writing = room.presenter.writing
    writing.begin("count")
    room.fill("inventory", "biennial")
    room.fill("containers lot 1", "9")
    typed = NewMove(product=VIAL, lot="A1", containers="1", expiry="2027-01", document="WZ 2")
    ReceiveStock(room.visit.world)(room.visit.prescriber, typed)
    gone = NewMove(product=VIAL, lot="B2", containers="1")
    ReturnStock(room.visit.world)(room.visit.prescriber, gone)
    room.presenter.refresh()
    note = room.view.form.notes["containers lot 1"]
    assert note == "= 4,500 mg; the register has 4,500 mg"
    writing.submit()
    assert "lot A1" in room.view.form.problem[1]
    room.fill("containers lot 2", "1")
    writing.submit()
    assert room.view.done == "Counted: 2 lots."
    assert [lot.pieces for lot in room.face.lots] == ["1 whole", "9 whole"]


def test_that_no_more_unopened_ones_go_out_than_there_are(room: Storeroom) -> None:
    room.receive("3")
    found = {"containers__lot__1": "1", "opened_ml__lot__1": "12", "reason": "opened"}
    assert room.do("count", inventory="spot", **found) == ("", "")
    field, said = room.do("return", lot="0", containers="2")
    assert field == "containers"
    assert said.startswith("2 unopened is more than the 1 that the register has of lot 23KG104")
    assert room.do("return", lot="0", containers="1", opened_ml="12") == ("", "")


def test_that_nobody_is_offered_as_their_own_witness(room: Storeroom) -> None:
    room.receive()
    room.presenter.writing.begin("destroy")
    face = room.view.form.face
    assert face is not None
    field = next(each for each in face.fields if each.key == "witness")
    assert room.author.user not in {option.value for option in field.options}


# --- counting -------------------------------------------------------------------------------


def test_that_the_first_count_takes_lots_the_register_does_not_know(room: Storeroom) -> None:
    assert opening(room) == ("", "")
    assert room.view.done == "Counted: 2 lots."
    assert [lot.amount for lot in room.face.lots] == ["84 mg", "4,625 mg"]
    assert room.face.rows[0].cells[1].upper == "Opening inventory"


def opening(room: Storeroom) -> tuple[str, str]:
    writing = room.presenter.writing
    writing.begin("count")
    room.fill("inventory", "opening")
    for name, value in (
        ("product", VIAL), ("lot", "A1"), ("expiry", "2027-08"), ("containers", "9"),
        ("opened_ml", "2.5"),
    ):  # fmt: skip
        room.fill(f"{name} new 1", value)
    writing.other("more")
    assert room.view.form.texts["lot new 1"] == "A1"
    assert room.view.form.texts["product new 1"] == VIAL
    for name, value in (("product", DEVICE), ("lot", "E1"), ("expiry", "2027-01")):
        room.fill(f"{name} new 2", value)
    room.fill("containers new 2", "3")
    writing.submit()
    return room.view.form.problem


def test_that_a_count_shows_the_register_s_figure_only_beside_one_that_was_typed(
    room: Storeroom,
) -> None:
    room.receive()
    room.presenter.writing.begin("count")
    assert room.view.form.notes["containers lot 1"] == ""
    room.fill("containers lot 1", "9")
    assert room.view.form.notes["containers lot 1"] == "= 4,500 mg; the register has 5,000 mg"


def test_that_a_count_that_differs_wants_a_reason(room: Storeroom) -> None:
    room.receive()
    found = {"inventory": "spot", "containers__lot__1": "9"}
    assert room.do("count", **found)[0] == "reason"
    assert room.do("count", reason="one fell", **found) == ("", "")
    assert room.face.lots[0].amount == "4,500 mg"


def test_that_a_whole_inventory_leaves_no_lot_out_and_a_bad_line_is_named(room: Storeroom) -> None:
    room.receive()
    room.receive("3", lot="B2")
    assert room.do("count", inventory="biennial", containers__lot__1="10")[1].endswith(".")
    field, said = room.do("count", inventory="spot", containers__lot__2="-3")
    assert field == "containers lot 2"
    assert said.endswith(".")
    assert room.do("count", containers__lot__1="10")[0] == "inventory"
    assert entries(room) == 2


def test_that_a_count_can_be_made_by_two(room: Storeroom) -> None:
    room.receive()
    found = {"inventory": "biennial", "containers__lot__1": "10"}
    assert room.do("count", witness="ds", **found)[0] == "password"
    assert room.do("count", witness="ds", password=PASSWORDS["ds"], **found) == ("", "")
    assert "witness Dana Silva" in room.face.rows[0].detail
    assert room.do("count", witness="alone", **found) == ("", "")
