"""The controlled-drug register: rows by product and lot with a running stock, from the record.

Sessions tell what was taken out, the register's own stream what came in, went back, was
counted, destroyed or lost (`monitor.stock_lines`); `monitor.running_stock` puts both together.
Nothing of it is kept: the same lines give the same register. Screen, table and paper draw from
`RegisterView`, which `monitor.stock_keeping.ShowRegister` returns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from monitor.people import Author
from monitor.protocols.protocol import Form, Product, Protocol
from monitor.stock_lines import Change
from monitor.units import plain

INVENTORY_YEARS = 2
"""21 CFR 1304.11(c): a new inventory at least every two years after the one before."""


@dataclass(frozen=True, slots=True)
class StockItem:
    """What a container in the cupboard can be: each size of vial is an item of its own.

    Attributes:
        id: "ketamine-50-10"; of a piece or a device the product's own id, "esketamine-28".
        product: The product's id in the protocols: "ketamine-50".
        name: In words: "ketamine 50 mg/mL, 10 mL vial".
        mg_each: What one unopened container holds.
        strength: mg/mL of a solution; None for the others.
        ml_each: What one vial holds; None for the others.
        part: The smallest part of a piece that can be there; 1 for vials and devices.
    """

    id: str
    product: str
    name: str
    form: Form
    mg_each: Decimal
    strength: Decimal | None = None
    ml_each: Decimal | None = None
    part: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Visit:
    """The session that took something out.

    Attributes:
        code: As on paper: "S-1A2B3C4D".
        patient, number: The patient's name and record number.
    """

    session_id: str
    code: str
    patient: str
    number: str
    drug: str


NO_VISIT = Visit("", "", "", "", "")
"""Stands for what was done outside a session."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a row said before it was amended.

    Attributes:
        at: When that was so.
    """

    by: Author
    at: dt.datetime
    lot: str
    expiry: str
    mg: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One line of the register. Amounts in mg.

    Attributes:
        uid: The entry's.
        product: The stock item's id; empty where nothing says which lot it was of.
        name: In words, as `StockItem.name`.
        in_mg, out_mg: One of them, or neither.
        containers: How many whole ones came, went or were found; None where nobody said.
        drawn_mg: How much of what was taken out went into the dose.
        wasted_mg: Thrown away of what had been taken out: told, not taken out again.
        found_mg, expected_mg: Of a count; nothing is expected of the opening inventory.
        stock_mg: What the lot came to afterwards; None before the register began.
        stock_containers: Whole ones of the lot afterwards; None where that is not known.
        product_mg: What all lots of the product came to afterwards.
        short: Whether more was taken out than the register had.
        other_date: The date that was received or counted, where a session says another one.
        inventory: "opening", "biennial" or "spot" in a count.
        visit: The session; `NO_VISIT` outside one.
        witness: The other person who saw it.
        document: Number of the delivery note or the form.
        replaced: What it said before it was amended, oldest first; its place is the newest's.
    """

    uid: str
    at: dt.datetime
    by: Author
    change: Change
    product: str
    name: str
    lot: str
    expiry: str
    in_mg: Decimal | None = None
    out_mg: Decimal | None = None
    containers: Decimal | None = None
    drawn_mg: Decimal | None = None
    wasted_mg: Decimal | None = None
    found_mg: Decimal | None = None
    expected_mg: Decimal | None = None
    stock_mg: Decimal | None = None
    stock_containers: Decimal | None = None
    product_mg: Decimal | None = None
    short: bool = False
    other_date: str = ""
    inventory: str = ""
    visit: Visit = NO_VISIT
    witness: Author | None = None
    document: str = ""
    reason: str = ""
    replaced: tuple[Replaced, ...] = ()

    @property
    def difference_mg(self) -> Decimal | None:
        """Return how much more (or, negative, less) was found than the register had said."""
        if self.found_mg is None or self.expected_mg is None:
            return None
        return self.found_mg - self.expected_mg


@dataclass(frozen=True, slots=True, kw_only=True)
class LotStock:
    """What there is of one lot.

    Attributes:
        stock_mg: None before the register began.
        containers: Whole, unopened ones; None where that is not known.
        mg_each: What one holds; None where nobody said.
        expired: Whether its date has gone by.
        vouched: Whether a delivery or a count said its date; else a session did.
    """

    product: str
    name: str
    lot: str
    expiry: str
    stock_mg: Decimal | None
    containers: Decimal | None
    mg_each: Decimal | None = None
    expired: bool = False
    vouched: bool = False

    @property
    def short(self) -> bool:
        """Tell whether more was taken out than the register had."""
        return self.stock_mg is not None and self.stock_mg < 0

    @property
    def loose_mg(self) -> Decimal | None:
        """Return what is in opened containers; None where that is not known."""
        if self.stock_mg is None or self.containers is None or self.mg_each is None:
            return None
        loose = self.stock_mg - self.containers * self.mg_each
        return loose if loose >= 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterView:
    """The register as it stands, or a part of it.

    Attributes:
        rows: Oldest first; of one product, one lot or some days only, where that was asked.
        lots: Every lot as it stands now, by product, expiry and lot; of one product only
            where that was asked.
        carried: The lots as they stood when the days that were asked for began.
        items: What can be received and counted.
        began: When the first stock was received or counted; None in an empty register.
        inventory_at: The last opening or biennial inventory.
        inventory_due: Until when the next one is to be made; None before the first.
        at: As it stood then.
        today: That day in the clinic's time.
        zone: The clinic's.
        product, first, last: What was asked for; empty and None is all.
    """

    rows: tuple[RegisterRow, ...]
    lots: tuple[LotStock, ...]
    items: tuple[StockItem, ...]
    began: dt.datetime | None
    inventory_at: dt.datetime | None
    inventory_due: dt.date | None
    at: dt.datetime
    today: dt.date
    zone: dt.tzinfo
    carried: tuple[LotStock, ...] = ()
    product: str = ""
    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def in_stock(self) -> tuple[LotStock, ...]:
        """Return the lots of which there is something, or should not be so little."""
        return tuple(lot for lot in self.lots if lot.stock_mg)

    @property
    def inventory_overdue(self) -> bool:
        """Tell whether the next inventory should have been made by now."""
        return self.inventory_due is not None and self.today > self.inventory_due

    def total_mg(self, product: str) -> Decimal | None:
        """Return what all lots of a product come to; None before the register began."""
        amounts = [lot.stock_mg for lot in self.lots if lot.product == product]
        known = [amount for amount in amounts if amount is not None]
        return sum(known, Decimal(0)) if len(known) == len(amounts) else None

    def local(self, instant: dt.datetime) -> dt.datetime:
        """Return an instant in the clinic's time."""
        return instant.astimezone(self.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which part of the register is wanted; the days in the clinic's time, both included."""

    product: str = ""
    first: dt.date | None = None
    last: dt.date | None = None


ALL = Asked()


def stock_items(protocols: Iterable[Protocol]) -> tuple[StockItem, ...]:
    """Return what the cupboard can hold, by the products of protocols, in their order.

    A solution whose vials have no size in any protocol is no item: nobody could count it.
    """
    found: dict[str, StockItem] = {}
    for protocol in protocols:
        for product in protocol.products:
            for item in _items(product):
                found.setdefault(item.id, item)
    return tuple(sorted(found.values(), key=lambda item: (item.product, item.mg_each)))


def _items(product: Product) -> Iterator[StockItem]:
    if product.piece_mg is not None:
        yield StockItem(
            product.id, product.id, product.name, product.form, product.piece_mg, part=product.part
        )
    for ml in product.vials_ml if product.strength is not None else ():
        assert product.strength is not None  # noqa: S101 - asked in the line above
        yield StockItem(
            vial_id(product.id, ml),
            product.id,
            f"{product.name}, {plain(ml)} mL vial",
            product.form,
            product.strength * ml,
            product.strength,
            ml,
        )


def vial_id(product: str, ml: Decimal) -> str:
    """Return the stock item's id of one size of vial: "ketamine-50-10"."""
    return f"{product}-{plain(ml)}"


def lot_key(lot: str) -> str:
    """Return a lot's number as it is compared: case and spaces say nothing.

    Example:
        >>> lot_key("ab 12"), lot_key("AB12")
        ('ab12', 'ab12')
    """
    return "".join(lot.casefold().split())
