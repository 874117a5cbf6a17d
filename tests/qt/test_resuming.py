"""Coming back to where the program was after a kill, a closing or a sleep; told and seen once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

import main
from monitor.clinic import Lists, NewPatient, ProgramRuns, RegisterPatient
from monitor.desk import OpenSession, write
from monitor.entries import ClockDisturbed, ClockTrouble, Draft, session_stream
from monitor.people import Sex
from tests.fakes.clock import FakeClock
from tests.qt.real_windows import BASELINE, NURSE, RealClinic, RealWindow, real_clinic
from ui.resuming import LastSeen, Resuming, left_open
from ui.screens.session.question_panel import QuestionPanel


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[RealClinic]:
    yield from real_clinic(tmp_path / "record")


@pytest.fixture
def memory(tmp_path: Path) -> LastSeen:
    return LastSeen("clinic-1", tmp_path / "state")


def come_back(
    here: RealWindow, record: main.OpenRecord, memory: LastSeen | None = None
) -> Resuming:
    """Come back as the program does."""
    made = Resuming(here.window, record, here.keeper.open_sessions.look, memory)
    made.begin()
    made.enter(here.house)
    QApplication.processEvents()
    return made


def second_session(clinic: RealClinic, record: main.OpenRecord) -> str:
    """Open a session in chair 2, which is written in last, a day later."""
    clinic.clock.advance(hours=24)
    return in_chair_2(record)


def in_chair_2(record: main.OpenRecord) -> str:
    """Open a session of another patient."""
    wanted = NewPatient(family="Lis", given="Ewa", born="1990-06-30", sex=Sex.FEMALE, number="7")
    patient = RegisterPatient(record.world)(NURSE, wanted)
    return OpenSession(record.world)(
        NURSE, patient_id=patient.id, protocol_id="iv-ketamine-40", chair="2"
    )


def press(here: RealWindow, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or here.window, key)
    QApplication.processEvents()


def test_that_what_was_half_asked_at_a_kill_is_not_in_the_record(
    clinic: RealClinic, qtbot: QtBot
) -> None:
    record = clinic.record()
    ProgramRuns(record.world).started("test")
    here = RealWindow(qtbot, clinic, record).go_to_session()
    rooms = here.house.sessions[clinic.session_id]
    rooms.session.command("cancel")
    QApplication.processEvents()
    panel = rooms.screen.findChild(QuestionPanel)
    assert panel is not None
    qtbot.keyClicks(panel.findChildren(QLineEdit)[-1], "fever")
    here.house.go_to_dose(clinic.session_id, "check")
    here.type("128/82 76")
    here.close()  # the window is gone, and nothing was said to the record
    clinic.close()
    again = clinic.record()
    with again.world.looking() as tx:
        assert [
            e.what.__class__.__name__ for e in tx.stream(session_stream(clinic.session_id))
        ] == ["Opened"]
    left = left_open(again.world)
    assert left is not None
    assert not left.in_order


def test_that_it_comes_back_to_what_was_on_the_screen_and_not_to_what_was_written_last(
    clinic: RealClinic, memory: LastSeen, qtbot: QtBot
) -> None:
    record = clinic.record()
    newest = second_session(clinic, record)
    here = RealWindow(qtbot, clinic, record)
    come_back(here, record, memory)
    here.go_to_session()
    assert memory.session_id == clinic.session_id
    left = left_open(record.world, memory.session_id)
    assert left is not None
    assert left.session_id == clinic.session_id
    here.house.go("Chairs")
    assert memory.session_id == ""
    ProgramRuns(record.world).started("test")
    killed = [left_open(record.world, seen) for seen in (memory.session_id, None, "another")]
    assert [each.session_id for each in killed if each] == ["", newest, newest]
    here.close()


def test_that_a_memory_that_cannot_be_read_or_is_of_another_record_remembers_nothing(
    tmp_path: Path,
) -> None:
    memory = LastSeen("clinic-1", tmp_path)
    assert memory.session_id is None
    memory.note("s-1")
    assert LastSeen("clinic-1", tmp_path).session_id == "s-1"
    assert LastSeen("clinic-2", tmp_path).session_id is None
    (file,) = tmp_path.iterdir()
    for damaged in ("", "[]", '{"record": "clinic-1"}', "\\x00"):
        file.write_text(damaged, encoding="utf-8")
        assert memory.session_id is None
    LastSeen("clinic-1", file / "no folder").note("s-2")  # nobody is stopped by it


def slept(record: main.OpenRecord, clock: FakeClock) -> None:
    """Write that the computer slept for 25 minutes, in each open session."""
    since = clock.now()
    clock.advance(minutes=25)
    what = ClockDisturbed(ClockTrouble.SLEPT, clock.now(), since)
    for header in Lists(record.world).sessions("open"):
        with record.world.transaction() as tx:
            draft = Draft(what, clock.now(), record.world.new_uid())
            write(
                record.world,
                tx,
                session_stream(header.session_id),
                [draft],
                author=NURSE,
                moment=clock.moment(),
            )
    QApplication.processEvents()


def test_that_a_sleep_is_told_in_a_session_and_in_no_room_once_it_was_seen(
    clinic: RealClinic, qtbot: QtBot
) -> None:
    record = clinic.record()
    clinic.clock.set("10:14")
    ProgramRuns(record.world).stopped()
    here = RealWindow(qtbot, clinic, record)
    resuming = come_back(here, record)
    assert resuming.strip.isVisible()  # it was closed, and opened again
    press(here, Qt.Key.Key_Escape)
    here.wait_until(resuming.strip.isHidden)
    here.go_to_session()
    press(here, Qt.Key.Key_Escape)
    slept(record, clinic.clock)
    told, said = "The computer slept 10:14–10:39. Nothing fell due meanwhile.", here.said()
    assert told in said
    assert "The program was closed" not in said  # that was seen here
    here.type(BASELINE[:6])
    press(here, Qt.Key.Key_Escape)
    assert told not in here.said()
    assert here.line == BASELINE[:6]
    here.house.go("Chairs")
    assert resuming.strip.isHidden()  # it was seen
    here.go_to_session()
    assert "slept" not in here.said().replace("Computer slept", "")  # but for the sheet's row
    here.close()


def test_that_what_another_computer_wrote_says_nothing_of_when_this_one_was_left(
    clinic: RealClinic,
) -> None:
    here, there = clinic.record(), clinic.record(station="another")
    clinic.clock.set("10:05")
    ProgramRuns(here.world).stopped()
    clinic.clock.set("10:20")
    ProgramRuns(there.world).started("test")
    in_chair_2(there)
    left = left_open(here.world)
    assert left is not None
    assert clinic.clock.now() - left.at == dt.timedelta(minutes=15)
    assert (left.session_id, left.in_order) == ("", True)
    ProgramRuns(here.world).started("test")  # and killed
    killed = left_open(here.world)
    assert killed is not None
    assert (killed.session_id, killed.in_order) == (clinic.session_id, False)


def test_that_a_computer_that_was_left_before_any_session_was_opened_was_left_with_none(
    clinic: RealClinic,
) -> None:
    here = clinic.record(station="another")
    assert left_open(here.world) is None  # it was never here
    clinic.clock.set("08:00")
    ProgramRuns(here.world).started("test")
    assert left_open(here.world) is None
    clinic.clock.set("10:20")
    ProgramRuns(here.world).stopped()
    assert left_open(here.world) is not None
