"""The due list: what falls due next, overdue first, and what was closed last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from monitor.overview import LocalTime, SessionOverview, SlotView
from monitor.phases import Phase
from monitor.schedule import CLOSED, SlotState
from ui.presenters.words import amount, clock, countdown, late_by, slot_name

_MOST = 6
_OPEN_ORDER = (SlotState.OVERDUE, SlotState.DUE, SlotState.LATER)


@dataclass(frozen=True, slots=True)
class DueRow:
    """One line of the list.

    Attributes:
        slot: The slot's name; empty for what is no slot.
        state: "overdue", "due", "later", "done" or "missed".
        can_miss: Whether it can be given as missed now.
    """

    slot: str
    state: str
    name: str
    when: str
    left: str
    can_miss: bool = False


@dataclass(frozen=True, slots=True)
class DueFace:
    """What the panel shows."""

    note: str
    waiting: tuple[DueRow, ...]
    closed: tuple[DueRow, ...]


class DueView(Protocol):
    """What the presenter asks of the list."""

    def show_due(self, face: DueFace) -> None:
        """Show these lines; called every second, so only what changed is drawn."""
        ...


class DuePresenter:
    """Keeps the due list true from one second to the next."""

    def __init__(self, view: DueView) -> None:
        self._view = view

    def refresh(self, overview: SessionOverview, now: dt.datetime) -> None:
        """Show where every slot stands."""
        self._view.show_due(due_face(overview, now))


def standing(slot: SlotView, now: dt.datetime) -> SlotState:
    """Return where a slot stands now; one that was open when looked at may be overdue since."""
    if slot.state not in _OPEN_ORDER:
        return slot.state
    if slot.opens is not None and now < slot.opens:
        return SlotState.LATER
    if slot.closes is not None and now > slot.closes:
        return SlotState.OVERDUE
    return slot.state if slot.state is SlotState.OVERDUE else SlotState.DUE


def waiting_slots(overview: SessionOverview, now: dt.datetime) -> list[tuple[SlotState, SlotView]]:
    """Return the slots that nothing has closed, the most pressing first."""
    found = [(standing(slot, now), slot) for slot in overview.slots]
    open_ones = [(state, slot) for state, slot in found if state in _OPEN_ORDER]
    return sorted(open_ones, key=lambda each: (_OPEN_ORDER.index(each[0]), each[1].due or now))


def due_face(overview: SessionOverview, now: dt.datetime) -> DueFace:
    """Return the whole list."""
    waiting = waiting_slots(overview, now)
    rows = [_waiting_row(state, slot, now, overview.local) for state, slot in waiting]
    drug = device_row(overview, now) or rest_row(overview)
    if drug:
        rows.insert(0, drug)
    closed = [_closed_row(slot, overview.local) for slot in _newest_first(overview)]
    room = max(2, _MOST - len(rows))
    return DueFace(_note(waiting), tuple(rows[:_MOST]), tuple(closed[:room]))


def device_row(overview: SessionOverview, now: dt.datetime) -> DueRow | None:
    """Return the next nasal device as a line, while there is one to come."""
    opens, given = overview.device_opens_at, len(overview.devices)
    if opens is None or given >= overview.devices_ordered:
        return None
    name = f"Device {given + 1} of {overview.devices_ordered}"
    left = f"in {countdown(opens - now)}" if now < opens else "now"
    state = "later" if now < opens else "due"
    return DueRow("", state, name, clock(overview.local, opens), left)


def rest_row(overview: SessionOverview) -> DueRow | None:
    """Return what is left of a dose that is given by hand as a line, while some of it is."""
    if overview.phase is not Phase.GIVING or overview.ended_at is not None:
        return None
    return DueRow("", "due", f"{amount(overview.dose.left_mg)} mg to give", "", "now")


def _note(waiting: list[tuple[SlotState, SlotView]]) -> str:
    late = sum(state is SlotState.OVERDUE for state, _ in waiting)
    now = sum(state is SlotState.DUE for state, _ in waiting)
    parts = [f"{late} overdue"] if late else []
    return ", ".join([*parts, f"{now} now"] if now else parts)


def _waiting_row(state: SlotState, slot: SlotView, now: dt.datetime, local: LocalTime) -> DueRow:
    name = slot_name(slot.name)
    when = clock(local, slot.due) if slot.due else ""
    if state is SlotState.OVERDUE:
        late = late_by(now - slot.due) if slot.due else ""
        return DueRow(slot.name, "overdue", name, when, f"overdue {late}", can_miss=True)
    if state is SlotState.DUE:
        left = f"till {clock(local, slot.closes)}" if slot.closes else "now"
        return DueRow(slot.name, "due", name, when, left, can_miss=True)
    left = f"in {countdown(slot.due - now)}" if slot.due else ""
    return DueRow(slot.name, "later", name, when, left)


def _newest_first(overview: SessionOverview) -> list[SlotView]:
    done = [s for s in overview.slots if s.state in CLOSED or s.state is SlotState.MISSED]
    return sorted(done, key=lambda s: s.measured or s.due or overview.opened_at, reverse=True)


def _closed_row(slot: SlotView, local: LocalTime) -> DueRow:
    at = slot.measured or slot.due
    when = clock(local, at) if at else ""
    missed = slot.state is SlotState.MISSED
    return DueRow(
        slot.name, "missed" if missed else "done", slot_name(slot.name), when, how_closed(slot)
    )


def how_closed(slot: SlotView) -> str:
    """Return how a slot was closed: "on time", "late 7 min", "missed"."""
    if slot.state in (SlotState.LATE, SlotState.EARLY) and slot.minutes is not None:
        return f"{slot.state.value} {abs(slot.minutes)} min"
    return slot.state.value
