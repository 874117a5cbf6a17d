"""The section of the certificates on real widgets: keyboard, focus, what is left behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from monitor.certificates import CERTIFICATES
from monitor.certifying import Certificates
from monitor.clinic import CreateAccount, NewAccount
from monitor.people import Author, Role
from tests.fakes.certification import PASSPHRASE
from tests.fakes.views_settings import LONG, Office
from tests.fakes.visit import PASSWORDS
from ui.presenters.settings import CERTIFICATES as SECTION, PEOPLE, SettingsPresenter
from ui.screens.settings.room import SettingsRoom

BOSS = Author("ada", Role.ADMINISTRATOR, "Ada Berg")
ENDLESS = "Theo " + "Wolfeschlegelsteinhausenbergerdorff " * 2


class Desk:
    """Somebody before the section, in a clinic to which Theo came late."""

    def __init__(
        self, qtbot: QtBot, role: Role = Role.ADMINISTRATOR, *, founded: bool = True
    ) -> None:
        self.office = Office(role)
        if not founded:
            entries = self.office.visit.store.entries
            entries[:] = [each for each in entries if each.stream != CERTIFICATES]
        theo = NewAccount(
            user="th", name=ENDLESS, role=Role.THERAPIST, credential="", password=LONG
        )
        CreateAccount(self.office.world)(BOSS, theo)
        self.room = SettingsRoom()
        qtbot.addWidget(self.room)
        self.presenter = SettingsPresenter(self.room, self.office.doors())
        self.room.wire(self.presenter)
        self.room.resize(1200, 628)
        self.room.show()
        self.room.activateWindow()
        self.presenter.show(SECTION)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    @property
    def section(self) -> QWidget:
        return self.room.certificates

    def said(self) -> str:
        """Return what can be read in the section."""
        labels = self.section.findChildren(QLabel)
        return "\n".join(each.text() for each in labels if each.isVisible())

    @property
    def signers(self) -> list[str]:
        return [each.user for each in Certificates(self.office.world).issued()]


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def keys(qtbot: QtBot, words: str) -> None:
    """Type where the focus is, and press Enter."""
    qtbot.keyClicks(focused(), words)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)


def press(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.keyClick(widget, Qt.Key.Key_Space)


def test_that_a_certificate_is_issued_by_keyboard(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    assert focused().accessibleName() == f"Issue: {ENDLESS.strip()}"
    press(qtbot, focused())
    assert focused().accessibleName() == "The person's own password"
    keys(qtbot, LONG)
    keys(qtbot, PASSPHRASE)
    assert "th" in desk.signers
    assert desk.room.certificates.done.words.endswith("can sign from now on.")
    assert not any(line.isVisible() for line in desk.section.findChildren(QLineEdit))
    assert focused() is desk.room.certificates.save


def test_that_the_authority_is_made_by_keyboard_and_the_first_certificate_is_next(
    qtbot: QtBot,
) -> None:
    desk = Desk(qtbot, founded=False)
    assert "nobody can sign" in desk.said()
    assert focused() is desk.room.certificates.found
    press(qtbot, focused())
    keys(qtbot, "a passphrase for signing alone")
    keys(qtbot, "a passphrase for signing alone")
    assert "nobody can sign" not in desk.said()
    assert focused().accessibleName().startswith("Issue: ")
    assert desk.room.certificates.found.isHidden()


def test_that_a_wrong_secret_is_said_at_its_field_and_the_other_stays(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    press(qtbot, focused())
    keys(qtbot, LONG)
    keys(qtbot, "guessed")
    assert focused().accessibleName() == "Passphrase of the authority"
    assert focused().property("bad")
    lines = [each for each in desk.section.findChildren(QLineEdit) if each.isVisible()]
    assert [each.text() for each in lines] == [LONG, "guessed"]
    assert all(each.echoMode() is QLineEdit.EchoMode.Password for each in lines)
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert not any(each.text() for each in desk.section.findChildren(QLineEdit))
    assert focused().accessibleName().startswith("Issue: ")


def test_that_who_changes_nothing_reads_the_fingerprint_and_saves_the_certificate(
    qtbot: QtBot, tmp_path: Path
) -> None:
    desk = Desk(qtbot, Role.NURSE)
    found = Certificates(desk.office.world).authority()
    assert found is not None
    assert found.fingerprint[:4] in desk.said()
    shown = [each for each in desk.section.findChildren(QPushButton) if each.isVisible()]
    assert shown == [desk.room.certificates.save]
    press(qtbot, focused())
    (dialog,) = desk.section.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "authority.pem"))
    dialog.reject()
    assert desk.office.files == {tmp_path / "authority.pem": found.certificate.encode()}


@pytest.mark.parametrize("founded", [True, False])
def test_that_an_endless_name_makes_the_section_no_wider(qtbot: QtBot, *, founded: bool) -> None:
    desk = Desk(qtbot, founded=founded)
    press(qtbot, focused())
    assert desk.room.minimumSizeHint().width() <= 1200
    assert desk.room.minimumSizeHint().height() <= 628
    labels = [each for each in desk.section.findChildren(QLabel) if each.text()]
    assert all(each.textFormat() is Qt.TextFormat.PlainText for each in labels)


def test_that_a_forgotten_password_is_replaced_by_keyboard(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.presenter.show(PEOPLE)
    forgot = next(
        each
        for each in desk.room.people.findChildren(QPushButton)
        if each.accessibleName() == "Forgot password: Nina Kowal"
    )
    forgot.setFocus()
    press(qtbot, forgot)
    assert focused().accessibleName() == "New password, typed by that person"
    keys(qtbot, LONG)
    keys(qtbot, LONG)
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    desk.room.choose("witness", "ds")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    keys(qtbot, PASSWORDS["ds"])
    keys(qtbot, PASSPHRASE)
    assert desk.signers == ["nk", "ds", "nk"]
    assert desk.room.people.form.isHidden()
    assert focused().accessibleName() == "Forgot password: Nina Kowal"
