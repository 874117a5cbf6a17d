"""Reads a rehearsal's file, and says by line what is wrong with it."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from monitor.errors import InputError
from monitor.people import Author, Patient, Role, Sex
from monitor.protocols.loading import parse, shipped
from monitor.protocols.protocol import Protocol
from monitor.rehearsal.fields import BY_NOBODY, COMMON, FIELDS, Kind, fields_of
from monitor.rehearsal.lines import Lines
from monitor.rehearsal.script import Expectation, Script, ScriptAct, ScriptError, Value
from monitor.rehearsal.tables import Source, Table
from monitor.rehearsal.times import after

_HEAD = {"title", "protocol", "own_protocol", "chair", "date", "timezone", "again"}
_TOP = _HEAD | {"clinic", "staff", "patient", "act"}
_PERSON = {"id", "name", "role", "credential"}
_PATIENT = {"family", "given", "born", "sex", "number", "allergies"}
_TOML_PLACE = re.compile(r" \(at line (\d+), column \d+\)$")


def read_script(content: bytes, file: str) -> Script:
    """Return the rehearsal that a file holds.

    Args:
        content: The file's bytes.
        file: Its name, without the folder: for complaints, and for the name of the results.

    Raises:
        ScriptError: With the line, and what is wrong there.
    """
    text = _decode(content, file)
    source = Source(file, Lines(text))
    top = Table(source, (), "a rehearsal", _parse(text, file))
    top.insist_on(_TOP)
    staff = tuple(_person(table) for table in _tables(top, "staff"))
    _check_staff(top, staff)
    zone = _zone(top)
    return Script(
        file=file,
        hash=hashlib.sha256(text.encode()).digest(),
        title=top.text("title"),
        draft=_draft(top),
        chair=top.text("chair"),
        zone=zone,
        clinic=_clinic(top),
        staff=staff,
        patient=_patient(top),
        again=_again(top),
        acts=_Acts(zone, top.date("date"), frozenset(p.user for p in staff)).read(top),
    )


def _decode(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ScriptError(file, line, "the file is not written in UTF-8") from None


def _parse(text: str, file: str) -> dict[str, object]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        line = int(place[1]) if place else len(text.splitlines())
        problem = _TOML_PLACE.sub("", str(error)).removesuffix(" (at end of document)")
        raise ScriptError(
            file, line, f"this is not TOML: {problem[:1].lower()}{problem[1:]}"
        ) from None


def _tables(top: Table, name: str) -> list[Table]:
    raw = top.values.get(name)
    if not isinstance(raw, list) or not raw or not all(isinstance(item, dict) for item in raw):
        raise top.error(f"{top.name} needs at least one [[{name}]]", name)
    return [
        Table(top.source, (name, index), f"{name} {index + 1}", values)
        for index, values in enumerate(raw)
    ]


def _one_table(top: Table, name: str, allowed: set[str]) -> Table:
    raw = top.values.get(name)
    if not isinstance(raw, dict):
        raise top.error(f"{top.name} needs a table [{name}]", name)
    table = Table(top.source, (name,), f"[{name}]", raw)
    table.insist_on(allowed)
    return table


def _clinic(top: Table) -> str:
    return _one_table(top, "clinic", {"name"}).text("name")


def _draft(top: Table) -> Protocol:
    """Return the protocol that is named, or the clinic's own where its text stands in the file."""
    drafts = {draft.id: draft for draft in shipped()}
    if "own_protocol" not in top.values:
        return drafts[top.choice("protocol", drafts)]
    content = top.values["own_protocol"]
    if not isinstance(content, str):
        raise top.error('"own_protocol" must be the text of a protocol', "own_protocol")
    try:
        own = parse(content)
    except InputError as error:
        problem = f'"own_protocol" cannot be read, look at: {error.facts.get("token", error.code)}'
        raise top.error(problem, "own_protocol") from None
    if top.text("protocol") != own.id:
        problem = f'"protocol" must be "{own.id}", as "own_protocol" calls itself'
        raise top.error(problem, "protocol")
    return own


def _again(top: Table) -> bool:
    again = top.values.get("again", False)
    if not isinstance(again, bool):
        raise top.error('"again" must be true or false', "again")
    return again


def _zone(top: Table) -> ZoneInfo:
    name = top.text("timezone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problem = f'there is no time zone "{name}"; write it as "Europe/Warsaw"'
        raise top.error(problem, "timezone") from None


def _person(table: Table) -> Author:
    table.insist_on(_PERSON)
    return Author(
        user=table.text("id"),
        role=Role(table.choice("role", (role.value for role in Role))),
        name=table.text("name"),
        credential=table.text("credential", ""),
    )


def _check_staff(top: Table, staff: tuple[Author, ...]) -> None:
    for index, person in enumerate(staff):
        if person.user in {other.user for other in staff[:index]}:
            problem = f'two of the staff have the id "{person.user}"'
            raise top.source.error(problem, "staff", index, "id")
    if all(person.role is not Role.PRESCRIBER for person in staff):
        raise top.error(
            "one of the staff must be a prescriber: the protocol wants approval", "staff"
        )


def _patient(top: Table) -> Patient:
    table = _one_table(top, "patient", _PATIENT)
    return Patient(
        id="",
        family=table.text("family"),
        given=table.text("given"),
        born=table.date("born"),
        sex=Sex(table.choice("sex", (sex.value for sex in Sex))),
        number=table.text("number"),
        allergies=table.texts("allergies"),
    )


@dataclass
class _Acts:
    """Reads the acts one after another: times and labels follow from those before."""

    zone: ZoneInfo
    day: dt.date
    staff: frozenset[str]
    read_so_far: list[ScriptAct] = field(default_factory=list)

    def read(self, top: Table) -> tuple[ScriptAct, ...]:
        """Return all acts."""
        for table in _tables(top, "act"):
            self.read_so_far.append(self._act(table))
        return tuple(self.read_so_far)

    def _act(self, table: Table) -> ScriptAct:
        do = table.text("do")
        table = Table(table.source, table.place, f"{table.name} ({do})", table.values)
        label = table.text("label", "")
        if label and label in {act.label for act in self.read_so_far}:
            raise table.error(f'another act has the label "{label}"', "label")
        by = self._by(table, do)
        at = self._at(table, do)
        return ScriptAct(
            number=len(self.read_so_far) + 1,
            at=at,
            by=by,
            do=do,
            line=table.source.lines.of(*table.place),
            label=label,
            expect=_expectation(table),
            fields=self._fields(table, do) if do in FIELDS else {},
        )

    def _by(self, table: Table, do: str) -> str:
        if "by" not in table.values and (do in BY_NOBODY or do not in FIELDS):
            return ""
        by = table.text("by")
        if by not in self.staff:
            raise table.error(f'"by" names nobody of the staff: "{by}"', "by")
        return by

    def _at(self, table: Table, do: str) -> dt.datetime:
        previous = self.read_so_far[-1].at if self.read_so_far else None
        if "at" not in table.values and do in BY_NOBODY and previous:
            return previous
        raw = table.values.get("at")
        text = raw.isoformat() if isinstance(raw, dt.time) else table.text("at")
        try:
            return after(previous, text, self.day, self.zone)
        except ValueError as error:
            raise table.error(str(error), "at") from None

    def _fields(self, table: Table, do: str) -> dict[str, Value]:
        entry = table.values.get("entry")
        amended = next((a.do for a in self.read_so_far if a.label and a.label == entry), "")
        known = fields_of(do, amended if do == "amend" else "")
        table.insist_on(known.keys() | COMMON)
        for name, rule in known.items():
            if rule.required and name not in table.values:
                raise table.error(f'{table.name} lacks "{name}"')
        made = {name: table.value(name, known[name]) for name in known if name in table.values}
        for name, value in made.items():
            if known[name].kind is Kind.LABEL and value not in self._labels():
                raise table.error(f'no earlier act has the label "{value}"', name)
            if known[name].kind is Kind.PERSON and value not in self.staff:
                raise table.error(f'"{name}" names nobody of the staff: "{value}"', name)
        if do == "event" and not ("event" in made if made.get("resolve") else "text" in made):
            missing = "event" if made.get("resolve") else "text"
            raise table.error(f'{table.name} lacks "{missing}"')
        return made

    def _labels(self) -> set[str]:
        return {act.label for act in self.read_so_far if act.label}


def _expectation(table: Table) -> Expectation:
    said = table.text("expect", "recorded")
    result, _, code = said.partition(":")
    if result == "refused" and (code or ":" not in said):
        return Expectation(recorded=False, code=code)
    if said != "recorded":
        problem = f'"expect" is recorded, refused or refused:CODE, not "{said}"'
        raise table.error(problem, "expect")
    return Expectation()
