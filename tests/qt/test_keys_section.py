"""The section of the keys on real widgets: keyboard, focus, what is left on the screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from monitor.errors import Code, StorageError
from monitor.people import Role
from tests.fakes.locksmith import GROUPS, PHRASE
from tests.fakes.views_settings import Office
from ui.presenters.settings import SettingsPresenter
from ui.screens.settings.room import SettingsRoom

NEW = "another passphrase of it"


class Desk:
    """An administrator before the section."""

    def __init__(self, qtbot: QtBot, role: Role = Role.ADMINISTRATOR) -> None:
        self.office = Office(role)
        self.room = SettingsRoom()
        qtbot.addWidget(self.room)
        self.presenter = SettingsPresenter(self.room, self.office.doors())
        self.room.wire(self.presenter)
        self.room.resize(1200, 690)
        self.room.show()
        self.room.activateWindow()
        self.presenter.show("keys")
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    def words(self) -> str:
        """Return all that can be read."""
        labels = self.room.keys.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(focused(), key)


def test_that_the_passphrase_is_changed_by_keyboard(qtbot: QtBot, desk: Desk) -> None:
    assert focused().accessibleName() == "Change the passphrase…"
    press(qtbot, Qt.Key.Key_Space)
    for words in (PHRASE, NEW, NEW):
        line = focused()
        assert isinstance(line, QLineEdit)
        assert line.echoMode() is QLineEdit.EchoMode.Password
        qtbot.keyClicks(line, words)
        press(qtbot, Qt.Key.Key_Return)
    assert desk.office.smith.phrase == NEW
    assert "The new passphrase opens the record from now on." in desk.words()
    assert focused().accessibleName() == "Change the passphrase…"


def test_that_escape_leaves_the_form_and_what_was_typed_in_it(qtbot: QtBot, desk: Desk) -> None:
    press(qtbot, Qt.Key.Key_Space)
    line = focused()
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, PHRASE)
    press(qtbot, Qt.Key.Key_Escape)
    assert focused().accessibleName() == "Change the passphrase…"
    press(qtbot, Qt.Key.Key_Space)
    lines = [line for line in desk.room.keys.form.findChildren(QLineEdit) if line.isVisible()]
    assert [line.text() for line in lines] == ["", "", ""]


def test_that_a_recovery_key_is_gone_from_the_screen_once_it_is_proven(
    qtbot: QtBot, desk: Desk
) -> None:
    press(qtbot, Qt.Key.Key_Tab)
    assert focused().accessibleName() == "Make a recovery key…"
    press(qtbot, Qt.Key.Key_Space)
    assert all(group in desk.words() for group in GROUPS)
    assert focused().accessibleName() == "Print the sheet…"
    press(qtbot, Qt.Key.Key_Tab)
    assert focused().accessibleName() == "Save the sheet…"
    press(qtbot, Qt.Key.Key_Tab)
    assert isinstance(focused(), QLineEdit)
    qtbot.keyClicks(focused(), "qqqqq")
    press(qtbot, Qt.Key.Key_Return)
    assert "Group 13 of the recovery key is mistyped" in desk.words()
    desk.room.type("group", GROUPS[-1])
    press(qtbot, Qt.Key.Key_Return)
    assert not any(group in desk.words() for group in GROUPS)
    assert focused().accessibleName() == "New recovery key…"


def test_that_a_refusal_without_a_form_leaves_the_focus_where_it_was(
    qtbot: QtBot, desk: Desk
) -> None:
    for _ in range(2):
        press(qtbot, Qt.Key.Key_Tab)
    assert focused().accessibleName() == "Open by itself on this computer"
    desk.office.smith.fails = StorageError(Code.NO_KEYRING)
    press(qtbot, Qt.Key.Key_Space)
    assert "This computer has no keyring that is open" in desk.words()
    assert focused().accessibleName() == "Open by itself on this computer"


def test_that_a_nurse_sees_the_ways_and_no_button(qtbot: QtBot) -> None:
    desk = Desk(qtbot, Role.NURSE)
    assert "Only an administrator changes these." in desk.words()
    assert "Typed at each start" in desk.words()
    assert desk.room.isAncestorOf(focused())
    assert not desk.room.keys.isAncestorOf(focused())
