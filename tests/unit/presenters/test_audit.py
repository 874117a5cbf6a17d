"""The audit desk, without a window."""

from __future__ import annotations

import csv
import dataclasses
import errno
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.clinic import Lists
from monitor.entries import ReportVerified
from monitor.errors import Code, StorageError
from monitor.ledger import Break, Finding
from monitor.sealed_file import MOST_READ
from monitor.signing import ExportReport
from monitor.verdict import Knowledge, Reason, Seen, Standing, Verdict
from monitor.verifying import NoteVerified, VerifyReport
from tests.fakes.clock import WARSAW
from tests.fakes.views_audit import FakeAuditView, Later
from tests.fakes.visit import Visit
from ui.brought_files import CHANGED, as_looked_at, brought
from ui.presenters import audit_files
from ui.presenters.audit import NONE_TO_PRINT, AuditDoors, AuditPresenter, Order, Reading
from ui.presenters.audit_verdicts import Kind, Looked, VerdictRow, believed

GENUINE = Verdict(
    Standing.GENUINE,
    "3f" * 32,
    "S-1",
    1,
    knowledge=Knowledge.RECORD,
    reasons=(Reason(Seen.INTACT, held=True), Reason(Seen.REHEARSAL)),
)


class Desk:
    """An auditor at the desk of a clinic with one session that is under way."""

    def __init__(self, look: Callable[[Path], Looked] | None = None) -> None:
        self.visit = Visit()
        self.view, self.later = FakeAuditView(), Later()
        self.written: dict[Path, bytes] = {}
        self.papers: list[tuple[bytes, str]] = []
        self.trouble: OSError | None = None
        world = self.visit.world
        self.presenter = AuditPresenter(
            self.view,
            AuditDoors(
                look=look or self._look,
                read=as_looked_at,
                note_print=lambda content, printer: self.papers.append((content, printer)),
                clinic=Lists(world).clinic,
                write=self._write,
                now=world.clock.now,
                zone=WARSAW,
                run=self.later,
            ),
        )
        self.presenter.refresh()

    def _look(self, path: Path) -> Looked:
        world = self.visit.world
        seen = brought(path, world.press.read)
        verdict = VerifyReport(world).of(seen.facts, seen.content)
        NoteVerified(world)(verdict, self.visit.nurse)
        return Looked(verdict)

    def _write(self, path: Path, content: bytes) -> None:
        if self.trouble:
            raise self.trouble
        self.written[path] = content

    def verify(self, *paths: Path) -> None:
        """Drop files and let them all be looked at."""
        self.presenter.verify(paths)
        while self.later.waiting:
            self.later.do_next()

    def print(self, key: int) -> None:
        """Ask for the pages of a file on paper."""
        self.presenter.print_it(key)
        while self.later.waiting:
            self.later.do_next()

    def row(self, name: str) -> VerdictRow:
        return next(row for row in self.view.rows if row.name == name)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def several(folder: Path, count: int) -> list[Path]:
    return [written(folder / f"{n}.pdf", f"%PDF-{n}".encode()) for n in range(count)]


def test_that_a_draft_is_told_from_a_report_that_was_changed(desk: Desk, tmp_path: Path) -> None:
    content = ExportReport(desk.visit.world)(desk.visit.session_id, desk.visit.nurse)
    desk.verify(
        written(tmp_path / "draft.pdf", content), written(tmp_path / "bent.pdf", content + b" ")
    )
    bent, draft = desk.view.rows
    assert draft.sentence.startswith("Unchanged, but an unsigned draft (session ")
    assert draft.kind is Kind.DRAFT
    assert bent.kind in (Kind.CHANGED, Kind.FOREIGN)
    assert bent.sentence.startswith("Not genuine: ")
    assert (draft.name, draft.place) == ("draft.pdf", str(tmp_path))


def test_that_a_file_is_printed_only_as_it_was_when_it_was_looked_at(
    desk: Desk, tmp_path: Path
) -> None:
    path = written(tmp_path / "letter.pdf", b"%PDF-")
    desk.verify(path)
    desk.print(desk.row("letter.pdf").key)
    assert desk.papers == [(b"%PDF-", "Front desk")]
    assert (desk.view.said, desk.view.well) == ("Handed to the printer Front desk.", True)
    path.write_bytes(b"%PDF-2")
    desk.print(desk.row("letter.pdf").key)
    assert (desk.view.said, desk.view.well) == (f"The file letter.pdf: {CHANGED}", False)
    path.unlink()
    desk.print(desk.row("letter.pdf").key)
    assert desk.view.said == "The file letter.pdf: There is no such file."
    desk.print(0)
    assert desk.view.said == NONE_TO_PRINT
    assert len(desk.papers) == 1


def test_that_every_look_is_on_record_and_no_files_name(desk: Desk, tmp_path: Path) -> None:
    desk.verify(written(tmp_path / "nowak-anna.pdf", b"Dear doctor"))
    looks = [e for e in desk.visit.store.entries if isinstance(e.what, ReportVerified)]
    assert [e.what.verdict for e in looks if isinstance(e.what, ReportVerified)] == ["not-a-pdf"]
    assert "nowak" not in repr(looks)


def test_that_an_earlier_draft_stays_a_draft_and_the_later_is_named(
    desk: Desk, tmp_path: Path
) -> None:
    visit = desk.visit
    first = written(
        tmp_path / "first.pdf", ExportReport(visit.world)(visit.session_id, visit.nurse)
    )
    visit.at("09:55").line("122/76 72 98 16 s5 d0")
    second = ExportReport(visit.world)(visit.session_id, visit.nurse)
    desk.verify(first, written(tmp_path / "second.pdf", second))
    assert [row.kind for row in desk.view.rows] == [Kind.DRAFT, Kind.DRAFT]
    assert "a newer draft exists" in desk.row("first.pdf").sentence
    assert "newer" not in desk.row("second.pdf").sentence


def test_that_a_broken_file_stays_broken_beside_a_doubtful_record() -> None:
    findings = (Finding(3, Break.VALUE),)
    broken = Verdict(Standing.CHANGED, "3f" * 32)
    beside = believed(dataclasses.replace(broken, knowledge=Knowledge.RECORD), broken, findings)
    assert (beside.answered, beside.findings) == (broken, ())
    assert believed(GENUINE, broken, findings).answered.standing is Standing.CANNOT_TELL
    assert believed(GENUINE, broken, ()).answered is GENUINE


def test_that_the_reasons_and_the_whole_hash_stand_under_the_sentence(tmp_path: Path) -> None:
    desk = Desk(lambda _: Looked(GENUINE))
    desk.verify(written(tmp_path / "report.pdf", b"%PDF-"))
    (row,) = desk.view.rows
    assert [reason.held for reason in row.reasons] == [True, None, None]
    assert row.reasons[-1].words.endswith("3f" * 32)
    assert "proves nothing" in row.sentence


def test_that_what_cannot_be_read_gets_a_sentence_and_the_next_file_its_turn(
    desk: Desk, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    empty = tmp_path / "empty"
    empty.mkdir()
    desk.verify(
        tmp_path / "gone.pdf",
        tmp_path / "pipe.pdf",
        Path("no\0name.pdf"),
        Path("x" * 5000),
        empty,
        written(tmp_path / "last.pdf", b""),
    )
    unread = [row for row in desk.view.rows if row.kind is Kind.UNREAD]
    assert len(unread) == 5
    assert all(row.sentence.endswith(".") for row in unread)
    assert desk.row("gone.pdf").sentence == "There is no such file."
    assert desk.row("empty").sentence == "There is no PDF in this folder."
    assert desk.row("last.pdf").sentence == "Not genuine: this file is no PDF."
    assert desk.view.reading[-1] is None


def test_that_a_file_of_500_mb_is_answered_and_never_in_memory(desk: Desk, tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(MOST_READ + 1)
    desk.verify(large)
    assert "5 MB" in desk.view.rows[0].sentence
    assert desk.view.rows[0].kind is Kind.FOREIGN


def test_that_a_folder_is_taken_for_the_pdfs_in_it_and_says_how_many(
    desk: Desk, tmp_path: Path
) -> None:
    inner = tmp_path / "2026"
    inner.mkdir()
    several(tmp_path, 2)
    written(inner / "DEEP.PDF", b"%PDF-9")
    written(tmp_path / "notes.txt", b"not one")
    desk.verify(tmp_path)
    assert sorted(row.name for row in desk.view.rows) == ["0.pdf", "1.pdf", "DEEP.PDF"]
    assert desk.view.said == "The folder holds 3 PDFs."


def test_that_a_folder_with_far_too_many_is_refused_whole(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(tmp_path, 3)
    monkeypatch.setattr(audit_files, "MOST", 2)
    desk.verify(tmp_path)
    (row,) = desk.view.rows
    assert row.sentence == "This folder holds more than 2 PDFs: drop a part of them at a time."


def test_that_a_folder_nobody_may_look_into_says_so(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", refuse)
    desk.verify(tmp_path)
    assert desk.view.rows[0].sentence == "This folder may not be looked into: ask whoever owns it."


def test_that_a_file_dropped_twice_at_once_is_looked_at_once_and_said(
    desk: Desk, tmp_path: Path
) -> None:
    one, two = several(tmp_path, 2)
    desk.verify(one, two, one)
    assert desk.view.title == "2 files"
    assert desk.view.said == "1 file was dropped twice, and looked at once."
    reading = [each.said for each in desk.view.reading if each]
    assert reading == ["Looking at 1 of 2, 0.pdf …", "Looking at 2 of 2, 1.pdf …"]


def test_that_the_same_bytes_under_another_name_are_said_to_be_the_same(
    desk: Desk, tmp_path: Path
) -> None:
    one = written(tmp_path / "one.pdf", b"%PDF-")
    desk.verify(one, written(tmp_path / "two.pdf", b"%PDF-"))
    assert desk.row("one.pdf").note == ""
    assert desk.row("two.pdf").note == "The same file as one.pdf, byte for byte."
    desk.verify(one)
    assert "Looked at before, byte for byte." in [row.note for row in desk.view.rows]


def test_that_the_worst_comes_first_until_it_is_asked_for_otherwise(tmp_path: Path) -> None:
    standings = (Standing.GENUINE, Standing.CHANGED, Standing.SUPERSEDED, Standing.FOREIGN)
    kinds = dict(zip("0123", standings, strict=True))
    desk = Desk(
        lambda path: Looked(
            dataclasses.replace(GENUINE, standing=kinds[path.stem], sha256=path.stem * 64)
        )
    )
    desk.verify(*several(tmp_path, 4))
    assert [row.name[0] for row in desk.view.rows] == ["1", "3", "2", "0"]
    desk.presenter.put_in_order(Order.DROPPED)
    assert [row.name[0] for row in desk.view.rows] == ["0", "1", "2", "3"]
    assert desk.view.order is Order.DROPPED
    desk.verify(written(tmp_path / "1.pdf", b"again"))
    assert [row.name[0] for row in desk.view.rows] == ["0", "1", "2", "3", "1"]
    assert desk.view.counts == {Kind.GENUINE: 1, Kind.NEWER: 1, Kind.FOREIGN: 1, Kind.CHANGED: 2}


def test_that_a_hundred_files_can_be_stopped_and_what_was_told_stays(tmp_path: Path) -> None:
    desk = Desk(lambda path: Looked(dataclasses.replace(GENUINE, sha256=path.stem)))
    desk.presenter.verify(several(tmp_path, 100))
    for _ in range(13):  # gathers them, then looks at twelve
        desk.later.do_next()
    assert desk.view.reading[-1] == Reading(12, 100, "Looking at 13 of 100, 12.pdf …")
    desk.presenter.cancel()
    while desk.later.waiting:
        desk.later.do_next()
    assert len(desk.view.rows) == 13
    assert (desk.view.said, desk.view.well) == ("Stopped: 13 looked at, 87 not.", False)
    desk.verify(written(tmp_path / "more.pdf", b"%PDF-"))
    assert desk.view.title == "14 files"


def test_that_a_record_that_does_not_agree_with_itself_makes_nothing_genuine(
    tmp_path: Path,
) -> None:
    desk = Desk(lambda _: Looked(GENUINE, (Finding(3, Break.VALUE),)))
    desk.verify(written(tmp_path / "report.pdf", b"%PDF-"))
    (row,) = desk.view.rows
    assert row.kind is Kind.UNTOLD
    assert row.sentence.startswith("Nothing certain can be told of this PDF: the record at Rive")


def test_that_an_answer_that_could_not_be_noted_is_given_and_says_so(tmp_path: Path) -> None:
    desk = Desk(lambda _: Looked(GENUINE, unnoted="The disk is full."))
    desk.verify(written(tmp_path / "report.pdf", b"%PDF-"))
    assert desk.view.rows[0].kind is Kind.GENUINE
    assert desk.view.rows[0].note == "The record took no note of it. The disk is full."


def test_that_the_records_refusal_is_told_of_the_file(tmp_path: Path) -> None:
    def busy(_: Path) -> Looked:
        raise StorageError(Code.BUSY)

    desk = Desk(busy)
    desk.verify(written(tmp_path / "one.pdf", b"%PDF-"))
    assert desk.view.rows[0].kind is Kind.UNREAD
    assert desk.view.rows[0].sentence.startswith("Someone else was writing")


def test_that_a_fault_in_one_file_keeps_none_of_the_others_waiting(tmp_path: Path) -> None:
    def broken(_: Path) -> Looked:
        raise RuntimeError

    desk = Desk(broken)
    desk.presenter.verify(several(tmp_path, 2))
    desk.later.do_next()
    with pytest.raises(RuntimeError):
        desk.later.do_next()
    assert desk.later.waiting == 1


def test_that_nothing_is_shown_once_the_room_is_gone(tmp_path: Path) -> None:
    desk = Desk(lambda _: Looked(GENUINE))
    desk.presenter.verify(several(tmp_path, 2))
    desk.later.do_next()
    desk.presenter.close()
    desk.later.do_next()
    assert (desk.view.rows, desk.later.waiting) == ([], 0)


def test_that_the_list_can_be_cleared(desk: Desk, tmp_path: Path) -> None:
    desk.verify(written(tmp_path / "one.pdf", b"%PDF-"))
    desk.presenter.clear()
    assert (desk.view.rows, desk.view.title, desk.view.counts) == ([], "0 files", {})
    desk.presenter.save()
    desk.presenter.copy()
    assert (desk.view.asked, desk.view.copied) == ([], "")


def test_that_the_answers_are_copied_a_line_each(tmp_path: Path) -> None:
    desk = Desk(lambda _: Looked(GENUINE))
    desk.verify(*several(tmp_path, 2))
    desk.presenter.copy()
    first, second = desk.view.copied.splitlines()
    assert first.startswith("0.pdf: Genuine and unchanged (session S-1, version 1).")
    assert second.endswith("The same file as 0.pdf, byte for byte.")
    assert desk.view.said == "Copied: 2 answers."


def test_that_the_table_holds_every_answer_and_no_formula(tmp_path: Path) -> None:
    desk = Desk(lambda _: Looked(GENUINE))
    desk.verify(written(tmp_path / "=HYPERLINK(1).pdf", b""))
    desk.presenter.save()
    assert desk.view.asked == ["verified-2026-03-02.csv"]
    desk.presenter.save_to(tmp_path / "answers.csv")
    text = desk.written[tmp_path / "answers.csv"].decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["file"] == "'=HYPERLINK(1).pdf"
    assert (row["answer"], row["session"], row["version"]) == ("Genuine and unchanged", "S-1", "1")
    assert (row["sha256"], row["known from"]) == ("3f" * 32, "record")


def test_that_a_table_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    desk = Desk(lambda _: Looked(GENUINE))
    desk.verify(written(tmp_path / "one.pdf", b""))
    desk.trouble = OSError(errno.ENOSPC, "No space left on device")
    desk.presenter.save_to(tmp_path / "answers.csv")
    assert desk.view.said.startswith("The disk is full; make room or choose another folder.")
    assert not desk.view.well
