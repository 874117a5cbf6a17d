"""Vital signs: what can be measured, and one set of them as taken."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


class Sign(enum.StrEnum):
    """Something that is measured or asked at the chair, in the order of the sheet."""

    BP = "bp"
    HEART_RATE = "heart_rate"
    SPO2 = "spo2"
    RESP = "resp"
    SEDATION = "sedation"
    DISSOCIATION = "dissociation"
    ANXIETY = "anxiety"
    NAUSEA = "nausea"
    PAIN = "pain"
    TEMPERATURE = "temperature"
    OXYGEN = "oxygen"
    FIO2 = "fio2"
    ETCO2 = "etco2"


FULL_SET = frozenset({Sign.BP, Sign.HEART_RATE, Sign.SPO2, Sign.RESP})
"""What a slot asks for unless its protocol says otherwise."""

WITH_DECIMALS = frozenset({Sign.TEMPERATURE, Sign.OXYGEN})
"""What is measured, and bounded, with decimals; every other figure is whole."""


@dataclass(frozen=True, slots=True)
class BloodPressure:
    """Systolic over diastolic, in mmHg."""

    systolic: int
    diastolic: int

    @property
    def mean(self) -> int:
        """Return the mean arterial pressure, (S + 2 D) / 3, half-up: calculated, not measured."""
        third = Decimal(self.systolic + 2 * self.diastolic) / 3
        return int(third.quantize(Decimal(1), rounding=ROUND_HALF_UP))

    @property
    def text(self) -> str:
        """Return it as it is written: "128/82"."""
        return f"{self.systolic}/{self.diastolic}"


@dataclass(frozen=True, slots=True)
class Reading:
    """One set of vital signs as taken. What is None was not taken; 0 is a value.

    Attributes:
        bp: mmHg.
        heart_rate: Beats a minute.
        spo2: Oxygen saturation by pulse oximeter, percent.
        resp: Breaths a minute.
        sedation: MOAA/S, 5 (alert) to 0.
        dissociation, anxiety, nausea, pain: 0 to 10, as the patient says.
        temperature: Degrees Celsius.
        oxygen: Oxygen given, litres a minute; 0 is room air said aloud ("ra").
        fio2: Inspired oxygen, percent.
        etco2: End-tidal carbon dioxide, mmHg.
        side: "left" or "right" arm, or empty.
        position: "lying", "sitting" or "standing", or empty.
        cuff: The cuff's size, in the typist's word, or empty.
    """

    bp: BloodPressure | None = None
    heart_rate: int | None = None
    spo2: int | None = None
    resp: int | None = None
    sedation: int | None = None
    dissociation: int | None = None
    anxiety: int | None = None
    nausea: int | None = None
    pain: int | None = None
    temperature: Decimal | None = None
    oxygen: Decimal | None = None
    fio2: int | None = None
    etco2: int | None = None
    side: str = ""
    position: str = ""
    cuff: str = ""

    def value(self, sign: Sign) -> BloodPressure | int | Decimal | None:
        """Return what was measured of *sign*, None where it was not taken."""
        found: BloodPressure | int | Decimal | None = getattr(self, sign.value)
        return found

    def taken(self) -> Iterator[Sign]:
        """Tell which signs were taken, in the order of the sheet."""
        return (sign for sign in Sign if self.value(sign) is not None)

    def lacks(self, required: frozenset[Sign]) -> tuple[Sign, ...]:
        """Tell which of the required signs were not taken, in the order of the sheet."""
        return tuple(s for s in Sign if s in required and self.value(s) is None)

    def is_empty(self) -> bool:
        """Tell whether nothing at all was measured."""
        return next(self.taken(), None) is None

    def circumstances(self) -> str:
        """Return arm, position and cuff as one phrase."""
        return ", ".join(w for w in (self.side, self.position, self.cuff) if w)
