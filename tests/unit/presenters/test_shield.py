"""The shield, the strip over the chairs and the page on the record: what is said, and to whom."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest

from monitor.errors import Code, InputError, RefusedError
from monitor.history import HistoryGap
from monitor.ledger import Break, Finding
from monitor.people import Author, Role
from tests.fakes.clock import WARSAW
from tests.fakes.gaps import AUDITOR, BOSS
from tests.fakes.views_audit import FakeIntegrityView, FakeReport
from ui.presenters.integrity import IntegrityDoors, IntegrityPresenter, integrity_face
from ui.presenters.record_notice import HIDE, LOOK, NOTE, record_notice
from ui.presenters.shield_face import shield_face
from ui.presenters.watching import MEGABYTE, Watched
from ui.presenters.words import grouped

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
NURSE = Author("nk", Role.NURSE, "Nina Kowal", "RN")
OPEN = HistoryGap(NOW - 70 * HOUR, NOW - 69 * HOUR)
NOTED = dataclasses.replace(OPEN, noticed_at=NOW, noticed_by=NURSE)
SOUND = Watched(report=FakeReport(), at=NOW, whole_at=NOW, free=10**12)
VALUE = Finding(18, Break.VALUE)


def sound(**changes: object) -> Watched:
    return dataclasses.replace(SOUND, **changes)  # type: ignore[arg-type]


def shield(watched: Watched) -> tuple[str, str]:
    face = shield_face(watched, WARSAW)
    return face.said, face.tone


@pytest.mark.parametrize(
    ("watched", "said"),
    [
        (Watched(), "Checking the record, 0 %"),
        (Watched(share=0.341), "Checking the record, 34 %"),
        (SOUND, "Record intact, checked 10:00"),
        (sound(share=0.5), "Record intact, checked 10:00"),
        (
            sound(report=FakeReport(checked_from=28112), whole_at=None),
            f"Record intact, checked 10:00 from entry {grouped(28112)} on",
        ),
        (
            sound(report=FakeReport(checked_from=5), whole_at=None, share=0.62, whole=True),
            "Record intact, checked 10:00 from entry 5 on; all of it: 62 %",
        ),
        (
            sound(report=FakeReport(checked_from=5), whole_at=NOW - 2 * HOUR),
            "Record intact, checked 10:00 from entry 5 on, all of it 08:00",
        ),
        (
            sound(report=FakeReport(checked_from=5), whole_at=NOW - 20 * HOUR),
            "Record intact, checked 10:00 from entry 5 on, all of it 2026-03-01 14:00",
        ),
    ],
)
def test_that_a_sound_record_is_called_so_as_far_as_it_was_looked_at(
    watched: Watched, said: str
) -> None:
    assert shield_face(watched, WARSAW).said == said
    assert shield_face(watched, WARSAW).is_quiet


def test_that_a_gap_says_since_when_and_what_to_do() -> None:
    since = "A part of the record is missing since 2026-02-27 12:00"
    assert shield(sound(gap=OPEN)) == (f"{since}: note it and go on", "alert")
    assert shield(sound(gap=NOTED)) == (f"{since}: noted, not explained yet", "alert")


def test_that_a_disk_that_fills_is_said_in_time_and_louder_later() -> None:
    left = "Only {} MB are left on the record's disk: make room"
    assert shield(sound(free=500 * MEGABYTE))[1] == "good"
    assert shield(sound(free=499 * MEGABYTE)) == (left.format(499), "overdue")
    assert shield(sound(free=49 * MEGABYTE)) == (f"{left.format(49)} now", "alert")
    assert shield(sound(free=None))[1] == "good"


def test_that_a_check_that_failed_or_a_record_that_cannot_be_read_says_why() -> None:
    assert shield(sound(trouble="The disk is full.")) == ("Not checked: The disk is full.", "alert")
    said, tone = shield(sound(unread="Someone else was writing."))
    assert (said, tone) == ("Not readable now: Someone else was writing.", "alert")


def test_that_the_worst_is_said_and_the_others_are_counted() -> None:
    found = FakeReport(findings=[VALUE])
    said, _ = shield(sound(free=10 * MEGABYTE, report=found, trouble="x", gap=OPEN))
    assert said.startswith("A part of the record is missing")
    assert said.endswith("(and 3 more: see Audit)")
    said, _ = shield(sound(free=400 * MEGABYTE, report=found))
    assert said.startswith("The record does not agree with itself")
    assert said.endswith("(and 1 more: see Audit)")


@pytest.mark.parametrize("code", [Break.CUT, Break.ROLLED_BACK, Break.REWRITTEN])
def test_that_what_an_open_gap_says_already_is_not_said_twice(code: Break) -> None:
    found = FakeReport(findings=[Finding(52, code)])
    assert "more" not in shield(sound(gap=OPEN, report=found))[0]
    assert "does not agree" in shield(sound(report=found))[0]


# --- the strip ----------------------------------------------------------------------------------


def test_that_a_sound_record_has_no_strip_and_a_disk_that_is_merely_low_neither() -> None:
    assert record_notice(SOUND, NURSE, WARSAW) is None
    assert record_notice(sound(free=300 * MEGABYTE, trouble="x"), NURSE, WARSAW) is None


def test_that_a_nurse_is_told_to_go_on_and_can_note_a_gap() -> None:
    face = record_notice(sound(gap=OPEN), NURSE, WARSAW)
    assert face is not None
    assert face.said == "A part of the record is missing since 2026-02-27 12:00."
    assert face.means == "Go on charting; tell the administrator."
    assert [asks for asks, _ in face.actions] == [NOTE, LOOK]


def test_that_a_gap_that_was_noted_leaves_nurses_alone_and_waits_for_the_administrator() -> None:
    assert record_notice(sound(gap=NOTED), NURSE, WARSAW) is None
    face = record_notice(sound(gap=NOTED), BOSS, WARSAW)
    assert face is not None
    assert ("look", "Explain") in face.actions


def test_that_an_auditor_notes_nothing() -> None:
    face = record_notice(sound(gap=OPEN), AUDITOR, WARSAW)
    assert face is not None
    assert NOTE not in [asks for asks, _ in face.actions]


def test_that_a_strip_that_was_hidden_comes_back_for_another_finding_only() -> None:
    one = sound(report=FakeReport(findings=[VALUE]))
    face = record_notice(one, NURSE, WARSAW)
    assert face is not None
    assert HIDE in [asks for asks, _ in face.actions]
    hidden = frozenset({face.key})
    assert record_notice(one, NURSE, WARSAW, hidden) is None
    two = sound(report=FakeReport(findings=[VALUE, Finding(30, Break.DELETED)]))
    assert record_notice(two, NURSE, WARSAW, hidden) is not None


def test_that_a_hidden_worry_lets_the_next_one_be_seen() -> None:
    worse = sound(report=FakeReport(findings=[VALUE]), free=10 * MEGABYTE)
    first = record_notice(worse, NURSE, WARSAW)
    assert first is not None
    second = record_notice(worse, NURSE, WARSAW, frozenset({first.key}))
    assert second is not None
    assert second.said.startswith("Only 10 MB are left")


# --- the page -----------------------------------------------------------------------------------


def test_that_the_page_names_the_head_the_checkpoints_and_the_last_whole_check() -> None:
    face = integrity_face(SOUND, AUDITOR, WARSAW)
    assert (face.said, face.tone, face.gap) == ("Record intact, checked 10:00.", "good", None)
    assert dict(face.facts) == {
        "Last entry checked": grouped(29611),
        "Its hash begins": "3f" * 6,
        "Checkpoints": "212",
        "All of it checked": "2026-03-02 10:00",
    }
    assert face.bound
    assert face.nothing == "None."


def test_that_nothing_is_claimed_of_a_record_that_was_not_checked_yet() -> None:
    face = integrity_face(Watched(), AUDITOR, WARSAW)
    assert (face.tone, face.facts, face.nothing) == ("text_2", (), "Not known yet.")


def test_that_findings_are_told_one_by_one() -> None:
    found = [VALUE, Finding(30, Break.DELETED)]
    face = integrity_face(sound(report=FakeReport(findings=found)), AUDITOR, WARSAW)
    assert face.said == "The record does not agree with itself: 2 findings, checked 10:00."
    assert len(face.found) == 2
    assert "18" in face.found[0]


def test_that_only_a_check_of_everything_can_be_stopped() -> None:
    whole = integrity_face(sound(share=0.4, whole=True), AUDITOR, WARSAW)
    assert (whole.action, whole.share) == ("Cancel", 0.4)
    part = integrity_face(sound(share=0.4), AUDITOR, WARSAW)
    assert (part.action, part.share) == ("Check everything", None)
    stopped = integrity_face(sound().began(whole=True).was_stopped(), AUDITOR, WARSAW)
    assert stopped.more.startswith("Stopped before the end.")


@pytest.mark.parametrize(
    ("author", "gap", "may"),
    [
        (NURSE, OPEN, (True, False)),
        (NURSE, NOTED, (False, False)),
        (AUDITOR, OPEN, (False, False)),
        (BOSS, OPEN, (True, True)),
        (BOSS, NOTED, (False, True)),
    ],
)
def test_that_each_role_is_offered_what_it_may_do(
    author: Author, gap: HistoryGap, may: tuple[bool, bool]
) -> None:
    face = integrity_face(sound(gap=gap), author, WARSAW).gap
    assert face is not None
    assert (face.can_note, face.can_explain) == may
    assert "from 2026-02-27 12:00 to 2026-02-27 13:00" in face.said


def page(
    note: Callable[[], None] = lambda: None, explain: Callable[[str], None] = lambda _: None
) -> tuple[FakeIntegrityView, IntegrityPresenter, list[str]]:
    view, asked = FakeIntegrityView(), list[str]()
    doors = IntegrityDoors(
        author=lambda: BOSS,
        check=lambda: asked.append("check"),
        cancel=lambda: asked.append("cancel"),
        note=note,
        explain=explain,
        zone=WARSAW,
    )
    return view, IntegrityPresenter(view, doors), asked


def test_that_the_button_begins_a_whole_check_and_stops_it() -> None:
    _, presenter, asked = page()
    presenter.show(sound(share=0.3))
    presenter.press()
    presenter.show(sound(share=0.3, whole=True))
    presenter.press()
    assert asked == ["check", "cancel"]


def test_that_a_refused_explanation_keeps_what_was_typed_and_says_why() -> None:
    def refuse(_: str) -> None:
        raise InputError(Code.REASON_MISSING, "reason", why="history-gap")

    view, presenter, _ = page(explain=refuse)
    presenter.explain("")
    assert view.refusals[-1].startswith("A reason is needed for explaining what is missing")
    assert view.cleared == 0


def test_that_a_refusal_goes_when_the_gap_does() -> None:
    def refuse() -> None:
        raise RefusedError(Code.NOTHING_OPEN, what="history-gap")

    view, presenter, _ = page(note=refuse)
    presenter.show(sound(gap=OPEN))
    assert not presenter.note()
    presenter.refresh()
    assert view.refusals[-1] == "There is no open gap in the record's history; nothing needs doing."
    presenter.show(SOUND)
    assert view.refusals[-1] == ""


def test_that_an_explanation_that_was_taken_empties_the_field() -> None:
    said: list[str] = []
    view, presenter, _ = page(explain=said.append)
    presenter.explain("restored from Friday's backup")
    assert (said, view.cleared) == (["restored from Friday's backup"], 1)


# --- what is known ------------------------------------------------------------------------------


def test_that_only_a_whole_check_says_that_a_finding_is_over() -> None:
    found = Watched().began(whole=True).finished(FakeReport(findings=[VALUE]), NOW)
    assert found.wants_whole
    assert not found.began(whole=True).finished(FakeReport(), NOW).wants_whole


def test_that_the_whole_record_is_due_once_a_day() -> None:
    part = Watched().began(whole=False).finished(FakeReport(), NOW)
    assert part.is_whole_due(NOW)
    whole = part.began(whole=True).finished(FakeReport(), NOW)
    assert not whole.is_whole_due(NOW + 23 * HOUR)
    assert whole.is_whole_due(NOW + 24 * HOUR)


def test_that_progress_that_comes_late_changes_nothing() -> None:
    done = Watched().began(whole=True).went_on(1, 2).finished(FakeReport(), NOW)
    assert done.went_on(2, 2) == done
    assert Watched().began(whole=True).went_on(0, 0).share == 1.0


def test_that_a_check_that_fails_keeps_what_the_last_one_saw() -> None:
    failed = SOUND.began(whole=True).failed("The disk is full.")
    assert (failed.report, failed.at, failed.share) == (SOUND.report, NOW, None)
    assert failed.began(whole=True).finished(FakeReport(), NOW).trouble == ""
