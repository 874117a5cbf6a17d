"""A record that was put back or tampered with, as a nurse, an administrator and an auditor see it.

And what the window says after the program ended without being closed.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from db.engine import open_engine
from db.locks import slots
from db.store import FILE_NAME
from db.witness.station import Station
from monitor.acts import Cancel
from monitor.clinic import Lists, ProgramRuns
from monitor.desk import OpenSession, Perform, ShowSession
from monitor.errors import Code, RefusedError
from monitor.signing import SignSession
from tests.qt.real_windows import BASELINE, BOSS, NURSE, RealClinic, RealWindow
from ui.resuming import Resuming, left_open

PASSWORD = "a long password of nk"  # noqa: S105 - a made-up one


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[RealClinic]:
    made = RealClinic(tmp_path / "record", Station.here(tmp_path / "state"))
    ProgramRuns(made.record().world).started("test")
    yield made
    made.close()


def put_back(clinic: RealClinic) -> None:
    """Keep a copy, write on, and put the copy back in the record's place."""
    copy = clinic.folder.with_name("copy")
    clinic.close()
    shutil.copytree(clinic.folder, copy)
    clinic.clock.set("09:55")
    clinic.line(clinic.record(), BASELINE)
    clinic.clock.set("10:05")
    clinic.line(clinic.record(), "126/80 74 97 16 s5 d0")
    clinic.close()
    shutil.rmtree(clinic.folder)
    copy.rename(clinic.folder)
    clinic.clock.set("10:10")


def checked(window: RealWindow) -> RealWindow:
    """Let the first checks be done."""
    window.keeper.begin()
    window.wait_until(lambda: window.keeper.watched.whole_at is not None)
    return window


def test_that_a_record_that_was_put_back_is_noted_charted_on_and_explained(
    clinic: RealClinic, qtbot: QtBot
) -> None:
    put_back(clinic)
    here = checked(RealWindow(qtbot, clinic, clinic.record()))
    assert here.shield.startswith("A part of the record is missing since 2026-03-02 09:55")
    assert "Go on charting; tell the administrator." in here.said()
    here.press("Note it and go on")
    here.wait_for("noted, not explained yet")
    assert not here.house.front.chairs_room.strip.isVisible()
    here.go_to_session().type(BASELINE)
    here.enter()
    here.wait_for("122/76")
    world = here.record.world
    Perform(world)(clinic.session_id, NURSE, Cancel(reason="fever"))
    seen = ShowSession(world)(clinic.session_id).digest
    with pytest.raises(RefusedError) as caught:
        SignSession(world)(clinic.session_id, "nk", PASSWORD, "recorded by", seen=seen)
    assert caught.value.code is Code.HISTORY_GAP
    explain(here, qtbot)
    SignSession(world)(clinic.session_id, "nk", PASSWORD, "recorded by", seen=seen)
    here.wait_for("Record intact, checked 10:10")  # it was checked again by itself
    here.close()


def explain(here: RealWindow, qtbot: QtBot) -> None:
    """Explain the gap as the administrator, by the way that the strip shows."""
    here.house.set_author(BOSS)
    here.house.go("Chairs")
    assert "older sessions are signed once you have explained it" in here.said()
    here.press("Explain")
    reason = QApplication.focusWidget()
    assert reason is here.house.quiet.audit_room.integrity.gap.reason
    qtbot.keyClicks(reason, "the disk failed; restored from Friday's backup")
    qtbot.keyClick(reason, Qt.Key.Key_Return)
    here.wait_until(lambda: here.keeper.watched.gap is None)
    assert not here.house.quiet.audit_room.integrity.gap.isVisible()


def tamper(clinic: RealClinic, old: bytes, new: bytes) -> None:
    """Change a reading as somebody does who holds the database's key; put the guards back."""
    engine = open_engine(clinic.folder / FILE_NAME, slots.unlock(clinic.folder, None).data)
    raw = engine.raw_connection()
    cursor = raw.cursor()
    found = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    guards = cursor.execute(found).fetchall()
    for name, _ in guards:
        cursor.execute(f"DROP TRIGGER {name}")
    wanted = "SELECT seq, body FROM ledger WHERE kind = 'reading'"
    ((seq, body),) = cursor.execute(wanted).fetchall()
    changed = body.replace(old, new)
    assert changed != body
    cursor.execute("UPDATE ledger SET body = ? WHERE seq = ?", (changed, seq))
    for _, text in guards:
        cursor.execute(text)
    raw.close()
    engine.dispose()


def test_that_a_changed_value_is_said_to_the_nurse_and_told_to_the_auditor(
    clinic: RealClinic, qtbot: QtBot
) -> None:
    clinic.clock.set("09:55")
    clinic.line(clinic.record(), BASELINE)
    clinic.close()
    tamper(clinic, b'"heart_rate":72', b'"heart_rate":62')
    here = checked(RealWindow(qtbot, clinic, clinic.record()))
    assert here.shield.startswith("The record does not agree with itself")
    assert "Go on charting; tell the administrator." in here.said()
    here.press("Hide")
    assert not here.house.front.chairs_room.strip.isVisible()
    assert here.shield.startswith("The record does not agree with itself")
    qtbot.mouseClick(here.window.foot.shield, Qt.MouseButton.LeftButton)
    here.wait_for("1 finding, checked 09:55.")
    assert "what it says was changed after it was written" in here.said()
    here.go_to_session().type("128/82 76 98 16 s5 d1")
    here.enter()
    assert here.line == ""
    here.close()


def test_that_a_session_that_cannot_be_read_any_more_keeps_no_other_chair_from_being_charted(
    clinic: RealClinic, qtbot: QtBot
) -> None:
    clinic.clock.set("09:55")
    record = clinic.record()
    clinic.line(record, BASELINE)
    other = OpenSession(record.world)(
        NURSE,
        patient_id=Lists(record.world).patients()[0].id,
        protocol_id="iv-ketamine-40",
        chair="2",
        confirm=True,
    )
    clinic.close()
    tamper(clinic, b'"kind":"reading"', b'"kind":"heading"')
    here = checked(RealWindow(qtbot, clinic, clinic.record()))
    assert here.shield.startswith("The record does not agree with itself")
    here.ticker.tick()
    clinic.session_id = other
    here.go_to_session().type(BASELINE)
    here.enter()
    assert here.line == ""
    here.close()


def test_that_the_window_goes_back_to_its_session_after_a_death(
    clinic: RealClinic, qtbot: QtBot
) -> None:
    clinic.clock.set("09:55")
    clinic.line(clinic.record(), BASELINE)
    clinic.close()
    clinic.clock.set("10:22")
    record = clinic.record()
    left = left_open(record.world)
    assert left is not None
    assert (left.session_id, left.in_order) == (clinic.session_id, False)
    here = RealWindow(qtbot, clinic, record)
    resumed(here, record)
    assert here.house.sessions.seen == clinic.session_id
    assert "The program ended without being closed, after 09:55;" in here.said()
    here.close()


def test_that_the_window_begins_at_the_chairs_after_it_was_closed(
    clinic: RealClinic, qtbot: QtBot
) -> None:
    record = clinic.record()
    ProgramRuns(record.world).stopped()
    left = left_open(record.world)
    assert left is not None
    assert left.in_order
    here = RealWindow(qtbot, clinic, record)
    resumed(here, record)
    assert here.house.sessions.seen == ""
    assert here.window.room is here.house.front.chairs_room
    here.close()


def test_that_a_program_that_ended_at_another_computer_is_no_death_here(
    clinic: RealClinic,
) -> None:
    elsewhere = clinic.record(station="elsewhere").world
    ProgramRuns(elsewhere).started("test")
    ProgramRuns(elsewhere).stopped()
    left = left_open(elsewhere)
    assert left is not None
    assert left.in_order


def test_that_nothing_is_resumed_where_no_session_is_open(clinic: RealClinic) -> None:
    world = clinic.record().world
    Perform(world)(clinic.session_id, NURSE, Cancel(reason="fever"))
    assert left_open(world) is None


def resumed(here: RealWindow, record: main.OpenRecord) -> Resuming:
    """Come back as the program does."""
    made = Resuming(here.window, record, here.keeper.open_sessions.look)
    made.begin()
    made.enter(here.house)
    return made
