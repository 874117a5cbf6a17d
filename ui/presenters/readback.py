"""The read-back: what a line is understood as, while it is still being typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from monitor.acts.events import begins_another, event_ended, still_open
from monitor.alerts import Taken
from monitor.entries import EventKind
from monitor.entry_line import ParsedEvent, ParsedReading, SoFar, understood_so_far
from monitor.errors import Code, InputError, RefusedError
from monitor.overview import EventView, ReadingView, SessionOverview
from monitor.protocols.protocol import Protocol
from monitor.sides import Side
from monitor.vitals import Reading, Sign
from ui.presenters.abnormal import Abnormal, abnormal, abnormal_words
from ui.presenters.fate import STORES, Fate, fate, fate_of_amended, unlikely
from ui.presenters.limits import limit_words
from ui.presenters.words import (
    SIGN_NAMES,
    change,
    clock,
    measured,
    number,
    when,
)
from ui.wording import sentence

ASKS_AGAIN = "asks once more"
WILL_ASK = ": Enter asks once more before it is stored."
NOT_A_READING = "A reading takes a reading's place; an event is noted in a line of its own."


@dataclass(frozen=True, slots=True)
class Chip:
    """One understood value.

    Attributes:
        more: How it differs from the baseline.
        bad: Whether it is beyond a limit, or will be asked about.
        side: On which side of a limit of the protocol it lies; None for none.
    """

    name: str
    value: str
    more: str = ""
    bad: bool = False
    side: Side | None = None

    @property
    def said(self) -> str:
        """Return it as it is read out: "SpO₂ 92 %, below a limit"."""
        words = " ".join(filter(None, (self.name, self.value, self.more)))
        return f"{words}, {limit_words(self.side)}" if self.side else words


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What stands beside the entry line.

    Attributes:
        chips: In the order of typing.
        goes: Where it will go: "closes Vitals 20, 6 min late", "extra reading", "event".
        said: One sentence.
        tone: Of the sentence: "text_2", or "alert" where a person must look.
        enter: What Enter will do; empty where it would be refused.
        why: What Enter asks for a reason about; empty where it asks nothing.
        picks: Reasons that are often given.
    """

    chips: tuple[Chip, ...] = ()
    goes: str = ""
    said: str = ""
    tone: str = "text_2"
    enter: str = ""
    why: str = ""
    picks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads lines as one session's protocol and clock understand them."""

    protocol: Protocol
    zone: dt.tzinfo

    def read(self, text: str, overview: SessionOverview, now: dt.datetime) -> ReadBack:
        """Return the read-back of what has been typed so far."""
        if not text.strip():
            return ReadBack()
        so_far = self._so_far(text, overview, now)
        if isinstance(so_far.parsed, ParsedEvent):
            return _event(so_far.parsed, overview)
        if so_far.parsed is None:
            return _refused(so_far, overview)
        taken = Taken("", so_far.parsed.measured_at or now, so_far.parsed.reading)
        found = abnormal(taken, overview, self.protocol.baseline)
        end = fate(so_far.parsed, overview, self.protocol.slots, now)
        return self._reading(so_far.parsed, so_far, overview, end, found)

    def read_amended(
        self, text: str, row: ReadingView, overview: SessionOverview, now: dt.datetime
    ) -> ReadBack:
        """Return the read-back of a line that is to take a reading's place."""
        so_far = self._so_far(text, overview, now)
        if isinstance(so_far.parsed, ParsedEvent):
            return ReadBack((), "", NOT_A_READING, "alert")
        if so_far.parsed is None:
            return _refused(so_far, overview)
        end = fate_of_amended(so_far.parsed, row, overview, now)
        at = so_far.parsed.measured_at or row.measured
        taken = Taken(row.uid, at, so_far.parsed.reading)
        found = abnormal(taken, overview, self.protocol.baseline, amends=row.uid)
        return self._reading(so_far.parsed, so_far, overview, end, found)

    def refusal(self, text: str, overview: SessionOverview, now: dt.datetime) -> str:
        """Return why a line would be refused as it stands, unfinished words included."""
        problem = self._so_far(text, overview, now).problem
        return sentence(problem, overview.local) if problem else ""

    def _so_far(self, text: str, overview: SessionOverview, now: dt.datetime) -> SoFar:
        return understood_so_far(
            text,
            now=now,
            zone=overview.local.timeline.zone(self.zone),
            effects=self.protocol.effects,
            drugs=self.protocol.drugs,
        )

    def _reading(
        self,
        parsed: ParsedReading,
        so_far: SoFar,
        overview: SessionOverview,
        end: Fate,
        found: Abnormal,
    ) -> ReadBack:
        chips = _chips(parsed, overview, found.sides)
        if so_far.problem is not None:
            return replace(_refused(so_far, overview), chips=chips)
        if not end.enter:
            return ReadBack(chips, "", end.said, "alert")
        at = f"Measured {when(overview, parsed.measured_at)}. " if parsed.measured_at else ""
        said = f"{at}{end.said}".strip()
        read = ReadBack(chips, end.goes, said, "text_2", end.enter, end.why, end.picks)
        unusual = f"{unlikely(parsed)} is unusual" if parsed.implausible else ""
        if unusual or end.unsure:
            said = f"{'; '.join(filter(None, (unusual, end.unsure)))}{WILL_ASK}"
            return replace(read, said=at + said, tone="alert", enter=ASKS_AGAIN)
        if found:
            opens = f" and {found.opening}" if found.opens and end.enter == STORES else ""
            said = abnormal_words(found, overview)
            return replace(read, said=at + said, tone="alert", enter=end.enter + opens)
        return read


def _refused(so_far: SoFar, overview: SessionOverview) -> ReadBack:
    """Return why Enter would refuse the line; nothing yet while a word is being typed."""
    if so_far.problem is None or so_far.unfinished:
        return ReadBack()
    return ReadBack((), "", sentence(so_far.problem, overview.local), "alert")


_EVENTS = {
    EventKind.NOTE: "Note",
    EventKind.TOLD: "Told",
    EventKind.DRUG: "Given",
    EventKind.EFFECT: "Event",
}
_NOT_OVER = "This begins a new one and ends none; to end one, type its word and “over” alone."
_NAME_ALONE = "How much and by which way is not said; type it behind the name."


def _over(parsed: ParsedEvent, ended: EventView, overview: SessionOverview) -> ReadBack:
    chips = (Chip("Over", ended.text, f"since {clock(overview.local, ended.at)}"),)
    if parsed.at and parsed.at < ended.at.replace(second=0, microsecond=0):
        error = InputError(Code.OUT_OF_RANGE, "at", began=overview.local(ended.at))
        return ReadBack(chips, "", sentence(error), "alert")
    at = f" at {clock(overview.local, parsed.at)}" if parsed.at else ""
    return ReadBack(chips, f"over{at}", "", "text_2", STORES)


def _event(parsed: ParsedEvent, overview: SessionOverview) -> ReadBack:
    """Return what an event is understood as: that it begins, how bad it is, or that it is over."""
    at = f" at {clock(overview.local, parsed.at)}" if parsed.at else ""
    ended = event_ended(parsed, overview.events)
    if ended is not None:
        return _over(parsed, ended, overview)
    if parsed.ends:
        error = RefusedError(Code.NOTHING_OPEN, what="event", name=parsed.text)
        return ReadBack((Chip("Over", parsed.text),), "", sentence(error), "alert")
    name = _EVENTS[parsed.sort]
    told = parsed.sort is EventKind.TOLD
    chips = [Chip(name, parsed.text[5:].lstrip() if told else parsed.text)]
    if parsed.severity is not None:
        chips.append(Chip("Severity", parsed.severity.value))
    if begins_another(parsed, overview.events):
        return ReadBack(tuple(chips), f"new event{at}", _NOT_OVER, "alert", STORES)
    open_one = still_open(parsed, overview.events)
    if open_one is not None:
        since = clock(overview.local, open_one.at)
        word = parsed.text.split()[0]
        said = f"{open_one.text} is open since {since}: this is another. “{word} over” ends it."
        return ReadBack(tuple(chips), f"new event{at}", said, "alert", STORES)
    bare = parsed.sort is EventKind.DRUG and len(parsed.text.split()) == 1
    said = _NAME_ALONE if bare else ""
    return ReadBack(tuple(chips), f"{name.casefold()}{at}", said, "text_2", STORES)


def _chips(
    parsed: ParsedReading, overview: SessionOverview, sides: Mapping[Sign, Side]
) -> tuple[Chip, ...]:
    base = overview.reference.reading if overview.reference else None
    reading, bad = parsed.reading, {*sides, *parsed.implausible}
    made = []
    for sign in parsed.order:
        value = reading.value(sign)
        if value is not None:
            more = change(sign, value, base)[1] if sign in _COMPARED | set(sides) else ""
            if sign in _WAS and more and base is not None:
                more = f"was {number(base.value(sign))}"
            said = _value(sign, reading)
            made.append(Chip(SIGN_NAMES[sign], said, more, sign in bad, sides.get(sign)))
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
