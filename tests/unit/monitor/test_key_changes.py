"""Changing the ways to open the record: who may, and what the record says of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from monitor.clinic import CLINIC
from monitor.entries import KeyChange, KeysChanged
from monitor.errors import Code, MonitorError, StorageError
from monitor.key_changes import ChangeKeys
from monitor.key_slots import KeySlot, RecoveryKey, SlotKind, needs_recovery_key
from monitor.people import Author, Role
from tests.fakes.locksmith import GROUPS, PHRASE, FakeLocksmith
from tests.fakes.visit import Visit

ADA = Author("ada", Role.ADMINISTRATOR, "Ada Byron")
NEW = "another passphrase of it"


@pytest.fixture
def visit() -> Visit:
    return Visit()


@pytest.fixture
def smith() -> FakeLocksmith:
    return FakeLocksmith()


@pytest.fixture
def change(visit: Visit, smith: FakeLocksmith) -> ChangeKeys:
    return ChangeKeys(visit.world, smith)


def said(visit: Visit) -> list[tuple[KeyChange, str]]:
    """What the clinic's stream says of the keys."""
    with visit.world.transaction() as tx:
        facts = [entry.what for entry in tx.stream(CLINIC)]
    return [(fact.change, fact.slot) for fact in facts if isinstance(fact, KeysChanged)]


def acts(change: ChangeKeys) -> list[Callable[[Author], object]]:
    key = RecoveryKey("r1", GROUPS, "1a2b3c4d", change.world.clock.now())
    return [
        lambda author: change.passphrase(author, PHRASE, NEW),
        change.recovery_key,
        lambda author: change.prove(author, key, GROUPS[-1]),
        lambda author: change.keyring(author, on=True),
        lambda author: change.replace(author, PHRASE, NEW),
    ]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_that_only_an_administrator_changes_keys(
    visit: Visit, smith: FakeLocksmith, change: ChangeKeys, role: Role
) -> None:
    before = smith.kept
    for act in acts(change):
        with pytest.raises(MonitorError) as caught:
            act(Author("nk", role, "Nina Kowal"))
        assert caught.value.code is Code.NOT_ALLOWED
    assert (smith.kept, said(visit)) == (before, [])


def test_that_every_change_is_in_the_record_and_no_secret_is(
    visit: Visit, smith: FakeLocksmith, change: ChangeKeys
) -> None:
    change.passphrase(ADA, PHRASE, NEW)
    first = change.recovery_key(ADA)
    change.prove(ADA, first, GROUPS[-1])
    second = change.recovery_key(ADA)
    change.prove(ADA, second, GROUPS[-1].lower())
    change.keyring(ADA, on=True)
    change.keyring(ADA, on=False)
    made = change.replace(ADA, NEW, NEW)
    assert made.recovery.groups == GROUPS
    assert said(visit) == [
        (KeyChange.PASSPHRASE, "passphrase"),
        (KeyChange.RECOVERY, "recovery"),
        (KeyChange.RECOVERY, "recovery"),
        (KeyChange.SLOT_REMOVED, "recovery"),
        (KeyChange.KEYRING_ADDED, "keyring"),
        (KeyChange.SLOT_REMOVED, "keyring"),
        (KeyChange.KEYS_REPLACED, ""),
    ]
    with visit.world.transaction() as tx:
        written = repr(tx.stream(CLINIC))
    assert not any(secret in written for secret in (PHRASE, NEW, *GROUPS))
    assert not smith.untold


def test_that_a_change_that_does_not_come_about_is_not_in_the_record(
    visit: Visit, smith: FakeLocksmith, change: ChangeKeys
) -> None:
    for fails in ("fails", "fails_to_finish"):
        for act in acts(change)[:2]:
            setattr(smith, fails, StorageError(Code.DISK_FULL))
            with pytest.raises(StorageError):
                act(ADA)
    assert said(visit) == []
    assert smith.phrase == PHRASE
    assert len(smith.kept) == 1


def test_that_an_entry_that_cannot_be_written_changes_nothing_but_is_said(
    visit: Visit, smith: FakeLocksmith, change: ChangeKeys
) -> None:
    before = smith.kept
    passphrase, recovery, _, keyring, _ = acts(change)
    for act in (passphrase, recovery, keyring):
        visit.store.fails = Code.DISK_FULL
        with pytest.raises(StorageError) as caught:
            act(ADA)
        assert caught.value.code is Code.DISK_FULL
    assert said(visit) == []
    assert (smith.kept, smith.phrase) == (before, PHRASE)


def test_that_new_keys_are_handed_out_though_no_entry_can_say_so_yet(
    visit: Visit, smith: FakeLocksmith, change: ChangeKeys
) -> None:
    visit.store.fails = Code.DISK_FULL
    assert change.replace(ADA, PHRASE, NEW).recovery.groups == GROUPS
    assert smith.untold
    assert said(visit) == []
    change.tell_untold()
    assert said(visit) == [(KeyChange.KEYS_REPLACED, "")]


def test_that_replaced_keys_are_told_at_the_next_start_if_they_were_not(
    visit: Visit, smith: FakeLocksmith, change: ChangeKeys
) -> None:
    change.tell_untold()
    assert said(visit) == []
    smith.untold = True
    change.tell_untold()
    change.tell_untold()
    assert said(visit) == [(KeyChange.KEYS_REPLACED, "")]


@pytest.mark.parametrize(
    ("slots", "needs"),
    [
        ((KeySlot("1", SlotKind.PASSPHRASE),), True),
        ((KeySlot("1", SlotKind.PASSPHRASE), KeySlot("2", SlotKind.KEYRING)), True),
        ((KeySlot("2", SlotKind.RECOVERY, proven=False),), True),
        ((KeySlot("1", SlotKind.PASSPHRASE), KeySlot("2", SlotKind.RECOVERY)), False),
        ((KeySlot("1", SlotKind.PRACTICE),), False),
    ],
)
def test_that_a_recovery_key_is_needed_until_one_is_on_paper(
    slots: tuple[KeySlot, ...], *, needs: bool
) -> None:
    assert needs_recovery_key(slots) is needs
