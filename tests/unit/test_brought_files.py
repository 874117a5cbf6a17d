"""A file that somebody brings: read whole, hashed in pieces, or refused in one sentence."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from monitor.sealed_file import MOST_READ, FileFacts, Form
from ui import brought_files
from ui.brought_files import UnreadError, brought


def read(content: bytes) -> FileFacts:
    """See a file without looking into it."""
    return FileFacts(hashlib.sha256(content).hexdigest(), len(content), Form.PDF)


def test_that_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF- a")
    seen = brought(tmp_path / "a.pdf", read)
    assert (seen.content, seen.facts.size) == (b"%PDF- a", 7)


def test_that_a_file_that_is_too_large_is_hashed_and_never_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brought_files, "MOST_READ", 1000)
    monkeypatch.setattr(brought_files, "READ_AT_ONCE", 300)
    content = os.urandom(5_000)
    (tmp_path / "large.pdf").write_bytes(content)
    seen = brought(tmp_path / "large.pdf", read)
    assert seen.facts == FileFacts(hashlib.sha256(content).hexdigest(), 5_000, Form.TOO_LARGE)
    assert seen.content == b""


def test_that_five_hundred_megabytes_are_hashed_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "sparse.pdf"
    with path.open("wb") as file:
        file.truncate(MOST_READ + 1)
    assert brought(path, read).facts.form is Form.TOO_LARGE


def test_that_what_is_no_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadError, match=r"This is a folder.*") as folder:
        brought(tmp_path, read)
    with pytest.raises(UnreadError, match=r"There is no such file\.") as gone:
        brought(tmp_path / "gone.pdf", read)
    with pytest.raises(UnreadError, match=r"This file cannot be read") as strange:
        brought(tmp_path / "a\0b.pdf", read)
    assert (folder.value.status, gone.value.status, strange.value.status) == (1, 2, 2)


@pytest.mark.skipif(os.name != "posix", reason="another system has no such files")
def test_that_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    with pytest.raises(UnreadError, match="no file that can be read"):
        brought(tmp_path / "pipe.pdf", read)
