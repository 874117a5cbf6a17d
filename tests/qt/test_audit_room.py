"""The audit desk on real widgets."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from monitor.clinic import Lists
from monitor.verifying import VerifyReport
from tests.fakes.clock import WARSAW
from tests.fakes.views_audit import FakeReport
from tests.fakes.visit import Visit
from ui.presenters.audit import AuditDoors, AuditPresenter, CheckReport, Progress
from ui.screens.audit.room import AuditRoom
from ui.tasks import Tasks


class Desk:
    """The room over a clinic in memory, with a real worker beside the window."""

    def __init__(self, qtbot: QtBot) -> None:
        visit = Visit()
        self.tasks = Tasks()
        self.room = AuditRoom()
        self.threads: list[int] = []
        qtbot.addWidget(self.room)
        self.presenter = AuditPresenter(
            self.room,
            AuditDoors(
                verify=VerifyReport(visit.world),
                check=self._check,
                clinic=Lists(visit.world).clinic,
                zone=WARSAW,
                now=visit.clock.now,
                run=self.tasks.run,
            ),
        )
        self.room.wire(self.presenter)
        self.presenter.refresh()
        self.room.resize(1200, 690)
        self.room.show()
        self.room.activateWindow()
        qtbot.waitUntil(self.room.drop_zone.choose.hasFocus)

    def _check(self, progress: Progress) -> CheckReport:
        self.threads.append(threading.get_ident())
        for step in range(5):
            progress(step + 1, 5)
        return FakeReport()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


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
    drop(desk.room, [*files(tmp_path, "one.pdf", "<b>two</b>.pdf".replace("/", "")), tmp_path])
    qtbot.waitUntil(lambda: len(desk.room.verdicts.cards) == 3)
    first, second, _ = desk.room.verdicts.cards
    assert "This is a folder" in first.accessibleName()
    assert second.accessibleName().startswith("<b>two<b>.pdf: Not genuine: the record at Riverside")
    labels = desk.room.findChildren(QLabel)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels if label.text())


def test_that_keys_walk_the_files_and_space_shows_the_reasons(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.presenter.verify(files(tmp_path, "one.pdf", "two.pdf"))
    qtbot.waitUntil(lambda: len(desk.room.verdicts.cards) == 2)
    cards = desk.room.verdicts.cards
    assert desk.room.isActiveWindow()  # no part of a card was a window of its own
    qtbot.keyClick(desk.room, Qt.Key.Key_Down)
    assert cards[0].hasFocus()
    qtbot.keyClick(cards[0], Qt.Key.Key_Down)
    qtbot.keyClick(cards[1], Qt.Key.Key_Down)
    assert cards[1].hasFocus()
    qtbot.keyClick(cards[1], Qt.Key.Key_Space)
    assert (cards[0].is_open, cards[1].is_open) == (False, True)
    assert "SHA-256 of the file: " in cards[1].accessibleName()
    qtbot.keyClick(cards[1], Qt.Key.Key_Return)
    assert not cards[1].is_open
    qtbot.mouseClick(cards[0], Qt.MouseButton.LeftButton)
    assert cards[0].is_open


def test_that_the_list_is_cleared_and_says_that_it_is_empty(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.presenter.verify(files(tmp_path, "one.pdf"))
    qtbot.waitUntil(lambda: len(desk.room.verdicts.cards) == 1)
    assert desk.room.tally.isVisible()
    desk.presenter.clear()
    assert desk.room.verdicts.cards == []
    assert not desk.room.tally.isVisible()


def test_that_choosing_files_leaves_the_window_free(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    (path,) = files(tmp_path, "one.pdf")
    qtbot.keyClick(desk.room, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = desk.room.findChildren(QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit([str(path)])
    dialog.close()
    qtbot.waitUntil(lambda: len(desk.room.verdicts.cards) == 1)


def test_that_the_check_goes_on_beside_the_window_and_its_report_is_told(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_on: list[int] = []
    on_progress = desk.presenter.on_progress

    def noted(done: int, of: int) -> None:
        told_on.append(threading.get_ident())
        on_progress(done, of)

    monkeypatch.setattr(desk.presenter, "on_progress", noted)
    with qtbot.waitSignal(desk.room.checked) as checked:
        desk.room.check_card.action.click()
    assert checked.args == [FakeReport()]
    qtbot.waitUntil(lambda: len(told_on) == 5)
    assert set(told_on) == {threading.get_ident()}
    assert desk.threads != [threading.get_ident()]
    said = [label.text() for label in desk.room.check_card.findChildren(QLabel)]
    assert "Record intact, checked 09:48." in said
    assert desk.room.check_card.action.text() == "Check again"
