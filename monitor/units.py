"""Amounts that carry their unit, so that a microgram never meets a milligram.

Every amount is held exactly, as a `Decimal` in one canonical unit. Rounding is the
business of whoever prints or draws up a dose, never of the arithmetic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from monitor.errors import Code, InputError

KG_PER_LB = Decimal("0.45359237")  # exact by definition (international pound, 1959)
_NUMBER = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,2})?|0[.,][0-9]{3,4}")


def parse_number(text: str, field: str) -> Decimal:
    """Read a number as a person types it: ASCII digits, "." or "," as the decimal mark.

    Raises:
        InputError: `empty`, or `not-understood` for anything else, group separators
            ("1,205", "1.205") included: a tenfold weight must not slip through. Three and
            four decimals are read after a zero alone ("0,125"), which groups nothing.

    Example:
        >>> parse_number("63,4", "weight_kg")
        Decimal('63.4')
    """
    text = text.strip()
    if not text:
        raise InputError(Code.EMPTY, field)
    if not _NUMBER.fullmatch(text):
        raise InputError(Code.NOT_UNDERSTOOD, field, typed=text)
    return Decimal(text.replace(",", "."))


def half_up(value: Decimal, places: int) -> Decimal:
    """Round to so many decimal places, a tie away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def plain(value: Decimal, places: int | None = None) -> str:
    """Write a number without trailing zeros, an exponent or a negative zero.

    Args:
        value: The exact number.
        places: Round half-up to so many decimal places first; None keeps it exact.

    Example:
        >>> plain(Decimal("35.000")), plain(Decimal("-0.001"), 2), plain(Decimal("1E+2"))
        ('35', '0', '100')
    """
    if places is not None:
        value = half_up(value, places)
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


class _Exact:
    """Turns the one field into a `Decimal`, so that `Mass("0.5")` is exact as well."""

    __slots__: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in self.__slots__:
            object.__setattr__(self, name, Decimal(getattr(self, name)))


@dataclass(frozen=True, slots=True, order=True)
class Mass(_Exact):
    """An amount of drug, in milligrams."""

    mg: Decimal

    def __add__(self, other: Mass) -> Mass:
        return Mass(self.mg + other.mg)

    def __sub__(self, other: Mass) -> Mass:
        return Mass(self.mg - other.mg)


@dataclass(frozen=True, slots=True, order=True)
class Volume(_Exact):
    """An amount of liquid, in millilitres."""

    ml: Decimal

    def __add__(self, other: Volume) -> Volume:
        return Volume(self.ml + other.ml)


@dataclass(frozen=True, slots=True, order=True)
class Strength(_Exact):
    """Drug in a product or a mixture, in milligrams per millilitre."""

    mg_per_ml: Decimal

    def __mul__(self, volume: Volume) -> Mass:
        return Mass(self.mg_per_ml * volume.ml)


@dataclass(frozen=True, slots=True, order=True)
class FlowRate(_Exact):
    """What a pump is set to, in millilitres per hour."""

    ml_per_h: Decimal


@dataclass(frozen=True, slots=True, order=True)
class BodyWeight(_Exact):
    """A patient's weight, in kilograms."""

    kg: Decimal

    @classmethod
    def from_pounds(cls, pounds: Decimal) -> BodyWeight:
        """Convert pounds, rounded half-up to the 0.1 kg in which a converted weight is shown.

        Example:
            >>> BodyWeight.from_pounds(Decimal(154))
            BodyWeight(kg=Decimal('69.9'))
        """
        return cls(half_up(pounds * KG_PER_LB, 1))

    @property
    def pounds(self) -> Decimal:
        """Return the weight in pounds, to one decimal, for the read-back."""
        return half_up(self.kg / KG_PER_LB, 1)


@dataclass(frozen=True, slots=True, order=True)
class WeightedDose(_Exact):
    """A dose for each kilogram of body weight, in milligrams."""

    mg_per_kg: Decimal

    def __mul__(self, weight: BodyWeight) -> Mass:
        return Mass(self.mg_per_kg * weight.kg)
