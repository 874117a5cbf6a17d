"""What the pages about keys are given of an opened record."""

from __future__ import annotations

from collections.abc import Callable

from monitor.key_changes import ChangeKeys
from monitor.people import Author
from ui.files import PRIVATE, write_whole
from ui.presenters.recovery import RecoveryDoors
from ui.presenters.settings_keys import KeyActs
from ui.record import Record


def recovery_doors(record: Record, author: Callable[[], Author]) -> RecoveryDoors:
    """Return what a recovery key needs."""
    change = ChangeKeys(record.world, record.locksmith)
    return RecoveryDoors(
        make=lambda: change.recovery_key(author()),
        sheet=record.recovery_sheet,
        prove=lambda key, typed: change.prove(author(), key, typed),
        write=lambda path, content: write_whole(path, content, PRIVATE),
    )


def key_acts(record: Record, author: Callable[[], Author]) -> KeyActs:
    """Return what the section of the keys needs."""
    change = ChangeKeys(record.world, record.locksmith)
    return KeyActs(
        slots=record.locksmith.slots,
        computer=record.world.station,
        passphrase=lambda typed, new: change.passphrase(author(), typed, new),
        keyring=lambda on: change.keyring(author(), on=on),
        replace=lambda typed, new: change.replace(author(), typed, new),
        recovery=recovery_doors(record, author),
    )
