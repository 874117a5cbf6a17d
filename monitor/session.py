"""The session: one patient's treatment visit, folded from its entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Generic, Self, TypeVar, cast

from monitor.entries import (
    Basis,
    Calculated,
    Cancelled,
    CoSigned,
    DeviceGiven,
    Discharged,
    DoseGiven,
    Entry,
    Fact,
    Finished,
    Measured,
    Opened,
    Ordered,
    Paused,
    Prepared,
    RateChanged,
    Resumed,
    Signed,
    SingleCalculated,
    Started,
    Stopped,
    Wasted,
    WasteOf,
    Weighed,
)
from monitor.protocols.protocol import DeviceDose, InfusionDose, Protocol, SingleDose, Way
from monitor.session_time import Timeline, own_time
from monitor.slots import in_its_minute
from monitor.vitals import Sign

T = TypeVar("T", bound=Fact)

_MICROSECONDS = 60_000_000
"""In a minute."""

PumpStep = Started | Paused | Resumed | RateChanged | Stopped | Finished


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """An entry as it stands, with those whose place it took.

    Attributes:
        first: The entry that was made first; its uid names the thing for ever.
        entry: The newest of the chain: what counts.
        what: What that one says.
        earlier: What it replaced, oldest first; empty where nothing was amended.
    """

    first: Entry
    entry: Entry
    what: T
    earlier: tuple[Entry, ...]

    @property
    def uid(self) -> str:
        """Return the name of the thing: the uid of its first entry."""
        return self.first.uid

    @property
    def at(self) -> dt.datetime:
        """Return when it was so, by what counts now."""
        return self.entry.at


@dataclass(frozen=True)
class Record:
    """A session's entries, and what of them stands.

    Attributes:
        id: The session's identity.
        protocol: The version it was opened under.
        entries: Its stream, oldest first, on the session's own time; the first is `Opened`.
        timeline: What the record's clock showed at each instant of that time.
    """

    id: str
    protocol: Protocol
    entries: tuple[Entry, ...]
    timeline: Timeline = field(init=False)

    def __post_init__(self) -> None:
        """Put the entries, as they stand in the ledger, on the session's own time."""
        entries, timeline = own_time(self.entries)
        object.__setattr__(self, "entries", entries)
        object.__setattr__(self, "timeline", timeline)

    @cached_property
    def standing(self) -> tuple[Kept[Fact], ...]:
        """Return what stands, in the order in which each thing was first written."""
        chains: dict[str, list[Entry]] = {}
        root: dict[str, str] = {}
        for entry in self.entries:
            name = root.get(entry.amends, entry.uid) if entry.amends else entry.uid
            root[entry.uid] = name
            chains.setdefault(name, []).append(entry)
        return tuple(Kept(c[0], c[-1], c[-1].what, tuple(c[:-1])) for c in chains.values())

    @cached_property
    def _by_kind(self) -> Mapping[type, tuple[Kept[Fact], ...]]:
        found: dict[type, list[Kept[Fact]]] = {}
        for kept in self.standing:
            found.setdefault(type(kept.what), []).append(kept)
        return {kind: tuple(kept) for kind, kept in found.items()}

    def all(self, kind: type[T]) -> tuple[Kept[T], ...]:
        """Return what stands of one type."""
        return cast(tuple[Kept[T], ...], self._by_kind.get(kind, ()))

    def newest(self, kind: type[T]) -> Kept[T] | None:
        """Return the last of one type that stands, by the order of writing."""
        found = self.all(kind)
        return found[-1] if found else None

    def find(self, uid: str) -> Kept[Fact] | None:
        """Return what stands under any uid of its chain."""
        chains = (k for k in self.standing if uid in {k.entry.uid, *(e.uid for e in k.earlier)})
        return next(chains, None)

    def as_of(self, n: int) -> Self:
        """Return the record as it stood before an entry's number, on its own time as known now."""
        earlier = replace(self, entries=())
        object.__setattr__(earlier, "entries", tuple(e for e in self.entries if e.n < n))
        object.__setattr__(earlier, "timeline", self.timeline)
        return earlier


@dataclass(frozen=True)
class Session(Record):
    """One patient's treatment visit, as its entries tell it."""

    # --- set-up -------------------------------------------------------------------------

    @cached_property
    def opened(self) -> Opened:
        """Return how the session began; whose it is, as it was last put right."""
        kept = self.newest(Opened)
        if kept is None:
            raise TypeError("a session's first entry is its opening")
        return kept.what

    @property
    def infusion(self) -> InfusionDose | None:
        """Return the protocol's dosing where it is into a vein, by pump or by hand."""
        dose = self.protocol.dose
        return dose if isinstance(dose, InfusionDose) else None

    @property
    def single(self) -> SingleDose | None:
        """Return the protocol's dosing where it is by hand in one go."""
        dose = self.protocol.dose
        return dose if isinstance(dose, SingleDose) else None

    @property
    def by_device(self) -> DeviceDose | None:
        """Return the protocol's dosing where it is by nasal device."""
        dose = self.protocol.dose
        return dose if isinstance(dose, DeviceDose) else None

    @cached_property
    def order(self) -> Kept[Ordered] | None:
        """Return the order in force."""
        return self.newest(Ordered)

    @cached_property
    def weight(self) -> Kept[Weighed] | None:
        """Return today's weight."""
        return self.newest(Weighed)

    @cached_property
    def calculation(self) -> Kept[Calculated] | None:
        """Return the infusion or push as worked out, unless something has undone it."""
        made = self.newest(Calculated)
        return None if made is None or _is_undone(self, made) else made

    @cached_property
    def worked(self) -> Kept[Calculated] | Kept[SingleCalculated] | None:
        """Return the dose as worked out by any way, unless something has undone it."""
        if self.single is None:
            return self.calculation
        made = self.newest(SingleCalculated)
        return None if made is None or _is_undone(self, made) else made

    # --- the dose -------------------------------------------------------------------------

    @property
    def way(self) -> Way:
        """Return how the dose is given."""
        return self.protocol.way

    @cached_property
    def pump_steps(self) -> tuple[Kept[Fact], ...]:
        """Return what was done at the pump, in order of time."""
        steps = [kept for kept in self.standing if isinstance(kept.what, PumpStep)]
        return tuple(sorted(steps, key=lambda kept: (kept.at, kept.entry.n)))

    @cached_property
    def devices(self) -> tuple[Kept[DeviceGiven], ...]:
        """Return the devices given, in order of time."""
        return tuple(sorted(self.all(DeviceGiven), key=lambda kept: kept.at))

    @property
    def devices_ordered(self) -> int:
        """Return how many devices make up the order."""
        dose, order = self.by_device, self.order
        if dose is None or order is None or order.what.dose_mg is None:
            return 0
        return int(order.what.dose_mg / dose.device_mg)

    @cached_property
    def portions(self) -> tuple[Kept[DoseGiven], ...]:
        """Return what was given by hand, in order of time."""
        return tuple(sorted(self.all(DoseGiven), key=lambda kept: (kept.at, kept.first.n)))

    @cached_property
    def preparations(self) -> tuple[Kept[Prepared], ...]:
        """Return what was made ready of the dose as it stands; none of one worked out before."""
        made = self.worked
        return tuple(k for k in self.all(Prepared) if made and k.first.n > made.entry.n)

    @cached_property
    def started_at(self) -> dt.datetime | None:
        """Return when the first drug was given."""
        if self.way is Way.PUMP:
            started = self.newest(Started)
            return started.at if started else None
        given = self.devices or self.portions
        return given[0].at if given else None

    @cached_property
    def first_drug(self) -> Kept[Fact] | None:
        """Return the first drug by the order of writing, however it was given."""
        kinds = (Started, DoseGiven, DeviceGiven)
        return next((kept for kept in self.standing if isinstance(kept.what, kinds)), None)

    @cached_property
    def ending(self) -> Kept[Fact] | None:
        """Return the step that ended the dose by hand: stopped or finished."""
        ends = [step for step in self.pump_steps if isinstance(step.what, Stopped | Finished)]
        return ends[-1] if ends else None

    @property
    def paused(self) -> bool:
        """Tell whether the infusion is paused."""
        return bool(self.pump_steps) and isinstance(self.pump_steps[-1].what, Paused)

    @cached_property
    def dose_ended_at(self) -> dt.datetime | None:
        """Return when no more drug is to come; None before.

        For an infusion that is when it was stopped or finished. By hand or by device it is when
        the last drug was given, once all of it is or dosing was ended with a reason.
        """
        if self.way is Way.PUMP:
            return self.ending.at if self.ending else None
        if self.by_device:
            complete = len(self.devices) >= self.devices_ordered > 0 or self.ending
            return self.devices[-1].at if self.devices and complete else None
        return _last_given_by_hand(self) if _all_given_by_hand(self) or self.ending else None

    # --- readings -------------------------------------------------------------------------

    @cached_property
    def readings(self) -> tuple[Kept[Measured], ...]:
        """Return the sets that stand, in order of measuring, ties by entry."""
        return tuple(sorted(self.all(Measured), key=lambda kept: (kept.at, kept.first.n)))

    def baseline(self, start: dt.datetime) -> Kept[Measured] | None:
        """Return the newest full set that is not too old at *start*, and names no other slot.

        One that may have been taken after it gives way to any other.
        """
        rule, found = self.protocol.baseline, None
        oldest = start - dt.timedelta(minutes=rule.before)
        for kept in reversed(self.readings):
            meant = kept.what.slot in ("", rule.name)
            if meant and oldest <= kept.at <= start and is_full(kept, rule.required):
                found = found or kept
                if not (self.is_in_dose(kept.first) and in_its_minute(kept.at, start)):
                    return kept
        return found

    def is_in_dose(self, entry: Entry) -> bool:
        """Tell whether an entry was written after the first drug."""
        return self.first_drug is not None and entry.n > self.first_drug.first.n

    # --- the end ----------------------------------------------------------------------------

    @property
    def discharged(self) -> Kept[Discharged] | None:
        """Return how the patient left."""
        return self.newest(Discharged)

    @property
    def cancelled(self) -> Kept[Cancelled] | None:
        """Return that the session ended without a drug."""
        return self.newest(Cancelled)

    @property
    def closed_at(self) -> dt.datetime | None:
        """Return when the session was closed, one way or the other."""
        last = self.discharged or self.cancelled
        return last.at if last else None

    @property
    def co_signed(self) -> bool:
        """Tell whether the record takes addenda only."""
        return self.newest(CoSigned) is not None

    def signers(self, digest: str) -> tuple[Kept[Signed], ...]:
        """Return the signatures that cover *digest*."""
        return tuple(kept for kept in self.all(Signed) if kept.what.digest == digest)


def is_full(kept: Kept[Measured], required: frozenset[Sign]) -> bool:
    """Tell whether a set holds every required sign, or a reason for those that are missing."""
    reading = kept.what.reading
    if reading.is_empty():
        return False
    return not reading.lacks(required) or bool(kept.first.reason)


def _is_undone(session: Session, made: Kept[Calculated] | Kept[SingleCalculated]) -> bool:
    """Tell whether a dose must be worked out anew: order or weight have come after it.

    Before the start, another sex also undoes one on an ideal or adjusted weight.
    """
    if any(g and g.entry.n > made.entry.n for g in (session.order, session.weight)):
        return True
    if made.what.basis in (None, Basis.ACTUAL) or session.started_at is not None:
        return False
    then = [e.what for e in session.entries[: made.entry.n] if isinstance(e.what, Opened)]
    return then[-1].patient.sex is not session.opened.patient.sex


def _all_given_by_hand(session: Session) -> bool:
    """Tell whether a portion took all that was left of what had been made ready by then.

    What is entered afterwards does not open the dose again.
    """
    written = sorted(session.portions, key=lambda kept: kept.first.n)
    given = Decimal(0)
    for portion in written:
        given += portion.what.mg
        if 0 < _ready_mg(session, portion.first.n) <= given:
            return True
    return False


def _ready_mg(session: Session, before: int) -> Decimal:
    """Return what lay ready to be given before an entry's number, without what was wasted.

    Where nobody said what was made ready, that is what was worked out.
    """
    worked = session.worked
    if worked is None:
        return Decimal(0)
    ready = [kept.what.mg for kept in session.preparations if kept.first.n < before]
    since = min((kept.first.n for kept in session.preparations), default=worked.first.n)
    wasted = [
        kept.what.mg
        for kept in session.all(Wasted)
        if kept.what.of is WasteOf.MIXTURE
        and since < kept.first.n < before
        and kept.what.calculation in ("", worked.uid)
    ]
    return sum(ready or [worked.what.prepared_mg], Decimal(0)) - sum(wasted, Decimal(0))


def _last_given_by_hand(session: Session) -> dt.datetime | None:
    """Return when the last portion had been given."""
    ends = [
        kept.at + dt.timedelta(microseconds=int((kept.what.minutes or 0) * _MICROSECONDS))
        for kept in session.portions
    ]
    return max(ends, default=None)
