"""Amending: an entry that takes another's place, with a reason. Nothing is edited."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from monitor import scales
from monitor.acts.act import Act, Scene
from monitor.acts.amended_values import check_value
from monitor.acts.dosing import check_sprays, device_label, pump_display, runnable
from monitor.acts.events import amended_event, checked_serious
from monitor.acts.free_text import plain_or_none, plain_text
from monitor.acts.giving import LONGEST_MINUTES, check_pushed, check_site
from monitor.acts.labels import amount, at_most, expiry_date, lot_number
from monitor.acts.leaving import put_right
from monitor.acts.moving import check_moved
from monitor.acts.observing import before_leaving, parse
from monitor.acts.preparing import opened
from monitor.acts.relabelling import bears_a_lot, moved_along
from monitor.entries import (
    AlertAcknowledged,
    DeviceGiven,
    Discharged,
    DoseGiven,
    Draft,
    EventNoted,
    EventResolved,
    EventSerious,
    Fact,
    Finished,
    Measured,
    Paused,
    Prepared,
    RateChanged,
    Rated,
    RemainderKept,
    Resumed,
    SlotMissed,
    Started,
    Stopped,
    Wasted,
)
from monitor.entry_line import ParsedEvent
from monitor.errors import Code, InputError, NotFoundError, RefusedError
from monitor.lengths import OF_AN_ACT, within
from monitor.session import Kept, PumpStep
from monitor.slot_naming import named_slot

AMENDABLE: dict[type[Fact], frozenset[str]] = {
    Measured: frozenset(),
    EventNoted: frozenset({"text", "severity"}),
    EventResolved: frozenset({"event"}),
    EventSerious: frozenset({"criteria", "description", "treated"}),
    Rated: frozenset({"answers"}),
    Started: frozenset({"rate_ml_h", "pump_ml"}),
    Paused: frozenset({"pump_ml"}),
    Resumed: frozenset({"rate_ml_h", "pump_ml"}),
    RateChanged: frozenset({"rate_ml_h", "pump_ml"}),
    Stopped: frozenset({"pump_ml"}),
    Finished: frozenset({"pump_ml"}),
    Prepared: frozenset({"lot", "expiry", "vial_ml", "vials"}),
    DoseGiven: frozenset({"minutes", "site"}),
    Wasted: frozenset({"lot"}),
    RemainderKept: frozenset({"lot"}),
    DeviceGiven: frozenset({"lot", "expiry", "sprays", "product"}),
    AlertAcknowledged: frozenset({"action", "told"}),
    SlotMissed: frozenset(),
    Discharged: frozenset({"how", "escort"}),
}
"""What may be amended, and which of its fields. Order, weight and calculation are made anew
instead: the newest holds, and the dose must be worked out again. Amounts that were prepared,
given or wasted stay as they were seen: what is wrong in them is explained where it leaves a gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend(Act):
    """Put another entry in an entry's place.

    Attributes:
        entry: Any uid of the entry's chain.
        text: For a reading or an event: the whole new line.
        changes: For others: the fields that change; "at" moves the time.
        confirm: The implausible value that was asked about is right.
    """

    entry: str
    text: str | None = None
    changes: Mapping[str, object] = field(default_factory=dict)
    confirm: bool = False

    after_closing: ClassVar[bool] = True

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the new entry; the old one stays, and says what took its place."""
        kept = scene.session.find(self.entry)
        if kept is None:
            raise NotFoundError("entry")
        if type(kept.what) not in AMENDABLE:
            raise RefusedError(Code.NOT_ALLOWED, what=kept.entry.kind)
        self.need_reason("amend")
        if isinstance(kept.what, Measured):
            return self._reading(scene, kept, kept.what)
        self._check_names(kept.what)
        if isinstance(kept.what, EventNoted):
            return (self._event(scene, kept, kept.what),)
        at = self._time(scene, kept)
        new, along = moved_along(scene.session, kept, self._changed(scene, kept.what, at))
        others = (self._draft(scene, other, what, other.at) for other, what in along)
        return (self._draft(scene, kept, new, at), *others)

    def _reading(self, scene: Scene, kept: Kept[Fact], old: Measured) -> tuple[Draft, ...]:
        if self.text is None:
            raise InputError(Code.EMPTY, "text")
        parsed = parse(scene, self.text)
        if isinstance(parsed, ParsedEvent):
            raise InputError(Code.NOT_UNDERSTOOD, "text", token=self.text.split()[0])
        at = self._measured(scene, kept, parsed.measured_at)
        if parsed.slot and parsed.slot != old.slot:
            named_slot(scene.overview.slots, parsed.slot, at, instead_of=kept.uid)
        if parsed.implausible and not self.confirm:
            raise InputError(
                Code.IMPLAUSIBLE, parsed.implausible[0].value, asked=parsed.implausible
            )
        new = Measured(
            parsed.reading,
            parsed.slot,
            parsed.not_taken,
            parsed.implausible,
            self.text.strip(),
        )
        return (self._draft(scene, kept, new, at),)

    def _measured(self, scene: Scene, kept: Kept[Fact], typed: dt.datetime | None) -> dt.datetime:
        """Return when a reading was taken; another time must be one at which it can have been."""
        at = self._time(scene, kept) if typed is None else typed
        if at != kept.at:
            check_moved(scene, kept, at)
            before_leaving(scene, at)
        return at

    def _event(self, scene: Scene, kept: Kept[Fact], old: EventNoted) -> Draft:
        """Return an event with other words, severity or time."""
        new, typed = amended_event(scene, old, self.text, self.changes)
        if typed is not None:
            check_moved(scene, kept, typed)
        at = self._time(scene, kept) if typed is None else typed
        if new == old and at == kept.at:
            raise InputError(Code.EMPTY, "text")
        return self._draft(scene, kept, new, at)

    def _check_names(self, old: Fact) -> None:
        """Refuse a field that stays as it was said."""
        names = {*self.changes, *(["text"] if self.text is not None else [])} - {"at"}
        for name in sorted(names):
            another = name == "event" and self.changes[name] != ""
            if another or name not in AMENDABLE[type(old)]:
                raise InputError(Code.NOT_UNDERSTOOD, name, fixed=name)
            if name in self.changes:
                check_value(name, self.changes[name])
            if name in OF_AN_ACT:
                within(str(self.changes[name]), name, OF_AN_ACT[name])

    def _changed(self, scene: Scene, old: Fact, at: dt.datetime) -> Fact:
        changes = {name: value for name, value in self.changes.items() if name != "at"}
        new = dataclasses.replace(old, **changes)  # type: ignore[arg-type] # names were checked
        if new == old and "at" not in self.changes and not isinstance(old, SlotMissed):
            raise InputError(Code.EMPTY, "text")
        return checked_serious(new) if isinstance(new, EventSerious) else _checked(scene, new, at)

    def _time(self, scene: Scene, kept: Kept[Fact]) -> dt.datetime:
        moved = self.changes.get("at") or self.at
        if moved is None:
            return kept.at
        if not isinstance(moved, dt.datetime):
            raise InputError(Code.NOT_UNDERSTOOD, "at", token=str(moved))
        if moved > scene.now:
            raise InputError(Code.FUTURE, "at")
        check_moved(scene, kept, moved)
        return moved

    def _draft(self, scene: Scene, kept: Kept[Fact], new: Fact, at: dt.datetime) -> Draft:
        return Draft(new, at, scene.new_uid(), kept.entry.uid, self.reason.strip())


def _checked(scene: Scene, new: Fact, at: dt.datetime) -> Fact:
    """Hold an amended entry against the rules for one that is made anew."""
    if isinstance(new, Rated):
        scales.check_answers(scales.get(new.scale), new.answers)
    elif isinstance(new, AlertAcknowledged):
        action, told = plain_text(new.action, "action"), plain_or_none(new.told, "told")
        return dataclasses.replace(new, action=action, told=told)
    elif isinstance(new, Discharged):
        return put_right(scene, new, at)
    elif isinstance(new, DeviceGiven | Prepared | Wasted | RemainderKept):
        return _relabelled(scene, new, at)
    elif isinstance(new, DoseGiven):
        _check_given(scene, new)
    if isinstance(new, Started | Resumed | RateChanged):
        runnable(scene.session, new.rate_ml_h)
    if isinstance(new, PumpStep):
        pump_display(scene.session, new.pump_ml)
    return new


def _check_given(scene: Scene, new: DoseGiven) -> None:
    if new.minutes is not None:
        check_pushed(scene.session, new.minutes)
        at_most(amount(new.minutes, "minutes"), LONGEST_MINUTES, "minutes", "min")
    check_site(scene.session, new.site)


Labelled = DeviceGiven | Prepared | Wasted | RemainderKept


def _relabelled(scene: Scene, new: Labelled, at: dt.datetime) -> Fact:
    """Return what bears a lot, once label and opened vials are what they can be."""
    if isinstance(new, DeviceGiven):
        if scene.session.by_device:
            check_sprays(scene.session.by_device, new.sprays)
        known = [product.id for product in scene.session.protocol.products]
        if new.product and new.product not in known:
            raise InputError(Code.OUT_OF_RANGE, "product", allowed=tuple(known))
        lot, expiry = device_label(scene, new.lot, new.expiry, at)
        return dataclasses.replace(new, lot=lot, expiry=expiry)
    if isinstance(new, Prepared):
        return _prepared(scene, new, at)
    return dataclasses.replace(new, lot=lot_number(new.lot)) if bears_a_lot(new) else new


def _prepared(scene: Scene, new: Prepared, at: dt.datetime) -> Prepared:
    lot = lot_number(new.lot)
    expiry = expiry_date(new.expiry, scene.overview.local(at).date(), lot)
    product = scene.session.protocol.product(new.product)
    made = dataclasses.replace(new, lot=lot, expiry=expiry)
    if new.drawn_ml is None or new.strength_mg_per_ml is None:
        if new.vial_ml is not None or new.vials is not None:
            raise InputError(Code.DIFFERS, "vials", first="pieces", second="mL")
        return made
    if product is None:
        return made
    held = opened(product, new.vial_ml, new.vials)
    if held is not None:
        at_most(new.drawn_ml, held, "drawn_ml", "mL")
    mg = None if held is None else held * new.strength_mg_per_ml
    return dataclasses.replace(made, opened_mg=mg)
