"""What falls due in all chairs in the next forty minutes, on one line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.overview import LocalTime, SessionOverview
from monitor.reminders import Awaited, reminders
from monitor.schedule import SlotState
from ui.presenters.due import awaited_name
from ui.presenters.words import MINUTE, chair_sign

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
    first += (-(local.present(first).minute) % 5) * MINUTE
    ticks = []
    while first <= end:
        at = local.present(first)
        labelled = at.minute % 10 == 0 and abs(first - now) > 2 * MINUTE
        ticks.append((share(first), f"{at:%H:%M}" if labelled else ""))
        first += 5 * MINUTE
    here, marks = f"{local.present(now):%H:%M}", sorted(marks, key=lambda mark: mark.share)
    return AheadFace(share(now), here, tuple(ticks), tuple(marks))


def _ahead_of(
    overview: SessionOverview, now: dt.datetime
) -> list[tuple[dt.datetime, str, str, str]]:
    """Return (when by the record's clock, chair, what, tone) of all that is to come in a chair."""
    sign, family = chair_sign(overview.chair), overview.drug
    later, now = overview.local.timeline.ahead, overview.own(now)
    made = []
    for each in reminders(overview, now):
        if each.due is None or each.what not in (Awaited.SLOT, Awaited.DEVICE):
            continue
        late = each.state is SlotState.OVERDUE
        at = max(each.due, now) if each.what is Awaited.DEVICE else each.due
        words = "Vitals" if each.what is Awaited.SLOT else awaited_name(each)
        made.append((at, sign, words, "overdue" if late else family))
    return [(at + later, chair, what, tone) for at, chair, what, tone in made]
