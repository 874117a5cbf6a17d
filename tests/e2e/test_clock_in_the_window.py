"""The whole program at a computer whose clock is set: asked in every room, answered by key."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

import main
from db.store import Store
from monitor.entries import Entry
from monitor.steady_clock import SteadyClock
from tests.e2e.computer import PASSPHRASE, PASSWORDS, Computer, infusing
from tests.e2e.hands import Hands
from tests.fakes.clock import FakeClock
from tests.fakes.computer import FakeComputer
from ui import theme
from ui.console.stage import Listeners
from ui.program import Program
from ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise)", extend=True)
ALT = Qt.KeyboardModifier.AltModifier


@dataclass
class SetComputer(Computer):
    """A computer with a record in which an infusion runs, and with clocks to be moved."""

    raw: FakeComputer = field(default_factory=FakeComputer)

    @override
    def _here(self, store: Store, listeners: Listeners) -> main.OpenRecord:
        record = super()._here(store, listeners)
        clock = SteadyClock(self.raw, store.last_moment())
        world = replace(record.world, clock=clock, zone=clock.zone)
        return main.OpenRecord(store, world, listeners)


@pytest.fixture
def computer(tmp_path: Path) -> SetComputer:
    made = Computer(tmp_path / "record", FakeClock())
    infusing(made)
    made.clock.set("10:22")
    return SetComputer(made.place, made.clock, FakeComputer(made.clock.now()))


def logged_in(qtbot: QtBot, window: Window, computer: SetComputer) -> Hands:
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    program = Program(window, computer.records())
    program.begin()
    hands = Hands(qtbot, window)
    hands.wait_for("Open the record")
    hands.fill("Passphrase", PASSPHRASE)
    hands.press("Open")
    hands.wait_for("Log in")
    hands.fill("User name", "nk")
    hands.fill("Password", PASSWORDS["nk"])
    hands.press("Log in")
    hands.wait_for("all chairs")
    return hands


def test_that_restart_and_jump_are_asked_and_the_foot_shows_the_record_s_time(
    qapp: QApplication, qtbot: QtBot, computer: SetComputer
) -> None:
    theme.wear(qapp)
    computer.raw.is_started_anew()
    window = Window()
    hands = logged_in(qtbot, window, computer)
    hands.wait_for("The computer was started anew; its clock shows 10:22.")
    hands.key(Qt.Key.Key_K, ALT)
    hands.wait_until(lambda: not hands.sees("started anew"))
    computer.raw.jumps(hours=-13)
    hands.wait_for("The computer's clock jumped to 21:22 on 1 March, 13 h behind.")
    computer.raw.goes_on(minutes=1)
    hands.wait_for("Keep 10:23")
    hands.wait_until(lambda: foot(window) == "10:23")
    hands.key(Qt.Key.Key_1)  # into the session: the strip stays
    hands.wait_for("Infusing")
    assert hands.sees("jumped to 21:23")
    hands.type_line("128/82 76 98 16 s5 d1")
    assert hands.line() == ""
    hands.key(Qt.Key.Key_C, ALT)
    hands.wait_until(lambda: foot(window) == "21:23")
    assert not hands.sees("jumped to")
    window.close()
    kinds = [entry.kind for entry in entries(computer)]
    assert kinds[-4:] == ["clock confirmed", "clock disturbed", "reading", "clock confirmed"]


def foot(window: Window) -> str:
    """Return the time at the foot of the window."""
    return window.foot._clock.text()


def entries(computer: SetComputer) -> list[Entry]:
    """Return the session's entries, read from the closed record anew."""
    store = Store.open(computer.place, PASSPHRASE)
    try:
        with store.transaction() as tx:
            session_id = tx.sessions()[0].session_id
            return list(tx.stream(f"session/{session_id}"))
    finally:
        store.close()


def test_that_the_record_s_time_outlives_the_program(computer: SetComputer) -> None:
    record = computer.records().open(PASSPHRASE)
    computer.raw.goes_on(minutes=3)
    now = record.world.clock.now()
    assert now - computer.raw.real == dt.timedelta()
    record.close()
