"""Every error that is raised on purpose.

    MonitorError              has a code and the facts of the case, never a sentence
    ├── InputError            what was typed cannot be accepted; nothing was stored
    ├── RefusedError          the act does not fit the record, the protocol or the person
    ├── NotFoundError         what was asked for is not in the record
    ├── IntegrityError        the record does not agree with itself
    └── StorageError          disk, lock, key or schema trouble; raised by adapters

The sentence for a code stands in `ui.wording`; a test proves that none is missing.
"""

from __future__ import annotations

import enum


class Code(enum.StrEnum):
    """Why something was refused, in one word that never changes."""

    NOT_UNDERSTOOD = "not-understood"
    EMPTY = "empty"
    OUT_OF_RANGE = "out-of-range"
    IMPLAUSIBLE = "implausible"
    FUTURE = "future"
    REASON_MISSING = "reason-missing"
    WRONG_PHASE = "wrong-phase"
    NOT_ALLOWED = "not-allowed"
    SAME_PERSON = "same-person"
    DIFFERS = "differs"
    ORDER_MISSING = "order-missing"
    WEIGHT_MISSING = "weight-missing"
    DOSE_MISSING = "dose-missing"
    BASELINE_MISSING = "baseline-missing"
    BASIS_UNDEFINED = "basis-undefined"
    EXPIRED = "expired"
    TOO_EARLY = "too-early"
    TOO_MUCH = "too-much"
    DOOR_CLOSED = "door-closed"
    GAPS_OPEN = "gaps-open"
    CHAIR_TAKEN = "chair-taken"
    SIGNED = "signed"
    NOT_SIGNED = "not-signed"
    SLOT_CLOSED = "slot-closed"
    NOTHING_OPEN = "nothing-open"
    UNKNOWN = "unknown"
    UNKNOWN_ACT = "unknown-act"
    WRONG_PASSWORD = "wrong-password"  # noqa: S105 - a code, not a password
    WEAK_PASSWORD = "weak-password"  # noqa: S105 - a code, not a password
    NAME_TAKEN = "name-taken"
    NOT_APPROVED = "not-approved"
    WRONG_KEY = "wrong-key"
    NO_RECORD = "no-record"
    RECORD_EXISTS = "record-exists"
    NEWER_RECORD = "newer-record"
    DISK_FULL = "disk-full"
    STORAGE = "storage"
    BUSY = "busy"
    BROKEN_CHAIN = "broken-chain"
    UNREADABLE = "unreadable"
    NO_DISPLAY = "no-display"
    DAMAGED = "damaged"
    READ_ONLY = "read-only"
    HISTORY_GAP = "history-gap"
    BACKUP_UNUSABLE = "backup-unusable"
    LAST_SLOT = "last-slot"
    NO_KEYRING = "no-keyring"
    UNCHANGED = "unchanged"
    CHECK_MISSING = "check-missing"
    UNDER_AGE = "under-age"
    UNDILUTED = "undiluted"
    PRE_DOSE_HOLD = "pre-dose-hold"
    SEEN_TODAY = "seen-today"
    NO_AUTHORITY = "no-authority"
    NO_CERTIFICATE = "no-certificate"
    CERTIFICATE_ENDED = "certificate-ended"
    CERTIFICATE_NOT_YET = "certificate-not-yet"
    WRONG_PASSPHRASE = "wrong-passphrase"  # noqa: S105 - a code, not a passphrase
    CHANGED_MEANWHILE = "changed-meanwhile"
    NOT_CO_SIGNED = "not-co-signed"
    NO_RECORD_FILE = "no-record-file"
    RECORD_FILE_OLDER = "record-file-older"
    RECORD_FILE_CHANGED = "record-file-changed"


class MonitorError(Exception):
    """Base of all errors that a user may be shown.

    Attributes:
        code: Why, in one word.
        facts: What the sentence needs to name: figures and our own words, and what
            the user has just typed. They are shown, and never logged.
    """

    def __init__(self, code: Code, **facts: object) -> None:
        super().__init__(code.value)
        self.code = code
        self.facts = facts


class InputError(MonitorError):
    """What was typed cannot be accepted; it can be put right and typed again.

    Attributes:
        field: The field or token at fault; empty where the whole line is.
    """

    def __init__(self, code: Code, field: str = "", **facts: object) -> None:
        super().__init__(code, field=field, **facts)
        self.field = field


class RefusedError(MonitorError):
    """The act does not fit the record's state, the protocol or the person's role."""


class NotFoundError(MonitorError):
    """What was asked for is not in the record."""

    def __init__(self, what: str, **facts: object) -> None:
        super().__init__(Code.UNKNOWN, what=what, **facts)


class IntegrityError(MonitorError):
    """The record does not agree with itself."""


class StorageError(MonitorError):
    """The store could not read or keep what it was given."""
