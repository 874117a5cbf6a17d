"""Whatever people type, the report is made, and what they typed is kept."""

from __future__ import annotations

import io
import json

import pikepdf
import pytest
from hypothesis import example, given, settings, strategies as st

from reports.press import ReportPress
from reports.sealing.archive import RECORD_NAME
from tests.fakes.overview_parts import DANA
from tests.fakes.overviews import esketamine
from tests.fakes.sealing import practice_key, sealed_example
from tests.unit.reports.hostile import spoiled
from tests.unit.reports.reading_back import text
from tests.unit.reports.vouched import added

EVERY_SCRIPT = (
    "Łącka Ελένη Прасковья مرحبا שלום हिन्दी 山本 😀 "
    "a\N{COMBINING DOT BELOW}\N{COMBINING ACUTE ACCENT}"
    "\N{RIGHT-TO-LEFT OVERRIDE}48\N{POP DIRECTIONAL FORMATTING}\0\x1b\N{ZERO WIDTH SPACE}<b>& {0}"
)


@settings(max_examples=3)
@example(EVERY_SCRIPT)
@given(st.text(max_size=60))
def test_that_any_text_in_every_field_is_drawn_archived_and_sealed(typed: str) -> None:
    overview = spoiled(added(esketamine(), "x"), typed)
    record = json.dumps({"typed": typed}).encode()
    content = ReportPress().seal(overview, record, practice_key(DANA))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        kept = pdf.attachments[RECORD_NAME].get_file().read_bytes()
    assert json.loads(kept) == {"typed": typed}


def test_that_what_the_typefaces_lack_is_printed_as_its_code_point() -> None:
    words = text(ReportPress().draw(spoiled(esketamine(), EVERY_SCRIPT)))
    for char in "مש山😀हि\N{RIGHT-TO-LEFT OVERRIDE}\0\x1b\N{ZERO WIDTH SPACE}":
        assert f"[U+{ord(char):04X}]" in words
    assert "Łącka Ελένη Прасковья" in words
    assert "<b>& {0}" in words


@pytest.mark.timeout(60)
def test_that_the_record_of_a_session_that_nobody_hopes_for_is_attached_whole() -> None:
    made = sealed_example("extreme")
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        assert pdf.attachments[RECORD_NAME].get_file().read_bytes() == made.record
    written = json.loads(made.record)
    assert len([e for e in written["entries"] if e["kind"] == "reading"]) == 60
    notes = [e["text"] for e in written["entries"] if "山本 😀" in e.get("text", "")]
    assert len(notes) == 31
    assert "w" * 5_000 in notes[-1]
    assert "[U+5C71][U+672C]" in text(made.content)
