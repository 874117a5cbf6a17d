"""The foot of the window: the shield's sentence goes before everything else in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.overview_parts import at
from ui.gate_foot import FootDoors, GateFoot, chairs_wait
from ui.presenters.reminding import PressingFace
from ui.presenters.shield_face import ShieldFace
from ui.screens.gate.page import GatePage
from ui.widgets.frame import BEFORE_ROOMS, Foot

HINTS = (("Ctrl PgUp PgDn", "page"), ("Space", "reasons"), ("Ctrl O", "choose files"))
CALM = ShieldFace("Record intact, checked 10:02")
LONG = "A part of the record is missing since 2026-02-27 11:00: note it and go on (and 2 more)"


def foot(qtbot: QtBot, face: ShieldFace, width: int = 1200) -> Foot:
    made = Foot()
    qtbot.addWidget(made)
    made.set_hints(HINTS)
    made.set_clock("10:22")
    made.resize(width, made.height())
    made.show()
    made.set_shield(face)
    QApplication.processEvents()
    return made


def seen(made: Foot) -> tuple[bool, int]:
    """Tell whether the lock can be seen, and how many of the keys."""
    return made._lock.isVisible(), sum(each.isVisible() for each in made._each)


def test_that_a_calm_shield_leaves_room_for_all(qtbot: QtBot) -> None:
    assert seen(foot(qtbot, CALM)) == (True, 3)


def test_that_what_is_always_so_gives_way_before_the_keys(qtbot: QtBot) -> None:
    assert seen(foot(qtbot, CALM, 780)) == (False, 3)
    assert seen(foot(qtbot, CALM, 600)) == (False, 2)
    assert seen(foot(qtbot, CALM, 300)) == (False, 0)


def test_that_the_keys_of_a_room_are_there_though_those_of_the_one_before_were_not(
    qtbot: QtBot,
) -> None:
    made = foot(qtbot, CALM, 300)
    made.pressing.show_words("Chair 1: Vitals 10 now, till 10:13", "due")
    made.resize(700, made.height())
    made.set_hints(HINTS[1:2])
    QApplication.processEvents()
    assert seen(made)[1] == 1
    assert made.pressing.width() >= made.pressing.wanted


def test_that_a_worry_is_never_cut_short_for_a_key(qtbot: QtBot) -> None:
    made = foot(qtbot, ShieldFace(LONG, "shield-warning", "alert"), 900)
    assert not seen(made)[0]
    assert seen(made)[1] < len(HINTS)
    assert made.shield.width() >= made.shield.wanted
    made.set_shield(CALM)
    QApplication.processEvents()
    assert seen(made)[1]


def test_that_the_shield_is_pressed_by_mouse_and_keyboard_and_read_aloud(qtbot: QtBot) -> None:
    made = foot(qtbot, ShieldFace(LONG, "shield-warning", "alert"))
    asked: list[bool] = []
    made.shield.asked.connect(lambda: asked.append(True))
    qtbot.mouseClick(made.shield, Qt.MouseButton.LeftButton)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_A):
        qtbot.keyClick(made.shield, key)
    assert len(asked) == 3
    assert made.shield.accessibleName() == f"{LONG}. Enter shows more."


def test_that_the_log_in_page_says_how_many_chairs_wait_and_names_none(qtbot: QtBot) -> None:
    page = GatePage(lambda _: QWidget())
    qtbot.addWidget(page)
    waits = PressingFace(1, ("Chair 2: Vitals 20 overdue 4 min", "Chair 3: Device 2"), "s", "due")
    faces = [waits]
    foot = page.add_foot()
    doors = FootDoors(lambda: CALM, lambda: faces[-1], dt.UTC)
    kept = GateFoot(foot, doors)
    kept.on_tick(at("10:22"))
    said = {label.text() for label in page.findChildren(QLabel)}
    assert {CALM.said, BEFORE_ROOMS, "2 chairs wait, 1 overdue", "09:22"} <= said
    faces.append(PressingFace())
    kept.on_tick(at("10:23"))
    assert foot.pressing.isHidden()


@pytest.mark.parametrize(
    ("chairs", "face", "said"),
    [
        (3, PressingFace(unread=1), "2 chairs wait, 1 cannot be read"),
        (3, PressingFace(2, alerts=1), "3 chairs wait, 1 with an alert, 2 overdue"),
        (1, PressingFace(unread=1), "1 chair cannot be read"),
        (2, PressingFace(unread=2), "2 chairs cannot be read"),
        (0, PressingFace(), ""),
    ],
)
def test_that_a_chair_that_cannot_be_read_is_not_counted_as_one_that_waits(
    chairs: int, face: PressingFace, said: str
) -> None:
    assert chairs_wait(replace(face, lines=("Chair",) * chairs)) == said
