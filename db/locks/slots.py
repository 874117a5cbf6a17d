"""The key file beside the record: every slot alone opens it.

`keyslots.json` holds the record's id and its slots. Each wraps all keys (`db.locks.wrapping`)
under a secret of its own: a passphrase, a printed recovery key, what the operating system's
keyring keeps for this computer, or, for practice, one that stands in the file in the clear:
a rehearsal's record is encrypted like any other, and still opens for everyone.

Format 2 says in addition when each slot was made and where, and whether a recovery key was
seen to be on paper. Files of format 1 are read as they are; they become format 2 with the
first change. Nothing here ever makes a file in the place of one that is missing.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from db.durable import replace_file, sync_folder
from db.failures import file_error
from db.locks import keyring_slot, recovery_key
from db.locks.keys import Keys
from db.locks.wrapping import Secret, Slot, data_versions, unwrapped, wrapped
from monitor.errors import Code, InputError, MonitorError, StorageError
from monitor.key_slots import KeySlot, SlotKind

FILE_NAME = "keyslots.json"
BEFORE_NAME = f"{FILE_NAME}.before"
"""The key file as it was, while keys take the place of others."""

RECORD_NAME = "record.db"
FORMAT = 2
PRACTICE_SECRET = "practice"  # noqa: S105 - stands in the clear, by design
WAIT_SECONDS = 3.0
"""How long to wait for another process that changes the key file."""

_LOOK_EVERY = 0.05
_TYPED_KINDS = (SlotKind.PASSPHRASE, SlotKind.PRACTICE)


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What the key file says.

    Attributes:
        store: The record's id.
        slots: As they stand in the file; one that is spoiled stays as it is.
        untold: Whether keys were replaced and no entry says so yet.
    """

    store: str
    slots: tuple[Slot, ...]
    untold: bool = False

    @property
    def is_changing(self) -> bool:
        """Tell whether keys were to take the place of others and nobody has finished it."""
        return any(len(data_versions(slot)) > 1 for slot in self.slots)

    def of_kind(self, *kinds: SlotKind) -> tuple[Slot, ...]:
        """Return the slots of some kinds."""
        return tuple(slot for slot in self.slots if slot.get("kind") in kinds)

    def without(self, gone: Sequence[Slot]) -> KeyFile:
        """Return what the file says without some slots."""
        ids = {slot["id"] for slot in gone}
        return replace(self, slots=tuple(s for s in self.slots if s.get("id") not in ids))

    def with_slot(self, slot: Slot) -> KeyFile:
        """Return what the file says with one more slot."""
        return replace(self, slots=(*self.slots, slot))

    def shown(self) -> tuple[KeySlot, ...]:
        """Return what may be shown of the slots."""
        return tuple(_shown(slot) for slot in self.slots if slot.get("kind") in set(SlotKind))


def create(folder: Path, keys: Keys, passphrase: str, *, practice: bool = False) -> None:
    """Write a new record's key file with its first slot, under the passphrase or for practice.

    Args:
        folder: Where the record will lie.
        keys: What the slot shall hold.
        passphrase: Opens the slot; for practice it is the secret in the clear.
        practice: Make a practice slot.
    """
    store = str(uuid.uuid4())
    if practice:
        facts = {"kind": SlotKind.PRACTICE.value, "secret": passphrase}
    else:
        facts = {"kind": SlotKind.PASSPHRASE.value}
    write(folder, KeyFile(store, (wrapped(store, facts, keys, passphrase),)))


def unlock(folder: Path, typed: str | None) -> Keys:
    """Return the keys that a typed secret opens; None tries what needs no typing.

    What is typed may be a passphrase or a recovery key. Without it, a practice slot's secret
    is tried, then the operating system's keyring, if it has a slot: that may take a while.

    Raises:
        InputError: `wrong-key` with what is mistyped in a recovery key.
        StorageError: `no-record` where there is no record, `damaged` where the key file alone
            is missing or holds no slot, `wrong-key` if nothing opens, `storage` for a file
            that cannot be read.
    """
    file = read(folder)
    if typed is None:
        keys = _in_the_clear(file) or _by_keyring(file)
        if keys is None:
            raise StorageError(Code.WRONG_KEY)
        return keys
    return opened(file, typed)[1]


def unlock_by_keyring(folder: Path) -> Keys | None:
    """Return the keys that the operating system's keyring opens, None if it opens nothing.

    Raises:
        StorageError: As `unlock` does for a file that is missing or cannot be read.
    """
    return _by_keyring(read(folder))


def opened(file: KeyFile, typed: str) -> tuple[Slot, Keys]:
    """Return the slot that a typed secret opens, and the keys in it.

    Raises:
        InputError: `wrong-key` with what is mistyped in a recovery key.
        StorageError: `wrong-key` if it opens nothing, `storage` if that may be because a
            slot cannot be read.
    """
    mistyped: InputError | None = None
    random: bytes | None = None
    try:
        random = recovery_key.read(typed)
    except InputError as error:
        mistyped = error
    found = None
    if random is not None:
        found = first_opened(file, file.of_kind(SlotKind.RECOVERY), random)
    found = found or first_opened(file, file.of_kind(*_TYPED_KINDS), typed)
    if found is not None:
        return found
    if random is not None:
        raise InputError(Code.WRONG_KEY, "recovery", store=file.store[:8])
    raise mistyped or StorageError(Code.WRONG_KEY)


def opens(file: KeyFile, typed: str) -> bool:
    """Tell whether a typed secret opens any slot.

    Raises:
        StorageError: `storage`, if a slot that it may open cannot be read.
    """
    try:
        opened(file, typed)
    except MonitorError as error:
        if error.code is Code.WRONG_KEY:
            return False
        raise
    return True


def first_opened(file: KeyFile, slots: Sequence[Slot], secret: Secret) -> tuple[Slot, Keys] | None:
    """Return the first slot that a secret opens, with its keys; None if it opens none.

    While keys take the place of others, one secret may open an old slot and a new one: the
    one with the newest keys comes first, since it holds the old ones too.

    Raises:
        StorageError: `storage`, if it opens none and one of them cannot be read.
    """
    spoiled: StorageError | None = None
    for slot in sorted(slots, key=lambda slot: -max(data_versions(slot), default=0)):
        try:
            keys = unwrapped(file.store, slot, secret)
        except StorageError as error:
            spoiled = error
            continue
        if keys is not None:
            return slot, keys
    if spoiled is not None:
        raise spoiled
    return None


def opened_by_keyring(file: KeyFile, secret: bytes) -> Keys | None:
    """Return the keys that the keyring's secret opens; a slot that is spoiled opens nothing."""
    with contextlib.suppress(StorageError):
        found = first_opened(file, file.of_kind(SlotKind.KEYRING), secret)
        return found[1] if found else None
    return None


def is_practice(folder: Path) -> bool:
    """Tell whether a record opens without a passphrase.

    Raises:
        StorageError: As `read` does.
    """
    return any("secret" in slot for slot in read(folder).slots)


def has_keyring_slot(folder: Path) -> bool:
    """Tell whether a keyring may open a record.

    Raises:
        StorageError: As `read` does.
    """
    return bool(read(folder).of_kind(SlotKind.KEYRING))


def read(folder: Path) -> KeyFile:
    """Return what the key file says.

    Raises:
        StorageError: `no-record` where there is no record at all, `damaged` where the key
            file alone is missing or has lost every slot, `newer-record`, or `storage` for
            one that cannot be read.
    """
    try:
        said = json.loads((folder / FILE_NAME).read_bytes())
        if said["format"] > FORMAT:
            raise StorageError(Code.NEWER_RECORD)
        file = KeyFile(
            str(said["store"]),
            tuple(dict(slot) for slot in said["slots"]),
            untold=bool(said.get("untold", False)),
        )
    except (FileNotFoundError, NotADirectoryError) as error:
        if (folder / RECORD_NAME).exists():
            raise StorageError(Code.DAMAGED, field="keyslots", file=FILE_NAME) from error
        raise StorageError(Code.NO_RECORD, path=str(folder)) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError(Code.STORAGE, cause="keyslots-unreadable") from error
    if not file.slots:
        raise StorageError(Code.DAMAGED, field="keyslots", lost=FILE_NAME)
    return file


def write(folder: Path, file: KeyFile) -> None:
    """Put the key file in its place: after a power cut it is the old one or the new one.

    Raises:
        StorageError: `disk-full`, `storage`; then the old one stands.
    """
    said: dict[str, Any] = {"format": FORMAT, "store": file.store, "slots": list(file.slots)}
    if file.untold:
        said["untold"] = True
    try:
        replace_file(folder / FILE_NAME, json.dumps(said, indent=2).encode("ascii") + b"\n")
    except OSError as error:
        raise file_error(error) from error


def keep_before(folder: Path) -> None:
    """Keep the key file as it is now beside itself, until a change is finished."""
    try:
        replace_file(folder / BEFORE_NAME, (folder / FILE_NAME).read_bytes())
    except OSError as error:
        raise file_error(error) from error


def has_before(folder: Path) -> bool:
    """Tell whether a change was begun and not cleared away."""
    return (folder / BEFORE_NAME).exists()


def drop_before(folder: Path) -> None:
    """Take away what `keep_before` kept."""
    try:
        (folder / BEFORE_NAME).unlink(missing_ok=True)
        sync_folder(folder)
    except OSError as error:
        raise file_error(error) from error


@contextlib.contextmanager
def changing(folder: Path) -> Iterator[None]:
    """Keep every other process from changing the key file; a killed one keeps nobody out.

    Raises:
        StorageError: `busy`, if another one does not finish in time.
    """
    try:
        opened_file = os.open(*_lockable(folder))
    except OSError as error:
        raise file_error(error) from error
    try:
        until = time.monotonic() + WAIT_SECONDS
        while not _lock(opened_file):
            if time.monotonic() > until:
                raise StorageError(Code.BUSY, field="keys")
            time.sleep(_LOOK_EVERY)
        yield
    finally:
        os.close(opened_file)


if sys.platform == "win32":
    import msvcrt

    def _lockable(folder: Path) -> tuple[Path, int]:
        return folder / f"{FILE_NAME}.lock", os.O_RDWR | os.O_CREAT

    def _lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lockable(folder: Path) -> tuple[Path, int]:
        return folder, os.O_RDONLY

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _in_the_clear(file: KeyFile) -> Keys | None:
    for slot in file.slots:
        if "secret" in slot:
            found = first_opened(file, [slot], str(slot["secret"]))
            if found is not None:
                return found[1]
    return None


def _by_keyring(file: KeyFile) -> Keys | None:
    secret = keyring_slot.read(file.store) if file.of_kind(SlotKind.KEYRING) else None
    return opened_by_keyring(file, secret) if secret else None


def _shown(slot: Slot) -> KeySlot:
    made: dt.datetime | None = None
    with contextlib.suppress(ValueError):
        made = dt.datetime.fromisoformat(str(slot.get("made")))
    return KeySlot(
        id=str(slot.get("id", "")),
        kind=SlotKind(slot["kind"]),
        made=made,
        computer=str(slot.get("computer", "")),
        proven=bool(slot.get("proven", True)),
    )


def facts(kind: SlotKind, at: dt.datetime, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return what a new slot says of itself in the clear."""
    return {"kind": kind.value, "made": at.astimezone(dt.UTC).isoformat(), **more}
