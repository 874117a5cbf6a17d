"""The audit desk, without a window."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.clinic import Lists
from monitor.desk import ExportReport
from monitor.entries import ReportVerified
from monitor.errors import Code, StorageError
from monitor.verifying import Standing, Verdict, VerifyReport
from tests.fakes.clock import WARSAW, FakeClock
from tests.fakes.views_audit import FakeAuditView, Later
from tests.fakes.visit import Visit
from ui.presenters.audit import AuditDoors, AuditPresenter
from ui.presenters.audit_verdicts import LARGEST, Kind


class Desk:
    """An auditor at the desk of a clinic with one finished session."""

    def __init__(self, verify: Callable[[bytes], Verdict] | None = None) -> None:
        self.visit = Visit()
        world = self.visit.world
        self.view, self.later = FakeAuditView(), Later()
        self.presenter = AuditPresenter(
            self.view,
            AuditDoors(
                verify=verify or (lambda content: VerifyReport(world)(content, self.visit.nurse)),
                clinic=Lists(world).clinic,
                zone=WARSAW,
                run=self.later,
            ),
        )
        self.presenter.refresh()

    def verify(self, *paths: Path) -> None:
        """Drop files and let them all be looked at."""
        self.presenter.verify(paths)
        while self.later.waiting:
            self.later.do_next()


@pytest.fixture
def desk() -> Desk:
    return Desk()


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_that_a_draft_is_told_from_a_report_that_was_changed(desk: Desk, tmp_path: Path) -> None:
    content = ExportReport(desk.visit.world)(desk.visit.session_id, desk.visit.nurse)
    desk.verify(
        written(tmp_path / "draft.pdf", content), written(tmp_path / "bent.pdf", content + b" ")
    )
    bent, draft = desk.view.rows
    assert draft.sentence.startswith("Unchanged, but an unsigned draft (session ")
    assert (draft.kind, bent.kind) == (Kind.DRAFT, Kind.NOT_OURS)
    assert "the record at Riverside Clinic holds no report" in bent.sentence
    assert (draft.name, draft.place) == ("draft.pdf", str(tmp_path))


def test_that_every_look_is_on_record(desk: Desk, tmp_path: Path) -> None:
    desk.verify(written(tmp_path / "other.pdf", b"%PDF-1.7"))
    looks = [e.what for e in desk.visit.store.entries if isinstance(e.what, ReportVerified)]
    assert [look.verdict for look in looks] == ["changed"]


def test_that_a_later_report_makes_the_earlier_one_superseded(desk: Desk, tmp_path: Path) -> None:
    visit = desk.visit
    first = written(
        tmp_path / "first.pdf", ExportReport(visit.world)(visit.session_id, visit.nurse)
    )
    visit.at("09:55").line("122/76 72 98 16 s5 d0")
    second = ExportReport(visit.world)(visit.session_id, visit.nurse)
    desk.verify(first, written(tmp_path / "second.pdf", second))
    assert [row.kind for row in desk.view.rows] == [Kind.DRAFT, Kind.NEWER]
    newest = desk.view.rows[1].reasons[-2]
    assert (newest.name, newest.held) == ("Newest report of the session", False)


def test_that_signatures_are_told_in_the_clinics_time(tmp_path: Path) -> None:
    at = FakeClock().now()
    signers = (("Dana Silva", "prescriber", "reviewed and approved", at),)
    verdict = Verdict(Standing.GENUINE, "3f" * 32, "S-1", 1, at, signers)
    desk = Desk(lambda _: verdict)
    desk.verify(written(tmp_path / "report.pdf", b"%PDF-"))
    (row,) = desk.view.rows
    assert row.kind is Kind.GENUINE
    assert "on 2026-03-02 at 09:00 CET" in row.sentence
    assert "Dana Silva, prescriber, 2026-03-02 09:00" in [reason.value for reason in row.reasons]


def test_that_what_cannot_be_read_gets_a_sentence_and_the_next_file_its_turn(
    desk: Desk, tmp_path: Path
) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(LARGEST + 1)
    os.mkfifo(tmp_path / "pipe.pdf")
    desk.verify(
        tmp_path,
        tmp_path / "gone.pdf",
        large,
        tmp_path / "pipe.pdf",
        Path("no\0name.pdf"),
        Path("x" * 5000),
        written(tmp_path / "empty.pdf", b""),
        written(tmp_path / "last.pdf", b"%PDF-"),
    )
    said = [row.sentence for row in reversed(desk.view.rows)]
    assert said[0].startswith("This is a folder")
    assert said[1].startswith("This file is not there any more")
    assert said[2].startswith("This file is larger than 500 MB")
    assert said[3].startswith("This is no file")
    assert all(each.startswith("This file cannot be read (") for each in said[4:6])
    assert said[6] == "Not genuine: this file is no PDF."
    assert [row.kind for row in desk.view.rows[:2]] == [Kind.NOT_OURS] * 2
    assert desk.view.counts[Kind.UNREAD] == 6
    assert desk.view.reading[-1] == ""


def test_that_a_file_nobody_may_read_says_so(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied", str(self), mode)

    path = written(tmp_path / "secret.pdf", b"%PDF-")
    monkeypatch.setattr(Path, "open", refuse)
    desk.verify(path)
    assert desk.view.rows[0].sentence == "This file may not be read: ask whoever owns it."


def test_that_the_newest_is_on_top_and_a_file_dropped_twice_at_once_counts_once(
    desk: Desk, tmp_path: Path
) -> None:
    one, two = (written(tmp_path / name, b"%PDF-") for name in ("one.pdf", "two.pdf"))
    desk.verify(one, two, one)
    assert [row.name for row in desk.view.rows] == ["two.pdf", "one.pdf"]
    assert desk.view.title == "2 files"
    assert desk.view.reading[:2] == ["Looking at 1 of 2, one.pdf …", "Looking at 2 of 2, two.pdf …"]


def test_that_the_records_refusal_is_told_of_the_file(tmp_path: Path) -> None:
    def busy(_: bytes) -> Verdict:
        raise StorageError(Code.BUSY)

    desk = Desk(busy)
    desk.verify(written(tmp_path / "one.pdf", b"%PDF-"))
    assert desk.view.rows[0].kind is Kind.UNREAD
    assert desk.view.rows[0].sentence.startswith("Someone else was writing")


def test_that_a_fault_in_one_file_keeps_none_of_the_others_waiting(tmp_path: Path) -> None:
    def broken(_: bytes) -> Verdict:
        raise RuntimeError

    desk = Desk(broken)
    desk.presenter.verify([written(tmp_path / f"{n}.pdf", b"%PDF-") for n in range(2)])
    with pytest.raises(RuntimeError):
        desk.later.do_next()
    assert desk.later.waiting == 1


def test_that_the_list_can_be_cleared(desk: Desk, tmp_path: Path) -> None:
    desk.verify(written(tmp_path / "one.pdf", b"%PDF-"))
    desk.presenter.clear()
    assert (desk.view.rows, desk.view.title, desk.view.counts) == ([], "0 files", {})
