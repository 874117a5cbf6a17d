"""What is said where a backup could not be made or taken back."""

from __future__ import annotations

from monitor.errors import Code

ABOUT_BACKUPS: dict[tuple[Code, str], tuple[str, ...]] = {
    (Code.DISK_FULL, "backup"): (
        (
            "The disk that the backups lie on is full and no backup was made; make room there, or"
            " choose another folder for backups."
        ),
    ),
    (Code.READ_ONLY, "backup"): (
        (
            "Nothing can be written in the folder for backups, so none was made; let this"
            " computer write there, or choose another folder for backups."
        ),
    ),
    (Code.STORAGE, "backup"): (
        (
            "No backup could be made ({cause}); check the folder for backups and its disk, or"
            " choose another folder."
        ),
        (
            "No backup could be made; check the folder for backups and its disk, or choose"
            " another folder."
        ),
    ),
    (Code.BUSY, "backup"): (
        (
            "Another backup of this record is being made, or its keys are being changed; wait a"
            " moment, then make the backup again."
        ),
    ),
    (Code.STORAGE, "backups-folder"): (
        (
            "The folder for backups cannot be read ({cause}); connect its disk, or choose another"
            " folder for backups."
        ),
        (
            "The folder for backups cannot be read; connect its disk, or choose another folder"
            " for backups."
        ),
    ),
    (Code.STORAGE, "memory"): (
        (
            "This computer cannot keep in mind where the record and its backups lie ({cause});"
            " let it write in {path}, make room there, then try again."
        ),
        (
            "This computer cannot keep in mind where the record and its backups lie; let it write"
            " in its folder for settings, make room there, then try again."
        ),
    ),
    (Code.STORAGE, "looking"): (
        (
            "The record's folder {path} cannot be looked into ({cause}); connect its disk, or let"
            " this computer read there, then try again."
        ),
        (
            "The record's folder cannot be looked into; connect its disk, or let this computer"
            " read there, then try again."
        ),
    ),
    (Code.DAMAGED, "backup"): (
        (
            "No backup was made, since the copy could not be read whole; check the record and"
            " both disks, then make the backup again."
        ),
    ),
    (Code.WRONG_KEY, "backup"): (
        (
            "That passphrase or recovery key does not open this backup; type the one that held"
            " when the backup was made."
        ),
    ),
    (Code.DISK_FULL, "restoring"): (
        "The disk is full and nothing was restored; make room, or choose another place.",
    ),
    (Code.READ_ONLY, "restoring"): (
        "Nothing can be written there and nothing was restored; choose another place.",
    ),
    (Code.STORAGE, "restoring"): (
        (
            "The backup could not be read or its copy not be written ({cause}) and nothing was"
            " restored; check both disks, then try again."
        ),
        (
            "The backup could not be read or its copy not be written and nothing was restored;"
            " check both disks, then try again."
        ),
    ),
}
"""Variants that come first where the error is about a backup, restoring one, or a folder."""
