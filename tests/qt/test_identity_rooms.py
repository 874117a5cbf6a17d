"""The guard of identities on the screen, worked by keys alone."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from monitor.clinic import Lists, NewPatient
from monitor.identity import MendPatient, ShowChanges
from monitor.people import Sex
from tests.fakes.open_sessions import infusing
from tests.fakes.rooms import patients_doors, registered, start_doors
from tests.fakes.visit import Visit
from ui.presenters.chair_card import card
from ui.presenters.patients import PatientsPresenter
from ui.presenters.sheet import FIRST_FIGURE, sheet_rows
from ui.presenters.start_session import StartSessionPresenter
from ui.screens.chairs.cards import ChairCard
from ui.screens.patients.page import CHANGE
from ui.screens.patients.room import PatientsRoom
from ui.screens.starting.room import StartSessionRoom
from ui.widgets.sheet import SheetTable

ROOM_WIDTH, ROOM_HEIGHT = 1200, 688


def shown(qtbot: QtBot, room: QWidget) -> None:
    qtbot.addWidget(room)
    room.resize(ROOM_WIDTH, ROOM_HEIGHT)
    with qtbot.waitActive(room):
        room.show()
        room.activateWindow()


def focused() -> QWidget:
    QApplication.processEvents()
    found = QApplication.focusWidget()
    assert found is not None
    return found


def keys(words: str) -> None:
    """Type in place of what stands where the focus is, then Enter."""
    line = focused()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, words)
    QTest.keyClick(line, Qt.Key.Key_Return)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focused(), key, modifier)


def words(room: QWidget) -> list[str]:
    QApplication.processEvents()
    return [each.text() for each in room.findChildren(QLabel) if each.isVisible()]


def named(room: QWidget, name: str) -> QAbstractButton:
    QApplication.processEvents()
    return next(
        each
        for each in room.findChildren(QAbstractButton)
        if each.accessibleName() == name and each.isVisible()
    )


def patients_room(qtbot: QtBot) -> tuple[Visit, PatientsRoom, PatientsPresenter]:
    visit, room = Visit(), PatientsRoom()
    registered(visit, "Nowak", "Ana", "100402")
    presenter = PatientsPresenter(room, patients_doors(visit))
    room.wire(presenter)
    presenter.refresh()
    shown(qtbot, room)
    return visit, room, presenter


def mending(qtbot: QtBot) -> tuple[Visit, PatientsRoom]:
    """Come to the form by the keyboard."""
    visit, room, _ = patients_room(qtbot)
    keys("100234")
    change = named(room, CHANGE)
    for _ in range(30):  # reachable by Tab, wherever it stands
        if focused() is change:
            break
        press(Qt.Key.Key_Tab)
    assert focused() is change
    press(Qt.Key.Key_Space)
    return visit, room


def test_that_a_name_is_changed_by_keys_and_the_page_tells_it(qtbot: QtBot) -> None:
    visit, room = mending(qtbot)
    visit.at("10:12")
    assert room.form.accessibleName() == "Change what is known of Nowak, Anna"
    keys("Wrona")
    for _ in range(5):  # given name, birth date, sex, record number, allergies stay
        press(Qt.Key.Key_Return)
    assert "Wrona, Anna" in words(room.changes)
    keys("name changed")
    (change,) = ShowChanges(visit.world)(visit.overview.patient.id)
    assert (change.now.family, change.now.given, change.reason) == (
        "Wrona",
        "Anna",
        "name changed",
    )
    assert not room.form.isVisible()
    said = words(room.page)
    assert {"Nowak, Anna", "2026-03-02 10:12 · Nina Kowal", "Reason: name changed"} <= set(said)
    assert said.count("Wrona, Anna") == 2


def test_that_the_old_name_is_struck_through(qtbot: QtBot) -> None:
    _, room = mending(qtbot)
    room.type("family", "Wrona")
    old = next(each for each in room.changes.findChildren(QLabel) if each.text() == "Nowak, Anna")
    assert old.font().strikeOut()


def test_that_a_missing_reason_is_said_in_sight_and_the_line_is_entered(qtbot: QtBot) -> None:
    visit, room = mending(qtbot)
    room.type("family", "Wrona")
    named(room, "Confirm the change").click()
    line = focused()
    assert line.accessibleName() == "Reason"
    said = next(e for e in room.form.findChildren(QLabel) if e.text().startswith("A reason is"))
    assert said.isVisible()
    QApplication.processEvents()
    top_left = said.mapTo(room.form, said.rect().bottomLeft())
    button = named(room, "Confirm the change")
    assert top_left.y() <= button.mapTo(room.form, button.rect().topLeft()).y()
    named(room, "Reason: Changed name").click()
    keys("name changed")
    assert [p.name for p in Lists(visit.world).patients("Wrona")] == ["Wrona, Anna"]


def test_that_other_reasons_are_typed(qtbot: QtBot) -> None:
    _, room = mending(qtbot)
    named(room, "Reason: Misspelt").click()
    named(room, "Reason: Other").click()
    line = focused()
    assert isinstance(line, QLineEdit)
    assert (line.accessibleName(), line.text()) == ("Reason", "")


def test_that_a_like_patient_is_asked_about_and_enter_is_the_safe_answer(qtbot: QtBot) -> None:
    visit, room = mending(qtbot)
    room.type("family", "Nowack")
    room.type("reason", "misspelt")
    named(room, "Confirm the change").click()
    assert room.likeness.isVisible()
    press(Qt.Key.Key_Space)
    assert room.page.accessibleName() == "Nowak, Ana"
    assert visit.overview.patient.family == "Nowak"


def test_that_escape_leaves_the_form_and_changes_nothing(qtbot: QtBot) -> None:
    visit, room = mending(qtbot)
    room.type("family", "Wrona")
    press(Qt.Key.Key_Escape)
    assert not room.form.isVisible()
    assert ShowChanges(visit.world)(visit.overview.patient.id) == ()
    assert "None was ever made." in words(room.page)


def test_that_the_form_fits_the_smallest_window(qtbot: QtBot) -> None:
    _, room = mending(qtbot)
    least = room.minimumSizeHint()
    assert least.width() <= ROOM_WIDTH
    assert least.height() <= ROOM_HEIGHT


def test_that_the_list_says_aloud_who_is_like_whom(qtbot: QtBot) -> None:
    _, room, _ = patients_room(qtbot)
    item = room.patients.list.item(0)
    said = str(item.data(Qt.ItemDataRole.AccessibleTextRole))
    assert said.endswith("like: Nowak, Anna, born 1984-03-12")
    tall = room.patients.list.visualItemRect(item).height()
    keys("zzz")
    assert tall == 72


def start_room(qtbot: QtBot) -> tuple[Visit, StartSessionRoom, dict[str, str]]:
    visit, room = Visit(), StartSessionRoom()
    ids = {number: registered(visit, "Reyes", "Mateo", number).id for number in ("7", "8")}
    presenter = StartSessionPresenter(room, start_doors(visit))
    room.wire(presenter)
    shown(qtbot, room)
    presenter.begin()
    return visit, room, ids


def test_that_one_of_two_like_patients_is_named_by_a_digit(qtbot: QtBot) -> None:
    visit, room, ids = start_room(qtbot)
    keys("reyes")
    assert focused() is room.which
    press(Qt.Key.Key_Return)  # out of habit: names nobody
    assert room.which.isVisible()
    press(Qt.Key.Key_2)
    assert not room.which.isVisible()
    press(Qt.Key.Key_Return)  # chair 1
    press(Qt.Key.Key_Return)  # the one approved protocol
    press(Qt.Key.Key_Return)  # start
    (header,) = [h for h in Lists(visit.world).sessions("open") if h.chair == "1"]
    assert header.patient.id == ids["8"]


def test_that_like_patients_can_be_walked_through_by_tab(qtbot: QtBot) -> None:
    _, room, _ = start_room(qtbot)
    keys("reyes")
    press(Qt.Key.Key_Tab)
    first = focused()
    assert isinstance(first, QPushButton)
    assert first.accessibleName() == "1: Reyes, Mateo, 1990-07-02 (35) · MRN 7"
    press(Qt.Key.Key_Return)
    assert not room.which.isVisible()
    assert room.chairs.isAncestorOf(focused())


def test_that_like_patients_in_two_chairs_are_told_on_both_cards(qtbot: QtBot) -> None:
    face = dataclasses.replace(card(infusing(), infusing().seen_at), like="Like Chair 3: X")
    shown_card = ChairCard(face, roomy=False)
    shown(qtbot, shown_card)
    assert "Like Chair 3: X" in words(shown_card)
    assert "1984-03-12" in shown_card.accessibleName()
    shown_card.set_face(dataclasses.replace(face, like=""))
    assert "Like Chair 3: X" not in words(shown_card)


def test_that_the_sheet_gives_a_changed_name_the_room_of_the_figures(qtbot: QtBot) -> None:
    visit = Visit().started().at("10:12")
    before = sheet_rows(visit.overview)
    patient = visit.overview.patient
    wanted = NewPatient(
        family="Nowak-Lis", given="Anna", born="1984-03-12", sex=Sex.FEMALE, number="100234"
    )
    MendPatient(visit.world)(visit.nurse, patient.id, wanted, "name changed")
    table = SheetTable()
    qtbot.addWidget(table)
    table.set_rows(before)
    table.set_rows(sheet_rows(visit.overview))
    assert [table.columnSpan(row, FIRST_FIGURE) for row in range(2)] == [1, 8]
    assert "was Nowak, Anna" in sheet_rows(visit.overview)[1].said
    table.set_rows(before)
    assert table.columnSpan(0, FIRST_FIGURE) == 1
