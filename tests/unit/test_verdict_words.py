"""What is said of a file: a sentence, reasons, and plain values, for whatever was found."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import pytest

from monitor.judging import without_store
from monitor.sealed_file import FileFacts, Form
from monitor.verdict import Knowledge, Reason, Seen, Standing, Verdict
from tests.unit.monitor.test_verdict import (
    CLINICS,
    FILE,
    KEPT,
    SEAL,
    in_record,
    with_record,
    with_seal,
)
from ui.wording.reasons import CAUSES, HELD, INFORMS, UNTOLD
from ui.wording.verdicts import (
    PRACTICE,
    reason_lines,
    verdict_json,
    verdict_sentence,
    worst,
)


def test_that_an_old_draft_is_not_called_genuine_without_saying_that_nobody_signed_it() -> None:
    old = Verdict(Standing.DRAFT, "ab", "S-1", 1, newest_version=1, newest_status="signed")
    said = verdict_sentence(old)
    assert said.startswith("Unchanged, but an unsigned draft (session S-1, version 1)")
    assert said.endswith("a newer signed report exists.")


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("knowledge", Knowledge)
def test_that_there_is_a_sentence_for_each_standing(
    standing: Standing, knowledge: Knowledge
) -> None:
    said = verdict_sentence(Verdict(standing, "ab", "S-1", 1, knowledge=knowledge))
    assert said[0].isupper()
    assert said.endswith(".")
    assert not {"{", "}", "None"} & set(said.split())


@pytest.mark.parametrize("seen", Seen)
def test_that_there_are_words_for_whatever_is_looked_at(seen: Seen) -> None:
    assert seen in HELD or seen in INFORMS or seen in CAUSES or seen in {Seen.UNTOLD, Seen.WHOSE}
    if seen in HELD and seen not in {Seen.HASH, Seen.NEWER, Seen.LISTED, Seen.LEFT}:
        assert seen in CAUSES


def test_that_reasons_bear_a_sign_and_whole_sentences() -> None:
    facts = with_seal(intact=False)
    lines = reason_lines(without_store(facts, [CLINICS], dt.datetime(2040, 1, 1, tzinfo=dt.UTC)))
    assert {each.mark for each in lines} == {"✓", "✕", "i"}
    assert all(each.words.endswith(".") and "{" not in each.words for each in lines)
    assert "✕ It was changed after it was sealed." in [each.line for each in lines]


def test_that_the_most_telling_difference_is_said() -> None:
    differs = (
        Reason(Seen.APPENDED, held=False, facts={"bytes": 23}),
        Reason(Seen.PAGE, held=False, facts={"page": 1}),
        Reason(Seen.PAGE, held=False, facts={"page": 3}),
    )
    kept = type(KEPT)("S-1", 1, "signed", KEPT.kept_at, same=False, differs=differs)
    said = verdict_sentence(in_record(FILE, kept), "Riverside")
    assert said == (
        "Not genuine: the record at Riverside holds no report that is this file to the last byte; "
        "it is most like that of session S-1, but 23 bytes were added after its end; "
        "pages 1 and 3 differ."
    )


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (Form.LOCKED, "it asks for a password"),
        (Form.BROKEN, "it begins like a PDF, but cannot be read as one"),
        (Form.TOO_LARGE, "it has more than 5 MB"),
        (Form.TOO_MUCH, "it holds more than any report of this program"),
        (Form.NOT_A_PDF, "this file is no PDF"),
    ],
)
def test_that_what_cannot_be_read_is_named(form: Form, words: str) -> None:
    assert words in verdict_sentence(without_store(FileFacts("ab", 1, form)))


def test_that_practice_is_said_in_the_sentence_itself() -> None:
    verdict = without_store(with_record(rehearsal=True), [CLINICS])
    assert verdict_sentence(verdict).endswith(PRACTICE)


def test_that_a_verdict_is_plain_values_for_a_program() -> None:
    verdict = without_store(FILE, [CLINICS])
    block = verdict_json(verdict, "a.pdf", "Genuine.")
    again = json.loads(json.dumps(block))
    assert (again["status"], again["standing"], again["known_from"]) == (
        0,
        "genuine",
        "certificate",
    )
    assert [each["seen"] for each in again["reasons"]][:2] == ["form", "seal"]
    assert [each["name"] for each in again["signed"]] == ["Nina Kowal", "Dana Silva"]


@pytest.mark.parametrize(
    ("statuses", "status"), [([], 0), ([0, 0], 0), ([0, 2], 2), ([2, 1, 0], 1), ([1], 1)]
)
def test_that_the_worst_of_several_counts_and_a_forgery_before_a_doubt(
    statuses: list[int], status: int
) -> None:
    assert worst(statuses) == status


def test_that_all_that_cannot_be_told_has_words() -> None:
    told = {r.facts["what"] for r in without_store(FILE).reasons if r.seen is Seen.UNTOLD}
    assert told == set(UNTOLD)


def test_that_a_file_without_anything_signed_is_not_said_to_have_been() -> None:
    bare = FileFacts("ab", 1, Form.PDF, maker="Chairside 1", ours=True, code="S-2DFD9175", pages=1)
    verdict = without_store(bare)
    assert verdict_sentence(verdict) == (
        "Not genuine: it has no seal, and no record that was signed is attached to it."
    )
    torn = dataclasses.replace(FILE, seals=())
    assert "no seal, though what is in it was signed" in verdict_sentence(without_store(torn))


def test_that_what_is_no_seal_is_not_said_to_have_been_changed_after_it() -> None:
    wild = dataclasses.replace(SEAL, signer=None, holds=False, whole=False, intact=False, after=9)
    verdict = without_store(dataclasses.replace(FILE, seals=(wild,)))
    said = " ".join((verdict_sentence(verdict), *(each.words for each in reason_lines(verdict))))
    assert "where a seal would stand, nothing in it can be read as one" in said
    assert "after it was sealed" not in said


def test_that_another_clinics_certificate_is_told_from_a_signature_that_does_not_hold() -> None:
    verdict = without_store(FILE, ["0b" * 32])
    said = [each.words for each in reason_lines(verdict)]
    assert verdict_sentence(verdict).endswith(
        ", or the certificate that was given is another clinic's: compare its fingerprint."
    )
    assert (
        "The signature of Nina Kowal in the attached record holds, but under another authority "
        "than the clinic's."
    ) in said
    assert not any("does not hold" in each for each in said)


def test_that_a_fingerprint_is_said_in_groups() -> None:
    (line,) = (each for each in reason_lines(without_store(FILE)) if "fingerprint" in each.words)
    assert line.words.endswith(" ".join([CLINICS[:4]] * 16) + ".")
