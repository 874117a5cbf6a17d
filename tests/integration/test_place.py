"""Where the clinic's record is looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.place import default_place, remember_place, remembered_place


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_that_a_record_lies_in_the_platforms_data_folder_unless_chosen() -> None:
    assert remembered_place() == default_place()
    assert default_place().name == "record"


def test_that_the_folder_that_was_chosen_is_found_again(tmp_path: Path) -> None:
    chosen = tmp_path / "on another disk" / "Zoë"
    remember_place(chosen)
    assert remembered_place() == chosen
