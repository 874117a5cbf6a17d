"""Files that are written whole or not at all."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from ui.files import PRIVATE, write_whole


def test_that_a_file_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_that_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.mkdir()  # nothing can take the place of a folder
    with pytest.raises(OSError, match="report"):
        write_whole(path, b"new")
    assert list(tmp_path.iterdir()) == [path]


def test_that_a_folder_that_is_not_there_is_an_error_and_nothing_else(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        write_whole(tmp_path / "missing" / "report.pdf", b"new")
    assert list(tmp_path.iterdir()) == []


def test_that_a_file_with_a_secret_is_its_owners_alone(tmp_path: Path) -> None:
    left = tmp_path / "sheet.pdf.part"
    left.write_bytes(b"left behind")
    left.chmod(0o644)
    write_whole(tmp_path / "sheet.pdf", b"secret", PRIVATE)
    assert stat.S_IMODE((tmp_path / "sheet.pdf").stat().st_mode) == PRIVATE
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.pdf"]
