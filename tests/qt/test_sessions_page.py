"""Sessions looked for, sampled and opened at the audit desk, in a real window by keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from monitor.acts import Cancel
from monitor.desk import ACCESS, Perform
from monitor.entries import Exported, Looked
from monitor.signing import ExportReport
from tests.qt.real_windows import NURSE, PRESCRIBER, RealClinic, RealWindow, real_clinic
from ui.screens.audit.sessions import SessionsPage


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[RealWindow]:
    for clinic in real_clinic(tmp_path / "record"):
        made = RealWindow(qtbot, clinic, clinic.record(), PRESCRIBER)
        _cancelled(made, clinic)
        yield made
        made.close()


def _cancelled(window: RealWindow, clinic: RealClinic) -> None:
    """A visit that came to nothing, and two drafts of its report that left."""
    world = window.record.world
    ExportReport(world)(clinic.session_id, NURSE)
    clinic.clock.advance(minutes=5)
    Perform(world)(clinic.session_id, NURSE, Cancel(reason="no escort"))
    ExportReport(world)(clinic.session_id, NURSE)


def looks(window: RealWindow) -> set[str]:
    """What was put on record as looked at, or handed out."""
    with window.record.world.looking() as tx:
        found = [entry.what for entry in tx.stream(ACCESS)]
    out = {f"{what.form} to {what.to}" for what in found if isinstance(what, Exported)}
    return out | {what.what for what in found if isinstance(what, Looked)}


@pytest.fixture
def page(window: RealWindow, qtbot: QtBot) -> SessionsPage:
    window.house.go("Audit")
    window.press("Sessions")
    made = window.house.quiet.audit_room.sessions
    qtbot.waitUntil(lambda: len(made.table.rows.rows) == 1)
    return made


def test_that_what_is_asked_for_is_typed_and_entered(
    page: SessionsPage, window: RealWindow, qtbot: QtBot
) -> None:
    assert page.first.hasFocus()
    qtbot.keyClicks(page.first, "2.3.2026")
    qtbot.keyClick(page.first, Qt.Key.Key_Return)
    window.wait_for("“2.3.2026” is no day")
    assert page.first.hasFocus()
    page.first.clear()
    qtbot.keyClicks(page.person, "nobody at all")
    qtbot.keyClick(page.person, Qt.Key.Key_Return)
    window.wait_for("No session fits all of that.")
    page.person.clear()
    qtbot.keyClick(page.person, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.table.rows.rows) == 1)
    qtbot.keyClick(page.status, Qt.Key.Key_Down)  # what is chosen is looked for at once: open
    window.wait_for("No session fits all of that.")
    qtbot.keyClick(page.status, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: len(page.table.rows.rows) == 1)
    qtbot.keyClicks(page.many, "3")
    qtbot.keyClick(page.many, Qt.Key.Key_Return)
    window.wait_for("That is all there are: 1.")
    assert page.seed.text().isdigit()
    window.wait_until(lambda: {"search", "sample"} <= looks(window))


def test_that_a_session_is_opened_compared_and_saved(
    page: SessionsPage, window: RealWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page.table.setFocus()
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    window.wait_for("unsigned, kept")
    window.press("What differs")
    window.wait_for("no escort")
    assert {"report", "versions"} <= looks(window)
    window.press("Who looked at it")
    qtbot.waitUntil(page.one.looks.table.hasFocus)
    said = [face.said for face in page.one.looks.table.rows.rows]
    (compared,) = [words for words in said if "Compared two versions" in words]
    assert re.search(r"draft of [-\d]+ [:\d]+ and ", compared)
    assert not [words for words in said if "Searched sessions" in words]  # of no one session
    assert "access" in looks(window)
    qtbot.keyClick(page.one, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.table.hasFocus)
    page.save.click()
    (dialog,) = page.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "found.csv"))
    dialog.close()
    window.wait_for("Saved to")
    assert b"cancelled" in (tmp_path / "found.csv").read_bytes()
    assert f"sessions csv to {tmp_path / 'found.csv'}" in looks(window)


def test_that_the_list_of_looks_is_saved_and_each_file_is_an_entry(
    window: RealWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.house.go("Audit")
    window.press("Access")
    page = window.house.quiet.audit_room.access
    qtbot.waitUntil(lambda: len(page.table.rows.rows) > 1)
    for form, begins in (("csv", b"\xef\xbb\xbf"), ("pdf", b"%PDF-")):
        out = tmp_path / f"looks.{form}"
        window.press(f"Save as {form.upper()} …")
        dialog = page.findChildren(QFileDialog)[-1]
        dialog.fileSelected.emit(str(out))
        dialog.close()
        window.wait_for(f"Saved to {out}")
        assert out.read_bytes().startswith(begins)
        assert f"access {form} to {out}" in looks(window)


def test_that_the_foot_names_the_keys_of_one_session_while_it_is_looked_at(
    page: SessionsPage, window: RealWindow, qtbot: QtBot
) -> None:
    window.wait_for("look, open")
    page.table.setFocus()
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    window.wait_for("back to the list")
    assert "look, open" not in window.said(), "the keys of the list do nothing here"
    qtbot.keyClick(page.one, Qt.Key.Key_Escape)
    window.wait_for("look, open")
