"""Where in the text of a form version something stands, and what a line lacks to be read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.errors import Code, InputError

_AT = re.compile(r"\(at line ([0-9]+)")
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_TWICE = ("Cannot", "Duplicate")
_BLOCKS = ('"""', "'''")


@dataclass(frozen=True, slots=True)
class Spot:
    """A table of the text.

    Attributes:
        heading: As it stands in the brackets; empty before the first one.
        number: Which of that name it is.
        words: How it is spoken of.
        inside: The key that holds it, where it stands in one line: { least = 5 }.
    """

    heading: str = ""
    number: int = 1
    words: str = ""
    inside: str = ""


def line_of(content: str, spot: Spot, key: str) -> int:
    """Return the line of a key, or of its table's heading; 0 where neither is found."""
    wanted, here, met, found = spot.inside or key, "", 0, 0 if spot.heading else 1
    for number, line in enumerate(content.split("\n"), 1):
        words = line.strip()
        if words.startswith("["):
            here = words.partition("#")[0].strip("[] ")
            met += here == spot.heading
            if here == spot.heading and met == spot.number:
                found = number
        elif here == spot.heading and met in (spot.number, 0) and _key(words) == wanted:
            return number
    return found


def unreadable(content: str, said: str) -> InputError:
    """Return why a text is no TOML: which line, and what is wrong with it.

    Args:
        content: The text.
        said: What the parser said; its words are its own and are not passed on.
    """
    lines = content.split("\n")
    at = _AT.search(said)
    last = max((n for n, line in enumerate(lines, 1) if line.strip()), default=1)
    number = min(int(at[1]), len(lines)) if at else last
    if said.startswith("Unclosed array"):
        return _fault("rems list", _before(lines, number, "["))
    if said.startswith("Unterminated string"):
        return _fault("rems quotes", _before(lines, number, *_BLOCKS))
    if said.startswith(_TWICE):
        return _fault("rems twice", number)
    return _fault(_lack(lines[number - 1].strip()), number)


def _lack(line: str) -> str:
    """Return what is wrong with a line, as the field that the refusal is about."""
    if line.startswith("["):
        return "rems heading"
    if not _NAME.fullmatch(_key(line)):
        return "rems line"
    return "rems quotes" if line.replace('\\"', "").count('"') % 2 else "rems value"


def _before(lines: list[str], number: int, *marks: str) -> int:
    """Return the line, that one or the nearest above, whose value holds one of these marks."""
    found = (
        n
        for n in range(number, 0, -1)
        if any(mark in lines[n - 1].partition("=")[2] for mark in marks)
    )
    return next(found, number)


def _key(line: str) -> str:
    """Return what stands before the = of a line; empty where there is none."""
    before, equals, _ = line.partition("=")
    return before.strip().strip('"') if equals else ""


def _fault(field: str, line: int) -> InputError:
    return InputError(Code.NOT_UNDERSTOOD, field, line=line)
