"""Enter presses the button that has the focus, under whatever desktop."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.architecture.house import ROOT
from ui.presenters.form import FormField, Option, Shape
from ui.widgets.buttons import Button
from ui.widgets.controls import ChoiceCard, control_for
from ui.widgets.parts import button

ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
NEITHER = (Option("a", "Left"), Option("b", "Right"))


def presses(made: QPushButton) -> list[bool]:
    pressed: list[bool] = []
    made.clicked.connect(lambda: pressed.append(True))
    return pressed


def test_that_the_desktop_of_these_tests_has_no_such_rule(qtbot: QtBot) -> None:
    bare = QPushButton("Bare")
    qtbot.addWidget(bare)
    pressed = presses(bare)
    qtbot.keyClick(bare, Qt.Key.Key_Return)
    assert not pressed, "or the others would show nothing"


@pytest.mark.parametrize("key", [*ENTERS, Qt.Key.Key_Space])
def test_that_a_button_is_pressed_by_the_keyboard(qtbot: QtBot, key: Qt.Key) -> None:
    made = button("Stop")
    qtbot.addWidget(made)
    pressed = presses(made)
    qtbot.keyClick(made, key)
    assert len(pressed) == 1


def test_that_a_key_that_is_held_down_presses_once(qtbot: QtBot) -> None:
    made = button("Stop")
    qtbot.addWidget(made)
    pressed = presses(made)
    for again in (False, True, True):
        held = QKeyEvent(
            QEvent.Type.KeyPress,
            Qt.Key.Key_Return,
            Qt.KeyboardModifier.NoModifier,
            "\r",
            again,
        )
        QApplication.sendEvent(made, held)
    assert len(pressed) == 1


@pytest.mark.parametrize("shape", [Shape.BUTTONS, Shape.CARDS])
def test_that_a_choice_of_a_form_leaves_enter_to_the_form(qtbot: QtBot, shape: Shape) -> None:
    control = control_for(FormField("side", "Side", shape, options=NEITHER))
    qtbot.addWidget(control)
    choices = control.findChildren(Button)
    assert len(choices) == len(NEITHER)
    pressed = presses(choices[0])
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(choices[0], held)
    assert not pressed
    assert not held.isAccepted()
    assert isinstance(choices[0], ChoiceCard) is (shape is Shape.CARDS)


def test_that_every_button_of_the_window_is_one_of_these() -> None:
    bare = re.compile(r"\bQ(PushButton|ToolButton|CommandLinkButton)\(|class \w+\(Q\w*Button\)")
    found = [
        path.relative_to(ROOT).as_posix()
        for path in sorted(Path(ROOT, "ui").rglob("*.py"))
        if bare.search(path.read_text(encoding="utf-8"))
    ]
    assert found == ["ui/widgets/buttons.py"]
