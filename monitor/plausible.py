"""What a typed vital sign can be at all, and what is asked about before it is believed.

These are guards against slips of the finger, chosen by this project. They are no clinical
limits: those stand in the protocols, each with its source. 0 is a value everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from monitor.errors import Code, InputError
from monitor.vitals import BloodPressure, Reading, Sign


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest value, both included; None leaves that side open."""

    least: Decimal | int | None = None
    most: Decimal | int | None = None

    def hold(self, value: Decimal | int) -> bool:
        """Tell whether *value* lies within."""
        too_low = self.least is not None and value < self.least
        too_high = self.most is not None and value > self.most
        return not (too_low or too_high)


SYSTOLIC = Bounds(40, 300)
DIASTOLIC_ABOVE = 10

POSSIBLE: dict[Sign, Bounds] = {
    Sign.HEART_RATE: Bounds(0, 300),
    Sign.SPO2: Bounds(0, 100),
    Sign.RESP: Bounds(0, 300),
    Sign.SEDATION: Bounds(0, 5),
    Sign.DISSOCIATION: Bounds(0, 10),
    Sign.ANXIETY: Bounds(0, 10),
    Sign.NAUSEA: Bounds(0, 10),
    Sign.PAIN: Bounds(0, 10),
    Sign.TEMPERATURE: Bounds(25, 45),
    Sign.OXYGEN: Bounds(0, 60),  # high-flow nasal oxygen ends there
    Sign.FIO2: Bounds(21, 100),  # less than air is no mixture that is breathed
    Sign.ETCO2: Bounds(0, 150),
}
"""Outside these bounds a number is no measurement: it is refused."""

PLAUSIBLE: dict[Sign, Bounds] = {
    Sign.BP: Bounds(most=250),  # the systolic
    Sign.HEART_RATE: Bounds(30, 200),
    Sign.SPO2: Bounds(least=70),
    Sign.RESP: Bounds(4, 60),
}
"""Outside these bounds a number may be true, and is asked about once."""


def check_possible(sign: Sign, value: Decimal | int, typed: str) -> None:
    """Refuse a number that cannot be a measurement of *sign*.

    Raises:
        InputError: `out-of-range`, with the bounds.
    """
    bounds = POSSIBLE[sign]
    if not bounds.hold(value):
        raise InputError(
            Code.OUT_OF_RANGE, sign.value, typed=typed, least=bounds.least, most=bounds.most
        )


def check_pressure(pressure: BloodPressure) -> None:
    """Refuse two numbers that cannot be a blood pressure.

    Raises:
        InputError: `out-of-range`.
    """
    possible = SYSTOLIC.hold(pressure.systolic)
    apart = DIASTOLIC_ABOVE < pressure.diastolic < pressure.systolic
    if not (possible and apart):
        raise InputError(Code.OUT_OF_RANGE, Sign.BP.value, typed=pressure.text, hint=Sign.BP.value)


def implausible(reading: Reading) -> tuple[Sign, ...]:
    """Tell which values of a reading are to be asked about, in the order of the sheet.

    Example:
        >>> implausible(Reading(heart_rate=0, spo2=98))
        (<Sign.HEART_RATE: 'heart_rate'>,)
    """
    return tuple(
        sign for sign, value in _numbers(reading) if not PLAUSIBLE.get(sign, Bounds()).hold(value)
    )


def _numbers(reading: Reading) -> Iterator[tuple[Sign, Decimal | int]]:
    for sign in Sign:
        value = reading.value(sign)
        if isinstance(value, BloodPressure):
            yield sign, value.systolic
        elif value is not None:
            yield sign, value
