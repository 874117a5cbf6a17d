"""A made-up cupboard: entries of sessions and of the register, one after the other."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from monitor.clock import Moment
from monitor.entries import (
    CountedLot,
    DeviceGiven,
    Entry,
    Fact,
    Inventory,
    Prepared,
    RemainderKept,
    StockCounted,
    StockLot,
    StockMove,
    StockMoved,
    Wasted,
    WasteOf,
)
from monitor.people import Author, Role
from monitor.protocols.protocol import Form
from monitor.register import ALL, Asked, RegisterView, StockItem, Visit
from monitor.running_stock import register_view
from monitor.stock_lines import stock_lines

NURSE = Author("nk", Role.NURSE, "Nina Kowal", "RN")
MAREK = Author("mb", Role.NURSE, "Marek Bąk", "RN")
BEGINNING = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
EXPIRY = "2027-08"
KETAMINE = StockItem(
    *("ketamine-50-10", "ketamine-50", "ketamine 50 mg/mL, 10 mL vial", Form.SOLUTION),
    *(Decimal(500), Decimal(50), Decimal(10)),
)
DEVICE = StockItem(
    *("esketamine-28", "esketamine-28", "esketamine 28 mg device", Form.DEVICE), Decimal(28)
)
ITEMS = (KETAMINE, DEVICE)


def visit(session_id: str, drug: str = "ketamine") -> Visit:
    """A session as the register names it."""
    return Visit(session_id, f"S-{session_id.upper()}", "Nowak, Anna", "100234", drug)


class Cupboard:
    """Writes entries a minute apart, and shows the register that follows from them."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.visits = {"s1": visit("s1"), "s2": visit("s2"), "e1": visit("e1", "esketamine")}

    @property
    def now(self) -> dt.datetime:
        """The instant of the next entry."""
        return BEGINNING + dt.timedelta(minutes=len(self.entries))

    def write(self, stream: str, what: Fact, **said: str) -> Entry:
        """Write an entry; `at` is ISO, else a minute after the last."""
        at = dt.datetime.fromisoformat(said.pop("at")) if "at" in said else self.now
        place = len(self.entries) + 1
        moment = Moment(self.now, 60, "b", place)
        made = Entry(f"u{place}", stream, place, at, moment, NURSE, "desk", what, **said)
        self.entries.append(made)
        return made

    def moved(
        self, move: StockMove, containers: str, mg: str, item: StockItem = KETAMINE, **said: str
    ) -> Entry:
        """Stock came or went."""
        lot = StockLot(item.id, item.name, item.mg_each, said.pop("lot", "A1"), EXPIRY)
        witness = MAREK if move is StockMove.DESTROYED else None
        what = StockMoved(move, lot, Decimal(containers), Decimal(mg), "note 7", witness)
        return self.write("register", what, **said)

    def received(self, containers: str, mg: str, item: StockItem = KETAMINE, **said: str) -> Entry:
        """A delivery came."""
        return self.moved(StockMove.RECEIVED, containers, mg, item, **said)

    def counted(
        self, containers: str, mg: str, expected: str = "0", item: StockItem = KETAMINE, **said: str
    ) -> Entry:
        """One lot was counted."""
        inventory = Inventory(said.pop("inventory", "spot"))
        lot = StockLot(item.id, item.name, item.mg_each, said.pop("lot", "A1"), EXPIRY)
        found = CountedLot(lot, Decimal(containers), Decimal(mg), Decimal(expected))
        return self.write("register", StockCounted(inventory, (found,)), **said)

    def prepared(
        self, mg: str, vials: int | None = 1, session: str = "s1", lot: str = "A1", **said: str
    ) -> Entry:
        """A dose was drawn up from 10 mL vials of 50 mg/mL, or from an opened one."""
        drawn = Decimal(mg) / 50
        what = Prepared(
            *("ketamine-50", lot, EXPIRY, Decimal(mg)),
            opened_mg=None if vials is None else Decimal(500 * vials),
            strength_mg_per_ml=Decimal(50),
            drawn_ml=drawn,
            vial_ml=None if vials is None else Decimal(10),
            vials=vials,
        )
        return self.write(f"session/{session}", what, **said)

    def kept(self, mg: str, session: str = "s1", lot: str = "A1") -> Entry:
        """The rest of a vial was put back."""
        what = RemainderKept("ketamine-50", lot, Decimal(mg), Decimal(mg) / 50)
        return self.write(f"session/{session}", what)

    def wasted(
        self, mg: str, of: WasteOf, session: str = "s1", *, product: str = "", lot: str = ""
    ) -> Entry:
        """Something was thrown away."""
        count = Decimal(1) if of is WasteOf.DEVICE else None
        what = Wasted(of, Decimal(mg), MAREK, count=count, product=product, lot=lot)
        return self.write(f"session/{session}", what)

    def device(self, lot: str = "E1", product: str = "esketamine-28") -> Entry:
        """A device was given."""
        what = DeviceGiven(1, Decimal(28), lot, EXPIRY, product=product)
        return self.write("session/e1", what)

    def view(self, asked: Asked = ALL, **said: dt.datetime) -> RegisterView:
        """The register as it stands, or at `now`."""
        lines = [line for entry in self.entries for line in stock_lines(entry)]
        now = said.get("now", self.now)
        return register_view(lines, self.visits, ITEMS, now=now, zone=dt.UTC, asked=asked)
