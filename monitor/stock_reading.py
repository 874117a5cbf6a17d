"""Reads what is typed of the cupboard: which product and lot, how many, how much is opened."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from monitor.errors import Code, InputError
from monitor.protocols.protocol import Form
from monitor.register import LotStock, RegisterView, StockItem, lot_key
from monitor.running_stock import last_day
from monitor.units import parse_number, plain

LONGEST_LOT = 40
LONGEST_DOCUMENT = 80
LONGEST_REASON = 1_000
"""Characters; project choices: a lot's number on a vial has about ten."""

MOST_CONTAINERS = 999
"""Project choice: a clinic's delivery of a thousand vials is a slip of the hand."""

MOST_OPENED = 5
"""Project choice: vials of one lot that may stand opened side by side."""

_EXPIRY = re.compile(r"20[0-9]{2}-[0-9]{2}(-[0-9]{2})?", re.ASCII)
_LIMITS = {"lot": LONGEST_LOT, "document": LONGEST_DOCUMENT, "reason": LONGEST_REASON}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMove:
    """What is asked of stock that came or went, as typed.

    Attributes:
        product: A stock item's id, picked from `RegisterView.items`.
        expiry: "2027-08" or "2027-08-31"; asked of a delivery only.
        containers: How many whole ones.
        opened_ml: What is left in opened vials that go too.
        document: Number of the delivery note (asked of a delivery), or of a form.
    """

    product: str
    lot: str
    containers: str
    expiry: str = ""
    opened_ml: str = ""
    document: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCount:
    """What was found of one lot, as typed; as `NewMove`."""

    product: str
    lot: str
    expiry: str
    containers: str
    opened_ml: str = ""


def filled(text: str, field: str) -> str:
    """Return a line of text as the ledger keeps it.

    Raises:
        InputError: `empty`, or `not-understood` for what cannot be printed.
    """
    text = unicodedata.normalize("NFC", text).strip()
    if not text:
        raise InputError(Code.EMPTY, field)
    if not text.isprintable():
        raise InputError(Code.NOT_UNDERSTOOD, field, token=ascii(text)[:LONGEST_LOT])
    return text


def limited(text: str, field: str) -> str:
    """Return the text, if it is not too long.

    Raises:
        InputError: `too-much`.
    """
    if len(text) > _LIMITS[field]:
        raise InputError(Code.TOO_MUCH, field, most=_LIMITS[field], unit="characters")
    return text


def worded(text: str, field: str) -> str:
    """Return a line of text that may be empty.

    Raises:
        InputError: `not-understood` for what cannot be printed, `too-much`.
    """
    return limited(filled(text, field), field) if text.strip() else ""


def lot_of(typed: str) -> str:
    """Return a lot's number as typed.

    Raises:
        InputError: `empty`, `not-understood` or `too-much`.
    """
    return limited(filled(typed, "lot"), "lot")


def item_of(view: RegisterView, typed: str) -> StockItem:
    """Return the stock item: one of the approved protocols, or one that is in the register.

    Raises:
        InputError: `empty`, or `unknown` for anything else.
    """
    typed = filled(typed, "product")
    found = next((item for item in view.items if item.id == typed), None)
    if found is not None:
        return found
    lots = [lot for lot in view.lots if lot.product == typed]
    if not lots:
        raise InputError(Code.UNKNOWN, "product", name=typed)
    for lot in lots:
        if lot.mg_each is not None:
            return StockItem(typed, typed, lot.name, Form.PIECE, lot.mg_each)
    return _of_no_size(view, typed)


def _of_no_size(view: RegisterView, product: str) -> StockItem:
    """Return the item of vials of which no session said the size: only what is opened counts."""
    sizes = [item for item in view.items if item.product == product and item.ml_each]
    known = max(sizes, key=lambda item: item.ml_each or Decimal(0), default=None)
    strength, most = (known.strength, known.ml_each) if known else (None, None)
    return StockItem(product, product, product, Form.SOLUTION, Decimal(0), strength, most)


def last_of(
    view: RegisterView, item: StockItem | None, lot: str, product: str = ""
) -> LotStock | None:
    """Return what the register has of a lot; None where it does not know it."""
    product = item.id if item is not None else product
    wanted = lot_key(lot)
    lots = (each for each in view.lots if each.product == product)
    return next((each for each in lots if lot_key(each.lot) == wanted), None)


def printed_expiry(typed: str, *, not_before: dt.date | None = None, **whose: str) -> str:
    """Return an expiry date as the record has it: "2027-08" or "2027-08-31".

    Args:
        typed: As printed on the container.
        not_before: A date before this day is refused; None takes any.
        whose: Its lot and the like, for the sentence.

    Raises:
        InputError: `empty`, `not-understood` or `expired`.
    """
    typed = filled(typed, "expiry")
    if not _EXPIRY.fullmatch(typed):
        raise InputError(Code.NOT_UNDERSTOOD, "expiry", token=typed)
    try:
        last = last_day(typed)
    except ValueError:
        raise InputError(Code.NOT_UNDERSTOOD, "expiry", token=typed) from None
    if not_before is not None and last < not_before:
        raise InputError(Code.EXPIRED, "expiry", expiry=typed, **whose)
    return typed


def amounts(item: StockItem, containers: str, opened_ml: str = "") -> tuple[Decimal, Decimal]:
    """Return how many whole ones, and what all comes to in mg.

    Raises:
        InputError: `empty`, `not-understood` or `out-of-range`, with the field.
    """
    count = parse_number(containers, "containers")
    if count % item.part:
        hint = "whole-containers" if item.part == 1 else "whole-parts"
        raise InputError(Code.OUT_OF_RANGE, "containers", typed=plain(count), hint=hint)
    if count and not item.mg_each:
        raise InputError(Code.OUT_OF_RANGE, "containers", typed=plain(count), hint="no-size")
    if count > MOST_CONTAINERS:
        raise InputError(Code.OUT_OF_RANGE, "containers", least=0, most=MOST_CONTAINERS)
    return count, count * item.mg_each + _opened(item, opened_ml)


def _opened(item: StockItem, typed: str) -> Decimal:
    if not typed.strip():
        return Decimal(0)
    opened = parse_number(typed, "opened_ml")
    if item.strength is None or item.ml_each is None:
        raise InputError(Code.OUT_OF_RANGE, "opened_ml", typed=plain(opened), hint="nothing-opened")
    most = MOST_OPENED * item.ml_each
    if opened > most:
        raise InputError(
            Code.OUT_OF_RANGE, "opened_ml", typed=plain(opened), least=0, most=plain(most)
        )
    return opened * item.strength
