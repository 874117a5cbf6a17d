"""The audit desk on real widgets."""

from __future__ import annotations

import dataclasses
import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from monitor.access_register import ShowAccess
from monitor.clinic import Lists
from monitor.history_keeping import ExplainHistoryGap, NoteHistoryGap, ShowHistoryGap
from monitor.ledger import Break, Finding
from monitor.verifying import VerifyReport
from tests.fakes.clock import WARSAW
from tests.fakes.gaps import BOSS, Rolled
from tests.fakes.records import PATIENCE
from tests.fakes.views_audit import FakeReport
from tests.fakes.visit import Visit
from ui.brought_files import as_looked_at, brought
from ui.files import write_whole
from ui.presenters.audit import AuditDoors, AuditPresenter, Order
from ui.presenters.audit_access import AccessDoors, AccessPresenter
from ui.presenters.audit_verdicts import Looked
from ui.presenters.audit_verifier import Kit, KitDoors, KitPresenter
from ui.presenters.integrity import IntegrityDoors, IntegrityPresenter
from ui.presenters.watching import Watched
from ui.printing import UNDRAWABLE, PrintCourse
from ui.screens.audit.room import AuditRoom
from ui.tasks import Tasks

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


class Desk:
    """The room over a clinic in memory, with a real worker beside the window."""

    def __init__(self, qtbot: QtBot) -> None:
        visit = Visit()
        self.tasks = Tasks()
        self.room = AuditRoom()
        qtbot.addWidget(self.room)
        self.visit, self.go_on = visit, threading.Event()
        self.go_on.set()
        self.presenter = AuditPresenter(
            self.room.files,
            AuditDoors(
                look=self._look,
                read=as_looked_at,
                note_print=lambda *_: None,
                clinic=Lists(visit.world).clinic,
                write=write_whole,
                now=visit.world.clock.now,
                zone=WARSAW,
                run=self.tasks.run,
            ),
        )
        self.access = AccessPresenter(
            self.room.access,
            AccessDoors(
                show=ShowAccess(visit.world),
                save=lambda path, _: write_whole(path, b"rows"),
                draw=lambda _: b"pages",
                note_print=lambda *_: None,
                zone=WARSAW,
                run=self.tasks.run,
            ),
        )
        kit = KitDoors(
            kit=lambda: Kit(b"program", "its certificate", "ab12"),
            write=write_whole,
            run=self.tasks.run,
        )
        self.kit = KitPresenter(self.room.files.kit, kit)
        self.rolled = Rolled()
        self.author = visit.nurse
        self.asked: list[str] = []
        self.integrity = IntegrityPresenter(self.room, self._integrity_doors())
        self.room.wire(self.presenter, self.access, self.kit, self.integrity)
        self.presenter.refresh()
        self.room.resize(1200, 690)
        self.room.show()
        self.room.activateWindow()
        qtbot.waitUntil(self.room.files.drop_zone.choose.hasFocus)

    def _look(self, path: Path) -> Looked:
        assert self.go_on.wait(PATIENCE)
        world = self.visit.world
        seen = brought(path, world.press.read)
        return Looked(VerifyReport(world).of(seen.facts, seen.content, self.visit.nurse))

    def _integrity_doors(self) -> IntegrityDoors:
        world = self.rolled.world
        return IntegrityDoors(
            author=lambda: self.author,
            check=lambda: self.asked.append("check"),
            cancel=lambda: self.asked.append("cancel"),
            note=lambda: NoteHistoryGap(world)(self.author),
            explain=lambda reason: ExplainHistoryGap(world)(self.author, reason),
            zone=WARSAW,
        )

    def watch(self, watched: Watched) -> None:
        """Let this be known of the record, with the gap as it stands now."""
        gap = ShowHistoryGap(self.rolled.world)()
        self.integrity.show(dataclasses.replace(watched, gap=gap))

    def words(self) -> list[str]:
        """Return what can be read on the page."""
        labels = self.room.integrity.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisible() and label.text()]


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.tasks.close()


def files(folder: Path, *names: str) -> list[Path]:
    made = [folder / name for name in names]
    for path in made:
        path.write_bytes(b"%PDF-1.7 " + path.name.encode())
    return made


def drop(room: AuditRoom, paths: list[Path]) -> None:
    """Let files go over the middle of the room."""
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    over = QDragEnterEvent(QPointF(300, 300), copy, carried, buttons, none)
    QApplication.sendEvent(room, over)
    assert over.isAccepted()
    QApplication.sendEvent(room, QDropEvent(QPointF(300, 300), copy, carried, buttons, none))


def test_that_dropped_files_and_a_folder_are_answered(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    inner = tmp_path / "2026"
    inner.mkdir()
    files(inner, "three.pdf")
    drop(desk.room, [*files(tmp_path, "one.pdf", "<b>two<b>.pdf"), inner])
    qtbot.waitUntil(lambda: len(desk.room.files.verdicts.cards) == 3)
    said = [card.accessibleName() for card in desk.room.files.verdicts.cards]
    named = {each.partition(": ")[0].removeprefix(f"{tmp_path.name}/") for each in said}
    assert named == {"one.pdf", "<b>two<b>.pdf", "2026/three.pdf"}
    labels = desk.room.findChildren(QLabel)
    assert "The folder holds 1 PDF." in [label.text() for label in labels]
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels if label.text())


def test_that_many_files_show_how_far_it_is_and_escape_stops(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.go_on.clear()
    desk.presenter.verify(files(tmp_path, *(f"{n}.pdf" for n in range(60))))
    qtbot.waitUntil(desk.room.files.drop_zone.stop.isVisible)
    labels = desk.room.files.drop_zone.findChildren(QLabel)
    assert "Looking at 1 of 60, 0.pdf …" in [label.text() for label in labels]
    qtbot.keyClick(desk.room, Qt.Key.Key_Escape)
    desk.go_on.set()
    qtbot.waitUntil(desk.room.files.drop_zone.stop.isHidden)
    assert len(desk.room.files.verdicts.cards) == 1


def test_that_the_answers_are_put_in_another_order_and_keep_their_open_reasons(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    one, letter = files(tmp_path, "one.pdf", "letter.pdf")
    letter.write_bytes(b"Dear doctor")
    drop(desk.room, [one, letter])
    qtbot.waitUntil(lambda: len(desk.room.files.verdicts.cards) == 2)
    first = desk.room.files.verdicts.cards[0]
    first.set_open(open_=True)
    dropped = desk.room.files.verdicts.orders[Order.DROPPED]
    qtbot.mouseClick(dropped, Qt.MouseButton.LeftButton)
    assert dropped.accessibleName() == "As dropped, chosen"
    assert [card.key for card in desk.room.files.verdicts.cards] == [1, 2]
    assert first in desk.room.files.verdicts.cards
    assert first.is_open


def test_that_the_answers_are_copied_by_a_key(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.presenter.verify(files(tmp_path, "one.pdf"))
    qtbot.waitUntil(lambda: len(desk.room.files.verdicts.cards) == 1)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(desk.room, Qt.Key.Key_C, both)
    assert QApplication.clipboard().text().startswith("one.pdf: ")


def test_that_the_answers_are_saved_where_it_is_said(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.presenter.verify(files(tmp_path, "one.pdf"))
    qtbot.waitUntil(lambda: len(desk.room.files.verdicts.cards) == 1)
    qtbot.keyClick(desk.room, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = desk.room.findChildren(QFileDialog)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    dialog.fileSelected.emit(str(tmp_path / "answers.csv"))
    dialog.close()
    assert b"one.pdf" in (tmp_path / "answers.csv").read_bytes()


def test_that_the_verifier_is_saved_and_the_card_says_how_to_run_it(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.mouseClick(desk.room.files.kit.save, Qt.MouseButton.LeftButton)
    (dialog,) = desk.room.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "chairside-verify.pyz"))
    dialog.close()
    qtbot.waitUntil(desk.room.files.kit.save.isEnabled)
    words = [
        label.text() for label in desk.room.files.kit.findChildren(QLabel) if label.isVisible()
    ]
    assert "python3 chairside-verify.pyz --ca authority.pem FILE.pdf" in words
    assert "ab12" in words
    assert (tmp_path / "authority.pem").exists()


def test_that_what_was_verified_is_found_in_the_list_by_typing(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.presenter.verify(files(tmp_path, "one.pdf", "two.pdf"))
    qtbot.waitUntil(lambda: len(desk.room.files.verdicts.cards) == 2)
    page = desk.room.access
    turned_to(desk, qtbot, page)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 4)  # both logged in before
    assert page.search.hasFocus()
    sha256 = page.table.rows.rows[1].said.rpartition(" ")[2]
    qtbot.keyClicks(page.search, sha256[:9])
    assert page.table.rows.rowCount() == 1
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.table.hasFocus()
    assert any(sha256 in label.text() for label in page.findChildren(QLabel))
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)  # everything again
    assert (page.table.rows.rowCount(), page.search.text()) == (4, "")
    qtbot.keyClicks(page.first, "2026-03-99")
    qtbot.keyClick(page.first, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert any("2026-03-99" in label.text() for label in page.findChildren(QLabel))
    qtbot.keyClick(page.first, Qt.Key.Key_Escape)
    qtbot.keyClick(page.search, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(desk.room.findChildren(PrintCourse)))
    (course,) = desk.room.findChildren(PrintCourse)
    assert course.words.text() == UNDRAWABLE


def test_that_the_foot_says_what_keys_do_on_each_page(desk: Desk, qtbot: QtBot) -> None:
    taught: list[tuple[tuple[str, str], ...]] = []
    desk.room.taught.connect(taught.append)
    turned_to(desk, qtbot, desk.room.access)
    assert taught[-1] == (
        ("Ctrl PgUp PgDn", "page"),
        ("Enter", "to the rows"),
        ("Ctrl S", "save CSV"),
        ("Ctrl P", "print"),
        ("Esc", "everything"),
    )
    turned_to(desk, qtbot, desk.room.integrity)
    assert len(taught[-1]) == 1


def turned_to(desk: Desk, qtbot: QtBot, page: QWidget) -> int:
    """Turn the pages by keys until that one is seen; returns how often that took."""
    for turned in range(9):
        if page.isVisible():
            return turned
        qtbot.keyClick(desk.room, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    raise AssertionError("it is not among the pages")


def test_that_keys_walk_the_files_and_space_shows_the_reasons(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.presenter.verify(files(tmp_path, "one.pdf", "two.pdf"))
    qtbot.waitUntil(lambda: len(desk.room.files.verdicts.cards) == 2)
    cards = desk.room.files.verdicts.cards
    assert desk.room.isActiveWindow()  # no part of a card was a window of its own
    qtbot.keyClick(desk.room, Qt.Key.Key_Down)
    assert cards[0].hasFocus()
    qtbot.keyClick(cards[0], Qt.Key.Key_Down)
    qtbot.keyClick(cards[1], Qt.Key.Key_Down)
    assert cards[1].hasFocus()
    qtbot.keyClick(cards[1], Qt.Key.Key_Space)
    assert (cards[0].is_open, cards[1].is_open) == (False, True)
    assert "SHA-256 of the file: " in cards[1].accessibleName()
    assert "Does not hold: " in cards[1].accessibleName()
    asked = list[int]()
    desk.room.files.verdicts.print_asked.connect(asked.append)
    cards[1].print.setFocus()
    cards[1].print.click()
    assert (asked, desk.room.files.verdicts.here) == ([cards[1].key], cards[1].key)
    qtbot.keyClick(cards[1], Qt.Key.Key_Return)
    assert not cards[1].is_open
    qtbot.mouseClick(cards[0], Qt.MouseButton.LeftButton)
    assert cards[0].is_open


def test_that_the_list_is_cleared_and_says_that_it_is_empty(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.presenter.verify(files(tmp_path, "one.pdf"))
    qtbot.waitUntil(lambda: len(desk.room.files.verdicts.cards) == 1)
    assert desk.room.files.tally.isVisible()
    desk.presenter.clear()
    assert desk.room.files.verdicts.cards == []
    assert not desk.room.files.tally.isVisible()


def test_that_choosing_files_leaves_the_window_free(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    (path,) = files(tmp_path, "one.pdf")
    qtbot.keyClick(desk.room, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = desk.room.findChildren(QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit([str(path)])
    dialog.close()
    qtbot.waitUntil(lambda: len(desk.room.files.verdicts.cards) == 1)


def test_that_a_key_turns_to_the_page_on_the_record_and_back(desk: Desk, qtbot: QtBot) -> None:
    desk.watch(Watched(report=FakeReport(), at=NOON))
    pages = turned_to(desk, qtbot, desk.room.integrity)
    assert "Last entry checked" in desk.words()
    assert desk.room.integrity.isAncestorOf(QApplication.focusWidget() or desk.room)
    for _ in range(pages):
        qtbot.keyClick(desk.room, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert desk.words() == []
    assert desk.room.files.drop_zone.choose.hasFocus()


def test_that_a_check_shows_how_far_it_is_and_its_button_stops_it(desk: Desk) -> None:
    desk.room.go_to_integrity()
    standing = desk.room.integrity.standing
    desk.watch(Watched())
    standing.action.click()
    desk.watch(Watched(share=0.5, whole=True))
    assert "Looking at all of it: 50 %. Charting goes on meanwhile." in desk.words()
    assert standing.action.accessibleName() == "Cancel"
    standing.action.click()
    assert desk.asked == ["check", "cancel"]


def test_that_what_was_found_is_listed_and_many_findings_scroll(desk: Desk) -> None:
    desk.room.go_to_integrity()
    found = tuple(Finding(n, Break.VALUE) for n in range(1, 60))
    desk.watch(Watched(report=FakeReport(findings=found), at=NOON))
    assert "The record does not agree with itself: 59 findings, checked 13:00." in desk.words()
    assert desk.room.height() == 690


def test_that_a_nurse_notes_a_gap_by_the_keyboard(desk: Desk, qtbot: QtBot) -> None:
    desk.watch(Watched())
    desk.room.go_to_integrity()
    assert desk.room.integrity.gap.note.hasFocus()
    qtbot.keyClick(desk.room.integrity.gap.note, Qt.Key.Key_Space)
    desk.watch(Watched())
    assert any(said.startswith("Noted ") for said in desk.words())
    assert not desk.room.integrity.gap.note.isVisible()
    assert not desk.room.integrity.gap.reason.isVisible()


def test_that_an_administrator_explains_it_and_an_empty_reason_keeps_the_field(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.author = BOSS
    desk.watch(Watched())
    desk.room.go_to_integrity()
    reason = desk.room.integrity.gap.reason
    assert reason.hasFocus()
    qtbot.keyClick(reason, Qt.Key.Key_Return)
    assert any("A reason is needed" in said for said in desk.words())
    qtbot.keyClicks(reason, "restored from the backup of Friday")
    qtbot.keyClick(reason, Qt.Key.Key_Return)
    assert reason.text() == ""
    desk.watch(Watched())
    assert not desk.room.integrity.gap.isVisible()


def test_that_what_is_typed_as_an_explanation_stays_while_a_check_goes_on(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.author = BOSS
    desk.watch(Watched())
    desk.room.go_to_integrity()
    qtbot.keyClicks(desk.room.integrity.gap.reason, "the disk")
    desk.watch(Watched(share=0.1, whole=True))
    assert desk.room.integrity.gap.reason.text() == "the disk"
    assert desk.room.integrity.gap.reason.hasFocus()
