"""What each entry says about a lot of the cupboard, one line for each lot that it names."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from monitor.entries import (
    DeviceGiven,
    Entry,
    Fact,
    Inventory,
    Prepared,
    RemainderKept,
    StockCounted,
    StockMove,
    StockMoved,
    Wasted,
    WasteOf,
)
from monitor.people import Author

_SESSION = "session/"


class Change(enum.StrEnum):
    """What happened to a lot."""

    RECEIVED = "received"
    RETURNED = "returned"
    DESTROYED = "destroyed"
    LOST = "lost"
    COUNTED = "counted"
    TAKEN = "taken out"  # opened in order to prepare a dose
    DEVICE = "device given"
    DEVICE_WASTED = "device wasted"
    KEPT = "put back"  # what stayed in an opened vial
    WASTED = "wasted"  # of what had been taken out: told, and not taken out again

    @property
    def brings(self) -> bool:
        """Tell whether it adds to the stock."""
        return self in (Change.RECEIVED, Change.KEPT)

    @property
    def takes(self) -> bool:
        """Tell whether it takes from the stock."""
        return not self.brings and self not in (Change.COUNTED, Change.WASTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class StockLine:
    """What one entry says about one lot. Amounts in mg.

    Attributes:
        key: The entry's uid; in a count of several lots with the place among them, "…/0002".
        uid: The entry's.
        amends: The uid of the entry whose place it takes.
        session_id: Empty for what was done outside a session.
        product: A stock item's id, or a product's id as its protocol has it; empty for a
            mixture, and for devices in records from before products had one.
        vial_ml: What one vial holds, where a session says it.
        mg: What came, went, was found or was wasted.
        containers: How many whole ones that was; None where nobody said.
        mg_each: What one holds; None where nobody said.
        drawn_mg: How much of what was taken out went into the dose.
        expected_mg: What the register said when a lot was counted.
        inventory: What a count was made for; empty for other lines.
    """

    key: str
    uid: str
    amends: str
    session_id: str
    at: dt.datetime
    by: Author
    change: Change
    product: str
    name: str = ""
    lot: str = ""
    expiry: str = ""
    vial_ml: Decimal | None = None
    mg: Decimal = Decimal(0)
    containers: Decimal | None = None
    mg_each: Decimal | None = None
    drawn_mg: Decimal | None = None
    expected_mg: Decimal | None = None
    inventory: str = ""
    witness: Author | None = None
    document: str = ""
    reason: str = ""


Said = dict[str, Any]


def stock_lines(entry: Entry) -> tuple[StockLine, ...]:
    """Return what an entry says about the cupboard; nothing for most entries."""
    read = _READ.get(type(entry.what))
    if read is None:
        return ()
    inside = entry.stream.startswith(_SESSION)
    return tuple(
        StockLine(
            key=entry.uid if place == 1 else f"{entry.uid}/{place:04d}",  # in order as text
            uid=entry.uid,
            amends=entry.amends,
            session_id=entry.stream.removeprefix(_SESSION) if inside else "",
            at=entry.at,
            by=entry.by,
            reason=entry.reason,
            **said,
        )
        for place, said in enumerate(read(entry.what), 1)
    )


def _prepared(what: Prepared) -> Iterator[Said]:
    mg_each = None
    containers = None if what.vials is None else Decimal(what.vials)
    if what.vial_ml is not None and what.strength_mg_per_ml is not None:
        mg_each = what.vial_ml * what.strength_mg_per_ml
    elif what.pieces:
        mg_each = what.mg / what.pieces
        containers = what.pieces
        if what.opened_mg is not None:  # a line that was altered may say pieces of no drug
            containers = what.opened_mg / mg_each if mg_each else None
    yield {
        "change": Change.TAKEN,
        "product": what.product,
        "lot": what.lot,
        "expiry": what.expiry,
        "vial_ml": what.vial_ml,
        "mg": what.mg if what.opened_mg is None else what.opened_mg,
        "containers": containers,
        "mg_each": mg_each,
        "drawn_mg": what.mg,
    }


def _device_given(what: DeviceGiven) -> Iterator[Said]:
    yield {
        "change": Change.DEVICE,
        "product": what.product,
        "lot": what.lot,
        "expiry": what.expiry,
        "mg": what.mg,
        "containers": Decimal(1),
        "mg_each": what.mg,
    }


def _wasted(what: Wasted) -> Iterator[Said]:
    device = what.of is WasteOf.DEVICE
    yield {
        "change": Change.DEVICE_WASTED if device else Change.WASTED,
        "product": what.product,
        "lot": what.lot,
        "mg": what.mg,
        "containers": what.count if device else None,
        "mg_each": what.mg / what.count if device and what.count else None,
        "witness": what.witness,
    }


def _kept(what: RemainderKept) -> Iterator[Said]:
    yield {
        "change": Change.KEPT,
        "product": what.product,
        "lot": what.lot,
        "mg": what.mg,
        "containers": Decimal(0),
    }


def _moved(what: StockMoved) -> Iterator[Said]:
    yield {
        "change": _MOVES[what.move],
        "product": what.item.product,
        "name": what.item.name,
        "lot": what.item.lot,
        "expiry": what.item.expiry,
        "mg": what.mg,
        "containers": what.containers,
        "mg_each": what.item.mg_each,
        "witness": what.witness,
        "document": what.document,
    }


def _counted(what: StockCounted) -> Iterator[Said]:
    count = {
        "change": Change.COUNTED,
        "inventory": what.inventory.value,
        "witness": what.witness,
    }
    if not what.lots:  # an inventory of an empty cupboard is one all the same
        yield count | {"product": ""}
    for found in what.lots:
        yield count | {
            "product": found.item.product,
            "name": found.item.name,
            "lot": found.item.lot,
            "expiry": found.item.expiry,
            "mg": found.mg,
            "containers": found.containers,
            "mg_each": found.item.mg_each,
            "expected_mg": found.expected_mg,
        }


_MOVES = {
    StockMove.RECEIVED: Change.RECEIVED,
    StockMove.RETURNED: Change.RETURNED,
    StockMove.DESTROYED: Change.DESTROYED,
    StockMove.LOST: Change.LOST,
}

_READ: Mapping[type[Fact], Callable[[Any], Iterator[Said]]] = MappingProxyType(
    {
        Prepared: _prepared,
        DeviceGiven: _device_given,
        Wasted: _wasted,
        RemainderKept: _kept,
        StockMoved: _moved,
        StockCounted: _counted,
    }
)
"""Facts that are not here say nothing about the cupboard."""

SAYING = frozenset(_READ)
"""Facts that say something about the cupboard."""

FULL = frozenset({Inventory.OPENING.value, Inventory.BIENNIAL.value})
"""Counts of the whole cupboard, from which the next biennial one is due."""
