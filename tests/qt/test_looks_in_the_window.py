"""Who looks at what in the window is put on record, once an hour."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.desk import ACCESS
from monitor.entries import Looked
from tests.qt.real_windows import RealClinic, RealWindow, real_clinic


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[RealClinic]:
    yield from real_clinic(tmp_path / "record")


def looks(window: RealWindow) -> list[Looked]:
    with window.record.world.looking() as tx:
        said = [entry.what for entry in tx.stream(ACCESS)]
    return [what for what in said if isinstance(what, Looked)]


def test_that_a_look_at_the_register_and_at_a_session_is_on_record_once_an_hour(
    qtbot: QtBot, clinic: RealClinic
) -> None:
    window = RealWindow(qtbot, clinic, clinic.record())
    for room in ("Register", "Chairs", "Register"):
        window.house.go(room)
        QApplication.processEvents()
    window.go_to_session()
    wanted = [Looked("register"), Looked("session", clinic.session_id)]
    window.wait_until(lambda: looks(window) == wanted)
    clinic.clock.advance(minutes=61)
    window.house.go("Register")
    window.wait_until(lambda: looks(window) == [*wanted, Looked("register")])
    window.close()
