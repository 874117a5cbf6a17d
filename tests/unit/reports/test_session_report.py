"""The report as a reader meets it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable
from importlib import metadata

import pypdfium2
import pytest

from monitor.history import HistoryGap
from monitor.overview import LocalTime, SessionOverview
from monitor.phases import Phase
from reports.pages import page_count
from reports.pdf.parts import EmptySections
from reports.pdf.session_report import render, story
from tests.fakes.overview_parts import DANA, at, digest
from tests.fakes.overviews import draft, esketamine, extreme, injected, ketamine
from tests.unit.reports.hostile import LONG, SHORT, spoiled
from tests.unit.reports.reading_back import pages, text

SAMPLES: list[Callable[[], SessionOverview]] = [ketamine, esketamine, draft, extreme, injected]


def test_that_drawing_twice_in_one_process_gives_the_same_bytes() -> None:
    first = render(ketamine())
    render(extreme())
    assert render(ketamine()) == first


@pytest.mark.parametrize("sample", SAMPLES)
def test_that_every_typeface_is_embedded(sample: Callable[[], SessionOverview]) -> None:
    content = render(sample())
    faces = set(re.findall(rb"/BaseFont /(\S+)", content))
    assert faces
    assert all(re.fullmatch(rb"[A-Z]{6}\+Noto\S+", face) for face in faces), faces
    assert content.count(b"/FontFile2") == len(re.findall(rb"/Type /FontDescriptor", content))


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_that_every_page_says_whose_it_is_and_which_of_how_many(
    sample: Callable[[], SessionOverview], paper: str
) -> None:
    overview = sample()
    content = render(overview, paper)
    found = pages(content)
    assert len(found) == page_count(content)
    for number, words in enumerate(found, 1):
        assert f"page {number} of {len(found)}" in words
        assert f"born {overview.patient.born.isoformat()}" in words
        assert f"record {overview.patient.number}" in words
        assert f"Session {overview.code} · version 1" in words
        assert f"record digest {overview.digest[:12]}" in words
        assert "rehearsal, not a real patient" in words


def test_that_the_usual_sessions_fit_on_few_pages() -> None:
    for paper in ("a4", "letter"):
        assert page_count(render(ketamine(), paper)) == 3
        assert page_count(render(esketamine(), paper)) == 2


def test_that_a_session_for_real_is_not_called_a_rehearsal() -> None:
    assert "rehearsal" not in text(render(dataclasses.replace(ketamine(), rehearsal=False)))


def test_that_no_section_is_ever_left_out() -> None:
    headings = (
        "Exceptions", "Order and dose", "Course", "Readings", "Second check", "Preparation",
        "Infusion", "Accounting", "Events and drugs",
        "Alerts and acknowledgements", "Ratings", "Amendments", "Gaps and explanations",
        "Readiness and discharge", "Signatures", "Proof",
    )  # fmt: skip
    bare = dataclasses.replace(
        ketamine(),
        readings=(), slots=(), events=(), alerts=(), scores=(), amendments=(), gaps=(), door=(),
        checklist=(), signatures=(), segments=(), order=None, weight=None, reference=None,
    )  # fmt: skip
    for overview in (ketamine(), bare):
        words = text(render(overview))
        assert [heading for heading in headings if heading not in words] == []


def test_that_an_empty_section_says_none() -> None:
    quiet = dataclasses.replace(ketamine(), events=(), alerts=(), amendments=(), scores=())
    words = text(render(quiet))
    assert "Events and drugs None" in words
    assert "Alerts and acknowledgements None raised" in words
    assert "Amendments None" in words
    assert "Ratings None" in words


def test_that_empty_sections_in_a_row_share_a_line_but_keep_their_own_words() -> None:
    quiet = dataclasses.replace(ketamine(), alerts=(), amendments=(), scores=(), gaps=())
    shared = (
        "Alerts and acknowledgements None raised Ratings None Amendments None "
        "Gaps and explanations None Readiness and discharge"
    )
    assert shared in text(render(quiet))
    lone = [each for each in story(quiet) if isinstance(each, EmptySections)]
    assert [len(each.placed) for each in lone] == [4]
    words = text(render(cancelled(ketamine())))
    assert "Readiness and discharge No drug was given Cancelled: unwell" in words


def test_that_a_draft_says_so_on_every_page() -> None:
    for words in pages(render(draft())):
        assert words.count("UNSIGNED DRAFT") == 3
        assert "unsigned draft" in words
    assert "2 gaps stand before a signature" in text(render(draft()))


def test_that_a_nurse_s_signature_alone_is_still_a_draft() -> None:
    whole = ketamine()
    words = text(
        render(dataclasses.replace(whole, status="signed", signatures=whole.signatures[:1]))
    )
    assert "UNSIGNED DRAFT" in words
    assert "signed by the nurse, not yet co-signed" in words
    assert "reviewed and approved ○ not signed" in words


def test_that_a_co_signed_report_is_no_draft() -> None:
    words = text(render(ketamine()))
    assert "draft" not in words.lower()
    assert "Version 1, signed" in words
    assert "2026-03-02 12:31:47 +01:00" in words


def test_that_a_void_signature_is_shown_as_void() -> None:
    void = dataclasses.replace(ketamine().signatures[0], digest=digest("old"), holds=False)
    again = dataclasses.replace(ketamine(), signatures=(void, *ketamine().signatures))
    words = text(render(again))
    assert "void: the record was amended after it" in words
    assert "1 signature void" in words


def test_that_signatures_carry_name_credential_role_meaning_and_offset() -> None:
    words = text(render(ketamine()))
    assert f"reviewed and approved {DANA.name} {DANA.credential}, prescriber" in words
    assert f"digest {ketamine().digest[:16]}" in words


def test_that_what_is_not_recorded_is_said() -> None:
    bare = dataclasses.replace(draft(), dose=dataclasses.replace(draft().dose, checks=()))
    words = text(render(bare))
    assert "second check: not recorded" in words
    assert "wasted not recorded unaccounted not recorded" in words
    assert "Lot, expiry not recorded" in words
    assert "Accounting Prepared, wasted, kept: not recorded Given is computed" in words
    assert "The protocol requires one; none was made." in words


def test_that_the_sheet_shows_both_times_and_how_each_slot_was_closed() -> None:
    words = text(render(ketamine()))
    assert "+15 11:00 11:07 11:16 149/92 111 80 98 16 5 3 ◐ late +7 MB" in words
    assert "+30 11:15 – – – – – – – – – ✕ missed in bathroom" in words
    assert "10:23 10:23 182/111 135 92 97 15 5 6 + extra reading NK ▲ A2" in words
    assert "on time −1" in words


def test_that_an_amendment_shows_old_and_new() -> None:
    words = text(render(ketamine()))
    assert "165/95 156/95 115 78 98" in words
    assert "R1 reading 10:10 165/95 → 156/95 digits transposed" in words


def test_that_devices_stand_with_both_clocks() -> None:
    words = text(render(esketamine()))
    assert "138 min since device 1" in words
    assert "129 min since device 3" in words
    assert "3 10:09 4 min, 1 min early 9 min 28 mg 2 SYN26A07 2027-11 NK" in words


def test_that_an_incomplete_rating_has_no_total() -> None:
    assert "0 0 – 0 0 – incomplete (4 of 6 answered)" in text(render(ketamine()))


def test_that_the_proof_names_digest_protocol_and_software() -> None:
    words = text(render(ketamine()))
    whole = ketamine().digest
    assert " ".join(whole[n : n + 8] for n in range(0, 64, 8)) in words
    assert "iv-ketamine-40 v4, approved by Dana Silva here" in words
    assert f"Chairside {metadata.version('chairside')}" in words
    assert "51 in this session" in words
    assert "not a medical device" in words


def test_that_values_beyond_the_axis_stand_in_words() -> None:
    words = text(render(extreme()))
    assert "↑ 236 off scale" in words
    assert "↓ 36 off scale" in words


def test_that_a_session_across_midnight_keeps_its_order_and_names_the_day() -> None:
    whole = ketamine()
    shift = dt.timedelta(hours=13, minutes=30)

    def later(thing: object) -> object:
        if isinstance(thing, dt.datetime):
            return thing + shift
        if isinstance(thing, tuple):
            return tuple(later(item) for item in thing)
        if dataclasses.is_dataclass(thing) and not isinstance(thing, type | LocalTime):
            held = {f.name: later(getattr(thing, f.name)) for f in dataclasses.fields(thing)}
            return dataclasses.replace(thing, **held)
        return thing

    moved = later(whole)
    assert isinstance(moved, SessionOverview)
    words = text(render(moved))
    assert "20 23:50 23:50 23:51 184/108" in words
    assert "03-03 00:30 03-03 00:37 03-03 00:46 149/92" in words
    assert "2026-03-03" in words


def test_that_a_repeated_hour_is_told_apart_by_its_offset() -> None:
    whole = ketamine()
    local = LocalTime((*whole.local.steps, (at("11:10"), 0)))
    words = text(render(dataclasses.replace(whole, local=local)))
    assert "10:30 (+00:00)" in words
    assert not re.search(r"\( \+|\d \)", words)


def cancelled(whole: SessionOverview) -> SessionOverview:
    return dataclasses.replace(
        whole,
        phase=Phase.CANCELLED, cancelled_reason="unwell", started_at=None, ended_at=None,
        ended_how="", left_how=None, devices=(), devices_ordered=0, segments=(), events=(),
        readings=whole.readings[:1], slots=whole.slots[:1], alerts=(), amendments=(), gaps=(),
        scores=(), checklist=tuple((key, said, False) for key, said, _ in whole.checklist),
    )  # fmt: skip


def test_that_a_cancelled_nasal_session_shows_nothing_of_an_infusion() -> None:
    words = text(render(cancelled(esketamine())))
    assert "nfusion" not in words
    assert "Since" not in words
    assert "Devices none given" in words
    assert "Drug none given" in words
    assert "Readiness and discharge No drug was given Cancelled: unwell" in words


def test_that_a_cancelled_infusion_says_that_no_drug_was_given() -> None:
    words = text(render(cancelled(ketamine())))
    assert "Infusion No drug was given" in words
    assert "Infusion ran" not in words
    assert "Pump’s figure" not in words


def test_that_what_a_device_lacks_stands_on_one_line() -> None:
    device = dataclasses.replace(esketamine().devices[0], lot="", expiry="")
    content = render(dataclasses.replace(esketamine(), devices=(device,)))
    lines = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
    assert "not recorded not recorded" in lines


@pytest.mark.parametrize("typed", SHORT)
def test_that_typed_text_never_stops_the_report(typed: str) -> None:
    for sample in (ketamine, esketamine):
        assert page_count(render(spoiled(sample(), typed))) >= 2


@pytest.mark.parametrize("typed", LONG)
def test_that_endless_text_never_stops_the_report(typed: str) -> None:
    assert page_count(render(spoiled(esketamine(), typed))) >= 2


def test_that_a_note_beyond_all_measure_is_cut_and_says_so() -> None:
    noted = dataclasses.replace(ketamine().events[1], text="word " * 2_500)
    words = text(render(dataclasses.replace(ketamine(), events=(noted,))))
    assert words.count("word word") > 900
    assert "(2,500 more characters stand in the record)" in words


def test_that_typed_text_prints_as_typed() -> None:
    words = text(render(spoiled(ketamine(), "<b>x</b> & Θ")))
    assert "<b>x</b> & Θ" in words
    words = text(render(spoiled(ketamine(), "{0} {name} <b>oops")))
    assert "{0} {name} <b>oops" in words


def test_that_names_in_polish_greek_and_cyrillic_print() -> None:
    words = text(render(extreme()))
    assert "Wójcik-Łącka Papadopoulou-Χατζηγεωργίου" in words
    assert "Ελένη Κωνσταντίνου" in words
    assert "наблюдение" in words


def test_that_a_character_without_glyph_becomes_a_code_point_with_a_remark() -> None:
    words = text(render(extreme()))
    assert "[U+5C71][U+672C]" in words
    assert "the exact text is in the record" in words
    assert "stand as [U+" not in text(render(ketamine()))


def test_that_no_link_file_or_picture_gets_into_the_page() -> None:
    content = render(spoiled(ketamine(), '<a href="x">y</a><img src="/etc/hosts"/>'))
    assert b"/URI" not in content
    assert b"/Subtype /Image" not in content


def test_that_the_extreme_session_loses_nothing() -> None:
    words = text(render(extreme()))
    assert all(f"({n}) " in words for n in range(1, 27))
    assert all(f"наблюдение {n}:" in words for n in range(2, 30))


def test_that_an_open_session_shows_where_it_stands() -> None:
    whole = ketamine()
    running = dataclasses.replace(
        whole,
        status="open", seen_at=at("10:21"), closed_at=None, ended_at=None, ended_how="",
        left_how=None, signatures=(), planned_end=at("10:40"),
        segments=(dataclasses.replace(whole.segments[0], end=None),),
        readings=whole.readings[:3], slots=whole.slots[:3], events=whole.events[:2],
        alerts=(), amendments=(), gaps=(), scores=(),
    )  # fmt: skip
    words = text(render(running))
    assert "now" in words
    assert "planned" in words
    assert "Not discharged." in words
    assert "10:00 runs 21 min 75 mL/h" in words


def test_that_a_part_of_the_record_that_is_missing_is_said_on_page_1_until_explained() -> None:
    gap = HistoryGap(at("07:05"), at("07:40"), noticed_at=at("08:02"), noticed_by=DANA)
    noted = pages(render(dataclasses.replace(ketamine(), history_gap=gap)))[0]
    assert "what was written from 2026-03-02 07:05 to 2026-03-02 07:40" in " ".join(noted.split())
    assert "Noted 2026-03-02 08:02 by Dana Silva" in " ".join(noted.split())
    alone = HistoryGap(at("07:05"), at("07:05"))
    unseen = text(render(dataclasses.replace(ketamine(), history_gap=alone)))
    assert "on 2026-03-02 07:05, in this session" in " ".join(unseen.split())
    assert "Nobody has noted it yet." in unseen
    assert "is missing" not in text(render(ketamine()))
