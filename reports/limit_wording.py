"""What stands on paper for a limit of the protocol, and for what crossed it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from monitor.alerts import Change
from monitor.protocols.protocol import Limit
from monitor.vitals import Sign
from reports.wording import SIGN_WORDS, number

Bound = tuple[str, bool]
"""A bound in words, and whether a value crossed it."""


def crossed(limit: Limit, value: str = "", change: Change = ()) -> str:
    """Say which limit was crossed: "systolic above 180 and diastolic above 110".

    Args:
        limit: As the protocol has it.
        value: What crossed it, "182/111"; without it, all that the limit bounds is named.
        change: How far that was from the baseline.
    """
    relative = list(_relative(limit, value, change))
    bounds = [*_absolute(limit, value), *relative]
    out = [each for each in bounds if each[1]]
    named, joined = (out, " and ") if out else (bounds, " or ")
    words = joined.join(each[0] for each in named) or limit.id
    if any(each in relative for each in named):
        words += " from baseline"  # once: they come last
    return words + _how_often(limit)


def moved(change: Change) -> str:
    """Say how far a value was from the baseline: "+40/+14"; nothing where it was not."""
    if not any(change):
        return ""
    return "/".join(f"{'+' if each > 0 else ''}{number(Decimal(each))}" for each in change)


def _absolute(limit: Limit, value: str) -> Iterator[Bound]:
    upper, _, lower = value.partition("/")
    name = "systolic" if limit.sign is Sign.BP else SIGN_WORDS[limit.sign]
    for words, bound, found, up in (
        (f"{name} above", limit.above, upper, True),
        ("diastolic above", limit.above_diastolic, lower, True),
        (f"{name} below", limit.below, upper, False),
    ):
        if bound is not None:
            seen = _figure(found)
            yield f"{words} {bound}", seen is not None and (seen > bound if up else seen < bound)


def _relative(limit: Limit, value: str, change: Change) -> Iterator[Bound]:
    name = "systolic" if limit.sign is Sign.BP else SIGN_WORDS[limit.sign]
    seen = _figure(value.partition("/")[0])
    by = Decimal(change[0]) if change else Decimal(0)
    percent = by * 100 / (seen - by) if seen is not None and seen != by else Decimal(0)
    for words, bound, far, unit in (
        (f"{name} up", limit.rise, by, ""),
        ("diastolic up", limit.rise_diastolic, Decimal(change[-1]) if change else by, ""),
        (f"{name} down", limit.fall, -by, ""),
        (f"{name} up", limit.rise_percent, percent, " %"),
        (f"{name} down", limit.fall_percent, -percent, " %"),
    ):
        if bound is not None:
            yield f"{words} {bound}{unit} or more", far > 0 and far >= bound


def _how_often(limit: Limit) -> str:
    if limit.sustained_minutes is not None:
        return f", for {limit.sustained_minutes} min"
    if limit.within_minutes is None:
        return ""
    return f", {limit.times} times in {limit.within_minutes} min"


def _figure(found: str) -> Decimal | None:
    try:
        return Decimal(found)
    except ArithmeticError:
        return None
