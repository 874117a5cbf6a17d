"""Sessions under way as read-models: what chairs and session screens show. All made up."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

from monitor.dose_view import DoseView, SegmentView
from monitor.overview import ClocksView, ConditionView, ReadingView, SessionOverview, SlotView
from monitor.people import Patient, Sex
from monitor.phases import Phase
from monitor.protocols.protocol import Anchor
from monitor.schedule import SlotState
from tests.fakes.overview_parts import at, event, reading, slot, vitals
from tests.fakes.overviews import esketamine, ketamine

MINUTE = dt.timedelta(minutes=1)


def waiting(name: str, due: str, anchor: Anchor, now: dt.datetime, around: int = 3) -> SlotView:
    """Return a slot that nothing has closed yet, as it stands now."""
    at_due = at(due)
    opens, closes = at_due - around * MINUTE, at_due + around * MINUTE
    state = SlotState.LATER if now < opens else SlotState.OVERDUE
    if opens <= now <= closes:
        state = SlotState.DUE
    return SlotView(name, anchor, at_due, opens, closes, state, None, None, None, None)


def _bare(whole: SessionOverview) -> SessionOverview:
    return dataclasses.replace(
        whole,
        status="open",
        closed_at=None,
        ended_at=None,
        ended_how="",
        ended_reason="",
        left_how=None,
        escort="",
        alerts=(),
        amendments=(),
        scores=(),
        gaps=(),
        signatures=(),
        rehearsal=False,
        checklist=tuple((key, said, False) for key, said, _ in whole.checklist),
        reference=whole.readings[0],
    )


def infusing(now: str = "10:22:20", *, overdue: bool = False) -> SessionOverview:
    """Return an infusion at minute 22, paused once, with slot 20 due (or overdue)."""
    seen = at(now)
    rows: tuple[ReadingView, ...] = (
        reading("09:51", "124/78 56 98 14 5 0", note="left, sitting, room air", slot="baseline"),
        reading("10:05", "131/82 60 98 15 5 1"),
        reading(
            "10:10", "138/86 63 97 15 5 3", entered=at("10:11"), slot="10", note="floating, calm"
        ),
        reading("10:12", "148/92 70 95 18 5 4", entered=at("10:13"), note="nausea, paused"),
        reading(
            "10:15",
            "142/88 65 97 16 5 4",
            entered=at("10:16"),
            replaced=(vitals("182/108 65 97 16 5 4"),),
        ),
    )
    rows = tuple(
        dataclasses.replace(r, state=SlotState.ON_TIME, minutes=0) if r.slot else r for r in rows
    )
    slots = (
        slot("baseline", "10:00", Anchor.BASELINE, rows[0]),
        slot("10", "10:10", Anchor.START, rows[2]),
        waiting("20", "10:20", Anchor.START, seen, around=1 if overdue else 3),
        waiting("30", "10:30", Anchor.START, seen),
        waiting("40", "10:40", Anchor.START, seen),
    )
    return dataclasses.replace(
        _bare(ketamine()),
        phase=Phase.INFUSING,
        seen_at=seen,
        segments=(
            SegmentView(at("10:00"), at("10:12"), Decimal(75), Decimal("10.5")),
            SegmentView(at("10:12"), at("10:15"), Decimal(0), Decimal(0), "nausea"),
            SegmentView(at("10:15"), None, Decimal(75), Decimal("6.4")),
        ),
        planned_end=at("10:43"),
        dose=dataclasses.replace(
            ketamine().dose, given_mg=Decimal("16.9"), left_mg=Decimal("18.1"), pump_ml=None
        ),
        clocks=ClocksView(infusion_minutes=Decimal("19.3")),
        readings=rows,
        slots=slots,
        reference=rows[0],
        door=(),
        events=(
            event(1, "10:00", "Infusion started, 75 mL/h", kind="started"),
            event(2, "10:12", "nausea"),
            event(3, "10:12", "Infusion paused", kind="paused", reason="nausea"),
            event(4, "10:15", "Infusion resumed, 75 mL/h", kind="resumed"),
        ),
    )


def pre_dose() -> SessionOverview:
    """Return an infusion that is worked out, its baseline taken, not yet started."""
    whole = infusing("09:55")
    return dataclasses.replace(
        whole,
        phase=Phase.PRE_DOSE,
        segments=(),
        started_at=None,
        planned_end=None,
        readings=whole.readings[:1],
        slots=(whole.slots[0],),
        events=(),
        clocks=ClocksView(),
        dose=dataclasses.replace(whole.dose, given_mg=None, left_mg=None),
    )


def set_up() -> SessionOverview:
    """Return a session that has only just been opened."""
    return dataclasses.replace(
        pre_dose(),
        phase=Phase.SET_UP,
        order=None,
        weight=None,
        dose=DoseView(),
        readings=(),
        slots=(),
        reference=None,
        seen_at=at("09:41"),
    )


def devices(now: str = "10:08:12") -> SessionOverview:
    """Return esketamine with two of three devices given, waiting for the third."""
    whole = _bare(esketamine())
    seen = at(now)
    return dataclasses.replace(
        whole,
        phase=Phase.DEVICES,
        seen_at=seen,
        devices=whole.devices[:2],
        device_opens_at=at("10:10"),
        dose=dataclasses.replace(whole.dose, given_mg=Decimal(56), left_mg=Decimal(28)),
        readings=whole.readings[:1],
        slots=whole.slots[:1],
        events=(),
        clocks=ClocksView(8, 3),
        door=(),
    )


def observation(now: str = "12:02") -> SessionOverview:
    """Return esketamine 84 mg at minute 112 after the last device: the door still shut."""
    whole = _bare(esketamine())
    seen = at(now)
    last = at("10:10")
    rows = tuple(r for r in whole.readings if r.measured <= seen)
    slots = tuple(
        s
        if s.measured and s.measured <= seen
        else waiting(s.name, "12:10", s.anchor, seen, around=5)
        for s in whole.slots
    )
    return dataclasses.replace(
        whole,
        phase=Phase.OBSERVATION,
        seen_at=seen,
        devices=(*whole.devices[:2], dataclasses.replace(whole.devices[2], at=last)),
        ended_at=last,
        ended_how="finished",
        clocks=ClocksView(122, 112, None, 112),
        readings=rows,
        slots=slots,
        events=(event(1, "10:36", "dizziness mild"),),
        patient=dataclasses.replace(
            whole.patient, allergies=("penicillin (rash)",), born=dt.date(1971, 9, 30)
        ),
        door=(
            ConditionView("dose-ended", met=True, evidence=None, needed="", measured=last),
            ConditionView(
                "time-since-last-device",
                met=False,
                evidence="112",
                needed="120",
                measured=last,
                opens_at=last + 120 * MINUTE,
            ),
            ConditionView("sedation", met=True, evidence="5", needed="5", measured=at("11:38")),
            ConditionView(
                "dissociation", met=False, evidence="1", needed="0", measured=at("11:38")
            ),
            ConditionView("spo2", met=True, evidence="98", needed="94", measured=at("11:38")),
            ConditionView(
                "oxygen", met=True, evidence=None, needed="0 L/min", measured=at("11:38")
            ),
            ConditionView("resp", met=True, evidence="16", needed="10", measured=at("11:38")),
        ),
    )


def ready() -> SessionOverview:
    """Return an infusion whose door stands open."""
    whole = _bare(ketamine())
    return dataclasses.replace(
        whole,
        phase=Phase.READY,
        seen_at=at("11:52"),
        ended_at=at("10:45"),
        ended_how="stopped",
        ended_reason="anxiety",
        events=whole.events[:7],
        closed_at=None,
        patient=Patient(
            "p5", "Haddad", "Samira", dt.date(1995, 1, 17), Sex.FEMALE, "100127", ("latex",)
        ),
        gaps=(),
    )
