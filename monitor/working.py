"""The working of a dose, line by line as on paper: the same text on screen, page and console."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from monitor.dosing import SYRINGES, WorkedDose, worked_again
from monitor.entries import Calculated, VolumeMode
from monitor.units import plain


@dataclass(frozen=True, slots=True)
class WorkingLine:
    """One line of arithmetic as on paper: name, sum, result."""

    name: str
    sum: str
    result: str

    @property
    def text(self) -> str:
        """Return the line in one piece: the sum, an equals sign, the result."""
        return f"{self.sum} = {self.result}"


def working(worked: WorkedDose) -> tuple[WorkingLine, ...]:
    """Return the lines of a worked dose, from the weight to the pump."""
    inputs = worked.inputs
    dose, drawn = f"{plain(worked.calculated.mg, 4)} mg", f"{plain(worked.drawn.ml)} mL"
    strength, prepared = f"{plain(inputs.strength.mg_per_ml)} mg/mL", plain(worked.prepared.mg, 4)
    syringe, final = plain(worked.syringe.ml), plain(worked.final_volume.ml)
    mark = plain(SYRINGES[worked.syringe.ml])
    lines = []
    if inputs.per_kg:
        per_kg = plain(inputs.per_kg.mg_per_kg)
        lines.append(WorkingLine("Dose", f"{plain(inputs.weight.kg)} kg × {per_kg} mg/kg", dose))
    else:
        lines.append(WorkingLine("Dose", "as ordered", dose))
    lines += [
        WorkingLine("Draw up", f"{dose} ÷ {strength}", f"{plain(worked.draw.ml, 4)} mL"),
        WorkingLine("Syringe", f"{syringe} mL, marks of {mark} mL", drawn),
        WorkingLine("Prepared", f"{drawn} × {strength}", f"{prepared} mg"),
    ]
    if inputs.mode is VolumeMode.ADDED:
        chosen = plain(inputs.volume.ml)
        lines.append(WorkingLine("Volume", f"{chosen} mL + {drawn}", f"{final} mL"))
    lines += [
        WorkingLine(
            "Mixture",
            f"{prepared} mg ÷ {final} mL",
            f"{plain(worked.concentration.mg_per_ml, 4)} mg/mL",
        ),
        WorkingLine(
            "Pump",
            f"{final} mL × 60 ÷ {plain(inputs.minutes)} min",
            f"{plain(worked.rate.ml_per_h)} mL/h",
        ),
        cross_check(worked),
    ]
    return tuple(lines)


def cross_check(worked: WorkedDose) -> WorkingLine:
    """Return the same rate in the three units that check one another."""
    return WorkingLine(
        "Cross-check",
        f"{plain(worked.mg_per_min, 4)} mg/min = {plain(worked.mcg_per_kg_min, 2)} mcg/kg/min",
        f"{plain(worked.mg_per_kg_h, 4)} mg/kg/h",
    )


def working_of(kept: Calculated) -> tuple[WorkingLine, ...]:
    """Return the lines of a calculation that is in the record."""
    return working(worked_again(kept))


def working_of_devices(
    dose_mg: Decimal, device_mg: Decimal, wait_minutes: int
) -> tuple[WorkingLine, ...]:
    """Return the lines of a dose that is given by nasal device."""
    count = dose_mg / device_mg
    lines = [
        WorkingLine(
            "Devices",
            f"{plain(dose_mg)} mg ÷ {plain(device_mg)} mg per device",
            f"{plain(count)} {'device' if count == 1 else 'devices'}",
        )
    ]
    if count > 1:
        rests = plain(count - 1)
        total = plain((count - 1) * wait_minutes)
        lines.append(
            WorkingLine("Rests", f"{rests} × {wait_minutes} min between devices", f"{total} min")
        )
    return tuple(lines)
