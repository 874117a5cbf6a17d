"""Changes of keys that go wrong half-way: what holds on the disk, in the program and in words."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as driver

from db import engine
from db.accounts import Argon2Passwords
from db.locks import keyring_slot, slots, wrapping
from db.locks.locksmith import Locksmith
from db.locks.slots import FILE_NAME, RECORD_NAME
from db.store import Store
from main import open_store
from monitor.clinic import CLINIC
from monitor.desk import World
from monitor.entries import KeysChanged, LoggedIn
from monitor.errors import Code, MonitorError, StorageError
from monitor.key_changes import ChangeKeys
from monitor.key_slots import RecoveryKey, SlotKind
from monitor.people import Author, Role
from monitor.ports import Transaction
from tests.fakes.keyring import MemoryKeyring
from tests.fakes.visit import Visit
from tests.integration.db.scribe import Scribe

PHRASE, OTHER = "a passphrase of the clinic", "another one of the clinic"
AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
ADA = Author("ada", Role.ADMINISTRATOR, "Ada Byron")


@pytest.fixture(autouse=True)
def ring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    """The keyring of this computer."""
    made = MemoryKeyring()
    monkeypatch.setattr(keyring_slot, "of_the_system", lambda: made)
    monkeypatch.setattr(wrapping, "CLINIC", wrapping.PRACTICE)
    return made


@pytest.fixture
def scribe() -> Scribe:
    return Scribe()


@pytest.fixture
def store(tmp_path: Path, scribe: Scribe) -> Iterator[Store]:
    """A record with some entries."""
    made = Store.create(tmp_path / "record", PHRASE)
    with made.transaction() as tx:
        tx.append(scribe.founding())
    yield made
    made.close()


@pytest.fixture
def smith(store: Store) -> Locksmith:
    return Locksmith(store, "desk")


@pytest.fixture
def full() -> list[bool]:
    """Whether the disk is too full for what is written to be kept; empty if it is not."""
    return []


@pytest.fixture
def change(store: Store, smith: Locksmith, full: list[bool]) -> ChangeKeys:
    """The use-cases over that record."""
    like = Visit().world

    @contextlib.contextmanager
    def transaction() -> Iterator[Transaction]:
        with store.transaction() as tx:
            yield tx
            if full:
                raise StorageError(Code.DISK_FULL)

    world = World(
        transaction=transaction,
        clock=like.clock,
        station="desk",
        zone=like.zone,
        new_uid=like.new_uid,
        passwords=Argon2Passwords(),
        certification=like.certification,
        press=like.press,
    )
    return ChangeKeys(world, smith)


class NoRoom:
    """A connection whose log cannot be emptied, since the disk is full by then."""

    def __init__(self, made: Any) -> None:  # noqa: ANN401 - the driver has no types
        self._made = made

    def reset_key(self, key: str) -> None:
        self._made.reset_key(key)

    def execute(self, words: str) -> Any:  # noqa: ANN401 - the same
        if "wal_checkpoint" in words:
            error = driver.OperationalError("disk I/O error")
            error.sqlite_errorname = "SQLITE_FULL"
            raise error
        return self._made.execute(words)

    def close(self) -> None:
        self._made.close()


def refusal(act: Any) -> Code:  # noqa: ANN401 - whatever is called
    with pytest.raises(MonitorError) as caught:
        act()
    return caught.value.code


def opens(folder: Path, typed: str) -> bool:
    try:
        Store.open(folder, typed).close()
    except MonitorError as error:
        return error.code is not Code.WRONG_KEY
    return True


def told(store: Store) -> int:
    """How many changes of the keys the record tells of."""
    with store.transaction() as tx:
        return sum(isinstance(entry.what, KeysChanged) for entry in tx.stream(CLINIC))


def sheet(smith: Locksmith) -> RecoveryKey:
    ready = smith.new_recovery_key(AT)
    ready.finish()
    return ready.result


def spoil(folder: Path, kind: SlotKind) -> None:
    """Damage the slots of a kind."""
    whole = json.loads((folder / FILE_NAME).read_bytes())
    for slot in whole["slots"]:
        if slot["kind"] == kind:
            slot["hkdf"] = "spoiled"
    (folder / FILE_NAME).write_text(json.dumps(whole), encoding="ascii")


def test_that_the_program_goes_on_if_the_disk_fills_right_after_the_database_has_its_key(
    store: Store, smith: Locksmith, scribe: Scribe, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = engine._connect

    def connected(*args: Any, alone: bool = False) -> Any:  # noqa: ANN401 - as the original
        made = connect(*args, alone=alone)
        return NoRoom(made) if alone else made

    monkeypatch.setattr(engine, "_connect", connected)
    before = store.keys
    made = smith.replace_keys(PHRASE, OTHER, AT)
    assert store.keys.data_version == before.data_version + 1
    with store.transaction() as tx:
        tx.append([scribe.entry("access", LoggedIn("nk"))])
    assert store.check().is_sound
    store.close()
    assert not engine.opens(store.folder / RECORD_NAME, before.data)
    for typed in (OTHER, " ".join(made.recovery.groups)):
        assert opens(store.folder, typed)
    assert not opens(store.folder, PHRASE)


def test_that_new_keys_are_handed_out_though_the_key_file_cannot_be_finished(
    store: Store, smith: Locksmith, monkeypatch: pytest.MonkeyPatch
) -> None:
    rekey, write = engine.rekey, slots.write
    full: list[bool] = []

    def changed(*args: Any) -> None:  # noqa: ANN401 - as the original
        rekey(*args)
        full.append(True)
        raise StorageError(Code.DISK_FULL)

    def written(folder: Path, file: slots.KeyFile) -> None:
        if full:
            raise StorageError(Code.DISK_FULL)
        write(folder, file)

    with monkeypatch.context() as patch:
        patch.setattr(engine, "rekey", changed)
        patch.setattr(slots, "write", written)
        made = smith.replace_keys(PHRASE, OTHER, AT)
    assert store.check().is_sound
    store.close()
    assert opens(store.folder, " ".join(made.recovery.groups))
    assert not slots.read(store.folder).is_changing


def test_that_a_sheet_whose_slot_is_gone_proves_nothing_and_drops_nothing(
    store: Store, smith: Locksmith
) -> None:
    first = sheet(smith)
    smith.prove_recovery_key(first, first.groups[-1]).finish()
    second = sheet(smith)
    third = sheet(smith)  # nobody had proven the second: it gave way
    assert refusal(smith.prove_recovery_key(second, second.groups[-1]).finish) is Code.BUSY
    for key in (first, third):
        assert opens(store.folder, " ".join(key.groups))


def test_that_a_sheet_made_meanwhile_stops_too_when_one_is_proven(
    store: Store, smith: Locksmith
) -> None:
    first = sheet(smith)
    smith.prove_recovery_key(first, first.groups[-1]).finish()
    ready = smith.prove_recovery_key(first, first.groups[-1])
    second = sheet(smith)
    ready.finish()
    assert opens(store.folder, " ".join(first.groups))
    assert not opens(store.folder, " ".join(second.groups))


def test_that_keys_replaced_during_a_check_are_no_finding(
    store: Store, smith: Locksmith, scribe: Scribe
) -> None:
    replaced: list[bool] = []

    def replace(_: int, __: int) -> None:
        if not replaced:
            replaced.append(True)
            smith.replace_keys(PHRASE, OTHER, AT)
            with store.transaction() as tx:
                tx.append([scribe.entry("access", LoggedIn("nk"))])

    report = store.check(replace)
    assert report.is_sound, report.findings
    assert report.head == store.head()


def test_that_an_entry_that_cannot_be_kept_takes_the_change_back(
    store: Store, change: ChangeKeys, full: list[bool]
) -> None:
    full.append(True)
    assert refusal(lambda: change.passphrase(ADA, PHRASE, OTHER)) is Code.DISK_FULL
    full.clear()
    assert told(store) == 0
    assert opens(store.folder, PHRASE)
    assert not opens(store.folder, OTHER)


def test_that_a_change_is_not_taken_back_over_another_one(smith: Locksmith) -> None:
    undo = smith.change_passphrase(PHRASE, OTHER, AT).finish()
    sheet(smith)
    undo()
    assert [slot.kind for slot in smith.slots()] == [SlotKind.PASSPHRASE, SlotKind.RECOVERY]


def test_that_new_keys_are_handed_out_though_their_entry_cannot_be_kept(
    store: Store, smith: Locksmith, change: ChangeKeys, full: list[bool]
) -> None:
    full.append(True)
    made = change.replace(ADA, PHRASE, OTHER)
    full.clear()
    assert smith.untold
    assert told(store) == 0
    change.tell_untold()
    assert told(store) == 1
    store.close()
    assert opens(store.folder, " ".join(made.recovery.groups))


def test_that_a_spoiled_slot_of_the_keyring_keeps_no_passphrase_out(
    store: Store, smith: Locksmith
) -> None:
    smith.add_keyring(AT).finish()
    store.close()
    spoil(store.folder, SlotKind.KEYRING)
    assert refusal(lambda: Store.open(store.folder)) is Code.WRONG_KEY
    record = open_store(store.folder, lambda: PHRASE)
    record.close()


def test_that_a_spoiled_slot_of_the_keyring_is_mended_or_replaced(
    store: Store, smith: Locksmith
) -> None:
    smith.add_keyring(AT).finish()
    spoil(store.folder, SlotKind.KEYRING)
    smith.add_keyring(AT).finish()
    Store.open(store.folder).close()
    spoil(store.folder, SlotKind.KEYRING)
    smith.replace_keys(PHRASE, OTHER, AT)
    assert opens(store.folder, OTHER)


def test_that_the_copy_from_before_a_migration_goes_with_the_old_keys(
    store: Store, smith: Locksmith
) -> None:
    copies = [store.folder / name for name in ("before-0002", "before-0003.1a2b3c4d.new")]
    others = [store.folder / name for name in ("before-lunch", "exports")]
    for folder in (*copies, *others):
        folder.mkdir()
        (folder / FILE_NAME).write_bytes(b"{}")
    with pytest.raises(MonitorError):
        smith.replace_keys("not the one at all", OTHER, AT)
    assert all(folder.exists() for folder in (*copies, *others))
    smith.replace_keys(PHRASE, OTHER, AT)
    assert not any(folder.exists() for folder in copies)
    assert all(folder.exists() for folder in others)


def test_that_a_change_of_keys_that_is_taken_back_leaves_the_copy(
    store: Store, smith: Locksmith, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = store.folder / "before-0002"
    copy.mkdir()

    def dies(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
        patch.setattr(engine, "rekey", dies)
        smith.replace_keys(PHRASE, OTHER, AT)
    assert slots.read(store.folder).is_changing
    store.close()
    assert opens(store.folder, PHRASE)
    assert not slots.read(store.folder).is_changing
    assert copy.exists()
