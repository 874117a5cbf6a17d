"""What a computer is told about reminders: kept as it is chosen, and never in anybody's way."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.views_settings import FakeRemindersView
from ui.preferences import LEADS, LOCKS, Preferences, PreferencesFile
from ui.presenters.settings_reminders import KEPT, NOT_KEPT, RemindersPresenter


class Desk:
    """Somebody at the section; its doors are itself."""

    def __init__(self, folder: Path) -> None:
        self.preferences, self.played = PreferencesFile(folder), 0
        self.view = FakeRemindersView()
        self.presenter = RemindersPresenter(self.view, self)
        self.presenter.refresh()

    def play(self) -> None:
        """Count how often the sound was heard."""
        self.played += 1


def test_that_what_holds_is_shown_before_anything_was_chosen(tmp_path: Path) -> None:
    assert Desk(tmp_path).view.form.texts == {"sound": "on", "lead": "2", "lock": "10"}


def test_that_a_choice_is_kept_at_once_and_holds_at_the_next_start(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "not yet there")
    for key, value in (("sound", "off"), ("lead", "5"), ("lock", "0")):
        desk.presenter.chosen(key, value)
        assert desk.view.form.texts[key] == value
    assert desk.view.done == KEPT
    assert Desk(tmp_path / "not yet there").preferences.now == Preferences(
        sound=False, lead_minutes=5, lock_minutes=0
    )


def test_that_every_choice_there_is_can_be_made(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for lead in LEADS:
        desk.presenter.chosen("lead", str(lead))
        assert desk.preferences.now.lead_minutes == lead
    for lock in LOCKS:
        desk.presenter.chosen("lock", str(lock))
        assert desk.preferences.now.lock_minutes == lock


def test_that_a_full_disk_is_said_and_the_choice_holds_for_now(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    desk = Desk(tmp_path / "file")
    desk.presenter.chosen("sound", "off")
    assert (desk.view.done, desk.view.form.problem) == ("", ("", NOT_KEPT))
    assert not desk.preferences.now.sound


def test_that_the_sound_can_be_tried_though_it_is_off(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.presenter.chosen("sound", "off")
    desk.presenter.submit()
    assert desk.played == 1
