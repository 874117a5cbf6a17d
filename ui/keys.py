"""What the pages about keys and certificates are given of an opened record."""

from __future__ import annotations

from collections.abc import Callable

from monitor.certifying import Certificates, FoundAuthority, IssueCertificate
from monitor.handed_out import NoteHandedOut
from monitor.key_changes import ChangeKeys
from monitor.people import Author
from ui.files import PRIVATE, write_whole
from ui.presenters.recovery import RecoveryDoors
from ui.presenters.settings_certificates import CertificateActs
from ui.presenters.settings_keys import KeyActs
from ui.record import Record

RECOVERY_PRINT = "recovery sheet print"
"""What an `Exported` says of a recovery sheet that was printed."""


def recovery_doors(record: Record, author: Callable[[], Author]) -> RecoveryDoors:
    """Return what a recovery key needs."""
    change = ChangeKeys(record.world, record.locksmith)
    return RecoveryDoors(
        make=lambda: change.recovery_key(author()),
        sheet=record.papers.recovery_sheet,
        prove=lambda key, typed: change.prove(author(), key, typed),
        write=lambda path, content: write_whole(path, content, PRIVATE),
        note_print=lambda content, printer: NoteHandedOut(record.world)(
            author(), RECOVERY_PRINT, content, printer
        ),
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


def certificate_acts(record: Record, author: Callable[[], Author]) -> CertificateActs:
    """Return what the section of the certificates needs."""
    world, look = record.world, Certificates(record.world)
    return CertificateActs(
        authority=look.authority,
        issued=look.issued,
        ends=world.certification.ends,
        opens_record=record.locksmith.opens,
        found=lambda phrase: FoundAuthority(world)(author(), phrase),
        issue=lambda phrase, user, password: IssueCertificate(world)(
            author(), phrase, user, password
        ),
        write=write_whole,
        practice=world.practice,
    )
