"""Amending: an entry that takes another's place, with a reason. Nothing is edited."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from monitor import scales
from monitor.acts.act import Act, Scene
from monitor.acts.dosing import check_device, positive
from monitor.acts.observing import alerts_of, parse, plain_text
from monitor.entries import (
    AlertAcknowledged,
    DeviceGiven,
    Discharged,
    Draft,
    EventNoted,
    Fact,
    Finished,
    Measured,
    Paused,
    RateChanged,
    Rated,
    Resumed,
    SlotMissed,
    Started,
    Stopped,
)
from monitor.entry_line import ParsedEvent
from monitor.errors import Code, InputError, NotFoundError, RefusedError
from monitor.session import Kept

AMENDABLE: dict[type[Fact], frozenset[str]] = {
    Measured: frozenset(),
    EventNoted: frozenset({"text"}),
    Rated: frozenset({"answers"}),
    Started: frozenset({"rate_ml_h", "pump_ml"}),
    Paused: frozenset({"pump_ml"}),
    Resumed: frozenset({"rate_ml_h", "pump_ml"}),
    RateChanged: frozenset({"rate_ml_h", "pump_ml"}),
    Stopped: frozenset({"pump_ml"}),
    Finished: frozenset({"pump_ml"}),
    DeviceGiven: frozenset({"lot", "expiry", "sprays"}),
    AlertAcknowledged: frozenset({"action", "told"}),
    SlotMissed: frozenset(),
    Discharged: frozenset({"escort"}),
}
"""What may be amended, and which of its fields. Order, weight and calculation are made anew
instead: the newest holds, and the dose must be worked out again."""


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
        changed = self._changed(scene, kept.what)
        return (self._draft(scene, kept, changed, self._time(scene, kept)),)

    def _reading(self, scene: Scene, kept: Kept[Fact], old: Measured) -> tuple[Draft, ...]:
        if self.text is None:
            raise InputError(Code.EMPTY, "text")
        parsed = parse(scene, self.text)
        if isinstance(parsed, ParsedEvent):
            raise InputError(Code.NOT_UNDERSTOOD, "text", token=self.text.split()[0])
        if parsed.implausible and not self.confirm:
            raise InputError(
                Code.IMPLAUSIBLE, parsed.implausible[0].value, asked=parsed.implausible
            )
        at = parsed.measured_at or self._time(scene, kept)
        new = Measured(
            parsed.reading,
            parsed.slot or old.slot,
            parsed.not_taken,
            parsed.implausible,
            self.text.strip(),
        )
        draft = self._draft(scene, kept, new, at)
        return (draft, *alerts_of(scene, parsed.reading, draft.uid, at))

    def _changed(self, scene: Scene, old: Fact) -> Fact:
        changes = {name: value for name, value in self.changes.items() if name != "at"}
        if self.text is not None:
            changes["text"] = plain_text(self.text, "text")
        for name in changes:
            if name not in AMENDABLE[type(old)]:
                raise InputError(Code.NOT_UNDERSTOOD, name, token=name)
        new = dataclasses.replace(old, **changes)  # type: ignore[arg-type] # names were checked
        if new == old and "at" not in self.changes and not isinstance(old, SlotMissed):
            raise InputError(Code.EMPTY, "text")
        _check(scene, new)
        return new

    def _time(self, scene: Scene, kept: Kept[Fact]) -> dt.datetime:
        moved = self.changes.get("at") or self.at
        if not isinstance(moved, dt.datetime):
            return kept.at
        if moved > scene.now:
            raise InputError(Code.FUTURE, "at")
        return moved

    def _draft(self, scene: Scene, kept: Kept[Fact], new: Fact, at: dt.datetime) -> Draft:
        return Draft(new, at, scene.new_uid(), kept.entry.uid, self.reason.strip())


def _check(scene: Scene, new: Fact) -> None:
    """Hold an amended entry against the rules for one that is made anew."""
    if isinstance(new, Rated):
        scales.check_answers(scales.get(new.scale), new.answers)
    elif isinstance(new, Started | Resumed | RateChanged):
        positive(new.rate_ml_h)
    elif isinstance(new, DeviceGiven) and scene.session.by_device:
        check_device(scene, scene.session.by_device, new.sprays, new.expiry)
    elif isinstance(new, AlertAcknowledged):
        plain_text(new.action, "action")
