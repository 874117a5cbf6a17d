"""The use-cases that change the ways to open a record.

Every change is an entry in the clinic's stream; no secret ever stands in one.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass
from typing import TypeVar

from monitor.clinic import CLINIC, PROGRAM
from monitor.desk import World, write
from monitor.entries import Draft, KeyChange, KeysChanged
from monitor.errors import Code, MonitorError, RefusedError
from monitor.key_slots import Locksmith, Prepared, RecoveryKey, Replaced, SlotKind, Undo
from monitor.people import Author, Role
from monitor.ports import Transaction

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ChangeKeys:
    """Change the ways to open a record, and write that it was done."""

    world: World
    smith: Locksmith

    def passphrase(self, author: Author, typed: str, new: str) -> None:
        """Change the passphrase.

        Raises:
            RefusedError: `not-allowed` for anyone but an administrator.
            InputError: `weak-password` or `unchanged` for the new one, `wrong-key` for what
                is mistyped of a recovery key.
            StorageError: `wrong-key`, if *typed* opens nothing.
        """
        _insist(author)
        ready = self.smith.change_passphrase(typed, new, self._now())
        self._finish(author, ready, KeysChanged(KeyChange.PASSPHRASE, SlotKind.PASSPHRASE))

    def recovery_key(self, author: Author) -> RecoveryKey:
        """Make a recovery key, and return it this once."""
        _insist(author)
        ready = self.smith.new_recovery_key(self._now())
        return self._finish(author, ready, KeysChanged(KeyChange.RECOVERY, SlotKind.RECOVERY))

    def prove(self, author: Author, key: RecoveryKey, typed: str) -> None:
        """Take the last group as the proof that the key is on paper; older ones stop.

        Raises:
            InputError: `wrong-key`, if it is not that key's last group.
        """
        _insist(author)
        ready = self.smith.prove_recovery_key(key, typed)
        if ready.result:
            self._finish(author, ready, KeysChanged(KeyChange.SLOT_REMOVED, SlotKind.RECOVERY))
        else:
            ready.finish()

    def keyring(self, author: Author, *, on: bool) -> None:
        """Let this computer's keyring open the record, or none any more.

        Raises:
            StorageError: `no-keyring` where the computer has none that is open.
            RefusedError: `unchanged`, or `last-slot`.
        """
        _insist(author)
        if on:
            ready, change = self.smith.add_keyring(self._now()), KeyChange.KEYRING_ADDED
        else:
            ready, change = self.smith.remove_keyring(), KeyChange.SLOT_REMOVED
        self._finish(author, ready, KeysChanged(change, SlotKind.KEYRING))

    def replace(self, author: Author, typed: str, passphrase: str) -> Replaced:
        """Give the record new keys, after the old ones may have leaked.

        Raises:
            StorageError: `wrong-key`, or `busy` while anyone else has the record open.
        """
        _insist(author)
        made = self.smith.replace_keys(typed, passphrase, self._now())
        with contextlib.suppress(MonitorError):  # the next start writes it; the key is shown once
            self._tell_replaced(author)
        return made

    def tell_untold(self) -> None:
        """Write that keys were replaced, if the program was stopped before it could."""
        if self.smith.untold:
            self._tell_replaced(PROGRAM)

    def _tell_replaced(self, author: Author) -> None:
        with self.world.transaction() as tx:
            self._write(tx, author, KeysChanged(KeyChange.KEYS_REPLACED))
        self.smith.told()

    def _finish(self, author: Author, ready: Prepared[T], fact: KeysChanged) -> T:
        """Write it and make it so: both, or neither."""
        undo: Undo | None = None
        try:
            with self.world.transaction() as tx:
                self._write(tx, author, fact)
                undo = ready.finish()
        except MonitorError:
            if undo is not None:  # the entry could not be kept after all
                undo()
            raise
        return ready.result

    def _write(self, tx: Transaction, author: Author, fact: KeysChanged) -> None:
        moment = self.world.clock.moment()
        draft = Draft(fact, moment.now, self.world.new_uid())
        write(self.world, tx, CLINIC, [draft], author=author, moment=moment)

    def _now(self) -> dt.datetime:
        return self.world.clock.now()


def _insist(author: Author) -> None:
    if author.role is not Role.ADMINISTRATOR:
        raise RefusedError(Code.NOT_ALLOWED, role=author.role.value)
