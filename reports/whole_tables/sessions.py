"""The table of sessions: one row each."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from monitor.overview import SessionOverview
from monitor.schedule import SlotState
from monitor.vitals import BloodPressure
from reports.whole_tables.column import NEVER, Column, TableOf
from reports.wording import person

Seen = SessionOverview


def _column(
    name: str,
    meaning: str,
    value: Callable[[Seen], object],
    unit: str = "",
    empty: str = "not recorded",
) -> Column[Seen]:
    return Column(name, meaning, lambda _, seen: value(seen), unit, empty)


def _counted(name: str, meaning: str, value: Callable[[Seen], int]) -> Column[Seen]:
    return _column(name, meaning, value, empty=NEVER)


def _slots(state: SlotState) -> Callable[[Seen], int]:
    return lambda seen: sum(slot.state is state for slot in seen.slots)


def _pressures(seen: Seen) -> list[BloodPressure]:
    return [row.reading.bp for row in seen.readings if row.reading.bp]


def _systolic(seen: Seen) -> int | None:
    return max((bp.systolic for bp in _pressures(seen)), default=None)


def _diastolic(seen: Seen) -> int | None:
    return max((bp.diastolic for bp in _pressures(seen)), default=None)


def _dissociation(seen: Seen) -> int | None:
    taken = (row.reading.dissociation for row in seen.readings)
    return max((value for value in taken if value is not None), default=None)


def _lowest_spo2(seen: Seen) -> int | None:
    return min((r.reading.spo2 for r in seen.readings if r.reading.spo2 is not None), default=None)


def _minutes(seen: Seen) -> Decimal | None:
    return seen.clocks.infusion_minutes


def _signed(seen: Seen, *, co_signature: bool) -> str:
    found = [s for s in seen.signatures if s.co_signature is co_signature and s.holds]
    return "; ".join(f"{person(s.by)} {seen.local(s.at).isoformat()}" for s in found)


_WHO = (
    _column("session", "The session's short name, as printed.", lambda s: s.code, empty=NEVER),
    _column("session_id", "Its identity in the record.", lambda s: s.session_id, empty=NEVER),
    _column("opened", "When it was opened, local time.", lambda s: s.opened_at, empty=NEVER),
    _column("chair", "Where.", lambda s: s.chair, empty=NEVER),
    _column("record_number", "The patient's number.", lambda s: s.patient.number, empty=NEVER),
    _column("family_name", "The patient's family name.", lambda s: s.patient.family),
    _column("given_name", "The patient's given name.", lambda s: s.patient.given),
    _column("born", "The patient's birth date.", lambda s: s.patient.born, empty=NEVER),
    _column("sex", "female, male or other.", lambda s: s.patient.sex.value, empty=NEVER),
    _column("drug", "What was given, generic name.", lambda s: s.drug, empty=NEVER),
    _column("route", "By which route.", lambda s: s.route, empty=NEVER),
    _column("protocol", "By which protocol, its id.", lambda s: s.protocol_id, empty=NEVER),
    _column("protocol_version", "Its version.", lambda s: s.protocol_version, empty=NEVER),
    _column("status", "open, closed, signed, co-signed or cancelled.", lambda s: s.status),
    _column("rehearsal", "Whether it was played, not lived.", lambda s: s.rehearsal, empty=NEVER),
)
_DOSE = (
    _column("weight_kg", "Body weight.", lambda s: s.weight.kg if s.weight else None, "kg"),
    _column(
        "weighed",
        "How the weight is known: measured or stated.",
        lambda s: s.weight.how.value if s.weight else None,
    ),
    _column("height_cm", "Height.", lambda s: s.weight.height_cm if s.weight else None, "cm"),
    _column("ordered_mg_per_kg", "The order, by weight.", lambda s: s.dose.per_kg_mg, "mg/kg"),
    _column("ordered_mg", "The order, as a mass.", lambda s: s.dose.ordered_mg, "mg"),
    _column("calculated_mg", "What the order works out to.", lambda s: s.dose.calculated_mg, "mg"),
    _column("prepared_mg", "What was drawn up.", lambda s: s.dose.prepared_mg, "mg"),
    _column("given_mg", "What was given.", lambda s: s.dose.given_mg, "mg"),
    _column("wasted_mg", "What was wasted, witnessed.", lambda s: s.dose.wasted_mg, "mg"),
    _column(
        "unaccounted_mg",
        "Taken out and neither given, kept nor wasted.",
        lambda s: s.dose.unaccounted_mg,
        "mg",
    ),
    _counted("devices", "How many nasal devices were given.", lambda s: len(s.devices)),
    _column("started", "When the first drug was given.", lambda s: s.started_at),
    _column("ended", "When the dose ended.", lambda s: s.ended_at),
    _column("ended_how", "finished, stopped or given.", lambda s: s.ended_how),
    _column("infusion_min", "How long the pump ran.", _minutes, "min", "no infusion"),
    _column("closed", "When the patient left, or it was cancelled.", lambda s: s.closed_at),
    _column(
        "left_how",
        "home, transferred or against advice.",
        lambda s: s.left_how.value if s.left_how else None,
        empty="nobody has left",
    ),
)
_COURSE = (
    _counted("readings", "How many readings.", lambda s: len(s.readings)),
    _counted("slots_on_time", "Planned observations made on time.", _slots(SlotState.ON_TIME)),
    _counted("slots_early", "Made early.", _slots(SlotState.EARLY)),
    _counted("slots_late", "Made late.", _slots(SlotState.LATE)),
    _counted("slots_missed", "Given as missed.", _slots(SlotState.MISSED)),
    _counted("slots_overdue", "Neither made nor given as missed.", _slots(SlotState.OVERDUE)),
    _column("highest_systolic", "Highest systolic.", _systolic, "mmHg"),
    _column("highest_diastolic", "Highest diastolic.", _diastolic, "mmHg"),
    _column("lowest_spo2", "Lowest SpO₂.", _lowest_spo2, "%"),
    _column("highest_dissociation", "Of 0 to 10.", _dissociation, "of 10"),
    _counted("alerts", "How many alerts were raised.", lambda s: len(s.alerts)),
    _counted(
        "alerts_open",
        "Of them not acknowledged.",
        lambda s: sum(alert.state == "open" for alert in s.alerts),
    ),
    _counted("events", "How many events were noted.", lambda s: sum(_own(s))),
    _counted(
        "serious_events",
        "Of them serious adverse events.",
        lambda s: sum(event.serious is not None for event in s.events),
    ),
    _counted("amendments", "How many entries were put right.", lambda s: len(s.amendments)),
    _counted("gaps", "What is missing or unusual.", lambda s: len(s.gaps)),
    _counted(
        "gaps_unexplained",
        "Of them without an explanation.",
        lambda s: sum(not gap.explained for gap in s.gaps),
    ),
    _column("signed_by", "Who signed, when.", lambda s: _signed(s, co_signature=False)),
    _column("co_signed_by", "Who co-signed, when.", lambda s: _signed(s, co_signature=True)),
    _column("report_version", "Of the report.", lambda s: s.version, empty=NEVER),
    _column("digest", "The session digest, SHA-256 in hex.", lambda s: s.digest, empty=NEVER),
)


def _own(seen: Seen) -> list[bool]:
    return [event.kind == "event" for event in seen.events]


SESSIONS: TableOf[Seen] = TableOf(
    "sessions.csv", "a session", lambda seen: (seen,), (*_WHO, *_DOSE, *_COURSE)
)
