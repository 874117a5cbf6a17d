"""Rooms that nobody needs are let go or left alone; none that somebody is in the middle of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from monitor.acts import Cancel, TypeLine
from monitor.desk import Perform
from tests.qt.real_windows import NURSE, RealClinic, RealWindow, real_clinic


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[RealClinic]:
    """A clinic with one open session."""
    yield from real_clinic(tmp_path)


@pytest.fixture
def here(qtbot: QtBot, clinic: RealClinic) -> Iterator[RealWindow]:
    """A window on it, at that session."""
    window = RealWindow(qtbot, clinic, clinic.record())
    yield window.go_to_session()
    window.close()


def let_it_end(here: RealWindow, clinic: RealClinic) -> None:
    Perform(here.record.world)(clinic.session_id, NURSE, Cancel(reason="felt ill"))
    here.wait_until(
        lambda: here.house.sessions[clinic.session_id].session.overview.phase == "cancelled"
    )


def made(here: RealWindow) -> list[str]:
    here.ticker.tick()
    return [name for name, _ in here.house.sessions.made]


def test_that_the_screens_of_a_visit_that_is_over_are_let_go_once_nobody_is_there(
    here: RealWindow, clinic: RealClinic
) -> None:
    let_it_end(here, clinic)
    assert made(here) == [clinic.session_id]
    here.house.go("Patients")
    assert made(here) == []


def test_that_screens_with_a_half_typed_line_stay_and_those_of_an_open_visit(
    here: RealWindow, clinic: RealClinic
) -> None:
    here.house.go("Patients")
    assert made(here) == [clinic.session_id]
    here.go_to_session().type("? fel")
    let_it_end(here, clinic)
    here.house.go("Patients")
    assert made(here) == [clinic.session_id]
    assert here.line == "? fel"


def test_that_the_board_shows_what_was_written_while_another_room_was_seen(
    here: RealWindow, clinic: RealClinic
) -> None:
    here.house.go("Patients")
    Perform(here.record.world)(clinic.session_id, NURSE, TypeLine(text="131/82 76 98 16"))
    here.wait_until(lambda: here.house.sessions[clinic.session_id].session.overview.readings != ())
    here.house.go("Chairs")
    assert "131/82" in here.said()
