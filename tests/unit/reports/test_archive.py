"""The file that outlives the program: PDF/A-3b, the record inside, nothing from the computer."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import pdfa

from monitor.overview import SessionOverview
from reports.pdf.session_report import render
from reports.press import ReportPress
from reports.sealing.archive import RECORD_NAME, archived
from tests.fakes.overview_parts import DANA
from tests.fakes.overviews import draft, extreme, ketamine
from tests.fakes.sealing import practice_key
from tests.unit.reports.reading_back import pages
from tests.unit.reports.vouched import added

RECORD = (
    '{"note": "山本 😀 \\u0000 \ud7ff e\N{COMBINING ACUTE ACCENT}"}\r\n \n'.encode() + b"\0\xff"
)


def with_addendum() -> SessionOverview:
    return added(ketamine(), "She called the next day.")


@pytest.mark.parametrize("sample", [ketamine, draft, extreme, with_addendum])
def test_that_every_report_is_pdf_a_3b_and_carries_the_record_byte_by_byte(
    sample: Callable[[], SessionOverview],
) -> None:
    drawn = render(sample())
    content = archived(drawn, sample(), RECORD)
    found = pdfa.validate_written(io.BytesIO(content), "3b")
    assert (found.verdict, found.findings) == ("pass", [])
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert list(pdf.attachments) == [RECORD_NAME]
        attached = pdf.attachments[RECORD_NAME]
        assert attached.relationship == pikepdf.Name.Data
        assert attached.get_file().read_bytes() == RECORD
        assert attached.get_file().mime_type == "application/json"
        assert [each.F for each in pdf.Root.AF] == [RECORD_NAME]
        assert pdf.Root.Lang == "en-GB"
        assert "/AcroForm" not in pdf.Root
    assert pages(content) == pages(drawn)


def test_that_what_describes_the_file_says_nothing_of_the_patient_or_the_drug() -> None:
    content = ReportPress().archive(ketamine(), RECORD)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        said = pdf.Root.Metadata.read_bytes().decode() + " ".join(map(str, pdf.docinfo.values()))
    patient = ketamine().patient
    assert "Session report" in said
    assert "<xmp:CreateDate>2026-03-02T11:31:47+00:00</xmp:CreateDate>" in said
    assert ketamine().code in said
    for word in (patient.family, patient.given, patient.number, str(patient.born), "etamine"):
        assert word not in said


def test_that_the_file_s_dates_are_the_last_signature_s_else_when_the_draft_was_seen() -> None:
    expected = {
        with_addendum: "2026-03-03T14:02:00+00:00",
        draft: "2026-03-02T10:57:00+00:00",
    }
    for sample, at in expected.items():
        content = ReportPress().archive(sample(), RECORD)
        with pikepdf.open(io.BytesIO(content)) as pdf:
            said = pdf.Root.Metadata.read_bytes().decode()
            for name in ("CreateDate", "ModifyDate", "MetadataDate"):
                assert f"<xmp:{name}>{at}</xmp:{name}>" in said
            attached = pdf.attachments[RECORD_NAME].get_file()
            assert attached.mod_date is not None
            assert attached.mod_date.isoformat() == at


_HASHES = """
from tests.unit.reports.test_archive import hashes
print(*hashes())
"""


def hashes() -> list[str]:
    """Return the hash of a draft's archive form and of a sealed report."""
    press = ReportPress()
    made = [press.archive(draft(), b"{}"), press.seal(ketamine(), b"{}", practice_key(DANA))]
    return [hashlib.sha256(each).hexdigest() for each in made]


def test_that_the_same_session_gives_the_same_bytes_in_every_process() -> None:
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    said = subprocess.run(
        [sys.executable, "-c", _HASHES],
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert said.split() == hashes()


def test_that_a_file_that_is_not_pdf_a_is_never_handed_out() -> None:
    with pikepdf.open(io.BytesIO(render(draft()))) as pdf:
        font = next(iter(pdf.pages[0].Resources.Font.values()))
        del font.FontDescriptor
        spoiled = io.BytesIO()
        pdf.save(spoiled)
    with pytest.raises(pdfa.PdfaError):
        archived(spoiled.getvalue(), draft(), RECORD)
