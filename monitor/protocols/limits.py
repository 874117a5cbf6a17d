"""Reads what is watched: the limits, the pressure before the dose, and the door."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from monitor.protocols.keys import Table, malformed, member, once, sub, tables, text
from monitor.protocols.limit_part import Part
from monitor.protocols.protocol import Anchor, Door, Hold, Limit
from monitor.protocols.sourced import Sourced, if_there
from monitor.vitals import WITH_DECIMALS, Sign

_FIGURES = {
    "above": "above",
    "above_diastolic": "above",
    "below": "below",
    "below_diastolic": "below",
    "rise": "a rise of at least",
    "rise_diastolic": "a rise of at least",
    "fall": "a fall of at least",
    "fall_diastolic": "a fall of at least",
}
_PERCENTS = {
    "rise_percent": "a rise of at least, percent of the baseline",
    "rise_percent_diastolic": "a rise of at least, percent of the diastolic baseline",
    "fall_percent": "a fall of at least, percent of the baseline",
    "fall_percent_diastolic": "a fall of at least, percent of the diastolic baseline",
}
_BOUNDS = _FIGURES | _PERCENTS
_DIASTOLIC = frozenset(key for key in _BOUNDS if key.endswith("_diastolic"))
_CHANGES = frozenset(key for key in _BOUNDS if key.startswith(("rise", "fall")))


def limits(rules: list[Table], sourced: Sourced, about: str) -> tuple[Limit, ...]:
    """Return limits in their order, which is the order of precedence.

    Args:
        rules: As the protocol's text has them.
        sourced: Notes each number with its source.
        about: What a limit is called before whoever approves: "Alert".

    Raises:
        InputError: `not-understood`, with the limit that says nothing or contradicts itself.
    """
    made = tuple(_limit(rule, sourced, about) for rule in rules)
    once("limits.id", [limit.id for limit in made])
    return made


def _limit(rule: Table, sourced: Sourced, about: str) -> Limit:
    name, sign = text(rule, "id"), member(rule, "sign", Sign)
    said = f"{about} {name}"
    bounds = _bounds(rule, sign, sourced, said)
    contradicts = any(_contradicts(part) for part in Limit(name, sign, **bounds).parts)
    if not bounds or contradicts or (sign is not Sign.BP and _DIASTOLIC & bounds.keys()):
        raise malformed(f"limits.{name}")
    times = if_there(sourced.whole, rule, "times", f"{said}, so many times")
    within = if_there(sourced.whole, rule, "within", f"{said}, within")
    sustained = if_there(sourced.whole, rule, "sustained", f"{said}, without a break for")
    for key, minutes in (("within", within), ("sustained", sustained)):
        if minutes == 0:
            raise malformed(f"limits.{name}.{key} = 0")
    if (times is None) is not (within is None) or times in (0, 1) or (times and sustained):
        raise malformed(f"limits.{name}: times and within belong together, sustained stands alone")
    return Limit(
        name,
        sign,
        **bounds,
        times=times or 1,
        within_minutes=within,
        sustained_minutes=sustained,
    )


def _bounds(rule: Table, sign: Sign, sourced: Sourced, said: str) -> dict[str, Any]:
    """Return what a limit bounds, by key: figures as its sign is measured, percents whole."""
    figure = sourced.level if sign in WITH_DECIMALS else sourced.whole
    bounds: dict[str, int | Decimal] = {
        key: (sourced.whole if key in _PERCENTS else figure)(rule, key, f"{said}, {words}")
        for key, words in _BOUNDS.items()
        if key in rule
    }
    for key in _CHANGES & bounds.keys():
        if bounds[key] == 0:
            raise malformed(f"limits.{text(rule, 'id')}.{key} = 0")
    return bounds


def _contradicts(part: Part) -> bool:
    """Tell whether every value lies beyond one bound or the other."""
    return part.below is not None and part.above is not None and part.below > part.above


def hold(table: Table, sourced: Sourced) -> Hold | None:
    """Return the pressure before the dose; older texts name it among the rules of the dose."""
    said, read = "Before the dose a prescriber decides above", sourced.whole
    if "hold" not in table:
        rule = sub(table, "dose")
        if "hold_above_systolic" not in rule:
            return None
        earlier = "Before the dose a decision is recorded above"
        return Hold(
            read(rule, "hold_above_systolic", earlier), read(rule, "hold_above_diastolic", earlier)
        )
    rule = sub(table, "hold")
    older = [
        if_there(read, rule, "older_years", f"{said} other bounds, from an age of"),
        if_there(read, rule, "older_systolic", f"{said}, from that age on"),
        if_there(read, rule, "older_diastolic", f"{said}, from that age on"),
    ]
    if None in older and any(older):
        raise malformed("hold.older_years")
    return Hold(read(rule, "systolic", said), read(rule, "diastolic", said), *older)


def door(table: Table, sourced: Sourced) -> Door:
    """Return what must hold before a patient goes home."""
    anchor, read = member(table, "anchor", Anchor), sourced.whole
    minutes = read(table, "minutes", f"Leaves at the earliest, after the {anchor.value}")
    spo2 = read(table, "spo2_least", "Leaves with an SpO₂ of at least")
    resp = read(table, "resp_least", "Leaves with a Resp of at least")
    rules = tables(table, "limits") if "limits" in table else []
    for rule in rules:
        _judged_by_one_set(rule)
    return Door(
        anchor,
        minutes,
        spo2,
        resp,
        limits(rules, sourced, "Does not leave:"),
        _asked(table, sourced, "checklist", "The checklist holds the door"),
        _asked(table, sourced, "escort", "Leaves with somebody who goes along"),
    )


def _judged_by_one_set(rule: Table) -> None:
    """Refuse what one set cannot tell: the door is held by how a sign is, not how often it was."""
    for key in ("times", "within", "sustained"):
        if key in rule:
            raise malformed(f"door.limits.{text(rule, 'id')}.{key}")


def _asked(table: Table, sourced: Sourced, key: str, name: str) -> bool:
    return key in table and sourced.yes(table, key, name, ("no", "yes"))
