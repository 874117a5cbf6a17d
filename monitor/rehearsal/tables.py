"""One table of a rehearsal's file, looked at with suspicion: every complaint names its line."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from monitor.rehearsal.fields import Field, Kind
from monitor.rehearsal.lines import Lines
from monitor.rehearsal.script import ScriptError, Value


@dataclass(frozen=True, slots=True)
class Source:
    """The text that complaints are about."""

    file: str
    lines: Lines

    def error(self, problem: str, *place: str | int) -> ScriptError:
        """Return the complaint, with the line where the place is."""
        return ScriptError(self.file, self.lines.of(*place), problem)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the document.

    Attributes:
        place: Where it stands: ("act", 3).
        name: As complaints call it: "act 4 (weigh)".
    """

    source: Source
    place: tuple[str | int, ...]
    name: str
    values: Mapping[str, object]

    def error(self, problem: str, field: str = "") -> ScriptError:
        """Return a complaint about a field, or about the whole table."""
        return self.source.error(problem, *self.place, *([field] if field else []))

    def insist_on(self, allowed: Iterable[str]) -> None:
        """Complain about the first field that nobody knows."""
        known = sorted(allowed)
        for field in self.values:
            if field not in known:
                close = get_close_matches(field, known, n=1)
                hint = f'; perhaps "{close[0]}" is meant' if close else ""
                raise self.error(f'{self.name} knows no field "{field}"{hint}', field)

    def text(self, field: str, default: str | None = None) -> str:
        """Return a text; without a default, it must be there and not be empty."""
        value = self.values.get(field, default)
        if value is None:
            raise self.error(f'{self.name} lacks "{field}"')
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.error(f'"{field}" must be a text that is not empty', field)
        if said := _unseen(value):
            raise self.error(f'"{field}" holds {said}; take it out', field)
        return value

    def choice(self, field: str, choices: Iterable[str]) -> str:
        """Return one of a few words."""
        allowed = tuple(choices)
        value = self.text(field)
        if value not in allowed:
            raise self.error(f'"{field}" is one of {", ".join(allowed)}, not "{value}"', field)
        return value

    def date(self, field: str) -> dt.date:
        """Return a date, written as text or as TOML's own."""
        value = self.values.get(field)
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value
        try:
            return dt.date.fromisoformat(self.text(field))
        except ValueError:
            raise self.error(f'"{field}" must be a date such as "2026-03-02"', field) from None

    def texts(self, field: str) -> tuple[str, ...]:
        """Return a list of texts, empty where it was not given."""
        value = self.values.get(field, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(f'"{field}" must be a list of texts', field)
        return tuple(value)

    def value(self, field: str, rule: Field) -> Value:
        """Return what a field holds, in the form that its kind has in an act."""
        raw = self.values[field]
        made = _READ[rule.kind](raw)
        if made is None:
            raise self.error(f'"{field}" must be {rule.kind.value}', field)
        if rule.choices and made not in rule.choices:
            raise self.error(f'"{field}" is one of {", ".join(rule.choices)}, not "{made}"', field)
        return made


def _unseen(text: str) -> str:
    """Name the first character of a text that shows nothing by itself; empty for none."""
    for char in text:
        if not char.isprintable():
            name = unicodedata.name(char, "a control character")
            return f"a character that cannot be seen (U+{ord(char):04X}, {name})"
    return ""


def _as_text(raw: object) -> str | None:
    return raw if isinstance(raw, str) else None


def _as_number(raw: object) -> str | None:
    if isinstance(raw, bool):
        return None
    return str(raw) if isinstance(raw, str | int | Decimal) else None


def _as_flag(raw: object) -> bool | None:
    return raw if isinstance(raw, bool) else None


def _as_answers(raw: object) -> tuple[str, ...] | None:
    answers = [_as_number(item) for item in raw] if isinstance(raw, list) else [None]
    made = tuple(answer for answer in answers if answer is not None)
    return made if len(made) == len(answers) else None


def _as_items(raw: object) -> tuple[tuple[str, bool], ...] | None:
    items = raw.items() if isinstance(raw, dict) else [("", None)]
    made = tuple((str(name), met) for name, met in items if isinstance(met, bool))
    return made if len(made) == len(items) else None


def _as_texts(raw: object) -> tuple[str, ...] | None:
    texts = raw if isinstance(raw, list) else [None]
    made = tuple(text for text in texts if isinstance(text, str))
    return made if len(made) == len(texts) else None


def _as_day(raw: object) -> str | None:
    whole_day = isinstance(raw, dt.date) and not isinstance(raw, dt.datetime)
    return str(raw) if whole_day or isinstance(raw, str) else None


_READ: dict[Kind, Callable[[object], Value | None]] = {
    Kind.TEXT: _as_text,
    Kind.LABEL: _as_text,
    Kind.PERSON: _as_text,
    Kind.NUMBER: _as_number,
    Kind.FLAG: _as_flag,
    Kind.ANSWERS: _as_answers,
    Kind.ITEMS: _as_items,
    Kind.TEXTS: _as_texts,
    Kind.DAY: _as_day,
}
