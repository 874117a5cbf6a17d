"""Changing one's own password in the real window, and what is said of one's certificate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from monitor.clinic import LogIn
from monitor.people import Author
from tests.qt.real_windows import BOSS, NURSE, RealClinic, RealWindow, real_clinic

OLD, NEW = "a long password of nk", "another long password"
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[RealClinic]:
    yield from real_clinic(tmp_path / "record")


def focused() -> QWidget:
    QApplication.processEvents()
    found = QApplication.focusWidget()
    assert found is not None
    return found


def keys(qtbot: QtBot, words: str) -> None:
    """Type where the focus is, and press Enter."""
    qtbot.keyClicks(focused(), words)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)


def test_that_a_password_is_changed_from_a_session_by_keyboard_and_the_line_is_kept(
    qtbot: QtBot, clinic: RealClinic
) -> None:
    here = RealWindow(qtbot, clinic, clinic.record()).go_to_session()
    session = here.window.room
    here.type("122/76 72")
    qtbot.keyClick(here.window, Qt.Key.Key_P, ALT)
    assert focused().accessibleName() == "Password as it is now"
    for words in (OLD, NEW, NEW):
        keys(qtbot, words)
    here.wait_for("Your password is changed")
    room = here.house.own.room
    assert not any(line.text() for line in room.findChildren(QLineEdit))
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert here.window.room is session
    assert here.line == "122/76 72"
    LogIn(here.record.world)("nk", NEW)
    here.close()


def test_that_the_account_at_the_rail_offers_it_between_locking_and_leaving(
    qtbot: QtBot, clinic: RealClinic
) -> None:
    here = RealWindow(qtbot, clinic, clinic.record())
    here.window.rail.person.offer()
    names = []
    for _ in range(4):
        names.append(focused().accessibleName())
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    assert names == ["Lock", "Change my password", "Log out", "Lock"]
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert here.window.room is here.house.own.room
    here.close()


def test_that_escape_goes_back_and_going_elsewhere_forgets_what_was_typed(
    qtbot: QtBot, clinic: RealClinic
) -> None:
    here = RealWindow(qtbot, clinic, clinic.record())
    chairs = here.window.room
    for leave in (
        lambda: qtbot.keyClick(focused(), Qt.Key.Key_Escape),
        lambda: here.house.go("Patients"),
    ):
        here.house.own.go()
        qtbot.keyClicks(focused(), OLD)
        leave()
        room = here.house.own.room
        assert not any(line.text() for line in room.findChildren(QLineEdit))
        assert here.window.room in (chairs, here.house.front.patients_room)
    here.close()


def test_that_a_clinician_is_told_at_log_in_that_the_certificate_ends(
    qtbot: QtBot, clinic: RealClinic
) -> None:
    record = clinic.record()
    clinic.clock.advance(seconds=dt.timedelta(days=365 * 5 - 30).total_seconds())
    here = RealWindow(qtbot, clinic, record, NURSE)
    strip = here.house.own.strip
    assert strip.words.startswith("Your certificate ends on 2031-03-01;")
    strip.away.click()
    assert strip.words == ""
    here.close()


@pytest.mark.parametrize(("who", "days"), [(NURSE, 0), (BOSS, 365 * 5 - 30)])
def test_that_nobody_is_told_of_a_certificate_that_holds_for_long_or_signs_nothing(
    qtbot: QtBot, clinic: RealClinic, who: Author, days: int
) -> None:
    record = clinic.record()
    clinic.clock.advance(seconds=dt.timedelta(days=days).total_seconds())
    here = RealWindow(qtbot, clinic, record, who)
    assert here.house.own.strip.words == ""
    here.close()
