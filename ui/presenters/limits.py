"""Limits of the protocol and what crosses them, in words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from monitor.alerts import Change
from monitor.protocols.protocol import Limit
from monitor.sides import Side
from monitor.units import plain
from monitor.vitals import Sign
from ui.presenters.words import LONG_NAMES, UNITS

_NAMES: dict[Sign, str] = LONG_NAMES | {Sign.BP: "BP", Sign.HEART_RATE: "HR"}
_Figure = int | Decimal | None
_TWICE = 2
MINUS = "\N{MINUS SIGN}"


def bounds(limit: Limit) -> str:
    """Return what a limit bounds: "over 180/110", "over 120 for 5 min", "a rise of 40 or more"."""
    said = " or ".join(_bounds(limit)) or limit.id
    if limit.sustained_minutes is not None:
        return f"{said} for {limit.sustained_minutes} min"
    if limit.within_minutes is None:
        return said
    often = "twice" if limit.times == _TWICE else f"{limit.times} times"
    return f"{said} {often} within {limit.within_minutes} min"


def limit_named(limit: Limit) -> str:
    """Return a limit with its sign: "BP over 180/110", "HR over 120 for 5 min"."""
    return f"{_NAMES[limit.sign]} {bounds(limit)}"


def crossing_words(sign: Sign, value: str, minutes: int | None = None) -> str:
    """Return what was measured: "BP 182/111", "HR 124 for 10 min"."""
    words = f"{_NAMES[sign]} {value}{UNITS.get(sign, '')}"
    return words if minutes is None else f"{words} for {minutes} min"


def limit_words(side: Side) -> str:
    """Return on which side of a limit something lies, to be read out: "below a limit"."""
    return f"{side} a limit"


def spoken(words: str) -> str:
    """Return marked words as they are read out: "A1  ▼ SpO₂ 92" is "A1  below a limit, SpO₂ 92"."""
    for side in Side:
        words = words.replace(f"{side.mark} ", f"{limit_words(side)}, ")
    return words


def changed(change: Change) -> str:
    """Return how far from the baseline: "+40/+14", "−3"; empty where there is none to compare."""
    return "/".join(map(_signed, change)) if any(change) else ""


def _signed(figure: int | Decimal) -> str:
    if not figure:
        return "0"
    return f"{'+' if figure > 0 else MINUS}{plain(Decimal(figure).copy_abs())}"


def _bounds(limit: Limit) -> Iterator[str]:
    main, low = limit.parts
    yield from _said("{}over {}", limit, main.above, low.above)
    yield from _said("{}below {}", limit, main.below, low.below)
    yield from _said("a {}rise of {} or more", limit, main.rise, low.rise)
    yield from _said("a {}fall of {} or more", limit, main.fall, low.fall)
    yield from _said("a {}rise of {} % or more", limit, main.rise_percent, low.rise_percent)
    yield from _said("a {}fall of {} % or more", limit, main.fall_percent, low.fall_percent)


def _said(words: str, limit: Limit, main: _Figure, diastolic: _Figure) -> Iterator[str]:
    """Yield a bound of one part, or of both parts at once: "over 180/110"."""
    if main is not None and diastolic is not None:
        yield words.format("", f"{main}/{diastolic}")
    elif main is not None:
        yield words.format("systolic " if limit.sign is Sign.BP else "", main)
    elif diastolic is not None:
        yield words.format("diastolic ", diastolic)
