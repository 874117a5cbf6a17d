"""The room of the REMS forms in a real window, on a real record."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

import main
from monitor.acts import (
    CheckReadiness,
    Discharge,
    GiveDevice,
    TakeOrder,
    TypeLine,
)
from monitor.clinic import ApproveProtocol
from monitor.desk import OpenSession, Perform
from monitor.entries import Given, Leaving, RemsAnswered, RemsFiled
from monitor.protocols import shipped
from monitor.rems import rems_stream
from tests.fakes.views_rems import LINES, Office, treated as visited
from tests.qt.real_windows import NURSE, PRESCRIBER, RealClinic, RealWindow, real_clinic
from ui.presenters.rems import RemsPresenter
from ui.screens.rems.field_row import FieldRow
from ui.screens.rems.room import RemsRoom


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[RealClinic]:
    yield from real_clinic(tmp_path / "record")


def treated(clinic: RealClinic, record: main.OpenRecord) -> str:
    """Have 84 mg given and the patient gone home; return the session."""
    world = record.world
    ApproveProtocol(world)(PRESCRIBER, next(p for p in shipped() if p.id == "esketamine"))
    with world.looking() as tx:
        patient = tx.patients()[0].id
    clinic.clock.set("09:40")
    session_id = OpenSession(world)(
        NURSE, patient_id=patient, protocol_id="esketamine", chair="2", confirm=True
    )
    with world.looking() as tx:
        items = tuple((item, True) for item, _ in tx.session(session_id).protocol.checklist)
    order = TakeOrder(how=Given.WRITTEN, dose_mg=Decimal(84))
    device = GiveDevice(lot="SYN26A07", expiry="2027-11")
    for at, by, act in (
        ("09:46", PRESCRIBER, order),
        ("09:55", NURSE, TypeLine(text="126/78 70 98 15 s5 d0")),
        *((at, NURSE, device) for at in ("10:00", "10:05", "10:10")),
        *((at, NURSE, TypeLine(text=line)) for at, line in LINES),
        ("12:12", NURSE, CheckReadiness(items=items, escort="Jan Nowak")),
        ("12:13", NURSE, Discharge(how=Leaving.HOME, escort="Jan Nowak")),
    ):
        clinic.clock.set(at)
        Perform(world)(session_id, by, act)
    return session_id


def written(record: main.OpenRecord, session_id: str) -> list[type]:
    """Return what stands in the stream of the form; the record agrees with itself."""
    assert not record.check(lambda _, __: None).findings
    with record.world.looking() as tx:
        return [type(each.what) for each in tx.stream(rems_stream(session_id))]


class Typist:
    """Somebody with nothing but a keyboard, in the room of the forms."""

    def __init__(self, qtbot: QtBot, real: RealWindow) -> None:
        self.qtbot, self.real, self.room = qtbot, real, real.house.side.rems.room

    def press(self, key: Qt.Key, *, ctrl: bool = False, times: int = 1) -> None:
        """Press a key where the focus is."""
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        for _ in range(times):
            focus = QApplication.focusWidget()
            assert focus is not None
            self.qtbot.keyClick(focus, key, held)

    def field(self, name: str) -> FieldRow:
        """Return a field, once there is a worksheet."""
        self.real.wait_until(lambda: bool(self.room.sheet.fields))
        return self.room.sheet.fields[name]

    def goes_by(self, name: str) -> None:
        """Go on from a field of yes and no by Enter, which answers nothing; and come back."""
        for made in (self.field(name).yes, self.field(name).no):
            made.setFocus()
            with self.qtbot.assertNotEmitted(self.field(name).answered):
                self.press(Qt.Key.Key_Return)
            assert not self.field(name).has_focus
        self.press(Qt.Key.Key_Up)

    def says_no(self, name: str) -> None:
        """Answer no, by the space bar."""
        assert self.field(name).yes.hasFocus()
        self.press(Qt.Key.Key_Tab)
        self.press(Qt.Key.Key_Space)
        self.becomes(name, "no")

    def files(self) -> None:
        """Note it as filed today, without a number, and that it was with fields empty."""
        self.press(Qt.Key.Key_F, ctrl=True)
        self.press(Qt.Key.Key_Return, times=3)
        self.press(Qt.Key.Key_Space)
        self.press(Qt.Key.Key_Return)

    def becomes(self, name: str, value: str) -> None:
        """Wait until a field has that value."""
        self.real.wait_until(lambda: self.field(name).face.value == value)


def test_that_a_form_is_typed_over_answered_and_filed_by_keyboard(
    qtbot: QtBot, clinic: RealClinic
) -> None:
    record = clinic.record()
    session_id = treated(clinic, record)
    real = RealWindow(qtbot, clinic, record)
    real.wait_until(real.window.rail.places["REMS"].isVisible)
    real.window.activateWindow()  # a reminder's window may have come meanwhile
    real.wait_until(real.window.isActiveWindow)
    qtbot.keyClick(real.window, Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    hand = Typist(qtbot, real)
    real.wait_until(hand.field("given").hasFocus)
    hand.press(Qt.Key.Key_C, ctrl=True)
    assert QGuiApplication.clipboard().text() == "Anna"
    hand.press(Qt.Key.Key_Return)
    assert hand.field("given").face.copied
    qtbot.keyClicks(hand.field("middle").line, "M")
    hand.press(Qt.Key.Key_Return)
    hand.becomes("middle", "M")
    hand.press(Qt.Key.Key_Down, times=6)
    hand.goes_by("hypnotics")
    hand.says_no("hypnotics")
    assert hand.field("opioids").has_focus
    hand.files()
    real.wait_for("Filed 2026-03-02 by Nina Kowal")
    assert written(record, session_id) == [RemsAnswered, RemsAnswered, RemsFiled]
    real.close()


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[RemsRoom]:
    made = RemsRoom()
    qtbot.addWidget(made)
    presenter = RemsPresenter(made, Office(visited()).doors())
    made.wire(presenter)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    presenter.refresh()
    yield made
    presenter.close()


def test_that_a_refused_answer_keeps_its_text_and_the_focus_until_esc(
    qtbot: QtBot, room: RemsRoom
) -> None:
    made = room.sheet.fields["monitor-telephone"]
    made.enter()
    made.line.setText("5" * 3000)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Tab):
        qtbot.keyClick(made.line, key)
        QApplication.processEvents()
        assert made.line.hasFocus()
    other = room.sheet.fields["opioids"]
    other.no.setFocus()
    qtbot.keyClick(other.no, Qt.Key.Key_Space)
    assert other.face.value == "no"
    room.dues.cards[0].setFocus()
    qtbot.keyClick(room.dues.cards[0], Qt.Key.Key_Return)
    assert made.line.text() == "5" * 3000
    assert made.line.hasFocus()
    qtbot.keyClick(made.line, Qt.Key.Key_Escape)
    assert not made.line.text()
    qtbot.keyClick(made.line, Qt.Key.Key_Return)
    assert room.sheet.fields["monitor-email"].has_focus


def test_that_the_cards_are_walked_by_arrow_and_enter_goes_into_the_sheet(
    qtbot: QtBot, room: RemsRoom
) -> None:
    room.dues.cards[0].setFocus()
    qtbot.keyClick(room.dues.cards[0], Qt.Key.Key_Return)
    assert room.sheet.fields["given"].has_focus
    (face,) = (card.face for card in room.dues.cards)
    room.show_list((face, dataclasses.replace(face, session_id="s2", here=False)), "")
    first, second = room.dues.cards
    first.setFocus()
    for card, key in ((second, Qt.Key.Key_Down), (second, Qt.Key.Key_Down), (first, Qt.Key.Key_Up)):
        qtbot.keyClick(QApplication.focusWidget(), key)
        assert card.hasFocus()


def test_that_cancel_leaves_the_filing_and_what_was_typed_is_there_again(
    qtbot: QtBot, room: RemsRoom
) -> None:
    qtbot.mouseClick(room.filed, Qt.MouseButton.LeftButton)
    room.form.type("confirmation", "C-77")
    cancel = next(each for each in room.form.findChildren(QPushButton) if "Esc" in each.text())
    cancel.click()
    assert room.form.isHidden()
    qtbot.mouseClick(room.filed, Qt.MouseButton.LeftButton)
    held = [line.text() for line in room.form.findChildren(QLineEdit)]
    assert held[-1] == "C-77"
