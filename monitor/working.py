"""The working of a dose, line by line as on paper: the same text on screen, page and console.

Each line, reckoned again from the figures that are printed in it and above it, gives the result
that is printed. So amounts that are multiplied are printed in full, and only what division
leaves is rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from monitor.dosing import SYRINGES, USUAL_STEP, WorkedDose, to_mark, worked_again
from monitor.entries import Calculated, SingleCalculated, VolumeMode
from monitor.protocols.protocol import Way
from monitor.single_dose import WorkedSingle, single_again
from monitor.units import BodyWeight, Mass, Strength, Volume, WeightedDose, half_up, plain

_PLACES = 4  # of a quotient, as it is printed (worked examples, "dose chain")


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


def working(worked: WorkedDose, way: Way = Way.PUMP) -> tuple[WorkingLine, ...]:
    """Return the lines of a worked dose, from the weight to the pump, or to the push by hand."""
    inputs = worked.inputs
    drawn = f"{plain(worked.drawn.ml)} mL"
    prepared, final = plain(worked.prepared.mg), plain(worked.final_volume.ml)
    lines = [
        _dose_line(inputs.per_kg, inputs.weight, worked.calculated),
        *_draw_lines(worked.calculated, inputs.strength, worked.draw, worked.syringe, worked.drawn),
    ]
    if inputs.mode is VolumeMode.ADDED:
        chosen = plain(inputs.volume.ml)
        lines.append(WorkingLine("Volume", f"{chosen} mL + {drawn}", f"{final} mL"))
    concentration = f"{plain(worked.concentration.mg_per_ml, _PLACES)} mg/mL"
    lines += [
        WorkingLine("Mixture", f"{prepared} mg ÷ {final} mL", concentration),
        _push_line(worked) if way is Way.PUSH else _pump_line(worked),
        cross_check(worked, way),
    ]
    return tuple(lines)


def _dose_line(per_kg: WeightedDose | None, weight: BodyWeight | None, dose: Mass) -> WorkingLine:
    result = f"{plain(dose.mg)} mg"
    if per_kg is None or weight is None:
        return WorkingLine("Dose", "as ordered", result)
    return WorkingLine("Dose", f"{plain(weight.kg)} kg × {plain(per_kg.mg_per_kg)} mg/kg", result)


def _draw_lines(
    dose: Mass, strength: Strength, draw: Volume, syringe: Volume, drawn: Volume
) -> tuple[WorkingLine, ...]:
    mark, of = SYRINGES[syringe.ml], f"{plain(strength.mg_per_ml)} mg/mL"
    taken = f"{plain(drawn.ml)} mL"
    prepared = f"{plain((strength * drawn).mg)} mg"
    return (
        WorkingLine("Draw up", f"{plain(dose.mg)} mg ÷ {of}", f"{_to_round(draw.ml, mark)} mL"),
        WorkingLine("Syringe", f"{plain(syringe.ml)} mL, marks of {plain(mark)} mL", taken),
        WorkingLine("Prepared", f"{taken} × {of}", prepared),
    )


def _to_round(exact: Decimal, mark: Decimal) -> str:
    """Print a quotient to as many places as it takes to round it to the same mark again."""
    places = _PLACES
    while to_mark(half_up(exact, places), mark) != to_mark(exact, mark):
        places += 1
    return plain(exact, places)


def _pump_line(worked: WorkedDose) -> WorkingLine:
    inputs = worked.inputs
    sum_ = f"{plain(worked.final_volume.ml)} mL × 60 ÷ {plain(inputs.minutes)} min"
    exact = worked.final_volume.ml * 60 / inputs.minutes
    if inputs.rate_step != USUAL_STEP and exact != worked.rate.ml_per_h:
        sum_ += f", in steps of {plain(inputs.rate_step.ml_per_h)} mL/h"
    return WorkingLine("Pump", sum_, f"{plain(worked.rate.ml_per_h)} mL/h")


def _push_line(worked: WorkedDose) -> WorkingLine:
    minutes = plain(worked.inputs.minutes)
    return WorkingLine(
        f"Push {plain(worked.final_volume.ml)} mL over {minutes} min",
        f"{plain(worked.prepared.mg)} mg ÷ {minutes} min",
        f"{plain(_mg_per_min(worked, Way.PUSH), _PLACES)} mg/min",
    )


def _mg_per_min(worked: WorkedDose, way: Way) -> Decimal:
    """Return the drug each minute; no pump's step changes what is pushed by hand."""
    if way is Way.PUSH:
        return worked.prepared.mg / worked.inputs.minutes
    return worked.mg_per_min


def cross_check(worked: WorkedDose, way: Way = Way.PUMP) -> WorkingLine:
    """Return the same rate in the three units that check one another."""
    mcg, mg_h = worked.mcg_per_kg_min, worked.mg_per_kg_h
    if way is Way.PUSH:  # by one division each, as everywhere: two would miss a tie
        kg_minutes = worked.inputs.minutes * worked.inputs.weight.kg
        mcg, mg_h = worked.prepared.mg * 1000 / kg_minutes, worked.prepared.mg * 60 / kg_minutes
    return WorkingLine(
        "Cross-check",
        f"{plain(_mg_per_min(worked, way), 4)} mg/min = {plain(mcg, 2)} mcg/kg/min",
        f"{plain(mg_h, 4)} mg/kg/h",
    )


def working_of_single(worked: WorkedSingle) -> tuple[WorkingLine, ...]:
    """Return the lines of a single dose, from the weight to the syringe or to the pieces."""
    inputs, dose = worked.inputs, worked.calculated
    first = _dose_line(inputs.per_kg, inputs.weight, dose)
    if inputs.strength and worked.draw and worked.syringe and worked.drawn:
        return (
            first,
            *_draw_lines(dose, inputs.strength, worked.draw, worked.syringe, worked.drawn),
        )
    if inputs.piece is None or worked.pieces is None:
        return (first,)
    piece, exact = f"{plain(inputs.piece.mg)} mg", dose.mg / inputs.piece.mg
    pieces = plain(worked.pieces)
    return (
        first,
        WorkingLine(
            "Pieces",
            f"{plain(dose.mg)} mg ÷ {piece} in each",
            _pieces(_to_round(exact, inputs.part)),
        ),
        WorkingLine("Count out", f"in parts of {plain(inputs.part)}", _pieces(pieces)),
        WorkingLine("Prepared", f"{pieces} × {piece}", f"{plain(worked.prepared.mg)} mg"),
    )


def _pieces(count: str) -> str:
    return f"{count} {'piece' if count == '1' else 'pieces'}"


def working_of(kept: Calculated | SingleCalculated, way: Way = Way.PUMP) -> tuple[WorkingLine, ...]:
    """Return the lines of a calculation that is in the record.

    Args:
        kept: The calculation.
        way: How the protocol's dose is given: one that is pushed by hand has no pump.
    """
    if isinstance(kept, SingleCalculated):
        return working_of_single(single_again(kept))
    return working(worked_again(kept), way)


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
