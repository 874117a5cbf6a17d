"""Where the clinic's record is looked for."""

from __future__ import annotations

import dataclasses
import errno
from collections.abc import Callable
from pathlib import Path

import pytest

import main
from db.backups.backup import Backups
from db.place import (
    backups_place,
    default_backups_place,
    default_place,
    place_is_remembered,
    prove_memory,
    remember_backups_place,
    remember_place,
    remembered_place,
)
from db.store import Store
from monitor.clinic import PROGRAM
from monitor.errors import Code, StorageError
from tests.integration.db.backing import NOW, quiet, small_record
from ui.backups import RestoreOrder
from ui.presenters.first_start import Beginning
from ui.wording import sentence


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


def test_that_a_record_that_is_gone_is_said_and_not_begun_anew(tmp_path: Path) -> None:
    records = main.clinics_records()
    assert (place_is_remembered(), records.exists()) == (False, False)
    chosen = tmp_path / "disk"
    remember_place(chosen)
    records = main.clinics_records()
    assert records.exists()
    for ask in (records.opens_by_itself, records.asks_keyring, lambda: records.open("a secret")):
        with pytest.raises(StorageError) as caught:
            ask()
        assert caught.value.code is Code.NO_RECORD
        assert sentence(caught.value).endswith("connect its disk, or restore a backup.")
    assert not chosen.exists()


@pytest.fixture
def _forgetful(tmp_path: Path) -> None:
    """Let this computer have no place for its settings."""
    (tmp_path / "config").write_text("a file in the way", encoding="utf-8")


@pytest.mark.usefixtures("_forgetful")
def test_that_a_computer_that_can_remember_nothing_says_so(tmp_path: Path) -> None:
    for ask in (remember_place, remember_backups_place, lambda _: prove_memory()):
        with pytest.raises(StorageError) as caught:
            ask(tmp_path / "somewhere")
        said = sentence(caught.value)
        assert said.startswith("This computer cannot keep in mind where the record")
        assert "(ENOTDIR)" in said or "(EEXIST)" in said


@pytest.mark.usefixtures("_forgetful")
def test_that_nothing_is_made_or_restored_that_could_not_be_found_again(tmp_path: Path) -> None:
    backup = tmp_path / "backups"
    store = small_record(tmp_path / "old")
    made = Backups(store, backup).make(NOW, quiet)
    store.close()
    order = RestoreOrder(
        backup=made.folder,
        to=tmp_path / "new",
        passphrase=lambda: "",
        author=lambda _: PROGRAM,
        progress=quiet,
        use=True,
    )
    with pytest.raises(StorageError):
        main.restore(order)
    beginning = Beginning(
        clinic="Riverside Clinic",
        address="",
        chairs=("1",),
        folder=tmp_path / "new",
        passphrase="four quiet rooms by the river",  # noqa: S106 - of no record
        people=(),
    )
    with pytest.raises(StorageError):
        main.clinics_records().found(beginning, lambda _: None)
    assert not (tmp_path / "new").exists()
    main.restore(dataclasses.replace(order, use=False))
    assert (tmp_path / "new" / "record.db").exists()


def test_that_a_folder_that_cannot_be_looked_into_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember_place(tmp_path / "share")
    ask = Path.stat

    def stat(path: Path, *, follow_symlinks: bool = True) -> object:
        if path.is_relative_to(tmp_path / "share"):
            raise OSError(errno.ENOTCONN, "Transport endpoint is not connected")
        return ask(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", stat)
    records = main.clinics_records()
    looks: tuple[Callable[[], object], ...] = (
        lambda: Store.exists(tmp_path / "share"),
        lambda: records.check_folder(tmp_path / "share"),
        records.opens_by_itself,
        records.asks_keyring,
        lambda: records.open("a secret"),
    )
    for look in looks:
        with pytest.raises(StorageError) as caught:
            look()
        said = sentence(caught.value)
        assert said.startswith(f"The record's folder {str(tmp_path)[:40]}")
        assert "cannot be looked into (ENOTCONN); connect its disk" in said


def test_that_the_folder_for_backups_is_chosen_apart_from_the_records(tmp_path: Path) -> None:
    assert backups_place() == default_backups_place()
    assert default_backups_place().parent == default_place().parent
    remember_backups_place(tmp_path / "vault")
    assert backups_place() == tmp_path / "vault"
    assert remembered_place() == default_place()
