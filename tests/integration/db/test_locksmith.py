"""Changing who may open a record: each way alone, none lost by halves, nothing without a secret."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db import engine
from db.locks import keyring_slot, slots, wrapping
from db.locks.locksmith import Locksmith
from db.locks.slots import BEFORE_NAME, FILE_NAME, RECORD_NAME
from db.store import Store
from monitor.entries import Entry, LoggedIn
from monitor.errors import Code, MonitorError, StorageError
from monitor.key_slots import KeySlot, SlotKind, needs_recovery_key
from tests.fakes.keyring import MemoryKeyring
from tests.integration.db.scribe import Scribe, practice_store

PHRASE, OTHER = "a passphrase of the clinic", "another one of the clinic"
AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    """The keyring of this computer."""
    made = MemoryKeyring()
    monkeypatch.setattr(keyring_slot, "of_the_system", lambda: made)
    return made


@pytest.fixture
def store(tmp_path: Path, ring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A record with some entries."""
    assert not ring.kept
    monkeypatch.setattr(wrapping, "CLINIC", wrapping.PRACTICE)
    made = Store.create(tmp_path / "record", PHRASE)
    with made.transaction() as tx:
        tx.append(Scribe().founding())
    yield made
    made.close()


@pytest.fixture
def smith(store: Store) -> Locksmith:
    return Locksmith(store, "desk")


def said(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def kinds(smith: Locksmith) -> list[SlotKind]:
    return [slot.kind for slot in smith.slots()]


def entries(folder: Path, typed: str | None) -> tuple[Entry, ...]:
    store = Store.open(folder, typed)
    try:
        with store.transaction() as tx:
            return tx.stream("clinic")
    finally:
        store.close()


def refusal(act: Callable[[], object]) -> Code:
    with pytest.raises(MonitorError) as caught:
        act()
    return caught.value.code


def opens(folder: Path, typed: str) -> bool:
    return refusal(lambda: Store.open(folder, typed)) is not Code.WRONG_KEY


def sheet(smith: Locksmith) -> str:
    ready = smith.new_recovery_key(AT)
    ready.finish()
    return " ".join(ready.result.groups)


def test_that_each_way_opens_the_record_alone(store: Store, smith: Locksmith) -> None:
    recovery = sheet(smith)
    smith.add_keyring(AT).finish()
    whole = json.loads((store.folder / FILE_NAME).read_text(encoding="ascii"))
    secrets = {"passphrase": PHRASE, "recovery": recovery, "keyring": None}
    assert len(whole["slots"]) == len(secrets)
    for slot in whole["slots"]:
        alone = whole | {"slots": [slot]}
        (store.folder / FILE_NAME).write_text(json.dumps(alone), encoding="ascii")
        assert len(entries(store.folder, secrets[slot["kind"]])) == 2


def test_that_a_changed_passphrase_opens_and_the_old_one_does_not(
    store: Store, smith: Locksmith
) -> None:
    recovery = sheet(smith)
    ready = smith.change_passphrase(PHRASE, OTHER, AT)
    assert len(entries(store.folder, PHRASE)) == 2  # until it is finished
    ready.finish()
    assert refusal(lambda: Store.open(store.folder, PHRASE)) is Code.WRONG_KEY
    assert [smith.opens(each) for each in (PHRASE, OTHER, recovery)] == [False, True, True]
    assert len(entries(store.folder, OTHER)) == 2
    assert len(entries(store.folder, recovery)) == 2


def test_that_a_forgotten_passphrase_is_replaced_by_the_recovery_key(
    store: Store, smith: Locksmith
) -> None:
    recovery = sheet(smith)
    store.close()
    again = Store.open(store.folder, recovery)
    Locksmith(again, "desk").change_passphrase(recovery, OTHER, AT).finish()
    again.close()
    assert len(entries(store.folder, OTHER)) == 2
    assert refusal(lambda: Store.open(store.folder, PHRASE)) is Code.WRONG_KEY


@pytest.mark.parametrize(
    ("typed", "new", "code"),
    [
        ("not the one at all", OTHER, Code.WRONG_KEY),
        (PHRASE, PHRASE, Code.UNCHANGED),
        (PHRASE, "too short", Code.WEAK_PASSWORD),
        (PHRASE, "x" * 1025, Code.WEAK_PASSWORD),
    ],
)
def test_that_a_refused_passphrase_leaves_every_byte_as_it_was(
    store: Store, smith: Locksmith, typed: str, new: str, code: Code
) -> None:
    before = said(store.folder)
    assert refusal(lambda: smith.change_passphrase(typed, new, AT)) is code
    assert said(store.folder) == before


@pytest.mark.parametrize(
    "typed", ["not the one at all", "", "0000G " * 13, " ".join(["00000"] * 13)]
)
def test_that_a_wrong_secret_leaves_every_byte_as_it_was(
    store: Store, smith: Locksmith, typed: str
) -> None:
    sheet(smith)
    store.close()
    before = said(store.folder)
    assert refusal(lambda: Store.open(store.folder, typed)) is Code.WRONG_KEY
    assert said(store.folder) == before


def test_that_a_record_that_has_lost_every_way_is_said_and_not_touched(store: Store) -> None:
    store.close()
    whole = json.loads((store.folder / FILE_NAME).read_text(encoding="ascii"))
    (store.folder / FILE_NAME).write_text(json.dumps(whole | {"slots": []}), encoding="ascii")
    before = said(store.folder)
    with pytest.raises(StorageError) as caught:
        Store.open(store.folder, PHRASE)
    assert (caught.value.code, caught.value.facts["lost"]) == (Code.DAMAGED, FILE_NAME)
    assert said(store.folder) == before


def test_that_a_missing_key_file_is_said_and_never_made(store: Store) -> None:
    store.close()
    (store.folder / FILE_NAME).unlink()
    before = said(store.folder)
    for act in (lambda: Store.open(store.folder, PHRASE), lambda: Store.is_practice(store.folder)):
        with pytest.raises(StorageError) as caught:
            act()
        assert (caught.value.code, caught.value.facts["file"]) == (Code.DAMAGED, FILE_NAME)
    assert said(store.folder) == before


def test_that_a_recovery_key_stops_only_when_a_newer_one_is_proven(
    store: Store, smith: Locksmith
) -> None:
    old = smith.new_recovery_key(AT)
    old.finish()
    assert needs_recovery_key(smith.slots())
    smith.prove_recovery_key(old.result, old.result.groups[-1].lower()).finish()
    assert not needs_recovery_key(smith.slots())
    new = smith.new_recovery_key(AT)
    new.finish()
    for key in (old, new):
        assert len(entries(store.folder, "-".join(key.result.groups))) == 2
    ready = smith.prove_recovery_key(new.result, new.result.groups[-1])
    assert ready.result is True
    ready.finish()
    assert len(entries(store.folder, " ".join(new.result.groups))) == 2
    typed = " ".join(old.result.groups)
    assert refusal(lambda: Store.open(store.folder, typed)) is Code.WRONG_KEY
    assert kinds(smith) == [SlotKind.PASSPHRASE, SlotKind.RECOVERY]


def test_that_a_recovery_key_nobody_has_proven_gives_way_to_the_next(
    store: Store, smith: Locksmith
) -> None:
    first = sheet(smith)
    second = sheet(smith)
    assert kinds(smith) == [SlotKind.PASSPHRASE, SlotKind.RECOVERY]
    assert refusal(lambda: Store.open(store.folder, first)) is Code.WRONG_KEY
    assert len(entries(store.folder, second)) == 2


def test_that_another_group_proves_nothing(store: Store, smith: Locksmith) -> None:
    ready = smith.new_recovery_key(AT)
    ready.finish()
    before = said(store.folder)
    group = ready.result.groups[0]
    assert refusal(lambda: smith.prove_recovery_key(ready.result, group)) is Code.WRONG_KEY
    assert said(store.folder) == before


def test_that_the_last_way_that_a_person_has_is_not_removed(store: Store, smith: Locksmith) -> None:
    smith.add_keyring(AT).finish()
    whole = json.loads((store.folder / FILE_NAME).read_text(encoding="ascii"))
    alone = whole | {"slots": [slot for slot in whole["slots"] if slot["kind"] == "keyring"]}
    (store.folder / FILE_NAME).write_text(json.dumps(alone), encoding="ascii")
    assert refusal(smith.remove_keyring) is Code.LAST_SLOT
    assert len(entries(store.folder, None)) == 2


def test_that_replaced_keys_open_what_was_written_before_and_after(
    store: Store, smith: Locksmith, ring: MemoryKeyring
) -> None:
    old_sheet = sheet(smith)
    smith.add_keyring(AT).finish()
    stolen = store.keys
    made = smith.replace_keys(PHRASE, OTHER, AT)
    assert made.dropped == ()
    scribe = Scribe()
    scribe.founding()
    with store.transaction() as tx:
        tx.append([scribe.entry("access", LoggedIn("nk"))])
    assert store.keys.ledger_version == stolen.ledger_version + 1
    assert store.keys.ledger_key(1) == stolen.ledger
    store.close()
    for typed in (OTHER, " ".join(made.recovery.groups), None):
        assert len(entries(store.folder, typed)) == 2
    for typed in (PHRASE, old_sheet):
        assert not opens(store.folder, typed)
    assert not engine.opens(store.folder / RECORD_NAME, stolen.data)
    assert ring.kept
    assert not (store.folder / BEFORE_NAME).exists()


def test_that_a_keyring_that_is_not_at_hand_is_dropped_and_named(
    store: Store, smith: Locksmith, ring: MemoryKeyring
) -> None:
    smith.add_keyring(AT).finish()
    ring.locked = True
    made = smith.replace_keys(PHRASE, PHRASE, AT)
    assert [(slot.kind, slot.computer) for slot in made.dropped] == [(SlotKind.KEYRING, "desk")]
    assert kinds(smith) == [SlotKind.PASSPHRASE, SlotKind.RECOVERY]
    assert needs_recovery_key(smith.slots())  # the new sheet is not yet seen to be on paper
    assert len(entries(store.folder, PHRASE)) == 2


def test_that_keys_are_not_replaced_while_somebody_else_is_in_the_record(
    store: Store, smith: Locksmith, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "WAIT_SECONDS", 0.1)
    other = Store.open(store.folder, PHRASE)
    with other.transaction() as tx:
        tx.stream("clinic")
    before = (store.folder / FILE_NAME).read_bytes()
    with pytest.raises(StorageError) as caught:
        smith.replace_keys(PHRASE, OTHER, AT)
    assert caught.value.code is Code.BUSY
    assert json.loads((store.folder / FILE_NAME).read_bytes()) == json.loads(before) | {"format": 2}
    with store.transaction() as tx:
        assert len(tx.stream("clinic")) == 2
    other.close()
    smith.replace_keys(PHRASE, OTHER, AT)
    assert len(entries(store.folder, OTHER)) == 2


def test_that_a_disk_that_fills_after_the_database_has_its_key_loses_nothing(
    store: Store, smith: Locksmith, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []
    write = slots.write

    def full(folder: Path, file: slots.KeyFile) -> None:
        written.append(len(file.slots))
        if len(written) == 2:
            raise StorageError(Code.DISK_FULL)
        write(folder, file)

    monkeypatch.setattr(slots, "write", full)
    smith.replace_keys(PHRASE, OTHER, AT)
    assert slots.read(store.folder).is_changing
    with store.transaction() as tx:
        assert len(tx.stream("clinic")) == 2
    store.close()
    assert len(entries(store.folder, OTHER)) == 2
    assert not slots.read(store.folder).is_changing


def test_that_a_disk_that_is_full_from_the_start_changes_nothing(
    store: Store, smith: Locksmith, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folder: Path, _: slots.KeyFile) -> None:
        assert folder == store.folder
        raise StorageError(Code.DISK_FULL)

    before = (store.folder / FILE_NAME).read_bytes()
    monkeypatch.setattr(slots, "write", full)
    assert refusal(lambda: smith.replace_keys(PHRASE, OTHER, AT)) is Code.DISK_FULL
    assert (store.folder / FILE_NAME).read_bytes() == before
    with store.transaction() as tx:
        assert len(tx.stream("clinic")) == 2


@pytest.mark.parametrize("typed", ["not the one at all", "0000G " * 13])
def test_that_keys_are_not_replaced_without_a_secret(
    store: Store, smith: Locksmith, typed: str
) -> None:
    before = said(store.folder)
    assert refusal(lambda: smith.replace_keys(typed, OTHER, AT)) is Code.WRONG_KEY
    assert said(store.folder) == before


def test_that_keys_that_another_process_has_replaced_are_put_into_no_slot(
    store: Store, smith: Locksmith
) -> None:
    ready = smith.new_recovery_key(AT)
    newer = wrapping.wrapped(
        store.id, {"kind": "passphrase"}, store.keys.successor().settled(), PHRASE
    )
    slots.write(store.folder, slots.KeyFile(store.id, (newer,)))
    assert refusal(ready.finish) is Code.BUSY


def test_that_a_change_waits_for_another_process_and_then_says_so(
    store: Store, smith: Locksmith, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slots, "WAIT_SECONDS", 0.1)
    ready = smith.new_recovery_key(AT)
    with slots.changing(store.folder):
        assert refusal(ready.finish) is Code.BUSY
    ready.finish()
    assert len(smith.slots()) == 2


def test_that_what_was_replaced_is_untold_until_it_is_told(smith: Locksmith) -> None:
    seen = [smith.untold]
    smith.replace_keys(PHRASE, PHRASE, AT)
    seen.append(smith.untold)
    smith.told()
    assert [*seen, smith.untold] == [False, True, False]


def test_that_the_keys_of_a_record_for_practice_are_never_changed(tmp_path: Path) -> None:
    store = practice_store(tmp_path / "practice")
    smith = Locksmith(store, "desk")
    acts: list[Callable[[], object]] = [
        lambda: smith.change_passphrase("practice", OTHER, AT),
        lambda: smith.new_recovery_key(AT),
        lambda: smith.add_keyring(AT),
        lambda: smith.replace_keys("practice", OTHER, AT),
    ]
    before = (store.folder / FILE_NAME).read_bytes()
    assert {refusal(act) for act in acts} == {Code.NOT_ALLOWED}
    assert (store.folder / FILE_NAME).read_bytes() == before
    assert not needs_recovery_key(smith.slots())
    store.close()


def test_that_a_key_file_of_the_first_format_becomes_the_second_with_its_first_change(
    store: Store, smith: Locksmith
) -> None:
    path = store.folder / FILE_NAME
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"format": 1}), encoding="ascii")
    (slot,) = smith.slots()
    assert slot == KeySlot(slot.id, SlotKind.PASSPHRASE)
    sheet(smith)
    assert json.loads(path.read_bytes())["format"] == 2
    assert len(entries(store.folder, PHRASE)) == 2


def test_that_a_recovery_drill_succeeds_on_a_copy(
    store: Store, smith: Locksmith, tmp_path: Path
) -> None:
    """The sheet alone opens a copy on another computer; a new passphrase is set there."""
    recovery = sheet(smith)
    store.close()
    copy = Path(shutil.copytree(store.folder, tmp_path / "elsewhere"))
    there = Store.open(copy, recovery)
    assert there.check().is_sound
    Locksmith(there, "other").change_passphrase(recovery, OTHER, AT).finish()
    there.close()
    assert entries(copy, OTHER) == entries(store.folder, PHRASE)
