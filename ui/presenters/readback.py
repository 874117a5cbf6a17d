"""The read-back: what a line is understood as, while it is still being typed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.alerts import crossed
from monitor.entries import EventKind
from monitor.entry_line import ParsedEvent, ParsedReading, understood_so_far
from monitor.errors import InputError
from monitor.overview import SessionOverview
from monitor.protocols.protocol import Limit, Protocol
from monitor.schedule import Slot, SlotState, TakenReading, slot_for
from monitor.vitals import FULL_SET, Reading, Sign
from ui.presenters.words import LONG_NAMES, SIGN_NAMES, change, clock, measured, number
from ui.wording import sentence


@dataclass(frozen=True, slots=True)
class Chip:
    """One understood value.

    Attributes:
        more: How it differs from the baseline.
        bad: Whether it is over a limit, or will be asked about.
    """

    name: str
    value: str
    more: str = ""
    bad: bool = False


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What stands beside the entry line.

    Attributes:
        chips: In the order of the sheet.
        goes: Where it will go: "slot 20", "extra reading", "event".
        said: One sentence.
        tone: Of the sentence: "text_2", or "alert" where a person must look.
        enter: What Enter will do; empty where it would be refused.
    """

    chips: tuple[Chip, ...] = ()
    goes: str = ""
    said: str = ""
    tone: str = "text_2"
    enter: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads lines as one session's protocol and clock understand them."""

    protocol: Protocol
    zone: dt.tzinfo

    def read(self, text: str, overview: SessionOverview, now: dt.datetime) -> ReadBack:
        """Return the read-back of what has been typed so far."""
        if not text.strip():
            return ReadBack()
        effects, drugs = self.protocol.effects, self.protocol.drugs
        zone = overview.local.timeline.zone(self.zone)
        so_far = understood_so_far(text, now=now, zone=zone, effects=effects, drugs=drugs)
        problem = None if so_far.unfinished else so_far.problem
        if isinstance(so_far.parsed, ParsedEvent):
            return _event(so_far.parsed, overview)
        if so_far.parsed is None:
            return ReadBack() if problem is None else _refused(problem, overview)
        return self._reading(so_far.parsed, problem, overview, now)

    def missing(self, text: str, overview: SessionOverview, now: dt.datetime) -> tuple[Sign, ...]:
        """Return the required signs whose absence wants a reason, for a slot due now.

        Only where they were said not to have been taken ("-"): what was simply left out makes
        an extra reading, without a question.
        """
        so_far = understood_so_far(text, now=now, zone=overview.local.timeline.zone(self.zone))
        parsed = so_far.parsed
        if not isinstance(parsed, ParsedReading) or parsed.slot or so_far.problem:
            return ()
        at = parsed.measured_at or now
        closes = slot_for(self.slots(overview), _taken(parsed, at, now, reason="given"))
        if closes is None:
            return ()
        lacks = parsed.reading.lacks(closes.required)
        return lacks if lacks and set(lacks) <= set(parsed.not_taken) else ()

    def slots(self, overview: SessionOverview) -> tuple[Slot, ...]:
        """Return the slots as the grid knows them, with the signs that each requires."""
        required = {rule.name: rule.required for rule in self.protocol.slots}
        return tuple(
            Slot(
                s.name,
                s.anchor,
                s.due,
                s.opens,
                s.closes,
                s.state,
                s.reading,
                s.measured,
                s.entered,
                s.minutes,
                s.reason,
                s.was_missed,
                required.get(s.name, FULL_SET),
            )
            for s in overview.slots
        )

    def _reading(
        self,
        parsed: ParsedReading,
        problem: InputError | None,
        overview: SessionOverview,
        now: dt.datetime,
    ) -> ReadBack:
        over = crossed(overview.limits, parsed.reading)
        chips = _chips(parsed, overview, {limit.sign for limit, _ in over})
        if problem is not None:
            return ReadBack(chips, "", sentence(problem, overview.local), "alert")
        closes = slot_for(self.slots(overview), _taken(parsed, parsed.measured_at or now, now))
        goes = _goes(parsed, closes)
        stores = "stores it as an extra reading" if closes is None else "stores it"
        if parsed.measured_at:
            goes += f", measured {clock(overview.local, parsed.measured_at)}"
        if parsed.implausible:
            names = " and ".join(LONG_NAMES[sign] for sign in parsed.implausible)
            said = f"{names} is unusual: Enter asks once more before it is stored."
            return ReadBack(chips, goes, said, "alert", "asks once more")
        if over:
            said = _over(over, parsed.reading, overview)
            return ReadBack(chips, goes, said, "alert", f"{stores} and opens an alert")
        return ReadBack(chips, goes, _lacking(parsed, closes, overview), "text_2", stores)


def _refused(problem: InputError, overview: SessionOverview) -> ReadBack:
    return ReadBack((), "", sentence(problem, overview.local), "alert")


def _event(parsed: ParsedEvent, overview: SessionOverview) -> ReadBack:
    name = {
        EventKind.NOTE: "Note",
        EventKind.TOLD: "Told",
        EventKind.DRUG: "Given",
        EventKind.EFFECT: "Event",
    }[parsed.sort]
    words = parsed.text[5:] if parsed.sort is EventKind.TOLD else parsed.text
    at = f" at {clock(overview.local, parsed.at)}" if parsed.at else ""
    return ReadBack((Chip(name, words),), f"{name.casefold()}{at}", "", "text_2", "stores it")


def _taken(
    parsed: ParsedReading, at: dt.datetime, now: dt.datetime, reason: str = ""
) -> TakenReading:
    return TakenReading("", at, now, parsed.reading, reason, parsed.slot)


def _goes(parsed: ParsedReading, closes: Slot | None) -> str:
    if closes is None:
        return f"slot {parsed.slot}" if parsed.slot else "extra reading"
    if closes.state is SlotState.LATE and closes.minutes is not None:
        return f"slot {closes.name}, late {closes.minutes} min"
    return f"slot {closes.name}"


def _chips(parsed: ParsedReading, overview: SessionOverview, over: set[Sign]) -> tuple[Chip, ...]:
    base = overview.reference.reading if overview.reference else None
    reading, bad = parsed.reading, over | set(parsed.implausible)
    made = []
    for sign in Sign:
        value = reading.value(sign)
        if value is not None:
            more = change(sign, value, base)[1] if sign in _COMPARED else ""
            if sign in _WAS and more and base is not None:
                more = f"was {number(base.value(sign))}"
            made.append(Chip(SIGN_NAMES[sign], _value(sign, reading), more, sign in bad))
        elif sign in parsed.not_taken:
            made.append(Chip(SIGN_NAMES[sign], "not taken"))
    if reading.circumstances():
        made.append(Chip("", reading.circumstances()))
    return tuple(made)


_WAS = frozenset({Sign.SEDATION, Sign.DISSOCIATION})
_COMPARED = frozenset({Sign.BP, Sign.HEART_RATE}) | _WAS
_ALERT = 5  # MOAA/S of a person who is wide awake


def _value(sign: Sign, reading: Reading) -> str:
    value = reading.value(sign)
    if value is None:
        return ""
    awake = sign is Sign.SEDATION and value == _ALERT
    return f"{measured(sign, value)} (alert)" if awake else measured(sign, value)


def _over(over: tuple[tuple[Limit, str], ...], reading: Reading, overview: SessionOverview) -> str:
    parts = []
    for limit, value in over:
        if limit.sign is Sign.BP:
            parts.append(f"{value} is over the limit {limit.above}/{limit.above_diastolic}")
        elif limit.below is not None:
            parts.append(f"{LONG_NAMES[limit.sign]} {value} is below the limit {limit.below}")
        else:
            parts.append(f"{LONG_NAMES[limit.sign]} {value} is over the limit {limit.above}")
    said = "; ".join(parts)
    base = overview.reference.reading if overview.reference else None
    differs = change(Sign.BP, reading.bp, base)[1]
    if differs and base and base.bp:
        said += f", and {differs} from baseline {base.bp.text}"
    return f"{said}."


def _lacking(parsed: ParsedReading, closes: Slot | None, overview: SessionOverview) -> str:
    if closes is not None or parsed.slot:
        return ""
    due = [s for s in overview.slots if s.state in (SlotState.DUE, SlotState.OVERDUE)]
    lacks = parsed.reading.lacks(FULL_SET)
    if lacks and not due and overview.door and overview.closed_at is None:
        return "Not a full set: the door goes by the newest full set."
    if not due or not lacks:
        return ""
    names = ", ".join(SIGN_NAMES[sign] for sign in lacks)
    return f"Without {names} it closes no slot; {due[0].name} stays open."
