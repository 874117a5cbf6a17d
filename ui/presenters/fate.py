"""What becomes of a reading if Enter is pressed now: the slot it closes, or why that is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.entry_line import ParsedReading
from monitor.errors import MonitorError
from monitor.overview import ReadingView, SessionOverview
from monitor.phases import Phase
from monitor.protocols.protocol import Anchor, SlotRule
from monitor.schedule import CLOSED, Slot, SlotState, TakenReading, draw_grid, slot_for
from monitor.slot_naming import named_slot, wants_reason
from monitor.slots import NEWEST, in_its_minute
from monitor.vitals import FULL_SET, Sign
from ui.presenters.reasons import AMENDED, NOT_TAKEN, OUTSIDE
from ui.presenters.words import LONG_NAMES, SIGN_NAMES, clock, signed, slot_name
from ui.wording import sentence

STORES = "stores it"
ASKS_WHY = "asks why"


@dataclass(frozen=True, slots=True)
class Fate:
    """Where a reading goes.

    Attributes:
        goes: "closes Vitals 20, 6 min late", "extra reading", "before the start: baseline".
        said: One sentence more, where there is one.
        enter: What Enter does; empty where it would be refused.
        why: What Enter asks for a reason about; empty where it asks nothing.
        picks: Reasons that are often given.
        unsure: What Enter asks about once, whatever its values are; empty for nothing.
    """

    goes: str = ""
    said: str = ""
    enter: str = STORES
    why: str = ""
    picks: tuple[str, ...] = ()
    unsure: str = ""


def fate(
    parsed: ParsedReading,
    overview: SessionOverview,
    rules: Sequence[SlotRule],
    now: dt.datetime,
) -> Fate:
    """Return what becomes of a reading that was read so, by the protocol's rules."""
    at = parsed.measured_at or now
    if parsed.slot:
        return _named(parsed, overview, at)
    taken = _taken(parsed, overview, now)
    closes = _closed_by(taken, overview, now)
    if closes is not None:
        said = _for_the_door(parsed, overview)
        return Fate(closing_words(closes), said, unsure=_unsure(closes, overview, at))
    waiting = slot_for(overview.slots, taken)
    not_newest = _too_late(overview, taken) or _too_old(waiting, rules, now - at)
    if not_newest:
        return Fate("extra reading", not_newest)
    lacking = partial(parsed, overview, now)
    if lacking is not None:
        slot, lacks = lacking
        said = f"Without {names(lacks)} it closes no slot: {slot_name(slot.name)} stays open."
        why = f"Why no {names(lacks)}? Left empty: extra reading."
        unsure = _unsure(slot, overview, at)
        return Fate("extra reading", said, ASKS_WHY, why, NOT_TAKEN, unsure)
    return Fate("extra reading", _not_full(parsed, overview) or _for_the_door(parsed, overview))


def _for_the_door(parsed: ParsedReading, overview: SessionOverview) -> str:
    """Return what a full set after the dose lacks for the patient to leave; empty for nothing."""
    waits = {each.code for each in overview.door}
    lacks = parsed.reading.lacks(frozenset({Sign.SEDATION, Sign.DISSOCIATION}))
    lacks = tuple(sign for sign in lacks if sign.value in waits)
    leaving = overview.phase in (Phase.RECOVERY, Phase.OBSERVATION, Phase.READY)
    if not lacks or not leaving or parsed.reading.lacks(FULL_SET):
        return ""
    named = " and ".join(LONG_NAMES[sign].lower() for sign in lacks)
    return f"To leave, a set must hold {named} as well."


def fate_of_amended(
    parsed: ParsedReading, row: ReadingView, overview: SessionOverview, now: dt.datetime
) -> Fate:
    """Return what becomes of a reading that takes the place of another one."""
    at = parsed.measured_at or row.measured
    here = clock(overview.local, row.measured)
    try:
        if parsed.slot and parsed.slot != row.slot:
            named_slot(overview.slots, parsed.slot, at, instead_of=row.uid)
    except MonitorError as error:
        return Fate("", sentence(error, overview.local), "")
    closes = _closed_by(_instead_of(row, parsed, overview, at), overview, now)
    goes, said = f"amends {here}", ""
    if closes is not None and closes.name != row.slot:
        goes += f", {closing_words(closes)}"
    elif closes is None and row.slot:
        said = f"It closes {slot_name(row.slot)} no more."
    return Fate(goes, said, ASKS_WHY, f"Why is the reading of {here} amended?", AMENDED)


def _instead_of(
    row: ReadingView, parsed: ParsedReading, overview: SessionOverview, at: dt.datetime
) -> TakenReading:
    """Return a reading as the grid would see it in the place of another."""
    course = overview.observed
    known = (each for each in (course.readings if course else ()) if each.uid == row.uid)
    old = next(known, TakenReading(row.uid, row.measured, row.entered, row.reading))
    return replace(old, measured=at, reading=parsed.reading, named_slot=parsed.slot)


def partial(
    parsed: ParsedReading, overview: SessionOverview, now: dt.datetime
) -> tuple[Slot, tuple[Sign, ...]] | None:
    """Return the slot that would be closed if it were said why signs are missing, and which.

    None where nothing is asked: no slot waits, or none of its signs is in the line at all.
    """
    if parsed.slot:
        return None
    slot = _closed_by(_taken(parsed, overview, now, reason="given"), overview, now)
    if slot is None or _has_a_set(slot, overview):
        return None
    lacks = parsed.reading.lacks(slot.required)
    about = set(parsed.reading.taken()) | set(parsed.not_taken)
    return (slot, lacks) if lacks and about & slot.required else None


def closing_words(closes: Slot) -> str:
    """Return what a reading does to its slot: "closes Vitals 20, 6 min late"."""
    if closes.anchor is Anchor.BASELINE:
        return "before the start: baseline"
    minutes = closes.minutes or 0
    return f"closes {slot_name(closes.name)}{_off(closes.state, minutes)}"


def names(signs: tuple[Sign, ...]) -> str:
    """Return signs in a list: "SpO₂, Resp"."""
    return ", ".join(SIGN_NAMES[sign] for sign in signs)


def _off(state: SlotState, minutes: int) -> str:
    if state in (SlotState.LATE, SlotState.EARLY):
        return f", {abs(minutes)} min {state.value}"
    return f", {signed(minutes)} min" if minutes else ""


def _named(parsed: ParsedReading, overview: SessionOverview, at: dt.datetime) -> Fate:
    try:
        slot = named_slot(overview.slots, parsed.slot, at)
    except MonitorError as error:
        return Fate("", sentence(error, overview.local), "")
    goes = f"closes {slot_name(slot.name)}"
    if not wants_reason(slot, parsed.reading, at):
        return Fate(goes)
    lacks = parsed.reading.lacks(slot.required)
    if lacks:
        said = f"{slot_name(slot.name)} wants {names(lacks)} as well, or the reason."
        return Fate(goes, said, ASKS_WHY, f"Why no {names(lacks)}?", NOT_TAKEN)
    window = " to ".join(clock(overview.local, at) for at in (slot.opens, slot.closes) if at)
    said = f"Outside the window of {slot_name(slot.name)}, {window}."
    return Fate(goes, said, ASKS_WHY, f"Why {slot_name(slot.name)} outside its window?", OUTSIDE)


def _closed_by(taken: TakenReading, overview: SessionOverview, now: dt.datetime) -> Slot | None:
    """Return the slot that a reading closes: the grid is drawn as if it were stored."""
    course = overview.observed
    if course is None:
        return slot_for(overview.slots, taken)
    others = (each for each in course.readings if each.uid != taken.uid)
    slots = draw_grid(replace(course, readings=(*others, taken)), now).slots
    return next((slot for slot in slots if slot.reading == taken.uid), None)


def _unsure(slot: Slot, overview: SessionOverview, at: dt.datetime) -> str:
    """Say that a set would be the baseline though it may be of after the start; else empty."""
    start = overview.started_at
    if slot.anchor is not Anchor.BASELINE or start is None or not in_its_minute(at, start):
        return ""
    return f"{clock(overview.local, start)} is the minute of the start; this becomes the baseline"


def _too_late(overview: SessionOverview, taken: TakenReading) -> str:
    """Say that a full set with the start's own minute takes no baseline's place; else empty."""
    start, base = overview.started_at, overview.reference
    if start is None or base is None or not taken.is_full(FULL_SET):
        return ""
    if not in_its_minute(taken.measured, start):
        return ""
    began, kept = clock(overview.local, start), clock(overview.local, base.measured)
    return f"The dose began at {began}: the baseline stays that of {kept}."


def _too_old(slot: Slot | None, rules: Sequence[SlotRule], age: dt.timedelta) -> str:
    """Say that a set is too old for a slot that takes the newest one; empty where it is not."""
    if slot is None:
        return ""
    most = next((rule.before for rule in rules if rule.name == slot.name), 0)
    fixed = slot.anchor is Anchor.BASELINE and slot.due is not None  # by its window, then
    if slot.anchor not in NEWEST or fixed or age <= dt.timedelta(minutes=most):
        return ""
    return f"Too old for {slot_name(slot.name)}, which are at most {most} min old."


def _has_a_set(slot: Slot, overview: SessionOverview) -> bool:
    """Tell whether a slot that takes the newest set has one already: then a part is an extra."""
    if slot.anchor not in NEWEST:
        return False
    return any(each.name == slot.name and each.state in CLOSED for each in overview.slots)


def _not_full(parsed: ParsedReading, overview: SessionOverview) -> str:
    due = [s for s in overview.slots if s.state in (SlotState.DUE, SlotState.OVERDUE)]
    lacks = parsed.reading.lacks(FULL_SET)
    if lacks and not due and overview.door and overview.closed_at is None:
        return "Not a full set: the door goes by the newest full set."
    if not due or not lacks:
        return ""
    return f"Without {names(lacks)} it closes no slot; {slot_name(due[0].name)} stays open."


def _taken(
    parsed: ParsedReading, overview: SessionOverview, now: dt.datetime, reason: str = ""
) -> TakenReading:
    at = parsed.measured_at or now
    begun = overview.started_at is not None
    return TakenReading("", at, now, parsed.reading, reason, parsed.slot, begun)


def unlikely(parsed: ParsedReading) -> str:
    """Return which values of a reading are asked about once, in words; empty for none."""
    return " and ".join(LONG_NAMES[sign] for sign in parsed.implausible)
