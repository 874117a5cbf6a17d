"""What a check found, in words that a nurse and an auditor understand."""

from __future__ import annotations

import datetime as dt
import zoneinfo

import pytest

from monitor.ledger import Break, Finding, Head, Remembered, Where
from monitor.sealed_file import session_code
from ui.presenters.shield import shield_words
from ui.wording.findings import (
    UNBOUND,
    bound_words,
    finding_words,
    headline,
    unsealed_words,
)

WARSAW = zoneinfo.ZoneInfo("Europe/Warsaw")
S1 = session_code("s-1")
AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
SEEN = dt.datetime(2026, 3, 2, 8, 5, tzinfo=dt.UTC)


def of_line(code: Break, about: str = "", *, last: int = 0, count: int = 1) -> Finding:
    """A finding about entry 9."""
    return Finding(9, code, about, last, "session/s-1", "reading", AT, count)


SAID = {
    of_line(Break.VALUE): (
        f"Entry 9 (reading, {S1}, 2026-03-02 09:30): what it says was changed after it was"
        " written; author and time are as they were."
    ),
    of_line(Break.PROOF, "seals"): (
        f"Entry 9 (reading, {S1}, 2026-03-02 09:30): its seals were changed; the entry itself is"
        " as it was written."
    ),
    of_line(Break.LABEL, "kind, n"): (
        f"Entry 9 (reading, {S1}, 2026-03-02 09:30): what stands beside it (kind, n) was changed;"
        " the entry itself is as it was written."
    ),
    Finding(9, Break.INSERTED, last=11, count=3): (
        "Entries 9 to 11: they were inserted; the program never wrote them."
    ),
    Finding(9, Break.DELETED, "session/s-1"): f"Entry 9 of {S1} was deleted.",
    Finding(9, Break.DELETED, "", 11, count=3): "Entries 9 to 11 were deleted.",
    Finding(9, Break.DELETED, "", 19, count=3): "3 entries from 9 to 19 were deleted.",
    Finding(0, Break.DELETED, "patient/p-1"): (
        "An entry of a patient's data was deleted; at which number cannot be told."
    ),
    Finding(9, Break.SESSION_REMOVED, "session/s-1", 19, count=8): (
        f"A whole session was removed: {S1} (8 entries from 9 to 19)."
    ),
    Finding(9, Break.SESSION_REMOVED, "", 16, count=8): (
        "A whole session was removed, or the end of one: entries 9 to 16 are missing, and no"
        " session that is left has a hole."
    ),
    Finding(9, Break.SWAPPED, last=12): (
        "Entries 9 and 12 were swapped: each stands in the other's place."
    ),
    Finding(500, Break.MOVED, last=9): "Entry 500 was moved: it was written as entry 9.",
    Finding(37, Break.CUT, "station", 41, at=SEEN, count=5): (
        "The end of the record was cut off, from entry 37 on: this computer remembers entry 41,"
        " and what is missing was written from 2026-03-02 09:05 on."
    ),
    Finding(37, Break.CUT, "", 41): (
        "The end of the record was cut off, from entry 37 on: another part of the record names"
        " entry 41."
    ),
    Finding(37, Break.ROLLED_BACK, "backup", 41, at=SEEN): (
        "The record was put back to an older copy, or its end was cut off without a trace: it"
        " ends with entry 36, but a backup remembers entry 41, and what is missing was written"
        " from 2026-03-02 09:05 on."
    ),
    Finding(37, Break.REWRITTEN, "sidecar", 41, at=SEEN): (
        "The record was written anew between entries 37 and 41 with every key, or goes on from an"
        " older copy: the proof of an exported file remembers another entry 41"
        " (2026-03-02 09:05)."
    ),
    Finding(0, Break.TRIGGER, "ledger_no_update"): (
        "A guard of the entries is missing in the database, or altered: ledger_no_update; it is put"
        " back with the next entry."
    ),
    Finding(0, Break.TRIGGER, "ledger_no_delete", kind="back"): (
        "A guard of the entries was missing when the record was opened (ledger_no_delete); it is"
        " back."
    ),
    Finding(0, Break.TRIGGER, "mine", kind="added"): (
        "Somebody put a trigger into the database that the program does not have: mine."
    ),
    Finding(0, Break.PROJECTION, "sessions/s-1"): (
        "The table sessions says something else than the entries (row s-1)."
    ),
    Finding(0, Break.PROJECTION, "sessions, reports", count=4): (
        "The tables sessions, reports say something else than the entries (4 rows)."
    ),
    Finding(52, Break.KEPT_FILE, "altered"): "The kept report that entry 52 names was changed.",
    Finding(0, Break.DAMAGE, count=0): (
        "The file of the record is damaged; all entries could still be read."
    ),
    Finding(9, Break.DAMAGE, last=16, count=8): (
        "The file of the record is damaged: entries 9 to 16 could not be read; all others could."
    ),
    Finding(0, Break.DAMAGE, "everything"): (
        "The file of the record is damaged, so that no entry can be read."
    ),
}


@pytest.mark.parametrize("finding", SAID, ids=lambda f: f"{f.code.value} {f.about} {f.last}")
def test_that_a_finding_is_said_in_a_sentence(finding: Finding) -> None:
    assert finding_words(finding, WARSAW) == SAID[finding]


@pytest.mark.parametrize("code", Break)
def test_that_every_kind_has_its_words(code: Break) -> None:
    for finding in (Finding(0, code), of_line(code), of_line(code, last=12, count=4)):
        said = finding_words(finding)
        assert said.endswith(".")
        assert said[:1].isupper()
        assert "{" not in headline(finding)


def test_that_what_was_tampered_with_cannot_garble_the_screen() -> None:
    said = finding_words(Finding(9, Break.VALUE, kind="read\x1b[31ming\u202e", stream="x/y"))
    assert said.isprintable()


def test_that_the_bound_says_who_remembers_and_what_came_after() -> None:
    bound = Remembered(Head(41, "aa"), SEEN, Where.STATION)
    assert bound_words(bound, Head(41, "aa"), WARSAW) == (
        "Up to entry 41 nothing can change unseen: this computer remembers it (2026-03-02 09:05)."
        " When it was checked, nothing had been written after it."
    )
    after = bound_words(bound, Head(44, "bb"), WARSAW)
    assert after.endswith("could write the 3 entries after it anew, unseen.")
    assert bound_words(None, Head(44, "bb")) == UNBOUND
    assert "UTC" in bound_words(bound, Head(41, "aa"))


def test_that_entries_from_before_the_seals_are_named() -> None:
    assert unsealed_words(0) == ""
    assert unsealed_words(12).startswith("Entries 1 to 12 are from before")


def test_that_the_shield_names_the_first_finding_and_counts_the_rest() -> None:
    findings = [of_line(Break.VALUE), of_line(Break.RECHAINED)]
    assert shield_words(findings, AT) == (
        "The record does not agree with itself: entry 9 was changed and 1 more, checked 09:30:"
        " tell the administrator"
    )
    assert shield_words([], AT) == "Record intact, checked 09:30"
