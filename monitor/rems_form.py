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
from monitor.rems_text import Spot, line_of, unreadable

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
        "first-enrolled": "asked only where it is the first treatment",
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
        InputError: `not-understood`, with the line that is at fault: field "rems form" with what
            is wrong there, or the field that `monitor.rems_text.unreadable` names.
    """
    try:
        return _read(tomllib.loads(content), content)
    except tomllib.TOMLDecodeError as error:
        raise unreadable(content, str(error)) from None
    except _WrongError as error:
        line = line_of(content, error.spot, error.key)
        facts = {"line": line, "place": error.spot.words, "reading": error.reading}
        known = {name: fact for name, fact in facts.items() if fact}
        raise InputError(Code.NOT_UNDERSTOOD, "rems form", **known) from None


def _read(table: Mapping[str, object], content: str) -> RemsForm:
    top, at = Spot(), Spot("numbers", words="numbers")
    _only(table, {"id", "title", "dated", "note", "numbers", "effects", "fields"}, top)
    numbers = _table(table, "numbers", top)
    _only(numbers, {"minutes_least", "bp_minutes", "source"}, at)
    _text(numbers, "source", at)
    effects = _table(table, "effects", top)
    _only(effects, set(EFFECTS), Spot("effects", words="effects"))
    return RemsForm(
        id=_text(table, "id", top),
        title=_text(table, "title", top),
        dated=_text(table, "dated", top),
        note=_text(table, "note", top),
        minutes_least=_whole(numbers, "minutes_least", at),
        bp_minutes=_whole(numbers, "bp_minutes", at),
        effects={name: _effect(effects, name) for name in EFFECTS},
        fields=_fields(table.get("fields")),
        hash=hashlib.sha256(content.encode("utf-8")).hexdigest(),
        content=content,
    )


# --- parts ------------------------------------------------------------------------------------


class _WrongError(Exception):
    """Something in a table is not as it must be."""

    def __init__(self, reading: str, spot: Spot, key: str = "") -> None:
        super().__init__(reading)
        self.reading, self.spot, self.key = reading, spot, key


def _effect(effects: Mapping[str, object], name: str) -> EffectRule:
    at = Spot(f"effects.{name}", words=f"effects.{name}")
    table = _table(effects, name, at)
    signs = {"sedation", "dissociation", "spo2", "resp"}
    _only(table, {"judged", "words", "source", *signs}, at)
    bounds = []
    for sign in sorted(signs & table.keys()):
        said = _table(table, sign, at)
        inside = Spot(at.heading, words=f"{at.words}.{sign}", inside=sign)
        _only(said, {"least", "most"}, inside)
        if not said:
            raise _WrongError("least or most is missing", inside)
        low, high = (
            _whole(said, key, inside) if key in said else None for key in ("least", "most")
        )
        bounds.append((sign, low, high))
    if not bounds:
        raise _WrongError("no sign is named", at)
    words = table.get("words")
    if not isinstance(words, list) or not all(isinstance(w, str) and w.strip() for w in words):
        raise _WrongError("words: a list of words is wanted", at, "words")
    judged = _yes(table, "judged", at)
    return EffectRule(tuple(bounds), judged, tuple(words), _text(table, "source", at))


def _fields(found: object) -> tuple[RemsField, ...]:
    if not isinstance(found, list) or not found:
        raise _WrongError("there is no field", Spot(words="fields"), "fields")
    made: list[RemsField] = []
    for number, table in enumerate(found, 1):
        spot = Spot("fields", number, f"field {number}")
        if not isinstance(table, Mapping):
            raise _WrongError("it is no table", spot)
        field = _field(table, spot)
        if any(field.id == other.id for other in made):
            raise _WrongError(f"the id “{field.id}” stands twice", spot, "id")
        made.append(field)
    return tuple(made)


def _field(table: Mapping[str, object], spot: Spot) -> RemsField:
    name = _text(table, "id", spot)
    spot = Spot(spot.heading, spot.number, f"field “{name}”")
    keys = {"id", "section", "label", "required", "sure", "source", "fill", "answer"}
    _only(table, keys, spot)
    fill = _text(table, "fill", spot)
    if fill not in RULES:
        raise _WrongError(f"there is no rule “{fill}”", spot, "fill")
    return RemsField(
        id=name,
        section=_text(table, "section", spot),
        label=_text(table, "label", spot),
        required=_yes(table, "required", spot),
        sure=Sure(_one_of(table, "sure", spot, Sure)),
        source=_text(table, "source", spot),
        fill=fill,
        answer=Answer(_one_of(table, "answer", spot, Answer)) if "answer" in table else Answer.TEXT,
    )


# --- what stands under a key ------------------------------------------------------------------


def _only(table: Mapping[str, object], known: set[str], spot: Spot) -> None:
    for key in table:
        if key not in known:
            raise _WrongError(f"{key} is not known", spot, key)


def _table(table: Mapping[str, object], key: str, spot: Spot) -> Mapping[str, object]:
    found = table.get(key)
    if not isinstance(found, Mapping):
        raise _WrongError(f"{key} is missing", spot, key)
    return found


def _text(table: Mapping[str, object], key: str, spot: Spot) -> str:
    found = table.get(key)
    if not isinstance(found, str) or not found.strip():
        raise _WrongError(f"{key} is missing or empty", spot, key)
    if not found.isprintable():
        raise _WrongError(f"{key} holds a character that nobody can see", spot, key)
    most = LONGEST_NAME if key in ("id", "section", "label") else LONGEST_REASON
    if len(found) > most:
        raise _WrongError(f"{key} is longer than {most} characters", spot, key)
    return found.strip()


def _whole(table: Mapping[str, object], key: str, spot: Spot) -> int:
    found = table.get(key)
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise _WrongError(f"{key} takes a whole number, 0 or more", spot, key)
    return found


def _yes(table: Mapping[str, object], key: str, spot: Spot) -> bool:
    found = table.get(key)
    if not isinstance(found, bool):
        raise _WrongError(f"{key} must be true or false", spot, key)
    return found


def _one_of(table: Mapping[str, object], key: str, spot: Spot, words: type[Sure | Answer]) -> str:
    found = _text(table, key, spot)
    allowed = [word.value for word in words]
    if found not in allowed:
        raise _WrongError(f"{key} must be one of {', '.join(allowed)}", spot, key)
    return found
