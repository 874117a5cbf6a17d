"""What stands on paper and in tables for what the record holds: times, amounts, names, codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitor.entries import Criterion, Leaving
from monitor.history import HistoryGap
from monitor.overview import (
    AlertView,
    ConditionView,
    EventView,
    GapView,
    LocalTime,
    SessionOverview,
)
from monitor.people import Author
from monitor.schedule import SlotState
from monitor.units import plain
from monitor.vitals import Sign

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
NOT_RECORDED = "not recorded"

_PLACES = {"mg": 3, "mL": 2, "mL/h": 2, "mg/mL": 4, "kg": 1, "min": 2, "cm": 1, "%": 2}
"""Decimal places in print: enough to tell what was worked out, no more."""

SIGN_WORDS = {
    Sign.BP: "BP",
    Sign.HEART_RATE: "HR",
    Sign.SPO2: "SpO₂",
    Sign.RESP: "Resp",
    Sign.SEDATION: "MOAA/S",
    Sign.DISSOCIATION: "dissociation",
    Sign.ANXIETY: "anxiety",
    Sign.NAUSEA: "nausea",
    Sign.PAIN: "pain",
    Sign.TEMPERATURE: "temperature",
    Sign.OXYGEN: "oxygen",
    Sign.FIO2: "FiO₂",
    Sign.ETCO2: "EtCO₂",
}


def number(value: Decimal, places: int | None = None) -> str:
    """Write a number as ISMP asks: no trailing zero, a comma from 1,000 on, a true minus."""
    text = plain(value, places)
    whole, point, part = text.lstrip("-").partition(".")
    return f"{MINUS if text.startswith('-') else ''}{int(whole):,}{point}{part}"


def amount(value: Decimal | None, unit: str) -> str:
    """Write an amount with its unit, "24.5 mg"; None is "not recorded"."""
    return NOT_RECORDED if value is None else f"{number(value, _PLACES.get(unit))} {unit}"


def signed(value: int) -> str:
    """Write minutes or another difference with its sign, "+2"; none at all is nothing."""
    return "" if value == 0 else f"{'+' if value > 0 else MINUS}{abs(value)}"


def plural(count: int, word: str, many: str = "") -> str:
    """Write "1 alert", "2 alerts"."""
    return f"{count} {word if count == 1 else many or word + 's'}"


def lasted(span: dt.timedelta) -> str:
    """Write whole minutes, rounded down; what is shorter than one in seconds, "21 s"."""
    minutes, seconds = divmod(int(span.total_seconds()), 60)
    return f"{seconds} s" if not minutes and seconds else f"{minutes} min"


def shortened(text: str, most: int) -> str:
    """Return one line of at most so many characters; the whole text stands elsewhere."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def sentence(text: str) -> str:
    """Return the text with a capital first."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Times:
    """Writes instants in the clinic's time.

    Attributes:
        day: The local date of the session; other days are named.
        offset: The offset from UTC at its start; another one is named, as the same hour
            may come twice.
    """

    local: LocalTime
    day: dt.date
    offset: dt.timedelta | None

    @classmethod
    def of(cls, overview: SessionOverview) -> Times:
        """Return the writer for a session."""
        begun = overview.local(overview.started_at or overview.opened_at)
        return cls(overview.local, begun.date(), begun.utcoffset())

    def clock(self, instant: dt.datetime | None) -> str:
        """Write "10:20"; another day "03-03 00:20"; another offset "02:20 (+01:00)"."""
        if instant is None:
            return DASH
        local = self.local(instant)
        text = f"{local:%H:%M}"
        if local.date() != self.day:
            text = f"{local:%m-%d} {text}"
        return text if local.utcoffset() == self.offset else f"{text} ({_offset(local)})"

    def stamp(self, instant: dt.datetime) -> str:
        """Write "2026-03-02 12:31:47 +01:00"."""
        local = self.local(instant)
        return f"{local:%Y-%m-%d %H:%M:%S} {_offset(local)}"

    def day_and_clock(self, instant: dt.datetime) -> str:
        """Write "2026-03-02 12:31"."""
        return f"{self.local(instant):%Y-%m-%d %H:%M}"

    def date(self, instant: dt.datetime) -> str:
        """Write "2026-03-02 Mon"."""
        local = self.local(instant)
        return f"{local:%Y-%m-%d} {_WEEKDAYS[local.weekday()]}"


_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")  # never in the system's language


def _offset(local: dt.datetime) -> str:
    text = local.isoformat()[-6:]
    return text.replace("-", MINUS)


class Initials:
    """Short names for narrow columns, one for each person, and the line that explains them."""

    def __init__(self, staff: Sequence[Author], prints: Callable[[str], bool]) -> None:
        self._short: dict[str, str] = {}
        self._people: dict[str, Author] = {}
        for author in staff:
            self._add(author, prints)
        self._prints = prints

    def _add(self, author: Author, prints: Callable[[str], bool]) -> str:
        base = author.initials if author.initials and prints(author.initials) else "P"
        taken = set(self._short.values())
        short, n = base, 2
        while short in taken or short == "P":
            short, n = f"{base}{n if base != 'P' else n - 1}", n + 1
        self._short[author.user], self._people[author.user] = short, author
        return short

    def __call__(self, author: Author | None) -> str:
        """Return the initials of a person, "NK"; a second "NK" is "NK2"."""
        if author is None:
            return ""
        return self._short.get(author.user) or self._add(author, self._prints)

    def line(self) -> str:
        """Return "NK Nina Kowal, RN · DS Dana Silva, MD"."""
        return " · ".join(f"{short} {person(self._people[u])}" for u, short in self._short.items())


def family(overview: SessionOverview) -> str:
    """Write drug and route, "ketamine IV": the word that tells the drug families apart."""
    route = overview.route
    return f"{overview.drug} {route.upper() if route in _SHORT_ROUTES else route}"


_SHORT_ROUTES = {"iv", "im", "sc"}


def person(author: Author) -> str:
    """Write "Nina Kowal, RN"."""
    return ", ".join(part for part in (author.name, author.credential) if part)


def closed(state: SlotState | None, minutes: int | None) -> str:
    """Say how a slot was closed: "late +7"; a reading that closed none is an extra one."""
    if state is None:
        return "extra reading"
    return f"{state.value} {signed(minutes or 0)}".strip()


def alert_state(alert: AlertView, times: Times) -> str:
    """Say when an alert was acknowledged, and how long that took."""
    if alert.state == "withdrawn":
        return "withdrawn: not crossed any more"
    if alert.acknowledged_at is None:
        return "not acknowledged"
    gone = int((alert.acknowledged_at - alert.at) / dt.timedelta(minutes=1))
    return f"{times.clock(alert.acknowledged_at)}, {f'{gone} min' if gone > 0 else 'at once'}"


_STEPS = {
    "started": "Infusion started",
    "paused": "Infusion paused",
    "resumed": "Infusion resumed",
    "rate changed": "Rate changed",
    "stopped": "Infusion stopped",
    "finished": "Dose finished",
    "readiness": "Readiness checklist",
}

LEFT = {
    Leaving.HOME: "Discharged home",
    Leaving.TRANSFERRED: "Transferred",
    Leaving.AGAINST_ADVICE: "Left against advice",
}


def happened(event: EventView) -> str:
    """Say what an event was; steps of the dose have words of ours, the rest stands as typed."""
    if event.kind == "event":
        words = event.text
    elif event.kind == "discharged":
        words = {how.value: said for how, said in LEFT.items()}.get(event.text, event.text)
    else:
        step = _STEPS.get(event.kind, sentence(event.kind))
        words = f"{step}, {event.text}" if event.text else step
    return f"{words}: {event.reason}" if event.reason else words


_CRITERIA = {
    Criterion.DEATH: "death",
    Criterion.LIFE_THREATENING: "life-threatening",
    Criterion.HOSPITALISED: "hospitalised",
    Criterion.DISABILITY: "disability or permanent damage",
    Criterion.IMPORTANT: "medically important",
}


def criteria_words(criteria: Sequence[Criterion]) -> str:
    """Say what makes an event serious: "life-threatening, hospitalised"."""
    return ", ".join(_CRITERIA[each] for each in criteria)


def open_event(gap: GapView, overview: SessionOverview) -> str:
    """Say which event a gap is about, since when and how bad; empty for any other gap."""
    found = [e for e in overview.events if gap.code == "event-open" and gap.about == str(e.number)]
    times = Times.of(overview)
    said = (
        ", ".join(filter(None, (e.text, _unsaid(e), f"since {times.clock(e.at)}"))) for e in found
    )
    return "".join(f": {each}" for each in said)


def _unsaid(event: EventView) -> str:
    """Return how bad an event is where its own words do not say it."""
    severity = str(event.severity or "")
    return "" if severity in event.text.casefold().split() else severity


_GAPS = {
    "slot-overdue": "Slot {about} is overdue",
    "slot-missed": "Slot {about} was missed",
    "slot-late": "Slot {about} was late",
    "slot-early": "Slot {about} was early",
    "alert-open": "Alert {about} is not acknowledged",
    "event-open": "Event {about} is not resolved",
    "overrun": "The pump ran longer than what was prepared allows",
    "dose-open": "The patient left before the dose was ended",
    "rating-incomplete": "Rating {about} is incomplete",
    "unaccounted": "Drug is unaccounted for",
    "vial-open": "Nothing is said of the rest of the vial, lot {about}",
    "implausible": "{about}: the value is beyond what is plausible, and was confirmed",
    "order-missing": "The drug was begun before anybody ordered it",
    "order-verbal": "The order was only spoken",
    "check-missing": "The dose was given without a second check",
    "not-prepared": "Before the start nobody wrote down what was drawn up",
    "override": "A rule was overridden: {about}",
    "left-unexplained": "Nobody said why the patient left otherwise than home",
    "home-unmet": "Home, though by the record as it stands this was not met: {about}",
    "deviation": "What was prepared is not what was calculated",
    "device-incomplete": "Device {about} gave fewer sprays than it holds",
    "devices-left": "Nothing is said of {about} of the devices ordered",
}


_ABOUT = {
    "earlier": "a dose that was worked out anew",
    "check-missing": "no second check",
    "too-much": "dose above the protocol’s cap",
    "too-early": "device before its rest was over",
    "baseline-missing": "no baseline",
    "pre-dose-hold": "blood pressure before the dose",
    "door-closed": "home before the door was open",
}
"""What a gap is about, where that is a code: of an override, the rule that was let go."""


def let_through(code: str) -> str:
    """Say what a prescriber let go through, by the code that had refused it."""
    return _ABOUT.get(code, code.replace("-", " "))


def gap_words(gap: GapView) -> str:
    """Say what is missing before a signature."""
    known = _GAPS.get(gap.code)
    about = _ABOUT.get(gap.about, gap.about)
    if gap.code == "home-unmet":
        about = _unmet(gap.about)
    if gap.code == "implausible":
        about = SIGN_WORDS[Sign(gap.about.partition("/")[2])] if "/" in gap.about else "Weight"
    if gap.code == "unaccounted" and gap.about:
        return f"Drug of {about} is unaccounted for"
    if known:
        return known.format(about=about)
    return " ".join((sentence(gap.code.replace("-", " ")), gap.about)).strip()


def _unmet(condition: str) -> str:
    code, _, sign = condition.partition(" ")
    return SIGN_WORDS[Sign(sign)] if sign else _UNMET.get(code, code)


_UNMET = {
    "dose-ended": "the end of the dose",
    "time": "the minimum time",
    "time-since-end": "the time since the end",
    "time-since-last-device": "the time since the last device",
    "sedation": "MOAA/S",
    "dissociation": "dissociation",
    "spo2": "SpO₂",
    "oxygen": "oxygen",
    "resp": "Resp",
    "checklist": "the checklist",
    "escort": "somebody who goes along",
}


def history_words(gap: HistoryGap, times: Times) -> str:
    """Say what is missing of the clinic's record, and who noted it."""
    since, until = times.day_and_clock(gap.since), times.day_and_clock(gap.until)
    written = f"on {since}" if since == until else f"from {since} to {until}"
    said = f"A part of it is missing: what was written {written}, in this session or in others."
    if gap.noticed_at is None or gap.noticed_by is None:
        return f"{said} Nobody has noted it yet."
    return f"{said} Noted {times.day_and_clock(gap.noticed_at)} by {person(gap.noticed_by)}."


_CONDITIONS = {
    "dose-ended": "Dose ended",
    "time": "At least {needed} min",
    "time-since-end": "At least {needed} min since the end",
    "time-since-last-device": "At least {needed} min since the last device",
    "sedation": "MOAA/S at least {needed}",
    "dissociation": "Dissociation at most {needed}",
    "spo2": "SpO₂ at least {needed} %",
    "oxygen": "Oxygen at most {needed}",
    "resp": "Resp at least {needed}",
    "limit": "{sign} {needed}",
    "checklist": "Checklist ticked in full",
    "escort": "Somebody goes along",
}
_WITHOUT = {"oxygen": "none given", "checklist": "not gone through", "escort": "nobody named"}
"""What is said of a condition that has no evidence."""
_UNITS = {"spo2": " %"}  # oxygen comes with its own: litres or a percentage


def condition_words(condition: ConditionView) -> str:
    """Say what the door waits for, and the value that it rests on."""
    known = _CONDITIONS.get(condition.code)
    sign = SIGN_WORDS[condition.limit.sign] if condition.limit else ""
    words = sentence(condition.code)
    if known:
        words = sentence(known.format(needed=condition.needed, sign=sign))
    if condition.code == "dose-ended":
        return words
    if condition.evidence is None:
        return f"{words}: {_WITHOUT.get(condition.code, 'not taken')}"
    unit = " min" if condition.code.startswith("time") else _UNITS.get(condition.code, "")
    told = "; no baseline to compare it with" if condition.limit and condition.missing else ""
    return f"{words}: {condition.evidence}{unit}{told}"
