"""The versions of the REMS form in a real window: mended, seen, approved by keyboard."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from monitor.clinic import ApproveProtocol
from monitor.protocols import shipped
from monitor.rems_form import shipped_forms
from tests.fakes.views_rems import Office, PlainRemsRoom, treated
from tests.qt.real_windows import BOSS, PRESCRIBER, RealClinic, RealWindow, real_clinic
from ui.presenters.rems import RemsPresenter
from ui.screens.rems.room import RemsRoom
from ui.screens.rems.sheet import SheetCard

OLD, NEW = shipped_forms()


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[RealClinic]:
    yield from real_clinic(tmp_path / "record")


class Editor:
    """An administrator at the versions of the form, with a keyboard."""

    def __init__(self, qtbot: QtBot, real: RealWindow) -> None:
        self.qtbot, self.real, self.room = qtbot, real, real.house.side.rems.room
        self.words = self.room.version_page.card.words

    def mends(self, old: str, new: str) -> None:
        """Write something else into the older draft."""
        self.words.setPlainText(OLD.content.replace(old, new, 1))

    def looks(self) -> None:
        """Press the keys that show what changes."""
        self.qtbot.keyClick(self.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def press(self, key: Qt.Key) -> None:
        """Press a key where the focus is."""
        self.qtbot.keyClick(QApplication.focusWidget(), key)

    def leaves_and_comes_back(self) -> None:
        """Leave the text by Esc, and open it again."""
        self.qtbot.keyClick(self.words, Qt.Key.Key_Escape)
        self.real.wait_for("The changed text is kept until you log out")
        assert self.room.save.isVisible()
        self.qtbot.keyClick(self.room.set_form, Qt.Key.Key_Space)

    def approves(self) -> None:
        """Type the password, once it is asked for."""
        self.real.wait_for(f"Password of {BOSS.name}")
        self.qtbot.keyClicks(QApplication.focusWidget(), f"a long password of {BOSS.user}")
        self.press(Qt.Key.Key_Return)


def arrived(qtbot: QtBot, clinic: RealClinic) -> Editor:
    """Go to the versions by way of the settings."""
    record = clinic.record()
    ApproveProtocol(record.world)(PRESCRIBER, next(p for p in shipped() if p.id == "esketamine"))
    real = RealWindow(qtbot, clinic, record, BOSS)
    real.house.quiet.go_to_protocols()
    section = real.house.quiet.settings_room.protocols
    real.wait_until(section.rems.isVisible)
    qtbot.keyClick(section.rems, Qt.Key.Key_Space)
    editor = Editor(qtbot, real)
    assert real.window.room is editor.room
    assert editor.room.version_page.isVisible()
    return editor


def test_that_a_version_is_reached_mended_and_approved_by_keyboard(
    qtbot: QtBot, clinic: RealClinic
) -> None:
    editor = arrived(qtbot, clinic)
    real, room = editor.real, editor.room
    assert not any(each.isVisible() for each in (room.filed, room.save, room.print, room.dues))
    real.wait_for("what changes")
    editor.mends("bp_minutes = 40", "bp_minutes 40")
    real.wait_for("this line cannot be read; a field is written as name = value.")
    editor.looks()
    assert editor.words.textCursor().block().text() == "bp_minutes 40"
    editor.mends("", "")
    editor.leaves_and_comes_back()
    assert editor.words.toPlainText() == OLD.content
    editor.looks()
    real.wait_for("What changes from rems-respiratory to rems-2021-11")
    editor.press(Qt.Key.Key_Escape)
    assert editor.words.hasFocus()
    editor.looks()
    editor.approves()
    real.wait_for("Form version rems-2021-11 holds from now on.")
    assert not room.version_page.isVisible()
    real.close()


def test_that_a_changed_text_that_is_taken_back_comes_again_by_undo(qtbot: QtBot) -> None:
    office, room = Office(treated()), RemsRoom()
    office.who = office.visit.prescriber
    presenter = RemsPresenter(room, office.doors())
    qtbot.addWidget(room)
    room.wire(presenter)
    presenter.versions.begin()
    card = room.version_page.card
    card.words.insertPlainText("# mine\n")
    assert card.take_back.isEnabled()
    card.take_back.click()
    assert card.words.toPlainText() == NEW.content
    assert not card.take_back.isEnabled()
    card.words.undo()
    assert card.words.toPlainText() == f"# mine\n{NEW.content}"


def test_that_a_sheet_wears_the_words_of_the_version_that_holds(qtbot: QtBot) -> None:
    office, room, card = Office(treated()), PlainRemsRoom(), SheetCard()
    qtbot.addWidget(card)
    RemsPresenter(room, office.doors()).refresh()
    assert room.sheet is not None
    card.show_sheet(room.sheet)
    first, *rest = room.sheet.fields
    renamed = dataclasses.replace(first, label="First names")
    card.show_sheet(dataclasses.replace(room.sheet, fields=(renamed, *rest)))
    row = card.fields[first.id]
    assert "First names" in {label.text() for label in row.findChildren(QLabel)}
