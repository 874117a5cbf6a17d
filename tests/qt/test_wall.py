"""The wall screen over a real window: no name on it, and what is under it goes on."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from monitor.people import Patient, Sex
from tests.fakes import open_sessions
from tests.fakes.overview_parts import LOCAL, at
from ui.presenters.chairs import ChairsPresenter
from ui.presenters.shield_face import ShieldFace
from ui.screens.chairs.screen import HINTS, ChairsScreen
from ui.screens.chairs.wall import WallPage
from ui.wall import Wall
from ui.window import Window

PLANTED = Patient(
    "p-planted", "Zyxfamily", "Wvugiven", dt.date(1931, 12, 29), Sex.FEMALE, "998877", ()
)
WORDS = ("Zyx", "Wvu", "1931", "998877")


class Hung:
    """A window at the chairs of that patient, and what puts the wall over it."""

    def __init__(self, qtbot: QtBot) -> None:
        late = open_sessions.infusing("10:22:20", overdue=True)
        session = dataclasses.replace(late, chair="1", patient=PLANTED)
        self.window, self.room = Window(), ChairsScreen()
        qtbot.addWidget(self.window)
        self.presenter = ChairsPresenter(
            self.room,
            overviews=lambda: (session,),
            chairs=lambda: ("1", "2"),
            now=lambda: at("10:22:20"),
            local=LOCAL,
        )
        self.room.wire(self.presenter)
        self.window.add_room(self.room, HINTS)
        self.window.show_room(self.room, "Chairs")
        self.window.foot.set_shield(ShieldFace("Record intact, checked 10:02"))
        self.wall = Wall(self.window, self.presenter)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.room.hasFocus)

    @property
    def page(self) -> WallPage:
        return self.window.findChildren(WallPage)[-1]

    def seen(self) -> str:
        """Return every word that is shown, or read out, by what can be seen."""
        found = [each for each in self.window.findChildren(QWidget) if each.isVisible()]
        words = [self.window.windowTitle()]
        for each in found:
            words += [each.accessibleName(), each.accessibleDescription(), each.toolTip()]
            if isinstance(each, (QLabel, QAbstractButton, QLineEdit)):
                words.append(each.text())
        return "\n".join(words)


@pytest.fixture
def hung(qtbot: QtBot) -> Hung:
    return Hung(qtbot)


def test_that_no_patient_is_named_while_the_wall_is_on(hung: Hung, qtbot: QtBot) -> None:
    assert all(word in hung.seen() for word in WORDS)
    qtbot.keyClick(hung.room, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: hung.wall.is_on and hung.page.isVisible())
    seen = hung.seen()
    assert [word for word in WORDS if word in seen] == []
    for said in ("Chair 1, Ketamine IV, Infusing", "10:22", "Record intact", "1 of 2 in use"):
        assert said in seen
    assert hung.window.isFullScreen()


def test_that_esc_leaves_the_wall_to_where_one_was(hung: Hung, qtbot: QtBot) -> None:
    hung.wall.toggle()
    page = hung.page
    qtbot.waitUntil(page.hasFocus)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(hung.room.hasFocus)
    assert not hung.wall.is_on
    assert not hung.window.isFullScreen()


def test_that_a_screen_locked_under_the_wall_is_locked_when_it_is_left(
    hung: Hung, qtbot: QtBot
) -> None:
    hung.wall.toggle()
    qtbot.waitUntil(hung.page.hasFocus)
    locked, password = QWidget(), QLineEdit()
    password.setParent(locked)
    hung.window.lock(locked)
    password.setFocus()
    assert hung.page.isVisible()
    qtbot.keyClick(hung.page, Qt.Key.Key_Escape)
    qtbot.waitUntil(password.hasFocus)
    assert locked.isVisible()
    assert [word for word in WORDS if word in hung.seen()] == []


def test_that_the_wall_goes_with_whoever_was_logged_in(hung: Hung) -> None:
    hung.wall.toggle()
    hung.wall.close()
    assert not hung.wall.is_on
    hung.window.wall_asked.emit()
    assert not hung.wall.is_on
