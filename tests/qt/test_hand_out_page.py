"""Handing out everything of some days, in a real window with its worker beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.acts import Cancel
from monitor.desk import Perform
from tests.fakes.records import PATIENCE
from tests.qt.real_windows import NURSE, PRESCRIBER, RealClinic, RealWindow, real_clinic
from ui.screens.audit.hand_out import HandOutPage
from ui.whole_export.driver import CANCELLED, Outcome, WholeExport


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[RealClinic]:
    yield from real_clinic(tmp_path / "record")


@pytest.fixture
def window(qtbot: QtBot, clinic: RealClinic) -> Iterator[RealWindow]:
    made = RealWindow(qtbot, clinic, clinic.record(), PRESCRIBER)
    yield made
    made.close()


def at_the_page(window: RealWindow) -> HandOutPage:
    """Go there as a hand does."""
    window.house.go("Audit")
    window.press("Hand out")
    return window.house.quiet.audit_room.hand_out


def test_that_days_typed_and_a_folder_chosen_export_what_there_is(
    window: RealWindow, clinic: RealClinic, qtbot: QtBot, tmp_path: Path
) -> None:
    Perform(window.record.world)(clinic.session_id, NURSE, Cancel(reason="no escort"))
    page = at_the_page(window)
    assert page.first.hasFocus()
    qtbot.keyClicks(page.first, "2026-03-02")
    qtbot.keyClick(page.first, Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "2.3.2026")
    qtbot.keyClick(page.last, Qt.Key.Key_Return)
    assert page.last.hasFocus()
    assert "“2.3.2026” is no day" in window.said()
    page.last.clear()
    qtbot.keyClicks(page.last, "2026-03-02")
    qtbot.keyClick(page.last, Qt.Key.Key_Return)
    window.wait_for("No folder is chosen")
    page.chosen_folder.emit(tmp_path / "out")
    qtbot.keyClick(page.last, Qt.Key.Key_Return)
    window.wait_for("Everything is there.")
    window.wait_for("1 session, ")
    assert (tmp_path / "out" / "SHA256SUMS").exists()
    assert page.action.isVisible()
    assert page.action.text() == "Hand out"


def test_that_closing_the_window_stops_it_and_does_not_wait_for_its_end(
    qtbot: QtBot, clinic: RealClinic, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = RealWindow(qtbot, clinic, clinic.record(), PRESCRIBER)
    begun, seen = Event(), list[bool]()

    def endless(export: WholeExport) -> Outcome:
        begun.set()
        stop: Event = export.stopped.__self__  # type: ignore[attr-defined] # an event's own
        seen.append(stop.wait(PATIENCE))
        return Outcome(CANCELLED, 0, 1)

    monkeypatch.setattr(WholeExport, "run", endless)
    page = at_the_page(window)
    page.put_days("2026-03-02", "2026-03-02")
    page.chosen_folder.emit(tmp_path / "out")
    page.last.setFocus()
    qtbot.keyClick(page.last, Qt.Key.Key_Return)
    assert begun.wait(PATIENCE)
    assert page.action.hasFocus()
    assert page.action.text() == "Stop"
    window.close()
    assert seen == [True]


def test_that_a_nurse_is_told_who_may_and_has_no_dead_button(
    qtbot: QtBot, clinic: RealClinic
) -> None:
    window = RealWindow(qtbot, clinic, clinic.record(), NURSE)
    page = at_the_page(window)
    assert "Only an auditor, a prescriber or an administrator hands out everything" in window.said()
    assert not page.action.isVisible()
    assert not page.first.isVisible()
    window.close()
