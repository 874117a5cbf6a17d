"""The numbers of a protocol's text, none without its source."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import TypeVar

from monitor.protocols.keys import Named, Table, as_list, malformed, member, sub, text, yes_or_no
from monitor.protocols.protocol import Figure
from monitor.units import plain

Read = TypeVar("Read")

_PLAIN_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?", re.ASCII)


class Sourced:
    """Reads numbers and rules, and notes each with its source for whoever approves."""

    def __init__(self) -> None:
        self._figures: list[Figure] = []
        self._read: set[int] = set()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return all that were read, in the order of reading."""
        return tuple(self._figures)

    # --- numbers --------------------------------------------------------------------------

    def exact(self, table: Table, key: str, name: str) -> Decimal:
        """Return a number above 0."""
        return _positive(self._only(table, key, name), key)

    def whole(self, table: Table, key: str, name: str) -> int:
        """Return a whole number; 0 is one."""
        return _whole(self._only(table, key, name), key)

    def level(self, table: Table, key: str, name: str) -> int | Decimal:
        """Return a number that may have decimals; 0 is one, and a whole one is an `int`."""
        number = _number(self._only(table, key, name), key)
        return int(number) if number == int(number) else Decimal(plain(number))

    def series(self, table: Table, key: str, name: str) -> tuple[Decimal, ...]:
        """Return one number above 0, or several."""
        return tuple(_positive(value, key) for value in self._values(table, key, name))

    def wholes(self, table: Table, key: str, name: str) -> list[int]:
        """Return one whole number, or several."""
        return [_whole(value, key) for value in self._values(table, key, name)]

    # --- rules that are no numbers --------------------------------------------------------

    def one_of(self, table: Table, key: str, kind: type[Named], name: str) -> Named:
        """Return a rule that is one of a few words."""
        said = _said(table, key)
        found = member({key: said["value"]}, key, kind)
        self._note(said, Figure(name, found.value, text(said, "source")))
        return found

    def yes(self, table: Table, key: str, name: str, words: tuple[str, str]) -> bool:
        """Return a rule that holds or does not; `words` are what is shown for no and for yes."""
        said = _said(table, key)
        found = yes_or_no({key: said["value"]}, key)
        self._note(said, Figure(name, words[found], text(said, "source")))
        return found

    def codes(self, table: Table, key: str, name: str, words: Mapping[str, str]) -> frozenset[str]:
        """Return some of the codes that `words` names, noted in its words."""
        said = _said(table, key)
        found = [str(code) for code in as_list(said["value"])]
        for code in found:
            if code not in words:
                raise malformed(f"{key} = {code}")
        shown = "; ".join(words[code] for code in found) or "nothing"
        self._note(said, Figure(name, shown, text(said, "source")))
        return frozenset(found)

    # --- what is forgotten ----------------------------------------------------------------

    def take(self, others: Sourced) -> None:
        """Note what another has read, after what was read here."""
        self._figures += others._figures
        self._read |= others._read

    def check_all_read(self, whole: Table) -> None:
        """Refuse a number under a key that nobody asked for: a misspelt limit is no limit."""
        for key, said in _numbers(whole):
            if id(said) not in self._read:
                raise malformed(key)

    def _only(self, table: Table, key: str, name: str) -> object:
        values = self._values(table, key, name)
        if len(values) > 1:
            raise malformed(f"{key} = {values}: one number is wanted")
        return values[0]

    def _values(self, table: Table, key: str, name: str) -> list[object]:
        """Return a number (or several) as written, and note it with its source."""
        said = _said(table, key)
        values = as_list(said["value"])
        if not values:
            raise malformed(f"{key} = []")
        shown = ", ".join(str(value) for value in values)
        source = text(said, "source")
        self._note(said, Figure(name, f"{shown} {text(said, 'unit')}", source))
        return values

    def _note(self, said: Table, figure: Figure) -> None:
        self._figures.append(figure)
        self._read.add(id(said))


def if_there(
    read: Callable[[Table, str, str], Read], table: Table, key: str, name: str
) -> Read | None:
    """Return what a method of `Sourced` reads under a key, None where the key is not there."""
    return read(table, key, name) if key in table else None


def in_order(table: Table, *keys: str) -> None:
    """Refuse bounds in the wrong order: what these keys say must not fall.

    Raises:
        InputError: `not-understood`, with the two keys and what they say.
    """
    there = [
        (key, _number(value, key))
        for key in keys
        if key in table
        for value in as_list(_said(table, key)["value"])
    ]
    for (lower, low), (higher, high) in itertools.pairwise(there):
        if low > high:
            raise malformed(f"{lower} = {low}, {higher} = {high}")


def counted(table: Table, key: str) -> int:
    """Return a whole number that stands without a source, as a version does."""
    return _whole(table[key], key)


def _said(table: Table, key: str) -> Table:
    said = sub(table, key)
    if "value" not in said:
        raise malformed(f"{key}.value")
    return said


def _numbers(node: object, key: str = "") -> Iterator[tuple[str, Table]]:
    """Yield every table that states a number or a rule, with its key."""
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
        raise malformed(f"{key} = {value}")
    return Decimal(str(value))


def _positive(value: object, key: str) -> Decimal:
    number = _number(value, key)
    if number == 0:
        raise malformed(f"{key} = {value}")
    return number


def _whole(value: object, key: str) -> int:
    number = _number(value, key)
    if number != int(number):
        raise malformed(f"{key} = {value}")
    return int(number)
