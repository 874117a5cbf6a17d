"""Signature boxes, addenda and proof as a reader meets them."""

from __future__ import annotations

import dataclasses
import functools

import pypdfium2
import pytest

from monitor.overview import SessionOverview
from reports.pages import page_count
from reports.pdf.session_report import drawing, render
from reports.vouching import last_vouched, stands_since
from tests.fakes.overview_parts import DANA, at, digest
from tests.fakes.overviews import draft, esketamine, ketamine
from tests.unit.reports.reading_back import pages, text
from tests.unit.reports.vouched import AUTHORITY, added, keyed


@functools.cache
def sealed_words() -> str:
    """Return what a report says whose people have keys."""
    return text(render(keyed(ketamine())))


def grouped(digits: str) -> str:
    return " ".join(digits[n : n + 8] for n in range(0, 64, 8))


def test_that_the_proof_stands_on_no_page_without_a_signature() -> None:
    whole = ketamine()
    for more in (46, 48, 56):  # gaps: so many that the page ends before, between and after both
        seen = dataclasses.replace(whole, gaps=whole.gaps + whole.gaps[:1] * more)
        (last,) = (words for words in pages(render(seen)) if "Session digest" in words)
        assert "Dana Silva" in last
        assert "prescriber" in last.partition("Proof")[0]


def test_that_each_box_carries_the_first_digits_of_digest_and_certificate() -> None:
    whole = keyed(ketamine())
    words = sealed_words()
    for signature in whole.signatures:
        assert (
            f"record digest {whole.digest[:16]} certificate {signature.certificate[:16]}" in words
        )
    assert "no certificate" not in words


def test_that_a_signature_from_before_people_had_keys_says_so() -> None:
    assert "no certificate: before people had keys" in text(render(ketamine()))


def test_that_the_proof_names_the_authority_whole_and_how_to_verify() -> None:
    words = sealed_words()
    assert f"Clinic’s authority {grouped(AUTHORITY)}" in words
    assert "chairside verify FILE" in words
    assert "chairside-verify.pyz --ca authority.pem FILE" in words
    assert "Replaces the file" not in words
    assert "Clinic’s authority not recorded" in text(render(ketamine()))


def test_that_a_rehearsal_says_whose_keys_signed_it() -> None:
    assert "practice keys, which everybody has" in sealed_words()
    real = dataclasses.replace(keyed(ketamine()), rehearsal=False)
    assert "practice keys" not in text(render(real))


def test_that_a_newer_version_names_the_file_it_replaces_by_its_whole_hash() -> None:
    words = text(render(added(ketamine(), "She slept well.")))
    assert f"Replaces the file {grouped(digest('version before'))}" in words
    assert "report version 2" in words


def test_that_addenda_stand_before_the_signatures_in_full_with_number_author_and_time() -> None:
    whole = added(ketamine(), "She slept well <b>& Θ", "She called again.")
    words = text(render(whole))
    assert "1 She slept well <b>& Θ Dana Silva, prescriber 2026-03-03 15:02" in words
    assert "2 She called again. Nina Kowal, nurse 2026-03-04 15:02" in words
    assert words.index("She called again.") < words.index("recorded by Nina Kowal")
    assert f"addendum 2 Nina Kowal {whole.addenda[1].by.credential}, nurse" in words
    assert "Addenda" not in sealed_words()


def test_that_the_status_box_names_version_and_addenda() -> None:
    first = pages(render(added(ketamine(), "She slept well.")))[0]
    assert "Version 2, with addendum" in first
    assert "addendum 1 by Dana Silva 2026-03-03 15:02:00 +01:00" in first
    assert "Version 3, with addenda" in pages(render(added(ketamine(), "One.", "Two.")))[0]
    assert "Version 1, signed reviewed and approved" in sealed_words()


def test_that_twenty_addenda_of_any_length_find_room() -> None:
    whole = added(esketamine(), *("word " * 200 for _ in range(19)), "w" * 5_000)
    content = render(whole)
    words = text(content)
    assert words.count("word word") >= 19 * 100
    assert all(f"addendum {n} " in words for n in range(1, 21))
    place = drawing(whole).seal
    assert place is not None
    assert place[0] <= page_count(content)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_that_the_seal_s_place_is_the_last_signer_s_box(paper: str) -> None:
    for whole, whose in (
        (keyed(ketamine()), "reviewed and approved Dana Silva"),
        (added(ketamine(), "One.", "Two."), "addendum 2 Nina Kowal"),
    ):
        made = drawing(whole, paper)
        assert made.seal is not None
        number, (left, low, right, high) = made.seal
        assert _words_in(made.content, number, (left, low, right, high)).startswith(whose)


def _words_in(content: bytes, number: int, box: tuple[float, float, float, float]) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        left, low, right, high = box
        found = document[number - 1].get_textpage().get_text_bounded(left, low, right, high)
        return " ".join(found.split())
    finally:
        document.close()


def test_that_a_draft_has_no_place_for_a_seal_and_nobody_to_seal_it() -> None:
    assert drawing(draft()).seal is None
    assert last_vouched(draft()) is None
    assert stands_since(draft()) == at("11:57")


def test_that_an_amendment_after_the_co_signature_leaves_nothing_to_seal() -> None:
    whole = keyed(ketamine())
    void = tuple(dataclasses.replace(each, holds=False) for each in whole.signatures)
    undone: SessionOverview = dataclasses.replace(whole, signatures=void, status="closed")
    assert last_vouched(undone) is None
    assert drawing(undone).seal is None


def test_that_the_last_signer_is_the_newest_addendum_s_author_else_the_prescriber() -> None:
    signed = last_vouched(keyed(ketamine()))
    assert signed is not None
    assert signed.by == DANA
    whole = added(ketamine(), "One.", "Two.")
    assert last_vouched(whole) is whole.addenda[1]
    assert stands_since(whole) == whole.addenda[1].at
