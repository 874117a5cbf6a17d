"""The daily backup beside a real window, and its section of the settings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from threading import Event
from typing import cast

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from typing_extensions import override

from monitor.people import Author, Role
from tests.fakes.backups import FakeBackup, FakeBackups
from tests.fakes.visit import Visit
from ui import backing_up
from ui.backing_up import DailyBackup
from ui.backups import Backup, Progress
from ui.presenters.backing_up import Standing
from ui.presenters.settings_backups import backups_face
from ui.record import Record
from ui.screens.settings.backups import BackupsSection
from ui.widgets.frame import Rail

NOW = dt.datetime(2026, 3, 2, 9, 48, tzinfo=dt.UTC)
FOLDER = Path("/home/clinic/backups")


class EndlessBackups(FakeBackups):
    """Checks the copy until it is stopped."""

    @override
    def make(
        self,
        author: Author,
        progress: Progress,
        *,
        automatic: bool = False,
        folder: Path | None = None,
    ) -> Backup:
        self.asked.append((author.user, automatic))
        while True:
            progress(1, 2)
            Event().wait(0.001)  # a check has more to do between two steps


class FakeRecord:
    """So much of a record as the daily backup needs."""

    def __init__(self, backups: FakeBackups) -> None:
        self.backups = backups
        self.world = Visit().world


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backing_up, "FIRST_LOOK_MS", 0)


def daily(backups: FakeBackups) -> DailyBackup:
    return DailyBackup(cast("Record", FakeRecord(backups)))


def test_that_the_days_backup_is_made_beside_the_window(qtbot: QtBot) -> None:
    backups = FakeBackups(lambda: NOW)
    made = daily(backups)
    made.begin()
    qtbot.waitUntil(lambda: len(backups.kept) == 1)
    qtbot.waitUntil(lambda: made.backing.standing.made is not None)
    assert backups.asked == [("chairside", True)]
    made.close()


def test_that_a_record_for_practice_is_left_alone(qtbot: QtBot) -> None:
    backups = FakeBackups(lambda: NOW, automatic=False)
    made = daily(backups)
    made.begin()
    qtbot.wait(20)
    assert backups.asked == []
    made.close()


def test_that_the_window_goes_on_meanwhile_and_closes_in_the_midst_of_it(qtbot: QtBot) -> None:
    backups = EndlessBackups(lambda: NOW)
    made = daily(backups)
    made.begin()
    qtbot.waitUntil(lambda: made.backing.standing.share == 0.5)
    pressed: list[str] = []
    QTimer.singleShot(0, lambda: pressed.append("a key"))
    qtbot.waitUntil(lambda: pressed == ["a key"])
    assert made.backing.standing.share == 0.5, "the backup is still under way"
    made.close()
    qtbot.wait(20)
    assert backups.kept == []


@pytest.fixture
def section(qtbot: QtBot) -> BackupsSection:
    made = BackupsSection()
    qtbot.addWidget(made)
    made.resize(920, 620)
    made.show()
    return made


def show(section: BackupsSection, standing: Standing, role: Role = Role.ADMINISTRATOR) -> None:
    section.show_backups(backups_face(standing, role, now=NOW, refused=""))
    QApplication.processEvents()


def words(section: BackupsSection) -> list[str]:
    return [label.text() for label in section.findChildren(QLabel) if label.isVisible()]


def test_that_the_section_shows_the_list_and_the_way_back(section: BackupsSection) -> None:
    made = tuple(FakeBackup(NOW - dt.timedelta(days=day)) for day in range(12))
    show(section, Standing(FOLDER, automatic=True, made=made))
    said = words(section)
    assert "Last backup today at 09:48" in said
    assert str(FOLDER) in said
    assert "2026-02-20  09:48" in said
    assert any("chairside restore" in each for each in said)


def test_that_the_button_makes_one_and_then_stops_it(section: BackupsSection, qtbot: QtBot) -> None:
    show(section, Standing(FOLDER, automatic=True, made=()))
    assert section.enter()
    with qtbot.waitSignal(section.pressed):
        qtbot.keyClick(section.action, Qt.Key.Key_Space)
    show(section, Standing(FOLDER, automatic=True, made=(), share=0.25))
    assert section.action.text() == "Cancel"
    assert section.action.accessibleName() == "Cancel"
    assert not section.choose.isVisible()
    assert any("25 %" in each for each in words(section))


def test_that_only_an_administrator_sees_the_choice_of_a_folder(
    section: BackupsSection, qtbot: QtBot
) -> None:
    show(section, Standing(FOLDER, automatic=True, made=()), Role.NURSE)
    assert not section.choose.isVisible()
    show(section, Standing(FOLDER, automatic=True, made=()))
    with qtbot.waitSignal(section.choose_asked):
        qtbot.mouseClick(section.choose, Qt.MouseButton.LeftButton)


def test_that_an_old_backup_is_marked_on_the_rail(qtbot: QtBot) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.set_worry("Settings", "no backup for two days")
    assert rail.places["Settings"].accessibleName() == "Settings: no backup for two days"
    rail.set_worry("Settings", "")
    assert rail.places["Settings"].accessibleName() == "Settings"
