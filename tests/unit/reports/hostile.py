"""What people may type, and overviews in which every typed field holds it."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

SHORT = (
    "<b>x</b> & Θ",
    "<b>oops",
    "</para><para>",
    '<a href="javascript:alert(1)">x</a>',
    '<img src="/etc/hosts"/>',
    "{0} {name} {{ %s %(x)s",
    "&amp; &lt; &#65;",
    "=HYPERLINK(1)",
    "Dose \N{RIGHT-TO-LEFT OVERRIDE}48\N{POP DIRECTIONAL FORMATTING}",
    "\0\x1b[31m",
    "山本 😀 مرحبا हिन्दी",
    "a\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}",
    "\ud800",
    "\N{ZERO WIDTH SPACE}\N{LINE SEPARATOR}",
    "",
    "   ",
    "../../CON.",
)
LONG = ("word " * 250, "x" * 1_500, "line\n" * 150, "山" * 200)
"""Each longer than any column, the lines longer than a page."""

_TYPED = {
    "family", "given", "address", "reason", "note", "text", "action", "told", "escort", "lot",
    "expiry", "explanation", "old", "new", "chair", "protocol_title", "ended_reason", "left_reason",
    "start_reason", "cancelled_reason", "basis_reason", "meaning", "credential", "was_missed",
    "name", "title", "approved_by", "band", "cuff", "verified_by", "site", "by_whom",
    "product_name",
}  # fmt: skip

_T = TypeVar("_T")


def spoiled(thing: _T, typed: str) -> _T:
    """Return a read-model in which everything that people typed is *typed*."""
    made: Any = thing
    if isinstance(thing, tuple):
        made = tuple(spoiled(item, typed) for item in thing)
    elif dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        held = {f.name: getattr(thing, f.name) for f in dataclasses.fields(thing)}
        changed = {
            name: typed if name in _TYPED and isinstance(value, str) else spoiled(value, typed)
            for name, value in held.items()
        }
        made = dataclasses.replace(made, **changed)
    return made  # type: ignore[no-any-return]
