"""Changes the ways to open a record that is open.

Implements `monitor.key_slots.Locksmith`. What is slow (stretching a passphrase, asking the
operating system's keyring) is done first; what is then finished is one replaced file.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from db.locks import keyring_slot, recovery_key, rekey, slots
from db.locks.keys import Keys
from db.locks.slots import KeyFile
from db.locks.wrapping import Secret, Slot, wrapped
from db.store import Store
from monitor.errors import Code, InputError, RefusedError, StorageError
from monitor.key_slots import KeySlot, Prepared, RecoveryKey, Replaced, SlotKind, Undo

LEAST_PASSPHRASE, MOST_PASSPHRASE = 15, 1024
"""Characters; there is no second factor beside it."""

_STORE_DIGITS = 8
"""Of the record's id, on a recovery sheet."""

Change = Callable[[KeyFile], KeyFile]


class Locksmith:
    """Changes one record's key file, and the key of its database."""

    def __init__(self, store: Store, computer: str) -> None:
        """Work on an open record.

        Args:
            store: Open.
            computer: This computer's name, to stand beside its keyring's slot.
        """
        self._store, self._computer = store, computer
        self._folder = store.folder

    def slots(self) -> tuple[KeySlot, ...]:
        """Return every way to open the record."""
        return slots.read(self._folder).shown()

    def opens(self, typed: str) -> bool:
        """Tell whether a secret is one that opens the record."""
        return slots.opens(slots.read(self._folder), typed)

    def change_passphrase(self, typed: str, new: str, at: dt.datetime) -> Prepared[None]:
        """Let a new passphrase open the record, and the old one no more.

        Raises:
            InputError: `weak-password`, `unchanged`, or `wrong-key` for a recovery key.
            StorageError: `wrong-key`.
        """
        file = self._clinics()
        _check_new(new)
        slot, _ = slots.opened(file, typed)
        if slot.get("kind") == SlotKind.PASSPHRASE and new == typed:
            raise InputError(Code.UNCHANGED, "new")
        made = self._wrapped(file, slots.facts(SlotKind.PASSPHRASE, at), new)
        return self._prepared(None, _in_place_of(SlotKind.PASSPHRASE, made))

    def new_recovery_key(self, at: dt.datetime) -> Prepared[RecoveryKey]:
        """Make one more recovery key; a proven one before it opens the record until this is."""
        file = self._clinics()
        secret = recovery_key.make()
        made = self._wrapped(file, slots.facts(SlotKind.RECOVERY, at, proven=False), secret)

        def change(now: KeyFile) -> KeyFile:
            unproven = [s for s in now.of_kind(SlotKind.RECOVERY) if not s.get("proven", True)]
            return now.without(unproven).with_slot(made)

        return self._prepared(_shown_once(file, made, secret, at), change)

    def prove_recovery_key(self, key: RecoveryKey, typed: str) -> Prepared[bool]:
        """Let those before it stop, once its last group was typed; return whether one did.

        Raises:
            InputError: `wrong-key`, if it is not that key's last group.
            StorageError: `busy` when it is finished, if another one has taken its place.
        """
        if not recovery_key.same_group(key.groups[-1], typed):
            raise InputError(Code.WRONG_KEY, "recovery", group=len(key.groups))
        file = slots.read(self._folder)

        def others(now: KeyFile) -> list[Slot]:
            return [s for s in now.of_kind(SlotKind.RECOVERY) if s.get("id") != key.slot]

        def change(now: KeyFile) -> KeyFile:
            if all(slot.get("id") != key.slot for slot in now.slots):
                raise StorageError(Code.BUSY, field="keys")
            proven = [
                slot | {"proven": True} if slot.get("id") == key.slot else slot
                for slot in now.slots
            ]
            return dataclasses.replace(now, slots=tuple(proven)).without(others(now))

        return self._prepared(bool(others(file)), change)

    def add_keyring(self, at: dt.datetime) -> Prepared[None]:
        """Let this computer's own keyring open the record.

        Raises:
            StorageError: `no-keyring`.
            RefusedError: `unchanged`, if it does already.
        """
        file = self._clinics()
        secret = keyring_slot.read(file.store)
        if secret and slots.opened_by_keyring(file, secret):
            raise RefusedError(Code.UNCHANGED)
        if secret is None:
            secret = keyring_slot.make()
            keyring_slot.keep(file.store, secret)
        made = self._wrapped(file, self._keyring_facts(at), secret)
        return self._prepared(None, lambda now: now.with_slot(made))

    def remove_keyring(self) -> Prepared[None]:
        """Let no computer's keyring open the record any more.

        Raises:
            RefusedError: `unchanged` where there is no such slot; `last-slot` where there
                is nothing else.
        """
        file = slots.read(self._folder)
        gone = file.of_kind(SlotKind.KEYRING)
        if not gone:
            raise RefusedError(Code.UNCHANGED)

        def change(now: KeyFile) -> KeyFile:
            left = now.without(gone)
            if not left.of_kind(SlotKind.PASSPHRASE, SlotKind.RECOVERY):
                raise RefusedError(Code.LAST_SLOT)
            return left

        change(file)
        keyring_slot.forget(file.store)
        return self._prepared(None, change)

    def replace_keys(self, typed: str, passphrase: str, at: dt.datetime) -> Replaced:
        """Give the record new keys, all of it or nothing.

        Ways to open whose secrets are not at hand are dropped: a recovery key's always is, and
        a new one made.

        Raises:
            InputError: `weak-password` for the passphrase, `wrong-key` for a recovery key.
            StorageError: `wrong-key`, or `busy` while anyone else has the record open.
        """
        file = self._clinics()
        slots.opened(file, typed)
        _check_new(passphrase)
        secret = recovery_key.make()
        ring = self._new_keyring_secret(file)
        gone = [s for s in file.shown() if s.kind is SlotKind.KEYRING]
        made: list[Slot] = []

        def new_slots(now: KeyFile, keys: Keys) -> tuple[Slot, ...]:
            wanted: list[tuple[dict[str, Any], Secret]] = [
                (slots.facts(SlotKind.PASSPHRASE, at), passphrase),
                (slots.facts(SlotKind.RECOVERY, at, proven=False), secret),
            ]
            wanted += [(self._keyring_facts(at), ring)] if ring else []
            made.extend(wrapped(now.store, facts, keys, key) for facts, key in wanted)
            return tuple(made)

        self._store.rekey(lambda keys: rekey.replaced(self._folder, keys, new_slots))
        dropped = [s for s in gone if not ring or s.computer != self._computer]
        return Replaced(_shown_once(file, made[1], secret, at), tuple(dropped))

    @property
    def untold(self) -> bool:
        """Tell whether keys were replaced and no entry says so yet."""
        return slots.read(self._folder).untold

    def told(self) -> None:
        """It is in the record now that the keys were replaced."""
        with slots.changing(self._folder):
            file = slots.read(self._folder)
            slots.write(self._folder, dataclasses.replace(file, untold=False))

    # --- one change -----------------------------------------------------------------------

    def _clinics(self) -> KeyFile:
        """Return what the key file says.

        Raises:
            RefusedError: `not-allowed` for a record for practice.
        """
        file = slots.read(self._folder)
        if file.of_kind(SlotKind.PRACTICE):
            raise RefusedError(Code.NOT_ALLOWED, field="practice")
        return file

    def _wrapped(self, file: KeyFile, facts: dict[str, Any], secret: Secret) -> Slot:
        return wrapped(file.store, facts, self._store.keys, secret)

    def _keyring_facts(self, at: dt.datetime) -> dict[str, Any]:
        return slots.facts(SlotKind.KEYRING, at, computer=self._computer)

    def _prepared(self, result: Any, change: Change) -> Prepared[Any]:  # noqa: ANN401 - any T
        def finish() -> Undo:
            with slots.changing(self._folder):
                file = slots.read(self._folder)
                rekey.insist_on_newest(file, self._store.keys)
                changed = change(file)
                slots.write(self._folder, changed)
            return lambda: self._put_back(changed, file)

        return Prepared(result, finish)

    def _put_back(self, changed: KeyFile, before: KeyFile) -> None:
        """Take a change back, unless somebody has made another one since."""
        with slots.changing(self._folder):
            if slots.read(self._folder) == changed:
                slots.write(self._folder, before)

    def _new_keyring_secret(self, file: KeyFile) -> bytes | None:
        """Return the keyring's secret, if it opens the record; it goes on doing so."""
        mine = file.of_kind(SlotKind.KEYRING)
        secret = keyring_slot.read(file.store) if mine else None
        return secret if secret and slots.opened_by_keyring(file, secret) else None


def _check_new(passphrase: str) -> None:
    if not LEAST_PASSPHRASE <= len(passphrase) <= MOST_PASSPHRASE:
        least, most = LEAST_PASSPHRASE, MOST_PASSPHRASE
        raise InputError(Code.WEAK_PASSWORD, "new", least=least, most=most)


def _in_place_of(kind: SlotKind, made: Slot) -> Change:
    return lambda now: now.without(now.of_kind(kind)).with_slot(made)


def _shown_once(file: KeyFile, slot: Slot, secret: bytes, at: dt.datetime) -> RecoveryKey:
    groups: Sequence[str] = recovery_key.groups(secret)
    return RecoveryKey(slot["id"], tuple(groups), file.store[:_STORE_DIGITS], at)
