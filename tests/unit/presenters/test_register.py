"""The room of the register, without a window."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from monitor.entries import Exported, StockMove, WasteOf
from monitor.stock_keeping import REGISTER
from tests.fakes.cupboard import NURSE, Cupboard
from tests.fakes.views_register import AUDITOR, DEVICE, VIAL, Storeroom
from tests.fakes.visit import PASSWORDS
from ui.presenters.register_faces import (
    EMPTY,
    EMPTY_TO_READ,
    NOTHING_FOUND,
    inventory_words,
    register_face,
)


@pytest.fixture
def room() -> Storeroom:
    return Storeroom()


def entries(room: Storeroom) -> int:
    with room.visit.world.transaction() as tx:
        return len(tx.stream(REGISTER))


def accesses(room: Storeroom) -> int:
    with room.visit.world.transaction() as tx:
        return len(tx.stream("access"))


def rows(room: Storeroom) -> int:
    return len(room.face.rows)


# --- what is shown --------------------------------------------------------------------------


def test_that_an_empty_register_says_how_to_begin(room: Storeroom) -> None:
    assert room.face.nothing == EMPTY
    assert room.face.inventory.startswith("No inventory was made yet")
    assert not room.face.may_take
    assert [words for _, words in room.face.products][:1] == ["All products"]


def test_that_an_auditor_reads_and_does_nothing_else(room: Storeroom) -> None:
    room.receive()
    room.author = AUDITOR
    room.presenter.refresh()
    assert not room.face.may_write
    assert room.face.note == "read-only"
    assert len(room.face.rows) == 1
    room.presenter.writing.begin("receive")
    assert not room.view.open
    empty = Storeroom()
    empty.author = AUDITOR
    empty.presenter.refresh()
    assert empty.face.nothing == EMPTY_TO_READ


def test_that_a_form_that_is_open_goes_away_when_an_auditor_takes_over(room: Storeroom) -> None:
    room.presenter.writing.begin("receive")
    room.author = AUDITOR
    room.presenter.refresh()
    assert not room.view.open


def test_that_a_row_says_what_came_or_went_of_which_lot_and_for_whom() -> None:
    cupboard = Cupboard()
    cupboard.received("10", "5000")
    cupboard.prepared("35")
    cupboard.kept("465")
    view = cupboard.view()
    kept, taken, received = register_face(view, view, NURSE).rows
    assert [cell.upper for cell in received.cells[1:]] == [
        "Received", "ketamine 50 mg/mL, 10 mL vial", "+5,000", "5,000", "5,000",
    ]  # fmt: skip
    assert received.cells[0].upper == "2026-03-02"
    assert received.cells[2].lower == "lot A1 · 2027-08"
    assert received.cells[3].lower == "10 whole"
    assert taken.cells[1].lower == "S-S1 Nowak, Anna, 100234"
    assert [cell.upper for cell in taken.cells[3:]] == ["−500", "4,500", "4,500"]
    assert kept.cells[3].upper == "+465"
    assert kept.cells[3].lower == ""
    assert "Put back" in kept.said
    assert "lot A1" in kept.detail


def test_that_more_taken_out_than_there_was_is_told_at_row_and_lot() -> None:
    cupboard = Cupboard()
    cupboard.received("1", "500")
    cupboard.prepared("35", vials=2)
    view = cupboard.view()
    face = register_face(view, view, NURSE)
    assert face.rows[0].cells[1].lower == "More taken out than the register had"
    assert face.rows[0].cells[1].tone == "alert"
    (lot,) = face.lots
    assert (lot.amount, lot.pieces) == ("−500 mg", "")
    assert lot.worry == "more taken out than the register had"
    assert not face.may_take


def test_that_a_count_stands_beside_what_the_register_had() -> None:
    cupboard = Cupboard()
    cupboard.received("10", "5000")
    cupboard.counted("9", "4500", "5000", reason="one fell")
    view = cupboard.view()
    counted = register_face(view, view, NURSE).rows[0]
    assert counted.cells[1].upper == "Spot check"
    assert counted.cells[1].lower == ("found 4,500 mg, the register had 5,000 mg (−500) · one fell")


def test_that_waste_of_what_was_taken_out_is_told_and_a_witness_named() -> None:
    cupboard = Cupboard()
    cupboard.received("10", "5000")
    cupboard.prepared("35")
    cupboard.wasted("465", WasteOf.VIAL, product="ketamine-50", lot="A1")
    cupboard.moved(StockMove.DESTROYED, "1", "500", reason="past its date")
    view = cupboard.view()
    destroyed, wasted, *_ = register_face(view, view, NURSE).rows
    assert wasted.cells[1].lower.startswith("S-S1 Nowak, Anna, 100234 · 465 mg of what")
    assert wasted.cells[3].upper == ""
    assert "witness Marek Bąk · past its date" in destroyed.detail


def test_that_the_next_inventory_is_named_and_an_overdue_one_stands_out() -> None:
    cupboard = Cupboard()
    cupboard.counted("10", "5000", inventory="opening")
    words, tone = inventory_words(cupboard.view())
    assert words == "Last inventory 2026-03-02; the next is due by 2028-03-02."
    assert tone == "text_2"
    late = cupboard.view(now=dt.datetime(2028, 3, 3, tzinfo=dt.UTC))
    words, tone = inventory_words(late)
    assert words == "The inventory was due by 2028-03-02; the last was made on 2026-03-02."
    assert tone == "overdue"


def test_that_an_expired_lot_says_so() -> None:
    cupboard = Cupboard()
    cupboard.received("1", "500")
    view = cupboard.view(now=dt.datetime(2027, 9, 1, tzinfo=dt.UTC))
    assert register_face(view, view, NURSE).lots[0].worry == "expired"


# --- filters --------------------------------------------------------------------------------


def test_that_one_product_and_some_days_can_be_picked_out(room: Storeroom) -> None:
    room.receive()
    room.presenter.choose_product(DEVICE)
    assert room.face.nothing == NOTHING_FOUND
    found = [rows(room)]
    room.presenter.choose_product(VIAL)
    for days in (("2026-03-02", ""), ("", "2026-03-01"), ("", "")):
        room.presenter.choose_days(*days)
        found.append(rows(room))
    assert found == [0, 1, 0, 1]


@pytest.mark.parametrize("typed", ["2026-02-30", "2.3.2026", "yesterday", "２０２６-03-02", "0"])
def test_that_a_day_that_is_none_is_refused_in_one_sentence(room: Storeroom, typed: str) -> None:
    room.receive()
    room.presenter.choose_days(typed, "")
    assert room.view.days_problem == "Write a day as 2026-03-02, or leave it empty."
    assert len(room.face.rows) == 1


def test_that_days_the_wrong_way_round_are_refused(room: Storeroom) -> None:
    room.presenter.choose_days("2026-03-02", "2026-03-01")
    assert room.view.days_problem == "The first day is after the last one."
    room.presenter.choose_days("2026-03-01", "2026-03-02")
    assert room.view.days_problem == ""


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


# --- files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["pdf", "csv"])
def test_that_the_register_is_handed_out_as_it_is_shown_and_noted(
    room: Storeroom, form: str
) -> None:
    room.receive()
    room.presenter.choose_product(VIAL)
    room.presenter.export(form)
    assert room.view.where == f"register-2026-03-02.{form}"
    room.presenter.export_to(Path("somewhere") / room.view.where)
    assert list(room.files.values()) == [form.encode()]
    assert room.asked_for[-1].product == VIAL
    assert room.view.done == f"Written: register-2026-03-02.{form}"
    with room.visit.world.transaction() as tx:
        said = [e.what for e in tx.stream("access") if isinstance(e.what, Exported)]
    assert [each.form for each in said] == [f"register {form}"]


def test_that_a_folder_that_takes_no_file_is_told(room: Storeroom) -> None:
    room.full = True
    room.presenter.export("csv")
    room.presenter.export_to(Path("x.csv"))
    assert room.view.done == "The file could not be written there; choose another folder."
    assert not room.view.went_well


def test_that_a_lot_of_an_unknown_size_still_has_a_row() -> None:
    cupboard = Cupboard()
    cupboard.prepared("35", vials=None, lot="Z9")
    view = cupboard.view()
    face = register_face(view, dataclasses.replace(view, began=None), NURSE)
    assert face.rows[0].cells[4].upper == ""
    assert Decimal(35) == view.rows[0].out_mg
