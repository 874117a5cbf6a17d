"""The room of the register, without a window."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from monitor.entries import Exported, StockMove, WasteOf
from monitor.register import ALL
from monitor.stock_keeping import REGISTER
from tests.fakes.cupboard import NURSE, Cupboard
from tests.fakes.views_register import AUDITOR, DEVICE, VIAL, Storeroom
from ui.presenters.register import RegisterPresenter
from ui.presenters.register_faces import (
    EMPTY,
    EMPTY_TO_READ,
    NOTHING_FOUND,
    drawn,
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
    kept, taken, received = register_face(drawn(view), ALL, NURSE).rows
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
    face = register_face(drawn(view), ALL, NURSE)
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
    counted = register_face(drawn(view), ALL, NURSE).rows[0]
    assert counted.cells[1].upper == "Spot check"
    assert counted.cells[1].lower == ("found 4,500 mg, the register had 5,000 mg (−500) · one fell")


def test_that_waste_of_what_was_taken_out_is_told_and_a_witness_named() -> None:
    cupboard = Cupboard()
    cupboard.received("10", "5000")
    cupboard.prepared("35")
    cupboard.wasted("465", WasteOf.VIAL, product="ketamine-50", lot="A1")
    cupboard.moved(StockMove.DESTROYED, "1", "500", reason="past its date")
    view = cupboard.view()
    destroyed, wasted, *_ = register_face(drawn(view), ALL, NURSE).rows
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
    assert register_face(drawn(view), ALL, NURSE).lots[0].worry == "expired"


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


@pytest.mark.parametrize(
    "typed", ["2026-02-30", "2.3.2026", "yesterday", "２０２６-03-02", "0", "20260302"]
)
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


# --- reading --------------------------------------------------------------------------------


def test_that_the_register_is_read_beside_the_window_and_once_for_all_that_is_written() -> None:
    room = Storeroom()
    before = room.readings
    room.hold()
    for _ in range(3):
        room.presenter.refresh()
    assert room.readings == before
    room.let()
    room.let()  # for what was written while it was read
    room.let()
    assert room.readings == before + 2


def test_that_nothing_is_read_where_nothing_was_written(room: Storeroom) -> None:
    room.receive()
    before = room.readings
    room.presenter.look()
    room.presenter.choose_product(DEVICE)
    room.presenter.choose_product("")
    for _ in range(2):
        room.presenter.choose_days("2026-03-02", "")
    room.presenter.writing.begin("receive")
    room.presenter.export("csv")
    assert room.readings == before
    room.presenter.outdate()
    room.presenter.look()
    assert room.readings == before + 1
    room.visit.clock.advance(days=1)  # what is past its date may be more by now
    room.presenter.look()
    assert room.readings == before + 2


def test_that_a_form_asked_for_before_the_register_was_read_opens_when_it_was() -> None:
    room = Storeroom()
    room.receive()
    room.hold()
    room.presenter = RegisterPresenter(room.view, room.doors())
    room.presenter.look()
    room.presenter.writing.begin("return")
    opened = [room.view.open]
    room.let()
    assert [*opened, room.view.open] == [False, True]
    assert room.presenter.writing.kind == "return"


def test_that_a_register_that_cannot_be_read_says_so_until_it_can(room: Storeroom) -> None:
    room.unreadable = True
    room.presenter.refresh()
    assert not room.view.went_well
    assert room.view.done.endswith(".")
    room.unreadable = False
    room.presenter.look()
    assert room.view.done == ""


def test_that_an_answer_that_comes_after_the_room_is_gone_shows_nothing(room: Storeroom) -> None:
    room.receive()
    room.presenter.export("csv")
    room.presenter.export_to(Path("x.csv"))
    room.hold()
    room.do("return", lot="0", containers="1")
    room.presenter.export_to(Path("y.csv"))
    room.presenter.refresh()
    room.presenter.close()
    said, face = room.view.done, room.face
    room.author = AUDITOR  # somebody else has logged in meanwhile
    room.let()
    assert (room.view.done, room.face) == (said, face)
    assert room.view.busy
    assert entries(room) == 2  # it was written all the same, by who had pressed
    with room.visit.world.transaction() as tx:
        assert tx.stream(REGISTER)[-1].by == room.visit.nurse
        assert tx.stream("access")[-1].by == room.visit.nurse


def test_that_a_row_that_is_as_it_was_is_not_drawn_again() -> None:
    cupboard = Cupboard()
    cupboard.received("10", "5000")
    before = drawn(cupboard.view())
    cupboard.prepared("35")
    after = drawn(cupboard.view(), before)
    assert after.rows[1] is before.rows[0]
    assert after.rows == drawn(cupboard.view()).rows


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


def test_that_the_register_is_printed_as_it_is_shown_and_put_on_record(room: Storeroom) -> None:
    room.receive()
    room.presenter.choose_product(VIAL)
    room.presenter.print_it()
    assert (room.view.paper, room.asked_for[-1].product) == (b"pdf", VIAL)
    assert room.view.done == "Handed to the printer Front desk."
    with room.visit.world.transaction() as tx:
        said = [e.what for e in tx.stream("access") if isinstance(e.what, Exported)]
    assert [(each.form, each.to) for each in said] == [("register print", "Front desk")]


def test_that_a_folder_that_takes_no_file_is_told(room: Storeroom) -> None:
    room.full = True
    room.presenter.export("csv")
    room.presenter.export_to(Path("x.csv"))
    assert room.view.done == "The file could not be written there; choose another folder."
    assert not room.view.went_well


def test_that_a_file_that_was_not_written_is_not_noted_and_one_not_noted_is_told(
    room: Storeroom,
) -> None:
    room.presenter.export("csv")
    before, room.full = accesses(room), True
    room.presenter.export_to(Path("x.csv"))
    assert accesses(room) == before
    room.full, room.no_notes = False, True
    room.presenter.export_to(Path("x.csv"))
    assert list(room.files) == [Path("x.csv")]
    assert room.view.done.startswith("Written: x.csv, but the record did not take a note of it.")
    assert not room.view.went_well


def test_that_a_lot_of_an_unknown_size_still_has_a_row() -> None:
    cupboard = Cupboard()
    cupboard.prepared("35", vials=None, lot="Z9")
    view = cupboard.view()
    face = register_face(drawn(dataclasses.replace(view, began=None)), ALL, NURSE)
    assert face.rows[0].cells[4].upper == ""
    assert Decimal(35) == view.rows[0].out_mg
