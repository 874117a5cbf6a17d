"""Limits and their crossing, and how far a value is from the baseline.

A limit is a bound of the protocol. That it was crossed is told and answered by a person; the
program advises nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from monitor.protocols.protocol import Limit
from monitor.vitals import BloodPressure, Reading, Sign

Change = tuple[int | Decimal, ...]
"""From the baseline, signed: two figures for blood pressure, else one."""


def crossed(limits: Sequence[Limit], reading: Reading) -> tuple[tuple[Limit, str], ...]:
    """Return the limits that a reading crosses, in their order, with the value as printed.

    A value equal to a bound does not cross it. A sign that was not taken crosses nothing.

    Example:
        >>> high = Limit("bp-high", Sign.BP, above=180, above_diastolic=110)
        >>> [value for _, value in crossed([high], Reading(bp=BloodPressure(178, 111)))]
        ['178/111']
    """
    return tuple(
        (limit, _printed(reading, limit.sign)) for limit in limits if crosses(limit, reading)
    )


def crosses(limit: Limit, reading: Reading) -> bool:
    """Tell whether a reading lies beyond a limit; for blood pressure, either part of it."""
    value = reading.value(limit.sign)
    if value is None:
        return False
    if isinstance(value, BloodPressure):
        return _beyond(value.systolic, limit.below, limit.above) or _beyond(
            value.diastolic, None, limit.above_diastolic
        )
    return _beyond(value, limit.below, limit.above)


def change(reading: Reading, baseline: Reading, sign: Sign) -> Change | None:
    """Return how far a sign is from the baseline; None where either was not taken.

    Example:
        >>> change(Reading(heart_rate=72), Reading(heart_rate=76), Sign.HEART_RATE)
        (-4,)
    """
    now, before = reading.value(sign), baseline.value(sign)
    if isinstance(now, BloodPressure) and isinstance(before, BloodPressure):
        return now.systolic - before.systolic, now.diastolic - before.diastolic
    if isinstance(now, int | Decimal) and isinstance(before, int | Decimal):
        return (now - before,)
    return None


def _beyond(value: int | Decimal, below: int | None, above: int | None) -> bool:
    return (below is not None and value < below) or (above is not None and value > above)


def _printed(reading: Reading, sign: Sign) -> str:
    value = reading.value(sign)
    return value.text if isinstance(value, BloodPressure) else str(value)
