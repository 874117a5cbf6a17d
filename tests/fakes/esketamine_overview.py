"""An esketamine session as read-model, made by hand."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

from monitor.dose_view import CheckedFigure, CheckView, DeviceView, DoseView, OrderView
from monitor.entries import Given, Validity
from monitor.overview import ClocksView, ReadingView, SessionOverview, SlotView
from monitor.people import Clinic, Patient, Sex
from monitor.protocols.protocol import Anchor, SecondPerson, Way
from monitor.working import WorkingLine
from tests.fakes.ketamine_overview import door, ketamine
from tests.fakes.overview_parts import (
    DANA,
    MAREK,
    NINA,
    at,
    closing,
    digest,
    event,
    reading,
    signatures,
    slot,
)


def _esketamine_readings() -> tuple[tuple[ReadingView, ...], tuple[SlotView, ...]]:
    rows = (
        reading("09:51", "126/78 70 98 15 5 0", note="right, sitting, large cuff"),
        reading("10:52", "149/91 82 97 15 4 5"),
        reading("11:11", "141/88 79 97 15 4 4", entered=at("11:12")),
        reading("11:38", "133/82 74 98 16 5 1"),
        reading("12:10", "125/78 71 98 16 5 0", entered=at("12:11")),
    )
    slots = (
        dataclasses.replace(slot("baseline", "10:00", Anchor.BASELINE, rows[0]), minutes=None),
        slot("40", "10:50", Anchor.LAST_DEVICE, rows[1]),
        slot("60", "11:10", Anchor.LAST_DEVICE, rows[2]),
        slot("90", "11:40", Anchor.LAST_DEVICE, rows[3]),
        slot("closing", "12:10", Anchor.CLOSING, rows[4]),
    )
    return closing(rows, slots), slots


def esketamine() -> SessionOverview:
    """Return 84 mg from three devices, uneventful but for a rest cut short."""
    rows, slots = _esketamine_readings()
    return dataclasses.replace(
        ketamine(),
        session_id="19d4e6b0-0000-7000-8000-000000000002",
        code="S-19D4E6B0",
        jurisdiction="US",
        clinic=Clinic("c1", "Riverside Clinic", "100 Example Street, Springfield, IL 00000"),
        patient=Patient(
            "p2",
            "Okafor",
            "Daniel",
            dt.date(1971, 7, 30),
            Sex.MALE,
            "100871",
            ("penicillin (rash)",),
        ),
        chair="1",
        drug="esketamine",
        route="nasal",
        protocol_id="esketamine",
        protocol_title="esketamine nasal, US label",
        protocol_version=2,
        seen_at=at("12:41:09"),
        order=OrderView(
            DANA,
            at("09:46"),
            Given.VERBAL,
            None,
            None,
            Decimal(84),
            taken_by=NINA,
            read_back=True,
            validity=Validity.COURSE,
            valid_until=dt.date(2026, 5, 1),
            japanese_ancestry=False,
        ),
        dose=DoseView(
            ordered_mg=Decimal(84),
            given_mg=Decimal(84),
            left_mg=Decimal(0),
            working=(
                WorkingLine("Devices", "84 mg ÷ 28 mg per device", "3 devices"),
                WorkingLine("Rests", "2 × 5 min between devices", "10 min"),
            ),
            checks=(
                CheckView(
                    MAREK,
                    at("09:49"),
                    DANA,
                    (CheckedFigure("devices", "3", "3", True),),  # noqa: FBT003 - a row
                    True,  # noqa: FBT003 - it stands
                ),
            ),
            verified_by="mb",
        ),
        segments=(),
        devices=tuple(
            DeviceView(n, at(when), Decimal(28), "SYN26A07", "2027-11", 2, NINA, early, reason)
            for n, when, early, reason in (
                (1, "10:00", 0, ""),
                (2, "10:05", 0, ""),
                (3, "10:09", 1, "patient ready, prescriber at the chair"),
            )
        ),
        devices_ordered=3,
        ended_at=at("10:09"),
        ended_how="device given",
        ended_reason="",
        closed_at=at("12:18"),
        escort="Grace Okafor, spouse",
        clocks=ClocksView(138, 129, None, 129),
        readings=rows,
        slots=slots,
        reference=rows[0],
        events=(
            event(1, "10:31", "dissociation mild, “far away”, calm", resolved=at("12:00")),
            event(2, "12:18", "home", kind="discharged"),
        ),
        alerts=(),
        amendments=(),
        gaps=(),
        door=door("time-since-last-device", "120", "129", "12:09"),
        signatures=signatures("S-19D4E6B0", nurse="12:20:33", prescriber="12:41:09"),
        staff=(NINA, MAREK, DANA),
        digest=digest("S-19D4E6B0"),
        entries=38,
        way=Way.DEVICES,
        second_person=SecondPerson.REQUIRED,
    )
