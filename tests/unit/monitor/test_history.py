"""A gap in the record's history: noted once, explained by an administrator, in nobody's way."""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.desk import ShowSession
from monitor.entries import HistoryGapExplained, HistoryGapNoticed
from monitor.errors import Code
from monitor.history import HISTORY, Gap, GapKind, open_gap
from monitor.history_keeping import ExplainHistoryGap, NoteHistoryGap, ShowHistoryGap
from monitor.ledger import Head, Remembered, Where
from monitor.people import Author, Role
from tests.fakes.gaps import AUDITOR, BOSS, Rolled, lost

REASON = "The disk failed; the record was restored from Friday's backup."


@pytest.fixture
def clinic() -> Rolled:
    return Rolled()


def noticed(clinic: Rolled) -> list[HistoryGapNoticed]:
    return [e.what for e in clinic.history if isinstance(e.what, HistoryGapNoticed)]


def test_that_a_shorter_record_was_cut_and_another_hash_was_rewritten() -> None:
    remembered = Remembered(
        Head(52, "ef" * 32), dt.datetime(2026, 3, 2, tzinfo=dt.UTC), Where.STATION
    )
    assert Gap(remembered, Head(40, "cd" * 32)).kind is GapKind.CUT
    assert Gap(remembered, Head(52, "cd" * 32)).kind is GapKind.REWRITTEN
    assert Gap(remembered, Head(90, "cd" * 32)).kind is GapKind.REWRITTEN


def test_that_nothing_is_missing_where_nothing_contradicts(clinic: Rolled) -> None:
    clinic.gaps = ()
    assert ShowHistoryGap(clinic.world)() is None
    with clinic.visit.refused(Code.NOTHING_OPEN):
        NoteHistoryGap(clinic.world)(clinic.visit.nurse)
    with clinic.visit.refused(Code.NOTHING_OPEN):
        ExplainHistoryGap(clinic.world)(BOSS, REASON)


def test_that_many_heads_that_went_missing_together_are_one_gap(clinic: Rolled) -> None:
    gap = ShowHistoryGap(clinic.world)()
    assert gap is not None
    assert (gap.since, gap.until) == (clinic.visit.instant("09:10"), clinic.visit.instant("09:30"))
    assert gap.noticed_at is None
    NoteHistoryGap(clinic.world)(clinic.visit.nurse)
    (what,) = noticed(clinic)
    assert (what.remembered_seq, what.where) == (52, "station")


def test_that_a_gap_is_noted_once_whoever_notes_it_again(clinic: Rolled) -> None:
    NoteHistoryGap(clinic.world)(clinic.visit.nurse)
    NoteHistoryGap(clinic.world)(clinic.visit.prescriber)
    assert len(clinic.history) == 1
    gap = ShowHistoryGap(clinic.world)()
    assert gap is not None
    assert gap.noticed_by == clinic.visit.nurse


def test_that_a_further_loss_wants_to_be_noted_again(clinic: Rolled) -> None:
    NoteHistoryGap(clinic.world)(clinic.visit.nurse)
    clinic.visit.at("10:30")
    clinic.gaps = (*clinic.gaps, lost(60, clinic.visit.instant("10:20")))
    gap = ShowHistoryGap(clinic.world)()
    assert gap is not None
    assert gap.noticed_at is None
    NoteHistoryGap(clinic.world)(clinic.visit.nurse)
    assert [what.remembered_seq for what in noticed(clinic)] == [52, 60]


def test_that_what_went_missing_after_an_explanation_is_a_gap_of_its_own(clinic: Rolled) -> None:
    ExplainHistoryGap(clinic.world)(BOSS, REASON)
    assert ShowHistoryGap(clinic.world)() is None
    clinic.visit.at("11:00")
    clinic.gaps = (*clinic.gaps, lost(48, clinic.visit.instant("10:50")))
    gap = ShowHistoryGap(clinic.world)()
    assert gap is not None
    assert gap.since == clinic.visit.instant("10:50")


def test_that_a_head_from_a_clock_that_ran_ahead_can_be_noted_and_explained(
    clinic: Rolled,
) -> None:
    ahead = clinic.visit.instant("09:30") + dt.timedelta(days=400)
    clinic.gaps = (lost(50, ahead), lost(52, clinic.visit.instant("09:30")))
    NoteHistoryGap(clinic.world)(clinic.visit.nurse)
    gap = ShowHistoryGap(clinic.world)()
    assert gap is not None
    assert gap.noticed_at is not None
    ExplainHistoryGap(clinic.world)(BOSS, REASON)
    assert ShowHistoryGap(clinic.world)() is None


def test_that_a_noted_gap_stands_at_a_computer_that_remembers_nothing(clinic: Rolled) -> None:
    NoteHistoryGap(clinic.world)(clinic.visit.nurse)
    gap = open_gap((), clinic.history)
    assert gap is not None
    assert gap.noticed_by == clinic.visit.nurse


@pytest.mark.parametrize("author", [AUDITOR, Author("x", Role.NURSE, "X")])
def test_that_an_explanation_is_an_administrators_alone(clinic: Rolled, author: Author) -> None:
    with clinic.visit.refused(Code.NOT_ALLOWED):
        ExplainHistoryGap(clinic.world)(author, REASON)


def test_that_an_auditor_notes_nothing(clinic: Rolled) -> None:
    with clinic.visit.refused(Code.NOT_ALLOWED):
        NoteHistoryGap(clinic.world)(AUDITOR)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_that_an_explanation_needs_a_reason(clinic: Rolled, reason: str) -> None:
    with clinic.visit.refused(Code.REASON_MISSING):
        ExplainHistoryGap(clinic.world)(BOSS, reason)


def test_that_an_explanation_is_kept_with_its_reason_and_closes_the_gap(clinic: Rolled) -> None:
    NoteHistoryGap(clinic.world)(clinic.visit.nurse)
    ExplainHistoryGap(clinic.world)(BOSS, f" {REASON} ")
    last = clinic.history[-1]
    assert last.what == HistoryGapExplained(52, "52" * 32)
    assert (last.reason, last.by, last.stream) == (REASON, BOSS, HISTORY)
    assert ShowHistoryGap(clinic.world)() is None
    assert open_gap((), clinic.history) is None


def test_that_a_gap_never_stops_the_charting(clinic: Rolled) -> None:
    visit = clinic.visit.started()
    visit.at("10:10").line("130/80 75 97 16 s4 d2")
    assert visit.row("10:10").reading.heart_rate == 75


def test_that_older_sessions_are_not_signed_until_it_is_explained(clinic: Rolled) -> None:
    visit = clinic.visit
    clinic.treated()
    with visit.signature_refused(Code.HISTORY_GAP):
        visit.signed()
    NoteHistoryGap(clinic.world)(visit.nurse)
    with visit.signature_refused(Code.HISTORY_GAP):
        visit.signed()
    ExplainHistoryGap(clinic.world)(BOSS, REASON)
    visit.signed()
    visit.co_signed()
    assert visit.overview.status == "co-signed"


def test_that_a_signed_session_is_not_co_signed_over_a_gap(clinic: Rolled) -> None:
    gaps, clinic.gaps = clinic.gaps, ()
    visit = clinic.treated().signed()
    clinic.gaps = gaps
    with visit.signature_refused(Code.HISTORY_GAP):
        visit.co_signed()


def test_that_a_session_begun_after_the_gap_was_noted_is_signed(clinic: Rolled) -> None:
    NoteHistoryGap(clinic.world)(clinic.visit.nurse)
    clinic.visit.at("09:52")
    visit = clinic.treated(clinic.another())
    visit.signed()
    assert visit.overview.status == "signed"
    assert visit.overview.history_gap is not None


def test_that_the_overview_tells_of_a_gap_until_it_is_explained(clinic: Rolled) -> None:
    show = ShowSession(clinic.world)
    assert show(clinic.visit.session_id).history_gap is not None
    ExplainHistoryGap(clinic.world)(BOSS, REASON)
    assert show(clinic.visit.session_id).history_gap is None
