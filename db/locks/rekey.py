"""Gives a record new keys, so that it opens whenever the program is stopped in between.

    keyslots.json            the database         opened by
    old slots                old data key         old secrets
    old slots, new slots     old data key         old secrets, new secrets      1
    old slots, new slots     new data key         new secrets                   2
    new slots                new data key         new secrets                   3

The new slots hold the old data key as well as the new one. 1 and 3 replace a file, 2 is one
transaction of the database: each is whole or did not happen. Whoever opens the record with
1 or 2 done finds out which data key the database has, and finishes the change or takes it
back. Neither needs a secret: a slot is only dropped, or an old key taken out of it.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from db import engine
from db.failures import storage_error
from db.locks import slots
from db.locks.keys import Keys
from db.locks.slots import RECORD_NAME, KeyFile
from db.locks.wrapping import Slot, data_versions, without_data_below
from db.opening import drop_copies
from monitor.errors import Code, StorageError

NewSlots = Callable[[KeyFile, Keys], tuple[Slot, ...]]
"""Makes the slots that are to hold the new keys."""


def opened(folder: Path, typed: str | None) -> Keys:
    """Return the keys that a secret opens, after a change that was cut short was settled.

    Args:
        folder: Where the record lies.
        typed: A passphrase or a recovery key; None tries what needs no typing.

    Raises:
        MonitorError: As `slots.unlock` does; `busy` while another process changes the keys.
    """
    keys = slots.unlock(folder, typed)
    if slots.read(folder).is_changing or slots.has_before(folder):
        with slots.changing(folder):
            return _settle(folder, keys)
    return keys


def replaced(folder: Path, keys: Keys, new_slots: NewSlots) -> Keys:
    """Give a record new keys and return them; nobody may have its database open.

    Args:
        folder: Where the record lies.
        keys: As they are.
        new_slots: Makes the slots; those there were open nothing afterwards.

    Raises:
        StorageError: `busy` while somebody has the record open, `disk-full`, `storage`; then
            the old keys open the record as before.
    """
    with slots.changing(folder):
        file = slots.read(folder)
        insist_on_newest(file, keys)
        made = keys.successor()
        slots.keep_before(folder)
        slots.write(folder, _with_slots(file, new_slots(file, made)))
        try:
            engine.rekey(folder / RECORD_NAME, keys.data, made.data)
        except StorageError as error:
            if not _opens(folder, made):  # else it failed after the database had its key
                _settle(folder, made)
                if error.code is Code.BUSY:
                    raise StorageError(Code.BUSY, field="keys") from error
                raise
        with contextlib.suppress(StorageError):  # a full disk; the next opening finishes it
            _settle(folder, made)
        return made.settled()


def insist_on_newest(file: KeyFile, keys: Keys) -> None:
    """Refuse to go on with keys that another process has replaced meanwhile.

    Raises:
        StorageError: `busy`.
    """
    if _newest(file) != keys.data_version:
        raise StorageError(Code.BUSY, field="keys")


def _settle(folder: Path, keys: Keys) -> Keys:
    """Finish a change of keys or take it back, as the database says; return those that open it.

    Raises:
        StorageError: `wrong-key` for keys out of a slot that the change has shut.
    """
    chosen = next((k for k in (keys, keys.before) if k and _opens(folder, k)), None)
    if chosen is None:
        raise StorageError(Code.WRONG_KEY if keys.before is None else Code.DAMAGED)
    file = slots.read(folder)
    if file.is_changing:
        if chosen.data_version == _newest(file):  # finished, not taken back
            drop_copies(folder)
        slots.write(folder, _only(file, chosen.data_version))
    slots.drop_before(folder)
    return chosen.settled()


def _only(file: KeyFile, version: int) -> KeyFile:
    """Return the key file with one data key, and without what only served another."""
    newest = _newest(file)
    if version < newest:  # taken back: what was made for the new keys goes
        kept = [slot for slot in file.slots if newest not in data_versions(slot)]
        return dataclasses.replace(file, slots=tuple(kept))
    kept = [without_data_below(s, newest) for s in file.slots if newest in data_versions(s)]
    return dataclasses.replace(file, slots=tuple(kept), untold=True)


def _newest(file: KeyFile) -> int:
    """Return the newest data key that a slot holds; that needs no secret."""
    return max((max(data_versions(slot), default=0) for slot in file.slots), default=0)


def _with_slots(file: KeyFile, made: tuple[Slot, ...]) -> KeyFile:
    return dataclasses.replace(file, slots=(*file.slots, *made))


def _opens(folder: Path, keys: Keys) -> bool:
    try:
        return engine.opens(folder / RECORD_NAME, keys.data)
    except SQLAlchemyError as error:
        raise storage_error(error, folder / RECORD_NAME) from error
