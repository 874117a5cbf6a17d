"""What is said of a record that is not there, and of the keys that open it."""

from __future__ import annotations

from monitor.errors import Code

ABOUT_KEYS: dict[tuple[Code, str], tuple[str, ...]] = {
    (Code.NOT_ALLOWED, "practice"): (
        "A record for practice opens for everyone; its keys are never changed.",
    ),
    (Code.NO_RECORD, "remembered"): (
        (
            "The clinic's record is not at {path} any more and none was made in its place;"
            " connect its disk, or restore a backup."
        ),
    ),
    (Code.WRONG_KEY, "recovery"): (
        (
            "Group {group} of the recovery key is mistyped; compare it with the sheet and type"
            " it again."
        ),
        "A recovery key has {needed} groups and {found} were typed; type all of them.",
        (
            "That recovery key is typed right and does not open this record; take the newest"
            " sheet with the record's number {store}."
        ),
    ),
    (Code.WEAK_PASSWORD, "new"): (
        "That passphrase will not do; take one of {least} to {most} characters.",
    ),
    (Code.UNCHANGED, "new"): ("That is the passphrase already; choose another one, or leave it.",),
    (Code.BUSY, "keys"): (
        (
            "The record is open in another window or program, so its keys were left as they are;"
            " close it there and try again."
        ),
    ),
    (Code.DAMAGED, "keyslots"): (
        (
            "The file of the record's keys, {file}, is missing and nothing was changed; put it"
            " back beside the record from a backup."
        ),
        (
            "The file of the record's keys, {lost}, has lost every way to open the record and"
            " nothing was changed; put it back beside the record from a backup."
        ),
    ),
}
"""Variants that come first where the error is about the record's place or its keys."""
