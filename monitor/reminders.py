"""What a person is waited for, and since when: the one answer for screen, tray, report and exports.

Everything here follows from an overview and the present instant, in the session's own time.
Nothing here names a patient: what is announced can be read by whoever stands near.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.overview import SessionOverview
from monitor.phases import Phase
from monitor.schedule import Slot, SlotState, fresh_until


class Awaited(enum.StrEnum):
    """What is waited for."""

    SLOT = "slot"  # vital signs
    DEVICE = "device"  # the next nasal device
    REST = "rest"  # the rest of a dose that is given by hand
    FINISH = "finish"  # that somebody says when an infusion that has run out ended
    ALERT = "alert"  # that somebody says what was done


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that a person in a session is waited for.

    Attributes:
        name: The slot's name, the device's number, the alert's number; empty for a rest.
        state: Later, due or overdue.
        due: When it falls due; None where it has no time (a baseline before the start, what a
            pause puts off).
        until: The end of its window; from then on it is overdue.
    """

    session_id: str
    chair: str
    drug: str
    what: Awaited
    name: str
    state: SlotState
    due: dt.datetime | None
    until: dt.datetime | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what tells it from any other."""
        return self.session_id, self.what.value, self.name


FINISH_WITHIN = dt.timedelta(minutes=5)
"""An infusion that has run out is overdue to be said to have ended after as long as a reminder
takes to come round."""

_OPEN = (SlotState.OVERDUE, SlotState.DUE, SlotState.LATER)


def reminders(overview: SessionOverview, now: dt.datetime) -> tuple[Reminder, ...]:
    """Return what is waited for in a session, the most pressing first.

    Args:
        overview: The session; what was due when it was looked at may be overdue by now.
        now: The present instant in the session's own time (`overview.own`).
    """
    if overview.closed_at is not None:
        return ()  # whoever has left is waited for no more; what was not made is a gap
    found = [*_slots(overview, now), *_device(overview, now), *_rest(overview), *_alerts(overview)]
    found += _finish(overview, now)
    found.sort(key=lambda each: (_OPEN.index(each.state), each.due or now))
    return tuple(found)


def standing(slot: Slot, now: dt.datetime) -> SlotState:
    """Return where a slot stands now; one that was open when looked at may be overdue since."""
    if slot.state not in _OPEN:
        return slot.state
    if slot.waits or (slot.opens is not None and now < slot.opens):
        return SlotState.LATER
    if slot.closes is not None and now > slot.closes:
        return SlotState.OVERDUE
    return slot.state if slot.state is SlotState.OVERDUE else SlotState.DUE


def has_moved_on(overview: SessionOverview, now: dt.datetime) -> bool:
    """Tell whether time alone has changed something since a session was looked at.

    Args:
        overview: The session as it was seen.
        now: The present instant in the session's own time.
    """
    course = overview.observed
    marks = [slot.opens for slot in overview.slots]
    marks += [overview.device_opens_at, overview.planned_end, overview.ended_at]
    marks += [overview.series_opens, *(condition.opens_at for condition in overview.door)]
    ends = [slot.closes for slot in overview.slots if slot.state in _OPEN]
    ends += [fresh_until(slot, course) for slot in overview.slots] if course else []
    marks += [at + dt.datetime.resolution for at in ends if at is not None]  # it belongs to each
    return any(at is not None and overview.seen_at < at <= now for at in marks)


def _slots(overview: SessionOverview, now: dt.datetime) -> Iterator[Reminder]:
    for slot in overview.slots:
        state = standing(slot, now)
        if state in _OPEN:
            times = (None, None) if slot.waits else (slot.due, slot.closes)
            yield _made(overview, Awaited.SLOT, slot.name, state, *times)


def _device(overview: SessionOverview, now: dt.datetime) -> Iterator[Reminder]:
    opens, given = overview.device_opens_at, len(overview.devices)
    if opens is not None and given < overview.devices_ordered:
        state = SlotState.LATER if now < opens else SlotState.DUE
        yield _made(overview, Awaited.DEVICE, str(given + 1), state, opens)


def _rest(overview: SessionOverview) -> Iterator[Reminder]:
    if overview.phase is Phase.GIVING and overview.ended_at is None:
        yield _made(overview, Awaited.REST, "", SlotState.DUE, None)


def _finish(overview: SessionOverview, now: dt.datetime) -> Iterator[Reminder]:
    end = overview.planned_end
    if overview.phase is Phase.INFUSING and end is not None and end <= now:
        until = end + FINISH_WITHIN
        state = SlotState.DUE if now <= until else SlotState.OVERDUE
        yield _made(overview, Awaited.FINISH, "", state, end, until)


def _alerts(overview: SessionOverview) -> Iterator[Reminder]:
    for alert in overview.alerts:
        if alert.state == "open":
            since = alert.raised or alert.at  # nobody knew before
            yield _made(overview, Awaited.ALERT, alert.number, SlotState.DUE, since)


def _made(
    overview: SessionOverview,
    what: Awaited,
    name: str,
    state: SlotState,
    due: dt.datetime | None,
    until: dt.datetime | None = None,
) -> Reminder:
    return Reminder(
        overview.session_id, overview.chair, overview.drug, what, name, state, due, until
    )
