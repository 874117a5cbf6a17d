"""Whatever is brought is read without falling over, and a seal is read strictly."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings, strategies as st

from monitor.sealed_file import Form, SealFacts
from reports.reading import read
from reports.reading.practice import PRACTICE_KEYS
from reports.reading.seals import Covered, covered_by, pdf_date
from tests.unit.reading.examples import personal_key, plain_pdf, sealed_pdf


def seal(content: bytes) -> SealFacts:
    """The one seal of a file."""
    (found,) = read(content).seals
    return found


def gap(content: bytes) -> tuple[int, int]:
    """Where the digits of the seal stand."""
    found = re.search(rb"/Contents <([0-9A-F]+)>", content)
    assert found is not None
    return found.start(1), found.end(1)


def test_that_a_genuine_seal_is_sound() -> None:
    found = seal(sealed_pdf())
    assert found.sound
    assert (found.field, found.meaning, found.after) == ("Seal", "reviewed", 0)
    assert found.signer is not None
    assert found.authority is not None
    assert found.signer.fingerprint == personal_key().fingerprint
    assert (found.signer.holder, found.signer.organisation) == ("Dana Silva", "Riverside Clinic")


def test_that_practice_keys_are_known_as_such() -> None:
    found = seal(sealed_pdf())
    assert found.signer is not None
    assert found.signer.practice
    assert len(PRACTICE_KEYS) == 12


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b"", Form.NOT_A_PDF),
        (b"a letter", Form.NOT_A_PDF),
        (b"%PDF-", Form.BROKEN),
        (b"%PDF-1.7\n1 0 obj\n<</Type /Catalog /Pages 1 0 R>>\nendobj\n", Form.BROKEN),
        (b"%PDF-1.7\ntrailer <</Root 1 0 R /Encrypt 2 0 R>>", Form.LOCKED),
        (b"\n" * 2000 + b"%PDF-1.7", Form.NOT_A_PDF),
    ],
)
def test_that_what_is_no_readable_pdf_is_named(content: bytes, form: Form) -> None:
    assert read(content).form is form


def test_that_a_page_in_a_circle_is_no_page() -> None:
    circle = (
        b"%PDF-1.7\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type /Pages /Kids [2 0 R] /Count 1>>\nendobj\n"
        b"trailer <</Root 1 0 R>>\n%%EOF"
    )
    assert read(circle).form in (Form.BROKEN, Form.PDF)
    assert read(circle).seals == ()


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200), st.floats(0, 1))
def test_that_no_bytes_upset_it(junk: bytes, where: float) -> None:
    content = bytearray(sealed_pdf())
    place = int(where * len(content))
    content[place : place + len(junk)] = junk
    facts = read(bytes(content))
    assert facts.size == len(content)
    assert not any(each.sound for each in facts.seals) or bytes(content) == sealed_pdf()


def test_that_what_follows_the_seal_is_counted() -> None:
    found = seal(sealed_pdf() + b"\n%%EOF\n")
    assert (found.whole, found.after) == (False, 7)
    assert found.intact
    assert found.holds


def test_that_padding_holds_nothing() -> None:
    first, last = gap(sealed_pdf())
    content = sealed_pdf()[: last - 2] + b"01" + sealed_pdf()[last:]
    found = seal(content)
    assert found.whole
    assert found.intact
    assert found.holds
    assert not found.tight
    assert not found.sound
    assert first < last


def test_that_each_digit_has_one_form() -> None:
    first, last = gap(sealed_pdf())
    content = sealed_pdf()
    small = content[:first] + content[first:last].lower() + content[last:]
    assert seal(small).holds
    assert not seal(small).tight


@pytest.mark.parametrize(
    ("byte_range", "whole", "after"),
    [
        ((0, 4, 12, 4), True, 0),
        ((0, 4, 12, 3), False, 1),
        ((1, 3, 12, 4), False, 0),
        ((0, 3, 12, 4), False, 0),
        ((0, 4, 11, 5), False, 0),
        ((12, 4, 0, 4), False, 12),
        ((0, 4, 12, 5), False, 0),
        ((0, 4, 12, -4), False, 16),
        ((0, 4, 12), False, 16),
        ((), False, 16),
    ],
)
def test_that_a_byte_range_leaves_out_the_digits_alone(
    byte_range: tuple[int, ...],
    whole: bool,  # noqa: FBT001 - what is expected
    after: int,
) -> None:
    seen = covered_by(b"PDF <012345> END", byte_range)
    assert (seen.whole, seen.after) == (whole, after)


def test_that_nothing_stands_beside_the_digits_in_the_gap() -> None:
    assert covered_by(b"PDF <01 345> END", (0, 4, 12, 4)).digits == b""
    assert covered_by(b"PDF <01><45> END", (0, 4, 12, 4)).digits == b""
    assert covered_by(b"PDF <01234a> END", (0, 4, 12, 4)).digits == b""
    assert covered_by(b"PDF <01234A> END", (0, 4, 12, 4)).digits == b"\x01\x23\x4a"
    assert Covered().digits == b""


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("D:20260302113100+01'00'", "2026-03-02T11:31:00+01:00"),
        ("D:20260302113100-05'30", "2026-03-02T11:31:00-05:30"),
        ("D:20260302113100Z", "2026-03-02T11:31:00+00:00"),
    ],
)
def test_that_a_date_is_read_as_a_pdf_writes_it(text: str, instant: str) -> None:
    assert pdf_date(text) == dt.datetime.fromisoformat(instant)


@pytest.mark.parametrize("text", ["", "D:2026", "2026-03-02", "D:20261302113100Z", "D:20260302"])
def test_that_no_other_text_is_a_date(text: str) -> None:
    assert pdf_date(text) is None


def test_that_a_pdf_without_a_seal_has_none() -> None:
    facts = read(plain_pdf())
    assert (facts.form, facts.pages, facts.seals, facts.ours) == (Form.PDF, 1, (), False)
