"""What the tests of the due grid build their records from."""

from __future__ import annotations

import datetime as dt

from monitor.protocols.protocol import Anchor, SlotRule
from monitor.schedule import Anchors, Course, Grid, Missed, TakenReading, draw_grid
from monitor.vitals import BloodPressure, Reading

DAY = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
FULL = Reading(bp=BloodPressure(128, 82), heart_rate=76, spo2=98, resp=16)
PARTIAL = Reading(bp=BloodPressure(128, 82), heart_rate=76)

BASELINE = SlotRule("baseline", Anchor.BASELINE, before=30)
INFUSION = (
    BASELINE,
    *(SlotRule(str(m), Anchor.START, m, before=3, after=3) for m in (10, 20, 30, 40)),
    *(SlotRule(f"+{m}", Anchor.END, m, before=5, after=5) for m in (15, 30, 45, 60)),
)
ESKETAMINE = (
    BASELINE,
    SlotRule("40", Anchor.LAST_DEVICE, 40, before=10, after=10),
    SlotRule("60", Anchor.LAST_DEVICE, 60, before=5, after=5),
    SlotRule("90", Anchor.LAST_DEVICE, 90, before=5, after=5),
    SlotRule("closing", Anchor.CLOSING, 120, before=15),
)


def at(clock: str) -> dt.datetime:
    """The instant of "10:20" or "10:20:30" on the day of the tests."""
    parts = [int(part) for part in clock.split(":")]
    return DAY + dt.timedelta(hours=parts[0], minutes=parts[1], seconds=sum(parts[2:]))


def taken(
    clock: str,
    *,
    slot: str = "",
    reading: Reading = FULL,
    reason: str = "",
    entered: str = "",
) -> TakenReading:
    """A reading whose uid is the time at which it was measured."""
    return TakenReading(clock, at(clock), at(entered or clock), reading, reason, slot)


def infusion(
    look_at: str,
    *readings: TakenReading,
    end: str = "",
    closed: str = "",
    missed: tuple[Missed, ...] = (),
    start: str = "10:00",
    start_reason: str = "",
) -> Grid:
    """The grid of an infusion begun at 10:00."""
    anchors = Anchors(
        start=at(start) if start else None,
        end=at(end) if end else None,
        closed=at(closed) if closed else None,
        left_home=bool(closed),
        start_reason=start_reason,
    )
    return draw_grid(Course(INFUSION, 10, anchors, readings, missed), at(look_at))


def devices(
    look_at: str,
    *readings: TakenReading,
    complete: bool = True,
    closed: str = "",
    left_home: bool = True,
    missed: tuple[Missed, ...] = (),
) -> Grid:
    """The grid of 84 mg esketamine, devices at 10:00, 10:05 and 10:10."""
    anchors = Anchors(
        start=at("10:00"),
        last_device=at("10:10"),
        dose_complete=complete,
        closed=at(closed) if closed else None,
        left_home=left_home and bool(closed),
    )
    return draw_grid(Course(ESKETAMINE, 0, anchors, readings, missed), at(look_at))


def told(grid: Grid, *, baseline: bool = False) -> list[tuple[str, str, int | None]]:
    """Name, state and minutes of each slot, the baseline left out unless asked for."""
    return [
        (slot.name, slot.state.value, slot.minutes)
        for slot in grid.slots
        if baseline or slot.anchor is not Anchor.BASELINE
    ]


def state(grid: Grid, name: str) -> tuple[str, int | None]:
    """State and minutes of one slot."""
    return next(
        (state, minutes) for slot, state, minutes in told(grid, baseline=True) if slot == name
    )
