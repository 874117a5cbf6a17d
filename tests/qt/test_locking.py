"""The lock in the real window: rooms hidden as they are, and given back to whoever locked them."""

from __future__ import annotations

import datetime as dt
import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

import main
from monitor.entries import Entry, LoggedOut, ScreenLocked, ScreenUnlocked, session_stream
from monitor.people import Author
from tests.qt.real_windows import NURSE, PRESCRIBER, RealClinic, RealWindow, real_clinic
from ui.house import House
from ui.locking import Locking
from ui.screens.session.question_panel import QuestionPanel

HALF = "128/82 76"


class LockedWindow(RealWindow):
    """A window that can be locked."""

    def __init__(self, qtbot: QtBot, clinic: RealClinic) -> None:
        super().__init__(qtbot, clinic, clinic.record())
        self.bot, self.clinic = qtbot, clinic
        self.locking = Locking(
            self.window, self.record, tasks=self.tasks, ticker=self.ticker, keeper=self.keeper
        )
        self.locking.enter(self.house)
        self.locking.other_person.connect(self.enter_as)

    def enter_as(self, author: Author) -> None:
        """Let somebody else in, as the program does."""
        self.house.deleteLater()
        self.house = House(
            self.window,
            self.record,
            author,
            tasks=self.tasks,
            ticker=self.ticker,
            keeper=self.keeper,
        )
        self.house.go("Chairs")
        self.locking.enter(self.house)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press a key wherever the focus is."""
        where = QApplication.focusWidget() or self.window
        QTest.keyClick(where, key, modifier or Qt.KeyboardModifier.NoModifier)
        QApplication.processEvents()

    def lock(self) -> LockedWindow:
        """Press Ctrl+L."""
        self.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert self.is_locked()
        return self

    def unlock(self, who: Author, *, other: bool = False) -> None:
        """Type who it is and the password, and press Enter."""
        if other:
            self.press("Someone else")
            self.bot.keyClicks(self.field("User name"), who.user)
        name = "Password" if other else f"Password of {who.name}"
        self.bot.keyClicks(self.field(name), f"a long password of {who.user}")
        self.bot.keyClick(self.field(name), Qt.Key.Key_Return)
        self.wait_until(lambda: not self.is_locked())
        QApplication.processEvents()

    def field(self, name: str) -> QLineEdit:
        """Return the field of that name."""
        lines = self.window.findChildren(QLineEdit)
        return next(each for each in lines if each.accessibleName() == name and each.isVisible())

    def is_locked(self) -> bool:
        """Tell whether the lock is what is seen."""
        return self.locking.page.isVisible()

    @property
    def words(self) -> list[str]:
        """Return all that can be seen or is read out."""
        shown = [each for each in self.window.findChildren(QWidget) if each.isVisible()]
        found = [each.accessibleName() for each in shown]
        kinds = QLabel | QLineEdit | QPushButton
        found += [each.text() for each in shown if isinstance(each, kinds)]
        return [*filter(None, found), self.window.windowTitle()]


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[RealClinic]:
    yield from real_clinic(tmp_path / "record")


@pytest.fixture
def here(clinic: RealClinic, qtbot: QtBot) -> Iterator[LockedWindow]:
    clinic.clock.set("09:55")
    window = LockedWindow(qtbot, clinic)
    yield window
    window.close()


def entries(record: main.OpenRecord, stream: str = "access") -> list[Entry]:
    with record.world.looking() as tx:
        return list(tx.stream(stream))


def test_that_nothing_of_the_rooms_can_be_seen_or_reached_while_it_is_locked(
    here: LockedWindow,
) -> None:
    here.go_to_session()
    assert any("Nowak" in each for each in here.words)
    here.lock()
    assert entries(here.record)[-1].what == ScreenLocked("nk")
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_6):
        here.key(key, Qt.KeyboardModifier.AltModifier)
    here.house.go_to_session(here.clinic.session_id)  # as a reminder does that is pressed
    here.ticker.tick()
    assert here.is_locked()
    assert here.window.room is None
    said = "\n".join(here.words)
    assert "Chair 1\n" in said
    for word in ("Nowak", "Anna", "1984", "100234"):
        assert word not in said


def test_that_the_same_person_finds_line_question_and_focus_as_they_were(
    here: LockedWindow,
) -> None:
    here.go_to_session().type(HALF)
    here.house.sessions[here.clinic.session_id].session.command("cancel")
    panel = here.house.sessions[here.clinic.session_id].screen.findChild(QuestionPanel)
    assert panel is not None
    QApplication.processEvents()
    reason = panel.findChildren(QLineEdit)[-1]
    reason.setFocus()
    here.bot.keyClicks(reason, "fev")
    before = len(entries(here.record, session_stream(here.clinic.session_id)))
    here.lock()
    assert "A half-typed line in chair 1 is kept for Nina Kowal." in here.words
    here.clinic.clock.set("10:19")
    here.ticker.tick()
    here.unlock(NURSE)
    assert entries(here.record)[-1].what == ScreenUnlocked("nk")
    assert (here.line, reason.text()) == (HALF, "fev")
    assert QApplication.focusWidget() is reason
    assert "The line was kept from 09:55; nothing of it is stored." in here.said()
    assert len(entries(here.record, session_stream(here.clinic.session_id))) == before


def test_that_a_wrong_password_is_said_and_leaves_it_locked(here: LockedWindow) -> None:
    here.lock()
    password = here.field("Password of Nina Kowal")
    here.bot.keyClicks(password, "not this one")
    here.bot.keyClick(password, Qt.Key.Key_Return)
    here.wait_for("That is not Nina Kowal's password; type it again.")
    assert here.is_locked()
    assert (password.hasFocus(), password.text()) == (True, "")
    here.bot.keyClicks(password, "a long password of nk")
    here.bot.keyClick(password, Qt.Key.Key_Return)
    here.wait_until(lambda: not here.is_locked())


def test_that_nobody_else_is_shown_a_half_typed_line_and_its_owner_is(here: LockedWindow) -> None:
    here.go_to_session().type(HALF)
    here.lock().unlock(PRESCRIBER, other=True)
    assert here.house.author == PRESCRIBER
    assert LoggedOut("nk") in [entry.what for entry in entries(here.record)]
    here.go_to_session()
    assert here.line == ""
    here.clinic.clock.set("10:19")
    here.lock().unlock(NURSE, other=True)
    here.go_to_session()
    assert here.line == HALF
    assert "The line was kept from 09:55; nothing of it is stored." in here.said()
    here.key(Qt.Key.Key_Escape)
    assert "The line was kept" not in here.said()
    assert here.line == HALF  # the first Esc only takes the notice away
    here.key(Qt.Key.Key_Escape)
    assert here.line == ""


def test_that_it_locks_by_itself_after_so_long_without_a_key(here: LockedWindow) -> None:
    here.keeper.preferences.change(lock_minutes=0)
    here.clinic.clock.set("09:56")
    here.locking.on_tick(here.clinic.clock.now() + dt.timedelta(hours=5))
    assert not here.is_locked()  # 0 is never
    here.keeper.preferences.change(lock_minutes=3)
    here.window.windowHandle().requestActivate()
    for hhmm in ("09:57", "09:59", "10:01"):
        here.clinic.clock.set(hhmm)
        QTest.keyClick(here.window.windowHandle(), Qt.Key.Key_Shift)
        here.ticker.tick()
        assert not here.is_locked()
    here.clinic.clock.set("10:03")
    here.ticker.tick()
    assert not here.is_locked()
    here.clinic.clock.set("10:04")
    here.ticker.tick()
    assert here.is_locked()
    assert "after 3 minutes without a key" in here.words
    assert entries(here.record)[-1].what == ScreenLocked("nk", idle=True)


def test_that_a_dialog_is_hidden_too_even_where_the_record_takes_no_entry(
    here: LockedWindow,
) -> None:
    dialog = QMessageBox(QMessageBox.Icon.Warning, "Chairside", "Nowak, Anna", parent=here.window)
    QDialog.open(dialog)
    with here.clinic.record().world.transaction():  # no entry can be made now
        here.locking.lock()
    assert (here.is_locked(), dialog.isVisible()) == (True, False)
    here.unlock(NURSE)
    assert dialog.isVisible()
    here.locking.lock()
    here.unlock(PRESCRIBER, other=True)
    assert not dialog.isVisible()


def test_that_a_dialog_that_opens_only_then_is_hidden_until_it_is_unlocked(
    here: LockedWindow,
) -> None:
    dialog = QMessageBox(QMessageBox.Icon.Warning, "Chairside", "a key", parent=here.window)
    here.lock()
    QDialog.open(dialog)  # as a print dialog whose pages were made meanwhile
    assert dialog.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    QApplication.processEvents()
    assert not dialog.isVisible()
    here.unlock(NURSE)
    assert dialog.isVisible()
    assert not dialog.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    dialog.reject()
    QDialog.open(dialog)  # unlocked, it opens as ever
    QApplication.processEvents()
    assert dialog.isVisible()
    dialog.reject()


def test_that_nobody_waits_at_the_lock_behind_slow_work(here: LockedWindow) -> None:
    slow = threading.Event()
    here.tasks.run(lambda: slow.wait(20), lambda _: None)
    try:
        here.lock().unlock(NURSE)
        assert not slow.is_set()
    finally:
        slow.set()


def test_that_whoever_goes_somewhere_from_the_wall_sees_it(here: LockedWindow) -> None:
    house, wall = here.house, here.house.front.wall
    session_id = here.clinic.session_id
    rooms, patients = house.sessions[session_id], house.front.patients_room
    ways: list[tuple[Callable[[], None], QWidget]] = [
        (partial(house.go_to_session, session_id), rooms.screen),
        (partial(house.go_to_dose, session_id), rooms.dose_room),
        (partial(house.go, "Patients"), patients),
    ]
    for go, room in ways:
        wall.toggle()
        go()
        QApplication.processEvents()
        assert not wall.is_on
        assert room.isVisible()
    wall.toggle()
    here.locking.lock(3)
    house.go_to_session(session_id)  # a reminder was pressed
    QApplication.processEvents()
    assert (wall.is_on, here.is_locked()) == (False, True)


def test_that_after_a_hand_over_nothing_of_the_old_rooms_is_alive(here: LockedWindow) -> None:
    here.go_to_session().house.go_to_dose(here.clinic.session_id)
    for place in ("Patients", "To sign", "Register", "Audit", "Settings", "Chairs"):
        here.house.go(place)
    house = here.house
    for _ in range(2):
        house.front.wall.toggle()
    rooms = house.sessions[here.clinic.session_id]
    old = [
        weakref.ref(each)
        for each in (
            *(house, house.front, house.front.wall, house.front.chairs, house.front.patients),
            *(house.front.chairs_room, house.sessions, house.quiet, house.side),
            *(house.side.cupboard, house.side.rems, house.side.rems.presenter),
            *(rooms.session, rooms.screen, rooms.dose, rooms.dose_room),
        )
    ]
    del house, rooms
    here.lock().unlock(PRESCRIBER, other=True)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert [type(each()).__name__ for each in old if each() is not None] == []
