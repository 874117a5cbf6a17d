"""An infusion as read-model, made by hand, and its unsigned draft."""

# ruff: noqa: FBT003 - rows of a table, and signs as people write them

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

from monitor.dose_view import (
    OrderView,
    SegmentView,
    WeightView,
)
from monitor.entries import EventKind, Given, Leaving, Weighing
from monitor.overview import (
    AlertView,
    AmendmentView,
    ClocksView,
    ConditionView,
    EventView,
    GapView,
    ReadingView,
    ScoreView,
    SessionOverview,
    SlotView,
)
from monitor.people import Clinic, Patient, Sex
from monitor.phases import Phase
from monitor.protocols.protocol import Anchor, SecondPerson
from monitor.schedule import SlotState
from tests.fakes.ketamine_dose import ketamine_dose
from tests.fakes.overview_parts import (
    DANA,
    LIMITS,
    LOCAL,
    MAREK,
    NINA,
    at,
    closing,
    digest,
    event,
    reading,
    signatures,
    slot,
    vitals,
)


def _ketamine_readings() -> tuple[tuple[ReadingView, ...], tuple[SlotView, ...]]:
    rows = (
        reading("09:52", "138/86 72 98 16 5 0", note="left, sitting, adult cuff"),
        reading(
            "10:10",
            "156/95 78 98 16 5 3",
            entered=at("10:11"),
            replaced=(vitals("165/95 78 98 16 5 3"),),
        ),
        reading("10:20", "184/108 92 97 15 5 6", entered=at("10:21"), alerts=("A1",)),
        reading("10:23", "182/111 92 97 15 5 6", alerts=("A2",), note="confirmed by repeat"),
        reading("10:33", "158/96 84 97 15 5 7", entered=at("10:34")),
        reading("10:41", "161/97 86 97 15 4 7", note="anxious, eyes open"),
        reading(
            "11:07", "149/92 80 98 16 5 3", entered=at("11:16"), by=MAREK, note="chair 3 needed me"
        ),
        reading("11:30", "142/88 76 98 16 5 0"),
        reading("11:44", "139/86 74 98 16 5 0", entered=at("11:45")),
    )
    slots = (
        slot("baseline", "10:00", Anchor.BASELINE, rows[0]),
        slot("10", "10:10", Anchor.START, rows[1]),
        slot("20", "10:20", Anchor.START, rows[2]),
        slot("30", "10:30", Anchor.START, rows[4]),
        slot("40", "10:40", Anchor.START, rows[5]),
        slot("+15", "11:00", Anchor.END, rows[6]),
        dataclasses.replace(
            slot("+30", "11:15", Anchor.END), reason="in bathroom, accompanied by NK"
        ),
        slot("+45", "11:30", Anchor.END, rows[7]),
        slot("+60", "11:45", Anchor.END, rows[8]),
    )
    slots = (dataclasses.replace(slots[0], minutes=None, state=SlotState.ON_TIME), *slots[1:])
    return closing(rows, slots), slots


def _ketamine_events() -> tuple[EventView, ...]:
    return (
        event(1, "10:00", "75 mL/h", kind="started"),
        event(2, "10:18", "nausea mild", resolved=at("10:50")),
        event(3, "10:23", "", kind="paused", reason="blood pressure"),
        event(4, "10:26", "ondansetron 4 mg IV", sort=EventKind.DRUG, entered=at("10:31")),
        event(5, "10:35", "37.5 mL/h", kind="resumed"),
        event(6, "10:40", "anxiety moderate", resolved=at("11:05")),
        event(
            7,
            "10:45",
            "",
            kind="stopped",
            reason="patient’s wish (anxiety)",
        ),
        event(8, "11:55", "home", kind="discharged"),
    )


def _ketamine_alerts() -> tuple[AlertView, ...]:
    first = AlertView(
        "A1",
        "alert-1",
        LIMITS[0],
        at("10:20"),
        "184/108",
        "reading-10:20",
        "acknowledged",
        at("10:21"),
        NINA,
        "repeat in 3 min",
        "Dr Dana Silva 10:21",
    )
    second = dataclasses.replace(
        first,
        number="A2",
        uid="alert-2",
        at=at("10:23"),
        value="182/111",
        reading="reading-10:23",
        acknowledged_at=at("10:23"),
        action="confirmed by repeat; paused",
    )
    return first, second


CHECKLIST = (
    ("oriented", "Oriented to person, place and time", True),
    ("gait", "Steady gait", True),
    ("advice", "Written advice given: no driving until the next day, after sleep", True),
)


def ketamine() -> SessionOverview:
    """Return an infusion: paused, stopped early, two alerts, a late and a missed slot, amended."""
    rows, slots = _ketamine_readings()
    return SessionOverview(
        session_id="7f3a90c2-0000-7000-8000-000000000001",
        code="S-7F3A90C2",
        clinic=Clinic("c1", "Riverside Clinic", "ul. Przykładowa 12, 00-001 Warszawa", ("1", "2")),
        patient=Patient("p1", "Nowak", "Anna", dt.date(1984, 3, 12), Sex.FEMALE, "100234"),
        chair="2",
        drug="ketamine",
        route="IV",
        protocol_id="iv-ketamine-40",
        protocol_title="IV ketamine over 40 min",
        protocol_version=4,
        protocol_hash=digest("protocol"),
        approved_by="Dana Silva",
        rehearsal=True,
        seen_at=at("12:31:47"),
        local=LOCAL,
        opened_at=at("09:36"),
        phase=Phase.CLOSED,
        status="co-signed",
        version=1,
        order=OrderView(DANA, at("09:40"), Given.WRITTEN, Decimal("0.5"), Decimal(40), None),
        weight=WeightView(
            Decimal(70), Weighing.MEASURED, Decimal(168), Decimal("24.8"), NINA, at("09:38")
        ),
        dose=ketamine_dose(),
        segments=(
            SegmentView(at("10:00"), at("10:23"), Decimal(75), Decimal("20.125")),
            SegmentView(at("10:23"), at("10:35"), Decimal(0), Decimal(0), "blood pressure"),
            SegmentView(
                at("10:35"), at("10:45"), Decimal("37.5"), Decimal("4.375"), "half rate, Dr Silva"
            ),
        ),
        devices=(),
        devices_ordered=0,
        device_opens_at=None,
        started_at=at("10:00"),
        planned_end=None,
        ended_at=at("10:45"),
        ended_how="stopped",
        ended_reason="patient’s wish (anxiety)",
        start_reason="",
        closed_at=at("11:55"),
        left_how=Leaving.HOME,
        escort="Piotr Nowak, spouse",
        left_reason="",
        cancelled_reason="",
        clocks=ClocksView(infusion_minutes=Decimal(33), minutes_since_end=70),
        readings=rows,
        slots=slots,
        reference=rows[0],
        events=_ketamine_events(),
        alerts=_ketamine_alerts(),
        scores=_scores(),
        amendments=(
            AmendmentView(
                "R1",
                "reading",
                "165/95",
                "156/95",
                "digits transposed; read again from the monitor",
                at("10:14"),
                NINA,
                at("10:10"),
            ),
        ),
        gaps=(
            GapView("slot-missed", "+30", True, True, "in bathroom, accompanied by NK", NINA),
            GapView("slot-late", "+15", True, True, "two patients at once", MAREK),
        ),
        door=door("time-since-end", "60", "70", "11:45"),
        checklist=CHECKLIST,
        signatures=signatures("S-7F3A90C2", nurse="11:58:04", prescriber="12:31:47"),
        limits=LIMITS,
        staff=(NINA, MAREK, DANA),
        digest=digest("S-7F3A90C2"),
        entries=51,
        second_person=SecondPerson.REQUIRED,
    )


def _scores() -> tuple[ScoreView, ...]:
    whole = ScoreView(
        "score-1",
        "cadss-6",
        "CADSS-6",
        1,
        at("10:46"),
        at("10:47"),
        NINA,
        (2, 1, 2, 2, 1, 1),
        9,
        24,
        "",
    )
    part = dataclasses.replace(
        whole,
        uid="score-2",
        at=at("11:31"),
        entered=at("11:32"),
        answers=(0, 0, None, 0, 0, None),
        total=None,
    )
    return whole, part


def door(code: str, needed: str, evidence: str, opens: str) -> tuple[ConditionView, ...]:
    """Return a door that stands open."""
    return (
        ConditionView("dose-ended", True, None, "", at("10:45")),
        ConditionView(code, True, evidence, needed, at("10:45"), at(opens)),
        ConditionView("sedation", True, "5", "5", at("11:44")),
        ConditionView("dissociation", True, "0", "0", at("11:44")),
        ConditionView("spo2", True, "98", "94", at("11:44")),
        ConditionView("oxygen", True, None, "0 L/min", at("11:44")),
        ConditionView("resp", True, "16", "10", at("11:44")),
    )


def draft() -> SessionOverview:
    """Return the same session, still open to explanation and unsigned."""
    whole = ketamine()
    return dataclasses.replace(
        whole,
        status="closed",
        seen_at=at("11:57"),
        dose=dataclasses.replace(
            whole.dose,
            wasted_mg=None,
            unaccounted_mg=None,
            preparations=(),
            wastes=(),
            vials=(),
        ),
        gaps=(
            GapView("slot-overdue", "+30", True, False),
            GapView("alert-open", "A2", True, False),
            GapView("slot-late", "+15", True, True, "two patients at once", MAREK),
        ),
        slots=tuple(
            dataclasses.replace(s, state=SlotState.OVERDUE, reason="") if s.name == "+30" else s
            for s in whole.slots
        ),
        alerts=(
            whole.alerts[0],
            dataclasses.replace(
                whole.alerts[1],
                state="open",
                acknowledged_at=None,
                acknowledged_by=None,
                action="",
                told="",
            ),
        ),
        events=tuple(
            dataclasses.replace(e, resolved=None) if e.number == 6 else e for e in whole.events[:7]
        ),
        closed_at=None,
        left_how=None,
        escort="",
        checklist=tuple((key, words, False) for key, words, _ in whole.checklist),
        door=(
            *whole.door[:3],
            ConditionView("dissociation", False, None, "0"),
            *whole.door[4:],
        ),
        signatures=(),
        entries=44,
    )
