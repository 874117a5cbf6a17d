"""Words and figures that several panels share: times, countdowns, signs and how they changed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from monitor.departure import WayOut
from monitor.entries import Leaving
from monitor.overview import LocalTime, SessionOverview
from monitor.phases import Phase
from monitor.protocols.protocol import Way
from monitor.units import plain
from monitor.vitals import BloodPressure, Reading, Sign

MINUTE = dt.timedelta(minutes=1)
_HOUR = 3600
NOTHING = "\u2013"
"""Stands where there is no figure."""
_MINUS = "\u2212"

SIGN_NAMES: dict[Sign, str] = {
    Sign.BP: "BP",
    Sign.HEART_RATE: "HR",
    Sign.SPO2: "SpO₂",
    Sign.RESP: "Resp",
    Sign.SEDATION: "Sed.",
    Sign.DISSOCIATION: "Diss.",
    Sign.ANXIETY: "Anxiety",
    Sign.NAUSEA: "Nausea",
    Sign.PAIN: "Pain",
    Sign.TEMPERATURE: "Temp.",
    Sign.OXYGEN: "O₂",
    Sign.FIO2: "FiO₂",
    Sign.ETCO2: "EtCO₂",
}
"""Short names, as the sheet and the read-back use them."""

LONG_NAMES: dict[Sign, str] = SIGN_NAMES | {
    Sign.BP: "Blood pressure",
    Sign.HEART_RATE: "Heart rate",
    Sign.SEDATION: "Sedation",
    Sign.DISSOCIATION: "Dissociation",
    Sign.TEMPERATURE: "Temperature",
    Sign.OXYGEN: "Oxygen",
}

UNITS: dict[Sign, str] = {
    Sign.SPO2: " %",
    Sign.TEMPERATURE: " °C",
    Sign.OXYGEN: " L/min",
    Sign.FIO2: " %",
    Sign.ETCO2: " mmHg",
}

PHASE_NAMES: dict[Phase, str] = {
    Phase.SET_UP: "Set-up",
    Phase.PRE_DOSE: "Pre-dose",
    Phase.INFUSING: "Infusing",
    Phase.PAUSED: "Paused",
    Phase.DEVICES: "Devices",
    Phase.GIVING: "Giving",
    Phase.RECOVERY: "Recovery",
    Phase.OBSERVATION: "Observation",
    Phase.READY: "Ready to leave",
    Phase.CLOSED: "Closed",
    Phase.CANCELLED: "Cancelled",
}


def clock(local: LocalTime, at: dt.datetime) -> str:
    """Return an instant as the clinic's time, "10:20"."""
    return f"{local(at):%H:%M}"


def countdown(left: dt.timedelta) -> str:
    """Return a time still to go: "1:48", "17:40", "1 h 04"; nothing left is "0:00"."""
    seconds = max(0, int(left.total_seconds()))
    if seconds >= _HOUR:
        return f"{seconds // _HOUR} h {seconds % _HOUR // 60:02}"
    return f"{seconds // 60}:{seconds % 60:02}"


def late_by(passed: dt.timedelta) -> str:
    """Return how long a thing has been overdue, in whole minutes: "4 min", "1 h 04"."""
    minutes = max(0, int(passed / MINUTE))
    if minutes >= _HOUR // 60:
        return f"{minutes // 60} h {minutes % 60:02}"
    return f"{minutes} min" if minutes else "under 1 min"


def amount(value: Decimal | None, places: int = 1) -> str:
    """Return a figure for the eye, or a dash where there is none."""
    return NOTHING if value is None else plain(value, places)


def number(value: BloodPressure | Decimal | int | None) -> str:
    """Return a measured value without its unit, empty where it was not taken."""
    if value is None:
        return ""
    if isinstance(value, BloodPressure):
        return value.text
    return plain(value) if isinstance(value, Decimal) else str(value)


def measured(sign: Sign, value: BloodPressure | Decimal | int) -> str:
    """Return a measured value with its unit: "97 %"."""
    if sign is Sign.OXYGEN and value == 0:
        return "room air"
    return f"{number(value)}{UNITS.get(sign, '')}"


def left_words(left: WayOut | None) -> str:
    """Return how a patient left, before the time of it: "home by override"; "left" if unknown."""
    if left is None:
        return "left"
    return "home by override" if left.let_through else _WAYS_OUT[left.how]


_WAYS_OUT = {
    Leaving.HOME: "home",
    Leaving.TRANSFERRED: "transferred",
    Leaving.AGAINST_ADVICE: "against advice",
}


def signed(value: int) -> str:
    """Return a change with its sign, a true minus included: "+44", "0"."""
    return f"+{value}" if value > 0 else f"{_MINUS}{-value}" if value < 0 else "0"


def change(
    sign: Sign, value: BloodPressure | Decimal | int | None, base: Reading | None
) -> tuple[int, str]:
    """Return how a value differs from the baseline's: its direction (-1, 0, 1) and the words.

    The words are empty where either was not taken.
    """
    before = base.value(sign) if base else None
    if value is None or before is None:
        return 0, ""
    if isinstance(value, BloodPressure) and isinstance(before, BloodPressure):
        up, low = value.systolic - before.systolic, value.diastolic - before.diastolic
        return _direction(up or low), f"{signed(up)}/{signed(low)}" if up or low else ""
    if isinstance(value, int) and isinstance(before, int):
        return _direction(value - before), signed(value - before) if value != before else ""
    return 0, ""


def _direction(difference: int) -> int:
    return (difference > 0) - (difference < 0)


def slot_name(name: str) -> str:
    """Return a slot as the due list names it: "Vitals 20", "Baseline vitals"."""
    return f"{name.capitalize()} vitals" if name.isalpha() else f"Vitals {name}"


def drug_words(overview: SessionOverview) -> str:
    """Return drug and route as the banner names them: "Ketamine IV"."""
    route = short_route(overview.route)
    if overview.way is Way.PUSH:
        route += " push"
    return f"{overview.drug.capitalize()} {route}"


def short_route(route: str) -> str:
    """Return a route in short: "IV", "IM", "SC"; the others are words already."""
    return _SHORT_ROUTES.get(route.casefold(), route)


_SHORT_ROUTES = {
    "intravenous": "IV",
    "iv": "IV",
    "intramuscular": "IM",
    "im": "IM",
    "subcutaneous": "SC",
    "sc": "SC",
}


def dose_words(overview: SessionOverview) -> str:
    """Return the dose as ordered or worked out: "35 mg / 40 min", "84 mg", or nothing yet."""
    dose = overview.dose
    mg = dose.prepared_mg or dose.calculated_mg or dose.ordered_mg
    if mg is None:
        return "no dose yet"
    words = f"{plain(mg, 2)} mg"
    return f"{words} / {plain(dose.minutes, 1)} min" if dose.minutes else words


def facts(overview: SessionOverview, *, long: bool = True) -> str:
    """Return birth date and age, record number and today's weight in one line."""
    patient = overview.patient
    age = patient.age_on(overview.local(overview.seen_at).date())
    parts = [f"{patient.born.isoformat()} ({age})", f"MRN {patient.number}"]
    if overview.weight:
        kg = f"{plain(overview.weight.kg, 2)} kg"
        parts.append(f"{kg} today" if long else kg)
    return " · ".join(parts)


def allergies(overview: SessionOverview) -> str:
    """Return the allergies as told; that there are none is said aloud."""
    return ", ".join(overview.patient.allergies) or "No known allergies"


_FIGURES = {
    "weight_kg": "weight",
    "strength_mg_per_ml": "strength",
    "volume_ml": "volume",
    "volume_mode": "volume mode",
    "drawn_ml": "drawn",
    "rate_ml_h": "rate",
    "dose_mg": "dose",
    "pieces": "pieces",
    "devices": "devices",
}


def figure_name(name: str) -> str:
    """Return what a figure of the second check is called in a list."""
    return _FIGURES.get(name, name.replace("_", " "))


def chair_words(chair: str) -> str:
    """Return a chair's name: "Chair 2" where it has only a number."""
    return f"Chair {chair}" if chair.isdigit() else chair


def chair_sign(chair: str) -> str:
    """Return the one or two characters that stand in a chair's square."""
    last = chair.rsplit(maxsplit=1)[-1] if chair.split() else ""
    return last[-2:] if last.isdigit() else chair[:2]


def grouped(number: int) -> str:
    """Return a whole number with a narrow space between thousands: "29 611"."""
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def when(overview: SessionOverview, at: dt.datetime) -> str:
    """Return an instant as the clinic's time, with its day where that is not today's."""
    local = overview.local
    here = local(at)
    days = (local(overview.seen_at).date() - here.date()).days
    return f"{here:%H:%M} yesterday" if days == 1 else f"{here:%H:%M}"


def in_words(reading: Reading) -> str:
    """Return all that was taken in a line: "BP 128/82, HR 76, SpO₂ 98 %"."""
    said = [
        f"{SIGN_NAMES[sign]} {measured(sign, value)}"
        for sign in reading.taken()
        if (value := reading.value(sign)) is not None
    ]
    return ", ".join([*said, *filter(None, (reading.circumstances(),))])
