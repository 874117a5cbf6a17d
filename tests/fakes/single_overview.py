"""Doses given by hand as read-models: an injection in an emergency, and one that is swallowed."""

# ruff: noqa: FBT003 - rows of a table, and signs as people write them

from __future__ import annotations

import dataclasses
from decimal import Decimal

from monitor.dose_view import (
    CheckedFigure,
    CheckView,
    DoseView,
    OrderView,
    OverrideView,
    PortionView,
    PreparationView,
    VialView,
    WasteView,
)
from monitor.entries import Basis, Given, WasteOf
from monitor.overview import ClocksView, GapView, ReadingView, SessionOverview, SlotView
from monitor.protocols.protocol import Anchor, Way
from monitor.working import WorkingLine
from tests.fakes.ketamine_dose import preparation
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


def _readings() -> tuple[tuple[ReadingView, ...], tuple[SlotView, ...]]:
    rows = (
        reading("09:51", "138/86 72 98 16 5 0", note="left, sitting, adult cuff"),
        reading("10:17", "152/92 84 97 15 5 4"),
        reading("10:31", "146/90 80 98 16 5 2"),
        reading("11:02", "138/84 74 98 16 5 0"),
    )
    slots = (
        dataclasses.replace(slot("baseline", "10:00", Anchor.BASELINE, rows[0]), minutes=None),
        slot("+15", "10:17", Anchor.END, rows[1]),
        slot("+30", "10:32", Anchor.END, rows[2]),
        slot("+60", "11:02", Anchor.END, rows[3]),
    )
    return closing(rows, slots), slots


def _injected() -> DoseView:
    return DoseView(
        ordered_mg=Decimal(84),
        weight_kg=Decimal(70),
        basis=Basis.ACTUAL,
        calculated_mg=Decimal(84),
        drawn_ml=Decimal("1.7"),
        syringe_ml=Decimal(3),
        prepared_mg=Decimal(85),
        deviation_percent=Decimal("1.19"),
        strength_mg_per_ml=Decimal(50),
        given_mg=Decimal(75),
        left_mg=Decimal(10),
        wasted_mg=Decimal(4),
        unaccounted_mg=Decimal(6),
        tolerance_mg=Decimal("0.5"),
        working=(
            WorkingLine("Dose", "70 kg × 1.2 mg/kg", "84 mg"),
            WorkingLine("Draw up", "84 mg ÷ 50 mg/mL", "1.68 mL"),
            WorkingLine("Syringe", "3 mL, marks of 0.1 mL", "1.7 mL"),
            WorkingLine("Prepared", "1.7 mL × 50 mg/mL", "85 mg"),
        ),
        product="ketamine-50",
        product_name="ketamine 50 mg/mL",
        by=NINA,
        at=at("09:56"),
        preparations=(preparation(at("09:58"), Decimal(85), Decimal("1.7")),),
        portions=(
            PortionView("portion-1", NINA, at("10:00"), Decimal(50), None, "left deltoid", ""),
            PortionView(
                "portion-2", NINA, at("10:02"), Decimal(25), None, "right deltoid", "calm enough"
            ),
        ),
        wastes=(
            WasteView("waste-1", NINA, at("10:09"), WasteOf.MIXTURE, Decimal(4), Decimal("0.08"),
                      None, "", MAREK, "needle slipped, part of it on the swab"),
            WasteView("waste-2", NINA, at("10:11"), WasteOf.VIAL, Decimal(415), Decimal("8.3"),
                      None, "SYN4K118", None),
        ),
        vials=(
            VialView("ketamine 50 mg/mL", "SYN4K118", Decimal(500), Decimal(85), Decimal(0),
                     Decimal(415), Decimal(0), Decimal(0)),
        ),
    )  # fmt: skip


def injected() -> SessionOverview:
    """Return an injection in an emergency: no second check, more than usual, 6 mg lost."""
    rows, slots = _readings()
    return dataclasses.replace(
        ketamine(),
        session_id="3c41f7d8-0000-7000-8000-000000000004",
        code="S-3C41F7D8",
        route="im",
        way=Way.SINGLE,
        protocol_id="im-ketamine",
        protocol_title="IM ketamine",
        protocol_version=1,
        seen_at=at("12:05:31"),
        order=OrderView(
            DANA,
            at("09:54"),
            Given.VERBAL,
            Decimal("1.2"),
            None,
            None,
            taken_by=NINA,
            read_back=True,
            reason="severe agitation, two earlier doses too weak",
        ),
        overrides=(
            OverrideView(
                DANA,
                at("09:57"),
                "check-missing",
                "severe agitation, danger to himself and staff; nobody else on the ward",
                True,
            ),
        ),
        dose=_injected(),
        segments=(),
        started_at=at("10:00"),
        ended_at=at("10:02"),
        ended_how="finished",
        ended_reason="asleep enough",
        closed_at=at("11:20"),
        escort="Piotr Nowak, spouse",
        clocks=ClocksView(80, None, None, 78),
        readings=rows,
        slots=slots,
        reference=rows[0],
        events=(
            event(1, "10:00", "50 mg, left deltoid", kind="dose given"),
            event(2, "10:02", "25 mg, right deltoid", kind="dose given", reason="calm enough"),
            event(3, "10:04", "", kind="finished", reason="asleep enough"),
            event(4, "11:20", "home", kind="discharged"),
        ),
        alerts=(),
        amendments=(),
        scores=(),
        gaps=(
            GapView("check-missing", "", True, True, "emergency, see the override", DANA),
            GapView("unaccounted", "", True, True, "spilt on the swab, not measurable", NINA),
            GapView("override", "check-missing", False, False),
        ),
        door=door("time-since-end", "60", "78", "11:02"),
        signatures=signatures("S-3C41F7D8", nurse="11:31:12", prescriber="12:05:31"),
        digest=digest("S-3C41F7D8"),
        entries=33,
    )


def swallowed() -> SessionOverview:
    """Return three and a half tablets, checked by a second person; all of it given."""
    whole = injected()
    tablets = PreparationView(
        uid="preparation-1",
        by=NINA,
        at=at("09:52"),
        product="ketamine-20-capsule",
        name="ketamine 20 mg tablet",
        lot="SYN7T002",
        expiry="2027-01-31",
        mg=Decimal(70),
        drawn_ml=None,
        vial_ml=None,
        vials=None,
        pieces=Decimal("3.5"),
        opened_mg=Decimal(80),
    )
    return dataclasses.replace(
        whole,
        session_id="5d52a8e9-0000-7000-8000-000000000005",
        code="S-5D52A8E9",
        route="oral",
        protocol_id="oral-ketamine",
        protocol_title="oral ketamine",
        order=OrderView(DANA, at("09:46"), Given.WRITTEN, Decimal(1), None, None),
        overrides=(),
        dose=DoseView(
            ordered_mg=Decimal(70),
            weight_kg=Decimal(70),
            basis=Basis.ACTUAL,
            calculated_mg=Decimal(70),
            prepared_mg=Decimal(70),
            deviation_percent=Decimal(0),
            given_mg=Decimal(70),
            left_mg=Decimal(0),
            wasted_mg=Decimal(0),
            unaccounted_mg=Decimal(0),
            tolerance_mg=Decimal(0),
            pieces=Decimal("3.5"),
            piece_mg=Decimal(20),
            working=(
                WorkingLine("Dose", "70 kg × 1 mg/kg", "70 mg"),
                WorkingLine("Pieces", "70 mg ÷ 20 mg in each", "3.5 pieces"),
                WorkingLine("Count out", "in parts of 0.5", "3.5 pieces"),
                WorkingLine("Prepared", "3.5 pieces × 20 mg", "70 mg"),
            ),
            product="ketamine-20-tablet",
            product_name="ketamine 20 mg tablet",
            by=NINA,
            at=at("09:48"),
            checks=(
                CheckView(
                    MAREK,
                    at("09:50"),
                    NINA,
                    (
                        CheckedFigure("dose_mg", "70 mg", "70 mg", True),
                        CheckedFigure("pieces", "3.5", "3.5", True),
                    ),
                    True,
                ),
            ),
            preparations=(tablets,),
            portions=(PortionView("portion-1", NINA, at("10:00"), Decimal(70), None, "", ""),),
            wastes=(
                WasteView("waste-1", NINA, at("10:20"), WasteOf.VIAL, Decimal(10), None,
                          Decimal("0.5"), "SYN7T002", MAREK),
            ),
            vials=(
                VialView("ketamine 20 mg tablet", "SYN7T002", Decimal(80), Decimal(70),
                         Decimal(10), Decimal(0), Decimal(0), None),
            ),
        ),
        ended_at=at("10:00"),
        ended_how="dose given",
        ended_reason="",
        events=(
            event(1, "10:00", "70 mg", kind="dose given"),
            event(2, "11:20", "home", kind="discharged"),
        ),
        clocks=ClocksView(80, None, None, 80),
        gaps=(),
        signatures=signatures("S-5D52A8E9", nurse="11:31:12", prescriber="12:05:31"),
        digest=digest("S-5D52A8E9"),
    )  # fmt: skip
