"""The kinds of marks of the session chart: each is drawn on screen and on paper.

Every time here is an instant in UTC; nothing is worded.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from monitor.schedule import SlotState
from monitor.sides import Side
from monitor.vitals import BloodPressure, Reading, Sign


@dataclass(frozen=True, slots=True)
class OffScale:
    """A value that its axis does not reach; it stands in words at the edge."""

    sign: Sign
    value: int
    above: bool


@dataclass(frozen=True, slots=True)
class Was:
    """What a reading said before an amendment, and when it was said to have been taken."""

    reading: Reading
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Point:
    """One reading, at the instant it was measured. What is None was not taken.

    Attributes:
        was: What amendments took out, oldest first.
        off_scale: What of it lies beyond its axis.
        alerts: Numbers of the alerts it raised.
        entered: When it was first entered.
        by: Whose entry it is, by name.
        slot: The name of the slot that it closed; empty for an extra reading.
        not_taken: Signs that were said not to have been taken.
    """

    uid: str
    at: dt.datetime
    reading: Reading
    entered: dt.datetime
    by: str
    was: tuple[Was, ...] = ()
    off_scale: tuple[OffScale, ...] = ()
    alerts: tuple[str, ...] = ()
    slot: str = ""
    not_taken: tuple[Sign, ...] = ()

    @property
    def bp(self) -> BloodPressure | None:
        """Return the blood pressure."""
        return self.reading.bp

    @property
    def mean(self) -> int | None:
        """Return the mean arterial pressure, calculated."""
        return self.bp.mean if self.bp else None

    @property
    def systolic(self) -> int | None:
        """Return the systolic pressure."""
        return self.bp.systolic if self.bp else None

    @property
    def diastolic(self) -> int | None:
        """Return the diastolic pressure."""
        return self.bp.diastolic if self.bp else None

    @property
    def replaced(self) -> tuple[BloodPressure, ...]:
        """Return the pressures that amendments took out; only those that differ."""
        return tuple(was.reading.bp for was in self.out(Sign.BP) if was.reading.bp)

    def level(self, sign: Sign) -> int | None:
        """Return what stands on the axis of a sign; for blood pressure, the systolic."""
        return level(self.reading, sign)

    def out(self, sign: Sign) -> Iterator[Was]:
        """Tell what amendments took out of a sign, oldest first, each value once."""
        seen = {self.reading.value(sign)}
        for old in self.was:
            found = old.reading.value(sign)
            if found is not None and found not in seen:
                seen.add(found)
                yield old


def level(reading: Reading, sign: Sign) -> int | None:
    """Return a whole figure of a sign; for blood pressure, the systolic."""
    found = reading.value(sign)
    if isinstance(found, BloodPressure):
        return found.systolic
    return found if isinstance(found, int) else None


class RunKind(enum.StrEnum):
    """What a stretch of the infusion is."""

    RUN = "run"
    PAUSE = "pause"
    PLANNED = "planned"
    RAN_OUT = "ran-out"  # it must be empty by now, and nobody has said that it ended


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the infusion band.

    Attributes:
        rate_ml_h: 0 in a pause.
        share: The rate as a part of the highest one, 0 to 1: the band's height.
        given_mg: What this stretch gave; 0 for a planned one.
    """

    kind: RunKind
    start: dt.datetime
    end: dt.datetime
    rate_ml_h: Decimal
    share: float
    given_mg: Decimal


@dataclass(frozen=True, slots=True)
class DeviceMark:
    """A nasal device, at the instant it was used."""

    number: int
    at: dt.datetime
    mg: Decimal


@dataclass(frozen=True, slots=True)
class PortionMark:
    """A dose, or a part of it, given by hand: at the instant when its giving began."""

    at: dt.datetime
    mg: Decimal


@dataclass(frozen=True, slots=True)
class ClockSpan:
    """A clock that runs from a device to the end of the stay.

    Attributes:
        since: The number of the device it counts from.
        minutes: Whole minutes so far, rounded down.
        reached: When the door's time is (or was) up; None for a clock the door does not
            wait for, and where that instant is not known.
    """

    since: int
    start: dt.datetime
    end: dt.datetime
    minutes: int
    reached: dt.datetime | None


@dataclass(frozen=True, slots=True)
class SlotMark:
    """A due mark on the time axis: it stands at the due time, readings are never moved.

    Attributes:
        measured: When it was closed, to draw the stroke of a late one.
    """

    name: str
    due: dt.datetime
    state: SlotState
    measured: dt.datetime | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class EventMark:
    """A numbered event, as in the table of events.

    Attributes:
        until: When a side effect was over, else how far the record goes; None for anything
            that has no length.
        is_open: Whether nobody has said that it is over.
        severity: "mild", "moderate", "severe", or empty.
        sort: What an event is about: "effect", "drug", "told" or "note".
    """

    number: int
    at: dt.datetime
    text: str
    kind: str
    until: dt.datetime | None = None
    is_open: bool = False
    severity: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class AlertMark:
    """A numbered alert, as in the table of alerts.

    Attributes:
        state: "open", "acknowledged" or "withdrawn".
        sign: Whose limit was crossed: the lane in which its flag stands.
        level: Where on that lane the value stood that crossed it; None where the sign has none.
        side: On which side of the limit it lies.
    """

    number: str
    at: dt.datetime
    state: str
    sign: Sign
    level: int | None
    side: Side = Side.BEYOND


@dataclass(frozen=True, slots=True)
class ScoreMark:
    """A rating, at the instant it was taken. `total` is None unless every item was answered."""

    at: dt.datetime
    title: str
    total: int | None
    most: int
    answered: int
    items: int


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A bound across its axis; a single reading beyond it raises an alert.

    Attributes:
        part: "systolic", "diastolic", or empty where the sign has one value.
        above: Whether it is what lies over it that crosses it.
    """

    sign: Sign
    value: int
    part: str = ""
    above: bool = True


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled instant of the time axis, as the clinic's clock showed it.

    Attributes:
        date: The new day, where it changed since the tick before.
        shifted: By how many minutes the clock was put forward (or back, negative) since then.
    """

    at: dt.datetime
    local: dt.datetime
    date: dt.date | None = None
    shifted: int = 0
