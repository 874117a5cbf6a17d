"""The versions of the fields that the REMS monitoring form asks for, as data.

Two versions come with the program, as drafts: what was seen of the form of November 2021, and of
the later one that asks about respiratory depression. No program can know which form a clinic
files today; so the clinic chooses a version, may change its text, and approves it.
"""

from __future__ import annotations

import enum
import functools
import hashlib
import importlib.resources
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from monitor.errors import Code, InputError
from monitor.lengths import LONGEST_NAME, LONGEST_REASON

SHIPPED = ("rems-2021-11", "rems-respiratory")
"""The drafts that come with the program, the oldest first."""

PERSON = "person"
"""The rule of a field that only a person can fill."""

RULES: Mapping[str, str] = MappingProxyType(
    {
        PERSON: "a person answers",
        "patient-given": "the patient's given names",
        "patient-family": "the patient's family name",
        "patient-born": "the patient's birth date",
        "patient-sex": "the patient's sex",
        "first-treatment": "no, where the record holds an earlier treatment",
        "monitor-name": "whoever signed the session first",
        "monitor-credential": "the credential of whoever signed first",
        "setting-name": "the clinic's name",
        "setting-address": "the clinic's address",
        "treatment-date": "the day of the first device",
        "dose": "what the devices given hold",
        "lots": "the lots of the devices given",
        "minutes": "from the first device to the end of the session",
        "ready-minutes": "asked only where it was less than two hours",
        "bp-before": "the reading that closed the baseline",
        "bp-40": "the reading that closed the slot 40 minutes after a device",
        "bp-completion": "the reading that closed the last slot before leaving",
        "sedation": "whether a rating or an event says so",
        "sedation-onset": "when it was first seen",
        "sedation-resolved": "when it was over",
        "sedation-treated": "asked only where there was sedation",
        "dissociation": "whether a rating or an event says so",
        "dissociation-onset": "when it was first seen",
        "dissociation-resolved": "when it was over",
        "dissociation-treated": "asked only where there was dissociation",
        "respiratory": "whether an event says so; low values are for a person to judge",
        "respiratory-onset": "when it was first seen",
        "respiratory-resolved": "when it was over",
        "respiratory-treated": "asked only where there was respiratory depression",
        "spo2-least": "the lowest SpO₂ since the first device",
        "serious": "yes, where an event was said to be serious",
        "serious-criteria": "what made it serious",
        "serious-description": "what happened, as described",
        "serious-treated": "what was done about it",
    }
)
"""How a field can be filled, each way by its name, with words for whoever approves."""

EFFECTS = ("sedation", "dissociation", "respiratory")
"""The effects that the form asks about one by one."""


class Sure(enum.StrEnum):
    """How surely a field is on the form."""

    SEEN = "seen"
    BELIEVED = "believed"
    CHECKED = "checked"


class Answer(enum.StrEnum):
    """What kind of answer a field takes."""

    TEXT = "text"
    YES_NO = "yes-no"


@dataclass(frozen=True, slots=True)
class RemsField:
    """One field of the form, in our words.

    Attributes:
        fill: The rule that fills it, one of `RULES`.
        sure: Seen on that form, believed to be there, or checked by the clinic against its own.
    """

    id: str
    section: str
    label: str
    required: bool
    sure: Sure
    source: str
    fill: str
    answer: Answer = Answer.TEXT


@dataclass(frozen=True, slots=True)
class EffectRule:
    """How the record tells an effect.

    Attributes:
        bounds: (sign, least, most): outside these a value speaks for the effect.
        judged: Whether such a value is for a person to judge, and is no "yes" by itself.
        words: An event that says one of them, alone or with a severity, is the effect; what
            merely holds one, or denies it, is for a person to judge.
        source: Of the numbers.
    """

    bounds: tuple[tuple[str, int | None, int | None], ...]
    judged: bool
    words: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class RemsForm:
    """One version of the form.

    Attributes:
        dated: When the form it follows is from, in words: it may not be known.
        minutes_least: What monitoring takes at least.
        bp_minutes: So long after a device the second blood pressure is due.
        hash: SHA-256 of `content`, in hex.
        content: The TOML text that all of this was read from.
    """

    id: str
    title: str
    dated: str
    note: str
    minutes_least: int
    bp_minutes: int
    effects: Mapping[str, EffectRule]
    fields: tuple[RemsField, ...]
    hash: str
    content: str

    @property
    def sections(self) -> tuple[str, ...]:
        """Return the sections in their order."""
        return tuple(dict.fromkeys(field.section for field in self.fields))

    @property
    def unsure(self) -> int:
        """Return how many fields nobody has held against the clinic's own form yet."""
        return sum(field.sure is Sure.BELIEVED for field in self.fields)

    def field(self, field_id: str) -> RemsField | None:
        """Return the field of that id."""
        return next((field for field in self.fields if field.id == field_id), None)


@functools.cache
def shipped_forms() -> tuple[RemsForm, ...]:
    """Return the drafts that come with the program, the oldest first."""
    here = importlib.resources.files("monitor") / "rems_forms"
    return tuple(parse_form((here / f"{n}.toml").read_text(encoding="utf-8")) for n in SHIPPED)


def parse_form(content: str) -> RemsForm:
    """Read a version of the form from its TOML text.

    Raises:
        InputError: `not-understood`, field "rems form", with the place that is at fault.
    """
    try:
        table = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(str(error)) from None
    _only(table, {"id", "title", "dated", "note", "numbers", "effects", "fields"}, "")
    numbers = _table(table, "numbers", "")
    _only(numbers, {"minutes_least", "bp_minutes", "source"}, "numbers")
    _text(numbers, "source", "numbers")
    effects = _table(table, "effects", "")
    _only(effects, set(EFFECTS), "effects")
    return RemsForm(
        id=_text(table, "id", ""),
        title=_text(table, "title", ""),
        dated=_text(table, "dated", ""),
        note=_text(table, "note", ""),
        minutes_least=_whole(numbers, "minutes_least", "numbers"),
        bp_minutes=_whole(numbers, "bp_minutes", "numbers"),
        effects={name: _effect(effects, name) for name in EFFECTS},
        fields=_fields(table.get("fields")),
        hash=hashlib.sha256(content.encode("utf-8")).hexdigest(),
        content=content,
    )


# --- parts ------------------------------------------------------------------------------------


def _effect(effects: Mapping[str, object], name: str) -> EffectRule:
    table, where = _table(effects, name, "effects"), f"effects.{name}"
    signs = {"sedation", "dissociation", "spo2", "resp"}
    _only(table, {"judged", "words", "source", *signs}, where)
    bounds = []
    for sign in sorted(signs & table.keys()):
        said = _table(table, sign, where)
        _only(said, {"least", "most"}, f"{where}.{sign}")
        if not said:
            raise _wrong(f"{where}.{sign}: least or most is missing")
        low, high = (
            _whole(said, key, f"{where}.{sign}") if key in said else None
            for key in ("least", "most")
        )
        bounds.append((sign, low, high))
    if not bounds:
        raise _wrong(f"{where}: no sign is named")
    words = table.get("words")
    if not isinstance(words, list) or not all(isinstance(w, str) and w.strip() for w in words):
        raise _wrong(f"{where}.words: a list of words is wanted")
    judged = _yes(table, "judged", where)
    return EffectRule(tuple(bounds), judged, tuple(words), _text(table, "source", where))


def _fields(found: object) -> tuple[RemsField, ...]:
    if not isinstance(found, list) or not found:
        raise _wrong("fields: there is none")
    made: list[RemsField] = []
    for place, table in enumerate(found, 1):
        if not isinstance(table, Mapping):
            raise _wrong(f"fields: the {place}. is no table")
        made.append(_field(table, f"field {place}"))
    seen: set[str] = set()
    for field in made:
        if field.id in seen:
            raise _wrong(f"fields: the id “{field.id}” stands twice")
        seen.add(field.id)
    return tuple(made)


def _field(table: Mapping[str, object], where: str) -> RemsField:
    name = _text(table, "id", where)
    where = f"field “{name}”"
    keys = {"id", "section", "label", "required", "sure", "source", "fill", "answer"}
    _only(table, keys, where)
    fill = _text(table, "fill", where)
    if fill not in RULES:
        raise _wrong(f"{where}: there is no rule “{fill}”")
    return RemsField(
        id=name,
        section=_text(table, "section", where),
        label=_text(table, "label", where),
        required=_yes(table, "required", where),
        sure=Sure(_one_of(table, "sure", where, Sure)),
        source=_text(table, "source", where),
        fill=fill,
        answer=Answer(_one_of(table, "answer", where, Answer))
        if "answer" in table
        else Answer.TEXT,
    )


# --- what stands under a key ------------------------------------------------------------------


def _wrong(what: str) -> InputError:
    return InputError(Code.NOT_UNDERSTOOD, "rems form", reading=what)


def _at(where: str, key: str) -> str:
    return f"{where}: {key}" if where else key


def _only(table: Mapping[str, object], known: set[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise _wrong(f"{_at(where, key)} is not known")


def _table(table: Mapping[str, object], key: str, where: str) -> Mapping[str, object]:
    found = table.get(key)
    if not isinstance(found, Mapping):
        raise _wrong(f"{_at(where, key)} is missing")
    return found


def _text(table: Mapping[str, object], key: str, where: str) -> str:
    found = table.get(key)
    if not isinstance(found, str) or not found.strip():
        raise _wrong(f"{_at(where, key)} is missing or empty")
    if not found.isprintable():
        raise _wrong(f"{_at(where, key)} holds a character that nobody can see")
    most = LONGEST_NAME if key in ("id", "section", "label") else LONGEST_REASON
    if len(found) > most:
        raise _wrong(f"{_at(where, key)} is longer than {most} characters")
    return found.strip()


def _whole(table: Mapping[str, object], key: str, where: str) -> int:
    found = table.get(key)
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise _wrong(f"{_at(where, key)} is no whole number")
    return found


def _yes(table: Mapping[str, object], key: str, where: str) -> bool:
    found = table.get(key)
    if not isinstance(found, bool):
        raise _wrong(f"{_at(where, key)} must be true or false")
    return found


def _one_of(table: Mapping[str, object], key: str, where: str, words: type[Sure | Answer]) -> str:
    found = _text(table, key, where)
    allowed = [word.value for word in words]
    if found not in allowed:
        raise _wrong(f"{_at(where, key)} must be one of {', '.join(allowed)}")
    return found
