"""Reads protocols: the shipped drafts, and the texts that a clinic has approved."""

from __future__ import annotations

import hashlib
import importlib.resources
import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TypeVar

from monitor.errors import Code, InputError
from monitor.protocols.protocol import (
    Anchor,
    DeviceDose,
    Door,
    Figure,
    InfusionDose,
    Limit,
    Protocol,
    SlotRule,
)
from monitor.vitals import Sign

SHIPPED = ("iv-ketamine-40", "esketamine")

Named = TypeVar("Named", Anchor, Sign)

_DUE = {Anchor.CLOSING: "at the earliest, after the last device"}
_BEFORE = {
    Anchor.BASELINE: "at the start, at most so old",
    Anchor.CLOSING: "at discharge, at most so old",
}

_PLAIN_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?", re.ASCII)


def shipped() -> tuple[Protocol, ...]:
    """Return the drafts that come with the program."""
    here = importlib.resources.files(__package__)
    return tuple(parse((here / f"{name}.toml").read_text(encoding="utf-8")) for name in SHIPPED)


def parse(content: str) -> Protocol:
    """Read a protocol from its TOML text.

    Raises:
        InputError: `not-understood`, with the key that is missing, misspelt or wrong.
    """
    try:
        table = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise _malformed(str(error)) from None
    try:
        return _Reader(table).protocol(content)
    except KeyError as error:
        raise _malformed(str(error.args[0])) from None


def _malformed(what: str) -> InputError:
    return InputError(Code.NOT_UNDERSTOOD, "protocol", token=what)


class _Reader:
    """Reads one protocol, and notes each number with its source on the way."""

    def __init__(self, table: Mapping[str, object]) -> None:
        self._table = table
        self._figures: list[Figure] = []
        self._read: set[int] = set()

    def protocol(self, content: str) -> Protocol:
        table = self._table
        dose, slots = self._dose(_sub(table, "dose")), self._slots(_sub(table, "schedule"))
        repeat = self._whole(_sub(table, "schedule"), "repeat_minutes", "Series goes on every")
        limits, door = self._limits(), self._door(_sub(table, "door"))
        events, signing = _sub(table, "events"), _sub(table, "signing")
        self._check_all_read()
        return Protocol(
            id=_text(table, "id"),
            version=_counted(table, "version"),
            title=_text(table, "title"),
            drug=_text(table, "drug"),
            route=_text(table, "route"),
            jurisdiction=_text(table, "jurisdiction"),
            label=_text(table, "label"),
            dose=dose,
            slots=slots,
            repeat_minutes=repeat,
            limits=limits,
            door=door,
            checklist=_checklist(_sub(table, "readiness")),
            effects=_texts(events, "effects"),
            drugs=_texts(events, "drugs"),
            blocking=frozenset(_texts(signing, "blocking")),
            same_person_may_cosign=_yes_or_no(signing, "same_person_may_cosign"),
            figures=tuple(self._figures),
            hash=hashlib.sha256(content.encode("utf-8")).hexdigest(),
            content=content,
        )

    # --- parts ----------------------------------------------------------------------------

    def _dose(self, table: Mapping[str, object]) -> InfusionDose | DeviceDose:
        kind = _text(table, "kind")
        if kind == "infusion":
            return self._infusion(table)
        if kind == "devices":
            return self._devices(table)
        raise _malformed(f"dose.kind = {kind}")

    def _infusion(self, table: Mapping[str, object]) -> InfusionDose:
        return InfusionDose(
            per_kg_usual=self._exact(table, "per_kg_usual", "Usual dose"),
            per_kg_least=self._exact(table, "per_kg_least", "Least dose"),
            per_kg_most=self._exact(table, "per_kg_most", "Highest dose"),
            minutes_usual=self._exact(table, "minutes_usual", "Usual length"),
            minutes_least=self._exact(table, "minutes_least", "Shortest length"),
            minutes_most=self._exact(table, "minutes_most", "Longest length"),
            cap_mg=self._exact(table, "cap_mg", "Whole dose above which a reason is asked"),
            strengths=self._series(table, "strengths", "Product strengths"),
            volumes_ml=self._series(table, "volumes_ml", "Volumes"),
            rate_step_ml_h=self._exact(table, "rate_step_ml_h", "Pump step"),
            deviation_percent=self._exact(
                table, "deviation_percent", "Prepared differs from calculated: flagged above"
            ),
            bmi_reason_above=self._exact(
                table, "bmi_reason_above", "Choice of body weight wants a reason above a BMI of"
            ),
            bmi_least=self._exact(table, "bmi_least", "BMI asked about below"),
            bmi_most=self._exact(table, "bmi_most", "BMI asked about above"),
            weight_change_percent=self._exact(
                table, "weight_change_percent", "Change of weight asked about above"
            ),
        )

    def _devices(self, table: Mapping[str, object]) -> DeviceDose:
        return DeviceDose(
            device_mg=self._exact(table, "device_mg", "One device"),
            doses_mg=self._series(table, "doses_mg", "Doses"),
            wait_minutes=self._whole(table, "wait_minutes", "Rest between devices"),
            sprays=self._whole(table, "sprays", "Sprays in a device"),
            hold_above_systolic=self._whole(
                table, "hold_above_systolic", "Before the dose a decision is recorded above"
            ),
            hold_above_diastolic=self._whole(
                table, "hold_above_diastolic", "Before the dose a decision is recorded above"
            ),
            bmi_least=self._exact(table, "bmi_least", "BMI asked about below"),
            bmi_most=self._exact(table, "bmi_most", "BMI asked about above"),
            weight_change_percent=self._exact(
                table, "weight_change_percent", "Change of weight asked about above"
            ),
        )

    def _slots(self, table: Mapping[str, object]) -> tuple[SlotRule, ...]:
        return tuple(slot for rule in _tables(table, "slots") for slot in self._slot(rule))

    def _slot(self, rule: Mapping[str, object]) -> Iterator[SlotRule]:
        names, anchor = _texts(rule, "name"), _member(rule, "anchor", Anchor)
        about = f"Vitals {', '.join(names)}"
        minutes = [0]
        if "minutes" in rule:
            due = f"{about}: {_DUE.get(anchor, f'due after the {anchor.value}')}"
            minutes = [_whole(value, "minutes") for value in self._values(rule, "minutes", due)]
        if len(minutes) != len(names):
            raise _malformed(f"minutes = {minutes}: {len(names)} slots are named")
        before = self._whole(rule, "before", f"{about}: {_BEFORE.get(anchor, 'window before')}")
        after = self._whole(rule, "after", f"{about}: window after") if "after" in rule else 0
        for name, minute in zip(names, minutes, strict=True):
            yield SlotRule(name, anchor, minute, before, after)

    def _limits(self) -> tuple[Limit, ...]:
        made = []
        for rule in _tables(self._table, "limits"):
            name = _text(rule, "id")
            bounds = {
                key: self._whole(rule, key, f"Alert {name}, {key.split('_')[0]}")
                for key in ("above", "above_diastolic", "below")
                if key in rule
            }
            made.append(Limit(name, _member(rule, "sign", Sign), **bounds))
        return tuple(made)

    def _door(self, table: Mapping[str, object]) -> Door:
        anchor = _member(table, "anchor", Anchor)
        return Door(
            anchor,
            self._whole(table, "minutes", f"Leaves at the earliest, after the {anchor.value}"),
            self._whole(table, "spo2_least", "Leaves with an SpO₂ of at least"),
            self._whole(table, "resp_least", "Leaves with a Resp of at least"),
        )

    # --- numbers --------------------------------------------------------------------------

    def _values(self, table: Mapping[str, object], key: str, name: str) -> list[object]:
        """Return a number (or several) as written, and note it with its source."""
        said = _sub(table, key)
        values, source = _as_list(_present(said, "value", key)), _text(said, "source")
        if not values:
            raise _malformed(f"{key} = []")
        shown = ", ".join(str(value) for value in values)
        self._figures.append(Figure(name, f"{shown} {_text(said, 'unit')}", source))
        self._read.add(id(said))
        return values

    def _only(self, table: Mapping[str, object], key: str, name: str) -> object:
        values = self._values(table, key, name)
        if len(values) > 1:
            raise _malformed(f"{key} = {values}: one number is wanted")
        return values[0]

    def _exact(self, table: Mapping[str, object], key: str, name: str) -> Decimal:
        return _positive(self._only(table, key, name), key)

    def _series(self, table: Mapping[str, object], key: str, name: str) -> tuple[Decimal, ...]:
        return tuple(_positive(value, key) for value in self._values(table, key, name))

    def _whole(self, table: Mapping[str, object], key: str, name: str) -> int:
        return _whole(self._only(table, key, name), key)

    def _check_all_read(self) -> None:
        """Refuse a number under a key that nobody asked for: a misspelt limit is no limit."""
        for key, said in _numbers(self._table):
            if id(said) not in self._read:
                raise _malformed(key)


def _numbers(node: object, key: str = "") -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield every table that states a number, with its key."""
    if isinstance(node, list):
        for part in node:
            yield from _numbers(part, key)
    elif isinstance(node, Mapping):
        if "value" in node:
            yield key, node
        for name, part in node.items():
            yield from _numbers(part, name)


def _number(value: object, key: str) -> Decimal:
    if not _PLAIN_NUMBER.fullmatch(str(value)):
        raise _malformed(f"{key} = {value}")
    return Decimal(str(value))


def _positive(value: object, key: str) -> Decimal:
    number = _number(value, key)
    if number == 0:
        raise _malformed(f"{key} = {value}")
    return number


def _whole(value: object, key: str) -> int:
    number = _number(value, key)
    if number != int(number):
        raise _malformed(f"{key} = {value}")
    return int(number)


def _counted(table: Mapping[str, object], key: str) -> int:
    return _whole(table[key], key)


def _yes_or_no(table: Mapping[str, object], key: str) -> bool:
    found = table[key]
    if not isinstance(found, bool):
        raise _malformed(f"{key} = {found}")
    return found


def _present(table: Mapping[str, object], key: str, about: str) -> object:
    if key not in table:
        raise _malformed(f"{about}.{key}")
    return table[key]


def _member(table: Mapping[str, object], key: str, kind: type[Named]) -> Named:
    found = _text(table, key)
    if found not in list(kind):
        raise _malformed(f"{key} = {found}")
    return kind(found)


def _sub(table: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = table[key]
    if not isinstance(found, Mapping):
        raise _malformed(f"{key} = {found}")
    return found


def _tables(table: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    found = table[key]
    if not isinstance(found, list) or not all(isinstance(part, Mapping) for part in found):
        raise _malformed(f"{key} = {found}")
    return found


def _text(table: Mapping[str, object], key: str) -> str:
    found = table[key]
    if not isinstance(found, str) or not found:
        raise _malformed(f"{key} = {found}")
    return found


def _texts(table: Mapping[str, object], key: str) -> tuple[str, ...]:
    return tuple(str(word) for word in _as_list(table[key]))


def _checklist(table: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    made = []
    for pair in _as_list(table["checklist"]):
        match pair:
            case [str(item), str(words)]:
                made.append((item, words))
            case _:
                raise _malformed(f"checklist = {pair}")
    return tuple(made)


def _as_list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [value]
