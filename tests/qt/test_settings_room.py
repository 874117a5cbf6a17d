"""The settings on real widgets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from monitor.people import Role
from monitor.protocols import shipped
from tests.fakes.certification import PASSPHRASE
from tests.fakes.views_settings import LONG, Office
from tests.fakes.visit import PASSWORDS
from ui.presenters.form import FormFace, FormField, Shape
from ui.presenters.settings import SettingsPresenter
from ui.presenters.settings_protocols import ProtocolRow
from ui.screens.settings.protocols import ProtocolCard, ProtocolsSection
from ui.screens.settings.room import SettingsRoom
from ui.widgets.parts import row


class Desk:
    """Somebody before the room."""

    def __init__(self, qtbot: QtBot, role: Role, **doors: object) -> None:
        self.office = Office(role)
        self.room = SettingsRoom()
        qtbot.addWidget(self.room)
        self.presenter = SettingsPresenter(self.room, self.office.doors(**doors))
        self.room.wire(self.presenter)
        self.presenter.refresh()
        self.room.resize(1200, 690)
        self.room.show()
        self.room.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    def cards(self) -> list[ProtocolCard]:
        """Return the versions that are shown."""
        return [card for card in self.room.findChildren(ProtocolCard) if card.isVisible()]


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def keys(qtbot: QtBot, words: str) -> None:
    """Type where the focus is, and press Enter."""
    qtbot.keyClicks(focused(), words)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)


def lines(form: QWidget) -> list[QLineEdit]:
    """Return the lines of a form that can be seen."""
    return [line for line in form.findChildren(QLineEdit) if line.isVisible()]


def next_section(qtbot: QtBot, desk: Desk) -> None:
    qtbot.keyClick(desk.room, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)


def test_that_the_clinic_is_changed_by_keyboard(qtbot: QtBot) -> None:
    desk = Desk(qtbot, Role.ADMINISTRATOR)
    assert focused().accessibleName() == "Name"
    keys(qtbot, "Hillside Clinic")
    keys(qtbot, "Main Street 1")
    keys(qtbot, "6")
    clinic = desk.office.lists.clinic()
    assert clinic is not None
    assert (clinic.name, clinic.address, len(clinic.chairs)) == (
        "Hillside Clinic",
        "Main Street 1",
        6,
    )
    assert desk.room.clinic.done.words == "Stored at 09:48."
    assert isinstance(focused(), QLineEdit)


def test_that_a_person_is_added_by_keyboard(qtbot: QtBot) -> None:
    desk = Desk(qtbot, Role.ADMINISTRATOR)
    next_section(qtbot, desk)
    assert focused() is desk.room.people.new_button
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    for words in ("Sam Okafor", "RN", "sam"):
        keys(qtbot, words)
    desk.room.choose("role", "nurse")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    keys(qtbot, LONG)
    keys(qtbot, LONG)
    keys(qtbot, PASSPHRASE)
    assert "sam" in [account.user for account in desk.office.lists.accounts()]
    assert desk.room.people.form.isHidden()
    assert focused() is desk.room.people.new_button


def test_that_escape_leaves_the_form(qtbot: QtBot) -> None:
    desk = Desk(qtbot, Role.ADMINISTRATOR)
    desk.presenter.show("people")
    desk.room.people.new_button.click()
    desk.room.type("name", "Sam Okafor")
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert desk.room.people.form.isHidden()
    desk.room.people.new_button.click()
    assert not any(line.text() for line in lines(desk.room.people.form))


def test_that_a_refusal_stands_at_its_field_and_takes_the_focus(qtbot: QtBot) -> None:
    desk = Desk(qtbot, Role.ADMINISTRATOR)
    desk.presenter.show("people")
    desk.presenter.people.new()
    desk.room.type("name", "Sam Okafor")
    desk.presenter.submit()
    assert focused().accessibleName() == "User name"
    assert focused().property("bad")


def test_that_a_prescriber_opens_a_version_and_approves_it(qtbot: QtBot) -> None:
    desk = Desk(qtbot, Role.PRESCRIBER)
    desk.presenter.show("protocols")
    first, second = desk.cards()
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert not desk.room.protocols.form.isVisible()
    second = desk.cards()[1]
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Up)
    assert desk.room.protocols.form.isVisible()
    (line,) = lines(desk.room.protocols.form)
    assert line.echoMode() is QLineEdit.EchoMode.Password
    line.setFocus()
    keys(qtbot, PASSWORDS["ds"])
    assert len(desk.office.lists.approvals()) == 2
    assert not desk.room.protocols.form.isVisible()
    assert line.text() == ""
    said = "Esketamine nasal spray, US, version 3, approved by Dana Silva on 2026-03-02"
    assert desk.cards()[0].accessibleName() == said


def test_that_a_draft_for_each_route_fits_a_small_window_and_the_open_one_is_seen(
    qtbot: QtBot,
) -> None:
    desk = Desk(qtbot, Role.PRESCRIBER, protocols=shipped())
    desk.presenter.show("protocols")
    assert len(desk.cards()) == len(shipped())
    assert desk.room.minimumSizeHint().height() <= 690
    lines(desk.room.protocols.form)[0].setFocus()
    desk.presenter.protocols.choose(desk.cards()[-1].key)
    last = desk.cards()[-1]
    assert last.visibleRegion().boundingRect() == last.rect()


@pytest.mark.parametrize("role", [Role.NURSE, Role.PRESCRIBER, Role.ADMINISTRATOR])
def test_that_every_section_can_be_seen_by_everybody_in_plain_text(
    qtbot: QtBot, role: Role
) -> None:
    desk = Desk(qtbot, role)
    for _ in range(3):
        next_section(qtbot, desk)
        labels = [label for label in desk.room.findChildren(QLabel) if label.text()]
        assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
        assert desk.room.findChildren(QAbstractSpinBox) == []
        assert desk.room.isAncestorOf(focused())
        assert "iv" not in " ".join(label.text() for label in labels).split()


def test_that_the_list_takes_the_focus_of_the_form_that_goes_away(qtbot: QtBot) -> None:
    around, section = QWidget(), ProtocolsSection()
    around.setLayout(row(section, QPushButton("Beside it")))
    qtbot.addWidget(around)
    shown = ("title", "ketamine", "iv", "version 1", "approved", True, True)
    section.show_protocols((ProtocolRow("key", *shown),))
    field = FormField("password", "Password", Shape.DOTS)
    section.form.show_form(FormFace("Approve", (field,), "Approve", ""))
    section.show_approving(asked=True, said="")
    around.show()
    around.activateWindow()
    next(b for b in section.form.findChildren(QPushButton) if b.text() == "Approve").setFocus()
    qtbot.waitUntil(lambda: section.form.isAncestorOf(focused()))
    section.show_approving(asked=False, said="Approved.")
    assert isinstance(focused(), ProtocolCard)
