"""Files beside the database, when the power fails: the old one whole or the new one whole."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from db import durable
from db.backups.backup import Backups
from tests.faults.conftest import Tally
from tests.faults.power import after
from tests.faults.recording import recording
from tests.faults.settings import LARGE
from tests.integration.db.scribe import BEGINNING, Scribe, practice_store
from ui import files

STATES = 500 if LARGE else 50
OLD, NEW = b"old " * 700, b"new! " * 900

Put = Callable[[Path, bytes], object]


def without_sync(path: Path, content: bytes) -> None:
    """Put a file in another's place as many programs do."""
    draft = path.with_name(f"{path.name}.new")
    draft.write_bytes(content)
    draft.replace(path)


def in_place(path: Path, content: bytes) -> None:
    """Write over a file as most programs do."""
    path.write_bytes(content)


def left(put: Put, folder: Path) -> Counter[str]:
    """Say what stands in a file's place after power cuts while it was replaced."""
    folder.mkdir()
    path = folder / "file"
    found: Counter[str] = Counter()
    with recording(folder) as recorder:
        durable.replace_file(path, OLD)
        begun = len(recorder.events)
        put(path, NEW)
        recorder.catch_up()
    ends = len(recorder.events)
    chance = random.Random(1)  # noqa: S311 - a disk's, no secret
    for place in range(begun, ends + 1):
        disk = after(recorder.events[:place])
        for _ in range(STATES):
            found[_named(disk.cut(chance).get(path), done=place == ends)] += 1
    return found


def _named(content: bytes | None, *, done: bool) -> str:
    if content == NEW:
        return "new"
    if content == OLD:
        return "old though the new one was acknowledged" if done else "old"
    return "none" if content is None else "partial"


@pytest.mark.parametrize("put", [durable.replace_file, files.write_whole])
def test_that_a_file_is_the_old_one_or_the_new_one(put: Put, tmp_path: Path, tally: Tally) -> None:
    found = left(put, tmp_path / "here")
    tally("power cuts, files beside the database", found)
    assert found.keys() == {"old", "new"}, found


def test_that_a_backup_has_its_name_only_once_it_is_whole(tmp_path: Path, tally: Tally) -> None:
    place = tmp_path / "backups"
    with recording(tmp_path) as recorder:
        store = practice_store(tmp_path / "record")
        with store.transaction() as tx:
            tx.append(Scribe().founding())
        begun = len(recorder.events)
        made = Backups(store, place).make(BEGINNING, lambda _done, _of: None)
        ends = len(recorder.events)
        store.close()
    whole = contents(made.folder)
    assert len(whole) == 3
    chance = random.Random(2)  # noqa: S311 - a disk's, no secret
    found: Counter[str] = Counter()
    paths = frozenset(made.folder.iterdir())
    for instant in range(begun, ends):
        disk = after(recorder.events[:instant])
        for _ in range(STATES // 5):
            held = {path.name: held for path, held in disk.cut(chance).items() if path in paths}
            found["whole" if held == whole else "partial" if held else "none"] += 1
    tally("power cuts, while a backup is made", found)
    assert found["partial"] == 0
    at_the_end = after(recorder.events[:ends]).cut(chance)
    assert {path.name: at_the_end.get(path) for path in paths} == whole


def contents(folder: Path) -> dict[str, bytes]:
    """Return what a folder's files hold, by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("put", [without_sync, in_place])
def test_that_other_ways_of_writing_would_be_seen_to_fail(put: Put, tmp_path: Path) -> None:
    assert left(put, tmp_path / "here")["partial"] > 0
