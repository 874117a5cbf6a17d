"""Entries as canonical JSON, and back.

A body is RFC 8785 canonical JSON, so that the same entry always gives the same bytes. Text
is NFC, amounts are strings without trailing zeros, instants are UTC ("…Z", microseconds
only where there are any); no number in it has a fraction. The envelope (who, when, where,
its place) and the fact's own fields stand side by side in one object; no fact may name a
field as the envelope does, and a test holds them to it.

Every body says the version `v` of its kind's form. When a kind's form changes, its old
bodies stay as they are, and an upcaster turns each into the next version as it is read.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
import json
import types
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

import rfc8785
from cattrs import Converter
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError

from monitor.clock import Moment
from monitor.entries import KINDS, Entry, Fact
from monitor.errors import Code, InputError, IntegrityError
from monitor.people import Author
from monitor.units import plain

Body = dict[str, Any]
Value = TypeVar("Value")
Upcast = Callable[[Body], Body]

UPCASTERS: Mapping[tuple[str, int], Upcast] = types.MappingProxyType({})
"""By kind and version: what turns that version's body into the next one's."""

SAFE_INTEGER = 2**53
"""From here on a JSON number is not exact everywhere, so that it is written as text."""

ENVELOPE = frozenset(
    {"v", "kind", "uid", "stream", "n", "at", "recorded_at", "offset", "by", "station"}
    | {"boot", "mono", "amends", "reason"}
)
_ALWAYS = ENVELOPE - {"amends", "reason"}


def encode(entry: Entry) -> bytes:
    """Return the entry's canonical body.

    Raises:
        InputError: `not-understood` for text that is no Unicode (a lone surrogate).
    """
    said: Body = _CONVERTER.unstructure(entry.what)
    said |= {
        "v": newest_version(entry.kind),
        "kind": entry.kind,
        "uid": entry.uid,
        "stream": entry.stream,
        "n": entry.n,
        "at": instant(entry.at),
        "recorded_at": instant(entry.moment.now),
        "offset": entry.moment.offset,
        "by": _CONVERTER.unstructure(entry.by),
        "station": entry.station,
        "boot": entry.moment.boot,
        "mono": _exact(entry.moment.mono),
    }
    said |= {name: text for name in ("amends", "reason") if (text := getattr(entry, name))}
    return canonical(said)


@functools.lru_cache(maxsize=4096)  # a body never changes, and screens read them every second
def decode(body: bytes) -> Entry:
    """Return the entry that a body says, whatever version it was written in.

    Raises:
        IntegrityError: `unreadable`, if this program knows no such entry.
    """
    try:
        said = upcast(json.loads(body))
        return _entry(said)
    except (
        *(KeyError, TypeError, ValueError, AttributeError, InvalidOperation, RecursionError),
        *(BaseValidationError, ForbiddenExtraKeysError, InputError),
    ) as error:
        raise IntegrityError(Code.UNREADABLE) from error


def canonical(said: object) -> bytes:
    """Return the RFC 8785 form, all text in NFC.

    Raises:
        InputError: `not-understood` for text that is no Unicode.
    """
    try:
        return rfc8785.dumps(_composed(said))
    except UnicodeEncodeError as error:
        raise InputError(Code.NOT_UNDERSTOOD) from error
    except rfc8785.CanonicalizationError as error:
        raise InputError(Code.NOT_UNDERSTOOD) from error


def is_canonical(body: bytes) -> bool:
    """Tell whether a body is exactly what `canonical` would have written."""
    try:
        return canonical(json.loads(body)) == body
    except (ValueError, RecursionError, InputError):
        return False


def newest_version(kind: str, upcasters: Mapping[tuple[str, int], Upcast] = UPCASTERS) -> int:
    """Return the version in which a kind is written today."""
    version = 1
    while (kind, version) in upcasters:
        version += 1
    return version


def upcast(said: Body, upcasters: Mapping[tuple[str, int], Upcast] = UPCASTERS) -> Body:
    """Return a body in today's version of its kind."""
    while (made := upcasters.get((said["kind"], said["v"]))) is not None:
        said = made(said) | {"kind": said["kind"], "v": said["v"] + 1}
    if said["v"] != newest_version(said["kind"], upcasters):
        raise ValueError(said["v"])
    return said


def plainly(value: object) -> Body:
    """Return a frozen value of ours as JSON has it, all text in NFC."""
    said: Body = _composed(_CONVERTER.unstructure(value))
    return said


def structured(said: object, made: type[Value]) -> Value:
    """Return the value that `plainly` wrote.

    Raises:
        IntegrityError: `unreadable`.
    """
    try:
        return _CONVERTER.structure(said, made)
    except (
        *(KeyError, TypeError, ValueError, AttributeError, InvalidOperation),
        *(BaseValidationError, ForbiddenExtraKeysError, InputError),
    ) as error:
        raise IntegrityError(Code.UNREADABLE) from error


def instant(at: dt.datetime) -> str:
    """Write an instant in UTC: "2026-03-02T09:48:00Z", microseconds only where there are any."""
    if at.tzinfo is None:
        raise TypeError("a naive datetime reached the record")
    return at.astimezone(dt.UTC).isoformat().removesuffix("+00:00") + "Z"


def _entry(said: Body) -> Entry:
    made: type[Fact] = KINDS[said["kind"]]
    names = {field.name for field in fields(made)}
    if wrong := (_ALWAYS - said.keys()) | (said.keys() - names - ENVELOPE):
        raise KeyError(wrong)
    read = _CONVERTER.structure
    return Entry(
        uid=read(said["uid"], str),
        stream=read(said["stream"], str),
        n=read(said["n"], int),
        at=read(said["at"], dt.datetime),
        moment=Moment(
            now=read(said["recorded_at"], dt.datetime),
            offset=read(said["offset"], int),
            boot=read(said["boot"], str),
            mono=_read_exact(said["mono"]),
        ),
        by=read(said["by"], Author),
        station=read(said["station"], str),
        what=read({name: said[name] for name in names & said.keys()}, made),
        amends=read(said.get("amends", ""), str),
        reason=read(said.get("reason", ""), str),
    )


def _composed(said: object) -> Any:  # noqa: ANN401 - any JSON value
    """Return the same JSON value with all its text in NFC."""
    match said:
        case str():
            return unicodedata.normalize("NFC", said)
        case Mapping():
            return {_composed(name): _composed(value) for name, value in said.items()}
        case list() | tuple():
            return [_composed(value) for value in said]
        case _:
            return said


def _exact(number: int) -> int | str:
    return number if abs(number) < SAFE_INTEGER else str(number)


def _amount(value: Decimal) -> str:
    if not value.is_finite():
        raise InputError(Code.NOT_UNDERSTOOD)
    return plain(value)


def _read_amount(value: object, _: object) -> Decimal:
    if not isinstance(value, str):
        raise TypeError(value)
    amount = Decimal(value)
    if _amount(amount) != value:
        raise ValueError(value)
    return amount


def _read_instant(value: object, _: object) -> dt.datetime:
    if not isinstance(value, str) or not value.endswith("Z"):
        raise TypeError(value)
    return dt.datetime.fromisoformat(value)


def _read_date(value: object, _: object) -> dt.date:
    if not isinstance(value, str):
        raise TypeError(value)
    return dt.date.fromisoformat(value)


def _read_text(value: object, made: type[str]) -> str:
    if type(value) is not str:
        raise TypeError(value)
    return made(value)  # an enumeration's hook is looked up here as well


def _read_exactly(made: type) -> Callable[[object, object], object]:
    """Make a hook that takes a JSON value of this very type and converts nothing."""

    def read(value: object, _: object) -> object:
        if type(value) is not made:
            raise TypeError(value)
        return value

    return read


def _read_exact(value: object) -> int:
    number = int(value) if isinstance(value, str) else value
    if type(number) is not int or _exact(number) != value:
        raise TypeError(value)
    return number


def _converter() -> Converter:
    """Make the converter that knows how each type of ours stands in JSON."""
    made = Converter(forbid_extra_keys=True, detailed_validation=False)
    writes: dict[type, Callable[[Any], object]] = {
        Decimal: _amount,
        dt.datetime: instant,
        dt.date: dt.date.isoformat,
        enum.StrEnum: str,
    }
    for which, write in writes.items():
        made.register_unstructure_hook(which, write)
    reads: dict[type, Callable[[Any, Any], object]] = {
        Decimal: _read_amount,
        dt.datetime: _read_instant,
        dt.date: _read_date,
        str: _read_text,
        int: _read_exactly(int),
        bool: _read_exactly(bool),
    }
    for which, read in reads.items():
        made.register_structure_hook(which, read)
    return made


_CONVERTER = _converter()
