"""The program started on a disk that takes nothing, and started again after a death."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.clinic import ProgramRuns
from monitor.entries import LoggedIn
from monitor.errors import Code, StorageError
from monitor.protocols import shipped
from tests.e2e.hands import Hands
from tests.qt.real_windows import BASELINE, RealClinic, real_clinic
from tests.qt.test_window_trouble import no_file_grows
from ui import theme
from ui.counted_keys import Count
from ui.presenters.first_start import Beginning
from ui.program import Program
from ui.record import Record, Records
from ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise)", extend=True)


@pytest.fixture
def clinic(tmp_path: Path, qapp: QApplication) -> Iterator[RealClinic]:
    theme.wear(qapp)
    yield from real_clinic(tmp_path / "record")


def records(clinic: RealClinic, record: Record) -> Records:
    """Return how the program comes by this record, which is open already."""

    def found(_: Beginning, __: Count) -> Record:
        raise NotImplementedError

    return Records(
        place=clinic.folder,
        protocols=shipped(),
        exists=lambda: True,
        opens_by_itself=lambda: True,
        open=lambda _: record,
        check_folder=lambda _: None,
        check_password=lambda _: None,
        found=found,
        version="test",
    )


def started(clinic: RealClinic, record: Record, qtbot: QtBot) -> tuple[Window, Hands]:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    Program(window, records(clinic, record)).begin()
    return window, Hands(qtbot, window)


def log_in(hands: Hands) -> None:
    hands.wait_for("Riverside Clinic")
    hands.fill("User name", "nk")
    hands.fill("Password", "a long password of nk")
    hands.press("Log in")


def test_that_a_disk_that_takes_nothing_is_said_at_the_log_in_and_then_lets_in(
    clinic: RealClinic, qtbot: QtBot
) -> None:
    record, other = clinic.record(), clinic.record()
    clinic.line(other, BASELINE)  # its connection keeps what readers need where it is
    with no_file_grows():
        window, hands = started(clinic, record, qtbot)
        log_in(hands)
        hands.wait_for("nothing was stored")
    log_in(hands)
    hands.wait_for("Nowak, Anna")
    with record.world.transaction() as tx:
        assert isinstance(tx.stream("access")[-1].what, LoggedIn)
    window.close()


def test_that_a_folder_that_cannot_be_looked_into_is_said_before_the_rooms(
    clinic: RealClinic, qtbot: QtBot
) -> None:
    def look() -> bool:
        raise StorageError(Code.STORAGE, cause="ENOTCONN", what="looking", path="/mnt/share")

    window = Window()
    qtbot.addWidget(window)
    window.show()
    made = records(clinic, clinic.record())
    Program(window, replace(made, exists=look, opens_by_itself=look)).begin()
    Hands(qtbot, window).wait_for("The record's folder /mnt/share cannot be looked into")
    window.close()


def test_that_the_program_comes_back_to_its_session_after_a_death(
    clinic: RealClinic, qtbot: QtBot
) -> None:
    record = clinic.record()
    ProgramRuns(record.world).started("test")
    clinic.clock.set("09:55")
    clinic.line(record, BASELINE)
    clinic.clock.set("10:22")
    window, hands = started(clinic, clinic.record(), qtbot)
    log_in(hands)
    hands.wait_for("The program ended without being closed, after 09:55;")
    hands.wait_for("Type a reading")
    hands.type_line("128/82 76 98 16 s5 d1")
    assert hands.line() == ""
    window.close()


def test_that_a_disk_that_takes_nothing_lets_the_window_be_closed(
    clinic: RealClinic, qtbot: QtBot
) -> None:
    window, hands = started(clinic, clinic.record(), qtbot)
    log_in(hands)
    hands.wait_for("wall screen")
    with no_file_grows():
        window.close()
    assert not window.isVisible()
