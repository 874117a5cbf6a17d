"""What falls due next in a chair, in one line: overdue, due now, later, or ready to leave."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.overview import ConditionView, LocalTime, SessionOverview, SlotView
from monitor.phases import Phase
from monitor.schedule import SlotState
from ui.presenters.due import RUN_OUT, DueRow, drug_row, waiting_slots
from ui.presenters.words import SIGN_NAMES, clock, countdown, late_by, slot_name


@dataclass(frozen=True, slots=True)
class NextDue:
    """What falls due next in a chair.

    Attributes:
        state: "overdue", "due", "later" or "ready".
        more: What else is known of it, where there is room: who takes the patient home.
    """

    state: str
    words: str
    left: str
    more: str = ""

    @property
    def short(self) -> str:
        """Return it in one breath: "Vitals 20 overdue 4 min", "Device 2 of 2 in 1:48"."""
        if self.state == "ready":
            return self.words
        name = self.words.partition(" due ")[0].partition(" from ")[0]
        return f"{name} {self.left[:1].lower()}{self.left[1:]}".rstrip()


def next_due(overview: SessionOverview, now: dt.datetime) -> NextDue | None:
    """Return the most pressing thing; None where nothing is planned yet."""
    waiting = waiting_slots(overview, now)
    state, slot = waiting[0] if waiting else (None, None)
    drug, late = drug_row(overview, now), state is SlotState.OVERDUE
    pressing = slot is not None and state in (SlotState.OVERDUE, SlotState.DUE)
    if drug and (not pressing or (drug.state == "overdue" and not late)):
        return _of_the_dose(drug)
    if slot is not None and pressing:
        return _due_now(slot, overview.local, now, late=late)
    if overview.phase is Phase.READY:
        return _ready(overview)
    if slot is not None and slot.due:
        return _due_later(slot, slot.due, overview.local, now)
    return _door(overview, now)


def _due_later(slot: SlotView, due: dt.datetime, local: LocalTime, now: dt.datetime) -> NextDue:
    if slot.waits:
        return NextDue("later", f"{slot_name(slot.name)} waits for the pump", "")
    words = f"{slot_name(slot.name)} due {clock(local, due)}"
    return NextDue("later", words, f"in {countdown(due - now)}")


def _due_now(slot: SlotView, local: LocalTime, now: dt.datetime, *, late: bool) -> NextDue:
    words = slot_name(slot.name) + (f" due {clock(local, slot.due)}" if slot.due else "")
    if late:
        return NextDue(
            "overdue", words, f"Overdue {late_by(now - slot.due)}" if slot.due else "now"
        )
    return NextDue("due", words, f"now, till {clock(local, slot.closes)}" if slot.closes else "now")


def _of_the_dose(row: DueRow) -> NextDue:
    said = " due " if row.name == RUN_OUT else " from "
    words = f"{row.name}{said}{row.when}" if row.when else row.name
    late = row.state == "overdue"
    return NextDue(row.state, words, row.left.capitalize() if late else row.left)


def _ready(overview: SessionOverview) -> NextDue:
    """Return that the door is open, since when, and who takes the patient home."""
    met = [at for each in overview.door if (at := each.opens_at or each.measured) is not None]
    since = f"since {clock(overview.local, max(met))}" if met else "all met"
    named = next((each.evidence for each in overview.door if each.code == "escort"), None)
    escort = named or overview.escort
    return NextDue("ready", "Ready to leave", since, f"escort {escort}" if escort else "")


def _door(overview: SessionOverview, now: dt.datetime) -> NextDue | None:
    """Return what the door waits for, once the dose is over and no vital signs are to come."""
    if overview.phase not in (Phase.RECOVERY, Phase.OBSERVATION):
        return None
    times = [each.opens_at for each in overview.door if each.opens_at and each.opens_at > now]
    if times:
        opens = max(times)
        words = f"Time is up at {clock(overview.local, opens)}"
        return NextDue("later", words, f"in {countdown(opens - now)}")
    missing = dict.fromkeys(_name(each) for each in overview.door if not each.met)
    missing.pop("", None)
    return NextDue("later", f"Before leaving: {', '.join(missing)}", "") if missing else None


def _name(condition: ConditionView) -> str:
    """Return what a condition of the door is called; empty for one of time."""
    if condition.limit is not None:
        return SIGN_NAMES[condition.limit.sign]
    return _NAMES.get(condition.code, "")


_NAMES = {
    "dose-ended": "end of the dose",
    "sedation": "sedation",
    "dissociation": "dissociation",
    "spo2": "SpO₂",
    "oxygen": "oxygen",
    "resp": "Resp",
    "checklist": "checklist",
    "escort": "escort",
}
