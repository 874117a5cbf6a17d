"""The session as frozen read-model: what screen, chart, paper and exports all draw from.

`monitor.overseeing.oversee` makes it. Nothing here is worded or rounded for show, except the
lines of working, which are the same text everywhere. Instants are the session's own time, in
UTC; `local` turns them into the clinic's time as the clock showed it, `own` the present instant
into them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from monitor import session_time
from monitor.clock_view import ClockView
from monitor.dose_view import (
    DeviceView,
    DoseView,
    OrderView,
    OverrideView,
    ReplacedView,
    SegmentView,
    WeightView,
)
from monitor.entries import (
    Criterion,
    EventKind,
    Fact,
    Leaving,
    Severity,
)
from monitor.history import HistoryGap
from monitor.people import Author, Clinic, Patient
from monitor.phases import Phase
from monitor.protocols.protocol import Limit, Product, SecondPerson, Way
from monitor.schedule import Course, Slot, SlotState
from monitor.signature_view import AddendumView, SignatureView
from monitor.vitals import BloodPressure, Reading, Sign

SlotView = Slot
"""A slot is shown as the grid has it."""


LocalTime = session_time.LocalTime
"""Turns the instants of an overview into what the clock showed."""


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One row of the sheet.

    Attributes:
        entered: When it was first entered; an amendment's own time stands in `AmendmentView`.
        slot: The name of the slot that it closed; empty for an extra reading.
        replaced: The readings it took the place of, oldest first, with when and why.
        alerts: Numbers of the alerts it raised ("A1").
        note: Reason, circumstances and the like, as typed.
        was_at: When the replaced ones were said to have been measured, oldest first.
    """

    uid: str
    measured: dt.datetime
    entered: dt.datetime
    by: Author
    reading: Reading
    slot: str
    state: SlotState | None
    minutes: int | None
    is_full: bool
    replaced: tuple[Reading, ...] = ()
    alerts: tuple[str, ...] = ()
    not_taken: tuple[Sign, ...] = ()
    confirmed: tuple[Sign, ...] = ()
    note: str = ""
    was_at: tuple[dt.datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriousView:
    """That an event is a serious adverse event, by whom, and what a form asks about it."""

    by: Author
    at: dt.datetime
    criteria: tuple[Criterion, ...]
    description: str
    treated: str


@dataclass(frozen=True, slots=True)
class EventView:
    """Something that happened, numbered as in the chart.

    Attributes:
        kind: The ledger's kind; events proper are "event", the others are steps of the dose
            ("started", "paused", "discharged", …).
    """

    number: int
    uid: str
    at: dt.datetime
    entered: dt.datetime
    kind: str
    text: str
    sort: EventKind
    by: Author
    resolved: dt.datetime | None = None
    reason: str = ""
    severity: Severity | None = None
    serious: SeriousView | None = None

    @property
    def is_open_effect(self) -> bool:
        """Tell whether it is a side effect that nobody has said to be over."""
        return self.kind == "event" and self.sort is EventKind.EFFECT and self.resolved is None


@dataclass(frozen=True, slots=True)
class AlertView:
    """A limit that was crossed.

    Attributes:
        number: "A1", "A2", … in order of time.
        at: When the reading was taken that crossed it.
        state: "open", "acknowledged" or "withdrawn" (by an amendment, or by a reading that was
            entered late, nothing crosses the limit there any more).
        change: How far the value was from the baseline, signed, two figures for a blood
            pressure; empty where there was none to compare it with.
        minutes: For how long every reading had crossed it, whole minutes; None unless the limit
            asks for that.
        raised: When it was raised, and so when anybody could first know.
    """

    number: str
    uid: str
    limit: Limit
    at: dt.datetime
    value: str
    reading: str
    state: str
    acknowledged_at: dt.datetime | None = None
    acknowledged_by: Author | None = None
    action: str = ""
    told: str = ""
    change: tuple[int | Decimal, ...] = ()
    minutes: int | None = None
    raised: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ScoreView:
    """A rating as answered. `total` is None unless every item was."""

    uid: str
    scale: str
    title: str
    version: int
    at: dt.datetime
    entered: dt.datetime
    by: Author
    answers: tuple[int | None, ...]
    total: int | None
    most: int
    band: str

    @property
    def answered(self) -> int:
        """Return how many items have an answer."""
        return sum(answer is not None for answer in self.answers)


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """What an amendment changed, in words of the record: old and new stay visible.

    Attributes:
        about: The ledger's kind of the entry, "reading"; "identity" where it is whose record it is.
        of: When the amended entry was so, by what it said first; None for an identity.
    """

    number: str
    about: str
    old: str
    new: str
    reason: str
    at: dt.datetime
    by: Author
    of: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ThingView:
    """Anything that was entered besides the readings, as it stands.

    Attributes:
        uid: Of the entry that was made first.
        kind: The ledger's.
        entered: When it was first entered.
        reason: Of the newest entry of its chain.
        earlier: What it said before, oldest first; empty where it was never amended.
        reasons: The reasons given with these.
    """

    uid: str
    kind: str
    what: Fact
    at: dt.datetime
    entered: dt.datetime
    by: Author
    reason: str = ""
    earlier: tuple[Fact, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GapView:
    """Something that stands before a signature.

    Attributes:
        code: "slot-overdue", "slot-late", "slot-missed", "alert-open", "overrun", …
        about: Which one, where there are several: a slot's name, an alert's number.
        blocks: Whether it must be explained (or mended) before anyone signs.
        amount: How large it is, where it is an amount.
    """

    code: str
    about: str
    blocks: bool
    explained: bool
    explanation: str = ""
    explained_by: Author | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ConditionView:
    """One thing that the door waits for.

    Attributes:
        code: "dose-ended", "time-since-end" or "time-since-last-device", "sedation",
            "dissociation", "spo2", "oxygen", "resp", "limit", "checklist", "escort".
        evidence: The value it rests on, None where nothing was taken; of a checklist, how many
            lines are ticked ("4 of 6"); of an escort, the name.
        needed: What it is compared with.
        opens_at: When a condition of time will be met.
        limit: The limit of the door that it is about; None for any other condition.
        missing: Words of the lines of the checklist that are not ticked; of a limit "baseline"
            where a change from it cannot be told.
        lifted: Whether it is not met and a prescriber let that pass.
    """

    code: str
    met: bool
    evidence: str | None
    needed: str
    measured: dt.datetime | None = None
    opens_at: dt.datetime | None = None
    limit: Limit | None = None
    missing: tuple[str, ...] = ()
    lifted: bool = False


@dataclass(frozen=True, slots=True)
class ClocksView:
    """Whole minutes, rounded down, as they stood at the end (else now)."""

    minutes_since_first: int | None = None
    minutes_since_last: int | None = None
    infusion_minutes: Decimal | None = None
    minutes_since_end: int | None = None


@dataclass(frozen=True, slots=True)
class SessionOverview:
    """Everything there is to show of one session, as it stood at `seen_at`.

    Attributes:
        code: The session's short name on paper, "S-7F3A90C2".
        approved_by: Who approved the protocol here, None while nobody has.
        status: "open", "closed", "signed", "co-signed" or "cancelled".
        version: Of the report: 1 until there are addenda.
        planned_end: When the infusion will have run, at the present rate.
        reference: The baseline reading, as the chart's dotted lines show it.
        digest: The session digest in hex, over the entries so far.
        entries: How many entries the session's stream has.
        history_gap: What is missing of the clinic's record and not explained.
        clock_events: What was done to the station's clock while the session was open.
        way: How the dose is given.
        jurisdiction: Where the protocol was written for: "US", "EU, AU", "any".
        products: What the protocol says that the drug comes in.
        replaced: Orders, weights and calculations that were made anew, in that order.
        hold: Before the first drug: a pressure that a prescriber is to decide about, and the
            bounds (systolic, diastolic) that it is above; None where none is.
        observed: What the due grid was drawn from, to draw it with one reading more.
        things: All that was entered besides the readings, in the order of writing.
        series_opens: While a dose goes on past the last planned slot: when the window of the next
            one opens, which is not among `slots` before; None where there will be none.
        authority: The fingerprint of the certificate of the clinic's authority, in hex; empty
            where it has none, and while the session is open.
        one_may_sign: Whether the protocol lets one person both sign and co-sign.
        replaces: The SHA-256 of the report's version before this one, in hex; empty for none.
    """

    session_id: str
    code: str
    clinic: Clinic
    patient: Patient
    chair: str
    drug: str
    route: str
    protocol_id: str
    protocol_title: str
    protocol_version: int
    protocol_hash: str
    approved_by: str | None
    rehearsal: bool
    seen_at: dt.datetime
    local: LocalTime
    opened_at: dt.datetime
    phase: Phase
    status: str
    version: int
    order: OrderView | None
    weight: WeightView | None
    dose: DoseView
    segments: tuple[SegmentView, ...]
    devices: tuple[DeviceView, ...]
    devices_ordered: int
    device_opens_at: dt.datetime | None
    started_at: dt.datetime | None
    planned_end: dt.datetime | None
    ended_at: dt.datetime | None
    ended_how: str
    ended_reason: str
    start_reason: str
    closed_at: dt.datetime | None
    left_how: Leaving | None
    escort: str
    left_reason: str
    cancelled_reason: str
    clocks: ClocksView
    readings: tuple[ReadingView, ...]
    slots: tuple[SlotView, ...]
    reference: ReadingView | None
    events: tuple[EventView, ...]
    alerts: tuple[AlertView, ...]
    scores: tuple[ScoreView, ...]
    amendments: tuple[AmendmentView, ...]
    gaps: tuple[GapView, ...]
    door: tuple[ConditionView, ...]
    checklist: tuple[tuple[str, str, bool], ...]
    signatures: tuple[SignatureView, ...]
    limits: tuple[Limit, ...]
    staff: tuple[Author, ...]
    digest: str
    entries: int
    history_gap: HistoryGap | None = None
    clock_events: tuple[ClockView, ...] = ()
    way: Way = Way.PUMP
    second_person: SecondPerson = SecondPerson.NONE
    overrides: tuple[OverrideView, ...] = ()
    products: tuple[Product, ...] = ()
    replaced: tuple[ReplacedView, ...] = ()
    hold: tuple[BloodPressure, tuple[int, int]] | None = None
    things: tuple[ThingView, ...] = ()
    observed: Course | None = None
    series_opens: dt.datetime | None = None
    authority: str = ""
    addenda: tuple[AddendumView, ...] = ()
    replaces: str = ""
    jurisdiction: str = ""
    one_may_sign: bool = False

    def own(self, now: dt.datetime) -> dt.datetime:
        """Return the present instant, as the record's clock has it, in the session's own time."""
        return self.local.timeline.own(now)

    @property
    def door_open(self) -> bool:
        """Tell whether everything the door waits for is met."""
        return all(condition.met for condition in self.door)

    @property
    def peak_rise(self) -> tuple[BloodPressure, BloodPressure] | None:
        """Return (baseline, highest since) blood pressure, by systolic; None without both."""
        if self.reference is None or self.reference.reading.bp is None:
            return None
        base, since = self.reference.reading.bp, self.reference.measured
        others = (r for r in self.readings if r is not self.reference and r.measured >= since)
        after = [r.reading.bp for r in others if r.reading.bp]
        if not after:
            return None
        return base, max(after, key=lambda bp: (bp.systolic, bp.diastolic))
