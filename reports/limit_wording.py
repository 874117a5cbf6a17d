"""What stands on paper for a limit of the protocol, and for what crossed it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from monitor.alerts import Change
from monitor.protocols.limit_part import Part
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
    names = ("systolic", "diastolic") if limit.sign is Sign.BP else (SIGN_WORDS[limit.sign],)
    seen = [*map(_figure, value.split("/")), None]  # of a value that is not there, both parts
    by = [*map(Decimal, change), Decimal(0), Decimal(0)]
    held = list(zip(names, limit.parts, seen, by, strict=False))
    relative = [bound for each in held for bound in _relative(*each)]
    bounds = [*(bound for each in held for bound in _absolute(*each[:3])), *relative]
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


def _absolute(name: str, part: Part, seen: Decimal | None) -> Iterator[Bound]:
    if part.above is not None:
        yield f"{name} above {part.above}", seen is not None and seen > part.above
    if part.below is not None:
        yield f"{name} below {part.below}", seen is not None and seen < part.below


def _relative(name: str, part: Part, seen: Decimal | None, by: Decimal) -> Iterator[Bound]:
    before = Decimal(0) if seen is None else seen - by
    hundredfold = by * 100  # so many percent of the baseline; any rise from 0 is any percent
    for words, far, bound, least, unit in (
        ("up", by, part.rise, part.rise, ""),
        ("down", -by, part.fall, part.fall, ""),
        ("up", hundredfold, part.rise_percent, before * (part.rise_percent or 0), " %"),
        ("down", -hundredfold, part.fall_percent, before * (part.fall_percent or 0), " %"),
    ):
        if bound is not None and least is not None:
            yield f"{name} {words} {bound}{unit} or more", far > 0 and far >= least


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
