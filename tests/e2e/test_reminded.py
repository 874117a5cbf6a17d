"""The program reminds from its first second on: before the log-in, and leads to the chair."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.e2e.hands import Hands
from tests.e2e.test_starting_in_trouble import log_in, records
from tests.qt.real_windows import RealClinic, real_clinic
from ui import theme
from ui.program import Program
from ui.widgets.reminder_window import ReminderWindow
from ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise)", extend=True)


@pytest.fixture
def clinic(tmp_path: Path, qapp: QApplication) -> Iterator[RealClinic]:
    theme.wear(qapp)
    yield from real_clinic(tmp_path / "record")


def corner() -> str:
    """Return what the window at the corner says; empty while there is none."""
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, ReminderWindow)]
    return " ".join(each.words for each in found if each.isVisible())


def test_that_what_is_overdue_is_said_at_the_log_in_and_a_key_leads_to_it(
    clinic: RealClinic, qtbot: QtBot
) -> None:
    record = clinic.record()
    clinic.infuse(record)
    clinic.clock.set("10:14")
    window = Window()
    qtbot.addWidget(window)
    window.show()
    program = Program(window, records(clinic, record))
    program.begin()
    hands = Hands(qtbot, window)
    hands.wait_for("Riverside Clinic")
    assert corner().endswith("Chair 1: Vitals 10 overdue 4 min, due 10:10.")
    window.activateWindow()  # where there is no screen, whatever is shown is made active
    log_in(hands)
    hands.wait_for("Chair 1: Vitals 10 overdue 4 min")
    qtbot.waitUntil(lambda: not corner())
    qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    hands.wait_for("minute 14")
    window.close()
    assert corner() == ""
