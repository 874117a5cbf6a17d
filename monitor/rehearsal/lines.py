"""Where in a TOML text something stands: the parser of the library keeps no line numbers."""

from __future__ import annotations

import re

Place = tuple[str | int, ...]
"""A way into the document: ("act", 2, "text") is the third act's text."""

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*[=.]""")
_MULTI_LINE = re.compile(r'"""|\'\'\'')


class Lines:
    """Finds tables and keys again in the text that a document was read from."""

    def __init__(self, text: str) -> None:
        self._found: dict[Place, int] = {}
        self._counts: dict[str, int] = {}
        here: Place = ()
        quote = ""  # the mark of a text of several lines, while one lasts
        for number, line in enumerate(text.splitlines(), start=1):
            if not quote:
                here = self._note(line, number, here)
            for mark in _MULTI_LINE.findall(line):
                if not quote:
                    quote = mark
                elif quote == mark:
                    quote = ""

    def of(self, *place: str | int) -> int:
        """Return the line of a key, else of the table that should hold it; 1 for neither."""
        for length in range(len(place), 0, -1):
            if place[:length] in self._found:
                return self._found[place[:length]]
        return 1

    def _note(self, line: str, number: int, here: Place) -> Place:
        """Remember what begins on a line; return the table that the next lines belong to."""
        header = _HEADER.fullmatch(line)
        if header:
            place = self._table(header[2], repeated=header[1] == "[[")
            self._found.setdefault(place, number)
            return place
        key = _KEY.match(line)
        if key:
            self._found.setdefault((*here, key[1] or key[2] or key[3]), number)
        return here

    def _table(self, name: str, *, repeated: bool) -> Place:
        parts = [part.strip().strip("\"'") for part in name.split(".")]
        if repeated and len(parts) == 1:
            self._counts[parts[0]] = self._counts.get(parts[0], -1) + 1
        if parts[0] in self._counts:
            return (parts[0], self._counts[parts[0]], *parts[1:])
        return tuple(parts)
