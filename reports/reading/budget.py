"""What may be spent on one file: whoever made a small file that costs much is told so, soon.

The largest report that was made for a trial, of a session with sixty readings, thirty events and
notes over two pages, has 250 kB; 610 kB where its streams are unpacked; 46 objects; 33 streams;
it is read in some 6,000 steps, after another program saved it anew in 10,000. Everybody may spend
ten times that, and more where it costs little.
"""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import LimitReachedError
from pypdf.generic import IndirectObject, PdfObject, StreamObject

MOST_INFLATED = 6 * 1000 * 1000
MOST_STEPS = 150_000
MOST_OBJECTS = 1000
MOST_STREAMS = 1000
"""Of a whole file: bytes of all its streams unpacked; looks of the parser; objects; streams."""

MOST_ENTRIES = 20_000
"""Of its table of contents, where that is packed."""

LIMITS = Configuration(
    zlib_maximum_output_length=MOST_INFLATED,
    zlib_maximum_recovery_input_length=0,  # nothing damaged is pieced together
    lzw_maximum_output_length=1,
    run_length_maximum_output_length=1,
    jbig2_maximum_output_length=1,
    brotli_maximum_output_length=1,
    stream_filters_maximum_length=1,
    stream_decoding_work_maximum_length=2 * MOST_INFLATED,
    array_maximum_element_count=MOST_ENTRIES,
    dictionary_maximum_element_count=MOST_ENTRIES,
    page_tree_maximum_entries=MOST_OBJECTS,
    page_tree_maximum_page_entries=MOST_ENTRIES,
    jbig2dec_binary=None,
)
"""How pypdf reads: streams packed once, by deflate alone, as reports are; no program is started."""

_STREAM = re.compile(rb"(?<!end)stream *(?:\r\n|\r|\n)")
_NUMBERS = re.compile(rb"[0-9\s]*")
_ANY_HEADER = 47  # zlib's or gzip's, whichever is there (zlib manual, inflateInit2)
_BYTES_A_STEP = 8


class SpentError(BaseException):
    """More was asked for than is spent on a file.

    It is no `Exception`, so that no parser takes it for a fault of the file and reads on.
    """


@dataclass(slots=True)
class Budget:
    """What is left to be spent on one file."""

    inflated: int = MOST_INFLATED
    steps: int = MOST_STEPS
    objects: int = MOST_OBJECTS
    streams: int = MOST_STREAMS

    def take(
        self, *, inflated: int = 0, steps: int = 0, objects: int = 0, streams: int = 0
    ) -> None:
        """Spend something.

        Raises:
            SpentError: If there is not so much left.
        """
        self.inflated -= inflated
        self.steps -= steps
        self.objects -= objects
        self.streams -= streams
        if min(self.inflated, self.steps, self.objects, self.streams) < 0:
            raise SpentError

    def measure(self, content: bytes) -> None:
        """Unpack whatever may be a stream, no further than there is budget, and keep nothing.

        It stands before the parser: that may unpack a stream before anybody is asked.

        Args:
            content: The whole file.

        Raises:
            SpentError: If there is more than may be spent.
        """
        whole = memoryview(content)
        for found in _STREAM.finditer(content):
            unpacker = zlib.decompressobj(_ANY_HEADER)
            try:
                made = unpacker.decompress(whole[found.end() :], self.inflated + 1)
            except zlib.error:
                made = b""  # it is not packed, or not so
            first = _NUMBERS.match(made)
            # A list of objects begins with numbers, and each of them is looked at.
            self.take(inflated=len(made), steps=len(first[0]) if first else 0, streams=1)


class Metered(io.BytesIO):
    """A file of which every look is counted."""

    def __init__(self, content: bytes, budget: Budget) -> None:
        super().__init__(content)
        self._budget = budget

    def read(self, size: int | None = -1, /) -> bytes:
        """Read on, and count it."""
        found = super().read(size)
        self._budget.take(steps=1 + len(found) // (_BYTES_A_STEP * 1024))
        return found

    def getbuffer(self) -> memoryview:
        """Give the whole of it, to be searched."""
        self._budget.take(steps=1 + len(self.getvalue()) // _BYTES_A_STEP // 64)
        return super().getbuffer()


class BoundedReader(PdfReader):
    """A reader that spends no more on a file than its budget."""

    def __init__(self, content: bytes, budget: Budget) -> None:
        self._budget = budget
        budget.measure(content)
        super().__init__(Metered(content, budget), xref_stream_maximum_entries=MOST_ENTRIES)

    def get_object(self, indirect_reference: int | IndirectObject) -> PdfObject | None:
        """Look an object up, and count it where it was not looked up before."""
        if isinstance(indirect_reference, int):
            indirect_reference = IndirectObject(indirect_reference, 0, self)
        number, generation = indirect_reference.idnum, indirect_reference.generation
        if (generation, number) not in self.resolved_objects:
            self._budget.take(objects=1)
            if generation == 0 and number in self.xref_objStm:
                self._take_list(self.xref_objStm[number][0])
        found = super().get_object(indirect_reference)
        if isinstance(found, StreamObject) and "/DecodeParms" in found:
            self._take_foretold(found)
        return found

    def _take_foretold(self, found: StreamObject) -> None:
        """Count what is packed as its difference to what stands before: each byte is worked out."""
        try:
            with apply_configuration(zlib_maximum_output_length=self._budget.steps + 1):
                made = found.get_data()
        except LimitReachedError:
            raise SpentError from None
        self._budget.take(steps=len(made) // _BYTES_A_STEP)

    def _take_list(self, number: int) -> None:
        """Count what reading a whole list of objects costs: a parser reads no part of it alone."""
        found = self.get_object(number)
        if isinstance(found, StreamObject):
            self._budget.take(steps=len(found.get_data()) // _BYTES_A_STEP)
