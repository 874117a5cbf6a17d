"""A session that nobody hopes for: sixty readings, thirty events, long notes, every script."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

from monitor.dose_view import SegmentView
from monitor.overview import ClocksView, EventView, ReadingView, SessionOverview, SlotView
from monitor.people import Patient, Sex
from monitor.protocols.protocol import Anchor
from monitor.schedule import SlotState
from monitor.vitals import BloodPressure, Reading
from tests.fakes.ketamine_overview import ketamine
from tests.fakes.overview_parts import ELENI, at, closing, digest, event, reading, signatures

PARAGRAPH = (
    "Η ασθενής περιγράφει ήρεμη διάθεση. Pacjentka mówi spokojnie; zażółć gęślą jaźń. "
    "Пациентка говорит спокойно. She asked that her name be written as 山本 as well. "
    '<script>alert(1)</script> <img src="/etc/hosts"/> & “quotes” {braces} %s. She speaks of a '
    "corridor with many doors, none of them locked; no distress, tears once, comfort accepted. "
)


def _row(n: int) -> ReadingView:
    swell = min(n, 24) * 1.4 if n < 30 else max(0.0, 34 - (n - 30) * 1.4)
    pressure = BloodPressure(138 + int(swell) + n * 7 % 5, 86 + int(swell * 0.45) + n * 5 % 4)
    if n == 21:
        pressure = BloodPressure(236, pressure.diastolic)
    if n == 40:
        pressure = BloodPressure(84, 36)
    clock = f"{10 + 2 * n // 60:02d}:{2 * n % 60:02d}"
    return dataclasses.replace(
        reading(clock, "120/80"),
        by=ELENI,
        reading=Reading(
            pressure,
            72 + int(swell * 0.4) + n * 3 % 4,
            84 if n == 40 else 98 - n * 11 % 3,
            15 + n % 3,
            4 if 18 < n < 26 else 5,
            min(8, max(0, int(swell / 4.5))),
        ),
        note="cuff moved; <b>x</b> & Θ, 5 < 6" if n == 7 else "",
        alerts=("A1",) if n == 21 else (),
    )


def _sheet() -> tuple[tuple[ReadingView, ...], tuple[SlotView, ...]]:
    rows = (reading("09:52", "138/86 72 98 16 5 0"), *(_row(n) for n in range(1, 60)))
    slots = tuple(
        SlotView(
            str(2 * n) if n else "baseline",
            Anchor.START,
            row.measured,
            row.measured,
            row.measured,
            SlotState.ON_TIME,
            row.uid,
            row.measured,
            row.entered,
            0,
        )
        for n, row in enumerate(rows)
    )
    return closing(rows, slots), slots


def _events() -> tuple[EventView, ...]:
    long = "\n".join(f"({n}) {PARAGRAPH}" for n in range(1, 27))
    return (
        event(1, "10:00", "75 mL/h", kind="started", by=ELENI),
        *(
            event(n, f"10:{n:02d}", f"наблюдение {n}: <b>x</b> & Θ, sip of water", by=ELENI)
            for n in range(2, 30)
        ),
        event(30, "11:00", long, by=ELENI),
    )


def extreme() -> SessionOverview:
    """Return sixty readings, thirty events, notes over pages, and names in every script."""
    whole = ketamine()
    rows, slots = _sheet()
    return dataclasses.replace(
        whole,
        code="S-E0E0E0E0",
        patient=Patient(
            "p3",
            "Wójcik-Łącka Papadopoulou-Χατζηγεωργίου <b>x</b> & Θ",
            "Żaneta Ευφροσύνη Прасковья 山本",
            dt.date(1950, 12, 1),
            Sex.FEMALE,
            "ΑΒΓ-100999/Ż",
            ("penicillin (anaphylaxis)", "latex", "kiwi", "Παρακεταμόλη <i>?</i>"),
        ),
        segments=(SegmentView(at("10:00"), at("10:40"), Decimal(75), Decimal(35)),),
        ended_at=at("10:40"),
        ended_how="finished",
        ended_reason="",
        closed_at=at("12:10"),
        readings=rows,
        slots=slots,
        reference=rows[0],
        events=_events(),
        alerts=whole.alerts[:1],
        amendments=(),
        gaps=(),
        signatures=signatures("S-E0E0E0E0", nurse="12:21:15", prescriber="12:44:02"),
        staff=(ELENI, *whole.staff),
        escort="Γιώργος Παπαδόπουλος, brother",
        dose=dataclasses.replace(whole.dose, given_mg=Decimal(35), left_mg=Decimal(0)),
        clocks=ClocksView(infusion_minutes=Decimal(40), minutes_since_end=90),
        digest=digest("S-E0E0E0E0"),
        entries=141,
    )
