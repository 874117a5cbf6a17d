"""The due list: what falls due next, overdue first, and what was closed last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Protocol

from monitor.overview import LocalTime, SessionOverview, SlotView
from monitor.reminders import Awaited, Reminder, reminders
from monitor.schedule import CLOSED, SlotState
from ui.presenters.words import MINUTE, amount, clock, countdown, late_by, slot_name

_MOST = 6
RUN_OUT = "Infusion end"
"""What is waited for once an infusion has run out and nobody has said that it ended."""


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
    """What the panel shows.

    Attributes:
        nothing: What stands there without any line.
    """

    note: str
    waiting: tuple[DueRow, ...]
    closed: tuple[DueRow, ...]
    nothing: str = "Nothing is due yet."


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


def waiting_slots(overview: SessionOverview, now: dt.datetime) -> list[tuple[SlotState, SlotView]]:
    """Return the slots that nothing has closed, the most pressing first."""
    by_name = {slot.name: slot for slot in overview.slots}
    waited = reminders(overview, now)
    return [(each.state, by_name[each.name]) for each in waited if each.what is Awaited.SLOT]


def awaited_name(reminder: Reminder) -> str:
    """Return what is waited for, without saying for whom: "Vitals 20", "Device 2"."""
    if reminder.what is Awaited.SLOT:
        return slot_name(reminder.name)
    if reminder.what is Awaited.DEVICE:
        return f"Device {reminder.name}"
    if reminder.what is Awaited.FINISH:
        return RUN_OUT
    return "Alert" if reminder.what is Awaited.ALERT else "Rest of the dose"


def awaited_state(reminder: Reminder) -> str:
    """Return how it looks: "overdue", "due", "later" or "alert"."""
    return "alert" if reminder.what is Awaited.ALERT else reminder.state.value


def awaited_left(reminder: Reminder, now: dt.datetime, local: LocalTime) -> str:
    """Return how it stands: "in 1:40", "now, till 10:23", "overdue 4 min", "open 6 min"."""
    due = reminder.due
    if due is not None and reminder.what in _SINCE:
        return _since(reminder, due, now, local)
    if reminder.state is SlotState.OVERDUE:
        return f"overdue {late_by(now - due)}" if due else "overdue"
    if reminder.state is SlotState.LATER:
        return f"in {countdown(due - now)}" if due else ""
    if reminder.until:
        return f"now, till {clock(local, reminder.until)}"
    waited = due is not None and now - due >= MINUTE
    return f"due {late_by(now - due)}" if due and waited else "now"


def _since(reminder: Reminder, due: dt.datetime, now: dt.datetime, local: LocalTime) -> str:
    if reminder.what is Awaited.ALERT:
        return f"open {late_by(now - due)}"
    late = reminder.state is SlotState.OVERDUE
    return f"overdue {late_by(now - due)}" if late else f"since {clock(local, due)}"


_SINCE = (Awaited.ALERT, Awaited.FINISH)


def due_face(overview: SessionOverview, now: dt.datetime) -> DueFace:
    """Return the whole list."""
    waiting = waiting_slots(overview, now)
    rows = [_waiting_row(state, slot, now, overview.local) for state, slot in waiting]
    drug = drug_row(overview, now)
    if drug:
        rows.insert(0, drug)
    closed = [_closed_row(slot, overview.local) for slot in _newest_first(overview)]
    room = max(2, _MOST - len(rows))
    face = DueFace(_note(waiting), tuple(rows[:_MOST]), tuple(closed[:room]))
    return replace(face, nothing="Nothing is due any more.") if overview.closed_at else face


def drug_row(overview: SessionOverview, now: dt.datetime) -> DueRow | None:
    """Return what is to be done about the dose as a line.

    The next device is to be given, or the rest of a dose given by hand; or somebody is to say
    that an infusion which has run out ended.
    """
    for each in reminders(overview, now):
        if each.what is Awaited.FINISH and each.due is not None:
            left = awaited_left(each, now, overview.local)
            return DueRow("", each.state.value, RUN_OUT, clock(overview.local, each.due), left)
        if each.what is Awaited.DEVICE and each.due is not None:
            name = f"Device {each.name} of {overview.devices_ordered}"
            left = awaited_left(each, now, overview.local)
            return DueRow("", each.state.value, name, clock(overview.local, each.due), left)
        if each.what is Awaited.REST:
            return DueRow("", "due", f"{amount(overview.dose.left_mg)} mg to give", "", "now")
    return None


def _note(waiting: list[tuple[SlotState, SlotView]]) -> str:
    late = sum(state is SlotState.OVERDUE for state, _ in waiting)
    now = sum(state is SlotState.DUE for state, _ in waiting)
    parts = [f"{late} overdue"] if late else []
    return ", ".join([*parts, f"{now} now"] if now else parts)


def _waiting_row(state: SlotState, slot: SlotView, now: dt.datetime, local: LocalTime) -> DueRow:
    name = slot_name(slot.name)
    when = clock(local, slot.due) if slot.due else ""
    if state is SlotState.OVERDUE:
        late = f"overdue {late_by(now - slot.due)}" if slot.due else "overdue"
        return DueRow(slot.name, "overdue", name, when, late, can_miss=True)
    if state is SlotState.DUE:
        left = f"till {clock(local, slot.closes)}" if slot.closes else "now"
        return DueRow(slot.name, "due", name, when, left, can_miss=True)
    if slot.waits:
        return DueRow(slot.name, "later", name, "", "waits for the pump")
    left = f"in {countdown(slot.due - now)}" if slot.due else ""
    return DueRow(slot.name, "later", name, when, left)


def _newest_first(overview: SessionOverview) -> list[SlotView]:
    over = (SlotState.OVERDUE, SlotState.DUE) if overview.closed_at else ()
    done = [s for s in overview.slots if s.state in {*CLOSED, SlotState.MISSED, *over}]
    return sorted(done, key=lambda s: s.measured or s.due or overview.opened_at, reverse=True)


def _closed_row(slot: SlotView, local: LocalTime) -> DueRow:
    at = slot.measured or slot.due
    missed = slot.measured is None
    when = f"{'taken' if slot.measured else 'due'} {clock(local, at)}" if at else ""
    name = slot.name.capitalize() if slot.name.isalpha() else slot_name(slot.name)
    return DueRow(slot.name, "missed" if missed else "done", name, when, how_closed(slot))


def how_closed(slot: SlotView) -> str:
    """Return how a slot was closed: "on time", "late 7 min", "missed"."""
    if slot.state in (SlotState.LATE, SlotState.EARLY) and slot.minutes is not None:
        return f"{slot.state.value} {abs(slot.minutes)} min"
    return "not taken" if slot.state in (SlotState.OVERDUE, SlotState.DUE) else slot.state.value
