"""The tables of what happened in sessions: readings, slots, events and ratings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from monitor.overview import (
    AlertView,
    EventView,
    ReadingView,
    ScoreView,
    SessionOverview,
    SlotView,
)
from monitor.people import Author
from monitor.vitals import BloodPressure, Reading, Sign
from reports.tables import slot_name
from reports.whole_tables.column import NEVER, NOT_TAKEN, Column, TableOf
from reports.wording import SIGN_WORDS, criteria_words, person

_OF_SESSION = "The session's short name, as in sessions.csv."


def _code(seen: SessionOverview, _: object) -> str:
    return seen.code


# --- readings -------------------------------------------------------------------------------


def _sign(
    name: str, meaning: str, value: Callable[[Reading], object], unit: str
) -> Column[ReadingView]:
    return Column(name, meaning, lambda _, row: value(row.reading), unit, NOT_TAKEN)


_SIGNS = (
    _sign("systolic_mmhg", "Systolic.", lambda r: r.bp.systolic if r.bp else None, "mmHg"),
    _sign("diastolic_mmhg", "Diastolic.", lambda r: r.bp.diastolic if r.bp else None, "mmHg"),
    _sign(
        "map_calculated_mmhg",
        "Mean pressure, worked out: (systolic + 2 × diastolic) ÷ 3.",
        lambda r: r.bp.mean if r.bp else None,
        "mmHg",
    ),
    _sign("heart_rate_per_min", "Heart rate.", lambda r: r.heart_rate, "/min"),
    _sign("spo2_percent", "SpO₂ by pulse oximeter.", lambda r: r.spo2, "%"),
    _sign("resp_per_min", "Respirations.", lambda r: r.resp, "/min"),
    _sign("moaa_s", "Sedation, MOAA/S, 0 to 5 (5: awake).", lambda r: r.sedation, "of 5"),
    _sign("dissociation", "As the patient rates it, 0 to 10.", lambda r: r.dissociation, "of 10"),
    _sign("anxiety", "As the patient rates it, 0 to 10.", lambda r: r.anxiety, "of 10"),
    _sign("nausea", "As the patient rates it, 0 to 10.", lambda r: r.nausea, "of 10"),
    _sign("pain", "As the patient rates it, 0 to 10.", lambda r: r.pain, "of 10"),
    _sign("temperature_c", "Body temperature.", lambda r: r.temperature, "°C"),
    _sign("oxygen_l_per_min", "Oxygen given; 0 is room air.", lambda r: r.oxygen, "L/min"),
    _sign("fio2_percent", "FiO₂.", lambda r: r.fio2, "%"),
    _sign("etco2_mmhg", "EtCO₂.", lambda r: r.etco2, "mmHg"),
    _sign("side", "Which arm or leg.", lambda r: r.side, ""),
    _sign("position", "The patient's position.", lambda r: r.position, ""),
    _sign("cuff", "The cuff.", lambda r: r.cuff, ""),
)


def _replaced(_: SessionOverview, row: ReadingView) -> str:
    return "; ".join(_apart(old, row.reading) for old in row.replaced)


def _apart(old: Reading, new: Reading) -> str:
    apart = [sign for sign in Sign if old.value(sign) != new.value(sign)]
    return ", ".join(f"{SIGN_WORDS[sign]} {_shown(old, sign)}" for sign in apart)


def _shown(reading: Reading, sign: Sign) -> str:
    value = reading.value(sign)
    if isinstance(value, BloodPressure):
        return value.text
    return "not taken" if value is None else str(value)


def _not_taken(_: SessionOverview, row: ReadingView) -> str:
    return ", ".join(SIGN_WORDS[sign] for sign in row.not_taken)


READINGS: TableOf[ReadingView] = TableOf(
    "readings.csv",
    "a reading, as it stands",
    lambda seen: seen.readings,
    (
        Column("session", _OF_SESSION, _code, empty=NEVER),
        Column("measured", "When it was measured, local time.", lambda _, r: r.measured),
        Column("entered", "When it was first entered, local time.", lambda _, r: r.entered),
        Column(
            "slot",
            "The planned observation it closed, as slots.csv names it.",
            lambda _, r: slot_name(r.slot) if r.slot else None,
            empty="extra",
        ),
        Column(
            "closed",
            "How it closed it: on time, early or late.",
            lambda _, r: r.state.value if r.state else None,
            empty="extra",
        ),
        Column("off_due_min", "By how much.", lambda _, r: r.minutes, "min", "extra"),
        *_SIGNS,
        Column("not_taken", "Signs somebody said were not taken.", _not_taken, empty="none"),
        Column("replaced", "What it said before it was amended.", _replaced, empty="not amended"),
        Column("alerts", "Alerts it raised.", lambda _, r: ", ".join(r.alerts), empty="none"),
        Column("by", "Who entered it.", lambda _, r: person(r.by), empty=NEVER),
        Column("note", "Reason or note, as typed.", lambda _, r: r.note, empty="none"),
    ),
)


# --- slots ----------------------------------------------------------------------------------

SLOTS: TableOf[SlotView] = TableOf(
    "slots.csv",
    "a planned observation",
    lambda seen: seen.slots,
    (
        Column("session", _OF_SESSION, _code, empty=NEVER),
        Column(
            "slot",
            "Its name: minutes from the start (10), or from the end of the dose (end+15).",
            lambda _, s: slot_name(s.name),
            empty=NEVER,
        ),
        Column(
            "due",
            "When it was due, local time.",
            lambda _, s: None if s.waits else s.due,
            empty="no time yet, or put off by a pause that goes on",
        ),
        Column(
            "state",
            "on time, early, late, missed, overdue, due or later.",
            lambda _, s: s.state.value,
            empty=NEVER,
        ),
        Column("off_due_min", "By how much.", lambda _, s: s.minutes, "min", "not closed"),
        Column("reason", "Why, as typed.", lambda _, s: s.reason, empty="none given"),
    ),
)


# --- events ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Happening:
    """One row of the table of events.

    Attributes:
        kind: "event", "alert", or a step of the dose as the ledger names it.
    """

    kind: str
    at: dt.datetime
    entered: dt.datetime | None
    text: str
    by: Author | None
    resolved: dt.datetime | None = None
    severity: str = ""
    reason: str = ""
    serious: str = ""
    state: str = ""
    told: str = ""


def _event(event: EventView) -> Happening:
    serious = event.serious
    return Happening(
        event.kind,
        event.at,
        event.entered,
        event.text,
        event.by,
        event.resolved,
        event.severity.value if event.severity else "",
        event.reason,
        criteria_words(serious.criteria) if serious else "",
    )


def _alert(alert: AlertView) -> Happening:
    return Happening(
        "alert",
        alert.at,
        alert.raised,
        f"{alert.number} {alert.limit.id} {alert.value}",
        alert.acknowledged_by,
        alert.acknowledged_at,
        reason=alert.action,
        state=alert.state,
        told=alert.told,
    )


def _happenings(seen: SessionOverview) -> tuple[Happening, ...]:
    found: Iterable[Happening] = (*map(_event, seen.events), *map(_alert, seen.alerts))
    return tuple(sorted(found, key=lambda row: row.at))


EVENTS: TableOf[Happening] = TableOf(
    "events.csv",
    "an event, a step of the dose or an alert",
    _happenings,
    (
        Column("session", _OF_SESSION, _code, empty=NEVER),
        Column("kind", "event, alert, or a step of the dose.", lambda _, r: r.kind, empty=NEVER),
        Column("at", "When it happened, local time.", lambda _, r: r.at, empty=NEVER),
        Column("entered", "When it was entered; of an alert, raised.", lambda _, r: r.entered),
        Column("text", "What, as typed; of an alert its limit and value.", lambda _, r: r.text),
        Column("severity", "mild, moderate or severe.", lambda _, r: r.severity, empty="not said"),
        Column(
            "resolved",
            "When it was over; of an alert, acknowledged.",
            lambda _, r: r.resolved,
            empty="not over, or not said",
        ),
        Column("serious", "Why it is serious.", lambda _, r: r.serious, empty="not serious"),
        Column("state", "Of an alert.", lambda _, r: r.state, empty="no alert"),
        Column("reason", "Why, or what was done, as typed.", lambda _, r: r.reason, empty="none"),
        Column("told", "Who was told.", lambda _, r: r.told, empty="nobody named"),
        Column(
            "by",
            "Who entered it; of an alert, acknowledged it.",
            lambda _, r: person(r.by) if r.by else None,
            empty="an alert that is open",
        ),
    ),
)


# --- ratings --------------------------------------------------------------------------------


def _answers(_: SessionOverview, row: ScoreView) -> str:
    return " ".join("-" if answer is None else str(answer) for answer in row.answers)


RATINGS: TableOf[ScoreView] = TableOf(
    "ratings.csv",
    "a rating scale as answered",
    lambda seen: seen.scores,
    (
        Column("session", _OF_SESSION, _code, empty=NEVER),
        Column("at", "When it was rated, local time.", lambda _, r: r.at, empty=NEVER),
        Column("entered", "When it was entered, local time.", lambda _, r: r.entered, empty=NEVER),
        Column("scale", "The scale's id.", lambda _, r: r.scale, empty=NEVER),
        Column("scale_version", "Its version.", lambda _, r: r.version, empty=NEVER),
        Column("answers", "Each item in order; - is one without an answer.", _answers),
        Column("total", "Their sum.", lambda _, r: r.total, "", "not every item was answered"),
        Column("most", "The greatest sum there is.", lambda _, r: r.most, empty=NEVER),
        Column("band", "The band it falls into.", lambda _, r: r.band, empty="none"),
        Column("by", "Who entered it.", lambda _, r: person(r.by), empty=NEVER),
    ),
)
