"""What falls due in all chairs in the next forty minutes, on one line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.overview import LocalTime, SessionOverview
from monitor.schedule import SlotState
from ui.presenters.due import waiting_slots
from ui.presenters.words import MINUTE, chair_sign, clock

BEFORE, AFTER = 5 * MINUTE, 41 * MINUTE
"""The line of what is ahead shows so much of the past and of what comes."""


@dataclass(frozen=True, slots=True)
class AheadMark:
    """Something that falls due, on the line over all chairs.

    Attributes:
        share: How far along the line, 0 to 1.
        tone: The drug family, or "overdue".
    """

    share: float
    sign: str
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class AheadFace:
    """The line of what is ahead."""

    now_share: float
    now: str
    ticks: tuple[tuple[float, str], ...]
    marks: tuple[AheadMark, ...]


def ahead(
    open_sessions: Sequence[SessionOverview], now: dt.datetime, local: LocalTime
) -> AheadFace:
    """Return what falls due in all chairs in the next forty minutes, on one line."""
    start, end = now - BEFORE, now + AFTER

    def share(at: dt.datetime) -> float:
        return (at - start) / (end - start)

    marks = [
        AheadMark(share(max(at, start)), sign, words, tone)
        for overview in open_sessions
        for at, sign, words, tone in _ahead_of(overview, now)
        if at <= end
    ]
    first = start.replace(second=0, microsecond=0)
    first += (-(local(first).minute) % 5) * MINUTE
    ticks = []
    while first <= end:
        labelled = local(first).minute % 10 == 0 and abs(first - now) > 2 * MINUTE
        ticks.append((share(first), clock(local, first) if labelled else ""))
        first += 5 * MINUTE
    return AheadFace(
        share(now), clock(local, now), tuple(ticks), tuple(sorted(marks, key=lambda m: m.share))
    )


def _ahead_of(
    overview: SessionOverview, now: dt.datetime
) -> list[tuple[dt.datetime, str, str, str]]:
    sign, family = chair_sign(overview.chair), overview.drug
    made = [
        (slot.due, sign, "Vitals", "overdue" if state is SlotState.OVERDUE else family)
        for state, slot in waiting_slots(overview, now)
        if slot.due
    ]
    opens, given = overview.device_opens_at, len(overview.devices)
    if opens and given < overview.devices_ordered:
        made.append((max(opens, now), sign, f"Device {given + 1}", family))
    return made
