"""The room of the register on real widgets, over a clinic in memory."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from monitor.entries import Exported
from tests.fakes.cupboard import Cupboard
from tests.fakes.views_register import AUDITOR, Storeroom
from tests.integration.db.scribe import Scribe
from ui.cupboard import concerns
from ui.presenters.register import RegisterPresenter
from ui.screens.register.room import READING, RegisterRoom
from ui.tasks import Tasks


class Room:
    """The room as a window of its own."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.store = Storeroom()
        self.room = RegisterRoom()
        qtbot.addWidget(self.room)
        self.presenter = RegisterPresenter(self.room, self.store.doors())
        self.store.listening.append(self.presenter)
        self.room.wire(self.presenter)
        self.presenter.refresh()
        self.room.resize(1200, 690)
        self.room.show()
        self.room.activateWindow()
        qtbot.waitUntil(self.room.stock.receive.hasFocus)

    def words(self) -> str:
        """Return what can be read beside the table."""
        QApplication.processEvents()
        labels = self.room.findChildren(QLabel)
        return "\n".join(each.text() for each in labels if each.isVisible())

    def buttons(self) -> set[str]:
        """Return the buttons that can be pressed."""
        found = self.room.findChildren(QPushButton)
        return {each.text() for each in found if each.isVisible() and each.isEnabled()}

    def type(self, words: str) -> None:
        """Type into the line that has the focus."""
        line = QApplication.focusWidget()
        assert isinstance(line, QLineEdit)
        self.qtbot.keyClicks(line, words)

    def press(self, key: Qt.Key, *, ctrl: bool = False) -> None:
        """Press a key where the focus is."""
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        focus = QApplication.focusWidget()
        assert focus is not None
        self.qtbot.keyClick(focus, key, held)
        QApplication.processEvents()


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


def test_that_a_delivery_is_received_by_keyboard_alone(room: Room) -> None:
    assert "The register is empty." in room.words()
    assert {"Receive…", "Count…"} <= room.buttons()
    assert "Destroy…" not in room.buttons()
    room.press(Qt.Key.Key_N, ctrl=True)
    products = QApplication.focusWidget()
    assert isinstance(products, QComboBox)
    while "50 mg/mL, 10 mL" not in products.currentText():
        room.press(Qt.Key.Key_Down)
    room.press(Qt.Key.Key_Return)
    for words in ("23KG104", "2027-08", "10", ""):
        room.type(words)
        room.press(Qt.Key.Key_Return)
    assert "Nothing was typed for the number of the delivery note" in room.words()
    room.type("WZ 1")
    room.press(Qt.Key.Key_Return)
    assert "Received: lot 23KG104 = 5,000 mg" in room.words()
    assert "5,000 mg" in room.words()
    assert {"Return…", "Destroy…", "Lost…"} <= room.buttons()


def test_that_a_row_s_words_can_be_read_whole(room: Room) -> None:
    room.store.receive()
    room.presenter.refresh()
    room.room.table.selectRow(0)
    assert "Received · ketamine 50 mg/mL, 10 mL vial · lot 23KG104 · 2027-08 · WZ 1" in room.words()
    first = room.room.table.rows.index(0, 0)
    said = room.room.table.rows.data(first, Qt.ItemDataRole.AccessibleTextRole)
    assert isinstance(said, str)
    assert said.startswith("When 2026-03-02, What happened Received")


def test_that_an_auditor_finds_no_button_but_those_that_hand_out(room: Room) -> None:
    room.store.receive()
    room.store.author = AUDITOR
    room.presenter.refresh()
    assert room.buttons() == {"Print…", "Export PDF…", "Export CSV…"}
    assert "read-only" in room.words()


def test_that_a_bad_day_is_told_under_the_days(room: Room) -> None:
    room.room.first.setFocus()
    room.qtbot.keyClicks(room.room.first, "1.2.2026")
    room.press(Qt.Key.Key_Return)
    assert "Write a day as 2026-03-02, or leave it empty." in room.words()


def test_that_a_password_does_not_wait_in_a_room_that_was_left(room: Room) -> None:
    room.store.receive()
    room.presenter.writing.begin("destroy")
    room.room.form.choose("witness", "ds")
    room.room.form.type("password", "something secret")
    room.room.hide()
    lines = room.room.form.findChildren(QLineEdit)
    assert all(line.text() != "something secret" for line in lines)


def test_that_the_file_dialog_names_no_patient_and_writes_where_it_is_told(
    room: Room, tmp_path: Path
) -> None:
    room.store.receive()
    room.presenter.refresh()
    room.room.csv.click()
    dialog = room.room.findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]).name == "register-2026-03-02.csv"
    dialog.fileSelected.emit(str(tmp_path / "register.csv"))
    room.qtbot.waitUntil(lambda: "Written: register.csv" in room.words())
    assert list(room.store.files) == [tmp_path / "register.csv"]


def test_that_no_password_waits_behind_a_file_that_is_drawn(qtbot: QtBot) -> None:
    tasks, drawn, answers = Tasks(), Event(), list[str]()
    tasks.beside("files").run(drawn.wait, lambda _: answers.append("file"))
    tasks.run(lambda: None, lambda _: answers.append("password"))
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["password"]
    drawn.set()
    tasks.close()
    qtbot.waitUntil(lambda: answers == ["password", "file"])


def test_that_only_what_can_change_the_register_has_it_read_again() -> None:
    cupboard, scribe = Cupboard(), Scribe()
    telling = [
        cupboard.received("1", "500"),
        cupboard.prepared("35"),
        cupboard.device(),
        *scribe.founding(),
    ]
    assert all(concerns(entry) for entry in telling if not entry.stream.startswith("account/"))
    silent = [scribe.measured(), scribe.entry("access", Exported("", "register csv", "00"))]
    assert not any(concerns(entry) for entry in silent)


def test_that_a_room_says_that_it_reads_before_there_is_anything_to_show(room: Room) -> None:
    room.store.hold()
    other = RegisterRoom()
    room.qtbot.addWidget(other)
    presenter = RegisterPresenter(other, room.store.doors())
    other.wire(presenter)
    presenter.look()
    other.resize(1200, 690)
    other.show()
    other.activateWindow()
    said = [each.text() for each in other.findChildren(QLabel) if each.isVisible()]
    assert READING in said
    assert not other.stock.receive.isVisible()
    room.qtbot.waitUntil(other.products.hasFocus)
    room.store.let()
    room.qtbot.waitUntil(other.stock.receive.hasFocus)
