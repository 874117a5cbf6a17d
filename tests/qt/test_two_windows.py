"""Two windows on one record: each shows what the other writes, and neither loses a word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.qt.real_windows import BASELINE, RealClinic, RealWindow, real_clinic


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[RealClinic]:
    yield from real_clinic(tmp_path / "record")


@pytest.fixture
def two(clinic: RealClinic, qtbot: QtBot) -> Iterator[tuple[RealWindow, RealWindow]]:
    windows = (
        RealWindow(qtbot, clinic, clinic.record()),
        RealWindow(qtbot, clinic, clinic.record()),
    )
    yield windows
    for window in windows:
        window.close()


def test_that_an_entry_of_the_other_window_is_shown_with_the_next_beat(
    clinic: RealClinic, two: tuple[RealWindow, RealWindow]
) -> None:
    here, there = two
    here.go_to_session()
    clinic.clock.set("09:55")
    clinic.line(there.record, BASELINE)
    assert "122/76" not in here.said()
    here.ticker.tick()
    here.wait_for("122/76")


def test_that_what_is_being_typed_stays_while_the_other_writes(
    clinic: RealClinic, two: tuple[RealWindow, RealWindow]
) -> None:
    here, there = two
    here.go_to_session().type("130/80 7")
    clinic.clock.set("09:55")
    clinic.line(there.record, BASELINE)
    here.ticker.tick()
    here.wait_for("122/76")
    assert here.line == "130/80 7"
    here.type("5 97 16 s4 d2")
    here.enter()
    assert here.line == ""
    here.wait_for("130/80")


def test_that_both_entries_are_kept_in_order_whoever_was_first(
    clinic: RealClinic, two: tuple[RealWindow, RealWindow]
) -> None:
    here, there = two
    here.go_to_session().type("120/80 70 98 16 s5 d0")
    clinic.clock.set("09:55")
    clinic.line(there.record, BASELINE)
    here.enter()
    there.go_to_session()
    there.ticker.tick()
    for window in two:
        window.wait_for("120/80")
        window.wait_for("122/76")
    assert here.record.check(lambda _done, _of: None).findings in ((), [])


def test_that_a_refusal_that_is_being_read_stays_when_the_other_writes(
    clinic: RealClinic, two: tuple[RealWindow, RealWindow]
) -> None:
    here, there = two
    session = here.go_to_session().house.sessions[clinic.session_id].session
    session.command("discharge")
    here.house.sessions[clinic.session_id].screen.show_problem("Someone else was writing.")
    clinic.clock.set("09:55")
    clinic.line(there.record, BASELINE)
    here.ticker.tick()
    here.wait_for("122/76")
    assert "Someone else was writing." in here.said()


def test_that_a_window_whose_record_did_not_change_does_not_look(
    clinic: RealClinic, two: tuple[RealWindow, RealWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = two
    looked: list[str] = []
    monkeypatch.setattr(here.house, "_look_everywhere", lambda: looked.append("looked"))
    here.ticker.tick()
    here.ticker.tick()
    assert looked == []
    clinic.line(there.record, BASELINE)
    here.ticker.tick()
    here.ticker.tick()
    assert looked == ["looked"]
