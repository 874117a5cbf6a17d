"""The controlled-drug register: what came into the cupboard, was counted, destroyed or lost.

What sessions take out stands in their own records (`Prepared`, `DeviceGiven`, `RemainderKept`);
the register puts both together (`monitor.register`).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal

from monitor.people import Author


class StockMove(enum.StrEnum):
    """Why stock came or went outside a session."""

    RECEIVED = "received"
    RETURNED = "returned"  # to the supplier or the pharmacy
    DESTROYED = "destroyed"  # expired or spoilt; before a witness
    LOST = "lost"  # missing, broken, stolen


class Inventory(enum.StrEnum):
    """What a count was made for."""

    OPENING = "opening"
    BIENNIAL = "biennial"
    SPOT = "spot"


@dataclass(frozen=True, slots=True)
class StockLot:
    """One lot of one product, as it stands in the cupboard.

    Attributes:
        product: Its id: "ketamine-50-10".
        name: In words: "Ketamine 50 mg/mL, 10 mL vial".
        mg_each: What one unopened container holds.
        lot, expiry: As printed; expiry "2027-08" or "2027-08-31".
    """

    product: str
    name: str
    mg_each: Decimal
    lot: str
    expiry: str


@dataclass(frozen=True, slots=True)
class StockMoved:
    """Stock of one lot came or went; the entry's reason says why, where one is asked.

    Attributes:
        containers: How many whole ones.
        mg: What they come to, with what is left in opened ones.
        document: Number of the delivery note, or of the form that was filled in.
        witness: The other person who saw drug destroyed.
    """

    move: StockMove
    item: StockLot
    containers: Decimal
    mg: Decimal
    document: str = ""
    witness: Author | None = None


@dataclass(frozen=True, slots=True)
class CountedLot:
    """What was found of one lot, beside what the register said at that instant."""

    item: StockLot
    containers: Decimal
    mg: Decimal
    expected_mg: Decimal


@dataclass(frozen=True, slots=True)
class StockCounted:
    """The cupboard was counted: the register goes on from what was found.

    Attributes:
        witness: The second person, where two counted.
    """

    inventory: Inventory
    lots: tuple[CountedLot, ...]
    witness: Author | None = None


StockFact = StockMoved | StockCounted
