"""The dose of the sample infusion: checked twice, given in part, the rest of it wasted."""

# ruff: noqa: FBT003 - rows of a table, and signs as people write them

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from monitor.dose_view import (
    CheckedFigure,
    CheckView,
    DoseView,
    PreparationView,
    VialView,
    WasteView,
)
from monitor.entries import Basis, VolumeMode, WasteOf
from monitor.working import WorkingLine
from tests.fakes.overview_parts import MAREK, NINA, at


def figures(second: str, differs: str = "") -> tuple[CheckedFigure, ...]:
    """Return the six figures of a pump's second check: *differs* names the one that is apart."""
    first = ("70 kg", "50 mg/mL", "50 mL", "replaces", "0.7 mL", "75 mL/h")
    names = (
        "weight_kg", "strength_mg_per_ml", "volume_ml", "volume_mode", "drawn_ml", "rate_ml_h",
    )  # fmt: skip
    return tuple(
        CheckedFigure(name, mine, second if name == differs else mine, name != differs)
        for name, mine in zip(names, first, strict=True)
    )


def _checks() -> tuple[CheckView, ...]:
    """Return a check with the decimal point at the wrong place, and the one after it."""
    return (
        CheckView(MAREK, at("09:44"), NINA, figures("0.07 mL", "drawn_ml"), True),
        CheckView(MAREK, at("09:46"), NINA, figures(""), True),
    )


def preparation(when: dt.datetime, mg: Decimal, ml: Decimal) -> PreparationView:
    """Return what was drawn out of one 10 mL vial of 50 mg/mL."""
    return PreparationView(
        uid="preparation-1",
        by=NINA,
        at=when,
        product="ketamine-50",
        name="ketamine 50 mg/mL",
        lot="SYN4K118",
        expiry="2027-08",
        mg=mg,
        drawn_ml=ml,
        vial_ml=Decimal(10),
        vials=1,
        pieces=None,
        opened_mg=Decimal(500),
    )


def ketamine_dose() -> DoseView:
    """Return 35 mg of which 24.5 mg were given."""
    return DoseView(
        ordered_mg=Decimal(35),
        weight_kg=Decimal(70),
        basis=Basis.ACTUAL,
        calculated_mg=Decimal(35),
        drawn_ml=Decimal("0.7"),
        syringe_ml=Decimal(1),
        prepared_mg=Decimal(35),
        deviation_percent=Decimal(0),
        strength_mg_per_ml=Decimal(50),
        final_volume_ml=Decimal(50),
        volume_mode=VolumeMode.REPLACES,
        concentration_mg_per_ml=Decimal("0.7"),
        rate_ml_h=Decimal(75),
        minutes=Decimal(40),
        runs_minutes=Decimal(40),
        given_mg=Decimal("24.5"),
        left_mg=Decimal("10.5"),
        wasted_mg=Decimal("10.5"),
        unaccounted_mg=Decimal(0),
        tolerance_mg=Decimal("0.7"),
        verified_by="mb",
        pump_ml=Decimal(35),
        product="ketamine-50",
        product_name="ketamine 50 mg/mL",
        by=NINA,
        at=at("09:42"),
        checks=_checks(),
        preparations=(preparation(at("09:49"), Decimal(35), Decimal("0.7")),),
        wastes=(
            WasteView(
                "waste-1",
                NINA,
                at("10:52"),
                WasteOf.MIXTURE,
                Decimal("10.5"),
                Decimal(15),
                None,
                "",
                MAREK,
            ),
            WasteView(
                "waste-2",
                NINA,
                at("10:54"),
                WasteOf.VIAL,
                Decimal(465),
                Decimal("9.3"),
                None,
                "SYN4K118",
                MAREK,
            ),
        ),
        vials=(
            VialView(
                "ketamine 50 mg/mL",
                "SYN4K118",
                Decimal(500),
                Decimal(35),
                Decimal(465),
                Decimal(0),
                Decimal(0),
                Decimal(0),
            ),
        ),
        working=(
            WorkingLine("Dose", "70 kg × 0.5 mg/kg", "35 mg"),
            WorkingLine("Draw up", "35 mg ÷ 50 mg/mL", "0.7 mL"),
            WorkingLine("Syringe", "1 mL, marks of 0.01 mL", "0.7 mL"),
            WorkingLine("Prepared", "0.7 mL × 50 mg/mL", "35 mg"),
            WorkingLine("Mixture", "35 mg ÷ 50 mL", "0.7 mg/mL"),
            WorkingLine("Pump", "50 mL × 60 ÷ 40 min", "75 mL/h"),
            WorkingLine("Cross-check", "0.875 mg/min = 12.5 mcg/kg/min", "0.75 mg/kg/h"),
        ),
    )
