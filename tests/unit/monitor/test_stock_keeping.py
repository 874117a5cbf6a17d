"""What is written in the register by hand: who may, what is refused, what a count does."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator
from decimal import Decimal

import pytest

from monitor.clinic import ApproveProtocol, CreateAccount, NewAccount
from monitor.entries import Entry, Exported, Inventory, StockCounted, StockMoved
from monitor.errors import Code, InputError, MonitorError, RefusedError
from monitor.people import Author, Role
from monitor.protocols import shipped
from monitor.register import LotStock, RegisterView
from monitor.stock_keeping import (
    REGISTER,
    CountStock,
    DestroyStock,
    LoseStock,
    NoteExport,
    Proof,
    ReceiveStock,
    ReturnStock,
    ShowRegister,
)
from monitor.stock_reading import NewCount, NewMove, item_of
from tests.fakes.visit import PASSWORDS, Visit
from ui.wording import sentence

VIAL = "ketamine-50-10"
DEVICE = "esketamine-28"
WITNESS = Proof("ds", PASSWORDS["ds"])
DELIVERY = NewMove(
    product=VIAL, lot="23KG104", expiry="2027-08", containers="5", document="DN 4711"
)
OUT = NewMove(product=VIAL, lot="23KG104", containers="2", reason="past its date")
COUNT = NewCount(product=VIAL, lot="23KG104", expiry="2027-08", containers="5")
ADMIN = Author("ad", Role.ADMINISTRATOR, "Ada Lis")
AUDITOR = Author("au", Role.AUDITOR, "Uwe Auer")
OWN = "an auditor's own"
THERAPIST = Author("th", Role.THERAPIST, "Theo Amsel")


@pytest.fixture
def visit() -> Visit:
    """A clinic whose prescriber approved ketamine and esketamine."""
    visit = Visit()
    esketamine = next(each for each in shipped() if each.id == "esketamine")
    ApproveProtocol(visit.world)(visit.prescriber, esketamine)
    return visit


def received(visit: Visit, **changed: str) -> StockMoved:
    return ReceiveStock(visit.world)(visit.nurse, dataclasses.replace(DELIVERY, **changed))


def view(visit: Visit) -> RegisterView:
    return ShowRegister(visit.world)()


def lot(visit: Visit) -> LotStock:
    (found,) = view(visit).lots
    return found


def written(visit: Visit) -> tuple[Entry, ...]:
    with visit.world.transaction() as tx:
        return tx.stream(REGISTER)


@contextlib.contextmanager
def refused(error: type[MonitorError], code: Code, field: str = "") -> Iterator[None]:
    """Hold a refusal to its code, its field, and one sentence."""
    with pytest.raises(error) as caught:
        yield
    assert caught.value.code is code
    assert caught.value.facts.get("field", "") == field
    words = sentence(caught.value)
    assert words.endswith(".")
    assert words.count(". ") == 0
    assert "None" not in words


def test_that_a_delivery_comes_into_stock(visit: Visit) -> None:
    said = received(visit, opened_ml="2,5")
    assert (said.containers, said.mg, said.document) == (Decimal(5), Decimal(2625), "DN 4711")
    assert said.item.name == "ketamine 50 mg/mL, 10 mL vial"
    assert lot(visit).stock_mg == 2625
    assert (lot(visit).containers, lot(visit).loose_mg) == (Decimal(5), Decimal(125))
    (entry,) = written(visit)
    assert entry.by == visit.nurse


def test_that_the_products_are_those_of_the_approved_protocols(visit: Visit) -> None:
    ids = [item.id for item in view(visit).items]
    assert VIAL in ids
    assert DEVICE in ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("by", [AUDITOR, THERAPIST])
def test_that_only_keepers_write(visit: Visit, by: Author) -> None:
    received(visit)
    for write in (
        lambda: ReceiveStock(visit.world)(by, DELIVERY),
        lambda: ReturnStock(visit.world)(by, OUT),
        lambda: LoseStock(visit.world)(by, OUT),
        lambda: DestroyStock(visit.world)(by, OUT, WITNESS),
        lambda: CountStock(visit.world)(by, Inventory.SPOT, [COUNT]),
    ):
        with refused(RefusedError, Code.NOT_ALLOWED):
            write()
    assert len(written(visit)) == 1


def test_that_an_administrator_may_receive(visit: Visit) -> None:
    ReceiveStock(visit.world)(ADMIN, DELIVERY)
    assert written(visit)[0].by == ADMIN


NUMBERS = [
    ("", Code.EMPTY),
    ("0", Code.OUT_OF_RANGE),
    ("-5", Code.NOT_UNDERSTOOD),
    ("five", Code.NOT_UNDERSTOOD),
    ("１２０", Code.NOT_UNDERSTOOD),
    ("1_20", Code.NOT_UNDERSTOOD),
    ("NaN", Code.NOT_UNDERSTOOD),
    ("1,205.5", Code.NOT_UNDERSTOOD),
    ("0.5", Code.OUT_OF_RANGE),
    ("5000", Code.OUT_OF_RANGE),
]


@pytest.mark.parametrize(("typed", "code"), NUMBERS)
def test_that_a_bad_number_of_containers_is_refused(visit: Visit, typed: str, code: Code) -> None:
    with refused(InputError, code, "containers"):
        received(visit, containers=typed)
    assert written(visit) == ()


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("opened_ml", "-1", Code.NOT_UNDERSTOOD),
        ("opened_ml", "１", Code.NOT_UNDERSTOOD),
        ("opened_ml", "93", Code.OUT_OF_RANGE),
        ("lot", "  ", Code.EMPTY),
        ("lot", "A\x00B", Code.NOT_UNDERSTOOD),
        ("lot", "A" * 41, Code.TOO_MUCH),
        ("expiry", "", Code.EMPTY),
        ("expiry", "08/2027", Code.NOT_UNDERSTOOD),
        ("expiry", "2027-13", Code.NOT_UNDERSTOOD),
        ("expiry", "2027-02-30", Code.NOT_UNDERSTOOD),
        ("expiry", "２０２７-08", Code.NOT_UNDERSTOOD),
        ("expiry", "20270831", Code.NOT_UNDERSTOOD),
        ("expiry", "2026-02", Code.EXPIRED),
        ("expiry", "2026-03-01", Code.EXPIRED),
        ("product", "", Code.EMPTY),
        ("product", "ketamine-50", Code.UNKNOWN),
        ("product", "aspirin", Code.UNKNOWN),
        ("document", " ", Code.EMPTY),
        ("document", "D" * 81, Code.TOO_MUCH),
        ("reason", "r" * 1001, Code.TOO_MUCH),
    ],
)
def test_that_a_bad_field_of_a_delivery_is_refused_in_one_sentence(
    visit: Visit, field: str, typed: str, code: Code
) -> None:
    with refused(InputError, code, field):
        received(visit, **{field: typed})
    assert written(visit) == ()


@pytest.mark.parametrize("expiry", ["2026-03", "2026-03-02"])
def test_that_a_lot_may_come_on_its_last_day(visit: Visit, expiry: str) -> None:
    assert received(visit, expiry=expiry).item.expiry == expiry


def test_that_a_device_is_never_opened(visit: Visit) -> None:
    with refused(InputError, Code.OUT_OF_RANGE, "opened_ml"):
        received(visit, product=DEVICE, opened_ml="0.1")


def test_that_a_known_lot_keeps_its_spelling_and_its_date(visit: Visit) -> None:
    received(visit)
    with refused(InputError, Code.DIFFERS, "expiry"):
        received(visit, lot="23 kg104", expiry="2027-09")
    said = received(visit, lot="23 kg104")
    assert said.item.lot == "23KG104"
    assert lot(visit).stock_mg == 5000


def test_that_stock_goes_back_to_the_supplier(visit: Visit) -> None:
    received(visit)
    ReturnStock(visit.world)(visit.nurse, dataclasses.replace(OUT, reason=""))
    assert lot(visit).stock_mg == 1500
    assert view(visit).rows[-1].witness is None


def test_that_a_loss_and_a_destruction_need_a_reason(visit: Visit) -> None:
    received(visit)
    silent = dataclasses.replace(OUT, reason="  ")
    with refused(InputError, Code.REASON_MISSING, "reason"):
        LoseStock(visit.world)(visit.nurse, silent)
    with refused(InputError, Code.REASON_MISSING, "reason"):
        DestroyStock(visit.world)(visit.nurse, silent, WITNESS)
    assert len(written(visit)) == 1
    LoseStock(visit.world)(visit.nurse, OUT)
    assert view(visit).rows[-1].reason == "past its date"


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"containers": "6"}, Code.TOO_MUCH, "containers"),
        ({"containers": "5", "opened_ml": "0.1"}, Code.TOO_MUCH, "containers"),
        ({"containers": "0"}, Code.OUT_OF_RANGE, "containers"),
        ({"lot": "23KG105"}, Code.UNKNOWN, "lot"),
        ({"product": DEVICE}, Code.UNKNOWN, "lot"),
        ({"reason": "two\nlines"}, Code.NOT_UNDERSTOOD, "reason"),
        ({"document": "7\x00"}, Code.NOT_UNDERSTOOD, "document"),
    ],
)
def test_that_no_more_goes_out_than_the_register_has(
    visit: Visit, changed: dict[str, str], code: Code, field: str
) -> None:
    received(visit)
    with refused(InputError, code, field):
        ReturnStock(visit.world)(visit.nurse, dataclasses.replace(OUT, **changed))
    assert len(written(visit)) == 1


def test_that_stock_is_destroyed_before_a_witness_who_proves_who_it_is(visit: Visit) -> None:
    received(visit)
    said = DestroyStock(visit.world)(visit.nurse, OUT, WITNESS)
    assert said.witness == visit.prescriber
    assert lot(visit).stock_mg == 1500


@pytest.mark.parametrize(
    ("user", "password", "error", "code", "field"),
    [
        ("nk", PASSWORDS["nk"], RefusedError, Code.SAME_PERSON, ""),
        (" NK ", "whatever", RefusedError, Code.SAME_PERSON, ""),
        ("ds", "wrong", RefusedError, Code.WRONG_PASSWORD, ""),
        ("nobody", "wrong", RefusedError, Code.WRONG_PASSWORD, ""),
        ("", "", InputError, Code.EMPTY, "witness"),
    ],
)
def test_that_without_another_person_nothing_is_destroyed(
    visit: Visit, user: str, password: str, error: type[MonitorError], code: Code, field: str
) -> None:
    received(visit)
    with refused(error, code, field):
        DestroyStock(visit.world)(visit.nurse, OUT, Proof(user, password))
    assert len(written(visit)) == 1


def test_that_an_auditor_is_no_witness(visit: Visit) -> None:
    wanted = NewAccount(user="au", name="Uwe Auer", role=Role.AUDITOR, credential="", password=OWN)
    CreateAccount(visit.world)(ADMIN, wanted)
    received(visit)
    with refused(RefusedError, Code.NOT_ALLOWED):
        DestroyStock(visit.world)(visit.nurse, OUT, Proof("au", OWN))


def counted(
    visit: Visit,
    *lots: NewCount,
    inventory: Inventory = Inventory.SPOT,
    reason: str = "",
    witness: Proof | None = None,
) -> StockCounted:
    return CountStock(visit.world)(visit.nurse, inventory, lots, reason=reason, witness=witness)


def test_that_the_opening_inventory_needs_no_reason_and_takes_expired_lots(visit: Visit) -> None:
    old = NewCount(product=VIAL, lot="OLD", expiry="2024-01", containers="1", opened_ml="3.5")
    said = counted(visit, COUNT, old, inventory=Inventory.OPENING, witness=WITNESS)
    assert [found.mg for found in said.lots] == [2500, 675]
    assert said.witness == visit.prescriber
    assert [each.expired for each in view(visit).lots] == [True, False]
    assert view(visit).inventory_due is not None


def test_that_a_lot_past_its_date_can_be_destroyed(visit: Visit) -> None:
    old = NewCount(product=VIAL, lot="OLD", expiry="2024-01", containers="1", opened_ml="3.5")
    counted(visit, old, inventory=Inventory.OPENING)
    typed = NewMove(
        product=VIAL, lot="OLD", containers="1", opened_ml="3.5", reason="past its date"
    )
    DestroyStock(visit.world)(visit.nurse, typed, WITNESS)
    assert lot(visit).stock_mg == 0
    assert lot(visit).containers == 0


def test_that_there_is_one_opening_inventory(visit: Visit) -> None:
    counted(visit, inventory=Inventory.OPENING)
    with refused(InputError, Code.OUT_OF_RANGE, "inventory"):
        counted(visit, inventory=Inventory.OPENING)


def test_that_a_count_as_expected_needs_no_reason(visit: Visit) -> None:
    received(visit)
    assert counted(visit, COUNT).lots[0].expected_mg == 2500


def test_that_a_count_that_differs_needs_a_reason_and_keeps_the_difference(visit: Visit) -> None:
    received(visit)
    fewer = dataclasses.replace(COUNT, containers="4")
    with refused(InputError, Code.REASON_MISSING, "reason"):
        counted(visit, fewer)
    assert len(written(visit)) == 1
    counted(visit, fewer, reason="one was never delivered")
    row = view(visit).rows[-1]
    assert (row.difference_mg, row.reason) == (Decimal(-500), "one was never delivered")
    assert lot(visit).stock_mg == 2000


def test_that_another_date_than_the_register_has_needs_a_reason_too(visit: Visit) -> None:
    received(visit)
    other = dataclasses.replace(COUNT, expiry="2027-09")
    with refused(InputError, Code.REASON_MISSING, "reason"):
        counted(visit, other)
    counted(visit, other, reason="misread when it came")
    assert lot(visit).expiry == "2027-09"


def test_that_a_lot_nobody_knew_of_needs_a_reason_once_the_register_has_begun(
    visit: Visit,
) -> None:
    received(visit)
    found = dataclasses.replace(COUNT, lot="STRANGE")
    with refused(InputError, Code.REASON_MISSING, "reason"):
        counted(visit, found)


def test_that_a_whole_inventory_leaves_no_lot_out(visit: Visit) -> None:
    received(visit)
    received(visit, lot="B2")
    with refused(InputError, Code.EMPTY, "lots"):
        counted(visit, COUNT, inventory=Inventory.BIENNIAL, reason="hurry")
    gone = dataclasses.replace(COUNT, lot="B2", containers="0")
    counted(visit, COUNT, gone, inventory=Inventory.BIENNIAL, reason="all of B2 is missing")
    assert [each.stock_mg for each in view(visit).lots] == [2500, 0]


def test_that_a_lot_is_counted_once_and_a_check_counts_something(visit: Visit) -> None:
    received(visit)
    with refused(InputError, Code.NOT_UNDERSTOOD, "reason"):
        counted(visit, COUNT, reason="one\nfell")
    with refused(InputError, Code.NAME_TAKEN, "lot"):
        counted(visit, COUNT, dataclasses.replace(COUNT, lot="23kg104 "))
    with refused(InputError, Code.EMPTY, "lots"):
        counted(visit)


def test_that_nobody_counts_along_with_themselves(visit: Visit) -> None:
    received(visit)
    with refused(RefusedError, Code.SAME_PERSON):
        counted(visit, COUNT, witness=Proof("nk", PASSWORDS["nk"]))


def test_that_a_lot_stays_known_when_no_protocol_has_its_product_any_more(visit: Visit) -> None:
    received(visit)
    bare = dataclasses.replace(view(visit), items=())
    assert item_of(bare, VIAL).mg_each == 500
    with refused(InputError, Code.UNKNOWN, "product"):
        item_of(bare, DEVICE)


def test_that_an_export_is_noted_with_its_hash(visit: Visit) -> None:
    NoteExport(visit.world)(visit.nurse, "csv", b"a,b")
    with visit.world.transaction() as tx:
        said = tx.stream("access")[-1].what
    assert isinstance(said, Exported)
    assert (said.session, said.form) == ("", "register csv")
    assert len(said.sha256) == 64
