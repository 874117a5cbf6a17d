"""The operating system's keyring as a way to open a record."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail, null

from db.locks import keyring_slot, slots, wrapping
from db.locks.keyring_slot import SERVICE
from db.locks.locksmith import Locksmith
from db.store import Store
from monitor.errors import Code, MonitorError, StorageError
from monitor.key_slots import SlotKind
from tests.fakes.keyring import MemoryKeyring

PHRASE = "a passphrase of the clinic"
AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
ROOT = Path(__file__).parents[3]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    """The keyring of this computer."""
    made = MemoryKeyring()
    monkeypatch.setattr(keyring_slot, "of_the_system", lambda: made)
    monkeypatch.setattr(wrapping, "CLINIC", wrapping.PRACTICE)
    return made


@pytest.fixture
def store(tmp_path: Path, ring: MemoryKeyring) -> Iterator[Store]:
    assert not ring.kept
    made = Store.create(tmp_path / "record", PHRASE)
    yield made
    made.close()


@pytest.fixture
def smith(store: Store) -> Locksmith:
    return Locksmith(store, "desk")


def refused(act: object) -> Code:
    assert callable(act)
    with pytest.raises(MonitorError) as caught:
        act()
    return caught.value.code


def opens(folder: Path, typed: str | None = None) -> bool:
    try:
        Store.open(folder, typed).close()
    except StorageError as error:
        return error.code is not Code.WRONG_KEY
    return True


def test_that_a_record_opens_by_the_keyring_alone(
    store: Store, smith: Locksmith, ring: MemoryKeyring
) -> None:
    assert not opens(store.folder)
    smith.add_keyring(AT).finish()
    assert opens(store.folder)
    assert [(slot.kind, slot.computer) for slot in smith.slots()][1:] == [
        (SlotKind.KEYRING, "desk")
    ]
    assert list(ring.kept) == [(SERVICE, store.id)]
    (secret,) = ring.kept.values()
    assert len(bytes.fromhex(secret)) == 32
    assert secret not in (store.folder / slots.FILE_NAME).read_text(encoding="ascii")


def test_that_a_record_without_such_a_slot_never_asks_the_keyring(
    store: Store, ring: MemoryKeyring
) -> None:
    assert not opens(store.folder)
    assert opens(store.folder, PHRASE)
    assert ring.asked == 0


def test_that_a_keyring_that_was_switched_off_opens_nothing(
    store: Store, smith: Locksmith, ring: MemoryKeyring
) -> None:
    smith.add_keyring(AT).finish()
    (secret,) = ring.kept.values()
    smith.remove_keyring().finish()
    assert not ring.kept
    ring.kept[SERVICE, store.id] = secret  # whoever has noted it down
    assert not opens(store.folder)
    assert opens(store.folder, PHRASE)


def test_that_switching_on_or_off_twice_is_refused(smith: Locksmith) -> None:
    assert refused(smith.remove_keyring) is Code.UNCHANGED
    smith.add_keyring(AT).finish()
    assert refused(lambda: smith.add_keyring(AT)) is Code.UNCHANGED


def test_that_a_change_that_is_not_finished_changes_nothing(store: Store, smith: Locksmith) -> None:
    smith.add_keyring(AT)
    assert len(smith.slots()) == 1
    assert not opens(store.folder)


@pytest.mark.parametrize("spoiled", ["", "no hex", "00ff", "zz" * 32])
def test_that_another_secret_in_the_keyring_means_that_it_is_not_there(
    store: Store, smith: Locksmith, ring: MemoryKeyring, spoiled: str
) -> None:
    smith.add_keyring(AT).finish()
    ring.kept[SERVICE, store.id] = spoiled
    assert not opens(store.folder)
    smith.add_keyring(AT).finish()  # mends it
    assert opens(store.folder)


def test_that_a_locked_keyring_is_not_there(
    store: Store, smith: Locksmith, ring: MemoryKeyring
) -> None:
    smith.add_keyring(AT).finish()
    ring.locked = True
    assert not opens(store.folder)
    assert opens(store.folder, PHRASE)


def test_that_a_locked_keyring_takes_nothing(smith: Locksmith, ring: MemoryKeyring) -> None:
    ring.locked = True
    assert refused(lambda: smith.add_keyring(AT)) is Code.NO_KEYRING
    assert len(smith.slots()) == 1


def test_that_a_keyring_that_never_answers_is_not_there(
    store: Store,
    smith: Locksmith,
    ring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    smith.add_keyring(AT).finish()
    ring.silent = threading.Event()
    monkeypatch.setattr(keyring_slot, "PATIENCE_SECONDS", 0.05)
    assert not opens(store.folder)
    ring.silent.set()


@pytest.mark.parametrize(
    "poor", [fail.Keyring, null.Keyring, MemoryKeyring], ids=["none", "null", "ours"]
)
def test_that_only_what_belongs_to_the_system_keeps_a_secret(poor: type) -> None:
    before = keyring.get_keyring()
    try:
        keyring.set_keyring(poor())
        assert keyring_slot.of_the_system() is None
        assert keyring_slot.read("a store") is None
        assert refused(lambda: keyring_slot.keep("a store", keyring_slot.make())) is Code.NO_KEYRING
    finally:
        keyring.set_keyring(before)


REAL = f"""
import sys, pathlib, datetime as dt
sys.path.insert(0, {str(ROOT)!r})
from db.locks import keyring_slot
from db.locks.locksmith import Locksmith
from db.store import Store
folder = pathlib.Path(sys.argv[1])
store = Store.create(folder, {PHRASE!r})
smith = Locksmith(store, "desk")
smith.add_keyring(dt.datetime(2026, 3, 2, tzinfo=dt.UTC)).finish()
store.close()
Store.open(folder).close()
smith.remove_keyring().finish()
assert keyring_slot.read(store.id) is None
print(type(keyring_slot.of_the_system()).__module__)
"""


def test_that_a_real_secret_service_opens_a_record(tmp_path: Path) -> None:
    for program in ("dbus-run-session", "gnome-keyring-daemon"):
        if shutil.which(program) is None:
            pytest.skip(f"there is no {program} here: the real Secret Service cannot be asked")
    daemon = "printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null"
    done = subprocess.run(
        [  # noqa: S607 - whichever the path gives
            "dbus-run-session",
            "--",
            "sh",
            "-c",
            f'{daemon} && exec "$0" -c "$1" "$2"',
            sys.executable,
            REAL,
            str(tmp_path / "record"),
        ],
        env={**os.environ, "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout.strip() == "keyring.backends.SecretService", done.stderr
