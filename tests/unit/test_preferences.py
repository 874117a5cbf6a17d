"""What one computer was told about reminders and the lock."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.preferences import Preferences, PreferencesFile


def test_that_a_choice_is_still_there_the_next_time(tmp_path: Path) -> None:
    PreferencesFile(tmp_path / "new").change(sound=False, lock_minutes=0)
    assert PreferencesFile(tmp_path / "new").now == Preferences(sound=False, lock_minutes=0)


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", '"sound"', '{"sound": 1, "lead_minutes": 7}', '{"lock_minutes": -1}']
)
def test_that_a_damaged_file_keeps_nobody_from_the_usual_choices(tmp_path: Path, kept: str) -> None:
    (tmp_path / "preferences.json").write_text(kept, encoding="utf-8")
    assert PreferencesFile(tmp_path).now == Preferences()


def test_that_a_choice_that_cannot_be_kept_holds_for_this_run(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    prefs = PreferencesFile(tmp_path / "taken")
    assert prefs.change(lead_minutes=5).lead_minutes == 5
    assert prefs.now.lead_minutes == 5


def test_that_what_another_version_kept_besides_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "preferences.json").write_text('{"sound": false, "colour": "red"}')
    assert PreferencesFile(tmp_path).now == Preferences(sound=False)
