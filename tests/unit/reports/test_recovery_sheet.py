"""The recovery sheet: all of the key, on one page, and nothing that was typed is markup."""

from __future__ import annotations

import datetime as dt

from db.locks import recovery_key
from reports.pages import page_count
from reports.pdf.recovery_sheet import RecoverySheet, render
from tests.unit.reports.hostile import LONG, SHORT
from tests.unit.reports.reading_back import text

KEY = bytes(range(32))
DAY = dt.date(2026, 3, 2)


def sheet(clinic: str = "Riverside Clinic", key: bytes = KEY) -> RecoverySheet:
    return RecoverySheet(clinic, recovery_key.groups(key), "1a2b3c4d", DAY)


def test_that_what_is_printed_reads_back_as_the_key() -> None:
    said = text(render(sheet()))
    printed = [word for word in said.split() if word in recovery_key.groups(KEY)]
    assert recovery_key.read(" ".join(printed)) == KEY


def test_that_it_says_whose_record_it_opens_and_since_when() -> None:
    said = text(render(sheet()))
    for words in ("Riverside Clinic", "1a2b3c4d", "2026-03-02", "when its passphrase is forgotten"):
        assert words in said


def test_that_it_is_one_page_whatever_the_clinic_is_called() -> None:
    for clinic in ("", *SHORT, *LONG):
        assert page_count(render(sheet(clinic))) == 1


def test_that_the_same_key_gives_the_same_bytes() -> None:
    assert render(sheet()) == render(sheet())
    assert render(sheet()) != render(sheet(key=bytes(32)))


def test_that_a_key_is_not_shown_by_chance() -> None:
    assert recovery_key.groups(KEY)[5] not in repr(sheet())
