"""The program locked in front of a patient: the same person, and then somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.e2e.hands import Hands
from tests.e2e.test_starting_in_trouble import log_in, started
from tests.qt.real_windows import RealClinic, real_clinic
from ui import theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def clinic(tmp_path: Path, qapp: QApplication) -> Iterator[RealClinic]:
    theme.wear(qapp)
    yield from real_clinic(tmp_path / "record")


def lock(hands: Hands) -> None:
    hands.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    hands.wait_for("The chairs go on")
    assert not hands.sees("Nowak")


def test_that_the_program_is_locked_unlocked_and_taken_over_by_keys(
    clinic: RealClinic, qtbot: QtBot
) -> None:
    clinic.clock.set("09:55")
    window, hands = started(clinic, clinic.record(), qtbot)
    log_in(hands)
    hands.wait_for("Nowak, Anna")
    hands.key(Qt.Key.Key_1)
    hands.fill("Entry line", "122/76")
    lock(hands)
    hands.fill("Password of Nina Kowal", "a long password of nk")
    hands.enter()
    hands.wait_for("Nowak, Anna")
    assert hands.line() == "122/76"
    is_taken_over(hands)
    hands.log_out()
    hands.wait_for("Log in to see the chairs.")
    log_in(hands)
    hands.wait_for("Nowak, Anna")
    hands.key(Qt.Key.Key_1)
    assert hands.line() == "122/76"
    hands.wait_for("The line was kept from 09:55")
    window.close()


def is_taken_over(hands: Hands) -> None:
    lock(hands)
    hands.press("Someone else")
    hands.fill("User name", "ds")
    hands.enter()
    hands.fill("Password", "a long password of ds")
    hands.enter()
    hands.wait_for("Nowak, Anna")
    hands.key(Qt.Key.Key_1)
    assert hands.line() == ""
