"""A mark of each page: equal where two files show the same page, however they are written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from reports.reading.trouble import TROUBLE

MOST_PAGES, MOST_OBJECTS = 500, 30_000
"""A report has a hundredth of either; whoever made more made it to keep a reader busy."""

_LEFT_OUT = frozenset({"/Parent", "/P", "/V", "/StructParent", "/StructParents", "/Dest", "/A"})
"""What leads away from a page, and the signature's own value."""

_HOW_WRITTEN = frozenset({"/Length", "/Filter", "/DecodeParms"})
"""How a stream is packed: another program packs it in another way."""


def page_marks(reader: PdfReader) -> tuple[str, ...]:
    """Return a mark for each page; empty for one that cannot be read."""
    marker, found = _Marker(), []
    for number in range(min(len(reader.pages), MOST_PAGES)):
        try:
            found.append(marker.mark(reader.pages[number]).hex())
        except TROUBLE:
            found.append("")
    return tuple(found)


class _Marker:
    """Makes marks of objects; what several pages share is looked at once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bytes] = {}
        self._seen = 0

    def mark(self, thing: PdfObject | None) -> bytes:
        """Return the mark of a page, or of any object.

        Raises:
            ValueError: If there are too many of them; other errors of a parser, too.
        """
        self._seen += 1
        if self._seen > MOST_OBJECTS:
            raise ValueError("more than a report has")
        if isinstance(thing, IndirectObject):
            return self._referred(thing)
        digest = hashlib.sha256(type(thing).__name__.encode())
        for part in self._parts(thing):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
        return digest.digest()

    def _referred(self, thing: IndirectObject) -> bytes:
        name = thing.idnum, thing.generation
        if name not in self._known:
            self._known[name] = b"itself"  # what leads back to it from inside
            found = thing.get_object()
            page = isinstance(found, DictionaryObject) and found.get("/Type") == "/Page"
            self._known[name] = b"a page" if page else self.mark(found)
        return self._known[name]

    def _parts(self, thing: PdfObject | None) -> Iterator[bytes]:
        if isinstance(thing, DictionaryObject):
            packed = isinstance(thing, StreamObject)
            out = _LEFT_OUT | _HOW_WRITTEN if packed else _LEFT_OUT
            for name in sorted(set(thing) - out):
                yield name.encode("utf-8", "surrogatepass")
                yield self.mark(thing.raw_get(name))
            if isinstance(thing, StreamObject):
                yield thing.get_data()
        elif isinstance(thing, ArrayObject):
            for each in range(len(thing)):
                yield self.mark(list.__getitem__(thing, each))
        elif isinstance(thing, TextStringObject | ByteStringObject):
            yield thing.original_bytes
        else:
            yield repr(thing).encode("utf-8", "surrogatepass")
