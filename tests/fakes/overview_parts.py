"""The pieces that the sample sessions are set from. No person in here exists."""

# ruff: noqa: FBT003 - rows of a table, and signs as people write them

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib

from monitor.entries import EventKind
from monitor.overview import EventView, LocalTime, ReadingView, SlotView
from monitor.people import Author, Role
from monitor.protocols.protocol import Anchor, Limit
from monitor.schedule import SlotState
from monitor.signature_view import SignatureView
from monitor.vitals import BloodPressure, Reading, Sign

NINA = Author("nk", Role.NURSE, "Nina Kowal", "RN, PWZ 0000001 (synthetic)")
MAREK = Author("mb", Role.NURSE, "Marek Baran", "RN")
DANA = Author("ds", Role.PRESCRIBER, "Dana Silva", "MD, psychiatrist, PWZ 0000002 (synthetic)")
ELENI = Author("ek", Role.NURSE, "Ελένη Κωνσταντίνου", "RN")

LIMITS = (
    Limit("bp-high", Sign.BP, above=180, above_diastolic=110),
    Limit("spo2-low", Sign.SPO2, below=94),
)
_ZONE = dt.timezone(dt.timedelta(hours=1))
LOCAL = LocalTime(((dt.datetime(2026, 1, 1, tzinfo=dt.UTC), 60),))


def at(clock: str, day: int = 2) -> dt.datetime:
    """Return the instant of a local "hh:mm" or "hh:mm:ss" on a day of March 2026."""
    local = dt.time.fromisoformat(clock)
    return dt.datetime.combine(dt.date(2026, 3, day), local, _ZONE).astimezone(dt.UTC)


def vitals(words: str) -> Reading:
    """Return a reading of "138/86 72 98 16 5 0": as on the sheet, MOAA/S and dissociation last."""
    bp, *rest = words.split()
    systolic, diastolic = (int(part) for part in bp.split("/"))
    hr, spo2, resp, sedation, dissociation = (*(int(part) for part in rest), *[None] * 5)[:5]
    return Reading(
        BloodPressure(systolic, diastolic),
        heart_rate=hr,
        spo2=spo2,
        resp=resp,
        sedation=sedation,
        dissociation=dissociation,
    )


def reading(measured: str, words: str, **more: object) -> ReadingView:
    """Return a row of the sheet, entered when it was measured unless said otherwise."""
    row = ReadingView(
        uid=f"reading-{measured}",
        measured=at(measured),
        entered=at(measured),
        by=NINA,
        reading=vitals(words),
        slot="",
        state=None,
        minutes=None,
        is_full=True,
    )
    return dataclasses.replace(row, **more)  # type: ignore[arg-type]


def slot(name: str, due: str, anchor: Anchor, row: ReadingView | None = None) -> SlotView:
    """Return a slot that *row* closed on time, early or late by the clock; missed without one."""
    due_at = at(due)
    minutes = None if row is None else round((row.measured - due_at) / dt.timedelta(minutes=1))
    late = minutes is not None and minutes > 5
    return SlotView(
        name=name,
        anchor=anchor,
        due=due_at,
        opens=due_at - dt.timedelta(minutes=5),
        closes=due_at + dt.timedelta(minutes=5),
        state=SlotState.MISSED if row is None else SlotState.LATE if late else SlotState.ON_TIME,
        reading=row.uid if row else None,
        measured=row.measured if row else None,
        entered=row.entered if row else None,
        minutes=minutes,
    )


def closing(rows: tuple[ReadingView, ...], slots: tuple[SlotView, ...]) -> tuple[ReadingView, ...]:
    """Return the rows, each told which slot it closed."""
    by_uid = {s.reading: s for s in slots if s.reading}
    return tuple(
        dataclasses.replace(r, slot=s.name, state=s.state, minutes=s.minutes)
        if (s := by_uid.get(r.uid))
        else r
        for r in rows
    )


def event(number: int, clock: str, text: str, **more: object) -> EventView:
    """Return something that happened, written down at once."""
    made = EventView(
        number, f"event-{number}", at(clock), at(clock), "event", text, EventKind.EFFECT, NINA
    )
    return dataclasses.replace(made, **more)  # type: ignore[arg-type]


def digest(text: str) -> str:
    """Return a digest that looks like one."""
    return hashlib.sha256(text.encode()).hexdigest()


def signatures(code: str, *, nurse: str, prescriber: str) -> tuple[SignatureView, ...]:
    """Return both signatures, at these local times."""
    return (
        SignatureView(NINA, "recorded by", at(nurse), digest(code), False, True),
        SignatureView(DANA, "reviewed and approved", at(prescriber), digest(code), True, True),
    )
