"""What a field of an amended entry can hold at all, before it is held against the rules."""

from __future__ import annotations

from decimal import Decimal

from monitor.acts.free_text import readable
from monitor.errors import Code, InputError

_SHOWN = 40  # of what was typed, no more is repeated
_DIGITS = 9  # before the decimal mark, and behind it: more is no amount (a typing guard)
_NUMBERS = frozenset({"minutes", "pump_ml", "rate_ml_h", "vial_ml"})
_COUNTS = frozenset({"sprays", "vials"})
_MAY_BE_UNSAID = frozenset({"minutes", "pump_ml", "severity", "vial_ml", "vials"})


def check_value(name: str, value: object) -> None:
    """Refuse what a field cannot hold: a text for a number, and the like.

    Raises:
        InputError: `not-understood`, with what was `typed`; `out-of-range` for what is no amount.
    """
    if value is None and name in _MAY_BE_UNSAID:
        return
    if not _is_of_its_kind(name, value):
        raise InputError(Code.NOT_UNDERSTOOD, name, typed=ascii(value)[:_SHOWN])
    if isinstance(value, Decimal | int) and not _is_amount(Decimal(value)):
        raise InputError(Code.OUT_OF_RANGE, name, typed=str(value)[:_SHOWN])
    if isinstance(value, str):
        readable(value, name)


def _is_of_its_kind(name: str, value: object) -> bool:
    """Tell whether a value is a number, a count, a row of answers or criteria, or a text."""
    if name in _NUMBERS:
        return isinstance(value, Decimal)
    if name in _COUNTS:
        return _is_count(value)
    if name == "answers":
        said = [each for each in value if each is not None] if isinstance(value, tuple) else [None]
        return all(_is_count(each) for each in said)
    if name == "criteria":
        return isinstance(value, tuple | list) and all(isinstance(each, str) for each in value)
    return isinstance(value, str)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_amount(value: Decimal) -> bool:
    if not value.is_finite():
        return False
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -_DIGITS and value.adjusted() < _DIGITS
