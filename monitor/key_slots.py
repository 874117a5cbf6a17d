"""The ways to open a record: what may be shown of them, and what is asked of who changes them.

How keys are kept is the store's business (`db.locks.slots`, `db.locks.locksmith`).
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
Undo = Callable[[], None]


class SlotKind(enum.StrEnum):
    """What opens a slot."""

    PRACTICE = "practice"
    PASSPHRASE = "passphrase"  # noqa: S105 - a word, not a passphrase
    KEYRING = "keyring"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class KeySlot:
    """One way to open the record.

    Attributes:
        made: When it was made, None for one that came with the record.
        computer: Whose keyring it is, for that kind.
        proven: Whether a recovery key was seen to be on paper.
    """

    id: str
    kind: SlotKind
    made: dt.datetime | None = None
    computer: str = ""
    proven: bool = True


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """A recovery key, the one time that it can be read.

    Attributes:
        slot: The identity of the slot that it opens.
        groups: As they are printed.
        store: The first digits of the record's id, to tell sheets apart.
        made: When it was made.
    """

    slot: str
    groups: tuple[str, ...] = field(repr=False)
    store: str
    made: dt.datetime


@dataclass(frozen=True, slots=True)
class Replaced:
    """What came of new keys.

    Attributes:
        recovery: The new recovery key; the old one opens nothing any more.
        dropped: The ways to open that were lost, since their secrets were not at hand.
    """

    recovery: RecoveryKey
    dropped: tuple[KeySlot, ...]


@dataclass(frozen=True, slots=True)
class Prepared(Generic[T]):
    """A change of which the slow part is done.

    Attributes:
        result: What it makes.
        finish: Makes it so, quickly, or raises and leaves everything as it was. What it
            returns takes it back.
    """

    result: T
    finish: Callable[[], Undo]


class Locksmith(Protocol):
    """What we ask of the store's keys. Every method may be slow, and raises `MonitorError`."""

    def slots(self) -> tuple[KeySlot, ...]:
        """Return every way to open the record."""
        ...

    def opens(self, typed: str) -> bool:
        """Tell whether a secret is one that opens the record."""
        ...

    def change_passphrase(self, typed: str, new: str, at: dt.datetime) -> Prepared[None]:
        """Let a new passphrase open the record, and the old one no more.

        Args:
            typed: The passphrase as it is, or the recovery key.
            new: From now on.
            at: When this is.
        """
        ...

    def new_recovery_key(self, at: dt.datetime) -> Prepared[RecoveryKey]:
        """Make one more recovery key; those before it open the record until it is proven."""
        ...

    def prove_recovery_key(self, key: RecoveryKey, typed: str) -> Prepared[bool]:
        """Let those before it stop, once its last group was typed; return whether one did."""
        ...

    def add_keyring(self, at: dt.datetime) -> Prepared[None]:
        """Let this computer's own keyring open the record."""
        ...

    def remove_keyring(self) -> Prepared[None]:
        """Let no computer's keyring open the record any more."""
        ...

    def replace_keys(self, typed: str, passphrase: str, at: dt.datetime) -> Replaced:
        """Give the record new keys, all of it or nothing.

        Args:
            typed: The passphrase as it is, or the recovery key.
            passphrase: From now on; it may be the one that was typed.
            at: When this is.
        """
        ...

    @property
    def untold(self) -> bool:
        """Tell whether keys were replaced and the program was stopped before that was written."""
        ...

    def told(self) -> None:
        """It is in the record now that the keys were replaced."""
        ...


def needs_recovery_key(slots: tuple[KeySlot, ...]) -> bool:
    """Tell whether nobody would get in any more if the passphrase were forgotten."""
    if any(slot.kind is SlotKind.PRACTICE for slot in slots):
        return False
    return not any(slot.kind is SlotKind.RECOVERY and slot.proven for slot in slots)
