"""Signing in the real window: from the chair to the worklist, to a gap and back, and on."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from monitor.entries import SignatureRefused
from tests.qt.real_windows import NURSE
from tests.qt.signing_office import PASSWORD, Office
from ui.presenters.to_sign_faces import APPROVED, RECORDED


@pytest.fixture
def office(qtbot: QtBot, tmp_path: Path) -> Iterator[Office]:
    made = Office(qtbot, tmp_path)
    yield made
    made.close()


def test_that_the_chair_leads_to_the_worklist_and_signs_nothing_by_itself(office: Office) -> None:
    assert office.window.window.rail.places["To sign"].accessibleName() == (
        "To sign: 1 session waits for a signature"
    )
    office.explain_all()
    office.window.go_to_session()
    office.window.press("Sign the record…")
    office.settle()
    assert office.window.window.room is office.window.house.quiet.to_sign_room
    assert not office.overview.signatures


def test_that_a_gap_is_gone_to_by_keyboard_and_the_way_back_leads_to_the_same_session(
    office: Office,
) -> None:
    office.sit("nk")
    room = office.window.house.quiet.to_sign_room
    office.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    office.press(Qt.Key.Key_G)
    gone_to = QApplication.focusWidget()
    assert isinstance(gone_to, QPushButton)
    name = gone_to.accessibleName()
    assert name == "Go to it: Vitals 30 overdue"
    office.press(Qt.Key.Key_Space)
    office.settle()
    assert "From To sign. Nowak, Anna: Vitals 30 overdue" in office.window.said()
    assert "Vitals 30 was missed" in office.window.said()
    office.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    office.qtbot.waitUntil(lambda: office.window.window.room is room)
    office.settle()
    assert "From To sign." not in office.window.said()
    back = room.focusWidget()
    assert back is not None
    assert back.accessibleName() == name


def test_that_a_row_of_the_sheet_is_gone_to_even_where_it_is_no_reading(office: Office) -> None:
    discharged = next(t.uid for t in office.overview.things if t.kind == "discharged")
    reading = office.overview.readings[2].uid
    house = office.window.house
    for uid in (reading, discharged):
        house.go_from_signing(office.session_id, f"row:{uid}", "Nowak, Anna")
        sheet = house.sessions[office.session_id].screen.sheet
        assert office.window.window.focusWidget() is sheet
        asked: list[str] = []
        sheet.amend_asked.connect(asked.append)
        office.qtbot.keyClick(sheet, Qt.Key.Key_Return)
        assert asked == [uid]
        sheet.amend_asked.disconnect(asked.append)
        house.sessions[office.session_id].session.question.cancel()
    house.go("Chairs")
    assert "From To sign." not in office.window.said()


def test_that_the_worklist_signs_co_signs_exports_and_adds_in_the_real_record(
    office: Office, tmp_path: Path
) -> None:
    office.explain_all()
    office.sign("nk")
    (signed,) = office.overview.signatures
    assert (signed.by.user, signed.meaning, bool(signed.certificate)) == ("nk", RECORDED, True)
    office.sign("ds")
    assert [s.meaning for s in office.overview.signatures] == [RECORDED, APPROVED]
    office.window.keeper.preferences.change(report_folder=str(tmp_path))
    office.press(Qt.Key.Key_E)
    office.settle()
    (pdf,) = tmp_path.glob("session-S-*.pdf")
    assert (pdf.parent / f"{pdf.name}.proof.json").exists()
    house = office.window.house
    house.quiet.to_sign_room.setFocus()
    office.press(Qt.Key.Key_End)
    house.quiet.to_sign_room._presenter.add(  # type: ignore[union-attr]
        "The patient called: no headache.", PASSWORD.format("ds")
    )
    office.settle()
    assert office.overview.version == 2
    assert office.window.window.rail.places["To sign"].accessibleName() == "To sign"


def test_that_a_password_that_is_wrong_is_an_entry_and_nothing_is_signed(office: Office) -> None:
    office.explain_all()
    office.sit("nk")
    presenter = office.window.house.quiet._to_sign
    office.press(Qt.Key.Key_End)
    presenter.sign("not the password of anybody", RECORDED)
    office.settle()
    assert "That is not Nina Kowal's password" in office.window.said()
    assert not office.overview.signatures


def test_that_who_has_no_certificate_is_told_where_it_is_issued(office: Office) -> None:
    stranger = dataclasses.replace(NURSE, user="xx", name="Xenia Xu")
    office.window.house.set_author(stranger)
    error = office.window.house.quiet._desk._trouble(office.clinic.clock.now())
    assert error is not None
    assert error.code.value == "no-certificate"
    with office.record.world.looking() as tx:
        assert not any(isinstance(e.what, SignatureRefused) for e in tx.stream("access"))
