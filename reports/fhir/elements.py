"""The building blocks of FHIR resources, and how they are written down as JSON.

FHIR allows nothing empty: no empty text, list or object. `made` leaves such parts out, so that
whatever a person left blank is simply not there.
"""

from __future__ import annotations

import json
import re
import unicodedata
from decimal import Decimal

from monitor.units import half_up
from reports.fhir.codes import UCUM

Element = dict[str, object]
"""A resource or a part of one: as JSON has it, save that amounts stay exact decimals."""

_PLACES = 9
"""Decimal places of an amount that was worked out, and may have no end."""

_ODD = re.compile(r"[^ -~\t\r\n]")
"""What has to be looked at: anything that is not plain ASCII."""

_NO_CHARACTERS = frozenset({"Cc", "Cs"})
"""Unicode's categories of control characters and of halves of a surrogate pair."""


def said(text: str) -> str:
    r"""Return a text as FHIR allows it: the exact one stays in the session's record.

    A FHIR string has no control characters but tab and line ends, no white space other than
    these and the space (R4, datatypes, `string`), and none at its ends.

    Example:
        >>> said("  far\N{NO-BREAK SPACE}away\x1b[31m ")
        'far away[31m'
    """
    return _ODD.sub(_plain, text).strip(" \t\r\n")


def _plain(found: re.Match[str]) -> str:
    char = found.group()
    if char.isspace():
        return " "
    is_none = unicodedata.category(char) in _NO_CHARACTERS or char in "\ufeff\ufffe\uffff"
    return "" if is_none else char


def made(**parts: object) -> Element:
    """Return an element of those parts that hold something; `class_` is named "class".

    Example:
        >>> made(status="final", note=[], value=None, class_={"code": "AMB"})
        {'status': 'final', 'class': {'code': 'AMB'}}
    """
    cleaned = ((name.rstrip("_"), _cleaned(part)) for name, part in parts.items())
    return {name: part for name, part in cleaned if not _is_nothing(part)}


def _cleaned(part: object) -> object:
    if isinstance(part, str):
        return said(part)
    if isinstance(part, list | tuple):
        return [kept for each in part if not _is_nothing(kept := _cleaned(each))]
    return part


def _is_nothing(part: object) -> bool:
    return part is None or (isinstance(part, str | list | dict) and not part)


def coding(system: str, code: str, display: str = "") -> Element:
    """Return a code of a code system."""
    return made(system=system, code=code, display=display)


def concept(*codings: Element, text: str = "") -> Element:
    """Return a concept, by codes, by words or both."""
    return made(coding=codings, text=text)


def quantity(value: Decimal | int | None, unit: str, code: str) -> Element | None:
    """Return an amount with its UCUM unit; None where there is no amount.

    Args:
        value: The amount.
        unit: As people read it: "mmHg".
        code: As UCUM writes it: "mm[Hg]".
    """
    if value is None:
        return None
    if isinstance(value, Decimal) and value != (rounded := half_up(value, _PLACES)):
        value = rounded
    return made(value=value, unit=unit, system=UCUM, code=code)


def ratio(
    value: Decimal | int | None, unit: tuple[str, str], per: tuple[str, str]
) -> Element | None:
    """Return so much of one unit in one of another, each unit as (for people, UCUM)."""
    if value is None:
        return None
    return made(numerator=quantity(value, *unit), denominator=quantity(1, *per))


def identifier(system: str, value: str) -> Element:
    """Return what a thing is called in some system of names; nothing for an empty value."""
    return made(system=system, value=value) if said(value) else {}


def extension(url: str, **value: object) -> Element:
    """Return an extension of one value: `valueString="…"`; nothing where that is empty."""
    held = made(**value)
    return made(url=url, **held) if held else {}


def notes(*texts: str) -> list[Element]:
    """Return annotations of those texts that say something."""
    return [made(text=text) for text in texts if said(text)]


# --- as JSON -------------------------------------------------------------------------------


def written(element: object) -> str:
    """Return JSON without white space, every amount with exactly the digits that it has.

    The standard library's writer knows binary floating point only; FHIR asks that the digits of
    a decimal be kept, since they say how exact it is (R4, datatypes, `decimal`). So an amount is
    first written as a text that begins with a character which no text has after `said`.
    """
    return _AMOUNT.sub(r"\1", _writer.encode(element))


def _marked(amount: object) -> str:
    if not isinstance(amount, Decimal):
        raise TypeError(f"{type(amount).__name__} has no place in a resource")
    return f"\0{amount:f}"


_writer = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_marked)
_AMOUNT = re.compile(r'"\\u0000([-.0-9]+)"')
