"""What people read off a label or a syringe: lots, expiry dates, amounts above nothing."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from monitor.acts.free_text import plain_text
from monitor.errors import Code, InputError, RefusedError
from monitor.units import plain

LONGEST_LOT = 40
"""Characters: what no label is longer than (a typing guard of this project)."""

_EXPIRY = re.compile(r"20[0-9]{2}-[0-9]{2}(-[0-9]{2})?")
_MONTH = len("2027-08")


def lot_number(text: str) -> str:
    """Return a lot as printed, without blanks around it.

    Raises:
        InputError: `empty`, `too-much` characters, or `not-understood`.
    """
    lot = plain_text(text, "lot")
    if len(lot) > LONGEST_LOT:
        raise InputError(Code.TOO_MUCH, "lot", most=LONGEST_LOT, unit="characters")
    return lot


def last_day(expiry: str) -> dt.date:
    """Return the last day on which it may be used: a month alone means its last day.

    Raises:
        InputError: `empty` or `not-understood`.
    """
    text = expiry.strip()
    if not text:
        raise InputError(Code.EMPTY, "expiry")
    if not _EXPIRY.fullmatch(text):
        raise InputError(Code.NOT_UNDERSTOOD, "expiry", token=expiry)
    try:
        if len(text) > _MONTH:
            return dt.date.fromisoformat(text)
        first = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        raise InputError(Code.NOT_UNDERSTOOD, "expiry", token=expiry) from None
    return (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)


def expiry_date(text: str, on: dt.date, lot: str = "") -> str:
    """Return an expiry date as printed; one that has gone by is refused.

    Args:
        text: "2027-08" or "2027-08-31".
        on: The day on which it is used.
        lot: Of what; the sentence names it.

    Raises:
        InputError: `empty` or `not-understood`.
        RefusedError: `expired`.
    """
    if last_day(text) < on:
        named = {"lot": lot} if lot else {}
        raise RefusedError(Code.EXPIRED, expiry=text.strip(), **named)
    return text.strip()


def amount(value: Decimal | None, field: str, *, nothing: bool = False) -> Decimal:
    """Return an amount that is there, is a number, and is more than nothing.

    Args:
        value: As typed.
        field: What the sentence calls it.
        nothing: Whether 0 is a value too.

    Raises:
        InputError: `empty`, or `out-of-range` with what was `typed`.
    """
    if value is None:
        raise InputError(Code.EMPTY, field)
    if not value.is_finite() or value < 0 or (value == 0 and not nothing):
        raise InputError(Code.OUT_OF_RANGE, field, typed=plain(value))
    return value


def at_most(value: Decimal, most: Decimal, field: str, unit: str) -> None:
    """Refuse an amount above what is there.

    Raises:
        InputError: `too-much`, with both figures.
    """
    if value > most:
        raise InputError(Code.TOO_MUCH, field, typed=plain(value), most=most, unit=unit)
