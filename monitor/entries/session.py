"""What can be written in a session's record, besides the dose chain."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from decimal import Decimal

from monitor.entries.dose import DoseFact
from monitor.people import Clinic, Patient
from monitor.vitals import Reading, Sign


class Leaving(enum.StrEnum):
    """How a patient left."""

    HOME = "home"
    TRANSFERRED = "transferred"
    AGAINST_ADVICE = "against advice"


@dataclass(frozen=True, slots=True)
class Opened:
    """The session was opened: whose it is, by which protocol, where.

    The patient stands here as known at that instant, so that the record reads alone.
    """

    patient: Patient
    protocol: str
    protocol_version: int
    protocol_hash: str
    chair: str
    drug: str
    route: str
    clinic: Clinic
    rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """One set of vital signs.

    The entry's `at` is when it was measured. Its `reason` says why a required sign was not
    taken, or why it closes a slot outside that slot's window.

    Attributes:
        slot: The slot that the user named, or empty.
        not_taken: Signs that were said not to have been taken ("-").
        confirmed: Signs whose implausible value was confirmed.
        typed: The line as typed.
    """

    reading: Reading
    slot: str = ""
    not_taken: tuple[Sign, ...] = ()
    confirmed: tuple[Sign, ...] = ()
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating scale was answered; None is an item without an answer."""

    scale: str
    scale_version: int
    answers: tuple[int | None, ...]


class EventKind(enum.StrEnum):
    """What an event is about."""

    EFFECT = "effect"
    DRUG = "drug"
    TOLD = "told"
    NOTE = "note"


class Severity(enum.StrEnum):
    """How bad a side effect was."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


class Criterion(enum.StrEnum):
    """Why an adverse event is serious, as the REMS monitoring form and 21 CFR 312.32 ask."""

    DEATH = "death"
    LIFE_THREATENING = "life-threatening"
    HOSPITALISED = "hospitalised"
    DISABILITY = "disability or permanent damage"
    IMPORTANT = "medically important"


@dataclass(frozen=True, slots=True)
class EventNoted:
    """Something happened, was given, was told, or is worth a note.

    The entry's `at` is when it began.

    Attributes:
        severity: Of a side effect, as the patient or the staff judged it; None where nobody said.
    """

    text: str
    sort: EventKind = EventKind.EFFECT
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class EventResolved:
    """An event is over; the entry's `at` is when it was."""

    event: str


@dataclass(frozen=True, slots=True)
class EventSerious:
    """An event is a serious adverse event; the newest one of an event holds.

    Attributes:
        event: The uid of the event.
        criteria: What makes it serious; empty takes the flag back, and the entry's reason says why.
        description: What happened, for the form.
        treated: What was done about it; empty where nothing was.
    """

    event: str
    criteria: tuple[Criterion, ...]
    description: str = ""
    treated: str = ""


@dataclass(frozen=True, slots=True)
class AlertRaised:
    """A reading crossed a limit.

    Attributes:
        limit: The limit's id in the protocol.
        reading: The uid of the entry that crossed it.
        value: What crossed it, as printed: "182/111".
    """

    limit: str
    reading: str
    value: str


@dataclass(frozen=True, slots=True)
class AlertAcknowledged:
    """A person has seen the alert and says what was done and who was told."""

    alert: str
    action: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class SlotMissed:
    """An observation was not made; the entry's reason says why."""

    slot: str


@dataclass(frozen=True, slots=True)
class ReadinessChecked:
    """The readiness checklist, as ticked.

    Attributes:
        escort: Who goes along; empty where nobody was named yet.
    """

    items: tuple[tuple[str, bool], ...]
    escort: str = ""


@dataclass(frozen=True, slots=True)
class Discharged:
    """The patient left."""

    how: Leaving
    escort: str = ""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The session ended without a drug."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A gap was explained; the entry's reason is the explanation.

    Attributes:
        amount: How large it was, where it is an amount; with another one it is open again.
    """

    gap: str
    about: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """Someone who wrote in the session vouches for it.

    Attributes:
        meaning: What the signature says, as chosen by the signer.
        digest: The session digest that it covers, in hex.
        certificate: The signer's, by the SHA-256 of its DER form, in hex; empty in records from
            before people had keys.
        signature: By the key of that certificate over `certificates.signed_message`, in base64.
    """

    meaning: str
    digest: str
    certificate: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class CoSigned:
    """A prescriber reviewed the session and approves it; the fields are those of `Signed`."""

    meaning: str
    digest: str
    certificate: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Addendum:
    """Something was added after the co-signature; nothing that was signed is changed by it.

    Attributes:
        digest: The session digest of all that stood before it, in hex.
        certificate, signature: As of `Signed`; the message covers the text, too.
    """

    text: str
    meaning: str = ""
    digest: str = ""
    certificate: str = ""
    signature: str = ""


class ClockTrouble(enum.StrEnum):
    """What happened to the station's clock."""

    JUMPED = "jumped"  # the wall clock was moved; real time was not
    SLEPT = "slept"  # the computer was suspended; both clocks went on
    RESTARTED = "restarted"  # only the wall clock is there: nothing vouches for it
    ZONE_CHANGED = "zone changed"  # the time zone was set; the entry stands under the new offset


@dataclass(frozen=True, slots=True)
class ClockDisturbed:
    """The program saw that the station's clock was disturbed; no time in the record moved.

    Attributes:
        kept: What time it is by the record's own clock, which goes on.
        shown: What the computer's clock shows (jumped, restarted), or since when it slept; the
            same as `kept` where only the zone was changed.
    """

    trouble: ClockTrouble
    kept: dt.datetime
    shown: dt.datetime


@dataclass(frozen=True, slots=True)
class ClockConfirmed:
    """A person said which time is right; the record's clock goes on from it.

    Attributes:
        kept: What the record's clock said before.
        chosen: What it says from now on.
    """

    kept: dt.datetime
    chosen: dt.datetime


SessionFact = (
    DoseFact
    | Opened
    | Measured
    | Rated
    | EventNoted
    | EventResolved
    | EventSerious
    | AlertRaised
    | AlertAcknowledged
    | SlotMissed
    | ReadinessChecked
    | Discharged
    | Cancelled
    | Explained
    | Signed
    | CoSigned
    | Addendum
    | ClockDisturbed
    | ClockConfirmed
)
