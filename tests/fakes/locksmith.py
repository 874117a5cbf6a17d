"""The ways to open a record, without a record: who asked for what, and what is there now."""

from __future__ import annotations

import dataclasses
import datetime as dt

from monitor.errors import Code, InputError, MonitorError, RefusedError, StorageError
from monitor.key_slots import KeySlot, Prepared, RecoveryKey, Replaced, SlotKind, Undo

PHRASE = "a passphrase of the clinic"
GROUPS = tuple(f"QZ{number:02}X" for number in range(13))


class FakeLocksmith:
    """Implements `Locksmith`.

    Attributes:
        kept: The slots.
        phrase: What opens the record.
        fails: Raised by the next act, once.
        fails_to_finish: Raised by the next `finish`, once.
        untold: Whether keys were replaced and no entry says so yet.
    """

    def __init__(self, *kept: KeySlot) -> None:
        self.kept = kept or (KeySlot("1", SlotKind.PASSPHRASE),)
        self.phrase = PHRASE
        self.fails: MonitorError | None = None
        self.fails_to_finish: MonitorError | None = None
        self.untold = False

    def slots(self) -> tuple[KeySlot, ...]:
        return self.kept

    def opens(self, typed: str) -> bool:
        return typed == self.phrase

    def change_passphrase(self, typed: str, new: str, at: dt.datetime) -> Prepared[None]:
        self._insist_on(typed)
        if new == typed:
            raise InputError(Code.UNCHANGED, "new")
        made = KeySlot(f"{len(self.kept) + 1}", SlotKind.PASSPHRASE, at)

        def finish() -> Undo:
            undo = self._done()
            self.phrase = new
            self.kept = (made, *self._without(SlotKind.PASSPHRASE))
            return undo

        return Prepared(None, finish)

    def new_recovery_key(self, at: dt.datetime) -> Prepared[RecoveryKey]:
        self._fail()
        made = KeySlot(f"r{len(self.kept)}", SlotKind.RECOVERY, at, proven=False)

        def finish() -> Undo:
            undo = self._done()
            self.kept = (*self.kept, made)
            return undo

        return Prepared(RecoveryKey(made.id, GROUPS, "1a2b3c4d", at), finish)

    def prove_recovery_key(self, key: RecoveryKey, typed: str) -> Prepared[bool]:
        self._fail()
        if typed.upper() != key.groups[-1]:
            raise InputError(Code.WRONG_KEY, "recovery", group=len(key.groups))
        others = [s for s in self.kept if s.kind is SlotKind.RECOVERY and s.id != key.slot]

        def finish() -> Undo:
            undo = self._done()
            left = [slot for slot in self.kept if slot not in others]
            self.kept = tuple(
                dataclasses.replace(slot, proven=True) if slot.id == key.slot else slot
                for slot in left
            )
            return undo

        return Prepared(bool(others), finish)

    def add_keyring(self, at: dt.datetime) -> Prepared[None]:
        self._fail()
        made = KeySlot("k", SlotKind.KEYRING, at, "desk")

        def finish() -> Undo:
            undo = self._done()
            self.kept = (*self.kept, made)
            return undo

        return Prepared(None, finish)

    def remove_keyring(self) -> Prepared[None]:
        self._fail()
        if not any(slot.kind is SlotKind.KEYRING for slot in self.kept):
            raise RefusedError(Code.UNCHANGED)

        def finish() -> Undo:
            undo = self._done()
            self.kept = self._without(SlotKind.KEYRING)
            return undo

        return Prepared(None, finish)

    def replace_keys(self, typed: str, passphrase: str, at: dt.datetime) -> Replaced:
        self._insist_on(typed)
        dropped = tuple(slot for slot in self.kept if slot.kind is SlotKind.KEYRING)
        self.phrase, self.untold = passphrase, True
        self.kept = (
            KeySlot("n", SlotKind.PASSPHRASE, at),
            KeySlot("m", SlotKind.RECOVERY, at, proven=False),
        )
        return Replaced(RecoveryKey("m", GROUPS, "1a2b3c4d", at), dropped)

    def told(self) -> None:
        self.untold = False

    def _without(self, kind: SlotKind) -> tuple[KeySlot, ...]:
        return tuple(slot for slot in self.kept if slot.kind is not kind)

    def _insist_on(self, typed: str) -> None:
        self._fail()
        if typed != self.phrase:
            raise StorageError(Code.WRONG_KEY)

    def _fail(self) -> None:
        failure, self.fails = self.fails, None
        if failure is not None:
            raise failure

    def _done(self) -> Undo:
        failure, self.fails_to_finish = self.fails_to_finish, None
        if failure is not None:
            raise failure
        phrase, kept = self.phrase, self.kept

        def undo() -> None:
            self.phrase, self.kept = phrase, kept

        return undo
