"""The section of the backups: how they stand, in words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from monitor.errors import Code, StorageError
from monitor.people import Role
from tests.fakes.views_settings import FakeSettingsView, Office
from ui.presenters.settings import BACKUPS, SECTIONS, SettingsPresenter
from ui.presenters.settings_backups import (
    BY_HAND,
    NONE_YET,
    SAME_DISK,
    UNSOUND,
    WHO_CHOOSES,
    BackupsFace,
)

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


class Desk:
    """Somebody before the section, at 09:48 in Warsaw."""

    def __init__(self, role: Role = Role.ADMINISTRATOR, *ages: dt.timedelta) -> None:
        self.office = Office(role)
        self.keeping = self.office.keeping
        self.keeping.have(ages, self.office.world.clock.now())
        self.view = FakeSettingsView()
        self.presenter = SettingsPresenter(self.view, self.office.doors())
        self.presenter.show(BACKUPS)

    @property
    def face(self) -> BackupsFace:
        """Return what is shown."""
        assert self.view.backups.face is not None
        return self.view.backups.face

    @property
    def facts(self) -> dict[str, str]:
        """Return the facts that are shown."""
        return dict(self.face.facts)


def test_that_the_settings_have_a_section_of_backups() -> None:
    assert BACKUPS in [key for key, *_ in SECTIONS]
    desk = Desk()
    assert desk.view.section == BACKUPS


@pytest.mark.parametrize(
    ("ages", "said", "worried"),
    [
        ((), NONE_YET, True),
        ((HOUR,), "Last backup today at 08:48", False),
        ((DAY,), "Last backup yesterday at 09:48", False),
        ((2 * DAY,), "Last backup 2 days ago, on 2026-02-28", False),
        ((3 * DAY, 5 * DAY), "Last backup 3 days ago, on 2026-02-27", True),
        ((-DAY, HOUR), "Last backup today at 08:48", False),
    ],
    ids=["none", "today", "yesterday", "two days", "three days", "one of a wrong clock"],
)
def test_that_the_newest_backup_is_said(
    ages: tuple[dt.timedelta, ...],
    said: str,
    worried: bool,  # noqa: FBT001 - a column of the table
) -> None:
    desk = Desk(Role.NURSE, *ages)
    assert (desk.face.said, desk.face.worried) == (said, worried)


def test_that_where_and_how_many_is_said() -> None:
    assert Desk().facts["How many"] == "None"
    assert Desk(Role.NURSE, HOUR).facts["How many"] == "1"
    desk = Desk(Role.NURSE, HOUR, DAY, 9 * DAY)
    assert desk.facts["How many"] == "3, the oldest of 2026-02-21"
    assert desk.facts["Where"] == str(desk.keeping.backups.folder)
    assert [row.when for row in desk.face.rows] == [
        "2026-03-02  08:48",
        "2026-03-01  09:48",
        "2026-02-21  09:48",
    ]


def test_that_a_record_for_practice_is_said_to_have_none_by_itself() -> None:
    desk = Desk()
    desk.keeping.backups.automatic = False
    desk.presenter.refresh()
    assert desk.facts["Made"] == BY_HAND


def test_that_anyone_who_writes_may_make_one() -> None:
    desk = Desk(Role.NURSE)
    assert desk.face.action == "Back up now"
    desk.presenter.submit()
    desk.presenter.refresh()
    assert desk.keeping.backups.asked == [(desk.office.author.user, False)]
    assert desk.face.done == "Made and checked: 812 entries."
    assert desk.face.said == "Last backup today at 09:48"
    assert len(desk.face.rows) == 1


def test_that_an_auditor_reads_how_they_stand_and_makes_none() -> None:
    desk = Desk(Role.NURSE, HOUR)
    desk.office.audit()
    desk.presenter.refresh()
    assert (desk.face.action, desk.face.said) == ("", "Last backup today at 08:48")
    desk.presenter.submit()
    assert desk.keeping.backups.asked == []


def test_that_a_failed_one_is_said() -> None:
    desk = Desk()
    desk.keeping.backups.refuses = StorageError(Code.DISK_FULL, what="backup")
    desk.presenter.submit()
    desk.presenter.refresh()
    assert desk.face.problem.startswith("The disk that the backups lie on is full")
    assert desk.face.done == ""


@pytest.mark.parametrize(("findings", "said"), [(1, "1 finding"), (3, "3 findings")])
def test_that_a_copy_of_a_tampered_record_is_said(findings: int, said: str) -> None:
    desk = Desk(Role.NURSE, HOUR)
    desk.keeping.backups.findings = findings
    desk.presenter.submit()
    desk.presenter.refresh()
    assert desk.face.problem == UNSOUND.format(findings=said)
    assert [row.entries for row in desk.face.rows] == [f"812 entries, {said}", "812 entries"]


def test_that_only_an_administrator_chooses_the_folder() -> None:
    nurse = Desk(Role.NURSE)
    assert not nurse.face.may_choose
    nurse.presenter.backups.choose()
    assert nurse.view.backups.asked_from is None
    desk = Desk(Role.ADMINISTRATOR, HOUR)
    assert desk.face.may_choose
    desk.presenter.backups.choose()
    assert desk.view.backups.asked_from == desk.keeping.backups.folder
    desk.presenter.backups.chosen(Path("/mnt/vault"))
    assert desk.facts["Where"] == str(Path("/mnt/vault"))
    assert desk.face.rows == ()


def test_that_a_folder_that_cannot_be_written_in_is_refused() -> None:
    desk = Desk(Role.ADMINISTRATOR, HOUR)
    desk.keeping.backups.refuses = StorageError(Code.READ_ONLY, what="backup")
    desk.presenter.backups.chosen(Path("/mnt/vault"))
    assert desk.facts["Where"] == str(desk.keeping.backups.folder)
    assert "folder for backups" in desk.face.problem
    assert len(desk.face.rows) == 1


def test_that_one_disk_for_both_is_advised_against() -> None:
    desk = Desk()
    assert desk.face.advice == ""
    desk.keeping.backups.on_same_disk = True
    desk.presenter.backups.enter()
    desk.presenter.refresh()
    assert desk.face.advice == SAME_DISK
    desk.office.sit_down(Role.NURSE)
    desk.presenter.refresh()
    assert desk.face.advice.endswith(WHO_CHOOSES)
