"""Reads protocols: the shipped drafts, and the texts that a clinic has approved."""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
import tomllib
from collections.abc import Iterator
from typing import TypedDict

from monitor.protocols.dose_rules import dose
from monitor.protocols.keys import (
    Table,
    malformed,
    member,
    once,
    pairs,
    sub,
    tables,
    text,
    texts,
    yes_or_no,
)
from monitor.protocols.limits import door, hold, limits
from monitor.protocols.products import from_strengths, products
from monitor.protocols.protocol import (
    Anchor,
    InfusionDose,
    Protocol,
    SecondPerson,
    SlotRule,
)
from monitor.protocols.sourced import Sourced, counted, if_there
from monitor.vitals import FULL_SET, Sign

SHIPPED = (
    "iv-ketamine-40",
    "iv-push-ed",
    "im-ketamine",
    "sc-ketamine",
    "oral-ketamine",
    "sublingual-ketamine",
    "nasal-ketamine",
    "rectal-ketamine",
    "esketamine",
    "esketamine-eu",
)

LIFTED = {
    "check-missing": "no second check",
    "too-much": "too large a dose",
    "too-early": "a device too early",
    "baseline-missing": "no baseline",
    "pre-dose-hold": "too high a blood pressure before the dose",
    "door-closed": "leaving before the door is open",
}
"""What a protocol may let a prescriber's reason lift; nothing else ever is."""

SIGN_WORDS = {
    "bp": "BP",
    "heart_rate": "heart rate",
    "spo2": "SpO₂",
    "resp": "Resp",
    "sedation": "sedation (MOAA/S)",
    "dissociation": "dissociation",
    "anxiety": "anxiety",
    "nausea": "nausea",
    "pain": "pain",
    "temperature": "temperature",
    "etco2": "EtCO₂",
}
"""What a slot can ask for, as whoever approves reads it."""

_PAUSES = ("moves no slot", "moves the slots whose window has not opened by as long as it lasts")
_DUE = {Anchor.CLOSING: "at the earliest, after the last device"}
_BEFORE = {
    Anchor.BASELINE: "at the start, at most so old",
    Anchor.CLOSING: "at discharge, at most so old",
}


@functools.cache
def shipped() -> tuple[Protocol, ...]:
    """Return the drafts that come with the program, in the order in which they are offered."""
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
        raise malformed(str(error)) from None
    try:
        return _Reader(table).protocol(content)
    except KeyError as error:
        raise malformed(str(error.args[0])) from None


class _TwoPeople(TypedDict):
    """Who may not be treated, and what a second person is for."""

    youngest_years: int | None
    second_person: SecondPerson
    overridable: frozenset[str]


class _Reader:
    """Reads one protocol, and notes each number with its source on the way."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._sourced = Sourced()

    def protocol(self, content: str) -> Protocol:
        table = self._table
        drug = text(table, "drug")
        of_products = Sourced()
        named = products(table, of_products)
        given = dose(sub(table, "dose"), self._sourced, named)
        self._sourced.take(of_products)
        if isinstance(given, InfusionDose):
            named = named or from_strengths(drug, given.strengths)
        people = self._two_people()
        schedule = sub(table, "schedule")
        slots = self._slots(schedule)
        repeat = self._sourced.whole(schedule, "repeat_minutes", "Series goes on every")
        shifts = if_there(self._pause_shifts, schedule, "pause_shifts", "A pause")
        watched = limits(tables(table, "limits"), self._sourced, "Alert")
        held, way_out = hold(table, self._sourced), door(sub(table, "door"), self._sourced)
        events, signing = sub(table, "events"), sub(table, "signing")
        self._sourced.check_all_read(table)
        return Protocol(
            id=text(table, "id"),
            version=counted(table, "version"),
            title=text(table, "title"),
            drug=drug,
            route=text(table, "route"),
            jurisdiction=text(table, "jurisdiction"),
            label=text(table, "label"),
            dose=given,
            slots=slots,
            repeat_minutes=repeat,
            limits=watched,
            door=way_out,
            checklist=pairs(sub(table, "readiness"), "checklist"),
            effects=texts(events, "effects"),
            drugs=texts(events, "drugs"),
            blocking=frozenset(texts(signing, "blocking")),
            same_person_may_cosign=yes_or_no(signing, "same_person_may_cosign"),
            figures=self._sourced.figures,
            hash=hashlib.sha256(content.encode("utf-8")).hexdigest(),
            content=content,
            products=named,
            hold=held,
            pause_shifts=bool(shifts),
            **people,
        )

    # --- parts ----------------------------------------------------------------------------

    def _two_people(self) -> _TwoPeople:
        made: _TwoPeople = {
            "youngest_years": None,
            "second_person": SecondPerson.NONE,
            "overridable": frozenset(),
        }
        if "people" in self._table:
            made["youngest_years"] = self._sourced.whole(
                sub(self._table, "people"), "youngest_years", "Treats nobody younger than"
            )
        if "check" in self._table:
            made["second_person"] = self._sourced.one_of(
                *(sub(self._table, "check"), "second_person", SecondPerson),
                "A second person's check of the figures",
            )
        if "override" in self._table:
            made["overridable"] = self._sourced.codes(
                *(sub(self._table, "override"), "codes", "A prescriber can override"), LIFTED
            )
        return made

    def _pause_shifts(self, table: Table, key: str, name: str) -> bool:
        return self._sourced.yes(table, key, name, _PAUSES)

    def _slots(self, table: Table) -> tuple[SlotRule, ...]:
        made = tuple(slot for rule in tables(table, "slots") for slot in self._slot(rule))
        once("slots.name", [slot.name for slot in made])
        if [slot.anchor for slot in made].count(Anchor.BASELINE) != 1:
            raise malformed("slots.anchor: one baseline is wanted")
        return made

    def _slot(self, rule: Table) -> Iterator[SlotRule]:
        names, anchor = texts(rule, "name"), member(rule, "anchor", Anchor)
        about = f"Vitals {', '.join(names)}"
        minutes = [0]
        if "minutes" in rule:
            due = f"{about}: {_DUE.get(anchor, f'due after the {anchor.value}')}"
            minutes = self._sourced.wholes(rule, "minutes", due)
        if len(minutes) != len(names):
            raise malformed(f"minutes = {minutes}: {len(names)} slots are named")
        read = self._sourced.whole
        before = read(rule, "before", f"{about}: {_BEFORE.get(anchor, 'window before')}")
        after = read(rule, "after", f"{about}: window after") if "after" in rule else 0
        required = FULL_SET
        if "required" in rule:
            signs = self._sourced.codes(rule, "required", f"{about}: asks for", SIGN_WORDS)
            required = frozenset(Sign(sign) for sign in signs)
        for name, minute in zip(names, minutes, strict=True):
            yield SlotRule(name, anchor, minute, before, after, required)
