"""A small file that unpacks to much costs a counted budget, and no more."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable

import pytest

from monitor.sealed_file import Form
from reports.pdf.session_report import drawing
from reports.reading import document, read
from reports.reading.attached_record import DEEPEST, MOST, MOST_MARKS, record_facts
from reports.reading.budget import (
    MOST_INFLATED,
    MOST_OBJECTS,
    MOST_STEPS,
    MOST_STREAMS,
    Budget,
    SpentError,
)
from reports.reading.cms import message
from reports.reading.rsa import EXPONENT, PublicKey
from reports.sealing.archive import archived
from reports.sealing.seal import sealed
from tests.fakes.overview_parts import DANA
from tests.fakes.overviews import extreme
from tests.fakes.sealing import practice_key
from tests.unit.reports.vouched import keyed

TEN = 10
Objects = dict[int, bytes]
Hook = Callable[[list[tuple[str, object]]], dict[str, object]]


def pdf(objects: Objects) -> bytes:
    """A PDF of these objects, the first of which is its catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%d 1\n%010d 00000 n \n" % each for each in places.items())
    said = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(out) + b"xref\n" + table + said % (max(objects) + 1, len(out))


def packed(content: bytes, said: bytes = b"") -> bytes:
    """A stream of it."""
    made = zlib.compress(content, 9)
    head = b"<</Filter/FlateDecode%b/Length %d>>" % (said, len(made))
    return head + b"\nstream\n" + made + b"\nendstream"


def pages(streams: list[bytes]) -> Objects:
    """Objects of a PDF with a page for each stream."""
    kids = b"".join(b"%d 0 R " % (10 + 2 * n) for n in range(len(streams)))
    made = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, len(streams)),
    }
    for number, stream in enumerate(streams):
        place = 10 + 2 * number
        made[place] = b"<</Type/Page/Parent 2 0 R/Contents %d 0 R>>" % (place + 1)
        made[place + 1] = stream
    return made


MUCH = {
    "one stream": pdf(pages([packed(bytes(MOST_INFLATED + 1))])),
    "many pages": pdf(pages([packed(bytes(MOST_INFLATED // 5))] * 6)),
    "many streams": pdf(pages([packed(b"")] * 2)) + b"stream\n" * MOST_STREAMS,
    "many objects": pdf(
        pages([packed(b"")])
        | {2: b"<</Kids[%b]>>" % b"".join(b"%d 0 R " % n for n in range(100, 101 + MOST_OBJECTS))}
    ),
    "many looks": pdf(pages([packed(b"")]) | {2: b"<<%b>>" % (b"/A[%b]" % (b"1 " * 19_000) * 12)}),
    "worked out byte by byte": pdf(
        pages([packed((b"\x04" + bytes(8)) * 200_000, b"/DecodeParms<</Predictor 15/Columns 8>>")])
    ),
    "a list of numbers": pdf(pages([packed(b"1 1 " * 50_000)])),
}


@pytest.mark.parametrize("content", MUCH.values(), ids=MUCH)
def test_that_more_than_a_report_holds_is_not_read(content: bytes) -> None:
    assert len(content) < 4_000_000
    assert read(content).form is Form.TOO_MUCH


def test_that_the_largest_report_spends_a_tenth(monkeypatch: pytest.MonkeyPatch) -> None:
    made = drawing(keyed(extreme()))
    archive = archived(made.content, keyed(extreme()), bytes(60_000))
    assert made.seal is not None
    content = sealed(archive, keyed(extreme()), made.seal, practice_key(DANA))
    spent: list[Budget] = []

    def given() -> Budget:
        spent.append(Budget())
        return spent[-1]

    monkeypatch.setattr(document, "Budget", given)
    assert read(content).form is Form.PDF
    (left,) = spent
    assert 0 < MOST_INFLATED - left.inflated <= MOST_INFLATED / TEN
    assert 0 < MOST_STEPS - left.steps <= MOST_STEPS / TEN
    assert 0 < MOST_OBJECTS - left.objects <= MOST_OBJECTS / TEN
    assert 0 < MOST_STREAMS - left.streams <= MOST_STREAMS / TEN


def test_that_nothing_is_unpacked_beyond_the_budget() -> None:
    small = Budget(inflated=1000)
    with pytest.raises(SpentError):
        small.measure(pdf(pages([packed(bytes(50_000_000))])))
    assert small.inflated == -1  # one byte more than there was: enough to know


@pytest.mark.parametrize(
    "content",
    [
        b"[" + b"{}," * MOST_MARKS + b"{}]",
        b'{"a":' * (DEEPEST + 1) + b"1" + b"}" * (DEEPEST + 1),
        b'{"a":"' + b'\\"' * 300_000,
        b" " * MOST + b"{}",
    ],
    ids=["many", "deep", "a text without end", "long"],
)
def test_that_a_record_that_holds_too_much_is_not_made_anything_of(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []
    loads = json.loads

    def watched(said: bytes, object_pairs_hook: Hook) -> object:
        asked.append(said)
        return loads(said, object_pairs_hook=object_pairs_hook)

    monkeypatch.setattr(json, "loads", watched)
    assert record_facts(content) is None
    assert asked == ([content] if b"\\" in content else [])


def test_that_a_key_that_takes_long_is_none() -> None:
    number = (1 << 80_000) - 1
    signature = b"\x01" * 10_000
    assert not PublicKey(number, EXPONENT).made(signature, b"")


def test_that_a_signature_that_is_too_long_is_not_taken_apart() -> None:
    with pytest.raises(ValueError, match="longer than"):
        message(bytes(200_000))
