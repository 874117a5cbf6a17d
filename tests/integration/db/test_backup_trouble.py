"""Backups of a record that was tampered with, and folders for them that cannot be read."""

from __future__ import annotations

import dataclasses
import datetime as dt
import errno
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

import main
from db.backups import restoring
from db.backups.backup import Backup, Backups, remembered, same_disk
from db.backups.kept_backups import KeptBackups
from db.backups.manifest import FILE_NAME as MANIFEST, Manifest, read
from db.backups.restoring import Restoring
from db.place import remember_backups_place
from db.store import Store
from monitor.clinic import PROGRAM
from monitor.errors import Code, IntegrityError, MonitorError, RefusedError, StorageError
from monitor.people import Author, Role
from tests.integration.db.backing import NOW, quiet, resealed, small_record
from ui.console.stage import Listeners
from ui.wording import sentence

CHANGED_TABLE = "UPDATE sessions SET chair = '9'"
STRANGE_TRIGGER = "CREATE TRIGGER odd AFTER INSERT ON files BEGIN SELECT 1; END"
GUARD_GONE = "DROP TRIGGER ledger_no_update"
CHANGED_LINE = "UPDATE ledger SET body = replace(body, 'awake', 'asleep') WHERE kind = 'event'"
LINE_GONE = "DELETE FROM ledger WHERE seq = 3"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = small_record(tmp_path / "record")
    yield made
    made.close()


@pytest.fixture
def backups(store: Store, tmp_path: Path) -> Backups:
    return Backups(store, tmp_path / "other disk" / "backups")


def tamper(store: Store, *statements: str) -> None:
    with store._engine.begin() as sql:
        for each in statements:
            sql.exec_driver_sql(each)


# --- a record that does not agree with itself ----------------------------------------------------


@pytest.mark.parametrize(
    "statements",
    [(CHANGED_TABLE,), (STRANGE_TRIGGER,), (GUARD_GONE,), (GUARD_GONE, CHANGED_LINE)],
    ids=["table", "trigger", "guard", "line"],
)
def test_that_a_record_that_was_tampered_with_is_kept_with_what_was_found(
    statements: tuple[str, ...], store: Store, backups: Backups, tmp_path: Path
) -> None:
    tamper(store, *statements)
    expected = len(store.check().findings)
    made = backups.make(NOW, quiet)
    assert made.findings == expected > 0
    assert backups.found() == (made,)
    assert (made.head, made.entries) == (store.head(), store.head().seq)
    said = Restoring(made.folder, tmp_path / "new")(lambda: None, lambda _s, _m: None, quiet)
    assert said.findings == expected
    again = Store.open(tmp_path / "new")
    assert len(again.check().findings) == expected
    assert again.head() == store.head()
    again.close()


def test_that_the_number_of_findings_is_under_the_seal(store: Store, backups: Backups) -> None:
    tamper(store, CHANGED_TABLE)
    made = backups.make(NOW, quiet)
    said = json.loads((made.folder / MANIFEST).read_bytes())
    (made.folder / MANIFEST).write_text(json.dumps(said | {"findings": 0}), encoding="utf-8")
    assert read(made.folder).findings == 0
    assert backups.found() == ()


def spoil_copies(
    store: Store, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], None]
) -> None:
    """Let every copy of the database be spoiled right after it was made."""
    copy_into = store.copy_into

    def copied(path: Path) -> None:
        copy_into(path)
        spoil(path)

    monkeypatch.setattr(store, "copy_into", copied)


def flip_a_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def test_that_a_copy_that_the_disk_spoiled_is_refused(
    store: Store, backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil_copies(store, monkeypatch, flip_a_page)
    with pytest.raises(MonitorError) as caught:
        backups.make(NOW, quiet)
    assert caught.value.code is Code.DAMAGED
    assert sentence(caught.value).startswith("No backup was made")
    assert not list(backups.folder.glob("chairside-*"))


def test_that_a_copy_that_lacks_a_line_of_the_record_is_refused(
    store: Store, backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose_a_line(path: Path) -> None:
        shutil.copy(store.folder / "keyslots.json", path.parent)
        copy = Store(path.parent, store.keys)
        tamper(copy, "DROP TRIGGER ledger_no_delete", "PRAGMA foreign_keys=OFF", LINE_GONE)
        copy.close()

    spoil_copies(store, monkeypatch, lose_a_line)
    with pytest.raises(MonitorError) as caught:
        backups.make(NOW, quiet)
    assert caught.value.code is Code.DAMAGED
    assert not list(backups.folder.glob("chairside-*"))


@pytest.fixture
def kept(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> main.OpenRecord:
    """The record as the program has it open."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    remember_backups_place(tmp_path / "other disk" / "backups")
    return main._on_this_computer(store, Listeners())


def many(made: Backup, backups: Backups, days: int) -> None:
    """Let there be one backup a day, sealed as if each had been made then."""
    for day in range(1, days):
        at = NOW - dt.timedelta(days=day)
        folder = backups.folder / f"{made.folder.name[:19]}{at:%Y%m%dT%H%M%SZ}"
        shutil.copytree(made.folder, folder)
        resealed(folder, backups.store.keys, at=at)


def test_that_nothing_is_removed_while_the_record_does_not_agree_with_itself(
    store: Store, backups: Backups, kept: main.OpenRecord
) -> None:
    many(backups.make(NOW, quiet), backups, 16)
    tamper(store, CHANGED_TABLE)
    for _ in range(2):
        assert kept.backups.make(PROGRAM, quiet, automatic=True).findings
    assert len(backups.found()) == 18
    tamper(store, "UPDATE sessions SET chair = '2'")
    assert not kept.backups.make(PROGRAM, quiet, automatic=True).findings
    assert len(backups.found()) < 18


def test_that_tampered_copies_push_out_no_sound_one(store: Store, backups: Backups) -> None:
    sound = backups.make(NOW - dt.timedelta(days=10, hours=1), quiet)
    many(backups.make(NOW, quiet), backups, 20)
    for each in backups.found():
        if each.folder != sound.folder:
            resealed(each.folder, store.keys, findings=1)
    backups.prune()
    assert sound in backups.found()
    assert len(backups.found()) < 20


def test_that_a_tampered_record_that_takes_no_entry_is_backed_up_and_restored_all_the_same(
    store: Store, backups: Backups, kept: main.OpenRecord, tmp_path: Path
) -> None:
    head = store.head()
    tamper(store, CHANGED_TABLE)

    def refuse() -> NoReturn:
        raise IntegrityError(Code.BROKEN_CHAIN)

    world = dataclasses.replace(kept.world, transaction=refuse)
    made = KeptBackups(store, world).make(PROGRAM, quiet)
    assert (made.findings, store.head()) == (1, head)
    assert backups.found() == (made,)

    def note(_store: Store, _said: Manifest) -> None:
        raise IntegrityError(Code.BROKEN_CHAIN)

    Restoring(made.folder, tmp_path / "new")(lambda: None, note, quiet)
    again = Store.open(tmp_path / "new")
    assert again.head() == head
    again.close()


def test_that_an_auditor_makes_none(kept: main.OpenRecord, backups: Backups) -> None:
    auditor = Author("au", Role.AUDITOR, "Uwe Auer")
    with pytest.raises(RefusedError) as caught:
        kept.backups.make(auditor, quiet)
    assert caught.value.code is Code.NOT_ALLOWED
    assert backups.found() == ()


# --- folders that cannot be read -----------------------------------------------------------------

GONE_AWAY = OSError(errno.ENOTCONN, "Transport endpoint is not connected")


@pytest.fixture
def gone_away(monkeypatch: pytest.MonkeyPatch, backups: Backups) -> Callable[[], None]:
    """Lets the disk of the backups go away, as a network's or one that was pulled out."""

    def go() -> None:
        ask = Path.stat

        def stat(path: Path, *, follow_symlinks: bool = True) -> object:
            if path.is_relative_to(backups.folder.parent):
                raise GONE_AWAY
            return ask(path, follow_symlinks=follow_symlinks)

        monkeypatch.setattr(Path, "stat", stat)

    return go


def test_that_a_disk_that_went_away_is_one_sentence(
    store: Store, backups: Backups, gone_away: Callable[[], None]
) -> None:
    backups.make(NOW, quiet)
    gone_away()
    asks: tuple[Callable[[], object], ...] = (
        backups.found,
        backups.prune,
        lambda: remembered(backups.folder, store.id, store.keys),
        lambda: same_disk(backups.folder, store.folder),
    )
    for ask in asks:
        with pytest.raises(StorageError) as caught:
            ask()
        assert sentence(caught.value) == (
            "The folder for backups cannot be read (ENOTCONN); connect its disk, or choose"
            " another folder for backups."
        )


def test_that_a_folder_that_is_none_is_said_and_not_taken_for_an_empty_one(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        Backups(store, tmp_path / "file").found()
    assert "cannot be read (ENOTDIR)" in sentence(caught.value)
    assert Backups(store, tmp_path / "not there yet").found() == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"at": "0001-01-01T00:00:00+14:00"},
        {"at": "0001-01-01T00:00:00"},
        {"mac": "é"},
        {"mac": "\ud800"},
        {"mac_key": 2**70},
        {"entries": 10**400},
        {"findings": -(10**30)},
    ],
    ids=str,
)
def test_that_a_made_up_manifest_is_passed_over(
    changes: dict[str, object], store: Store, backups: Backups
) -> None:
    made = backups.make(NOW, quiet)
    other = made.folder.with_name(f"chairside-{store.id[:8]}-x")
    shutil.copytree(made.folder, other)
    said = json.loads((other / MANIFEST).read_bytes()) | changes
    (other / MANIFEST).write_text(json.dumps(said), encoding="utf-8")
    assert backups.found() == (made,)
    assert len(remembered(backups.folder, store.id, store.keys)) == 1
    with pytest.raises(StorageError):
        Restoring(other, other / "to")(lambda: None, lambda _s, _m: None, quiet)


def test_that_a_deep_manifest_is_passed_over(backups: Backups) -> None:
    made = backups.make(NOW, quiet)
    (made.folder / MANIFEST).write_text("[" * 100_000, encoding="utf-8")
    assert backups.found() == ()


def test_that_a_backup_whose_disk_went_away_is_one_sentence(
    backups: Backups, tmp_path: Path, gone_away: Callable[[], None]
) -> None:
    made = backups.make(NOW, quiet)
    gone_away()
    with pytest.raises(StorageError) as caught:
        Restoring(made.folder, tmp_path / "new")(lambda: None, lambda _s, _m: None, quiet)
    assert "ENOTCONN" in sentence(caught.value)
    assert not (tmp_path / "new" / restoring.DRAFT).exists()
