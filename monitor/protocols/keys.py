"""What stands under a key of a protocol's text, or which key is wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

from monitor.errors import Code, InputError
from monitor.protocols.protocol import Anchor, Form, SecondPerson
from monitor.vitals import Sign

Table = Mapping[str, object]

Named = TypeVar("Named", Anchor, Form, SecondPerson, Sign)


def malformed(what: str) -> InputError:
    """Return the error of a text that cannot be read, with the key that is at fault."""
    return InputError(Code.NOT_UNDERSTOOD, "protocol", token=what)


def sub(table: Table, key: str) -> Table:
    """Return the table under a key."""
    found = table[key]
    if not isinstance(found, Mapping):
        raise malformed(f"{key} = {found}")
    return found


def tables(table: Table, key: str) -> list[Table]:
    """Return the tables under a key that may stand more than once."""
    found = table[key]
    if not isinstance(found, list) or not all(isinstance(part, Mapping) for part in found):
        raise malformed(f"{key} = {found}")
    return found


def text(table: Table, key: str) -> str:
    """Return the words under a key; there must be some."""
    found = table[key]
    if not isinstance(found, str) or not found.strip():
        raise malformed(f"{key} = {found}")
    return found


def texts(table: Table, key: str) -> tuple[str, ...]:
    """Return one text or several under a key."""
    return tuple(str(word) for word in as_list(table[key]))


def yes_or_no(table: Table, key: str) -> bool:
    """Return what must be true or false."""
    found = table[key]
    if not isinstance(found, bool):
        raise malformed(f"{key} = {found}")
    return found


def member(table: Table, key: str, kind: type[Named]) -> Named:
    """Return one of the words that a key can have."""
    found = text(table, key)
    if found not in list(kind):
        raise malformed(f"{key} = {found}")
    return kind(found)


def pairs(table: Table, key: str) -> tuple[tuple[str, str], ...]:
    """Return a list of two texts each: an id and its words."""
    made = []
    for pair in as_list(table[key]):
        match pair:
            case [str(item), str(words)]:
                made.append((item, words))
            case _:
                raise malformed(f"{key} = {pair}")
    return tuple(made)


def as_list(value: object) -> list[object]:
    """Return a list as it is, and anything else as the only part of one."""
    return list(value) if isinstance(value, list) else [value]


def only_these(table: Table, words: Collection[str]) -> None:
    """Refuse a key without a source that nobody knows: misspelt, it would be no rule.

    A key with a source is not looked at here; `Sourced` misses none.
    """
    for key, found in table.items():
        if key not in words and not (isinstance(found, Mapping) and "value" in found):
            raise malformed(key)


def once(key: str, values: Collection[str]) -> None:
    """Refuse a name that stands twice under a key."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise malformed(f"{key} = {value}: stands twice")
        seen.add(value)
