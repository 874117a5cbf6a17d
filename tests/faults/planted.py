"""Words that were typed into a record, and the search for them in all other files."""

from __future__ import annotations

import os
import unicodedata
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Planted:
    """What identifies a patient who does not exist, in words that stand nowhere else."""

    family: str = "Quennebäck"
    given: str = "Ysolde"
    number: str = "HX-8841937"
    born: str = "1937-04-19"
    note: str = "talks of her parrot Ottokar"

    @property
    def words(self) -> tuple[str, ...]:
        """Return what to look for; a date also as people write it."""
        year, month, day = self.born.split("-")
        dates = (self.born, f"{day}.{month}.{year}", f"{day}/{month}/{year}", f"{year}{month}{day}")
        return (self.family, self.given, self.number, self.note, "Ottokar", *dates)


def spellings(word: str) -> frozenset[bytes]:
    """Return the bytes that a word may have in a file, in small letters where they are ASCII."""
    found: set[bytes] = set()
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, word)
        for case in (text, text.lower(), text.upper()):
            found |= {case.encode(code).lower() for code in ("utf-8", "utf-16-le", "utf-16-be")}
            found.add(case.encode("latin-1", "replace").lower())
            found.add(urllib.parse.quote(case).encode().lower())
            found.add(urllib.parse.quote_plus(case).encode().lower())
            found.add(ascii(case)[1:-1].encode().lower())  # as JSON and tracebacks escape it
    return frozenset(found)


def betrayals(planted: Planted, *places: Path) -> Iterator[str]:
    """Say of each file below these folders which planted word it holds, its name included."""
    wanted = {word: spellings(word) for word in planted.words}
    for place in places:
        for path in sorted(place.rglob("*")):
            name = os.fsencode(path.relative_to(place))
            content = path.read_bytes() if path.is_file() else b""
            held = (name + b"\0" + content).lower()
            for word, ways in wanted.items():
                if any(way in held for way in ways):
                    yield f"{path} holds {word!r}"
